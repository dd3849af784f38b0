"""What the reports about stock, staff, money and loyalty are."""

from __future__ import annotations

from desktop_app.kernel.access import Permission
from desktop_app.kernel.words import msg
from desktop_app.reports.records import Dimension
from desktop_app.reports.shapes import Column, Group, Picture, ReportFacts, Trail, Unit


def _money(key: str, title: str, *, total: bool = True) -> Column:
    return Column(key, _TITLES[title], Unit.MONEY, total=total)


_TITLES = {
    "revenue": msg("Revenue"),
    "opening": msg("Value before"),
    "bought": msg("Bought"),
    "used": msg("Used by sales"),
    "wasted": msg("Written off"),
    "closing": msg("Value after"),
    "lost": msg("Missing at counts"),
    "margin": msg("Margin"),
    "cost": msg("Cost"),
    "hour": msg("Per hour"),
    "income": msg("Came in"),
    "spent": msg("Went out"),
    "left": msg("Difference"),
    "given": msg("Given"),
    "taken": msg("Used"),
    "amount": msg("Amount"),
}

TRADE = (
    ReportFacts(
        "cost-of-sales",
        msg("Cost of sales"),
        msg("What went out of the stock for sales, what was wasted and what was missing."),
        Group.COSTS,
        msg("Month"),
        (
            _money("revenue", "revenue"),
            _money("cost", "used"),
            Column("share", msg("Share"), Unit.SHARE),
            _money("wasted", "wasted"),
            _money("lost", "lost"),
            _money("margin", "margin"),
        ),
        "cost",
        permission=Permission.STOCK_COST,
        picture=Picture.COLUMNS,
        times=True,
        behind=Dimension.MONTH,
        drawn=("revenue",),
    ),
    ReportFacts(
        "stock-turnover",
        msg("Stock turnover"),
        msg("How often the stock was used up, and for how many days it lasts."),
        Group.COSTS,
        msg("Product"),
        (
            _money("opening", "opening"),
            _money("bought", "bought"),
            _money("used", "used"),
            _money("wasted", "wasted"),
            _money("closing", "closing"),
            Column("turns", msg("Turns"), Unit.QUANTITY),
            Column("days", msg("Lasts, days"), Unit.COUNT),
        ),
        "used",
        permission=Permission.STOCK_COST,
        behind=Trail.MOVES,
    ),
    ReportFacts(
        "staff-cost",
        msg("Staff cost"),
        msg("Hours by the clock and what they cost by the pay of each day."),
        Group.PEOPLE,
        msg("Staff"),
        (
            Column("hours", msg("Hours"), Unit.QUANTITY, total=True),
            _money("cost", "cost"),
            _money("hour", "hour", total=False),
            Column("share", msg("Of revenue"), Unit.SHARE),
        ),
        "cost",
        permission=Permission.SALARIES_READ,
        behind=Trail.HOURS,
    ),
    ReportFacts(
        "loyalty",
        msg("Loyalty"),
        msg("What customers were given and what they used."),
        Group.PEOPLE,
        msg("Account"),
        (
            Column("customers", msg("Customers"), Unit.COUNT),
            Column("movements", msg("Movements"), Unit.COUNT, total=True),
            _money("given", "given"),
            _money("used", "taken"),
            _money("left", "left"),
        ),
        "given",
        permission=Permission.CUSTOMERS_READ,
        picture=Picture.COLUMNS,
        behind=Trail.LEDGER,
        drawn=("used",),
    ),
    ReportFacts(
        "cash-flow",
        msg("Cash flow"),
        msg("What came in and went out by category, without transfers between accounts."),
        Group.MONEY,
        msg("Category"),
        (_money("income", "income"), _money("spent", "spent"), _money("left", "left")),
        "left",
        permission=Permission.FINANCE_READ,
        picture=Picture.COLUMNS,
        behind=Trail.MONEY,
        drawn=("income", "spent"),
    ),
    ReportFacts(
        "corrections",
        msg("Why receipts were corrected"),
        msg("Refunds, voids and changed payments by their reason."),
        Group.CONTROL,
        msg("Reason"),
        (Column("corrections", msg("Corrections"), Unit.COUNT, total=True),
         _money("amount", "amount")),
        "amount",
        behind=Trail.CORRECTIONS,
    ),
)  # fmt: skip
