"""A real Secret Service for one program: its own D-Bus, home and keyring, gone afterwards.

Recipe: `dbus-run-session` starts a bus; `gnome-keyring-daemon --unlock` reads the password of the
login keyring from its input (no line end) and creates it. Needs the Debian packages dbus-x11,
gnome-keyring and libsecret-1-0.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_TIMEOUT_S = 600  # for a keyring that hangs; a limit proves nothing on a busy machine
_START = """
set -e
if [ -n "$UNLOCKED" ]; then
  eval "$(printf 'test-pass' | gnome-keyring-daemon --unlock --components=secrets)"
fi
exec "$@"
"""


def run_with_keyring(program: str, folder: Path, *, unlocked: bool = True) -> str:
    """Return what a Python program prints that can use a fresh, real keyring.

    With `unlocked=False` the bus is there, but no keyring on it.
    """
    _need("dbus-run-session", "gnome-keyring-daemon")
    environment = _isolated(folder)
    environment["PYTHON_KEYRING_BACKEND"] = "keyring.backends.SecretService.Keyring"
    if unlocked:
        environment["UNLOCKED"] = "1"
    else:
        environment.pop("PYTHON_KEYRING_BACKEND")
    # A bus of its own that may start nothing: the keyring is there only if we start it.
    config = folder / "bus.conf"
    config.write_text(_BUS.format(folder=folder), encoding="utf-8")
    command = ["dbus-run-session", f"--config-file={config}", "--", "bash", "-c", _START, "start"]
    return _output([*command, sys.executable, "-c", program], environment)


def run_without_bus(program: str, folder: Path, **more: str) -> str:
    """Return what a Python program prints where there is no D-Bus at all."""
    return _output([sys.executable, "-c", program], {**_isolated(folder), **more})


_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


def _isolated(folder: Path) -> dict[str, str]:
    home, runtime = folder / "home", folder / "run"
    home.mkdir(exist_ok=True)
    runtime.mkdir(mode=0o700, exist_ok=True)
    kept = {k: v for k, v in os.environ.items() if k in {"PATH", "LANG", "LC_ALL", "TMPDIR"}}
    return {
        **kept,
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(runtime),
        "PYTHONPATH": str(ROOT),
        "PYTHONWARNINGS": "error",
        "PYTHONIOENCODING": "utf-8",
    }


def _output(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(
        command,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=_TIMEOUT_S,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _need(*programs: str) -> None:
    missing = [name for name in programs if shutil.which(name) is None]
    if not missing:
        return
    sentence = (
        f"{' and '.join(missing)} missing: install dbus-x11 gnome-keyring libsecret-1-0 to test"
        " the keyring"
    )
    if os.environ.get("CI"):
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)
