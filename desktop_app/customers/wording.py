"""What kinds of customers and contacts are called."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.customers.records import (
    Account,
    ContactKind,
    CustomerKind,
    CustomerState,
    TaxIdState,
)
from desktop_app.kernel.words import Message, msg

KINDS: Mapping[CustomerKind, Message] = {
    CustomerKind.PERSON: msg("Person"),
    CustomerKind.COMPANY: msg("Company"),
}

CONTACTS: Mapping[ContactKind, Message] = {
    ContactKind.PHONE: msg("Telephone"),
    ContactKind.EMAIL: msg("E-mail"),
    ContactKind.ADDRESS: msg("Address"),
}

TAX_ID_STATES: Mapping[TaxIdState, Message] = {
    TaxIdState.VALID: msg("The check digit is right"),
    TaxIdState.ZERO_LOST: msg("The check digit is right; a leading zero was lost"),
    TaxIdState.WRONG: msg("The check digit is wrong"),
}

STATES: Mapping[CustomerState, Message] = {
    CustomerState.ACTIVE: msg("In use"),
    CustomerState.ARCHIVED: msg("Put away"),
    CustomerState.JOINED: msg("Kept under another card"),
}

ACCOUNTS: Mapping[Account, Message] = {
    Account.BALANCE: msg("Balance"),
    Account.BONUS: msg("Bonus"),
    Account.CASHBACK: msg("Cashback"),
}
