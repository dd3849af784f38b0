"""Reading amounts as people type them: with a comma or a point, with blanks between groups."""

from __future__ import annotations

from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.money import minor
from desktop_app.kernel.quantity import plain, thousandths
from desktop_app.kernel.words import Message, msg

_LONGEST = 40


def typed_money(text: str, currency: str, field: str, *, empty: int | None = None) -> int:
    """Return an amount typed into a field as minor units; `empty` stands for nothing typed."""
    cleaned = _cleaned(text, field)
    if not cleaned and empty is not None:
        return empty
    try:
        return minor(cleaned, currency)
    except InvalidError as error:
        raise _beside(error, cleaned, msg("Write an amount."), field) from None


def typed_quantity(text: str, field: str, *, empty: int | None = None) -> int:
    """Return a quantity typed into a field as thousandths; `empty` stands for nothing typed."""
    cleaned = _cleaned(text, field)
    if not cleaned and empty is not None:
        return empty
    try:
        return thousandths(cleaned)
    except InvalidError as error:
        raise _beside(error, cleaned, msg("Write a quantity."), field) from None


def typed_percent(text: str, field: str) -> int:
    """Return per cent typed into a field as hundredths of one; nothing typed is nothing."""
    found = typed_quantity(text.replace("%", ""), field, empty=0)
    if found % 10:
        raise InvalidError(msg("A tax has at most two decimals."), field=field)
    return found // 10


def percent_text(basis_points: int) -> str:
    """Return hundredths of a per cent as they are typed; nothing for nothing."""
    return plain(basis_points * 10) if basis_points else ""


def _cleaned(text: str, field: str) -> str:
    if len(text) > _LONGEST:
        raise InvalidError(msg("This is too long for a number."), field=field)
    return "".join(text.split()).replace(",", ".").replace("\u2212", "-")


def _beside(error: InvalidError, typed: str, empty: Message, field: str) -> InvalidError:
    message = error.message if typed else empty
    return InvalidError(message, field=field, hint=error.hint)
