"""The people at work."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from desktop_app.cli.call import Call, Desk
from desktop_app.cli.output import Answer, Column, Facts, Table
from desktop_app.kernel.clock import as_date
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import msg
from desktop_app.staff.editing import add_employee, change_employee
from desktop_app.staff.operations import get_employee, list_employees
from desktop_app.staff.records import EmployeeForm


def list_staff(call: Call, desk: Desk) -> Answer:
    """List everybody who works or worked here."""
    found = desk.do(list_employees)
    return Answer(
        {
            "rows": [
                {
                    "id": str(r.id),
                    "name": r.name,
                    "position": r.position,
                    "active": r.active,
                    "hired_on": _iso(r.hired_on),
                    "left_on": _iso(r.left_on),
                    "at_work_since": r.since.isoformat() if r.since else None,
                    "venue": r.venue,
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
                    Column(msg("Position")),
                    Column(msg("Works here")),
                    Column(msg("At work now")),
                ],
                [
                    [str(r.id), r.name, r.position, call.yes(r.active), call.yes(bool(r.since))]
                    for r in found
                ],
            )
        ],
    )


def show(call: Call, desk: Desk) -> Answer:
    """Show somebody; of PIN and card only whether they are set."""
    card = desk.do(get_employee, call.options.id)
    form = card.form
    document = {
        "id": str(card.id),
        "version": card.version,
        "name": form.name,
        "position": form.position,
        "phone": form.phone,
        "email": form.email,
        "hired_on": _iso(form.hired_on),
        "left_on": _iso(form.left_on),
        "tips": form.tips,
        "note": form.note,
        "active": card.active,
        "tokens": sorted(card.tokens),
        "at_work_since": card.since.isoformat() if card.since else None,
    }
    shown = Facts(
        [
            (msg("Name"), form.name),
            (msg("Position"), form.position),
            (msg("Telephone"), form.phone),
            (msg("E-mail"), form.email),
            (msg("First day"), _iso(form.hired_on) or ""),
            (msg("Last day"), _iso(form.left_on) or ""),
            (msg("At work now"), call.yes(bool(card.since))),
            (msg("PIN or card"), ", ".join(sorted(card.tokens))),
            (msg("Note"), form.note),
        ]
    )
    return Answer(document, [shown])


def add(call: Call, desk: Desk) -> Answer:
    """Write somebody down."""
    number = desk.do(add_employee, _changed(call, EmployeeForm(call.options.name)))
    return Answer({"id": str(number)}, [msg("Written down.")])


def edit(call: Call, desk: Desk) -> Answer:
    """Change what is named; the rest stays."""
    wanted = call.options
    if wanted.left and wanted.back:
        raise InvalidError(msg("Nobody leaves and comes back in one step."), field="left")
    card = desk.do(get_employee, wanted.id)
    form = _changed(call, card.form)
    if wanted.left:
        form = replace(form, left_on=as_date(wanted.left))
    if wanted.back:
        form = replace(form, left_on=None)
    version = desk.do(change_employee, card.id, card.version, form)
    return Answer({"id": str(card.id), "version": version}, [msg("Written down.")])


def _changed(call: Call, form: EmployeeForm) -> EmployeeForm:
    given = {
        name: getattr(call.options, name)
        for name in ("name", "position", "phone", "email", "note")
        if getattr(call.options, name) is not None
    }
    if call.options.hired:
        given["hired_on"] = as_date(call.options.hired)
    return replace(form, **given)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
