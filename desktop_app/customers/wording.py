"""What kinds of customers and contacts are called."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.customers.records import ContactKind, CustomerKind, TaxIdState
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
