"""One's own password and sessions."""

from __future__ import annotations

from desktop_app.access import sessions
from desktop_app.access.own_sign_in import change_password
from desktop_app.access.wording import way_words
from desktop_app.cli.call import Call, Desk
from desktop_app.cli.output import Answer, Column, Table
from desktop_app.kernel.words import msg
from desktop_app.vault import one_time


def set_password(call: Call) -> Answer:
    """Choose a new password, with the old one or with a one-time code."""
    name, typed = call.who_signs_in()
    if one_time.read(typed) is not None:
        new = call.new_password()
        with call.reception().choose_password(name, typed, new) as app:
            call.tell(app.notices)
    else:
        with call.entered(name, typed) as app:
            app.call(change_password, typed, call.new_password())
    return Answer({"name": name}, [msg("{name} has a new password.", name=name)])


def list_sessions(call: Call, desk: Desk) -> Answer:
    """List sessions, newest first."""
    found = desk.do(sessions.list_sessions, everybody=call.options.all)
    return Answer(
        {
            "rows": [
                {
                    "id": str(one.id),
                    "user": one.user,
                    "way": one.way,
                    "device": one.device,
                    "program": one.program,
                    "started_at": desk.iso(one.started_at),
                    "ended_at": desk.iso(one.ended_at),
                    "ended_by": one.ended_by,
                }
                for one in found
            ],
            "next": None,
        },
        [
            Table(
                [
                    Column(msg("Number")),
                    Column(msg("User")),
                    Column(msg("By")),
                    Column(msg("Computer")),
                    Column(msg("Since")),
                    Column(msg("Until")),
                ],
                [
                    [
                        str(one.id),
                        one.user,
                        call.words.of(way_words(one.way)),
                        one.device,
                        desk.when(one.started_at),
                        desk.when(one.ended_at),
                    ]
                    for one in found
                ],
            )
        ],
    )


def end_session(call: Call, desk: Desk) -> Answer:
    """End a session."""
    desk.do(sessions.end_session, call.options.id)
    return Answer({"id": str(call.options.id)}, [msg("The session has ended; its window locks.")])
