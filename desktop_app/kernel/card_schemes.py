"""Beginnings and lengths of the card schemes' numbers (ISO/IEC 7812 IINs in use).

Maestro's lengths below 13 are left out on purpose: they catch order numbers and no card in use.
"""

from __future__ import annotations

_LONG = (16, 17, 18, 19)
_SCHEMES: tuple[tuple[str, tuple[tuple[str, str], ...], tuple[int, ...]], ...] = (
    ("Visa", (("4", "4"),), (13, 16, 19)),
    ("Mastercard", (("51", "55"), ("2221", "2720")), (16,)),
    ("American Express", (("34", "34"), ("37", "37")), (15,)),
    ("Discover", (("6011", "6011"), ("644", "649"), ("65", "65")), _LONG),
    ("Diners Club", (("300", "305"), ("3095", "3095"), ("36", "36"), ("38", "39")), (14, *_LONG)),
    ("JCB", (("3528", "3589"),), _LONG),
    ("UnionPay", (("62", "62"), ("81", "81")), _LONG),
    ("Mir, Borica", (("2200", "2205"),), _LONG),
    ("Troy", (("9792", "9792"),), (16,)),
    ("Maestro", (("50", "50"), ("56", "58"), ("63", "63"), ("67", "67")), _LONG),
    ("RuPay", (("60", "60"), ("82", "82"), ("353", "353"), ("356", "356"), ("508", "508")), (16,)),
    ("Humo, Uzcard, Elcart, Belkart, ArCa", (("9860", "9860"), ("8600", "8600")), (16,)),
    ("Elcart, Belkart, ArCa", (("9417", "9417"), ("9112", "9112"), ("9051", "9051")), (16,)),
    ("Verve", (("506099", "506198"), ("650002", "650027")), _LONG),
    ("Napas", (("9704", "9704"),), (16, 19)),
)
_BY_LENGTH = {
    length: tuple(
        (len(low), low, high)
        for _, ranges, lengths in _SCHEMES
        for low, high in ranges
        if length in lengths
    )
    for length in range(13, 20)
}


def is_of_scheme(digits: str) -> bool:
    """Tell whether a number begins like a card of a scheme that has cards of this length."""
    return any(low <= digits[:size] <= high for size, low, high in _BY_LENGTH.get(len(digits), ()))
