"""Supplies that were entered and not received yet."""

from __future__ import annotations

from desktop_app.cli.call import Call, Desk
from desktop_app.cli.output import Answer, Column, Table
from desktop_app.kernel.errors import NotFoundError
from desktop_app.kernel.words import msg
from desktop_app.stock import operations as stock
from desktop_app.stock import supplies


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


def receive(call: Call, desk: Desk) -> Answer:
    """Receive an entered supply into the stock."""
    wanted = call.options.id
    found = [row for row in desk.do(stock.list_drafts) if row.id == wanted]
    if not found:
        raise NotFoundError(msg("There is no entered supply {number} any more.", number=wanted))
    paper = desk.do(supplies.receive_draft, wanted, found[0].version)
    said = msg("The supply is in the stock; its paper is {id}.", id=paper)
    return Answer({"id": str(paper)}, [said])


def drop(call: Call, desk: Desk) -> Answer:
    """Forget an entered supply."""
    desk.do(supplies.drop_draft, call.options.id)
    return Answer({"removed": str(call.options.id)}, [msg("It was removed.")])
