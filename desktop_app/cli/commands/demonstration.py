"""A store to look around in."""

from __future__ import annotations

from desktop_app.cli.call import Call
from desktop_app.cli.output import Answer, Facts
from desktop_app.demo.operations import fill
from desktop_app.kernel.money import major
from desktop_app.kernel.words import msg


def demo(call: Call) -> Answer:
    """Fill an empty folder with a year of one restaurant."""
    reception = call.reception()
    with call.watching() as progress:
        found = fill(
            reception, seed=call.options.seed, orders=call.options.orders, progress=progress
        )
    revenue = major(found.revenue_minor, found.currency)
    return Answer(
        {
            "store": str(reception.folder),
            "user": "owner",
            "orders": found.orders,
            "customers": found.customers,
            "products": found.products,
            "employees": found.employees,
            "revenue": revenue,
            "currency": found.currency,
            "recovery_key_id": found.recovery_key_id,
            "recovery_code": found.recovery_code_text,  # of a toy whose password is public
            "seconds": round(found.seconds, 2),
        },
        [
            Facts(
                [
                    (msg("Store"), str(reception.folder)),
                    (msg("Orders"), call.number(found.orders)),
                    (msg("Customers"), call.number(found.customers)),
                    (msg("Products"), call.number(found.products)),
                    (msg("Revenue"), f"{revenue} {found.currency}"),
                    (msg("Recovery key"), found.recovery_code_text),
                ]
            ),
            msg("Sign in as “owner” with the password “demo”."),
        ],
    )
