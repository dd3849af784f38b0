"""What a restaurant works with: menu, stock, sales, staff, customers and money."""

from __future__ import annotations

from desktop_app.db.migrations.third_schema import (
    customers,
    finance,
    menu,
    reports,
    sales,
    server,
    staff,
    stock,
)

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create it, area by area."""
    menu.create()
    reports.create()
    finance.create()
    sales.create()
    stock.create()
    staff.create()
    customers.create()
    server.create()
