"""What `make demo` does without a screen, on a small restaurant: from filling to restoring."""

import importlib.util
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "packaging" / "demo.py"


@pytest.fixture(scope="module")
def demo():
    spec = importlib.util.spec_from_file_location("make_demo", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_demonstration_runs_from_the_store_to_the_restored_copy(demo, tmp_path):
    steps = demo.Steps()
    demo._filled(steps, tmp_path, 60)
    demo._main_job(steps, tmp_path)
    assert steps.found["import"]["added"] == 4
    assert steps.found["verify"]["problems"] == 0
    assert steps.found["copy"]["pages"] > 1
    assert steps.found["restore"]["same_figures"]
    assert (tmp_path / "copy.pdf").read_bytes().startswith(b"%PDF")
