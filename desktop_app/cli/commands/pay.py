"""What the people at work earn."""

from __future__ import annotations

from desktop_app.cli.call import Call, Desk
from desktop_app.cli.output import Answer, Column, Table
from desktop_app.kernel.clock import as_date
from desktop_app.kernel.money import minor
from desktop_app.kernel.words import msg
from desktop_app.staff import operations as staff
from desktop_app.staff.records import BASES, PayBasis
from desktop_app.venue.operations import get_today


def list_pay(call: Call, desk: Desk) -> Answer:
    """List what everybody earns, the newest first for each."""
    found = desk.do(staff.list_pay)
    currency = desk.venue.currency
    return Answer(
        {
            "rows": [
                {
                    "id": str(r.employee_id),
                    "name": r.name,
                    "since": r.since.isoformat(),
                    "month_hours": r.month_hours,
                    "per": r.basis.value,
                    "monthly": desk.plain(r.monthly_minor),
                    "currency": currency,
                }
                for r in found
            ],
            "next": None,
        },
        [
            Table(
                [
                    Column(msg("Id")),
                    Column(msg("Name")),
                    Column(msg("Since")),
                    Column(msg("Pay"), right=True),
                    Column(msg("Paid for")),
                ],
                [
                    [
                        str(r.employee_id),
                        r.name,
                        r.since.isoformat(),
                        desk.money(r.monthly_minor),
                        call.words.of(BASES[r.basis]),
                    ]
                    for r in found
                ],
            )
        ],
    )


def set_pay(call: Call, desk: Desk) -> Answer:
    """Write down what somebody earns from a day on."""
    wanted = call.options
    since = as_date(wanted.since) if wanted.since else desk.do(get_today).day
    amount = minor(wanted.amount, desk.venue.currency)
    desk.do(staff.set_pay, wanted.id, since, amount, wanted.hours, basis=PayBasis(wanted.per))
    return Answer({"id": str(wanted.id), "since": since.isoformat()}, [msg("Written down.")])


def remove_pay(call: Call, desk: Desk) -> Answer:
    """Take away what was written down by mistake for a day."""
    wanted = call.options
    since = as_date(wanted.since)
    desk.do(staff.remove_pay, wanted.id, since)
    return Answer({"id": str(wanted.id), "since": since.isoformat()}, [msg("Taken away.")])
