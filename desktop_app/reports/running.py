"""Asking for a report of the catalogue, and for what is behind one of its numbers."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.db.operation import query
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.errors import NotAllowedError
from desktop_app.kernel.words import msg
from desktop_app.reports.alongside import beside
from desktop_app.reports.behind import Behind, orders_behind
from desktop_app.reports.behind_trade import trail_behind
from desktop_app.reports.catalogue import REPORTS, SOURCES, facts_of
from desktop_app.reports.records import Period
from desktop_app.reports.shapes import Report, ReportFacts, Trail, totals_of
from desktop_app.venue.operations import the_venue

BEHIND = 500


@query(Permission.REPORTS_READ)
def list_reports(tx: Transaction) -> Sequence[ReportFacts]:
    """Return the reports that the role may read."""
    return [facts for facts in REPORTS.values() if tx.actor.can(facts.permission)]


@query(Permission.REPORTS_READ)
def run_report(tx: Transaction, key: str, period: Period, against: Period | None = None) -> Report:
    """Return a report over a period, beside another one where that is asked."""
    return read_report(tx, key, period, against)


@query(Permission.ORDERS_READ)
def rows_behind(
    tx: Transaction, key: str, row: str, period: Period, *, limit: int = BEHIND
) -> Behind:
    """Return the orders behind one row of a report, or what else it is made of, newest first."""
    facts = facts_of(key)
    _check(tx, facts)
    if isinstance(facts.behind, Trail):
        return trail_behind(tx, facts.behind, row, period, limit)
    return orders_behind(tx, facts.behind, row, period, limit)


def read_report(tx: Transaction, key: str, period: Period, against: Period | None) -> Report:
    """Read a report; for operations of this slice and of those above it."""
    facts = facts_of(key)
    _check(tx, facts)
    now = SOURCES[key](tx, period)
    then = None if against is None else SOURCES[key](tx, against)
    before = None
    if then is not None and facts.columns[facts.main_at].total:
        before = totals_of(facts.columns, then)[facts.main_at]
    return Report(
        facts, period, against, beside(facts, (period, against), now, then),
        totals_of(facts.columns, now), before,
        the_venue(tx).currency,
    )  # fmt: skip


def _check(tx: Transaction, facts: ReportFacts) -> None:
    if not tx.actor.can(facts.permission):
        raise NotAllowedError(msg("Your role does not allow this."), lacking=facts.permission.value)
