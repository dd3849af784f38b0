"""Money, numbers and dates as people of a language write them. Pure; without a locale database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from desktop_app.kernel import quantity as quantities
from desktop_app.kernel.money import decimals, major

_NO_BREAK = "\u00a0"
_MINUS = "\u2212"
_SYMBOLS = {
    "AZN": "₼",
    "EUR": "€",
    "GBP": "£",
    "GEL": "₾",
    "KZT": "₸",
    "RUB": "₽",
    "TRY": "₺",
    "UAH": "₴",
    "USD": "$",
}
_MONTHS = {
    "az": "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr",
    "en": "January February March April May June July August September October November December",
    "ru": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
}


@dataclass(frozen=True, slots=True)
class _Habits:
    point: str
    group: str
    symbol_first: bool


_HABITS = {
    "az": _Habits(",", ".", symbol_first=False),
    "en": _Habits(".", ",", symbol_first=True),
    "ru": _Habits(",", _NO_BREAK, symbol_first=False),
    "tr": _Habits(",", ".", symbol_first=True),
}


def _habits(language: str) -> _Habits:
    return _HABITS.get(language, _HABITS["en"])


def number(value: int, language: str) -> str:
    """Return a whole number: `12.480` in Azerbaijani, `12,480` in English."""
    grouped = f"{abs(value):,}".replace(",", _habits(language).group)
    return f"{_MINUS}{grouped}" if value < 0 else grouped


def amount(minor: int, currency: str, language: str) -> str:
    """Return minor units without the currency: `4.812,40`, `4,812.40`."""
    places = decimals(currency)
    whole, part = divmod(abs(minor), 10**places)
    habits = _habits(language)
    text = f"{whole:,}".replace(",", habits.group)
    if places:
        text += f"{habits.point}{part:0{places}d}"
    return f"{_MINUS}{text}" if minor < 0 else text


def bare(minor: int, currency: str, language: str) -> str:
    """Return minor units as people type them into a field: `4812,40` in Azerbaijani."""
    return pointed(major(minor, currency), language)


def pointed(digits: str, language: str) -> str:
    """Return digits that have a point with the decimal sign of a language: `9,45`."""
    return digits.replace(".", _habits(language).point)


def symbol(currency: str) -> str:
    """Return the sign of a currency, or its code where it has none we know."""
    return _SYMBOLS.get(currency, currency)


def money(minor: int, currency: str, language: str) -> str:
    """Return minor units with the currency: `4.812,40 ₼` (az), `₼4,812.40` (en)."""
    text = amount(abs(minor), currency, language)
    sign = symbol(currency)
    if not _habits(language).symbol_first:
        text = f"{text}{_NO_BREAK}{sign}"
    elif len(sign) > 1:
        text = f"{sign}{_NO_BREAK}{text}"
    else:
        text = f"{sign}{text}"
    return f"{_MINUS}{text}" if minor < 0 else text


def quantity(thousandths: int, language: str) -> str:
    """Return a quantity: 1500 thousandths are `1,5` in Azerbaijani."""
    text = quantities.plain(abs(thousandths)).replace(".", _habits(language).point)
    return f"{_MINUS}{text}" if thousandths < 0 else text


def percent(hundredths: int, language: str) -> str:
    """Return hundredths of a percent: 1250 are `12,5 %` in Azerbaijani and `12.5%` in English."""
    text = quantity(hundredths * 10, language)
    return f"{text}%" if _habits(language).symbol_first else f"{text}{_NO_BREAK}%"


def share(hundredths: int, language: str) -> str:
    """Return a percentage of a column of them, always with one decimal, so that points align."""
    whole, tenth = divmod(round(abs(hundredths), -1) // 10, 10)
    minus = _MINUS if hundredths < 0 and (whole or tenth) else ""
    text = f"{minus}{whole}{_habits(language).point}{tenth}"
    return f"{text}%" if _habits(language).symbol_first else f"{text}{_NO_BREAK}%"


def month(number_: int, language: str) -> str:
    """Return the name of a month, 1 to 12."""
    return _MONTHS.get(language, _MONTHS["en"]).split()[number_ - 1]


def day(value: date, language: str) -> str:
    """Return a day: `23.11.2026`, in English `23 Nov 2026`."""
    if language in ("az", "ru", "tr"):
        return f"{value.day:02d}.{value.month:02d}.{value.year:04d}"
    return f"{value.day} {month(value.month, language)[:3]} {value.year}"


def clock(value: datetime) -> str:
    """Return the time of day: `15:45`."""
    return f"{value.hour:02d}:{value.minute:02d}"


def moment(value: datetime, language: str) -> str:
    """Return a day and a time as they stand in `value` (convert to the venue's time before)."""
    return f"{day(value, language)}, {clock(value)}"
