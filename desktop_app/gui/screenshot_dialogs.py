"""The dialogs for the pictures, with made-up contents: nothing in the store is changed for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from types import MappingProxyType

from PySide6.QtWidgets import QWidget

from desktop_app.access.key_records import NewKeys, NewRoot
from desktop_app.access.operations import get_changes, list_events
from desktop_app.access.records import EventRow
from desktop_app.access.request_records import RequestRow, RequestSheet, State
from desktop_app.access.users import list_roles, list_users, remove_user
from desktop_app.backup.operations import run_backup
from desktop_app.gui.bridge import Bridge, Session
from desktop_app.gui.later import Later
from desktop_app.gui.manager_dialog import ManagerDialog
from desktop_app.gui.new_sheet_dialog import NewSheetDialog
from desktop_app.gui.screens.access.code_dialog import CodeDialog
from desktop_app.gui.screens.access.person_dialogs import ChangeDialog, PersonDialog
from desktop_app.gui.screens.access.role_dialog import RoleDialog
from desktop_app.gui.screens.approvals.request_dialog import RequestDialog
from desktop_app.gui.screens.audit.event_dialog import EventDialog
from desktop_app.gui.screens.reviews.person_card import PersonCard
from desktop_app.gui.screens.settings.sign_in_dialogs import AuthenticatorDialog, PinDialog
from desktop_app.gui.usher import PasswordAgainDialog, SecondPersonDialog
from desktop_app.gui.window import Window
from desktop_app.kernel.access import Domain, Permission, Role
from desktop_app.kernel.asking import ApprovalNeededError, ConfirmationNeededError
from desktop_app.kernel.deeds import Deed
from desktop_app.kernel.job import Progress
from desktop_app.kernel.roles import TITLES
from desktop_app.kernel.words import msg
from desktop_app.reviews.records import Flag, PersonAccess, RightUse
from desktop_app.vault.one_time import OneTimeCode
from desktop_app.vault.recovery import RecoveryCode
from desktop_app.vault.totp import Enrolment
from desktop_app.venue.operations import get_today
from desktop_app.venue.records import Today

CODE = "7QK3M-9MZDA-0R4TX"  # made up: no store knows it
_WIDE = 900
_SOMEBODY = "aysel"


def dialogs(window: Window, session: Session) -> Iterator[tuple[str, QWidget]]:
    """Yield every dialog with the name of its picture, each made when the one before is done."""
    today = session.start(get_today).future.result()
    yield from _about_people(window.bridge, session, today, window)
    yield from _about_agreeing(window.bridge, today, window)
    yield "dialog-pin", PinDialog(window)
    yield "dialog-till-pin", PinDialog(window, till=True)
    app = AuthenticatorDialog(Enrolment.random(), "owner", today.venue.name, window)
    yield "dialog-authenticator", app
    code = RecoveryCode(bytes(range(16)))
    root = NewRoot(NewKeys((), ()), code, "7F3A-19C2", "B9F6-WG1D", "3f9a77c1 0b2e8d41")
    yield "dialog-new-sheet", NewSheetDialog(window.bridge, root, window)
    for name, event in _events(session):
        changes = session.start(get_changes, event.seq).future.result()
        yield name, EventDialog(event, changes, today.venue, window)
    yield "review-person", _person_card(today)


def _about_people(
    bridge: Bridge, session: Session, today: Today, parent: QWidget
) -> Iterator[tuple[str, QWidget]]:
    roles = session.start(list_roles).future.result()
    users = session.start(list_users).future.result()
    venues = {today.venue.id: today.venue.name}
    manager = next(role for role in roles if role.id == Role.MANAGER)
    currency = today.venue.currency
    yield (
        "dialog-role",
        RoleDialog(None, roles, manager, currency, server=bridge.app.on_server, parent=parent),
    )
    yield "dialog-person", PersonDialog(roles, venues, parent)
    somebody = next((user for user in users if user.role != Role.OWNER), users[0])
    change = ChangeDialog(somebody, roles, venues, parent)
    change.choice.choose(Role.STAFF.value, None)
    yield "dialog-change-role", change
    ends = today.now + timedelta(hours=24)
    yield "dialog-code", CodeDialog(bridge, OneTimeCode(CODE, _SOMEBODY, ends), parent)


def _about_agreeing(bridge: Bridge, today: Today, parent: QWidget) -> Iterator[tuple[str, QWidget]]:
    for name, state in (("request", State.WAITING), ("approved-request", State.APPROVED)):
        mine = state is State.APPROVED
        sheet = RequestSheet(
            RequestRow(
                1, remove_user.name, Deed.USER_CHANGE.value, "owner" if mine else _SOMEBODY,
                today.now - timedelta(hours=2), today.now + timedelta(hours=22), state,
                "rəşad" if mine else "", today.now if mine else None, None,
                mine=mine, for_me=not mine,
            ),
            msg("Take somebody's access away"),
            (("name", "elvin"),),
            MappingProxyType({}),
            "Mayda işdən çıxıb",
            "Razıyam" if mine else "",
            readable=True,
        )  # fmt: skip
        yield f"dialog-{name}", RequestDialog(sheet, today, parent)
    second = SecondPersonDialog(bridge, _later(), ApprovalNeededError(Deed.USER_CHANGE))
    yield "dialog-second-person", second
    again = PasswordAgainDialog(bridge, _later(), ConfirmationNeededError(Deed.USER_CHANGE))
    yield "dialog-password-again", again
    backup = Later(run_backup, ((), {}), Progress(), _nothing, lambda _: None)
    yield "dialog-manager", ManagerDialog(bridge, backup, parent)


def _later() -> Later:
    return Later(remove_user, (("elvin",), {}), Progress(), _nothing, lambda _: None)


def _nothing() -> None:
    """Stand for a deed that is never done."""


def _events(session: Session) -> Iterator[tuple[str, EventRow]]:
    """Yield an event with many kinds of records, and one with values."""
    found = session.start(list_events, limit=200).future.result()
    for name, operation in (("dialog-event", "demo."), ("dialog-event-values", "venue.")):
        several = [one for one in found if one.operation.startswith(operation) and one.changes]
        if several:
            yield name, max(several, key=lambda one: one.changes)


def _person_card(today: Today) -> QWidget:
    month = today.now - timedelta(days=190)
    person = PersonAccess(
        "1", "Elvin Quliyev", Role.MANAGER.value, TITLES[Role.MANAGER], month, month,
        [
            RightUse(Permission.ORDERS_READ, month, month),
            RightUse(Permission.CUSTOMERS_READ, month, month),
            RightUse(Permission.CUSTOMERS_EXPORT, None, month),
        ],
        frozenset({Domain.OPS, Domain.PEOPLE}), True,  # noqa: FBT003 - reads the trail
        frozenset({Flag.UNUSED, Flag.UNUSED_RIGHTS}), [Permission.CUSTOMERS_EXPORT],
    )  # fmt: skip
    card = PersonCard(person, today.venue.time)
    card.resize(_WIDE, card.sizeHint().height())
    return card
