"""What looks like a card number and is something else: IBANs, UUIDs, phones, dates, barcodes.

Everything here is asked only about digits that have a scheme's beginning, a length and the check
digit already, and looks at the near neighbourhood only.
"""

from __future__ import annotations

import re

_NEAR = 48
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_HEX = re.compile(r"[0-9a-f]{20,}", re.IGNORECASE)
_IBAN = re.compile(r"(?<![^\W_])[A-Z]{2}[ -]?\d{2}", re.IGNORECASE)
_DATE = re.compile(
    r"(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2})(?!\d)"
)
_WORD_BEFORE = re.compile(r"[^\W\d_]{3,}$")
_PHONE_BEFORE = re.compile(r"(?:\+|(?<!\d)00)[ (-]{0,2}$")
_CARD_WORD = re.compile(
    r"(?<![^\W\d_])(?:kart|card|карт|visa|master|maestro|amex|american|troy|мир|cvv|cvc|pan\b)",
    re.IGNORECASE,
)
_NUMBER_OF = re.compile(
    r"(?<![^\W\d_])(?:ean|gtin|upc|sku|barkodu?|barcode|штрих-?код|rrn|stan|imei|iban|"
    r"(?:fis[ck]al|фискальн\w*|mali|receipt|check|order|invoice|qəbz|çek|sifariş|qaimə|чек|заказ|"
    r"накладная|fiş|makbuz|sipariş|fatura|terminal|tid|serial|seriya)"
    r"[ -]?(?:no|nr|nömrəsi|nömrə|numarası|номер|number|id|kodu?|code|sənəd|[№#]))"
    r"[ .:=№#-]{0,4}$",
    re.IGNORECASE,
)
_E164_LONGEST = 15
_EAN = (13, 14)
_IBAN_LENGTHS = {
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22,
    "BI": 27, "BR": 29, "BY": 28, "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DJ": 27,
    "DK": 18, "DO": 28, "EE": 20, "EG": 29, "ES": 24, "FI": 18, "FK": 18, "FO": 18, "FR": 27,
    "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28, "HN": 28, "HR": 21, "HU": 28,
    "IE": 22, "IL": 23, "IQ": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28,
    "LC": 32, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "LY": 25, "MC": 27, "MD": 24, "ME": 22,
    "MK": 19, "MN": 20, "MR": 27, "MT": 31, "MU": 30, "NI": 28, "NL": 18, "NO": 15, "OM": 23,
    "PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22, "RU": 33, "SA": 24,
    "SC": 31, "SD": 18, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "SO": 23, "ST": 25, "SV": 28,
    "TL": 23, "TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20, "YE": 30,
}  # fmt: skip
"""Length by country (SWIFT's IBAN registry)."""


def something_else(text: str, begin: int, end: int, digits: str, *, grouped: bool) -> bool:
    """Tell whether what stands between `begin` and `end` has another meaning than a card."""
    before = text[max(begin - _NEAR, 0) : begin]
    if _is_part_of_word(text, before, end, grouped=grouped):
        return True
    if _PHONE_BEFORE.search(before) and len(digits) <= _E164_LONGEST:
        return True
    if _DATE.match(text, begin, end) or _in_uuid(text, begin, end) or _in_iban(text, begin, end):
        return True
    return not grouped and _is_named_number(text, before, end, digits)


def _is_part_of_word(text: str, before: str, end: int, *, grouped: bool) -> bool:
    # `4242 4242 4242 4242nömrəli` is a card; `4242424242424242a` is a token.
    if not grouped and end < len(text) and (text[end].isalpha() or text[end] == "_"):
        return True
    return bool(
        before and (before[-1].isalpha() or before[-1] == "_") and not _WORD_BEFORE.search(before)
    )


def _is_named_number(text: str, before: str, end: int, digits: str) -> bool:
    """Tell whether digits say what they are by their shape or the words before them.

    Where the words near by speak of cards, they are a card.
    """
    if not (len(digits) in _EAN and is_gtin(digits)) and not _NUMBER_OF.search(before):
        return False
    return not _CARD_WORD.search(before + "\n" + text[end : end + _NEAR])


def is_gtin(digits: str) -> bool:
    """Tell whether the last digit is the check digit of a GS1 number (EAN-13, GTIN-14)."""
    body = digits[-2::-1]
    weighed = 3 * sum(map(int, body[::2])) + sum(map(int, body[1::2])) + int(digits[-1])
    return weighed % 10 == 0


def _in_uuid(text: str, begin: int, end: int) -> bool:
    start = max(begin - _NEAR, 0)
    near = text[start : end + _NEAR]
    inside = (begin - start, end - start)
    if any(m.start() < inside[1] and inside[0] < m.end() for m in _UUID.finditer(near)):
        return True
    return any(
        m.start() <= inside[0] and inside[1] <= m.end() and not m[0].isdigit()
        for m in _HEX.finditer(near)
    )


def _in_iban(text: str, begin: int, end: int) -> bool:
    start = max(begin - _NEAR, 0)
    for match in _IBAN.finditer(text[start : begin + 2]):
        stop = _iban_end(text, start + match.start())
        if stop > begin and start + match.start() < end:
            return True
    return False


def _iban_end(text: str, start: int) -> int:
    """Return where the IBAN that begins here ends; 0 where there is none."""
    length = _IBAN_LENGTHS.get(text[start : start + 2].upper(), 0)
    plain: list[str] = []
    for place in range(start, min(start + 2 * length, len(text))):
        character = text[place]
        if character.isascii() and character.isalnum():
            plain.append(character)
            if len(plain) == length:
                turned = "".join(str(int(c, 36)) for c in plain[4:] + plain[:4])
                return place + 1 if int(turned) % 97 == 1 else 0
        elif character not in " -":
            return 0
    return 0
