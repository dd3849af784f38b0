"""The mark of an argument that is a password: it is never kept, not even sealed."""

from __future__ import annotations

from typing import Annotated


class NeverKept:
    """Says that a value is used at once and written nowhere."""


Secret = Annotated[str, NeverKept]
"""A password among the arguments of an operation."""
