"""Card numbers in free text: found, so that they are never kept (PCI DSS 3.3.1, 3.5.1).

A card number is 13 to 19 digits of any script in card-like groups, with the check digit (Luhn),
the beginning and the length of a known scheme, and not part of a word, a phone number, an IBAN, a
UUID, a barcode or a date. Track data and security codes are found too. Fields with a type of their
own (barcode, order number) are not to be searched.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from desktop_app.exchange.card_schemes import is_of_scheme

_FEWEST, _MOST = 13, 19
_SEPARATORS = (
    " \t\u00a0\u2007\u2009\u202f.-/_\u00ad\u200b\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
)
_RUN = re.compile(rf"\d(?:[{re.escape(_SEPARATORS)}]{{0,3}}\d){{12,}}", re.ASCII)
_GROUP = re.compile(r"\d+", re.ASCII)
_TRACK = re.compile(
    r"%B(\d{13,19})\^[^?^\n]{2,30}\^\d{4}[^?\n]{0,80}\??|;(\d{13,19})=\d{4}\d{0,30}\??", re.ASCII
)
_CODE = re.compile(r"\b(?:cvv|cvc|cvn|cid|cvp)2?[ :=№#-]{0,3}(\d{3,4})\b", re.ASCII | re.IGNORECASE)
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{1,4}){3,8}\b")
_DATE = re.compile(
    r"(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2})(?!\d)"
)
_LABEL = re.compile(r"[^\W\d_]{3,}$")
_BY_FOUR = (4, 4, 4)
_OTHER_GROUPS = {
    (4, 6, 5),
    (4, 6, 4),
    (6, 4, 5),
    (4, 4, 5),
    (4, 5, 6),
    (6, 10),
    (6, 13),
    (4, 12),
    (8, 8),
}


@dataclass(frozen=True, slots=True)
class CardSpan:
    """Where a card's data stands in a text; `last4` is empty for a security code."""

    start: int
    end: int
    last4: str


def find_card_numbers(text: str) -> list[CardSpan]:
    """Return every card number, track and security code in a text, in order, never overlapping."""
    plain = _western_digits(text)
    if _digit_count(plain) < 3:  # noqa: PLR2004 - the shortest security code
        return []
    spans = [CardSpan(m.start(), m.end(), (m[1] or m[2])[-4:]) for m in _TRACK.finditer(plain)]
    spans += [CardSpan(m.start(1), m.end(1), "") for m in _CODE.finditer(plain)]
    if _digit_count(plain) >= _FEWEST:
        others = [m.span() for m in _UUID.finditer(plain)] + list(_ibans(plain))
        for run in _RUN.finditer(plain):
            spans += _in_run(plain, run.start(), run.end(), others)
    return _apart(spans)


def masked(text: str) -> str:
    """Return a text with every card number shown as `•••• 1234`."""
    pieces: list[str] = []
    end = 0
    for span in find_card_numbers(text):
        pieces += [text[end : span.start], f"•••• {span.last4}" if span.last4 else "•••"]
        end = span.end
    return "".join([*pieces, text[end:]])


def _digit_count(text: str) -> int:
    return sum(map(str.isdigit, text))


def _western_digits(text: str) -> str:
    """Return the text, as long as before, with the digits of every script as 0 to 9."""
    if text.isascii():
        return text
    return "".join(
        c if c.isascii() or (n := unicodedata.digit(c, -1)) < 0 else str(n) for c in text
    )


def _apart(spans: list[CardSpan]) -> list[CardSpan]:
    chosen: list[CardSpan] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if not chosen or span.start >= chosen[-1].end:
            chosen.append(span)
    return chosen


def _in_run(text: str, start: int, end: int, others: list[tuple[int, int]]) -> Iterator[CardSpan]:
    """Give the card numbers among the groups of one run of digits and separators."""
    groups = [(m.start(), m.end()) for m in _GROUP.finditer(text, start, end)]
    first = 0
    while first < len(groups):
        last = _card_from(text, groups, first, others)
        if last is None:
            first += 1
            continue
        begin, finish = groups[first][0], groups[last][1]
        yield CardSpan(begin, finish, "".join(filter(str.isdigit, text[begin:finish]))[-4:])
        first = last + 1


def _card_from(
    text: str, groups: list[tuple[int, int]], first: int, others: list[tuple[int, int]]
) -> int | None:
    digits = ""
    longest = None
    # Groups under four digits make a card number only as the whole of a short run.
    if groups[first][1] - groups[first][0] < _BY_FOUR[0] and (first or len(groups) > _MOST):
        return None
    for last in range(first, min(len(groups), first + _MOST)):
        begin, end = groups[last]
        digits += text[begin:end]
        if len(digits) > _MOST:
            break
        if len(digits) >= _FEWEST and is_of_scheme(digits) and luhn(digits):
            chosen = groups[first : last + 1]
            whole = first == 0 and last == len(groups) - 1
            if _card_like(text, chosen, whole=whole) and _alone(text, chosen, others):
                longest = last
    return longest


def _card_like(text: str, groups: list[tuple[int, int]], *, whole: bool) -> bool:
    sizes = tuple(end - begin for begin, end in groups)
    if len(sizes) == 1:
        return not _is_barcode(text[slice(*groups[0])])
    if sizes[:3] == _BY_FOUR and len(sizes) <= 5:  # noqa: PLR2004 - 4 4 4 4 3 is the longest
        return True
    if sizes in _OTHER_GROUPS:
        return True
    between = {text[a[1] : b[0]] for a, b in pairwise(groups)}
    return whole and len(between) == 1 and len(set(sizes[:-1])) == 1 and sizes[-1] <= sizes[0] + 1


def _alone(text: str, groups: list[tuple[int, int]], others: list[tuple[int, int]]) -> bool:
    begin, end = groups[0][0], groups[-1][1]
    if any(begin < stop and start < end for start, stop in others):
        return False
    if _DATE.match(text, begin, end) or (end < len(text) and text[end].isalpha()):
        return False
    before = text[max(begin - 12, 0) : begin]
    if before and (before[-1].isalpha() or before[-1] == "_") and not _LABEL.search(before):
        return False
    digits = sum(b - a for a, b in groups)
    return not (before.endswith("+") and digits <= 15)  # noqa: PLR2004 - E.164's longest


def _is_barcode(digits: str) -> bool:
    """Tell whether 13 digits are an EAN-13 (the 13-digit cards of Visa are long out of use)."""
    if len(digits) != 13:  # noqa: PLR2004 - EAN-13
        return False
    return (sum(map(int, digits[::2])) + 3 * sum(map(int, digits[1::2]))) % 10 == 0


def luhn(digits: str) -> bool:
    """Tell whether the last digit is the check digit of the others."""
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (doubled + sum(map(int, digits[-1::-2]))) % 10 == 0


def _ibans(text: str) -> Iterator[tuple[int, int]]:
    for match in _IBAN.finditer(text):
        plain = match[0].replace(" ", "")
        turned = "".join(str(int(c, 36)) for c in plain[4:] + plain[:4])
        if int(turned) % 97 == 1:
            yield match.span()
