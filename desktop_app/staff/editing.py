"""What changes who works here: people, positions, PINs and cards."""

from __future__ import annotations

from sqlalchemy import func, select

from desktop_app.db.operation import command
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.errors import ConflictError, InvalidError, NotFoundError
from desktop_app.kernel.secret_word import Secret
from desktop_app.kernel.words import msg
from desktop_app.staff.reading import employee_of, open_entry, today_of
from desktop_app.staff.records import EmployeeForm, TokenKind
from desktop_app.staff.rules import check_name, check_position, tidy
from desktop_app.staff.tables import Employee, EmployeeContact, EmployeeToken, StaffPosition
from desktop_app.vault import pins
from desktop_app.vault.tokens import hashed_card, hashed_pin
from desktop_app.venue.operations import the_venue


@command(Permission.STAFF_EDIT)
def add_employee(tx: Transaction, form: EmployeeForm) -> int:
    """Write somebody down who works here and return their number."""
    form = tidy(form, today_of(tx))
    venue = the_venue(tx)
    _check_free(tx, venue.id, form.name, None)
    row = Employee(
        id=tx.ids.one(), venue_id=venue.id, name=form.name, position=form.position,
        active=form.left_on is None, hired_on=form.hired_on, left_on=form.left_on, tips=form.tips,
    )  # fmt: skip
    tx.add(row)
    _know_position(tx, venue.id, form.position)
    _reach(tx, row.id, form)
    tx.about(f"employee {row.id}")
    return row.id


@command(Permission.STAFF_EDIT)
def change_employee(tx: Transaction, employee_id: int, version: int, form: EmployeeForm) -> int:
    """Change what is known of somebody; the new version is returned.

    With `left_on` they do not work here any more: no clocking in, and PIN and card are gone.
    ConflictError where somebody else changed them meanwhile, or they are still at work.
    """
    row = employee_of(tx, employee_id)
    if row.version != version:
        raise ConflictError(
            msg("Somebody else changed this meanwhile."), hint=msg("Open it again and look.")
        )
    form = tidy(form, today_of(tx))
    _check_free(tx, row.venue_id, form.name, row.id)
    if form.left_on is not None and open_entry(tx, row.id) is not None:
        raise ConflictError(
            msg("{name} is still at work.", name=row.name), hint=msg("Clock them out first.")
        )
    row.name, row.position, row.tips = form.name, form.position, form.tips
    row.hired_on, row.left_on, row.active = form.hired_on, form.left_on, form.left_on is None
    row.version += 1
    _know_position(tx, row.venue_id, form.position)
    _reach(tx, row.id, form)
    if not row.active:
        for kind in TokenKind:
            _drop(tx, row.id, kind)
    tx.about(f"employee {row.id}")
    return row.version


@command(Permission.STAFF_EDIT)
def set_pin(tx: Transaction, employee_id: int, pin: Secret) -> None:
    """Give somebody a PIN for the clock; InvalidError for one that is tried first."""
    pins.check(pin)
    _set(tx, employee_id, TokenKind.PIN, hashed_pin(pin))


@command(Permission.STAFF_EDIT)
def set_card(tx: Transaction, employee_id: int, card: Secret) -> None:
    """Give somebody a card for the clock; ConflictError where it is somebody else's."""
    row = employee_of(tx, employee_id)
    kept = hashed_card(card, row.venue_id)
    owner = select(EmployeeToken.employee_id).where(EmployeeToken.hash == kept)
    if any(id_ != row.id for (id_,) in tx.rows(owner)):
        raise ConflictError(
            msg("This card is somebody else's."), hint=msg("Take it from them first.")
        )
    _set(tx, row.id, TokenKind.CARD, kept)


@command(Permission.STAFF_EDIT)
def drop_token(tx: Transaction, employee_id: int, kind: TokenKind) -> None:
    """Take somebody's PIN or card away; nothing happens where there is none."""
    row = employee_of(tx, employee_id)
    _drop(tx, row.id, kind)
    tx.about(f"employee {row.id}")


@command(Permission.STAFF_EDIT)
def add_position(tx: Transaction, name: str) -> int:
    """Add a position and return its number."""
    name = check_position(check_name(name))
    venue = the_venue(tx)
    if _position(tx, venue.id, name) is not None:
        raise InvalidError(msg("There is a position “{name}” already.", name=name), field="name")
    return tx.add(StaffPosition(id=tx.ids.one(), venue_id=venue.id, name=name)).id


@command(Permission.STAFF_EDIT)
def rename_position(tx: Transaction, position_id: int, name: str) -> None:
    """Rename a position, for everybody who has it."""
    row = _known(tx, position_id)
    name = check_position(check_name(name))
    other = _position(tx, row.venue_id, name)
    if other is not None and other.id != row.id:
        raise InvalidError(msg("There is a position “{name}” already.", name=name), field="name")
    having = select(Employee).where(
        Employee.venue_id == row.venue_id, Employee.position == row.name
    )
    for employee in tx.objects(having):
        employee.position = name
        employee.version += 1
    row.name = name


@command(Permission.STAFF_EDIT)
def remove_position(tx: Transaction, position_id: int) -> None:
    """Remove a position that nobody has."""
    row = _known(tx, position_id)
    people = select(func.count()).where(
        Employee.venue_id == row.venue_id, Employee.position == row.name
    )
    if tx.scalar(people):
        raise ConflictError(
            msg("Somebody has or had the position “{name}”.", name=row.name),
            hint=msg("Rename it instead."),
        )
    tx.remove(row)


def _check_free(tx: Transaction, venue_id: int, name: str, own: int | None) -> None:
    same = select(Employee.id).where(Employee.venue_id == venue_id, Employee.name == name)
    if any(id_ != own for (id_,) in tx.rows(same)):
        raise InvalidError(
            msg("Somebody called “{name}” works or worked here already.", name=name),
            field="name",
            hint=msg("Receipts know people by name: add a letter or the father's name."),
        )


def _know_position(tx: Transaction, venue_id: int, name: str) -> None:
    if name and _position(tx, venue_id, name) is None:
        tx.add(StaffPosition(id=tx.ids.one(), venue_id=venue_id, name=name))


def _position(tx: Transaction, venue_id: int, name: str) -> StaffPosition | None:
    found = tx.objects(
        select(StaffPosition).where(StaffPosition.venue_id == venue_id, StaffPosition.name == name)
    )
    return found[0] if found else None


def _known(tx: Transaction, position_id: int) -> StaffPosition:
    found = tx.find(StaffPosition, position_id)
    if found is None:
        raise NotFoundError(msg("There is no position {number}.", number=position_id))
    return found


def _reach(tx: Transaction, employee_id: int, form: EmployeeForm) -> None:
    row = tx.find(EmployeeContact, employee_id)
    if row is None:
        if form.phone or form.email or form.note:
            tx.add(
                EmployeeContact(
                    employee_id=employee_id, phone=form.phone, email=form.email, note=form.note
                )
            )
        return
    row.phone, row.email, row.note = form.phone, form.email, form.note


def _set(tx: Transaction, employee_id: int, kind: TokenKind, kept: str) -> None:
    row = employee_of(tx, employee_id)
    if not row.active:
        raise InvalidError(msg("{name} does not work here any more.", name=row.name))
    known = tx.find(EmployeeToken, (row.id, kind))
    if known is None:
        tx.add(EmployeeToken(employee_id=row.id, kind=kind, hash=kept, set_at=tx.at))
    else:
        known.hash, known.set_at = kept, tx.at
    tx.about(f"employee {row.id}")


def _drop(tx: Transaction, employee_id: int, kind: TokenKind) -> None:
    known = tx.find(EmployeeToken, (employee_id, kind))
    if known is not None:
        tx.remove(known)
