"""An owner's duties: who may sign in, with which role, and what is kept for them.

Each change is signed with the key that follows from the root secret. What somebody can no longer
open afterwards comes back as `Lost`: an old copy of the key file still opens it, until the keys it
names are made anew.
"""

from __future__ import annotations

import re
import secrets
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from desktop_app.kernel.access import Domain, Permission
from desktop_app.kernel.clock import Clock, millis
from desktop_app.kernel.errors import (
    ConflictError,
    DamagedError,
    InvalidError,
    NotFoundError,
)
from desktop_app.kernel.roles import RoleFacts, checked_role
from desktop_app.kernel.words import msg
from desktop_app.vault import entitled, passwords, sealing
from desktop_app.vault.key_file import Contents, KeyFile
from desktop_app.vault.names import checked
from desktop_app.vault.root import Root
from desktop_app.vault.roster import Roster, SharedSecret, UserRow
from desktop_app.vault.slots import (
    KeyPair,
    Slot,
    for_till,
    locked,
    slot_place,
    without,
    without_till,
)

_SECRET_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_ID_BYTES = 8
ALL_VENUES = None
TRAIL = "trail"


@dataclass(frozen=True, slots=True)
class Lost:
    """What somebody held before a change and does not after it."""

    domains: frozenset[Domain] = frozenset()
    trail: bool = False

    def __bool__(self) -> bool:
        """Tell whether there is a key to be made anew."""
        return bool(self.domains) or self.trail

    @property
    def names(self) -> frozenset[str]:
        """Return the domains, and `trail`, as the roster remembers what is owed."""
        return frozenset(self.domains) | ({TRAIL} if self.trail else frozenset())

    @classmethod
    def named(cls, names: frozenset[str]) -> Lost:
        """Return what the roster remembers as owed."""
        return cls(frozenset(d for d in Domain if d in names), TRAIL in names)


class Duties(ABC):
    """What an owner can do with the roster; `Unlocked` has them."""

    _file: KeyFile

    @abstractmethod
    def refresh(self) -> bool:
        """Read the roster again; False where the keys held are not the right ones any more."""

    @abstractmethod
    def _owner(self) -> tuple[Root, Clock]:
        """Return the root secret and the clock; NotAllowedError for everybody else."""

    @abstractmethod
    def _root(self) -> Root:
        """Return the root secret, also where the recovery key brought it; else NotAllowedError."""

    @abstractmethod
    def _user(self) -> UserRow:
        """Return whose keys these are; NotAllowedError where nobody's."""

    def add_user(
        self,
        name: str,
        role: str,
        password: str,
        *,
        venues: tuple[int, ...] | None = ALL_VENUES,
        weak_password_allowed: bool = False,
    ) -> None:
        """Add a user with a password. Owners only; ConflictError where the name is taken.

        For stores made by a program; people get a one-time code (`add_with_code`).
        """
        root, _ = self._owner()
        tidy = checked(name)
        check_password(password, (tidy,), weak_allowed=weak_password_allowed)

        def slots(contents: Contents, user: UserRow, keys: KeyPair) -> Mapping[str, Slot]:
            return {user.id: slot_for(root, keys, contents, user.id, password)}

        self._add(tidy, role, venues, slots)

    def _add(
        self,
        name: str,
        role: str,
        venues: tuple[int, ...] | None,
        slots_of: Callable[[Contents, UserRow, KeyPair], Mapping[str, Slot]],
    ) -> None:
        root, clock = self._owner()
        before = self._file.read()
        entitled.refuse_taken(before.roster, name)
        known_role(before.roster, role)
        keys = KeyPair.random()
        user = UserRow(
            id=secrets.token_hex(_ID_BYTES),
            name=name,
            role=role,
            sign_key=keys.sign_key,
            box_key=keys.box_key,
            created_ms=millis(clock.now()),
            venues=venues,
        )
        slots = slots_of(before, user, keys)

        def add(contents: Contents) -> Contents:
            entitled.refuse_taken(contents.roster, name)
            known_role(contents.roster, role)
            entitled.check_given(contents.roster, self._user(), user)
            roster = contents.roster.with_user(user, root.grants_for(user, contents.roster))
            return replace(signed(contents, roster, root), slots={**contents.slots, **slots})

        self._file.update(add)

    def change_user(
        self, name: str, role: str, venues: tuple[int, ...] | None = ALL_VENUES
    ) -> Lost:
        """Give another user a role and venues. Owners only; nobody changes their own rights.

        ConflictError for oneself and for another owner, whose keys open everything.
        """
        root, _ = self._owner()
        lost = Lost()

        def change(contents: Contents) -> Contents:
            nonlocal lost
            user = active_user(contents.roster, name)
            self._refuse_self(user)
            entitled.refuse_owner(user)
            known_role(contents.roster, role)
            changed = replace(user, role=role, venues=venues)
            entitled.check_taken(contents.roster, self._user(), user, role)
            entitled.check_given(contents.roster, self._user(), changed)
            lost = _lost(contents.roster, (user,), contents.roster, (changed,))
            roster = contents.roster.with_user(changed, root.grants_for(changed, contents.roster))
            slots = contents.slots
            if not for_till(contents.roster.facts_of(changed)):
                slots = without_till(slots, user.id)  # a PIN must not open more than the till
            return replace(signed(contents, owing(roster, lost), root), slots=slots)

        self._file.update(change)
        return lost

    def remove_user(self, name: str) -> Lost:
        """End a user's access to this key file. Owners only.

        What the user has seen they have seen: until the keys that come back are made anew, an old
        copy of the key file still opens the store for them.
        """
        root, clock = self._owner()
        lost = Lost()

        def remove(contents: Contents) -> Contents:
            nonlocal lost
            user = active_user(contents.roster, name)
            entitled.refuse_owner(user)
            entitled.check_taken(contents.roster, self._user(), user, None)
            gone = replace(user, removed_ms=millis(clock.now()))
            slots = without(contents.slots, user.id)
            lost = _lost(contents.roster, (user,), contents.roster, ())
            roster = owing(contents.roster.with_user(gone, {}), lost)
            return replace(signed(contents, roster, root), slots=slots)

        self._file.update(remove)
        return lost

    def save_role(self, role: RoleFacts) -> Lost:
        """Add or change a role of the restaurant's own. Owners only.

        Its people get what it opens now. ConflictError where another role has the name.
        """
        root, _ = self._owner()
        role = checked_role(role.id, role.name, role.permissions, role.limits)
        lost = Lost()

        def save(contents: Contents) -> Contents:
            nonlocal lost
            before = contents.roster
            entitled.refuse_taken_role(before, role)
            entitled.check_role_change(before, self._user(), role)
            roster = replace(before, roles={**before.roles, role.id: role})
            people = entitled.people_of(before, role.id)
            for user in people:
                roster = roster.with_user(user, root.grants_for(user, roster))
            lost = _lost(before, people, roster, people)
            slots = contents.slots
            for user in people if not for_till(role) else ():
                slots = without_till(slots, user.id)  # a PIN must not open more than the till
            return replace(signed(contents, owing(roster, lost), root), slots=slots)

        self._file.update(save)
        return lost

    def remove_role(self, role_id: str) -> None:
        """Remove a role nobody has. Owners only; ConflictError where somebody has it."""
        root, _ = self._owner()

        def remove(contents: Contents) -> Contents:
            if role_id not in contents.roster.roles:
                raise NotFoundError(msg("There is no such role of your own."))
            entitled.check_role_change(
                contents.roster, self._user(), contents.roster.roles[role_id]
            )
            people = entitled.people_of(contents.roster, role_id)
            if people:
                raise ConflictError(
                    msg("{name} has this role.", name=people[0].name),
                    hint=msg("Give them another role first."),
                )
            roles = {k: v for k, v in contents.roster.roles.items() if k != role_id}
            return signed(contents, replace(contents.roster, roles=roles), root)

        self._file.update(remove)

    def set_password_for(self, name: str, new: str, *, weak_password_allowed: bool = False) -> None:
        """Give another user a new password without knowing the old one. Owners only.

        The user gets new keys; signatures made with the old ones still verify.
        """
        root, _ = self._owner()
        before = self._file.read()
        user = active_user(before.roster, name)
        if user.id == self._user().id:
            raise ConflictError(msg("Change your own password with the old one."))
        entitled.check_taken(before.roster, self._user(), user, user.role)
        check_password(new, (user.name,), weak_allowed=weak_password_allowed)
        self._file.update(rekeyed(root, before, user, KeyPair.random(), new))

    def put_secret(self, name: str, value: bytes, permission: Permission) -> None:
        """Keep a small secret for whoever holds `permission`, and for owners. Owners only."""
        root, _ = self._owner()
        if not _SECRET_NAME.fullmatch(name):
            raise InvalidError(msg("“{name}” cannot be the name of a secret.", name=name))
        shared = SharedSecret(permission, root.wrap_shared(name, value))

        def put(contents: Contents) -> Contents:
            roster = replace(contents.roster, secrets={**contents.roster.secrets, name: shared})
            return signed(contents, regranted(roster, root), root)

        self._file.update(put)

    def ensure_trail_box(self) -> None:
        """Make the mailbox of the trail in a store without one. Owners, or the recovery key."""
        root = self._root()

        def ensure(contents: Contents) -> Contents:
            if contents.roster.trail is not None:
                return contents
            roster = replace(contents.roster, trail=root.trail_box(1))
            return signed(contents, regranted(roster, root), root)

        self._file.update(ensure)
        self.refresh()

    def _refuse_self(self, user: UserRow) -> None:
        if user.id == self._user().id:
            raise ConflictError(msg("Nobody changes their own rights: another owner has to."))


def check_password(password: str, context: tuple[str, ...], *, weak_allowed: bool) -> None:
    """Raise InvalidError where a new password will not do."""
    if weak_allowed:
        passwords.check_possible(password)
    else:
        passwords.check(password, context=context)


def rekeyed(
    root: Root, before: Contents, user: UserRow, keys: KeyPair, password: str
) -> Callable[[Contents], Contents]:
    """Return the change that gives a user new keys under a new password."""
    return renewed(root, user, keys, {user.id: slot_for(root, keys, before, user.id, password)})


def renewed(
    root: Root, user: UserRow, keys: KeyPair, slots: Mapping[str, Slot]
) -> Callable[[Contents], Contents]:
    """Return the change that gives a user new keys, which only `slots` open."""

    def change(contents: Contents) -> Contents:
        now = contents.roster.users[user.id]
        if now != user:
            raise ConflictError(
                msg("The user “{name}” was changed elsewhere at the same time.", name=user.name),
                hint=msg("Look at the list of users and try again."),
            )
        fresh = replace(
            now,
            sign_key=keys.sign_key,
            box_key=keys.box_key,
            retired=(*now.retired, now.sign_key),
        )
        roster = contents.roster.with_user(fresh, root.grants_for(fresh, contents.roster))
        left = without(contents.slots, user.id)
        return replace(signed(contents, roster, root), slots={**left, **slots})

    return change


def owing(roster: Roster, lost: Lost) -> Roster:
    """Return a roster that remembers what is to be locked anew, until it was."""
    return replace(roster, owed=roster.owed | lost.names)


def regranted(roster: Roster, root: Root) -> Roster:
    """Return a roster in which everybody has what their role entitles them to, sealed anew."""
    for user in roster.users.values():
        if user.removed_ms is None:
            roster = roster.with_user(user, root.grants_for(user, roster))
    return roster


def slot_for(root: Root, keys: KeyPair, contents: Contents, user_id: str, password: str) -> Slot:
    """Return a user's keys locked under a password, with the fingerprint of their store."""
    seen = sealing.fingerprint(root.public_key())
    place = slot_place(contents.roster.install, user_id)
    return locked(keys, seen, password, contents.cost, place)


def signed(contents: Contents, roster: Roster, root: Root) -> Contents:
    """Return the contents with a changed roster, signed; DamagedError for another store's."""
    if contents.roster.root_key != root.public_key():
        raise DamagedError(
            msg("The key file was replaced by that of another store."),
            hint=msg("Do not sign in. Ask the owner who has been at this computer."),
        )
    roster = replace(roster, epoch=contents.roster.epoch + 1)
    return replace(contents, roster=roster, signature=root.sign(roster))


def active_user(roster: Roster, name: str) -> UserRow:
    """Return the user of a name; NotFoundError where nobody has it (any more)."""
    user = roster.active(name)
    if user is None:
        raise NotFoundError(msg("There is no user “{name}”.", name=name))
    return user


def _lost(
    before: Roster, had: tuple[UserRow, ...], after: Roster, have: tuple[UserRow, ...]
) -> Lost:
    """Return what these users could open before and cannot after."""
    domains: set[Domain] = set()
    trail = False
    now = {user.id: after.facts_of(user) for user in have}
    for user in had:
        old, new = before.facts_of(user), now.get(user.id)
        domains |= old.domains - (new.domains if new else frozenset())
        trail |= old.reads_trail and not (new is not None and new.reads_trail)
    return Lost(frozenset(domains), trail)


def known_role(roster: Roster, role_id: str) -> None:
    """Raise NotFoundError where there is no such role."""
    if roster.role(role_id) is None:
        raise NotFoundError(
            msg("There is no role “{role}”.", role=role_id),
            hint=msg("“clopos-desk roles list” names them."),
        )
