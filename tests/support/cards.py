"""Made-up card numbers of 13 brands, 7 ways to write them, and what restaurants write instead."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable

from desktop_app.kernel.card_shapes import is_gtin
from desktop_app.kernel.cards import luhn

BRANDS = {
    "Visa": (("4",), (16, 19)),
    "Mastercard": (("51", "52", "53", "54", "55", "2221", "2500", "2720"), (16,)),
    "American Express": (("34", "37"), (15,)),
    "Discover": (("6011", "644", "649", "65"), (16, 19)),
    "Diners Club": (("300", "305", "3095", "36", "38", "39"), (14, 16)),
    "JCB": (("3528", "3566", "3589"), (16, 19)),
    "UnionPay": (("62", "81"), (16, 17, 18, 19)),
    "Mir": (("2200", "2202", "2204"), (16, 17, 18, 19)),
    "Troy": (("9792", "65"), (16,)),
    "Maestro": (("50", "56", "58", "6304", "67"), (16, 18, 19)),
    "RuPay": (("60", "82", "508"), (16,)),
    "Humo and Uzcard": (("9860", "8600", "5614"), (16,)),
    "Elcart, Belkart, ArCa": (("9417", "9112", "9051"), (16,)),
}
_NOTES = (
    "{}", "kart {}", "Qeyd: {} nömrəli kartla ödədi", "карта {}, спасибо", "({})", "Visa: {};",
    "12 nəfər, saat 19:30, kart {} 09/28",
)  # fmt: skip


def _by_four(number: str, between: str) -> str:
    sizes = {14: (4, 6, 4), 15: (4, 6, 5)}.get(len(number), (4, 4, 4, 4, 3)[: -(-len(number) // 4)])
    groups, start = [], 0
    for size in sizes:
        groups.append(number[start : start + size])
        start += size
    if start < len(number):
        groups[-1] += number[start:]
    return between.join(groups)


def _arabic(number: str) -> str:
    return "".join(chr(0x660 + int(digit)) for digit in number)


WRITINGS: dict[str, Callable[[str], str]] = {
    "together": str,
    "spaces": lambda number: _by_four(number, " "),
    "no-break spaces": lambda number: _by_four(number, "\u00a0"),
    "hyphens": lambda number: _by_four(number, "-"),
    "dashes with spaces": lambda number: _by_four(number, " \u2013 "),
    "dots": lambda number: _by_four(number, "."),
    "Arabic digits": lambda number: _by_four(_arabic(number), " "),
}


def with_check_digit(body: str) -> str:
    """Return the digits with the one that makes them pass Luhn."""
    return next(f"{body}{c}" for c in "0123456789" if luhn(f"{body}{c}"))


def _digits(chance: random.Random, count: int) -> str:
    return "".join(chance.choices("0123456789", k=count))


def card_note(chance: random.Random) -> tuple[str, str, str, str]:
    """Return a brand, a way of writing, a number and a note with it."""
    brand = chance.choice(list(BRANDS))
    starts, lengths = BRANDS[brand]
    start, length = chance.choice(starts), chance.choice(lengths)
    number = with_check_digit(start + _digits(chance, length - len(start) - 1))
    way = chance.choice(list(WRITINGS))
    return brand, way, number, chance.choice(_NOTES).format(WRITINGS[way](number))


def _iban(chance: random.Random, country: str, letters: str, digits: int) -> str:
    body = letters + _digits(chance, digits)
    turned = "".join(str(int(c, 36)) for c in f"{body}{country}00")
    plain = f"{country}{98 - int(turned) % 97:02}{body}"
    if chance.random() < 0.5:
        return " ".join(plain[i : i + 4] for i in range(0, len(plain), 4))
    return plain


def _gtin(chance: random.Random, length: int) -> str:
    body = _digits(chance, length - 1)
    return next(f"{body}{c}" for c in "0123456789" if is_gtin(f"{body}{c}"))


def _phone(chance: random.Random) -> str:
    own = f"{chance.choice(('50', '51', '55', '70', '77', '99'))}"
    a, b, c = _digits(chance, 3), _digits(chance, 2), _digits(chance, 2)
    return chance.choice((
        f"+994 {own} {a} {b} {c}", f"+994{own}{a}{b}{c}", f"0{own} {a} {b} {c}",
        f"00994 {own} {a}-{b}-{c}", f"(0{own}) {a}-{b}-{c}", f"+49 30 {_digits(chance, 8)}",
        f"+7 9{_digits(chance, 2)} {a}-{b}-{c}", f"+49{_digits(chance, 11)}",
        f"0{own}{a}{b}{c}, 0{own} {b}{c} {a}",
    ))  # fmt: skip


def _moment(chance: random.Random) -> str:
    day, month = chance.randint(1, 28), chance.randint(1, 12)
    hour, minute, second = chance.randint(0, 23), chance.randint(0, 59), chance.randint(0, 59)
    year = chance.randint(2015, 2035)
    return chance.choice((
        f"{year}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}.{_digits(chance, 3)}",
        f"{year}{month:02}{day:02}{hour:02}{minute:02}{second:02}",
        f"{year}{month:02}{day:02}{hour:02}{minute:02}{second:02}{_digits(chance, 3)}",
        f"{day:02}.{month:02}.{year} {hour:02}.{minute:02}.{second:02}",
        f"{day:02}/{month:02}/{year}-{day + 1:02}/{month:02}/{year} {hour:02}:{minute:02}",
    ))  # fmt: skip


def _price(chance: random.Random) -> str:
    return f"{chance.randint(0, 99)}.{_digits(chance, 2)}"


def _fiscal(chance: random.Random) -> str:
    letters = "".join(
        chance.choices("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz0123456789", k=12)
    )
    return f"Fiskal ID: {letters}"


NO_CARDS: dict[str, Callable[[random.Random], str]] = {
    "phones": _phone,
    "moments": _moment,
    "epoch milliseconds": lambda c: str(c.randint(1_400_000_000_000, 2_000_000_000_000)),
    "order numbers": lambda c: f"sifariş {_digits(c, 12)}",
    "RRN": lambda c: f"RRN {_digits(c, 12)} təsdiq {_digits(c, 6)}",
    "IBAN of Azerbaijan": lambda c: f"hesab {_iban(c, 'AZ', 'NABZ', 20)}",
    "IBAN of Germany": lambda c: _iban(c, "DE", "", 18),
    "EAN-13": lambda c: f"barkod {_gtin(c, 13)}",
    "GTIN-14": lambda c: _gtin(c, 14),
    "UUID": lambda c: str(uuid.UUID(int=c.getrandbits(128), version=4)),
    "hashes": lambda c: f"{c.getrandbits(256):064x}",
    "prices": lambda c: " ".join(_price(c) for _ in range(c.randint(3, 9))),
    "masked cards": lambda c: f"kart {_digits(c, 4)} {_digits(c, 2)}** **** {_digits(c, 4)}",
    "fiscal ids": _fiscal,
    "receipt numbers": lambda c: f"çek № {_digits(c, 16)}",
    "tables and guests": lambda c: (
        f"masa {c.randint(1, 40)}, {c.randint(1, 12)} nəfər, "
        f"{c.randint(10, 23)}:{c.choice(('00', '15', '30'))}, tel {_phone(c)}"
    ),
    "tax ids": lambda c: f"VÖEN {_digits(c, 10)}, müqavilə {_digits(c, 5)}/{_digits(c, 4)}",
}
"""What notes of a restaurant hold instead of cards: 17 kinds."""
TYPED: dict[str, Callable[[random.Random], str]] = {
    "16-digit ids": lambda c: _digits(c, 16),
    "18-digit ids": lambda c: _digits(c, 18),
    "rows of digits": lambda c: " ".join(_digits(c, 16)),
}
"""What nobody can tell from cards by looks: it belongs into columns with a type of their own."""
