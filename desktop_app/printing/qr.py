"""QR codes as vector squares. The only place that asks reportlab for anything."""

from __future__ import annotations

from typing import Any

from reportlab.graphics.barcode import qrencoder

from desktop_app.printing.look import INK

_encoder: Any = qrencoder


def qr_modules(text: str) -> list[list[bool]]:
    """Return the dark squares of a QR code, row by row, that survives 15 % of damage.

    `text` must be ASCII, so that every reader agrees on what it says.
    """
    text.encode("ascii")
    code = _encoder.QRCode(None, _encoder.QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    size = code.getModuleCount()
    return [[bool(code.isDark(row, column)) for column in range(size)] for row in range(size)]


def qr_drawing(text: str, x: float, y: float, size: float) -> str:
    """Return operators that draw a QR code with its lower left corner at `x`, `y`."""
    modules = qr_modules(text)
    step = size / len(modules)
    top = y + size - step
    boxes = [
        f"{x + start * step:.3f} {top - row * step:.3f} {length * step:.3f} {step:.3f} re"
        for row, squares in enumerate(modules)
        for start, length in _dark_runs(squares)
    ]
    return f"{INK} rg {' '.join(boxes)} f"


def _dark_runs(squares: list[bool]) -> list[tuple[int, int]]:
    """Return where dark stretches of a row begin and how long they are."""
    runs: list[tuple[int, int]] = []
    for index, dark in enumerate(squares):
        if dark and index and squares[index - 1]:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif dark:
            runs.append((index, 1))
    return runs
