"""The kinds of accounts and categories, and the categories that every restaurant has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from desktop_app.kernel.words import Message, msg


class AccountKind(StrEnum):
    """Where money lies."""

    CASH = "cash"
    BANK = "bank"
    CARD = "card"
    OTHER = "other"


class Direction(StrEnum):
    """Whether money of a category comes in, goes out, or does both."""

    INCOME = "income"
    EXPENSE = "expense"
    BOTH = "both"


class SystemCategory(IntEnum):
    """A category that the program itself posts to; nobody changes or removes one.

    The numbers stand in the store and never change; categories of the restaurant's own have numbers
    from `kernel/ids.py`, which are far larger.
    """

    SALES = 1
    SUPPLIES = 2
    WAGES = 3
    TIPS = 4
    CASH_IN = 5
    CASH_OUT = 6
    REFUNDS = 7
    CUSTOMER_BALANCES = 8
    TRANSFERS = 9
    OPENING = 10
    DIFFERENCES = 11


@dataclass(frozen=True, slots=True)
class SystemFacts:
    """What a system category is called and which way its money goes."""

    title: Message
    direction: Direction


SYSTEM: Mapping[SystemCategory, SystemFacts] = {
    SystemCategory.SALES: SystemFacts(msg("Sales"), Direction.INCOME),
    SystemCategory.SUPPLIES: SystemFacts(msg("Supplies"), Direction.EXPENSE),
    SystemCategory.WAGES: SystemFacts(msg("Wages"), Direction.EXPENSE),
    SystemCategory.TIPS: SystemFacts(msg("Tips"), Direction.BOTH),
    SystemCategory.CASH_IN: SystemFacts(msg("Cash put in"), Direction.INCOME),
    SystemCategory.CASH_OUT: SystemFacts(msg("Cash taken out"), Direction.EXPENSE),
    SystemCategory.REFUNDS: SystemFacts(msg("Refunds"), Direction.EXPENSE),
    SystemCategory.CUSTOMER_BALANCES: SystemFacts(msg("Customers' balances"), Direction.BOTH),
    SystemCategory.TRANSFERS: SystemFacts(msg("Transfers between accounts"), Direction.BOTH),
    SystemCategory.OPENING: SystemFacts(msg("Opening balance"), Direction.BOTH),
    SystemCategory.DIFFERENCES: SystemFacts(msg("Differences of counting"), Direction.BOTH),
}

ACCOUNT_KINDS: Mapping[AccountKind, Message] = {
    AccountKind.CASH: msg("Cash"),
    AccountKind.BANK: msg("Bank"),
    AccountKind.CARD: msg("Card terminal"),
    AccountKind.OTHER: msg("Other"),
}

DIRECTIONS: Mapping[Direction, Message] = {
    Direction.INCOME: msg("Income"),
    Direction.EXPENSE: msg("Expense"),
    Direction.BOTH: msg("Income and expense"),
}
