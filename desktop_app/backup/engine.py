"""The parts of the backup engine that operations use, loaded when the first backup needs them.

They bring numpy and zstandard: a fifth of a second that signing in should not pay.
"""

from __future__ import annotations

from desktop_app.backup.holding import shipment
from desktop_app.backup.known_recipients import require_known, trust
from desktop_app.backup.repository import Repository
from desktop_app.backup.shipping import back_up
from desktop_app.backup.target import open_target
from desktop_app.backup.verifying import verify

__all__ = ["Repository", "back_up", "open_target", "require_known", "shipment", "trust", "verify"]
