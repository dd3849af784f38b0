"""The shaping and direction libraries. They bring no types, so they are named here once."""

from __future__ import annotations

from typing import Any

import uharfbuzz
from bidi import algorithm
from bidi.mirror import MIRRORED

harfbuzz: Any = uharfbuzz
bidi: Any = algorithm

__all__ = ["MIRRORED", "bidi", "harfbuzz"]
