"""One store under test, and what tests do with it around the application."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, func, make_url, select, text

from desktop_app.access.operations import verify_trail
from desktop_app.app import App
from desktop_app.customers.records import IncomingCustomer
from desktop_app.customers.storing import store_customers
from desktop_app.db.audit_tables import RowCount
from desktop_app.db.base import Base
from desktop_app.db.operation import Kind, Operation
from desktop_app.db.server import _synced, owner_engine, sync_accounts
from desktop_app.db.server_accounts import Repaired
from desktop_app.db.store import Keys, Store
from desktop_app.db.trail_reader import Opened as Opened_
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Actor, Permission, Role
from desktop_app.kernel.clock import Clock, moment
from desktop_app.menu.catalogue import Catalogue
from desktop_app.orders.records import (
    IncomingLine,
    IncomingOrder,
    IncomingPayment,
    PaymentMethod,
    StoredCounts,
)
from desktop_app.orders.storing import Batch, store_orders
from desktop_app.sign_in import Reception, Server, _described, _engine
from desktop_app.vault.cost import KdfCost
from desktop_app.vault.key_file import KeyFile
from desktop_app.vault.recovery import RecoveryCode
from desktop_app.vault.store_keys import Vault
from desktop_app.vault.unlocked import Held, Unlocked
from desktop_app.venue.operations import the_venue
from desktop_app.venue.records import NewVenue

PASSWORD = "saffron kettle twelve lanterns"
PEOPLE = {
    Role.OWNER: "Aysel",
    Role.MANAGER: "Rauf",
    Role.ACCOUNTANT: "Nərgiz",
    Role.STAFF: "Lalə",
    Role.AUDITOR: "Tural",
}
NOBODY = Actor("nobody", Role.STAFF, frozenset())
MORNING = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)


@dataclass(slots=True)
class Opened:
    """A store made once: its folder, its recovery key, and the keys of each role."""

    folder: Path
    code: RecoveryCode
    unlocked: Mapping[Role, Unlocked]

    @property
    def held(self) -> Mapping[Role, Held]:
        return {role: one._held for role, one in self.unlocked.items()}

    def close(self) -> None:
        for one in self.unlocked.values():
            one.close()


def make_template(folder: Path, server: Server | None) -> Opened:
    """Make a store with an owner and one person of every other role."""
    venue = NewVenue("Qız Qalası", currency="USD")
    made = Reception(folder, keyring=False).create(
        venue, PEOPLE[Role.OWNER], PASSWORD, server=server, cost=KdfCost.FLOOR
    )
    with made.app as app:
        owner = app._store.keys.unlocked
        for role, name in PEOPLE.items():
            if role is not Role.OWNER:
                owner.add_user(name, role, PASSWORD)
        sync_accounts(app._store)
        clock = app._store.clock
    vault = Vault.open(folder)
    opened = {role: vault.unlock(name, PASSWORD, clock=clock) for role, name in PEOPLE.items()}
    return Opened(folder, made.code, opened)


@dataclass(slots=True)
class Shop:
    """A store of one test. `app` is the owner's; `as_role` signs others in beside."""

    folder: Path
    clock: Clock
    held: Mapping[Role, Held]
    _apps: dict[Role, App] = field(default_factory=dict)
    _more: list[App] = field(default_factory=list)
    _owning: Engine | None = None

    @property
    def app(self) -> App:
        return self.as_role(Role.OWNER)

    @property
    def engine(self) -> Engine:
        """Return the engine as migrations use it, outside the rights of any person."""
        if not self.is_postgres:
            return self.app._store.engine.execution_options(audited=False)
        return self.server_engine().execution_options(audited=False)

    def server_engine(self) -> Engine:
        """Return the engine of the account that owns the database."""
        if self._owning is None:
            url = make_url(_described(self.folder)["url"])
            self._owning = owner_engine(url, self.folder, self.unlocked(Role.OWNER))
        return self._owning

    @property
    def is_postgres(self) -> bool:
        return self.app._store.is_postgres

    def unlocked(self, role: Role) -> Unlocked:
        """Return the keys of a role, without deriving them again."""
        vault = Vault.open(self.folder)
        file, roster = KeyFile(self.folder), vault._contents.roster
        held = self.held[role]
        if held.user is not None:  # as the roster has them now: a role may have been changed
            held = replace(held, user=roster.users[held.user.id])
        return Unlocked(file, roster, held, self.clock)

    def another(
        self, role: Role = Role.OWNER, *, actor: Actor | None = None, clock: Clock | None = None
    ) -> App:
        """Open the store once more, as another program would; closed with the shop."""
        unlocked = self.unlocked(role)
        engine = _engine(self.folder, _described(self.folder), unlocked)
        store = Store(
            engine, self.folder, clock or self.clock, Keys(Vault.open(self.folder), unlocked)
        )
        who = actor or unlocked.actor("password")
        self._more.append(App(store, who, release=lambda: None))
        return self._more[-1]

    def confirmed(self, op: Operation[..., Any], *args: Any, role: Role = Role.OWNER, **kw: Any):
        """Do a deed as somebody who has just given their password for it."""
        return confirmed(self.as_role(role), op, *args, **kw)

    def as_role(self, role: Role) -> App:
        if role not in self._apps:
            self._apps[role] = self.another(role)
        return self._apps[role]

    def newcomer(self, role: str, *, venues: tuple[int, ...] | None = None) -> App:
        """Give somebody new access and sign them in, with an account of their own on a server."""
        name = f"Newcomer {len(self._more)}"
        self.app._store.keys.unlocked.add_user(name, role, PASSWORD, venues=venues)
        sync_accounts(self.app._store)
        vault = Vault.open(self.folder)
        unlocked = vault.unlock(name, PASSWORD, clock=self.clock)
        engine = _engine(self.folder, _described(self.folder), unlocked)
        store = Store(engine, self.folder, self.clock, Keys(vault, unlocked))
        self._more.append(App(store, unlocked.actor("password"), release=unlocked.close))
        return self._more[-1]

    def repair_accounts(self) -> Repaired:
        """Undo what another test did to the accounts, which all databases of a server share."""
        keys = Keys(Vault.open(self.folder), self.unlocked(Role.OWNER))
        return _synced(self.server_engine(), keys.vault, keys.unlocked)

    def close(self) -> None:
        for app in self._more:
            app.close()
        if self._owning is not None:
            self._owning.dispose()

    @contextmanager
    def around(self, *, write: bool = False) -> Iterator[Connection]:
        """Connect around the application, as an attacker with the keys (or a test) would."""
        options: dict[str, Any] = {"audited": False, "read_only": not write}
        with self.engine.execution_options(**options).begin() as connection:
            yield connection

    def rows(self, mapped: type[Base] | Table, *order: Any) -> list[dict[str, Any]]:
        """Return every row of a table as it is mapped."""
        table = mapped if isinstance(mapped, Table) else mapped.__table__
        with self.around() as connection:
            found = connection.execute(select(table).order_by(*(order or table.primary_key)))
            return [dict(row) for row in found.mappings()]

    def opened(self) -> list[Opened_]:
        """Return every event with its contents, as a reader of the trail sees it."""
        reader = self.app._store.trail

        def body(tx: Transaction) -> list[Opened_]:
            return list(reader.opened(tx, tx.trail_rows(1, 1 << 60)))

        return self.app.call(a_query(body))

    def events(self) -> list[dict[str, Any]]:
        """Return every event with what it says."""
        return [
            {
                "seq": one.seq,
                "at": moment(one.at_ms),
                "actor": one.content.actor,
                "role": one.content.role,
                "operation": one.content.event.operation,
                "outcome": one.content.event.outcome,
                "subject": one.content.event.subject,
                "detail": one.content.event.detail,
                "hash": one.hash.hex(),
            }
            for one in self.opened()
        ]

    def changes(self, seq: int | None = None) -> list[tuple[str, str, dict[str, Any]]]:
        return [
            (change.table, change.action, change.fields)
            for one in self.opened()
            for change in one.content.event.changes
            if seq is None or one.seq == seq
        ]

    def trail_text(self) -> str:
        """Return everything the trail says, as one text to search in."""
        return json.dumps([asdict(one.content) for one in self.opened()], ensure_ascii=False)

    def real_counts(self) -> dict[str, int]:
        """Return count(*) of every table that is not computed from others."""
        with self.around() as connection:
            return {
                mapper.class_.__tablename__: int(
                    connection.execute(
                        select(func.count()).select_from(mapper.local_table)
                    ).scalar()
                    or 0
                )
                for mapper in Base.registry.mappers
                if not mapper.class_.__about__.derived
            }

    def kept_counts(self) -> dict[str, int]:
        return {row["name"]: row["rows"] for row in self.rows(RowCount)}

    def check_counts(self) -> None:
        """Compare the kept row counts with the rows, as a restore will."""
        real = self.real_counts()
        del real["audit_event"]
        kept = self.kept_counts()
        assert {name: rows for name, rows in real.items() if rows} == {
            name: rows for name, rows in kept.items() if rows
        }

    def check_trail(self) -> int:
        """Verify the trail and return how many events it has."""
        report = self.app.call(verify_trail, alone=True)
        assert report.ok, report
        return report.events


def confirmed(app: App, op: Operation[..., Any], /, *args: Any, **kw: Any) -> Any:
    """Do a deed whose password has just been given (deriving it again takes 0.2 s)."""
    app.gate.confirmations.give(op.name, "password")
    return app.call(op, *args, **kw)


def command(body: Any, permission: Permission = Permission.ANYONE) -> Operation[..., Any]:
    """Make an operation of a test, outside the registry."""
    return Operation("test.command", permission, Kind.COMMAND, body)


def a_query(body: Any) -> Operation[..., Any]:
    return Operation("test.query", Permission.ANYONE, Kind.QUERY, body)


def order(place: int = 1, /, *lines: IncomingLine, **more: Any) -> IncomingOrder:
    """Return an order as a file brings it; a day apart from the next number's hundred."""
    some = lines or (IncomingLine("Çay", 1000, 250, category="İçkilər", unit_price_minor=250),)
    total = sum(line.total_minor for line in some)
    values: dict[str, Any] = {
        "opened_at": MORNING + timedelta(minutes=place),
        "payments": (IncomingPayment(PaymentMethod.CASH, total),),
    }
    return IncomingOrder(f"R{place}", lines=some, **values | more)


def sell(app: App, orders: Sequence[IncomingOrder], source: str = "test") -> StoredCounts:
    """Store orders in one transaction, as an import does."""

    def body(tx: Transaction) -> StoredCounts:
        venue = the_venue(tx)
        return store_orders(tx, Batch(venue, source, None, Catalogue.read(tx, venue.id)), orders)

    return app.call(command(body))


def enter(app: App, *customers: IncomingCustomer, source: str = "test") -> dict[str, int]:
    """Store customers in one transaction, as an import does; return their numbers."""
    return app.call(command(lambda tx: store_customers(tx, source, customers)))


def sql(connection: Connection, statement: str, **values: Any) -> Any:
    """Run a statement around the application; `ops.` is the main file on SQLCipher."""
    if connection.dialect.name == "sqlite":
        statement = statement.replace("ops.", "main.")
    return connection.execute(text(statement), values)
