"""Going on in a list that stands newest first: what stands below its last row."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, or_


def earlier(last: Any) -> ColumnElement[bool]:
    """Return which rows stand below `last`, by time and id, newest first."""
    table = type(last)
    return or_(table.at < last.at, and_(table.at == last.at, table.id < last.id))


def below(last: Any) -> ColumnElement[bool]:
    """Return which rows stand below `last`, by business day, time and id, newest first."""
    table = type(last)
    day, at = table.business_date, table.at
    return or_(
        day < last.business_date,
        and_(day == last.business_date, at < last.at),
        and_(day == last.business_date, at == last.at, table.id < last.id),
    )
