"""What changes customers and their groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

from sqlalchemy import func, select

from desktop_app.customers.aliases import kept_of, note_edited
from desktop_app.customers.records import (
    ContactRow,
    CustomerForm,
    CustomerState,
    GroupForm,
    NewMessage,
    OwnCard,
)
from desktop_app.customers.rules import check_group, check_message, check_tags, checked
from desktop_app.customers.tables import (
    Communication,
    Customer,
    CustomerContact,
    CustomerGroup,
    CustomerTag,
)
from desktop_app.customers.tokens import index_words
from desktop_app.db.operation import command, query
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.clock import as_date
from desktop_app.kernel.errors import ConflictError, InvalidError, NotFoundError
from desktop_app.kernel.text import clean, fold
from desktop_app.kernel.words import msg
from desktop_app.venue.operations import the_venue

OURS = "desk"
"""The source of customers that somebody entered here."""
_CODE_LETTERS = 200
_FIELDS = {"group_id": "group"}
"""What fields are called when cards are put together, where it is another name."""


@command(Permission.CUSTOMERS_EDIT)
def add_customer(tx: Transaction, form: CustomerForm, code: str = "") -> int:
    """Add a customer and return their number; `code` is what stands on their card, if any.

    InvalidError names the field; ConflictError where the code is somebody else's.
    """
    venue = the_venue(tx)
    form, state = checked(form, venue.country, as_date(venue.time.business_date(tx.at)))
    _check_group(tx, form.group_id)
    id_ = tx.ids.one()
    tx.add(
        Customer(
            id=id_, kind=form.kind, name=form.name, sort_name=fold(form.name)[:300],
            birth_date=form.birth_date, birth_date_ambiguous=False, tax_id=form.tax_id,
            tax_id_state=state, group_id=form.group_id, note=form.note, source=OURS,
            reference=_free_code(tx, clean(code)) or str(id_), created_at=tx.at,
        )
    )  # fmt: skip
    _write_parts(tx, id_, form)
    index_words(tx, id_)
    tx.about(f"customer {id_}")
    return id_


@command(Permission.CUSTOMERS_EDIT)
def change_customer(tx: Transaction, customer_id: int, version: int, form: CustomerForm) -> int:
    """Change a card and return its new version.

    ConflictError names the fields in which the stored card differs, where somebody else changed it
    since `version` was read.
    """
    row = _card(tx, customer_id)
    stored = form_of(tx, row)
    if row.version != version:
        raise ConflictError(
            msg(
                "Somebody else has changed this customer meanwhile: {fields}.",
                fields=", ".join(differing(stored, form)) or "-",
            ),
            hint=msg("Open it again to see what it is now, then make your change."),
        )
    venue = the_venue(tx)
    today = as_date(venue.time.business_date(tx.at))
    form, state = checked(form, venue.country, today, stored)
    _check_group(tx, form.group_id)
    if form.tax_id != row.tax_id:
        row.tax_id, row.tax_id_state = form.tax_id, state
    if form.birth_date != row.birth_date:
        row.birth_date, row.birth_date_ambiguous = form.birth_date, False
    note_edited(tx, row.id, [_FIELDS.get(name, name) for name in differing(stored, form)])
    row.kind, row.name, row.group_id, row.note = form.kind, form.name, form.group_id, form.note
    row.sort_name = fold(form.name)[:300]
    row.version = version + 1
    if tuple(stored.contacts) != tuple(form.contacts) or set(stored.tags) != set(form.tags):
        _write_parts(tx, row.id, form)
    index_words(tx, row.id)
    tx.about(f"customer {row.id}")
    return row.version


@command(Permission.CUSTOMERS_EDIT)
def archive_customers(tx: Transaction, customer_ids: Sequence[int], *, away: bool) -> int:
    """Put cards away, or take them out again; return how many it concerned.

    Nothing of a customer is removed by it: erasing somebody is another matter.
    """
    wanted = CustomerState.ARCHIVED if away else CustomerState.ACTIVE
    changed = 0
    for customer_id in dict.fromkeys(customer_ids):
        row = _card(tx, customer_id)
        if row.state is not wanted:
            row.state, row.version = wanted, row.version + 1
            changed += 1
    tx.about(_subject(customer_ids), customers=changed)
    return changed


@command(Permission.CUSTOMERS_EDIT)
def tag_customers(
    tx: Transaction, customer_ids: Sequence[int], add: Sequence[str], remove: Sequence[str] = ()
) -> int:
    """Give customers tags and take others away; return how many were given or taken."""
    given, taken = check_tags(add), check_tags(remove)
    changed = 0
    for customer_id in dict.fromkeys(customer_ids):
        row = _card(tx, customer_id)
        has = {tag.tag: tag for tag in _tags(tx, row.id)}
        check_tags([*has, *given])
        before = changed
        for tag in given:
            if tag not in has and tag not in taken:
                tx.add(CustomerTag(customer_id=row.id, tag=tag))
                changed += 1
        for tag in taken:
            if tag in has:
                tx.remove(has[tag])
                changed += 1
        row.version += changed > before
    tx.about(_subject(customer_ids), tags=changed)
    return changed


@command(Permission.CUSTOMERS_EDIT)
def add_message(tx: Transaction, customer_id: int, new: NewMessage) -> None:
    """Write down a message to or from a customer, as of now."""
    kept = _card(tx, kept_of(tx, customer_id)).id
    new = check_message(new)
    newest = select(func.max(Communication.line_no)).where(Communication.customer_id == kept)
    tx.add(
        Communication(
            customer_id=kept, line_no=int(tx.scalar(newest) or 0) + 1, at=tx.at,
            direction=new.direction, channel=new.channel, subject=new.subject, text=new.text,
        )
    )  # fmt: skip
    tx.about(f"customer {kept}")


@command(Permission.CUSTOMERS_EDIT)
def add_group(tx: Transaction, form: GroupForm) -> int:
    """Add a group of customers and return its number."""
    form = check_group(form)
    _free_group(tx, form.name, None)
    id_ = tx.ids.one()
    tx.add(
        CustomerGroup(
            id=id_, name=form.name, discount_bp=form.discount_bp, cashback_bp=form.cashback_bp,
            bonus_bp=form.bonus_bp, earns_from=form.earns_from,
        )
    )  # fmt: skip
    tx.about(f"customer group {id_}")
    return id_


@command(Permission.CUSTOMERS_EDIT)
def change_group(tx: Transaction, group_id: int, version: int, form: GroupForm) -> int:
    """Rename a group or change its rates; its new version is returned."""
    row = _group(tx, group_id)
    if row.version != version:
        raise ConflictError(
            msg("Somebody else has changed this group meanwhile."),
            hint=msg("Open it again to see what it is now, then make your change."),
        )
    form = check_group(form)
    _free_group(tx, form.name, row.id)
    row.name, row.discount_bp, row.cashback_bp = form.name, form.discount_bp, form.cashback_bp
    row.bonus_bp, row.earns_from = form.bonus_bp, form.earns_from
    row.version = version + 1
    tx.about(f"customer group {row.id}")
    return row.version


@command(Permission.CUSTOMERS_EDIT)
def remove_group(tx: Transaction, group_id: int) -> None:
    """Remove a group that nobody is in; ConflictError says how many are."""
    row = _group(tx, group_id)
    used = int(tx.scalar(select(func.count()).where(Customer.group_id == group_id)))
    if used:
        raise ConflictError(
            msg("{n} customers are in “{name}”: it cannot be removed.", n=used, name=row.name),
            hint=msg("Give them another group first; those put away count, too."),
        )
    tx.remove(row)
    tx.about(f"customer group {group_id}")


@query(Permission.CUSTOMERS_READ)
def get_own_card(tx: Transaction, customer_id: int) -> OwnCard:
    """Return a card as it is filled in, to be changed; without the cards kept under it."""
    row = _card(tx, customer_id)
    return OwnCard(row.id, row.version, form_of(tx, row))


def form_of(tx: Transaction, row: Customer) -> CustomerForm:
    """Return a stored card as somebody would fill it in; without the cards kept under it."""
    contacts = tx.objects(
        select(CustomerContact)
        .where(CustomerContact.customer_id == row.id)
        .order_by(CustomerContact.line_no)
    )
    return CustomerForm(
        row.name,
        row.kind,
        tuple(ContactRow(one.kind, one.value, one.preferred) for one in contacts),
        row.birth_date,
        row.tax_id,
        row.group_id,
        row.note,
        tuple(one.tag for one in _tags(tx, row.id)),
    )


def differing(stored: CustomerForm, wanted: CustomerForm) -> list[str]:
    """Return the names of the fields in which two forms differ."""
    return [
        one.name
        for one in fields(CustomerForm)
        if getattr(stored, one.name) != getattr(wanted, one.name)
    ]


def _subject(customer_ids: Sequence[int]) -> str:
    return f"customer {customer_ids[0]}" if len(customer_ids) == 1 else "customers"


def _card(tx: Transaction, customer_id: int) -> Customer:
    row = tx.find(Customer, customer_id)
    if row is None:
        raise NotFoundError(msg("There is no customer {number}.", number=customer_id))
    if row.state is CustomerState.JOINED:
        raise ConflictError(
            msg("This card is kept under another one: {number}.", number=kept_of(tx, row.id)),
            hint=msg("Change that one, or take them apart first."),
        )
    return row


def _group(tx: Transaction, group_id: int) -> CustomerGroup:
    row = tx.find(CustomerGroup, group_id)
    if row is None:
        raise NotFoundError(msg("There is no group {number}.", number=group_id))
    return row


def _check_group(tx: Transaction, group_id: int | None) -> None:
    if group_id is not None:
        _group(tx, group_id)


def _free_group(tx: Transaction, name: str, own: int | None) -> None:
    for id_, other in tx.rows(select(CustomerGroup.id, CustomerGroup.name)):
        if id_ != own and fold(other) == fold(name):
            raise ConflictError(msg("There is a group “{name}” already.", name=other))


def _free_code(tx: Transaction, code: str) -> str:
    if len(code) > _CODE_LETTERS:
        raise InvalidError(
            msg("A code has at most {most} letters.", most=_CODE_LETTERS), field="code"
        )
    if code and tx.scalar(select(func.count()).where(Customer.reference == code)):
        raise ConflictError(
            msg("The code “{code}” is another customer's.", code=code),
            hint=msg("Find them with it, or leave the code empty."),
        )
    return code


def _tags(tx: Transaction, customer_id: int) -> Sequence[CustomerTag]:
    wanted = select(CustomerTag).where(CustomerTag.customer_id == customer_id)
    return tx.objects(wanted.order_by(CustomerTag.tag))


def _write_parts(tx: Transaction, customer_id: int, form: CustomerForm) -> None:
    """Make the contacts and tags of a card those of a form; rows that stay are not touched."""
    wanted = select(CustomerContact).where(CustomerContact.customer_id == customer_id)
    there = {one.line_no: one for one in tx.objects(wanted)}
    for line, one in enumerate(form.contacts, 1):
        row = there.pop(line, None)
        if row is None:
            row = CustomerContact(customer_id=customer_id, line_no=line)
        row.kind, row.value, row.preferred = one.kind, one.value, one.preferred
        tx.add(row)
    for left in there.values():
        tx.remove(left)
    has = {one.tag: one for one in _tags(tx, customer_id)}
    for tag in set(form.tags) - has.keys():
        tx.add(CustomerTag(customer_id=customer_id, tag=tag))
    for tag in has.keys() - set(form.tags):
        tx.remove(has[tag])
