"""How quantities, prices and states of the stock are written and read."""

from __future__ import annotations

from datetime import date

from desktop_app.gui.format import day, money, pointed, quantity
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets.badge import Mood
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.money import minor
from desktop_app.kernel.quantity import thousandths
from desktop_app.kernel.words import msg
from desktop_app.menu.kinds import UNIT_TITLES, WHOLE_TITLES, Unit
from desktop_app.menu.rules import rounded
from desktop_app.stock.kinds import PAPERS, CountState, PaperKind
from desktop_app.stock.records import CountRow, PaperRow, StockRow
from desktop_app.stock.rules import check_quantity

DASH = "–"
_FIGURE, _POINT = "\u2007", "\u2008"
"""Blanks as wide as a figure and as a point."""
_DECIMALS = 3
_LONGEST = 40


def amount_of(much: int, unit: Unit) -> str:
    """Return a quantity without its unit, in kilograms, litres or pieces.

    To the gram, the millilitre, or a thousandth of a piece; exact below one gram.
    """
    part = unit.whole // 1000
    rest = abs(much) % unit.whole
    if part > 1 and 0 < abs(much) < part:
        digits = f"0.{rest:06d}".rstrip("0")
        return ("\u2212" if much < 0 else "") + pointed(digits, language())
    return quantity(rounded(much, part), language())


def lined_up(much: int, unit: Unit) -> str:
    """Return the same for a column: with room for three decimals, so that points stand in line."""
    text = amount_of(much, unit)
    whole, point, decimals = text.partition(pointed(".", language()))
    if len(decimals) > _DECIMALS:
        return text
    room = _FIGURE * (_DECIMALS - len(decimals))
    return text + room if point else whole + _POINT + room


def unit_of(unit: Unit) -> str:
    """Return in what a column says a quantity: kg, l or pcs."""
    return say(UNIT_TITLES[unit] if unit is Unit.PIECE else WHOLE_TITLES[unit])


def much_of(much: int, unit: Unit) -> str:
    """Return a quantity in kilograms, litres or pieces."""
    if unit is Unit.PIECE:
        return tr("{n} pcs", n=amount_of(much, unit))
    return f"{amount_of(much, unit)} {say(WHOLE_TITLES[unit])}"


def money_of(value: int | None, currency: str) -> str:
    """Return an amount, or a dash where there is none or it is not for everybody."""
    return DASH if value is None else money(value, currency, language())


def day_of(when: date | None) -> str:
    """Return a day, or a dash."""
    return DASH if when is None else day(when, language())


def typed_much(text: str, unit: Unit, field: str = "quantity") -> int:
    """Return a quantity that was typed in kilograms, litres or pieces."""
    cleaned = _cleaned(text, field)
    if not cleaned:
        raise InvalidError(msg("Write a quantity."), field=field)
    try:
        return thousandths(cleaned) * (unit.whole // 1000)
    except InvalidError as error:
        raise InvalidError(error.message, field=field) from None


def quantity_typed(text: str, field: str = "quantity") -> int:
    """Return thousandths of whatever was counted, above nothing."""
    cleaned = _cleaned(text, field)
    if not cleaned:
        raise InvalidError(msg("Write a quantity."), field=field)
    try:
        return check_quantity(thousandths(cleaned), field=field)
    except InvalidError as error:
        raise InvalidError(error.message, field=field) from None


def typed_money(text: str, currency: str, field: str = "amount") -> int:
    """Return an amount that was typed."""
    cleaned = _cleaned(text, field)
    if not cleaned:
        raise InvalidError(msg("Write an amount."), field=field)
    try:
        return minor(cleaned, currency)
    except InvalidError as error:
        raise InvalidError(error.message, field=field) from None


def typed_share(text: str, field: str) -> int:
    """Return per cent that were typed as hundredths of one; nothing for nothing."""
    cleaned = _cleaned(text.replace("%", ""), field)
    found = thousandths(cleaned) if cleaned else 0
    if found % 10:
        raise InvalidError(msg("Per cent have at most two decimals."), field=field)
    return found // 10


def _cleaned(text: str, field: str) -> str:
    if len(text) > _LONGEST:
        raise InvalidError(msg("This is too long for a number."), field=field)
    return "".join(text.split()).replace(",", ".").replace("\u2212", "-")


def stock_mood(row: StockRow) -> Mood:
    """Return the badge of a product's stock."""
    if row.is_negative:
        return Mood(tr("Below nothing"), "bad", "triangle-alert")
    if row.is_low:
        return Mood(tr("Running out"), "warn", "circle-alert")
    if row.quantity == 0:
        return Mood(tr("None"), "mute")
    return Mood(tr("In stock"), "ok", "check")


def paper_mood(row: PaperRow) -> Mood:
    """Return the badge of a paper."""
    if row.reversed_by is not None:
        return Mood(tr("Taken back"), "mute", "rotate-ccw")
    if row.reverses_id is not None:
        return Mood(tr("Takes back"), "mute", "rotate-ccw")
    if row.unpaid_minor:
        return Mood(tr("Not paid"), "warn", "hourglass")
    if row.kind is PaperKind.SUPPLY and row.unpaid_minor == 0:
        return Mood(tr("Paid"), "ok", "check")
    return Mood(tr("Posted"), "ok", "check")


def count_mood(row: CountRow) -> Mood:
    """Return the badge of a stock-take."""
    match row.state:
        case CountState.WAITING:
            return Mood(tr("Waits for approval"), "warn", "hourglass")
        case CountState.APPROVED:
            return Mood(tr("Approved"), "ok", "check")
        case CountState.REFUSED:
            return Mood(tr("Refused"), "mute", "x")


def paper_name(row: PaperRow) -> str:
    """Return what a paper is called."""
    return f"{say(PAPERS[row.kind])} {row.serial}"
