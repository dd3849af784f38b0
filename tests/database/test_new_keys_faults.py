"""New keys with a fault at a file operation: the store opens, and nothing acknowledged is lost.

Some points here, densest where the key file is saved; all of them:
`LD_PRELOAD=faults.so python -m tests.support.sweep_keys FOLDER` (tests/support/faults.py).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.support.faults import library

POINTS = os.environ.get("CLOPOS_FAULT_POINTS", "18")


def test_a_fault_at_any_file_operation_of_new_keys_loses_nothing(tmp_path: Path) -> None:
    shim = library(tmp_path)
    if shim is None:
        pytest.skip("no C compiler to build the shim with")
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.sweep_keys", tmp_path / "sweep", "--points", POINTS],
        env={**os.environ, "LD_PRELOAD": str(shim), "PYTHONPATH": str(ROOT)},
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    told = json.loads(done.stdout.splitlines()[-1]) if done.stdout else {}
    assert done.returncode == 0, done.stdout + done.stderr
    assert told["wrong"] == 0
    assert told["tries"] >= int(POINTS) - 2
    # Half the kinds end the process: were none to die, the shim would not be there.
    assert told["died"] >= told["tries"] // 3
