"""How a store is made and opened, and who gets in: what happens before there is an App."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError

from desktop_app.access.greeting import attempts_words, check_tail
from desktop_app.access.locking import note_new_keys
from desktop_app.access.new_keys import owed_words
from desktop_app.access.sessions import COMMAND_LINE, WINDOW, note_sign_in
from desktop_app.app import App
from desktop_app.db.engine import encrypted_files
from desktop_app.db.new_folder import fresh_folder, move_into_place
from desktop_app.db.server import (
    not_let_in,
    own_engine,
    owner_engine,
    require_accounts,
    settle_accounts,
)
from desktop_app.db.store import Keys, Store
from desktop_app.db.turning import Settled, settle
from desktop_app.db.upgrade import bring_up_to_date, refuse_used, upgrade_store
from desktop_app.db.waiting import counting
from desktop_app.kernel.access import Role
from desktop_app.kernel.clock import Clock, SystemClock
from desktop_app.kernel.errors import (
    AppError,
    ConflictError,
    DamagedError,
    InvalidError,
    NotAllowedError,
    NotFoundError,
    UnavailableError,
)
from desktop_app.kernel.job import Progress
from desktop_app.kernel.json_text import read_json
from desktop_app.kernel.words import Message, msg
from desktop_app.vault.cost import KdfCost
from desktop_app.vault.device import Device
from desktop_app.vault.door import Way
from desktop_app.vault.quick import QuickUnlock
from desktop_app.vault.recovery import RecoveryCode
from desktop_app.vault.secret import forget
from desktop_app.vault.server_secrets import FOR_OWNERS, OWNERS_SECRET
from desktop_app.vault.slots import for_till
from desktop_app.vault.store_keys import User, Vault
from desktop_app.vault.unlocked import Unlocked
from desktop_app.venue.operations import open_venue
from desktop_app.venue.records import NewVenue

if TYPE_CHECKING:
    from desktop_app.restore import BackupPlace, Restored, RestorePreview

DESCRIPTION = "store.json"
DESCRIPTION_LIMIT = 65_536
FORMAT = 1
LATEST = "latest"
_NOTHING_MORE: Callable[[], None] = lambda: None  # noqa: E731


@dataclass(frozen=True, slots=True)
class Server:
    """A PostgreSQL server for a store: address without password, and its certificate authority."""

    url: str
    ca_file: Path
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NewStore:
    """What making a store gives back. The recovery code is shown once and kept nowhere."""

    app: App
    code: RecoveryCode = field(repr=False)
    recovery_key_id: str
    fingerprint: str


class Reception:
    """The way into the store of one folder."""

    def __init__(
        self,
        folder: Path,
        *,
        clock: Clock | None = None,
        keyring: bool = True,
        quick: QuickUnlock | None = None,
    ) -> None:
        self.folder = folder.absolute()
        self.quick = quick
        self._clock = clock or SystemClock()
        self._keyring = keyring

    def has_store(self) -> bool:
        """Tell whether the folder holds a store."""
        return (self.folder / DESCRIPTION).exists()

    def vault(self) -> Vault:
        """Return the key file; NotFoundError where there is no store."""
        if not self.has_store():
            raise NotFoundError(
                msg("There is no store in {folder}.", folder=self.folder),
                hint=msg("Make one with “clopos-desk init”, or restore a backup."),
            )
        return Vault.open(self.folder)

    def _settled(self) -> tuple[Vault, Settled]:
        """Return the key file after a change of keys that was cut off has come to its end."""
        settled = settle(self.folder) if self.has_store() else Settled()
        return self.vault(), settled

    def users(self) -> list[User]:
        """Return who may sign in."""
        return [user for user in self.vault().users() if user.removed_at is None]

    def create(
        self,
        venue: NewVenue,
        owner: str,
        password: str,
        *,
        server: Server | None = None,
        cost: KdfCost | None = None,
        weak_password_allowed: bool = False,
        program: str = COMMAND_LINE,
    ) -> NewStore:
        """Make a store with its owner and venue; all of it or nothing.

        ConflictError where the folder holds a store already, InvalidError for what breaks a rule.
        """
        if self.has_store():
            raise ConflictError(
                msg("There is a store in {folder} already.", folder=self.folder),
                hint=msg("Choose another folder with --data."),
            )
        part = self.folder.with_name(f"{self.folder.name}.making")
        fresh_folder(part)
        try:
            vault, unlocked, code = Vault.create(
                part,
                owner,
                password,
                clock=self._clock,
                cost=cost,
                context=(venue.name,),
                weak_password_allowed=weak_password_allowed,
            )
            with unlocked:
                self._fill(part, vault, unlocked, venue, server)
            move_into_place(part, self.folder, last=DESCRIPTION)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        app = self.sign_in(owner, password, program=program)
        return NewStore(app, code, vault.recovery_key_id, vault.root_fingerprint)

    def _fill(
        self,
        part: Path,
        vault: Vault,
        unlocked: Unlocked,
        venue: NewVenue,
        server: Server | None,
    ) -> None:
        described: dict[str, Any] = {"format": FORMAT, "engine": "sqlcipher"}
        if server:
            shutil.copyfile(server.ca_file, part / "server-ca.pem")
            described = {"format": FORMAT, "engine": "postgresql", "url": _without_password(server)}
            unlocked.put_secret(OWNERS_SECRET, server.password.encode(), FOR_OWNERS)
        (part / DESCRIPTION).write_text(json.dumps(described, indent=1) + "\n")
        keys = Keys(vault, unlocked)
        engine = _engine(part, described, unlocked, create=True)
        try:
            refuse_used(engine)
            bring_up_to_date(engine)
            if server:
                require_accounts(engine, keys)
        except BaseException:
            engine.dispose()
            raise
        if server:
            engine.dispose()
            engine = _engine(part, described, unlocked)
        store = Store(engine, part, self._clock, keys)
        with App(store, unlocked.actor("password"), release=_NOTHING_MORE) as app:
            app.call(open_venue, venue)

    @counting
    def sign_in(
        self, name: str, password: str, *, code: str | None = None, program: str = COMMAND_LINE
    ) -> App:
        """Open the store for somebody. Derives a key: call it off the window's thread.

        NotAllowedError for a wrong name or password, the same words for both; CodeNeededError and
        ChoosePasswordError where the right password is not enough yet.
        """
        vault, settled = self._settled()
        unlocked = vault.unlock(name, password, clock=self._clock, device=self._device(), code=code)
        return self._open(vault, unlocked, program, settled)

    @counting
    def choose_password(
        self, name: str, code: str, new_password: str, *, program: str = COMMAND_LINE
    ) -> App:
        """Use up a one-time code for a password of one's own, and open the store."""
        vault, settled = self._settled()
        unlocked = vault.redeem(name, code, new_password, clock=self._clock, device=self._device())
        return self._open(vault, unlocked, program, settled)

    @counting
    def choose_till_pin(self, name: str, code: str, pin: str, *, program: str = WINDOW) -> App:
        """Use up a one-time code for a till PIN on this computer, and open the store."""
        vault, settled = self._settled()
        device = Device(self.folder)
        unlocked = vault.redeem_for_till(name, code, pin, clock=self._clock, device=device)
        return self._open(vault, unlocked, program, settled)

    @counting
    def sign_in_at_till(self, name: str, pin: str, *, program: str = WINDOW) -> App:
        """Open the store for somebody by their till PIN, on the computer where it was set."""
        vault, settled = self._settled()
        unlocked = vault.unlock_till(name, pin, clock=self._clock, device=Device(self.folder))
        return self._open(vault, unlocked, program, settled)

    def resume(self, user_id: str, pin: str, *, program: str = WINDOW) -> App:
        """Open the store for somebody who gave their password here today, by their quick PIN."""
        if self.quick is None:
            raise NotAllowedError(
                msg("The PIN works after the password has been given here today.")
            )
        keys = self.quick.open(user_id, pin)
        vault, settled = self._settled()
        try:
            unlocked = vault.resume(user_id, keys, clock=self._clock, device=self._device())
        except NotAllowedError:
            self.quick.forget(user_id)
            raise
        return self._open(vault, unlocked, program, settled)

    def till_users(self) -> frozenset[str]:
        """Return the ids of those who have a till PIN on this computer."""
        return self.vault().till_users(Device(self.folder)) if self._keyring else frozenset()

    def till_candidates(self) -> frozenset[str]:
        """Return the ids of those whose role opens no more than the till; none without keyring."""
        if not self._keyring:
            return frozenset()
        vault = self.vault()
        fitting = {role.id for role in vault.roles().values() if for_till(role)}
        return frozenset(user.id for user in vault.users() if user.role in fitting)

    def _device(self) -> Device | None:
        return Device(self.folder) if self._keyring else None

    def recover(
        self,
        code: RecoveryCode,
        new_password: str,
        owner: str | None = None,
        *,
        program: str = COMMAND_LINE,
    ) -> App:
        """Open the store by its recovery key and give the owner a new password."""
        vault, settled = self._settled()
        unlocked = vault.recover(code, new_password=new_password, owner=owner, clock=self._clock)
        return self._open(vault, unlocked, program, settled)

    def look_into(self, url: str) -> BackupPlace:
        """Say what lies in a backup folder, as far as it can be seen without the recovery key."""
        from desktop_app.restore import look_into  # noqa: PLC0415 - loads the engine

        return look_into(url)

    def preview_restore(
        self, url: str, code: RecoveryCode, *, snapshot: str = LATEST
    ) -> RestorePreview:
        """Open a backup with the recovery key and say what is in it; nothing is written."""
        from desktop_app.restore import preview_restore  # noqa: PLC0415 - loads the engine

        return preview_restore(url, code, snapshot=snapshot)

    def restore(
        self, url: str, code: RecoveryCode, *, snapshot: str = LATEST, progress: Progress
    ) -> Restored:
        """Bring a store back from a backup into this folder, which must not hold one."""
        from desktop_app.restore import restore_store  # noqa: PLC0415 - loads the engine

        return restore_store(
            url, code, self.folder,
            snapshot=snapshot, progress=progress, clock=self._clock, device=self._device(),
        )  # fmt: skip

    def _open(self, vault: Vault, unlocked: Unlocked, program: str, settled: Settled) -> App:
        entered = unlocked.entered
        way = entered.way if entered else Way.RECOVERY_KEY
        keys = Keys(vault, unlocked, self.quick)
        described = _described(self.folder)
        notices: Sequence[Message] = ()
        try:
            if described["engine"] == "postgresql" and unlocked.role == Role.OWNER:
                notices = self._settle_server(described, keys, way)
            engine = _engine(self.folder, described, unlocked)
            store = Store(engine, self.folder, self._clock, keys, self._device())
            upgrade_store(store, unlocked.actor(way))
            app = App(store, unlocked.actor(way), release=unlocked.close)
        except BaseException:
            unlocked.close()
            raise
        app.notices = [*unlocked.notices, *owed_words(unlocked), *notices]
        app.failed_attempts = entered.misses if entered else 0
        _note(app, way, program, settled)
        if self.quick is not None and entered and entered.pin:
            unlocked.lend_to(self.quick, entered.pin)
            forget(entered.pin.key)  # else it would lie in memory beside what it unlocks
        return app

    def _settle_server(self, described: dict[str, Any], keys: Keys, way: str) -> Sequence[Message]:
        """Upgrade the store and its accounts over the account that owns the database."""
        url = make_url(described["url"])
        try:
            engine = owner_engine(url, self.folder, keys.unlocked)
        except UnavailableError:  # one's own account may be let in still
            return [not_let_in(url)]
        try:
            store = Store(engine, self.folder, self._clock, keys)
            upgrade_store(store, keys.unlocked.actor(way))
            return settle_accounts(engine, keys)
        finally:
            engine.dispose()


def _note(app: App, way: str, program: str, settled: Settled) -> None:
    """Enter the sign-in into the trail; a full or read-only disk must not keep anybody out."""
    try:
        if settled.finished or settled.undone:
            app.call(note_new_keys, sorted(settled.finished), sorted(settled.undone))
        app.notices += app.call(check_tail).notices
        noted = app.call(note_sign_in, way, program)
        app.session_id, app.signed_in_before = noted.session_id, noted.before
    except UnavailableError as error:
        app.notices.append(error.message)
    except AppError:
        app.close()
        raise
    if app.failed_attempts:
        app.notices.append(attempts_words(app.failed_attempts))


def _engine(
    folder: Path, described: dict[str, Any], unlocked: Unlocked, *, create: bool = False
) -> Engine:
    if described["engine"] == "postgresql":
        url = make_url(described["url"])
        return own_engine(url, folder, unlocked)
    return encrypted_files(folder, lambda: unlocked.file_keys, create=create, fence=unlocked.fence)


def _described(folder: Path) -> dict[str, Any]:
    try:
        described = read_json((folder / DESCRIPTION).read_bytes(), size=DESCRIPTION_LIMIT)
        known = described["format"], described["engine"]
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
    if known[0] != FORMAT or known[1] not in ("sqlcipher", "postgresql"):
        raise ConflictError(msg("This store was made by a newer Clopos Desk. Install that one."))
    return dict(described)


def _without_password(server: Server) -> str:
    try:
        url: URL = make_url(server.url)
    except ArgumentError:
        raise InvalidError(msg("“{url}” is not a database address.", url=server.url)) from None
    if url.password:
        raise InvalidError(
            msg("The database address must not hold the password."),
            hint=msg("Give it with --database-password-file."),
        )
    return url.render_as_string()
