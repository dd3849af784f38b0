"""Run every measurement and write one JSON: `python -m tests.benchmarks --out FILE [NAME…]`."""

from __future__ import annotations

import argparse
import importlib
import json
import platform
import time
from pathlib import Path


def main() -> None:
    """Run `run()` of every bench_*.py, or of the named ones."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("names", nargs="*")
    given = parser.parse_args()
    names = given.names or sorted(p.stem[6:] for p in Path(__file__).parent.glob("bench_*.py"))
    found = {"python": platform.python_version(), "machine": platform.machine()}
    for name in names:
        started = time.monotonic()
        print(f"== {name}", flush=True)
        found[name] = importlib.import_module(f"tests.benchmarks.bench_{name}").run()
        print(
            json.dumps(found[name], indent=1), f"({time.monotonic() - started:.0f} s)", flush=True
        )
        given.out.parent.mkdir(parents=True, exist_ok=True)
        given.out.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n")


main()
