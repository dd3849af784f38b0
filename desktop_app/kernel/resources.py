"""Where the fonts, icons, catalogues and help pages lie, in a checkout and in a packed program."""

from __future__ import annotations

import sys
from pathlib import Path


def resource(*parts: str) -> Path:
    """Return the path of a file or folder under `resources/`."""
    packed = getattr(sys, "_MEIPASS", None)
    root = Path(packed) if packed else Path(__file__).resolve().parents[2]
    return root.joinpath("resources", *parts)
