"""Whether the rows about money are as the trail's events wrote them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from desktop_app.db.operation import Job
from desktop_app.db.rights import access_of
from desktop_app.db.seal_check import Promised, Span, StateFault, Wrong, misfits, spans
from desktop_app.db.state_seals import Plan, plans
from desktop_app.kernel.access import Actor
from desktop_app.kernel.words import Message, msg

_RECEIPT = "pos_order"
_NAMED: Mapping[str, Callable[[str], Message]] = {
    "pos_order": lambda key: msg("receipt {number}", number=key),
    "order_line": lambda key: msg("a line of receipt {number}", number=key),
    "payment": lambda key: msg("a payment of receipt {number}", number=key),
    "correction": lambda key: msg("the correction {number}", number=key),
    "correction_line": lambda key: msg("a line of the correction {number}", number=key),
    "line_service": lambda key: msg("the service charge in receipt {number}", number=key),
    "money_entry": lambda key: msg("the entry of the books with the id {number}", number=key),
    "stock_move": lambda key: msg("the movement of stock with the id {number}", number=key),
}


def _other(key: str) -> Message:
    return msg("a row of the books with the id {number}", number=key)


def may_compare(actor: Actor) -> bool:
    """Tell whether somebody sees every row about money; who is kept to some venues does not."""
    access = access_of(actor.permissions)
    return actor.within is None and all(
        name in access and access[name].reads.issuperset(plan.columns)
        for name, plan in plans().items()
    )


def compare(job: Job, promised: Promised) -> tuple[int, list[StateFault]]:
    """Return how many rows were compared, and all that does not fit: at most one fault an event.

    `promised` knows the events so far; it learns those that come meanwhile.
    """
    job.progress.stage(msg("Comparing the rows about money"))
    compared, faults = 0, list[StateFault]()
    for plan in plans().values():
        rows, found = _table(job, plan, promised)
        compared += rows
        faults.extend(found)
    return compared, faults


def _table(job: Job, plan: Plan, promised: Promised) -> tuple[int, list[StateFault]]:
    compared, faults = 0, list[StateFault]()
    for span in spans(promised.groups(plan.table)):
        with job.reading() as tx:
            rows = tx.sealed_rows(plan, span)
        found = misfits(plan, span, rows)
        if found and _learn(job, promised):  # a sale since the events were read is no fault
            return _table(job, plan, promised)
        faults.extend(found)
        compared += len(rows)
        job.progress.advance(len(rows))
    return compared, faults


def _learn(job: Job, promised: Promised) -> bool:
    """Take the events that were written meanwhile; tell whether there were any."""
    before = promised.upto
    with job.reading() as tx:
        for one in tx.trail.opened(tx, tx.trail_rows(before + 1, tx.head())):
            if one.content is not None:
                promised.take(one.seq, one.content.event)
    return promised.upto > before


def said(job: Job, fault: StateFault) -> Message:
    """Say what is wrong with which receipt; goes on after “event 17:”."""
    what = _what(fault.table, _number(job, fault.key) or str(fault.key))
    match fault.wrong:
        case Wrong.CHANGED:
            return msg("{what} is not as it was written", what=what)
        case Wrong.UNKNOWN:
            return msg("{what} was not written by any event", what=what)
        case Wrong.MISSING:
            return msg("{what}, or one that was written with it, is missing", what=what)


def _what(table: str, key: str) -> Message:
    return _NAMED.get(table, _other)(key)


def _number(job: Job, key: int) -> str:
    """Return what a receipt is called; empty where it is gone."""
    plan = plans()[_RECEIPT]
    with job.reading() as tx:
        rows = tx.sealed_rows(plan, Span(key, key, ()))
    return str(rows[0][plan.columns.index("number")]) if rows else ""
