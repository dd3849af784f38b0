"""Suppliers and storages."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.cli.call import Call, Desk
from desktop_app.cli.output import Answer, Column, Table
from desktop_app.kernel.clock import as_date
from desktop_app.kernel.errors import NotFoundError
from desktop_app.kernel.words import msg
from desktop_app.stock import operations as stock
from desktop_app.stock import places
from desktop_app.stock.records import StorageForm, StorageRow, SupplierForm, SupplierRow

_FIELDS = ("tax_id", "phone", "email", "address", "days_to_pay", "note")


def suppliers(call: Call, desk: Desk) -> Answer:
    """List the suppliers with what is owed to them."""
    rows = desk.do(stock.list_suppliers)
    currency = desk.venue.currency
    document = [
        {
            "id": str(row.id),
            "name": row.form.name,
            "tax_id": row.form.tax_id,
            "phone": row.form.phone,
            "days_to_pay": row.form.days_to_pay,
            "supplies": row.supplies,
            "bought": desk.plain(row.bought_minor),
            "unpaid": desk.plain(row.unpaid_minor),
            "currency": currency,
        }
        for row in rows
    ]
    table = Table(
        [
            Column(msg("Id"), right=True),
            Column(msg("Supplier")),
            Column(msg("Phone")),
            Column(msg("Papers"), right=True),
            Column(msg("Bought"), right=True),
            Column(msg("Owed"), right=True),
        ],
        [
            [
                str(row.id),
                row.form.name,
                row.form.phone,
                call.number(row.supplies),
                desk.money(row.bought_minor),
                desk.money(row.unpaid_minor),
            ]
            for row in rows
        ],
    )
    return Answer({"rows": document, "next": None}, [table])


def add_supplier(call: Call, desk: Desk) -> Answer:
    """Add a supplier."""
    number = desk.do(places.save_supplier, None, _with(call, SupplierForm(call.options.name)))
    said = msg("Supplier “{name}” was added: {id}.", name=call.options.name, id=number)
    return Answer({"id": str(number)}, [said])


def edit_supplier(call: Call, desk: Desk) -> Answer:
    """Change a supplier."""
    row = _supplier(call, desk)
    form = _with(call, row.form)
    if call.options.name is not None:
        form = replace(form, name=call.options.name)
    if call.options.active is not None:
        form = replace(form, active=call.options.active == "yes")
    desk.do(places.save_supplier, row.id, form, row.version)
    return Answer(
        {"supplier_id": str(row.id)}, [msg("Supplier “{name}” was changed.", name=form.name)]
    )


def remove_supplier(call: Call, desk: Desk) -> Answer:
    """Remove a supplier."""
    desk.do(places.remove_supplier, call.options.id)
    return Answer({"removed": str(call.options.id)}, [msg("It was removed.")])


def storages(call: Call, desk: Desk) -> Answer:
    """List the storages."""
    rows = desk.do(stock.list_storages)
    document = [
        {
            "id": str(row.id),
            "name": row.form.name,
            "sells": row.form.sells,
            "since": row.form.since.isoformat() if row.form.since else None,
        }
        for row in rows
    ]
    table = Table(
        [Column(msg("Id"), right=True), Column(msg("Storage")), Column(msg("Sales take from it"))],
        [[str(row.id), row.form.name, call.yes(row.form.sells)] for row in rows],
    )
    return Answer({"rows": document, "next": None}, [table])


def add_storage(call: Call, desk: Desk) -> Answer:
    """Add a storage."""
    options = call.options
    since = as_date(options.since) if options.since else None
    number = desk.do(
        places.save_storage, None, StorageForm(options.name, sells=options.sells, since=since)
    )
    said = msg("Storage “{name}” was added: {id}.", name=options.name, id=number)
    return Answer({"id": str(number)}, [said])


def edit_storage(call: Call, desk: Desk) -> Answer:
    """Change a storage."""
    options = call.options
    known = {row.id: row for row in desk.do(stock.list_storages, everything=True)}
    row = known.get(options.id, StorageRow(options.id, 0, StorageForm("?")))  # refused below
    form = row.form
    if options.name is not None:
        form = replace(form, name=options.name)
    if options.sells is not None:
        form = replace(form, sells=options.sells == "yes")
    if options.since is not None:
        form = replace(form, since=as_date(options.since))
    if options.active is not None:
        form = replace(form, active=options.active == "yes")
    desk.do(places.save_storage, row.id, form, row.version)
    return Answer({"id": str(row.id)}, [msg("Written down.")])


def remove_storage(call: Call, desk: Desk) -> Answer:
    """Remove a storage."""
    desk.do(places.remove_storage, call.options.id)
    return Answer({"removed": str(call.options.id)}, [msg("It was removed.")])


def _supplier(call: Call, desk: Desk) -> SupplierRow:
    for row in desk.do(stock.list_suppliers, everything=True):
        if row.id == call.options.id:
            return row
    raise NotFoundError(msg("There is no supplier {number}.", number=call.options.id))


def _with(call: Call, form: SupplierForm) -> SupplierForm:
    named = {
        name: getattr(call.options, name)
        for name in _FIELDS
        if getattr(call.options, name) is not None
    }
    return replace(form, **named)


def stations(_call: Call, desk: Desk) -> Answer:
    """List from which storage each station takes."""
    found = desk.do(places.list_station_storages)
    table = Table(
        [Column(msg("Id")), Column(msg("Station")), Column(msg("Storage"))],
        [[str(one.id), one.name, one.storage] for one in found],
    )
    rows = [
        {
            "id": str(one.id),
            "name": one.name,
            "storage_id": None if one.storage_id is None else str(one.storage_id),
            "storage": one.storage,
        }
        for one in found
    ]
    return Answer({"rows": rows, "next": None}, [table])


def station(call: Call, desk: Desk) -> Answer:
    """Say from which storage a station takes."""
    asked = call.options
    desk.do(places.set_station_storage, asked.station, asked.storage)
    return Answer({"id": str(asked.station)}, [msg("Noted.")])
