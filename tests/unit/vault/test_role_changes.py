"""Thousands of generated changes to people and roles: nobody ever gains what nobody gave them.

What people can do is read from what their private keys really open in the key file, not only from
what the program believes. The file is the real one but for two things: it lies in memory, and
passwords are not stretched.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

import pytest

from desktop_app.kernel import granting
from desktop_app.kernel.access import Actor, Domain, Limit, Permission, Role
from desktop_app.kernel.clock import FrozenClock
from desktop_app.kernel.errors import AppError, NotAllowedError
from desktop_app.kernel.roles import BUILT_IN, FOR_OWNERS, RoleFacts
from desktop_app.vault import sealing
from desktop_app.vault.cost import KdfCost
from desktop_app.vault.key_file import Contents, KeyFile
from desktop_app.vault.roster import ROOT, UserRow, domain_subject, secret_subject, trail_subject
from desktop_app.vault.roster_json import genuine, roster_from, roster_json
from desktop_app.vault.sealing import WrongKeyError
from desktop_app.vault.secret import SecretBytes
from desktop_app.vault.slots import KeyPair
from desktop_app.vault.store_keys import Vault
from desktop_app.vault.unlocked import Held, Unlocked, root_of

SEEDS, ACTS = 8, 1300
NAMES = tuple(f"Person {n}" for n in range(9))
FIRST = "Aysel"
PASSWORD = "any text will do here"
VENUES = (None, None, (1,), (1, 2), (2, 3), ())
SECRETS = {
    "postgres": Permission.ORDERS_READ,
    "payroll": Permission.SALARIES_READ,
    "guests": Permission.CUSTOMERS_EXPORT,
}


class MemoryFile(KeyFile):
    """The key file without a disk; what is saved is still written, signed and read as JSON."""

    def __init__(self, folder: Path, contents: Contents) -> None:
        super().__init__(folder)
        self.contents = contents

    def stamp(self) -> tuple[int, int, int]:
        return self.contents.generation, 0, 0

    def read(self) -> Contents:
        return self.contents

    def update(self, change: Callable[[Contents], Contents]) -> Contents:
        after = change(self.contents)
        written = json.loads(json.dumps(roster_json(after.roster)))
        assert genuine(written, after.signature)
        generation = self.contents.generation + 1
        self.contents = replace(after, roster=roster_from(written), generation=generation)
        return self.contents


@dataclass(frozen=True)
class Rights:
    """What one person has: by the list, and by the keys that their private key opens."""

    permissions: frozenset[Permission]
    limits: Mapping[Limit, int]
    venues: frozenset[int] | None
    keys: frozenset[str]


NOTHING = Rights(frozenset(), dict.fromkeys(Limit, 0), frozenset(), frozenset())


def keys_of(permissions: frozenset[Permission]) -> set[str]:
    """Return the keys that rights open, written down here a second time on purpose."""
    words = {permission.value for permission in permissions}
    areas = {word.partition(":")[0] for word in words}
    found = {"ops"}
    found |= {"people"} if areas & {"customers", "privacy"} else set()
    found |= {"office"} if areas & {"salaries", "reviews"} else set()
    found |= {"trail"} if "audit" in areas or "privacy:handle" in words else set()
    return found | {name for name, right in SECRETS.items() if right in permissions}


@dataclass
class World:
    """A store in memory, every key pair there ever was, and sessions of any age."""

    file: MemoryFile
    chance: random.Random
    clock: FrozenClock
    pairs: dict[bytes, KeyPair] = field(default_factory=dict)
    sessions: list[Unlocked] = field(default_factory=list)
    opened: dict[tuple[bytes, bytes], str | None] = field(default_factory=dict)
    done: int = 0
    refused: int = 0

    def everybody(self) -> dict[str, Rights]:
        roster = self.file.contents.roster
        return {
            user.id: Rights(
                roster.permissions_of(user),
                roster.facts_of(user).limits,
                None if user.venues is None else frozenset(user.venues),
                self.keys(user),
            )
            for user in roster.users.values()
            if user.removed_ms is None
        }

    def keys(self, user: UserRow) -> frozenset[str]:
        """Return what the user's own private key opens, whoever it was sealed to."""
        roster = self.file.contents.roster
        found = set()
        for place, envelope in roster.grants.items():
            owner, _, subject = place.partition("/")
            if owner == user.id:
                found.add(self._open(user.box_key, envelope, owner, subject))
        return frozenset(name for name in found if name)

    def strangers(self) -> None:
        """Try each envelope with one key, of present or earlier people, it was not sealed to."""
        roster = self.file.contents.roster
        for place, envelope in roster.grants.items():
            owner, _, subject = place.partition("/")
            if (envelope, b"tried") not in self.opened:
                self.opened[envelope, b"tried"] = None
                others = [key for key in self.pairs if key != roster.users[owner].box_key]
                if others:
                    assert self._open(self.chance.choice(others), envelope, owner, subject) is None

    def _open(self, box_key: bytes, envelope: bytes, user_id: str, subject: str) -> str | None:
        known = (envelope, box_key)
        if known not in self.opened:
            self.opened[known] = self._opened(box_key, envelope, user_id, subject)
        return self.opened[known]

    def _opened(self, box_key: bytes, envelope: bytes, user_id: str, subject: str) -> str | None:
        roster = self.file.contents.roster
        place = roster.place(user_id, subject)
        try:
            secret = sealing.unseal(self.pairs[box_key].box, envelope, place).reveal()
        except WrongKeyError:
            return None
        assert secret == self.true_keys[subject]
        kind, _, rest = subject.partition("/")
        return rest.partition("/")[0] if kind in {"domain", "secret"} else kind

    @cached_property
    def true_keys(self) -> Mapping[str, bytes]:
        """Return what each envelope must hold; these keys stay while only rights change."""
        roster = self.file.contents.roster
        owner = roster.owners()[0]
        root = root_of(roster, owner, self.pairs[owner.box_key])
        assert root is not None
        assert roster.trail is not None
        return {
            ROOT: root.secret.reveal(),
            **{
                domain_subject(d, roster.domains[d]): root.domain_key(d, roster.domains[d]).reveal()
                for d in Domain
            },
            trail_subject(1): root.trail_key(1).reveal(),
            **{
                secret_subject(name): root.open_shared(name, shared, roster).reveal()
                for name, shared in roster.secrets.items()
            },
        }

    def session(self) -> Unlocked:
        """Return somebody's session: fresh, or one from before whatever has changed since."""
        if self.sessions and self.chance.random() < 0.3:
            return self.chance.choice(self.sessions[-40:])
        roster = self.file.contents.roster
        owners = roster.owners()
        people = [user for user in roster.users.values() if user.removed_ms is None]
        user = self.chance.choice(owners if self.chance.random() < 0.6 else people)
        keys = self.pairs[user.box_key]
        held = Held(user, keys, root_of(roster, user, keys))
        self.sessions.append(Unlocked(self.file, roster, held, self.clock))
        return self.sessions[-1]


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Do not stretch passwords, and remember every pair of private keys that is made."""

    def hashed(self, password, salt, *, secret=None):
        return SecretBytes(hashlib.sha256(salt + password.encode()).digest())

    monkeypatch.setattr(KdfCost, "derive", hashed)


def made(tmp_path, monkeypatch, seed: int) -> World:
    clock = FrozenClock(datetime(2026, 11, 2, 9, tzinfo=UTC))
    pairs: dict[bytes, KeyPair] = {}
    real = KeyPair.random

    def remembered() -> KeyPair:
        keys = real()
        pairs[keys.box_key] = keys
        return keys

    monkeypatch.setattr(KeyPair, "random", remembered)
    _, owner, _ = Vault.create(
        tmp_path / "store", FIRST, "saffron kettle twelve lanterns", clock=clock, cost=KdfCost.FLOOR
    )
    owner.ensure_trail_box()
    for name, right in SECRETS.items():
        owner.put_secret(name, name.encode(), right)
    contents = KeyFile(tmp_path / "store").read()
    chance = random.Random(seed)  # noqa: S311 - the same changes every time
    return World(MemoryFile(tmp_path / "store", contents), chance, clock, pairs)


def some_rights(chance: random.Random) -> frozenset[Permission]:
    pool = sorted(Permission) if chance.random() < 0.1 else sorted(set(Permission) - FOR_OWNERS)
    return frozenset(chance.sample(pool, chance.randint(0, 12)))


def act(world: World, who: Unlocked) -> tuple[str, set[str]]:
    """Do something as `who`; return which act it was, and whom it may give something to."""
    chance, roster = world.chance, world.file.contents.roster
    names = [user.name for user in roster.users.values() if user.removed_ms is None]
    roles = [*BUILT_IN, *BUILT_IN, *roster.roles, "custom:gone"]
    name, role = chance.choice([*names, *NAMES]), chance.choice(roles)
    kind = chance.choices(
        ("add", "change", "save", "remove", "drop", "reset", "secret"), (5, 6, 5, 2, 1, 1, 0.3)
    )[0]
    if role == Role.OWNER and chance.random() < 0.7:
        role = Role.STAFF.value
    aimed = roster.active(name)
    match kind:
        case "add":
            who.add_user(
                name, role, PASSWORD, venues=chance.choice(VENUES), weak_password_allowed=True
            )
            added = world.file.contents.roster.active(name)
            return kind, {added.id} if added else set()
        case "change":
            who.change_user(name, role, chance.choice(VENUES))
            return kind, {aimed.id} if aimed else set()
        case "save":
            known = chance.choice([*roster.roles, *(f"custom:{n}" for n in range(6))])
            limits = {limit: chance.randint(0, 100) for limit in Limit if chance.random() < 0.5}
            who.save_role(RoleFacts(known, f"Role {known}", some_rights(chance), limits))
            return kind, {user.id for user in roster.users.values() if user.role == known}
        case "remove":
            who.remove_user(name)
        case "drop":
            who.remove_role(chance.choice([*roster.roles, "custom:gone"]))
        case "reset":
            who.set_password_for(name, PASSWORD, weak_password_allowed=True)
        case _:
            secret = chance.choice(sorted(SECRETS))
            who.put_secret(secret, secret.encode(), SECRETS[secret])
    return kind, set()


def check_gains(
    before: Mapping[str, Rights], after: Mapping[str, Rights], giver: str, given: set[str]
) -> None:
    mine = before[giver]
    assert after[giver] == mine, "somebody changed their own rights"
    for who, now in after.items():
        had = before.get(who, NOTHING)
        if who not in given:
            assert now == had, "rights changed of somebody whom nobody touched"
        assert now.permissions - had.permissions <= mine.permissions
        assert mine.venues is None
        assert mine.limits == {}
        assert "root" in mine.keys, "somebody gave what they could not open themselves"


def check_keys(world: World, after: Mapping[str, Rights]) -> None:
    roster = world.file.contents.roster
    for who, now in after.items():
        if roster.users[who].role == Role.OWNER:
            assert now.keys == {"root"}
            assert now.venues is None
        else:
            assert now.keys == keys_of(now.permissions), roster.users[who]
            assert not now.permissions & FOR_OWNERS
    left = {place.partition("/")[0] for place in roster.grants}
    assert left <= set(after), "somebody who is gone still has an envelope"


@pytest.mark.parametrize("seed", range(SEEDS))
def test_nobody_ever_gains_a_right_that_no_owner_gave_them(tmp_path, monkeypatch, seed, capsys):
    world = made(tmp_path, monkeypatch, seed)
    before = world.everybody()
    seen: dict[str, int] = {}
    for _ in range(ACTS):
        who = world.session()
        generation = world.file.contents.generation
        now = world.file.contents.roster.users[who.user_id]
        is_owner = now.removed_ms is None and now.role == Role.OWNER
        try:
            kind, given = act(world, who)
        except AppError:
            world.refused += 1
            assert world.file.contents.generation == generation
            continue
        world.done += 1
        seen[kind] = seen.get(kind, 0) + 1
        assert is_owner, "somebody who is no owner changed people or roles"
        after = world.everybody()
        check_gains(before, after, who.user_id, given)
        check_keys(world, after)
        world.strangers()
        assert world.file.contents.roster.owners()
        before = after
    check_sessions(world, before)
    assert set(seen) >= {"add", "change", "save", "remove", "drop", "reset"}
    with capsys.disabled():
        print(
            f"\n  {ACTS} generated: {world.done} carried out {seen}, {world.refused} refused",
            end="",
        )


def check_sessions(world: World, rights: Mapping[str, Rights]) -> None:
    """Hold what the application is told at the end of each session against the list."""
    told = 0
    for session in world.sessions:
        try:
            session.refresh()
        except NotAllowedError:
            continue
        actor = session.actor()
        assert actor.permissions == rights[session.user_id].permissions
        assert actor.venues == rights[session.user_id].venues
        told += 1
    assert told


def giver(chance: random.Random) -> Actor:
    """Return somebody who manages people without being an owner, as a later version might let."""
    rights = some_rights(chance) | {Permission.USERS_MANAGE, Permission.ROLES_MANAGE}
    limits = {limit: chance.randint(0, 9) for limit in Limit if chance.random() < 0.6}
    venues = chance.choice(VENUES)
    return Actor(
        "giver", "custom:giver", rights, user_id="giver", limits=limits,
        venues=None if venues is None else frozenset(venues),
    )  # fmt: skip


def test_even_managers_of_people_who_are_no_owners_give_only_what_they_hold(capsys):
    chance = random.Random(20261125)  # noqa: S311 - the same gifts every time
    given = 0
    for _ in range(10_000):
        mine = giver(chance)
        pool = sorted(mine.permissions) if chance.random() < 0.7 else sorted(Permission)
        rights = frozenset(chance.sample(pool, chance.randint(0, min(6, len(pool)))))
        limits = {limit: chance.randint(0, 9) for limit in Limit if chance.random() < 0.8}
        venues = chance.choice(VENUES)
        role = RoleFacts("custom:x", "X", rights, limits)
        try:
            granting.check_gift(mine, role, venues)
        except NotAllowedError:
            allowed = False
        else:
            allowed = True
            given += 1
        assert allowed is (
            rights <= mine.permissions
            and all(limits.get(one, 10**9) <= bound for one, bound in mine.limits.items())
            and (mine.venues is None or (venues is not None and set(venues) <= mine.venues))
        )
    assert given > 500
    with capsys.disabled():
        print(f"\n  10000 gifts weighed, {given} allowed", end="")
