"""Count what a store really holds, to compare it with what its backup promised."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import func, select

from desktop_app.db.base import Base
from desktop_app.db.operation import query
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Domain, Permission


@query(Permission.BACKUPS_READ)
def count_rows(tx: Transaction) -> Mapping[str, int]:
    """Return the rows of every table that is not computed from others, by its name."""
    open_domains = {domain.value for domain in tx.actor.domains}
    tables = [
        mapper.class_.__table__
        for mapper in Base.registry.mappers
        if not mapper.class_.__about__.derived
    ]
    return {
        table.name: int(tx.scalar(select(func.count()).select_from(table)))
        for table in sorted(tables, key=lambda table: table.name)
        if Domain(table.schema or "").value in open_domains
    }
