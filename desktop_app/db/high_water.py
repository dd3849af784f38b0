"""How far the trail had come, as this computer remembers it: beside the store and in its keyring.

Clumsy cuts and a single old file put back are found by it. Both can be put back together with the
store; the anchors outside the computer (backups, paper) are against that.
"""

from __future__ import annotations

import json
import logging
import re
from dataclasses import dataclass
from pathlib import Path

from desktop_app.kernel.errors import UnavailableError
from desktop_app.vault import durable
from desktop_app.vault.device import Device, TrailMark

NAME = "trail-mark.json"
_HEAD = re.compile(r"[0-9a-f]{64}\Z")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class HighWater:
    """The two places of one store. `device` is None where the keyring is not to be asked."""

    folder: Path
    device: Device | None = None

    def beside(self) -> TrailMark | None:
        """Return what the file beside the store remembers."""
        try:
            said = json.loads((self.folder / NAME).read_bytes())
            seq, head = int(said["events"]), str(said["head"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return TrailMark(seq, head) if seq > 0 and _HEAD.match(head) else None

    def in_keyring(self) -> TrailMark | None:
        """Return what the computer's keyring remembers."""
        return None if self.device is None else self.device.trail_mark()

    def keep(self, seq: int, head: bytes) -> None:
        """Remember the head of the trail; a disk that takes nothing keeps the old mark."""
        said = json.dumps({"events": seq, "head": head.hex()}).encode()
        try:
            durable.replace(self.folder / NAME, said)
        except UnavailableError as error:
            _log.info("The mark of the trail was not kept: %s", type(error).__name__)
        if self.device is not None:
            self.device.keep_trail_mark(TrailMark(seq, head.hex()))
