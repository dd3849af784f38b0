"""Who is signed in where, one's own sessions and everybody's, and how they end.

A session begins with the sign-in and is good for twelve hours. Ending it from elsewhere makes its
window lock within a minute. Calls of the command line are listed, and end at once.
"""

from __future__ import annotations

import platform
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from desktop_app import __version__
from desktop_app.access.records import SessionRow, SignedIn
from desktop_app.access.session_tables import DeskSession
from desktop_app.db.operation import command, query
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.errors import NotAllowedError
from desktop_app.kernel.words import msg

LONGEST = timedelta(hours=12)
WINDOW, COMMAND_LINE = "window", "command line"
LOCKED, CLOSED, ENDED, CALL = "lock", "close", "ended", "call"
_MOST = 200
_DEVICE_CHARACTERS = 100


@command(Permission.ANYONE)
def note_sign_in(tx: Transaction, way: str, program: str = COMMAND_LINE) -> SignedIn:
    """Enter into the trail and the list of sessions that the actor signed in, and by which way.

    Return the number of the session, and when this person signed in before.
    """
    before = tx.scalar(
        select(DeskSession.started_at)
        .where(DeskSession.user_id == tx.actor.user_id)
        .order_by(DeskSession.started_at.desc())
        .limit(1)
    )
    lasting = program == WINDOW
    session = tx.add(
        DeskSession(
            id=tx.ids.one(),
            user_id=tx.actor.user_id,
            user_name=tx.actor.name,
            way=way,
            device=platform.node()[:_DEVICE_CHARACTERS] or "?",
            program=f"{program} {__version__}",
            started_at=tx.at,
            last_seen_at=tx.at,
            ended_at=None if lasting else tx.at,
            ended_by="" if lasting else CALL,
        )
    )
    tx.about(f"user {tx.actor.name}", way=way)
    return SignedIn(session.id, before)


@command(Permission.ANYONE)
def note_lock(tx: Transaction, session_id: int, how: str) -> None:
    """Enter that the actor's session ended here, by `lock` or `close`."""
    session = tx.get(DeskSession, session_id)
    if session.user_id != tx.actor.user_id:
        raise _not_yours()
    if session.ended_at is None:
        session.ended_at, session.last_seen_at, session.ended_by = tx.at, tx.at, how
    tx.about(f"user {tx.actor.name}", how=how)


@query(Permission.ANYONE)
def session_open(tx: Transaction, session_id: int) -> bool:
    """Tell whether a session goes on; one that somebody has ended, or too old a one, does not."""
    session = tx.find(DeskSession, session_id)
    if session is None or session.ended_at is not None:
        return False
    return tx.at - session.started_at < LONGEST


@query(Permission.ANYONE)
def list_sessions(tx: Transaction, *, everybody: bool = False) -> Sequence[SessionRow]:
    """Return one's own sessions, newest first; everybody's for who manages users."""
    if everybody and not tx.actor.can(Permission.USERS_MANAGE):
        raise NotAllowedError(
            msg("Only who manages users sees the sessions of others."),
            hint=msg("Your own are listed without “--all”."),
        )
    wanted = select(DeskSession).order_by(DeskSession.started_at.desc()).limit(_MOST)
    if not everybody:
        wanted = wanted.where(DeskSession.user_id == tx.actor.user_id)
    return [_row(tx, session) for session in tx.objects(wanted)]


@command(Permission.ANYONE)
def end_session(tx: Transaction, session_id: int) -> None:
    """End a session, one's own or, for who manages users, anybody's; its window locks."""
    session = tx.get(DeskSession, session_id)
    if session.user_id != tx.actor.user_id and not tx.actor.can(Permission.USERS_MANAGE):
        raise _not_yours()
    if session.ended_at is None:
        session.ended_at, session.ended_by = tx.at, ENDED
    tx.about(f"user {session.user_name}", session=str(session_id))


def _row(tx: Transaction, session: DeskSession) -> SessionRow:
    lost = session.ended_at is None and tx.at - session.started_at >= LONGEST
    return SessionRow(
        session.id,
        session.user_name,
        session.way,
        session.device,
        session.program,
        session.started_at,
        session.started_at + LONGEST if lost else session.ended_at,
        CLOSED if lost else session.ended_by,
    )


def _not_yours() -> NotAllowedError:
    return NotAllowedError(
        msg("This is the session of somebody else."),
        hint=msg("Somebody who manages users can end it."),
    )
