"""The data map: what every column holds, why, on what basis, for how long, and whom it is about."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from desktop_app.cli.call import Call
from desktop_app.cli.output import Answer, Column, Table
from desktop_app.db.base import Base
from desktop_app.kernel.words import msg


def data_map(_call: Call) -> Answer:
    """Return the data map of the program; it is the same in every store."""
    import_module("desktop_app.app")  # knows every slice, and so every table
    rows = list(_rows())
    return Answer(
        {"rows": rows, "next": None},
        [
            Table(
                [
                    Column(msg("Database table")),
                    Column(msg("Column")),
                    Column(msg("Holds")),
                    Column(msg("Purpose")),
                    Column(msg("Basis")),
                    Column(msg("Kept")),
                    Column(msg("Path to the person")),
                ],
                [
                    [
                        row["table"],
                        row["column"],
                        row["holds"],
                        row["purpose"],
                        row["basis"],
                        row["retention"],
                        f"{row['person']}: {row['path']}" if row["person"] else "",
                    ]
                    for row in rows
                ],
            )
        ],
    )


def _rows() -> Iterator[dict[str, Any]]:
    mappers = sorted(Base.registry.mappers, key=lambda mapper: mapper.class_.__tablename__)
    for mapper in mappers:
        about, table = mapper.class_.__about__, mapper.class_.__table__
        for column in table.columns:
            yield {
                "id": f"{table.schema}.{table.name}.{column.name}",
                "domain": table.schema,
                "table": table.name,
                "column": column.name,
                "holds": column.info["holds"].value,
                "purpose": about.purpose.value,
                "basis": about.basis.value,
                "retention": about.keep.value,
                "person": about.person.value if about.person else None,
                "path": about.path,
                "derived": about.derived,
            }
