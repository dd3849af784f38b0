"""A receipt that is entered by hand."""

from __future__ import annotations

from desktop_app.customers.tables import Customer
from desktop_app.db.operation import command
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Limit, Permission
from desktop_app.kernel.checks import check_line
from desktop_app.kernel.errors import InvalidError, NotAllowedError
from desktop_app.kernel.money import major
from desktop_app.kernel.words import msg
from desktop_app.menu.catalogue import Catalogue
from desktop_app.menu.price_lists import sale_menu
from desktop_app.menu.records import LinePrice, SaleProduct
from desktop_app.orders.numbering import Numbering
from desktop_app.orders.records import (
    IncomingLine,
    IncomingOrder,
    LineKind,
    OrderStatus,
    PaymentMethod,
)
from desktop_app.orders.storing import Batch
from desktop_app.sales import rules
from desktop_app.sales.drafts import forget
from desktop_app.sales.loyalty import after_sale, check_bonus
from desktop_app.sales.operations import DESK, stored_sale
from desktop_app.sales.quoting import Priced, price_sale, said_in
from desktop_app.sales.records import EnteredSale, LineSums, NewSale, SaleLine, SaleSums
from desktop_app.sales.tables import LineService
from desktop_app.sales.tills import check_till
from desktop_app.staff.tables import Employee
from desktop_app.venue.operations import the_venue

_LONGEST = 1000
_LONGEST_PLACE = 64


@command(Permission.ORDERS_EDIT, overridable=True, limit=Limit.DISCOUNT_PERCENT)
def enter_sale(tx: Transaction, sale: NewSale, *, from_draft: bool = False) -> EnteredSale:
    """Enter a receipt that was closed now. It gets its numbers, and counts like any other.

    InvalidError where the payments are not what is due; discounts and gifts need the right to give
    them, and above the actor's limit a second person; a price list chosen by hand needs its own.
    With `from_draft` it is the receipt that the actor was typing, which is forgotten.
    """
    venue = the_venue(tx)
    _check_people(tx, venue.id, sale)
    found = priced(tx, sale)
    sums = found.sums
    _check_list(tx, sale)
    _check_discount(tx, found.discount_percent)
    _check_paid(sale, sums, venue.currency)
    bonus = sum(one.amount_minor for one in sale.payments if one.method is PaymentMethod.BONUS)
    check_bonus(tx, sale.customer_id, bonus)
    day = venue.time.business_date(tx.at)
    running = Numbering.read(tx, venue.id, [day]).next(day)[0]
    entry = IncomingOrder(
        f"sale/{tx.ids.one()}",
        tx.at,
        [
            _line(line, product, usual, price, one)
            for line, product, usual, price, one in zip(
                found.sale.lines,
                found.products,
                found.lines,
                found.prices,
                sums.lines,
                strict=True,
            )
        ],
        [rules.payment_of(one) for one in sale.payments],
        closed_at=tx.at,
        number=str(running),
        status=OrderStatus.CLOSED,
        sale_type=check_line(sale.sale_type, _LONGEST_PLACE, "sale_type"),
        table=check_line(sale.table, _LONGEST_PLACE, "table"),
        guests=sale.guests,
        note=check_line(sale.note, _LONGEST, "note"),
        service_minor=sums.service_minor,
        terminal=check_till(tx, venue, sale.till),
        customer_id=sale.customer_id,
        employee_id=sale.employee_id,
    )
    order_id = stored_sale(tx, Batch(venue, DESK, None, Catalogue.read(tx, venue.id)), entry)
    if sums.service_minor:
        tx.add_all(
            [
                LineService(order_id=order_id, line_no=number, service_minor=line.service_minor)
                for number, line in enumerate(sums.lines, 1)
            ]
        )
    if from_draft:
        forget(tx)
    after_sale(tx, order_id, entry)
    tx.about(f"order {order_id}", total_minor=sums.total_minor, due_minor=sums.due_minor)
    tx.sign()
    return EnteredSale(order_id, entry.number, sums.total_minor, sums.due_minor)


def priced(tx: Transaction, sale: NewSale) -> Priced:
    """Return what a sale comes to now; InvalidError for what is not sold or cannot be."""
    return price_sale(sale_menu(tx, {line.product_id for line in sale.lines}), sale, tx.at)


def _line(
    line: SaleLine, product: SaleProduct, usual: LinePrice, price: int, sums: LineSums
) -> IncomingLine:
    return IncomingLine(
        product.name,
        line.quantity,
        sums.total_minor,
        product.category,
        line.variant,
        "",
        price,
        sums.gross_minor,
        sums.discount_minor,
        sums.tax_minor,
        check_line(said_in(line, usual), _LONGEST, "modifiers"),
        check_line(line.note, _LONGEST, "note"),
        LineKind.GIFT if line.gift else LineKind.SALE,
        product.id,
    )


def _check_people(tx: Transaction, venue_id: int, sale: NewSale) -> None:
    """Raise InvalidError for a waiter or customer there is not.

    Who has no key of customers cannot look, and no list to choose from.
    """
    if sale.employee_id is not None:
        waiter = tx.find(Employee, sale.employee_id)
        if waiter is None or not waiter.active or waiter.venue_id != venue_id:
            raise InvalidError(msg("There is no such waiter at this venue."), field="waiter")
    known = sale.customer_id is None or not tx.actor.can(Permission.CUSTOMERS_READ)
    if not known and tx.find(Customer, sale.customer_id) is None:
        raise InvalidError(msg("There is no such customer."), field="customer")


def _check_list(tx: Transaction, sale: NewSale) -> None:
    """Raise NotAllowedError where a list was chosen by hand and the right to is missing."""
    if sale.price_list_id is not None and not tx.actor.can(Permission.ORDERS_PRICE_LIST):
        raise NotAllowedError(
            msg("Your role does not allow choosing the price list."),
            lacking=Permission.ORDERS_PRICE_LIST,
        )


def _check_discount(tx: Transaction, percent: int) -> None:
    if not percent:
        return
    if not tx.actor.can(Permission.ORDERS_DISCOUNT):
        raise NotAllowedError(
            msg("Your role does not allow giving discounts."), lacking=Permission.ORDERS_DISCOUNT
        )
    tx.check_limit(Limit.DISCOUNT_PERCENT, percent)


def _check_paid(sale: NewSale, sums: SaleSums, currency: str) -> None:
    missing = sums.due_minor - sum(one.amount_minor for one in sale.payments)
    said = {"amount": major(abs(missing), currency), "currency": currency}
    if missing > 0:
        raise InvalidError(
            msg("{amount} {currency} are still to be paid.", **said),
            field="payments",
        )
    if missing < 0:
        raise InvalidError(
            msg("{amount} {currency} too much are paid.", **said),
            field="payments",
            hint=msg("Enter what stayed in the till, without the change."),
        )
