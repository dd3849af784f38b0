"""How customers are searched, and what may stand on a card. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from desktop_app.customers.phones import read_phone
from desktop_app.customers.records import (
    Account,
    ContactKind,
    ContactRow,
    CustomerForm,
    GroupForm,
    NewConsent,
    NewMessage,
    TaxIdState,
)
from desktop_app.customers.tax_ids import TaxId, read_tax_id
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.money import LIMIT_MINOR
from desktop_app.kernel.tax_ids import check_voen
from desktop_app.kernel.text import clean, fold, variants
from desktop_app.kernel.words import LANGUAGES, msg

_WHOLE_NUMBER = 9
_PHONE_SIGNS = " +-().\u00a0"
_NAME_LETTERS, _NOTE_LETTERS, _TAG_LETTERS, _REASON_LETTERS = 300, 10_000, 64, 200
_CONTACT_LETTERS, _MOST_CONTACTS, _MOST_TAGS = 500, 20, 30
_SUBJECT_LETTERS, _GROUP_LETTERS = 300, 200
_FIRST_YEAR, _FIRST_RECEIPT, _WHOLE_BP = 1900, 1990, 10_000
_FIRST_CONSENT = date(2000, 1, 1)
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")
DIRECTIONS = ("in", "out")
CHANNELS = ("counter", "phone", "sms", "whatsapp", "e-mail", "letter", "web")
PURPOSES = ("marketing", "birthday", "loyalty", "profiling")
SPOKEN = LANGUAGES
"""The languages in which customers are asked to agree."""


def typed_words(text: str) -> list[frozenset[str]]:
    """Return, for each word somebody typed, the beginnings that count as that word.

    Digits with phone punctuation are one word: the last nine digits of a whole number, or what
    was typed of an ending, without the zero of the area code.
    """
    digits = "".join(sign for sign in text if sign not in _PHONE_SIGNS)
    if digits.isascii() and digits.isdigit():
        short = digits[-_WHOLE_NUMBER:] if len(digits) >= _WHOLE_NUMBER else digits
        return [frozenset({short, digits})]
    return [variants(fold(word)) | {fold(word)} for word in text.split() if fold(word)]


def checked(
    form: CustomerForm, country: str, today: date, stored: CustomerForm | None = None
) -> tuple[CustomerForm, TaxIdState | None]:
    """Return a form as it will be stored, with what its tax id's check digit says.

    InvalidError names the field. What is stored already (a tax id, contacts, a date of birth) is
    left as it is: an import keeps what breaks a rule, and that must not hinder another change.
    """
    tax_id, state = form.tax_id.strip(), None
    if tax_id and (stored is None or tax_id != stored.tax_id):
        found = check_tax_id(tax_id, country)
        tax_id, state = found.value, found.state if found.state is TaxIdState.VALID else None
    return (
        replace(
            form,
            name=_name(form.name, _NAME_LETTERS),
            contacts=check_contacts(form.contacts, country, stored.contacts if stored else ()),
            birth_date=form.birth_date
            if stored is not None and form.birth_date == stored.birth_date
            else check_birth_date(form.birth_date, today),
            tax_id=tax_id,
            note=check_note(form.note),
            tags=check_tags(form.tags),
        ),
        state,
    )


def check_contacts(
    contacts: Sequence[ContactRow], country: str, stored: Sequence[ContactRow] = ()
) -> Sequence[ContactRow]:
    """Return contacts as they will be stored, each once, with exactly one preferred.

    Those that are stored already are left as they are.
    """
    kept = {(one.kind, one.value) for one in stored}
    found: list[ContactRow] = []
    for one in contacts:
        known = (one.kind, one.value) in kept
        value = one.value if known else _contact(one.kind, clean(one.value), country)
        if value and all((one.kind, value) != (other.kind, other.value) for other in found):
            found.append(ContactRow(one.kind, value, one.preferred))
    if len(found) > _MOST_CONTACTS:
        raise InvalidError(
            msg("A customer has at most {most} contacts.", most=_MOST_CONTACTS), field="phone"
        )
    preferred = next((at for at, one in enumerate(found) if one.preferred), 0)
    return tuple(replace(one, preferred=at == preferred) for at, one in enumerate(found))


def _contact(kind: ContactKind, value: str, country: str) -> str:
    if len(value) > _CONTACT_LETTERS:
        raise InvalidError(
            msg("A contact has at most {most} letters.", most=_CONTACT_LETTERS), field=kind.value
        )
    if not value:
        return ""
    if kind is ContactKind.PHONE:
        phone = read_phone(value, country)
        if not phone.possible:
            raise InvalidError(
                msg("“{value}” cannot be a telephone number.", value=value),
                field="phone",
                hint=msg("Write it with its area code, such as 050 123 45 67."),
            )
        return phone.value
    if kind is ContactKind.EMAIL and not _EMAIL.fullmatch(value):
        raise InvalidError(
            msg("“{value}” is not an e-mail address.", value=value),
            field="email",
            hint=msg("It looks like name@example.az."),
        )
    return value


def check_birth_date(day: date | None, today: date) -> date | None:
    """Return a day on which somebody alive can have been born."""
    if day is None:
        return None
    if day > today:
        raise InvalidError(msg("{day} has not come yet.", day=day.isoformat()), field="birth_date")
    if day.year < _FIRST_YEAR:
        raise InvalidError(
            msg("Nobody who eats here was born on {day}.", day=day.isoformat()),
            field="birth_date",
        )
    return day


def check_tax_id(text: str, country: str) -> TaxId:
    """Return a tax id; an Azerbaijani one (ten digits) must follow its own rule.

    Numbers of other countries are kept as they are written.
    """
    found = read_tax_id(text)
    if found.state is not TaxIdState.WRONG:
        return TaxId(found.value, TaxIdState.VALID)
    if country == "AZ":
        check_voen(found.value)
    return found


def check_note(note: str) -> str:
    """Return a note as it will be stored."""
    cleaned = clean(note, lines=True)
    if len(cleaned) > _NOTE_LETTERS:
        raise InvalidError(
            msg("A note has at most {most} letters; this one has {got}.",
                most=_NOTE_LETTERS, got=len(cleaned)),
            field="note",
        )  # fmt: skip
    return cleaned


def check_tags(tags: Sequence[str]) -> Sequence[str]:
    """Return tags as they will be stored: each once, by their letters."""
    found = sorted({clean(tag) for tag in tags} - {""})
    if len(found) > _MOST_TAGS:
        raise InvalidError(
            msg("A customer has at most {most} tags.", most=_MOST_TAGS), field="tags"
        )
    for tag in found:
        if len(tag) > _TAG_LETTERS:
            raise InvalidError(
                msg("A tag has at most {most} letters.", most=_TAG_LETTERS), field="tags"
            )
    return tuple(found)


def check_group(form: GroupForm) -> GroupForm:
    """Return a group as it will be stored."""
    for field, rate in (
        ("discount", form.discount_bp), ("cashback", form.cashback_bp), ("bonus", form.bonus_bp),
    ):  # fmt: skip
        if not 0 <= rate <= _WHOLE_BP:
            raise InvalidError(msg("A rate is from 0 to 100 percent."), field=field)
    if form.earns_from is not None and form.earns_from.year < _FIRST_RECEIPT:
        raise InvalidError(
            msg("No receipt is as old as {day}.", day=form.earns_from.isoformat()),
            field="earns_from",
        )
    return replace(form, name=_name(form.name, _GROUP_LETTERS))


def check_message(new: NewMessage) -> NewMessage:
    """Return a message as it will be stored."""
    if new.direction not in DIRECTIONS:
        raise InvalidError(
            msg("Say whether the message came in (in) or went out (out)."), field="direction"
        )
    if new.channel not in CHANNELS:
        raise InvalidError(
            msg("“{channel}” is no way of reaching somebody.", channel=new.channel),
            field="channel",
            hint=msg("There are: {names}.", names=", ".join(CHANNELS)),
        )
    subject, text = clean(new.subject), clean(new.text, lines=True)
    if not subject and not text:
        raise InvalidError(msg("The message is empty."), field="text")
    if len(subject) > _SUBJECT_LETTERS:
        raise InvalidError(
            msg("A subject has at most {most} letters.", most=_SUBJECT_LETTERS), field="subject"
        )
    if len(text) > _NOTE_LETTERS:
        raise InvalidError(
            msg("A message has at most {most} letters.", most=_NOTE_LETTERS), field="text"
        )
    return NewMessage(new.direction, new.channel, subject, text)


def check_consent(new: NewConsent, today: date) -> NewConsent:
    """Return a consent as it will be stored; words that were not written down prove nothing."""
    if new.given_on is not None and not _FIRST_CONSENT <= new.given_on <= today:
        raise InvalidError(
            msg("A consent is given today or on an earlier day, not on {day}.",
                day=new.given_on.isoformat()),
            field="given_on",
        )  # fmt: skip
    for field, given, known, wrong in (
        ("purpose", new.purpose, PURPOSES, msg("“{given}” is nothing to agree to.",
                                               given=new.purpose)),
        ("channel", new.channel, CHANNELS, msg("“{channel}” is no way of reaching somebody.",
                                               channel=new.channel)),
        ("language", new.language, SPOKEN, msg("“{given}” is no language of ours.",
                                               given=new.language)),
    ):  # fmt: skip
        if given not in known:
            hint = msg("There are: {names}.", names=", ".join(known))
            raise InvalidError(wrong, field=field, hint=hint)
    wording = clean(new.wording, lines=True)
    if not wording:
        raise InvalidError(
            msg("Write the exact words that the customer agreed to."), field="wording"
        )
    if len(wording) > _NOTE_LETTERS:
        raise InvalidError(
            msg("The words of a consent have at most {most} letters.", most=_NOTE_LETTERS),
            field="wording",
        )
    return replace(new, wording=wording)


def check_movement(account: Account, amount_minor: int, has: int) -> None:
    """Raise InvalidError for a movement of nothing, and for bonus that is not there."""
    if amount_minor == 0:
        raise InvalidError(msg("A movement of nothing is none."), field="amount")
    if abs(amount_minor) >= LIMIT_MINOR or abs(has + amount_minor) >= LIMIT_MINOR:
        raise InvalidError(msg("This is too large to be money."), field="amount")
    if account is not Account.BALANCE and amount_minor < 0 and has + amount_minor < 0:
        raise InvalidError(
            msg("There is not so much bonus or cashback on this card."), field="amount"
        )


def check_reason(reason: str) -> str:
    """Return why a movement is entered; no movement is without a reason."""
    cleaned = clean(reason)
    if not cleaned:
        raise InvalidError(msg("Say why."), field="reason")
    if len(cleaned) > _REASON_LETTERS:
        raise InvalidError(
            msg("A reason has at most {most} letters.", most=_REASON_LETTERS), field="reason"
        )
    return cleaned


def next_birthday(born: date, today: date) -> date:
    """Return when somebody's next birthday is, today included.

    Whoever was born on 29 February celebrates on the 28th where a year has no such day.
    """
    for year in (today.year, today.year + 1):
        try:
            day = born.replace(year=year)
        except ValueError:
            day = date(year, 2, 28)
        if day >= today:
            return day
    message = "a birthday comes every year"
    raise AssertionError(message)


def _name(name: str, most: int) -> str:
    cleaned = clean(name)
    if not cleaned:
        raise InvalidError(msg("A name is needed."), field="name")
    if len(cleaned) > most:
        raise InvalidError(msg("A name has at most {most} letters.", most=most), field="name")
    return cleaned
