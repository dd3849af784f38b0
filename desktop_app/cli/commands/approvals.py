"""The second person: requests, decisions, and which deeds need one."""

from __future__ import annotations

from typing import Any

from desktop_app.access import approvals as access
from desktop_app.access.approval_check import verify_approvals
from desktop_app.access.request_records import RequestRow, State
from desktop_app.access.request_words import argument_words, state_words, wish_words
from desktop_app.cli.call import Call, Desk
from desktop_app.cli.output import Answer, Column, Facts, Shown, Table
from desktop_app.kernel.asking import LIMITS
from desktop_app.kernel.deeds import ABOUT, Deed
from desktop_app.kernel.errors import DamagedError
from desktop_app.kernel.words import Message, msg


def all_(call: Call, desk: Desk) -> Answer:
    """List the requests of the person, and those addressed to them."""
    found = desk.do(access.list_approvals)
    columns = [
        Column(msg("Request")), Column(msg("What")), Column(msg("Asked by")), Column(msg("Asked")),
        Column(msg("Ends")), Column(msg("State")),
    ]  # fmt: skip
    rows = [
        [
            str(row.id),
            call.words.of(wish_words(row.operation)),
            row.requester,
            desk.when(row.asked_at),
            desk.when(row.expires_at),
            call.words.of(_state(row)),
        ]
        for row in found
    ]
    document = {"rows": [_document(desk, row) for row in found], "next": None}
    return Answer(document, [Table(columns, rows)])


def show(call: Call, desk: Desk) -> Answer:
    """Show one request with what exactly it asks for."""
    sheet = desk.do(access.show_approval, call.options.id)
    facts: list[tuple[Message, str]] = [
        (msg("Request"), str(sheet.row.id)),
        (msg("What"), call.words.of(sheet.what)),
        *((argument_words(name), value) for name, value in sheet.arguments),
        *((msg("Up to"), call.words.of(_limit(name, n))) for name, n in sheet.limits.items()),
        (msg("Asked by"), sheet.row.requester),
        (msg("Reason"), sheet.reason or "–"),
        (msg("Ends"), desk.when(sheet.row.expires_at)),
        (msg("State"), call.words.of(_state(sheet.row))),
    ]
    if sheet.row.decided_by:
        facts.append((msg("Decided by"), sheet.row.decided_by))
    if sheet.answer:
        facts.append((msg("Answer"), sheet.answer))
    shown: list[Shown] = [Facts(facts)]
    if not sheet.readable:
        shown.append(msg("What exactly is asked was not addressed to you."))
    document = {
        **_document(desk, sheet.row),
        "arguments": dict(sheet.arguments),
        "limits": {limit.value: value for limit, value in sheet.limits.items()},
        "reason": sheet.reason,
        "answer": sheet.answer,
        "readable": sheet.readable,
    }
    return Answer(document, shown)


def approve(call: Call, desk: Desk) -> Answer:
    """Agree to a request."""
    desk.do(access.approve, call.options.id, call.options.reason)
    return Answer(
        {"id": str(call.options.id), "state": State.APPROVED.value},
        [msg("You have agreed. Whoever asked carries it out.")],
    )


def refuse(call: Call, desk: Desk) -> Answer:
    """Refuse a request."""
    desk.do(access.refuse, call.options.id, call.options.reason)
    return Answer(
        {"id": str(call.options.id), "state": State.REFUSED.value}, [msg("You have refused it.")]
    )


def cancel(call: Call, desk: Desk) -> Answer:
    """Take one's own request back."""
    desk.do(access.cancel_request, call.options.id)
    return Answer(
        {"id": str(call.options.id), "state": State.CANCELLED.value},
        [msg("The request is taken back.")],
    )


def carry_out(call: Call, desk: Desk) -> Answer:
    """Do what was agreed to."""
    result = desk.app.carry_out(call.options.id)
    document: dict[str, Any] = {"id": str(call.options.id), "state": State.DONE.value}
    shown: list[Shown] = [msg("It is done as it was agreed to.")]
    code = getattr(result, "text", None)  # a one-time code is shown now or never
    if isinstance(code, str):
        document["code"] = code
        shown.append(Facts([(msg("One-time code"), code)]))
    return Answer(document, shown)


def verify(call: Call, desk: Desk) -> Answer:
    """Check every decided request; exit code 7 where one is not genuine."""
    report = desk.do(verify_approvals)
    wrong = [{"id": str(id_), "message": call.words.of(why)} for id_, why in report.wrong]
    document = {"ok": report.ok, "requests": report.checked, "wrong": wrong}
    if report.ok:
        return Answer(document, [msg("All {n} requests are genuine.", n=report.checked)])
    told = [msg("Request {id}: {why}", id=id_, why=why) for id_, why in report.wrong]
    return Answer(document, told, DamagedError.exit_code)


def deeds(call: Call, desk: Desk) -> Answer:
    """List the deeds, which need a second person, and who could be one."""
    rows = desk.do(access.list_four_eyes)
    columns = [
        Column(msg("Name")), Column(msg("Deed")), Column(msg("Second person")),
        Column(msg("Who could agree")),
    ]  # fmt: skip
    shown = [
        [
            row.deed.value,
            call.words.of(ABOUT[row.deed].text),
            call.words.of(msg("off, one person only")) if row.alone else call.yes(row.on),
            ", ".join(row.others) or "–",
        ]
        for row in rows
    ]
    document = {
        "rows": [
            {"id": r.deed.value, "on": r.on, "alone": r.alone, "others": list(r.others)}
            for r in rows
        ],
        "next": None,
    }
    return Answer(document, [Table(columns, shown)])


def require(call: Call, desk: Desk) -> Answer:
    """Choose whether a deed needs a second person."""
    deed, on = Deed(call.options.deed), call.options.answer == "yes"
    desk.do(access.choose_four_eyes, deed, on)
    said = (
        msg("“{deed}” needs a second person from now on.", deed=ABOUT[deed].text)
        if on
        else msg("“{deed}” needs no second person any more.", deed=ABOUT[deed].text)
    )
    return Answer({"id": deed.value, "on": on}, [said])


def _state(row: RequestRow) -> Message:
    return msg("waits for you") if row.for_me else state_words(row.state)


def _limit(name: Any, value: int) -> Message:
    return Message(LIMITS[name].text, {"value": value})


def _document(desk: Desk, row: RequestRow) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "operation": row.operation,
        "deed": row.deed,
        "requester": row.requester,
        "asked_at": desk.iso(row.asked_at),
        "expires": desk.iso(row.expires_at),
        "state": row.state.value,
        "decided_by": row.decided_by,
        "decided_at": desk.iso(row.decided_at),
        "done_at": desk.iso(row.done_at),
        "mine": row.mine,
        "for_me": row.for_me,
    }
