"""Supplies that were entered and not received yet."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.cli.call import Call, Desk
from desktop_app.cli.commands.stock_lines import per_cent, supply_lines
from desktop_app.cli.output import Answer, Column, Facts, Table
from desktop_app.kernel.clock import as_date
from desktop_app.kernel.errors import NotFoundError
from desktop_app.kernel.quantity import plain
from desktop_app.kernel.words import msg
from desktop_app.stock import operations as stock
from desktop_app.stock import supplies
from desktop_app.stock.records import DraftRow, SupplyForm


def drafts(call: Call, desk: Desk) -> Answer:
    """List the supplies that wait to be received; amounts are on the papers they become."""
    rows = desk.do(stock.list_drafts)
    document = [
        {
            "id": str(row.id),
            "at": desk.iso(row.form.at) if row.form.at else None,
            "storage": row.storage,
            "supplier": row.supplier,
            "invoice": row.form.invoice,
            "lines": len(row.form.lines),
        }
        for row in rows
    ]
    table = Table(
        [
            Column(msg("Id"), right=True),
            Column(msg("Time")),
            Column(msg("Storage")),
            Column(msg("Supplier")),
            Column(msg("Invoice")),
            Column(msg("Lines"), right=True),
        ],
        [
            [
                str(row.id),
                desk.when(row.form.at) if row.form.at else "",
                row.storage,
                row.supplier,
                row.form.invoice,
                call.number(len(row.form.lines)),
            ]
            for row in rows
        ],
    )
    return Answer({"rows": document, "next": None}, [table])


def show(call: Call, desk: Desk) -> Answer:
    """Show an entered supply with its lines."""
    row = _found(desk, call.options.id)
    goods = {one.product_id: one for one in desk.do(stock.list_stock)}
    priced = row.total_minor is not None
    lines = [
        {
            "product_id": str(one.product_id),
            "product": goods[one.product_id].name if one.product_id in goods else "",
            "unit": goods[one.product_id].unit.value if one.product_id in goods else "",
            "quantity": plain(one.quantity),
            "package": one.package,
            "amount": desk.plain(one.amount_minor) if priced else None,
            "discount": plain(one.discount_bp * 10),
            "tax": plain(one.tax_bp * 10),
        }
        for one in row.form.lines
    ]
    document = {
        "id": str(row.id),
        "at": desk.iso(row.form.at) if row.form.at else None,
        "storage": row.storage,
        "supplier": row.supplier,
        "invoice": row.form.invoice,
        "due": row.form.due_date.isoformat() if row.form.due_date else None,
        "tax_included": row.form.tax_included,
        "tax_reclaimed": row.form.tax_reclaimed,
        "note": row.form.note,
        "total": None if row.total_minor is None else desk.plain(row.total_minor),
        "currency": desk.venue.currency,
        "lines": lines,
    }
    head = Facts(
        [
            (msg("Time"), desk.when(row.form.at) if row.form.at else ""),
            (msg("Storage"), row.storage),
            (msg("Supplier"), row.supplier),
            (msg("Invoice"), row.form.invoice),
            (msg("Total"), "–" if row.total_minor is None else desk.money(row.total_minor)),
        ]
    )
    table = Table(
        [
            Column(msg("Product")),
            Column(msg("Quantity"), right=True),
            Column(msg("Package")),
            Column(msg("Amount"), right=True),
        ],
        [
            [
                told["product"] or "",
                call.quantity(one.quantity),
                one.package or told["unit"] or "",
                desk.money(one.amount_minor) if priced else "–",
            ]
            for told, one in zip(lines, row.form.lines, strict=True)
        ],
    )
    return Answer(document, [head, table])


def change(call: Call, desk: Desk) -> Answer:
    """Change an entered supply; what is not named stays."""
    asked = call.options
    row = _found(desk, asked.id)
    was = row.form
    tax = None if asked.tax is None else per_cent(asked.tax)
    lines = was.lines
    if asked.lines:
        common = {one.tax_bp for one in was.lines}
        kept = common.pop() if len(common) == 1 else 0
        lines = supply_lines(desk, asked.lines, kept if tax is None else tax)
    elif tax is not None:
        lines = [replace(one, tax_bp=tax) for one in was.lines]
    form = SupplyForm(
        asked.storage or was.storage_id,
        lines,
        was.supplier_id if asked.supplier is None else asked.supplier,
        asked.when or was.at,
        was.invoice if asked.invoice is None else asked.invoice,
        as_date(asked.due) if asked.due else was.due_date,
        was.tax_included if asked.tax_added is None else asked.tax_added == "no",
        was.tax_reclaimed if asked.tax_reclaimed is None else asked.tax_reclaimed == "yes",
        was.note if asked.note is None else asked.note,
    )
    desk.do(supplies.save_draft, row.id, form, row.version)
    return Answer({"id": str(row.id)}, [msg("The entered supply was changed.")])


def _found(desk: Desk, wanted: int) -> DraftRow:
    found = [row for row in desk.do(stock.list_drafts) if row.id == wanted]
    if not found:
        raise NotFoundError(msg("There is no entered supply {number} any more.", number=wanted))
    return found[0]


def receive(call: Call, desk: Desk) -> Answer:
    """Receive an entered supply into the stock."""
    row = _found(desk, call.options.id)
    paper = desk.do(supplies.receive_draft, row.id, row.version, paid=call.options.paid)
    said = msg("The supply is in the stock; its paper is {id}.", id=paper)
    return Answer({"id": str(paper)}, [said])


def drop(call: Call, desk: Desk) -> Answer:
    """Forget an entered supply."""
    desk.do(supplies.drop_draft, call.options.id)
    return Answer({"removed": str(call.options.id)}, [msg("It was removed.")])
