"""What can be written for others, and the register of it."""

from __future__ import annotations

from desktop_app.exports import tables

__all__ = ["tables"]
