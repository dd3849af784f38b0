"""The stock as it is and was: products, value, moves, papers."""

from __future__ import annotations

from typing import Any

from desktop_app.cli.call import Call, Desk
from desktop_app.cli.output import Answer, Column, Facts, Table
from desktop_app.cli.values import at_most, check_days, past_moment
from desktop_app.kernel import quantity
from desktop_app.kernel.clock import as_date
from desktop_app.kernel.words import msg
from desktop_app.menu.kinds import UNIT_TITLES
from desktop_app.stock import operations as stock
from desktop_app.stock.kinds import MOVES, PAPERS, PaperKind
from desktop_app.stock.records import MoveFilter, PaperFilter, PaperRow, StockFilter


def list_stock(call: Call, desk: Desk) -> Answer:
    """List what there is of each product."""
    options = call.options
    past, at = past_moment(options.at)
    wanted = StockFilter(
        " ".join(options.words), options.storage, options.low, options.negative, day=past, at=at
    )
    rows = desk.do(stock.list_stock, wanted)
    currency = desk.venue.currency
    document = [
        {
            "id": str(row.product_id),
            "name": row.name,
            "kind": row.kind.value,
            "category": row.category,
            "unit": row.unit.value,
            "quantity": quantity.plain(row.quantity),
            "value": _plain(desk, row.value_minor),
            "unit_cost": _plain(desk, row.whole_cost_minor),
            "currency": currency,
            "low": row.is_low,
            "negative": row.is_negative,
        }
        for row in rows
    ]
    table = Table(
        [
            Column(msg("Id"), right=True),
            Column(msg("Product")),
            Column(msg("Quantity"), right=True),
            Column(msg("Unit")),
            Column(msg("Value"), right=True),
        ],
        [
            [
                str(row.product_id),
                row.name,
                call.quantity(row.quantity),
                call.words.of(UNIT_TITLES[row.unit]),
                _money(desk, row.value_minor),
            ]
            for row in rows
        ],
    )
    return Answer({"rows": document, "next": None}, [table])


def value(call: Call, desk: Desk) -> Answer:
    """Say what the stock is worth."""
    past, at = past_moment(call.options.at)
    found = desk.do(stock.stock_value, StockFilter(day=past, at=at))
    rows = [
        {"id": str(id_), "storage": name, "value": desk.plain(worth)}
        for id_, name, worth in found.storages
    ]
    table = Table(
        [Column(msg("Storage")), Column(msg("Value"), right=True)],
        [[name, desk.money(worth)] for _, name, worth in found.storages],
    )
    total = Facts([(msg("Total"), desk.money(found.total_minor))])
    document = {
        "rows": rows,
        "total": desk.plain(found.total_minor),
        "currency": desk.venue.currency,
        "next": None,
    }
    return Answer(document, [table, total])


def moves(call: Call, desk: Desk) -> Answer:
    """List how stock moved."""
    options = call.options
    check_days(options.first, options.last)
    wanted = MoveFilter(
        options.product, options.storage, first_day=options.first, last_day=options.last
    )
    rows, following = desk.do(
        stock.list_moves, wanted, after=options.after, limit=at_most(options.limit)
    )
    document = [
        {
            "id": str(row.id),
            "at": desk.iso(row.at),
            "business_date": as_date(row.business_date).isoformat(),
            "kind": row.kind.value,
            "storage": row.storage,
            "product_id": str(row.product_id),
            "product": row.product,
            "unit": row.unit.value,
            "quantity": quantity.plain(row.quantity),
            "cost": _plain(desk, row.cost_minor),
            "currency": desk.venue.currency,
            "paper_id": str(row.document_id) if row.document_id else None,
        }
        for row in rows
    ]
    table = Table(
        [
            Column(msg("Time")),
            Column(msg("Why")),
            Column(msg("Storage")),
            Column(msg("Product")),
            Column(msg("Quantity"), right=True),
            Column(msg("Cost"), right=True),
        ],
        [
            [
                desk.when(row.at),
                call.words.of(MOVES[row.kind]),
                row.storage,
                row.product,
                call.quantity(row.quantity),
                _money(desk, row.cost_minor),
            ]
            for row in rows
        ],
    )
    return Answer({"rows": document, "next": str(following) if following else None}, [table])


def papers(call: Call, desk: Desk) -> Answer:
    """List the posted papers."""
    options = call.options
    kinds = frozenset({PaperKind(options.kind)}) if options.kind else frozenset()
    wanted = PaperFilter(kinds, only_unpaid=options.unpaid, after=options.after)
    limit = at_most(options.limit)
    found = desk.do(stock.list_papers, wanted, limit=limit + 1)
    rows = found[:limit]
    table = Table(
        [
            Column(msg("Id"), right=True),
            Column(msg("Paper")),
            Column(msg("Time")),
            Column(msg("Storage")),
            Column(msg("Supplier")),
            Column(msg("Total"), right=True),
            Column(msg("Owed"), right=True),
        ],
        [
            [
                str(row.id),
                f"{call.words.of(PAPERS[row.kind])} {row.serial}",
                desk.when(row.at),
                row.storage,
                row.supplier,
                _money(desk, row.total_minor if row.supplier else row.cost_minor),
                _money(desk, row.unpaid_minor),
            ]
            for row in rows
        ],
    )
    after = str(rows[-1].id) if len(found) > limit else None
    return Answer({"rows": [_paper(desk, row) for row in rows], "next": after}, [table])


def show(call: Call, desk: Desk) -> Answer:
    """Show one paper with its lines and payments."""
    card = desk.do(stock.show_paper, call.options.id)
    row = card.row
    document = {
        **_paper(desk, row),
        "note": card.note,
        "lines": [
            {
                "line": line.line_no,
                "product_id": str(line.product_id),
                "product": line.name,
                "unit": line.unit.value,
                "quantity": quantity.plain(line.quantity),
                "package": line.package,
                "amount": _plain(desk, line.amount_minor),
                "tax": _plain(desk, line.tax_minor),
                "cost": _plain(desk, line.cost_minor),
            }
            for line in card.lines
        ],
        "payments": [
            {"at": desk.iso(one.at), "amount": desk.plain(one.amount_minor), "note": one.note}
            for one in card.payments
        ],
    }
    head = Facts(
        [
            (msg("Paper"), f"{call.words.of(PAPERS[row.kind])} {row.serial}"),
            (msg("Time"), desk.when(row.at)),
            (msg("Storage"), row.storage),
            (msg("Supplier"), row.supplier),
            (msg("Invoice"), row.invoice),
            (msg("Total"), _money(desk, row.total_minor)),
            (msg("Owed"), _money(desk, row.unpaid_minor)),
            (msg("Reason"), row.reason),
        ]
    )
    lines = Table(
        [
            Column(msg("Product")),
            Column(msg("Quantity"), right=True),
            Column(msg("Unit")),
            Column(msg("Cost"), right=True),
        ],
        [
            [
                line.name,
                call.quantity(line.quantity),
                call.words.of(UNIT_TITLES[line.unit]),
                _money(desk, line.cost_minor),
            ]
            for line in card.lines
        ],
    )
    return Answer(document, [head, lines])


def _paper(desk: Desk, row: PaperRow) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "kind": row.kind.value,
        "number": row.serial,
        "at": desk.iso(row.at),
        "business_date": as_date(row.business_date).isoformat(),
        "storage": row.storage,
        "target": row.target,
        "supplier": row.supplier,
        "invoice": row.invoice,
        "reason": row.reason,
        "due": row.due_date.isoformat() if row.due_date else None,
        "total": _plain(desk, row.total_minor),
        "cost": _plain(desk, row.cost_minor),
        "unpaid": _plain(desk, row.unpaid_minor),
        "currency": desk.venue.currency,
        "reverses": str(row.reverses_id) if row.reverses_id else None,
        "reversed_by": str(row.reversed_by) if row.reversed_by else None,
    }


def _plain(desk: Desk, minor: int | None) -> str | None:
    return None if minor is None else desk.plain(minor)


def _money(desk: Desk, minor: int | None) -> str:
    return "–" if minor is None else desk.money(minor)
