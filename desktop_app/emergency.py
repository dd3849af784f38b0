"""What the emergency sheet of a store says, for both shells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from desktop_app.kernel.clock import Clock
from desktop_app.kernel.words import msg
from desktop_app.printing.emergency_sheet import Command, EmergencySheet
from desktop_app.vault.recovery import RecoveryCode
from desktop_app.venue.records import VenueCard


class Named(Protocol):
    """What names the keys of a store: its key file, or a root that was just made."""

    @property
    def recovery_key_id(self) -> str:
        """Return which recovery key it is."""
        ...

    @property
    def root_fingerprint(self) -> str:
        """Return the store's fingerprint."""
        ...


def sheet_for(
    vault: Named,
    code: RecoveryCode,
    venue: VenueCard,
    owner: str,
    clock: Clock,
    backup_places: Sequence[str] = (),
) -> EmergencySheet:
    """Return the emergency sheet of a store. It holds the recovery key: print it, keep no file."""
    key_id = vault.recovery_key_id
    return EmergencySheet(
        venue=venue.name,
        owner=owner,
        made_at=venue.time.local(clock.now()),
        code_groups=code.groups,
        key_id=key_id,
        identity=code.age_identity,
        root_fingerprint=vault.root_fingerprint,
        backup_places=backup_places,
        commands=(
            Command(
                msg("Open the key of the backups"),
                f"age -d -i key.txt keys/{key_id}*.age > identity.txt",
            ),
            Command(
                msg("Open one pack of a backup"), "age -d -i identity.txt PACK | zstd -d > pages"
            ),
            Command(
                msg("Write a file of a backup (not encrypted any more!)"),
                "sh reader.sh FOLDER SNAPSHOT ops key.txt ops.db",
            ),
        ),
    )
