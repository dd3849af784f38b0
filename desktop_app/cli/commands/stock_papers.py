"""Papers of the stock: supplies, payments, write-offs, transfers, production, stock-takes."""

from __future__ import annotations

from desktop_app.cli.call import Call, Desk
from desktop_app.cli.commands.stock_lines import amounts, per_cent, supply_lines
from desktop_app.cli.output import Answer, Column, Table
from desktop_app.kernel.clock import as_date
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.money import minor
from desktop_app.kernel.quantity import plain
from desktop_app.kernel.words import Message, msg
from desktop_app.menu.kinds import UNIT_TITLES
from desktop_app.stock import counting, paying, supplies
from desktop_app.stock import papers as stock_papers
from desktop_app.stock.kinds import COUNT_STATES
from desktop_app.stock.records import SupplyForm


def supply(call: Call, desk: Desk) -> Answer:
    """Receive a supply."""
    options = call.options
    if options.draft and options.paid:
        raise InvalidError(msg("Only a supply that is received can be paid."), field="paid")
    lines = supply_lines(desk, options.lines, per_cent(options.tax))
    form = SupplyForm(
        options.storage, lines, options.supplier, options.when, options.invoice,
        as_date(options.due) if options.due else None, not options.tax_added,
        options.tax_reclaimed, options.note,
    )  # fmt: skip
    if options.draft:
        number = desk.do(supplies.save_draft, None, form)
        waits = msg("Supply {id} is entered; nothing is in the stock yet.", id=number)
        return Answer({"id": str(number)}, [waits])
    paper = desk.do(supplies.receive_supply, form, paid=options.paid)
    return _posted(paper, msg("The supply is in the stock; its paper is {id}.", id=paper))


def pay(call: Call, desk: Desk) -> Answer:
    """Pay for a supply."""
    options = call.options
    amount = minor(options.amount, desk.venue.currency)
    owed = desk.do(
        paying.pay_supply, options.id, amount, account_id=options.account, note=options.note
    )
    document = {"owed": desk.plain(owed), "currency": desk.venue.currency}
    return Answer(document, [msg("Still owed: {amount}.", amount=desk.money(owed))])


def unpay(call: Call, desk: Desk) -> Answer:
    """Take the payments for a supply back."""
    owed = desk.do(paying.take_payments_back, call.options.id, call.options.reason)
    document = {"owed": desk.plain(owed), "currency": desk.venue.currency}
    return Answer(document, [msg("Still owed: {amount}.", amount=desk.money(owed))])


def write_off(call: Call, desk: Desk) -> Answer:
    """Take out what was spoilt, broken or lost."""
    options = call.options
    paper = desk.do(
        stock_papers.write_off, options.storage, amounts(options.lines), options.reason,
        at=options.when, note=options.note,
    )  # fmt: skip
    return _posted(paper, msg("It was written off; the paper is {id}.", id=paper))


def transfer(call: Call, desk: Desk) -> Answer:
    """Move stock to another storage."""
    options = call.options
    paper = desk.do(
        stock_papers.transfer, options.storage, options.target, amounts(options.lines),
        at=options.when, note=options.note,
    )  # fmt: skip
    return _posted(paper, msg("It was moved; the paper is {id}.", id=paper))


def produce(call: Call, desk: Desk) -> Answer:
    """Make a preparation."""
    options = call.options
    (made,) = amounts([options.made])
    paper = desk.do(
        stock_papers.produce, options.storage, made, target_id=options.target, at=options.when,
        note=options.note,
    )  # fmt: skip
    return _posted(paper, msg("It was made; the paper is {id}.", id=paper))


def reverse(call: Call, desk: Desk) -> Answer:
    """Take a paper back."""
    paper = desk.do(stock_papers.reverse, call.options.id, call.options.reason)
    return _posted(paper, msg("It was taken back by paper {id}.", id=paper))


def count(call: Call, desk: Desk) -> Answer:
    """Hand in a stock-take."""
    options = call.options
    number = desk.do(
        counting.hand_in_count, options.storage, amounts(options.lines), at=options.when,
        note=options.note,
    )  # fmt: skip
    waits = msg("Stock-take {id} waits for approval; nothing has changed yet.", id=number)
    return Answer({"id": str(number)}, [waits])


def counts(call: Call, desk: Desk) -> Answer:
    """List the stock-takes."""
    rows = desk.do(counting.list_counts)
    document = [
        {
            "id": str(row.id),
            "storage": row.storage,
            "at": desk.iso(row.at),
            "state": row.state.value,
            "lines": row.lines,
            "note": row.note,
        }
        for row in rows
    ]
    table = Table(
        [
            Column(msg("Id"), right=True),
            Column(msg("Storage")),
            Column(msg("Time")),
            Column(msg("State")),
            Column(msg("Lines"), right=True),
        ],
        [
            [
                str(row.id),
                row.storage,
                desk.when(row.at),
                call.words.of(COUNT_STATES[row.state]),
                call.number(row.lines),
            ]
            for row in rows
        ],
    )
    return Answer({"rows": document, "next": None}, [table])


def variance(call: Call, desk: Desk) -> Answer:
    """Show the difference of a stock-take."""
    rows = desk.do(counting.show_variance, call.options.id)
    document = [
        {
            "id": str(row.product_id),
            "product": row.name,
            "unit": row.unit.value,
            "counted": plain(row.counted),
            "expected": plain(row.expected),
            "difference": plain(row.difference),
            "value": desk.plain(row.value_minor),
        }
        for row in rows
    ]
    table = Table(
        [
            Column(msg("Product")),
            Column(msg("Unit")),
            Column(msg("Counted"), right=True),
            Column(msg("Expected"), right=True),
            Column(msg("Difference"), right=True),
            Column(msg("Value"), right=True),
        ],
        [
            [
                row.name,
                call.words.of(UNIT_TITLES[row.unit]),
                call.quantity(row.counted),
                call.quantity(row.expected),
                call.quantity(row.difference),
                desk.money(row.value_minor),
            ]
            for row in rows
        ],
    )
    currency = desk.venue.currency
    return Answer({"rows": document, "currency": currency, "next": None}, [table])


def approve(call: Call, desk: Desk) -> Answer:
    """Approve the difference of a stock-take."""
    paper = desk.do(counting.approve_count, call.options.id)
    return _posted(paper, msg("The stock is what was counted; the paper is {id}.", id=paper))


def refuse(call: Call, desk: Desk) -> Answer:
    """Refuse a stock-take."""
    desk.do(counting.refuse_count, call.options.id)
    return Answer({"refused": str(call.options.id)}, [msg("The stock stays as it was.")])


def _posted(paper: int, said: Message) -> Answer:
    return Answer({"id": str(paper)}, [said])
