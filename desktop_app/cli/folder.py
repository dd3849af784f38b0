"""What can be seen of a store folder without opening it: quick, and no database is loaded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop_app.kernel.errors import DamagedError, NotFoundError, UnavailableError
from desktop_app.kernel.json_text import read_json
from desktop_app.kernel.words import msg

DESCRIPTION_LIMIT = 65_536
DESCRIPTION = "store.json"  # the name `sign_in` gives it; a test holds the two together


def default_folder() -> Path:
    """Return the folder of the store where none is named."""
    import platformdirs  # noqa: PLC0415 - most calls name the folder

    return platformdirs.user_data_path("Clopos Desk", appauthor=False)


def has_store(folder: Path) -> bool:
    """Tell whether a folder holds a store."""
    return (folder / DESCRIPTION).exists()


def described(folder: Path) -> dict[str, Any]:
    """Return what the store says of itself: `format`, `engine` and, for a server, `url`."""
    try:
        found = read_json((folder / DESCRIPTION).read_bytes(), size=DESCRIPTION_LIMIT)
        return {"format": int(found["format"]), "engine": str(found["engine"]), **found}
    except FileNotFoundError:
        raise NotFoundError(
            msg("There is no store in {folder}.", folder=folder),
            hint=msg("Make one with “clopos-desk init”, or restore a backup."),
        ) from None
    except OSError:
        raise UnavailableError(
            msg("The folder {folder} cannot be read.", folder=folder),
            hint=msg("Connect the disk it lies on, or check the rights of this account."),
        ) from None
    except (ValueError, KeyError, TypeError):
        raise DamagedError(
            msg("The file {file} is damaged.", file=DESCRIPTION),
            hint=msg("Take it from the last backup; it holds nothing secret."),
        ) from None


def files_of(folder: Path) -> dict[str, int]:
    """Return the sizes in bytes of the files that lie in a store's folder."""
    try:
        return {
            path.name: path.stat().st_size
            for path in sorted(folder.iterdir())
            if path.is_file() and not path.name.endswith(".lock")
        }
    except OSError:
        return {}
