"""The list of reports: one entry says what a report is, `SOURCES` who reads its rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.errors import NotFoundError
from desktop_app.kernel.words import msg
from desktop_app.reports import sources, trade
from desktop_app.reports.records import Dimension, Period
from desktop_app.reports.shapes import Column, Group, Line, Picture, ReportFacts, Trail, Unit
from desktop_app.reports.trade_catalogue import TRADE
from desktop_app.reports.wording import DIMENSIONS, SALES_BY

Source = Callable[[Transaction, Period], Sequence[Line]]

_TIMES = (Dimension.DAY, Dimension.WEEK, Dimension.MONTH)
_PICTURES = {
    Dimension.DAY: Picture.CURVE,
    Dimension.WEEK: Picture.CURVE,
    Dimension.MONTH: Picture.COLUMNS,
    Dimension.HOUR: Picture.COLUMNS,
    Dimension.WEEKDAY: Picture.COLUMNS,
}
_ORDERS = Column("orders", msg("Orders"), Unit.COUNT, total=True)
_QUANTITY = Column("quantity", msg("Quantity"), Unit.QUANTITY, total=True)
_REVENUE = Column("revenue", msg("Revenue"), Unit.MONEY, total=True)
_SHARE = Column("share", msg("Share"), Unit.SHARE)
_CHECK = Column("average", msg("Average check"), Unit.MONEY)


def _sales(dimension: Dimension) -> ReportFacts:
    counted = dimension not in (Dimension.ITEM, Dimension.CATEGORY, Dimension.STATION)
    orders = Column("orders", msg("Orders"), Unit.COUNT, total=dimension is not Dimension.PAYMENT)
    with_it = msg("Orders with it")
    if dimension is Dimension.STATION:  # added up from its products: one order, several times
        with_it = msg("Times on orders")
    columns = [
        orders if counted else Column("orders", with_it, Unit.COUNT),
        *([_QUANTITY] if dimension is not Dimension.PAYMENT else []),
        _REVENUE,
        _SHARE,
        *([_CHECK] if counted and dimension is not Dimension.PAYMENT else []),
    ]
    return ReportFacts(
        f"sales-{dimension}",
        SALES_BY[dimension],
        msg("What came in, after discounts and refunds."),
        Group.SALES,
        DIMENSIONS[dimension],
        columns,
        "revenue",
        picture=_PICTURES.get(dimension, Picture.BARS),
        times=dimension in _TIMES,
        behind=dimension,
    )


_MENU = (
    ReportFacts(
        "abc",
        msg("ABC analysis"),
        msg("A brings the first 80 % of revenue, B the next 15 %, C the rest."),
        Group.MENU,
        msg("Product"),
        (
            Column("class", msg("Class"), Unit.WORD),
            _QUANTITY,
            _REVENUE,
            _SHARE,
            Column("cumulated", msg("Cumulated"), Unit.SHARE),
        ),
        "revenue",
        behind=Dimension.ITEM,
    ),
    ReportFacts(
        "menu-engineering",
        msg("Menu engineering"),
        msg(
            "Keep the stars, show the puzzles better, make plough horses dearer or cheaper to"
            " cook, replace the dogs."
        ),
        Group.MENU,
        msg("Product"),
        (
            Column("class", msg("Class"), Unit.WORD),
            _QUANTITY,
            _REVENUE,
            Column("cost", msg("Cost of ingredients"), Unit.MONEY, total=True),
            Column("margin", msg("Margin"), Unit.MONEY, total=True),
            Column("portion", msg("Margin of a portion"), Unit.MONEY),
        ),
        "margin",
        permission=Permission.STOCK_COST,
        picture=Picture.MAP,
        behind=Dimension.ITEM,
    ),
    ReportFacts(
        "food-cost",
        msg("Food cost"),
        msg("What the ingredients of everything sold cost by the technical cards, by category."),
        Group.COSTS,
        msg("Category"),
        (
            _REVENUE,
            Column("cost", msg("Cost of ingredients"), Unit.MONEY, total=True),
            Column("share", msg("Food cost"), Unit.SHARE),
            Column("margin", msg("Margin"), Unit.MONEY, total=True),
        ),
        "cost",
        permission=Permission.STOCK_COST,
        picture=Picture.COLUMNS,
        behind=Dimension.CATEGORY,
        drawn=("revenue",),
    ),
)
_CHECKS = (
    _ORDERS,
    Column("guests", msg("Guests"), Unit.COUNT, total=True),
    _REVENUE,
    _CHECK,
    Column("guest", msg("Per guest"), Unit.MONEY),
)
_CONTROL = (
    ReportFacts(
        "average-check",
        msg("Average check by month"),
        msg("What an order and a guest bring."),
        Group.SALES,
        msg("Month"),
        _CHECKS,
        "average",
        picture=Picture.CURVE,
        times=True,
        behind=Dimension.MONTH,
    ),
    ReportFacts(
        "average-check-waiter",
        msg("Average check by waiter"),
        msg("What an order and a guest bring, by who served them."),
        Group.PEOPLE,
        msg("Staff"),
        _CHECKS,
        "average",
        behind=Dimension.STAFF,
    ),
    ReportFacts(
        "refunds",
        msg("Refunds and voids"),
        msg("What was given back or never counted, by waiter."),
        Group.CONTROL,
        msg("Staff"),
        (
            Column("refunds", msg("Refunds"), Unit.COUNT, total=True),
            Column("refunded", msg("Refunded"), Unit.MONEY, total=True),
            Column("voids", msg("Voids"), Unit.COUNT, total=True),
            Column("voided", msg("Voided"), Unit.MONEY, total=True),
            Column("share", msg("Of revenue"), Unit.SHARE),
        ),
        "refunded",
        picture=Picture.COLUMNS,
        behind=Trail.REFUNDS,
        drawn=("voided",),
    ),
    ReportFacts(
        "discounts",
        msg("Discounts"),
        msg("What was taken off the prices of the menu."),
        Group.CONTROL,
        msg("Month"),
        (
            _ORDERS,
            Column("before", msg("Before discounts"), Unit.MONEY, total=True),
            Column("discount", msg("Discount"), Unit.MONEY, total=True),
            Column("share", msg("Share"), Unit.SHARE),
            _REVENUE,
        ),
        "discount",
        picture=Picture.COLUMNS,
        times=True,
        behind=Dimension.MONTH,
    ),
    ReportFacts(
        "taxes",
        msg("Taxes"),
        msg("Tax in and on what was sold."),
        Group.MONEY,
        msg("Month"),
        (_ORDERS, _REVENUE, Column("tax", msg("Tax"), Unit.MONEY, total=True)),
        "tax",
        picture=Picture.COLUMNS,
        times=True,
        behind=Dimension.MONTH,
    ),
)

REPORTS: Mapping[str, ReportFacts] = {
    facts.key: facts for facts in (*map(_sales, Dimension), *_MENU, *_CONTROL, *TRADE)
}
SOURCES: Mapping[str, Source] = {
    **{f"sales-{one}": partial(sources.sales, dimension=one) for one in Dimension},
    "abc": sources.abc_of_products,
    "menu-engineering": sources.menu_engineering,
    "food-cost": sources.food_cost,
    "average-check": sources.checks_by_month,
    "average-check-waiter": sources.checks_by_waiter,
    "refunds": sources.refunds,
    "discounts": sources.discounts,
    "taxes": sources.taxes,
    "cost-of-sales": trade.cost_of_sales,
    "stock-turnover": trade.stock_turnover,
    "staff-cost": trade.staff_cost,
    "loyalty": trade.loyalty,
    "cash-flow": trade.cash_flow,
    "corrections": trade.corrections,
}


def facts_of(key: str) -> ReportFacts:
    """Return what is known of a report; NotFoundError where there is none of that name."""
    found = REPORTS.get(key)
    if found is None:
        raise NotFoundError(msg("There is no report “{name}”.", name=key))
    return found
