"""What kinds of customers and contacts are called."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.customers.records import (
    Account,
    ContactKind,
    CustomerKind,
    CustomerState,
    Likeness,
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
    CustomerState.ARCHIVED: msg("In the archive"),
    CustomerState.JOINED: msg("Kept under another card"),
}

ACCOUNTS: Mapping[Account, Message] = {
    Account.BALANCE: msg("Balance"),
    Account.BONUS: msg("Bonus"),
    Account.CASHBACK: msg("Cashback"),
}

LIKENESSES: Mapping[Likeness, Message] = {
    Likeness.TAX_ID: msg("the same tax id"),
    Likeness.PHONE: msg("the same telephone"),
    Likeness.EMAIL: msg("the same e-mail"),
    Likeness.CODE: msg("the same code"),
    Likeness.SAME_NAME: msg("the same name"),
    Likeness.BIRTH_DATE: msg("the same birthday"),
    Likeness.LIKE_NAME: msg("a similar name"),
}
