"""What the everyday work of a restaurant wanted beside the third schema."""

from __future__ import annotations

from desktop_app.db.migrations.fourth_schema import customers, exports, menu, sales, staff, stock

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create it, area by area."""
    menu.create()
    sales.create()
    stock.create()
    staff.create()
    customers.create()
    exports.create()
