"""What customers agreed to: listed, written down, withdrawn."""

from __future__ import annotations

from desktop_app.cli.call import Call, Desk
from desktop_app.cli.output import Answer, Column, Table
from desktop_app.customers import consents, operations
from desktop_app.customers.records import NewConsent
from desktop_app.kernel.clock import as_date
from desktop_app.kernel.words import msg


def list_all(call: Call, desk: Desk) -> Answer:
    """List what a customer agreed to, on all of their cards."""
    card = desk.do(operations.get_customer, call.options.id)
    return Answer(
        {
            "rows": [
                {
                    "id": str(one.customer_id),
                    "line": one.line_no,
                    "purpose": one.purpose,
                    "channel": one.channel,
                    "language": one.language,
                    "given_at": desk.iso(one.given_at),
                    "withdrawn_at": desk.iso(one.withdrawn_at),
                    "recorded_at": desk.iso(one.recorded_at),
                    "recorded_by": one.recorded_by,
                    "wording": one.wording,
                }
                for one in card.consents
            ],
            "next": None,
        },
        [
            Table(
                [
                    Column(msg("Id")),
                    Column(msg("Line"), right=True),
                    Column(msg("Purpose")),
                    Column(msg("How")),
                    Column(msg("Given")),
                    Column(msg("Withdrawn")),
                    Column(msg("Written down by")),
                    Column(msg("Words")),
                ],
                [
                    [str(one.customer_id), str(one.line_no), one.purpose, one.channel,
                     desk.when(one.given_at),
                     desk.when(one.withdrawn_at) if one.withdrawn_at else "–",
                     one.recorded_by or "–", one.wording]
                    for one in card.consents
                ],
            )
        ],
    )  # fmt: skip


def give(call: Call, desk: Desk) -> Answer:
    """Write down what a customer agreed to."""
    asked = call.options
    given = as_date(asked.given) if asked.given else None
    new = NewConsent(asked.purpose, asked.channel, asked.language, asked.wording, given)
    line = desk.do(consents.give_consent, asked.id, new)
    return Answer({"line": line}, [msg("Written down as line {line}.", line=line)])


def withdraw(call: Call, desk: Desk) -> Answer:
    """Write down that a consent was withdrawn."""
    asked = call.options
    desk.do(consents.withdraw_consent, asked.id, asked.line)
    return Answer({"line": asked.line}, [msg("Withdrawn; the words stay as the proof.")])
