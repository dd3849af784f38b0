"""Phone numbers as people write them, in the one form that can be compared (E.164)."""

from __future__ import annotations

from dataclasses import dataclass

import phonenumbers

_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone number; where `possible` is false, as it was written."""

    value: str
    possible: bool


def read_phone(text: str, country: str) -> Phone:
    """Return the number a text means, seen from `country` (`AZ`).

    A spreadsheet's leading apostrophe, `00` for `+`, a missing `+` before the country's own code
    and a missing trunk zero are understood.
    """
    written = " ".join(text.strip().lstrip("'’").split())
    if len(written) <= _LONGEST:
        for candidate in _candidates(written, country):
            number = _parsed(candidate, country)
            if number is not None and phonenumbers.is_possible_number(number):
                e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
                return Phone(e164, possible=True)
    return Phone(written[:_LONGEST], possible=False)


def _candidates(written: str, country: str) -> list[str]:
    digits = "".join(c for c in written if c.isdecimal())
    if written.startswith("+"):
        return [written]
    if digits.startswith("00"):
        return [f"+{digits[2:]}"]
    code = str(phonenumbers.country_code_for_region(country))
    ours = [f"+{digits}"] if code != "0" and digits.startswith(code) else []
    return [written, *ours]


def _parsed(text: str, country: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
