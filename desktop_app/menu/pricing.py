"""Which price holds for a sale: the menu's own, or one of a price list. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from desktop_app.kernel.checks import check_line
from desktop_app.kernel.clock import VenueTime, as_date
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.text import clean, fold
from desktop_app.kernel.words import msg

DAY_MINUTES = 24 * 60
EVERY_DAY = (1 << 7) - 1


@dataclass(frozen=True, slots=True)
class Occasion:
    """How, where and when something is sold.

    `minute` is of the wall clock, `weekday` (Monday is 0) of the business day: a happy hour of
    Friday lasts until after midnight. `night` is the day before that of the calendar: hours that
    lie over midnight belong to the day on which they began, whenever the venue opens.
    """

    sale_type: str = ""
    table: str = ""
    weekday: int = 0
    minute: int = 0
    night: int | None = None

    @classmethod
    def at(
        cls, times: VenueTime, moment: datetime, sale_type: str = "", table: str = ""
    ) -> Occasion:
        """Return the occasion of a moment at a venue."""
        local = times.local(moment)
        day = as_date(times.business_date(moment))
        minute = local.hour * 60 + local.minute
        return cls(sale_type, table, day.weekday(), minute, (local.weekday() - 1) % 7)


@dataclass(frozen=True, slots=True)
class ListTerms:
    """When a price list holds by itself; where it says nothing, somebody has to choose it.

    `halls` are tables, or what their names begin with. `weekdays` has a bit for each day, Monday
    the lowest; 0 is every day. From and until are minutes of the day, and may lie over midnight;
    the same minute twice is the whole day.
    """

    sale_type: str = ""
    halls: tuple[str, ...] = ()
    weekdays: int = 0
    from_minute: int = 0
    until_minute: int = 0

    @property
    def say_something(self) -> bool:
        """Tell whether the list holds by itself."""
        return bool(
            self.sale_type or self.halls or self.weekdays or self.from_minute != self.until_minute
        )

    def hold(self, occasion: Occasion) -> bool:
        """Tell whether all that is said fits the occasion."""
        if self.sale_type and fold(self.sale_type) != fold(occasion.sale_type):
            return False
        if self.halls and not any(is_in_hall(occasion.table, hall) for hall in self.halls):
            return False
        if self.weekdays and not self.weekdays >> self._weekday(occasion) & 1:
            return False
        return self._in_hours(occasion.minute)

    def _weekday(self, occasion: Occasion) -> int:
        over_midnight = occasion.minute < self.until_minute < self.from_minute
        if over_midnight and occasion.night is not None:
            return occasion.night
        return occasion.weekday

    def _in_hours(self, minute: int) -> bool:
        first, end = self.from_minute, self.until_minute
        if first == end:
            return True
        return first <= minute < end if first < end else minute >= first or minute < end


def is_in_hall(table: str, hall: str) -> bool:
    """Tell whether a table is this one or its name begins so: “Terrace” has “Terrace 3”.

    Table 1 does not begin table 12.
    """
    name, start = fold(table).strip(), fold(hall).strip()
    if not start or not name.startswith(start):
        return False
    rest = name[len(start) :]
    return not rest or rest[0].isspace() or not rest[0].isalnum() or _differ(start[-1], rest[0])


def _differ(last: str, following: str) -> bool:
    return last.isdigit() != following.isdigit()


@dataclass(frozen=True, slots=True)
class ListCard:
    """A price list: its name, when it holds, and its place among the others."""

    id: int
    name: str
    terms: ListTerms = ListTerms()
    active: bool = True
    place: int = 0


@dataclass(frozen=True, slots=True)
class Priced:
    """A price and the list it is of; None for the menu's own."""

    price_minor: int
    list_id: int | None = None
    list_name: str = ""


@dataclass(frozen=True, slots=True)
class PriceBook:
    """Every price of a venue: the menu's by product and size, and those of lists beside them.

    `lists` are those in use, in the order in which they are asked.
    """

    menu: Mapping[tuple[int, str], int]
    lists: Sequence[ListCard] = ()
    own: Mapping[tuple[int, int, str], int] = field(default_factory=dict)

    def price(
        self, product_id: int, size: str, occasion: Occasion, list_id: int | None = None
    ) -> Priced | None:
        """Return what something costs on an occasion; None where there is no such size.

        A list that somebody chose (`list_id`) takes the place of those that hold by themselves. Of
        these the first one that has a price for it counts; else the menu's own holds.
        """
        usual = self.menu.get((product_id, size))
        if usual is None:
            return None
        for one in self.lists:
            chosen = one.id == list_id if list_id is not None else one.terms.say_something
            if not chosen or (list_id is None and not one.terms.hold(occasion)):
                continue
            price = self.own.get((one.id, product_id, size))
            if price is not None:
                return Priced(price, one.id, one.name)
        return Priced(usual)


def check_list_terms(terms: ListTerms) -> ListTerms:
    """Return terms as they are stored; InvalidError names the field that cannot be."""
    halls = tuple(dict.fromkeys(clean(one) for one in terms.halls if one.strip()))
    if len(", ".join(halls)) > 500:  # noqa: PLR2004 - the column's width
        raise InvalidError(msg("The tables have at most 500 letters."), field="halls")
    if any("," in one for one in halls):
        raise InvalidError(msg("Tables are separated by commas."), field="halls")
    sale_type = check_line(terms.sale_type, 64, "sale_type")
    if not 0 <= terms.weekdays <= EVERY_DAY:
        raise InvalidError(msg("These are no days of the week."), field="weekdays")
    for name, minute in (("from", terms.from_minute), ("until", terms.until_minute)):
        if not 0 <= minute < DAY_MINUTES:
            raise InvalidError(msg("A time of day is from 00:00 to 23:59."), field=name)
    days = 0 if terms.weekdays == EVERY_DAY else terms.weekdays
    return ListTerms(sale_type, halls, days, terms.from_minute, terms.until_minute)
