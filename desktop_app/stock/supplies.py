"""Supplies: entered as a draft, received into the stock, paid."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from desktop_app.db.operation import command
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.checks import check_line, check_text
from desktop_app.kernel.clock import as_date, millis
from desktop_app.kernel.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from desktop_app.kernel.words import msg
from desktop_app.menu.tables import Product
from desktop_app.stock.kinds import MoveKind, PaperKind
from desktop_app.stock.moving import Cause, Mover
from desktop_app.stock.paying import pay
from desktop_app.stock.places import get_supplier, open_storage, stocked_product
from desktop_app.stock.posting import Head, Line, moment_of, write_paper
from desktop_app.stock.records import SupplyForm, SupplyLine
from desktop_app.stock.rules import (
    LONGEST_NOTE,
    check_amount,
    check_lines,
    check_quantity,
    check_share,
    line_sums,
    packed,
)
from desktop_app.stock.tables import (
    StockDocument,
    SupplyDraft,
    SupplyDraftLine,
)
from desktop_app.venue.operations import venue_card
from desktop_app.venue.records import VenueCard

_INVOICE_LETTERS = 100
_PACKAGE_LETTERS = 100


@command(Permission.SUPPLIES_CREATE)
def save_draft(tx: Transaction, draft_id: int | None, form: SupplyForm, version: int = 0) -> int:
    """Enter a supply that was not received yet, or change it as it was at `version`."""
    return enter_draft(tx, draft_id, form, version)


def enter_draft(tx: Transaction, draft_id: int | None, form: SupplyForm, version: int = 0) -> int:
    """Do it in this transaction."""
    venue = _check(tx, form)
    at, _ = moment_of(tx, venue, form.at)
    row = SupplyDraft(id=tx.ids.one(), venue_id=venue.id, entered_by=tx.actor.user_id)
    if draft_id is not None:
        row = _draft(tx, draft_id)
        if row.version != version:
            raise ConflictError(
                msg("Somebody else has changed this supply meanwhile."),
                hint=msg("Open it again to see what it is now, then make your change."),
            )
        row.version += 1
    row.storage_id, row.supplier_id, row.at = form.storage_id, form.supplier_id, at
    row.invoice = check_line(form.invoice, _INVOICE_LETTERS, "invoice")
    row.due_date, row.note = form.due_date, check_text(form.note, LONGEST_NOTE, "note")
    row.tax_included, row.tax_reclaimed = form.tax_included, form.tax_reclaimed
    if draft_id is None:
        tx.add(row)
    _write_lines(tx, row.id, form.lines)
    return row.id


@command(Permission.SUPPLIES_CREATE)
def drop_draft(tx: Transaction, draft_id: int) -> None:
    """Forget a supply that was not received."""
    _remove(tx, _draft(tx, draft_id))


@command(Permission.SUPPLIES_RECEIVE)
def receive_draft(tx: Transaction, draft_id: int, version: int, *, paid: bool = False) -> int:
    """Receive an entered supply into the stock, and return the number of its paper.

    With `paid` nothing of it is owed: that needs the right to pay supplies as well.
    """
    row = _draft(tx, draft_id)
    if row.version != version:
        raise ConflictError(
            msg("Somebody else has changed this supply meanwhile."),
            hint=msg("Open it again to see what it is now, then receive it."),
        )
    _check_paying(tx, paid=paid)
    form = form_of(tx, row)
    _remove(tx, row)
    paper = _receive(tx, form)
    if paid:
        _pay_all(tx, paper)
    return paper


@command(Permission.SUPPLIES_RECEIVE)
def receive_supply(tx: Transaction, form: SupplyForm, *, paid: bool = False) -> int:
    """Receive a supply into the stock at once, and return the number of its paper.

    InvalidError where a product was counted after the moment of the supply. With `paid` nothing of
    it is owed: that needs the right to pay supplies as well.
    """
    _check_paying(tx, paid=paid)
    paper = _receive(tx, form)
    if paid:
        _pay_all(tx, paper)
    return paper


def _check_paying(tx: Transaction, *, paid: bool) -> None:
    if paid and not tx.actor.can(Permission.SUPPLIES_APPROVE):
        raise NotAllowedError(
            msg("Your role does not allow paying supplies."), lacking=Permission.SUPPLIES_APPROVE
        )


def _pay_all(tx: Transaction, paper: int) -> None:
    owed = tx.get(StockDocument, paper).total_minor
    if owed:
        pay(tx, paper, owed, None, "")


def reversal_of(tx: Transaction, document_id: int) -> int | None:
    """Return the paper that took a paper back, None where it holds."""
    found = tx.scalar(select(StockDocument.id).where(StockDocument.reverses_id == document_id))
    return None if found is None else int(found)


def form_of(tx: Transaction, row: SupplyDraft) -> SupplyForm:
    """Return an entered supply as the form that would make it."""
    lines = tx.objects(
        select(SupplyDraftLine)
        .where(SupplyDraftLine.draft_id == row.id)
        .order_by(SupplyDraftLine.line_no)
    )
    return SupplyForm(
        row.storage_id,
        [
            SupplyLine(
                one.product_id, one.quantity, one.amount_minor, one.tax_bp, one.discount_bp,
                one.package, one.factor,
            )
            for one in lines
        ],
        row.supplier_id, row.at, row.invoice, row.due_date, row.tax_included, row.tax_reclaimed,
        row.note,
    )  # fmt: skip


def _receive(tx: Transaction, form: SupplyForm) -> int:
    venue = _check(tx, form)
    at, day = moment_of(tx, venue, form.at)
    products = [line.product_id for line in form.lines]
    mover = Mover.read(tx, venue.id, [form.storage_id], products)
    _refuse_before_count(tx, mover, form, millis(at))
    paper = tx.ids.one()
    cause = Cause(MoveKind.SUPPLY, at, day, paper)
    lines = []
    for line in form.lines:
        made = _posted(line, form)
        lines.append(made)
        mover.add((form.storage_id, line.product_id), made.quantity, made.cost_minor, cause)
    mover.flush(tx)
    due = form.due_date
    if due is None and form.supplier_id is not None:
        wait = get_supplier(tx, form.supplier_id).days_to_pay
        due = as_date(day) + timedelta(days=wait)
    head = Head(
        paper, PaperKind.SUPPLY, at, day, form.storage_id, supplier_id=form.supplier_id,
        invoice=check_line(form.invoice, _INVOICE_LETTERS, "invoice"), due_date=due,
        note=check_text(form.note, LONGEST_NOTE, "note"),
    )  # fmt: skip
    write_paper(tx, venue, head, lines)
    _remember_costs(tx, mover, form.storage_id, products)
    return paper


def _posted(line: SupplyLine, form: SupplyForm) -> Line:
    sums = line_sums(line.amount_minor, line.discount_bp, line.tax_bp, included=form.tax_included)
    return Line(
        line.product_id,
        packed(line.quantity, line.factor),
        sums.net_minor if form.tax_reclaimed else sums.total_minor,
        check_line(line.package, _PACKAGE_LETTERS, "package"), line.factor,
        line.amount_minor, sums.discount_minor, line.tax_bp,
        sums.net_minor, sums.tax_minor,
    )  # fmt: skip


def _refuse_before_count(tx: Transaction, mover: Mover, form: SupplyForm, at_ms: int) -> None:
    """Refuse what came before a count: that said what there was, with it."""
    for line in form.lines:
        count = mover.last_count((form.storage_id, line.product_id))
        if at_ms < count.at:
            name = tx.get(Product, line.product_id).name
            raise InvalidError(
                msg(
                    "“{name}” was counted on {day}: a supply before that is refused.",
                    name=name,
                    day=as_date(count.business_date).isoformat(),
                ),
                field="at",
                hint=msg("Date it after the count, or take the count back first."),
            )


def _remember_costs(
    tx: Transaction, mover: Mover, storage_id: int, products: Sequence[int]
) -> None:
    """Let technical cards know what a kilogram, litre or piece costs now."""
    for product_id in products:
        row = tx.get(Product, product_id)
        cost = round(mover.level((storage_id, product_id)).unit_cost * row.unit.whole)
        if cost > 0 and cost != row.cost_minor:
            row.cost_minor = cost
            row.version += 1  # who is changing the card read another cost


def _check(tx: Transaction, form: SupplyForm) -> VenueCard:
    """Refuse what cannot be, and return the venue that it comes to."""
    storage = open_storage(tx, form.storage_id)
    if form.supplier_id is not None and not get_supplier(tx, form.supplier_id).active:
        raise InvalidError(msg("This supplier was put away."), field="supplier")
    check_lines([line.product_id for line in form.lines], once=False)
    for line in form.lines:
        stocked_product(tx, line.product_id, line.unit, storage)
        check_quantity(line.quantity)
        check_quantity(line.factor, field="factor")
        check_quantity(packed(line.quantity, line.factor))
        check_amount(line.amount_minor)
        check_share(line.discount_bp, "discount")
        check_share(line.tax_bp, "tax")
    return venue_card(tx, storage.venue_id)


def _draft(tx: Transaction, draft_id: int) -> SupplyDraft:
    row = tx.find(SupplyDraft, draft_id)
    if row is None:
        raise NotFoundError(
            msg("There is no entered supply {number} any more.", number=draft_id),
            hint=msg("Somebody may have received it meanwhile."),
        )
    return row


def _remove(tx: Transaction, row: SupplyDraft) -> None:
    for line in tx.objects(select(SupplyDraftLine).where(SupplyDraftLine.draft_id == row.id)):
        tx.remove(line)
    tx.add_all(())  # the lines go before what they hang on
    tx.remove(row)


def _write_lines(tx: Transaction, draft_id: int, lines: Sequence[SupplyLine]) -> None:
    old = {
        row.line_no: row
        for row in tx.objects(select(SupplyDraftLine).where(SupplyDraftLine.draft_id == draft_id))
    }
    for number, line in enumerate(lines, 1):
        row = old.pop(number, None)
        new = row is None
        row = row or SupplyDraftLine(draft_id=draft_id, line_no=number)
        row.product_id, row.quantity, row.amount_minor = (
            line.product_id, line.quantity, line.amount_minor,
        )  # fmt: skip
        row.package, row.factor = check_line(line.package, _PACKAGE_LETTERS, "package"), line.factor
        row.discount_bp, row.tax_bp = line.discount_bp, line.tax_bp
        if new:
            tx.add(row)
    for row in old.values():
        tx.remove(row)
