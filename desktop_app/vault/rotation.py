"""New keys for domains and for the trail's mailbox: what the key file says before, at and after.

A change of keys is one save of the key file: it names the new versions, and seals the new keys to
those who may hold them. Around it the file also says what is under way (`swap`), so that whoever
opens the store next knows which file of a domain to throw away: the new one where the save never
came, the old one where it did (db/rekey.py has the files).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from desktop_app.kernel.access import Domain
from desktop_app.kernel.errors import AppError, ConflictError, UnavailableError
from desktop_app.kernel.words import msg
from desktop_app.vault.duties import Lost, regranted, signed
from desktop_app.vault.key_file import Contents, KeyFile
from desktop_app.vault.root import Root
from desktop_app.vault.roster import Roster
from desktop_app.vault.secret import SecretBytes
from desktop_app.vault.succession import Heir

Versions = Mapping[Domain, int]
Taken = Callable[[Domain, int], bool]
"""Tells whether there is a file of a version of a domain."""


class LockedAnewError(UnavailableError):
    """Somebody gave the store new keys; these are old."""

    def __init__(self) -> None:
        super().__init__(
            msg("The data were given new keys, because somebody's rights were taken away."),
            hint=msg("Nothing of this step was saved. Sign in again."),
        )


@dataclass(frozen=True, slots=True)
class FileKey:
    """The version of a domain's key, which also names its file, and the raw 256-bit key."""

    version: int
    key: SecretBytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Move:
    """A domain on its way from one version of its key to the next."""

    domain: Domain
    old: int
    new: int
    old_key: SecretBytes = field(repr=False)
    new_key: SecretBytes = field(repr=False)


class Turn:
    """One change of keys by an owner: `announce`, copy the files, `commit`."""

    def __init__(
        self,
        file: KeyFile,
        root: Root,
        lost: Lost,
        *,
        taken: Taken | None,
        heir: Heir | None = None,
    ) -> None:
        """Plan the change; `taken` is None where domains are not files, `heir` is a new root."""
        before = file.read().roster
        self._file = file
        self._root = root
        self._heir = heir
        self._before = before.domains
        self._trail = before.trail.version if before.trail else 0
        self._turns_trail = lost.trail and self._trail > 0
        new_root = heir.root if heir else root
        self._new_root = new_root
        self.moves = tuple(
            self._move(domain, before.domains[domain], taken)
            for domain in sorted(lost.domains)
            if taken is not None
        )
        self._lost = lost

    def _move(self, domain: Domain, old: int, taken: Taken) -> Move:
        new = old + 1
        while taken(domain, new):  # an older key file was put back: that file may be all there is
            new += 1
        keys = self._root.domain_key(domain, old), self._new_root.domain_key(domain, new)
        return Move(domain, old, new, *keys)

    @property
    def trail(self) -> tuple[int, int] | None:
        """Return the old and the new version of the trail's mailbox, where it gets a new one."""
        return (self._trail, self._trail + 1) if self._turns_trail else None

    def announce(self) -> None:
        """Say in the key file which files are being made."""
        swap = {move.domain: (move.old, move.new) for move in self.moves}

        def announce(contents: Contents) -> Contents:
            self._require_same(contents.roster)
            if contents.swap:
                raise _under_way()
            return replace(contents, swap=swap)

        if swap:
            self._file.update(announce)

    def commit(self) -> Contents:
        """Name the new versions, and seal the new keys to those who may hold them: one save."""

        def commit(contents: Contents) -> Contents:
            self._require_same(contents.roster)
            if self._heir is not None:
                contents = self._heir.enthroned(contents, self._root)
            roster = contents.roster
            domains = {**roster.domains, **{move.domain: move.new for move in self.moves}}
            trail = roster.trail
            if self._turns_trail:
                trail = self._new_root.trail_box(self._trail + 1)
            owed = roster.owed - self._lost.names
            roster = replace(roster, domains=domains, trail=trail, owed=owed)
            return signed(contents, regranted(roster, self._new_root), self._new_root)

        return self._file.update(commit)

    def wipe(self) -> None:
        """Overwrite the keys of this change."""
        for move in self.moves:
            move.old_key.wipe()
            move.new_key.wipe()

    def _require_same(self, roster: Roster) -> None:
        if roster.domains != self._before:
            raise _under_way()


class Fence:
    """Refuses connections whose keys are no longer the store's; a `stat` where nothing changed."""

    def __init__(self, file: KeyFile) -> None:
        self._file = KeyFile(file.folder)
        self._stamp: tuple[int, int, int] | None = None
        self._versions: Versions = {}

    def __call__(self, opened: Versions) -> None:
        """Raise LockedAnewError where a domain was given another key since it was opened."""
        stamp = self._file.stamp()
        if stamp != self._stamp:
            try:
                self._versions = self._file.read().roster.domains
            except AppError:
                # A key file that cannot be read says nothing about keys; sign-in will tell.
                return
            self._stamp = stamp
        if any(self._versions[domain] != version for domain, version in opened.items()):
            raise LockedAnewError


def _under_way() -> ConflictError:
    return ConflictError(
        msg("Somebody else is giving the data new keys at this moment."),
        hint=msg("Wait until they are ready and look at the list of users again."),
    )
