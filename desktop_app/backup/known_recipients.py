"""Which keys the backups at a place may be sealed to, as this PC remembers them.

Whoever can write to a backup folder could name their own key in it, and every later backup would be
sealed to them. So a place goes on with the keys it had when it was set up here, or when the
recovery key was made anew here; the memory may be lost, and then the next run trusts again.
"""

from __future__ import annotations

import json
from pathlib import Path

from desktop_app.backup.disk import replace_file, room_told
from desktop_app.backup.repository import Repository
from desktop_app.kernel.errors import DamagedError
from desktop_app.kernel.json_text import BadJsonError, read_json
from desktop_app.kernel.words import msg

_NAME = "recipients.json"
_LIMIT = 1 << 20


def trust(state_folder: Path, repository: Repository) -> None:
    """Remember the key of a repository that was just set up or goes on with a new recovery key."""
    known = _read(state_folder)
    keys = known.setdefault(repository.target.place, [])
    if repository.recipient not in keys:
        keys.append(repository.recipient)
        with room_told(state_folder):
            state_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            replace_file(state_folder / _NAME, json.dumps(known, indent=1).encode())


def require_known(state_folder: Path, repository: Repository) -> None:
    """Raise DamagedError where a known place names a key it did not have; trust an unknown one."""
    keys = _read(state_folder).get(repository.target.place)
    if keys is None:
        trust(state_folder, repository)
    elif repository.recipient not in keys:
        raise DamagedError(
            msg(
                "The backup folder {folder} names another key than before: what is written to it"
                " now could be read by somebody else.",
                folder=repository.target.place,
            ),
            hint=msg(
                "If you changed the disk yourself, set the place up again. Otherwise somebody has"
                " tampered with it: keep it, and back up to another place."
            ),
        )


def _read(state_folder: Path) -> dict[str, list[str]]:
    try:
        found = read_json((state_folder / _NAME).read_bytes(), size=_LIMIT)
        return {str(place): [str(key) for key in keys] for place, keys in found.items()}
    except (OSError, BadJsonError, TypeError, AttributeError):
        return {}
