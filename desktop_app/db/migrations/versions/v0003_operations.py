"""The restaurant's operational data: menu, stock, sales, staff, customers, finance, exports."""

from __future__ import annotations

from desktop_app.db.migrations.third_schema import (
    customers,
    exports,
    finance,
    menu,
    sales,
    staff,
    stock,
)

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create it, area by area."""
    menu.create()
    customers.create()
    finance.create()
    staff.create()
    stock.create()
    sales.create()
    exports.create()
