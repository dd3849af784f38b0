"""Reading packs back: what a restore and a thorough check have in common."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.backup import age
from desktop_app.backup.manifest import PrivateManifest, PublicManifest
from desktop_app.backup.packs import BadPackError, PackIndex, unpack
from desktop_app.backup.pages import Hashes, Numbers, Pages
from desktop_app.backup.repository import Repository, damaged, object_name
from desktop_app.kernel.errors import DamagedError
from desktop_app.kernel.words import msg


@dataclass(frozen=True, slots=True)
class Link:
    """One snapshot of a chain with both its manifests."""

    public: PublicManifest
    private: PrivateManifest


def links(repository: Repository, newest: PublicManifest, identity: str) -> list[Link]:
    """Return a snapshot and all it builds upon, newest first, opened."""
    return [
        Link(public, repository.private(public, identity)) for public in repository.chain(newest)
    ]


def opened_pack(
    repository: Repository, device: str, index: PackIndex, identity: str
) -> tuple[Numbers, Pages, Hashes]:
    """Return the checked pages of a pack; DamagedError names the object, and the page if it can."""
    content = repository.object(device, index.name)
    try:
        return unpack(age.decrypt(content, identity), index)
    except BadPackError as error:
        if error.page:
            raise bad_page(index.file, error.page) from None
        raise damaged(repository, object_name(device, index.name)) from None
    except (ValueError, KeyError, TypeError):
        raise damaged(repository, object_name(device, index.name)) from None


def bad_page(file: str, page: int) -> DamagedError:
    """Return the error for one page of a backup."""
    return DamagedError(
        msg("Page {page} of {file} is damaged in the backup.", page=page, file=file),
        hint=msg("Check the backups to see which snapshots are affected, and restore another."),
    )
