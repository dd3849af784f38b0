"""Card numbers in free text: found, so that they are never kept (PCI DSS 3.3.1, 3.5.1).

A card number is 13 to 19 digits of any script in card-like groups, with the check digit (Luhn),
the beginning and the length of a known scheme, and not part of a word, a phone number, an IBAN, a
UUID, a barcode or a date. Track data and security codes are found too. Fields with a type of their
own (barcode, order number) are not to be searched. Searching takes time in proportion to the
text, whatever it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from desktop_app.kernel.card_schemes import is_of_scheme
from desktop_app.kernel.card_shapes import something_else
from desktop_app.kernel.digits import ODD_DIGITS, western

_FEWEST, _MOST = 13, 19
_PLAIN_SEPARATORS = " \t.-/_\u00b7"
_SEPARATORS = _PLAIN_SEPARATORS + ",:;|*\\\u2022\r\n"
_MAYBE = re.compile(rf"[\d{ODD_DIGITS}](?:[\W_]{{0,3}}[\d{ODD_DIGITS}]){{12}}")
_RUN = re.compile(rf"\d(?:[{re.escape(_SEPARATORS)}]{{0,3}}\d){{12,}}", re.ASCII)
_GROUP = re.compile(r"\d+", re.ASCII)
_TRACK = re.compile(
    r"(?:%?B)(\d{13,19})\^[^?^\n]{2,30}\^\d{4}[^?\n^]{0,80}\??"
    r"|;?(?<!\d)(\d{13,19})[=D]\d{7,30}F?\??",
    re.ASCII,
)
_CODE = re.compile(
    r"(?<![^\W\d_])(?:cvv|cvc|cvn|[сц]в[вц])[12]?"
    r"(?:[ -]?(?:kodu?|code|код|nömrəsi|numarası|номер|number|no))?"
    r"[ :=№#.(\"'-]{0,4}([0-9]{3,4})(?![0-9])",
    re.IGNORECASE,
)
_CODE_OF_CARD = re.compile(
    r"(?<![^\W\d_])(?:csc|cid|cvp|cav|təhlükəsizlik kodu|arxa(?:dakı|sındakı)? kod|güvenlik kodu|"
    r"doğrulama kodu|код безопасности|проверочный код|security code|"
    r"verification (?:code|value|number))[12]?(?: карты)?"
    r"[ :=№#.(\"'-]{0,4}([0-9]{3,4})(?![0-9])",
    re.IGNORECASE,
)
_CARD_WORD = re.compile(
    r"(?<![^\W\d_])(?:kart|card|карт|visa|master|maestro|amex|troy|мир)", re.IGNORECASE
)
_CODE_WORD = re.compile("cv|cid|csc|cav|kod|cod|код|verif|св|цв")
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
    (8, 11),
}
_BETWEEN = "\0a\0"
"""What joins texts so that no number and no word reaches from one into the next."""


@dataclass(frozen=True, slots=True)
class CardSpan:
    """Where a card's data stands in a text; `last4` is empty for a security code."""

    start: int
    end: int
    last4: str

    @property
    def masked(self) -> str:
        """Return what may be shown and kept in its place."""
        return f"•••• {self.last4}" if self.last4 else "•••"


def may_hold_card_data(text: str) -> bool:
    """Tell quickly whether searching a text is worth while; False is certain."""
    return _MAYBE.search(text) is not None or _may_hold_code(text)


def any_may_hold_card_data(texts: Iterable[str]) -> bool:
    """Tell quickly whether any of many texts is worth searching."""
    return may_hold_card_data(_BETWEEN.join(texts))


def find_card_numbers(text: str) -> list[CardSpan]:
    """Return every card number, track and security code in a text, in order, never overlapping."""
    long = _MAYBE.search(text) is not None
    if not long and not _may_hold_code(text):
        return []
    plain = western(text)
    spans = [CardSpan(m.start(1), m.end(1), "") for m in _codes(plain)]
    if long:
        spans += [CardSpan(m.start(), m.end(), (m[1] or m[2])[-4:]) for m in _TRACK.finditer(plain)]
        for run in _RUN.finditer(plain):
            spans += _in_run(plain, run.start(), run.end())
    return _apart(spans)


def masked(text: str) -> str:
    """Return a text with every card number shown as `•••• 1234`."""
    spans = find_card_numbers(text)
    if not spans:
        return text
    pieces: list[str] = []
    end = 0
    for span in spans:
        pieces += [text[end : span.start], span.masked]
        end = span.end
    return "".join([*pieces, text[end:]])


def luhn(digits: str) -> bool:
    """Tell whether the last digit is the check digit of the others."""
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (doubled + sum(map(int, digits[-1::-2]))) % 10 == 0


def _may_hold_code(text: str) -> bool:
    return _CODE_WORD.search(text.casefold()) is not None


def _codes(plain: str) -> Iterator[re.Match[str]]:
    yield from _CODE.finditer(plain)
    if _CARD_WORD.search(plain):
        yield from _CODE_OF_CARD.finditer(plain)


def _apart(spans: list[CardSpan]) -> list[CardSpan]:
    chosen: list[CardSpan] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if not chosen or span.start >= chosen[-1].end:
            chosen.append(span)
    return chosen


def _in_run(text: str, start: int, end: int) -> Iterator[CardSpan]:
    """Give the card numbers among the groups of one run of digits and separators."""
    groups = [(m.start(), m.end()) for m in _GROUP.finditer(text, start, end)]
    first = 0
    while first < len(groups):
        last = _card_from(text, groups, first)
        if last is None:
            first += 1
            continue
        begin, finish = groups[first][0], groups[last][1]
        yield CardSpan(begin, finish, "".join(filter(str.isdigit, text[begin:finish]))[-4:])
        first = last + 1


def _card_from(text: str, groups: list[tuple[int, int]], first: int) -> int | None:
    digits = ""
    longest = None
    # Groups under four digits make a card number only as the whole of a short run.
    if groups[first][1] - groups[first][0] < _BY_FOUR[0] and (first or len(groups) > _MOST):
        return None
    for last in range(first, min(len(groups), first + _MOST)):
        begin, end = groups[last]
        if len(digits) + end - begin > _MOST:
            break
        digits += text[begin:end]
        if len(digits) >= _FEWEST and is_of_scheme(digits) and luhn(digits):
            chosen = groups[first : last + 1]
            whole = first == 0 and last == len(groups) - 1
            if _card_like(text, chosen, whole=whole) and not something_else(
                text, chosen[0][0], end, digits, grouped=len(chosen) > 1
            ):
                longest = last
    return longest


def _card_like(text: str, groups: list[tuple[int, int]], *, whole: bool) -> bool:
    sizes = tuple(end - begin for begin, end in groups)
    if len(sizes) == 1:
        return True
    if sizes[:3] == _BY_FOUR and len(sizes) <= 5:  # noqa: PLR2004 - 4 4 4 4 3 is the longest
        return True
    if sizes in _OTHER_GROUPS:
        return True
    between = {text[a[1] : b[0]] for a, b in pairwise(groups)}
    if not whole or len(between) > 1 or between.isdisjoint(_ALIKE):
        return False
    return len(set(sizes[:-1])) == 1 and sizes[-1] <= sizes[0] + 1


_ALIKE = frozenset({*_PLAIN_SEPARATORS, "  ", " - "})
