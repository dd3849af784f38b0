"""A program that signs in, works, locks, and waits to be looked at; started by a test."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

from desktop_app.kernel.clock import SystemClock
from desktop_app.sign_in import Reception
from desktop_app.vault.quick import QuickUnlock
from desktop_app.vault.secret import forget
from desktop_app.venue.operations import get_venue


def typed() -> str:
    """Return what was typed, without the copies that text streams keep."""
    raw = bytearray(256)
    length = os.readv(0, [raw])
    text = raw[:length].decode().rstrip("\n")
    raw[:] = bytes(len(raw))
    return text


def wait(word: str) -> None:
    os.write(1, f"{word}\n".encode())
    os.read(0, 1)


def work(reception: Reception) -> None:
    password = typed()
    app = reception.sign_in("Aysel", password)
    forget(password)
    app.call(get_venue)
    wait("unlocked")
    app.close()


def main() -> None:
    quick = QuickUnlock(SystemClock())
    work(Reception(Path(sys.argv[1]), keyring=False, quick=quick))
    gc.collect()
    wait("locked")
    quick.forget_all()
    wait("asleep")


main()
