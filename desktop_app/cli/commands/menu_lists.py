"""Price lists, sizes, stations, choices and photos of the menu."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from desktop_app.cli.call import Call, Desk
from desktop_app.cli.commands.menu import part_of
from desktop_app.cli.new_file import new_file
from desktop_app.cli.output import Answer, Column, Table
from desktop_app.exchange.pictures import set_photo
from desktop_app.kernel.errors import InvalidError, NotFoundError
from desktop_app.kernel.quantity import plain, thousandths
from desktop_app.kernel.words import msg
from desktop_app.menu.editing import change_product
from desktop_app.menu.groups import add_station, remove_choices, remove_station, rename_station
from desktop_app.menu.operations import get_product, list_choices, list_stations
from desktop_app.menu.photos import get_photo, remove_photo
from desktop_app.menu.price_lists import (
    add_price_list,
    change_price_list,
    order_price_lists,
    price_for,
    remove_price_list,
    show_price_lists,
)
from desktop_app.menu.pricing import EVERY_DAY, ListCard, ListTerms
from desktop_app.menu.sizes import SizeCard
from desktop_app.menu.sizing import offer_size, remove_size, rename_size

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DONE = msg("Written down.")


def price_lists(call: Call, desk: Desk) -> Answer:
    """List the price lists in the order in which they are asked."""
    found = desk.do(show_price_lists)
    rows = [
        {
            "id": str(one.id),
            "name": one.name,
            "active": one.active,
            "sale_type": one.terms.sale_type,
            "tables": list(one.terms.halls),
            "days": _days_said(one.terms.weekdays),
            "hours": _hours_said(one.terms),
        }
        for one in found
    ]
    table = Table(
        [
            Column(msg("Id"), right=True), Column(msg("Price list")), Column(msg("In use")),
            Column(msg("Type of sale")), Column(msg("Which tables")), Column(msg("Days")),
            Column(msg("Hours")),
        ],
        [
            [
                str(one.id), one.name, call.yes(one.active), one.terms.sale_type,
                ", ".join(one.terms.halls), ",".join(_days_said(one.terms.weekdays)),
                _hours_said(one.terms),
            ]
            for one in found
        ],
    )  # fmt: skip
    return Answer({"rows": rows, "next": None}, [table])


def add_list(call: Call, desk: Desk) -> Answer:
    """Add a price list."""
    number = desk.do(add_price_list, call.options.name, _terms(call, ListTerms()))
    return Answer({"id": str(number)}, [_DONE])


def edit_list(call: Call, desk: Desk) -> Answer:
    """Change what is named of a price list."""
    wanted, one = call.options, _list(desk, call.options.id)
    active = one.active if wanted.active is None else wanted.active == "yes"
    desk.do(
        change_price_list, one.id, wanted.name or one.name, _terms(call, one.terms), active=active
    )
    return Answer({"id": str(one.id)}, [_DONE])


def order_lists(call: Call, desk: Desk) -> Answer:
    """Say in which order price lists are asked."""
    desk.do(order_price_lists, call.options.ids)
    return Answer({"ids": [str(one) for one in call.options.ids]}, [_DONE])


def remove_list(call: Call, desk: Desk) -> Answer:
    """Remove a price list."""
    desk.do(remove_price_list, call.options.id)
    return Answer({"id": str(call.options.id)}, [_DONE])


def price(call: Call, desk: Desk) -> Answer:
    """Tell what one of a product costs."""
    wanted = call.options
    found = desk.do(
        price_for, wanted.id, wanted.variant, sale_type=wanted.sale_type, table=wanted.table,
        list_id=wanted.list_id, chosen=wanted.choice,
    )  # fmt: skip
    return Answer(
        {
            "id": str(wanted.id),
            "price": desk.plain(found.unit_minor),
            "of_choices": desk.plain(found.choices_minor),
            "price_list": found.list_name,
            "currency": desk.venue.currency,
        },
        [
            msg("{price} ({where})", price=desk.money(found.unit_minor), where=found.list_name)
            if found.list_name
            else msg("{price} (the menu's own price)", price=desk.money(found.unit_minor))
        ],
    )


def _list(desk: Desk, list_id: int) -> ListCard:
    for one in desk.do(show_price_lists):
        if one.id == list_id:
            return one
    raise NotFoundError(msg("There is no price list {number}.", number=list_id))


def _terms(call: Call, terms: ListTerms) -> ListTerms:
    wanted = call.options
    if wanted.sale_type is not None:
        terms = replace(terms, sale_type=wanted.sale_type)
    if wanted.tables is not None:
        halls = tuple(one.strip() for one in wanted.tables.split(",") if one.strip())
        terms = replace(terms, halls=halls)
    if wanted.days is not None:
        terms = replace(terms, weekdays=_days(wanted.days))
    if wanted.hours is not None:
        first, until = _hours(wanted.hours)
        terms = replace(terms, from_minute=first, until_minute=until)
    return terms


def _days(text: str) -> int:
    names = [one.strip().casefold() for one in text.split(",") if one.strip()]
    if any(one not in _DAYS for one in names):
        raise InvalidError(
            msg("“{text}” names no days of the week.", text=text[:60]),
            field="days",
            hint=msg("Write them like mon,fri; nothing is every day."),
        )
    return sum(1 << _DAYS.index(one) for one in dict.fromkeys(names))


def _days_said(weekdays: int) -> list[str]:
    return [one for at, one in enumerate(_DAYS) if (weekdays or EVERY_DAY) >> at & 1]


def _hours(text: str) -> tuple[int, int]:
    if not text:
        return 0, 0
    first, _, until = text.partition("-")
    return _minute(first, text), _minute(until, text)


def _minute(text: str, whole: str) -> int:
    hour, _, minute = text.strip().partition(":")
    digits = hour + minute
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 4):  # noqa: PLR2004 - hhmm
        raise InvalidError(
            msg("“{text}” is no time from and until.", text=whole[:60]),
            field="hours",
            hint=msg("Write it like 17:00-19:00."),
        )
    return int(hour or 0) * 60 + int(minute or 0)


def _hours_said(terms: ListTerms) -> str:
    if terms.from_minute == terms.until_minute:
        return ""
    return "-".join(
        f"{minute // 60:02d}:{minute % 60:02d}"
        for minute in (terms.from_minute, terms.until_minute)
    )


# --- sizes


def size_set(call: Call, desk: Desk) -> Answer:
    """Say what a size takes."""
    wanted = call.options
    card = desk.do(get_product, wanted.id)
    sizes = {size.name: size for size in card.form.sizes}
    size = sizes.get(wanted.size, SizeCard(wanted.size))
    if wanted.factor is not None:
        size = replace(size, factor=thousandths(wanted.factor))
    if wanted.part or wanted.empty:
        size = replace(size, own=tuple(part_of(desk, one) for one in wanted.part or ()))
    sizes[wanted.size] = size
    form = replace(card.form, sizes=tuple(sizes.values()))
    version = desk.do(change_product, card.id, card.version, form)
    return Answer(
        {"id": str(card.id), "version": version, "size": size.name, "factor": plain(size.factor)},
        [_DONE],
    )


def size_rename(call: Call, desk: Desk) -> Answer:
    """Give a size another name."""
    desk.do(rename_size, call.options.id, call.options.size, call.options.name)
    return Answer({"id": str(call.options.id), "size": call.options.name}, [_DONE])


def size_offer(call: Call, desk: Desk) -> Answer:
    """Put a size away, or sell it again."""
    wanted = call.options
    desk.do(offer_size, wanted.id, wanted.size, offered=wanted.sold == "yes")
    return Answer({"id": str(wanted.id), "size": wanted.size, "sold": wanted.sold}, [_DONE])


def size_remove(call: Call, desk: Desk) -> Answer:
    """Remove a size."""
    desk.do(remove_size, call.options.id, call.options.size)
    return Answer({"id": str(call.options.id), "size": call.options.size}, [_DONE])


# --- stations and choices


def stations(_: Call, desk: Desk) -> Answer:
    """List the stations."""
    found = desk.do(list_stations)
    return Answer(
        {"rows": [{"id": str(one.id), "name": one.name} for one in found], "next": None},
        [
            Table(
                [Column(msg("Id"), right=True), Column(msg("Station"))],
                [[str(one.id), one.name] for one in found],
            )
        ],
    )


def station_add(call: Call, desk: Desk) -> Answer:
    """Add a station."""
    return Answer({"id": str(desk.do(add_station, call.options.name))}, [_DONE])


def station_rename(call: Call, desk: Desk) -> Answer:
    """Give a station another name."""
    desk.do(rename_station, call.options.id, call.options.name)
    return Answer({"id": str(call.options.id)}, [_DONE])


def station_remove(call: Call, desk: Desk) -> Answer:
    """Remove a station."""
    desk.do(remove_station, call.options.id)
    return Answer({"id": str(call.options.id)}, [_DONE])


def choices(call: Call, desk: Desk) -> Answer:
    """List the groups of choices."""
    found = desk.do(list_choices)
    rows = [
        {
            "id": str(group.id),
            "name": group.name,
            "least": group.min_select,
            "most": group.max_select,
            "follows_size": group.follows_size,
            "choices": [
                {
                    "name": one.name,
                    "price": desk.plain(one.price_minor),
                    "takes_id": None if one.ingredient_id is None else str(one.ingredient_id),
                    "quantity": plain(one.quantity),
                }
                for one in group.choices
            ],
        }
        for group in found
    ]
    table = Table(
        [
            Column(msg("Id"), right=True), Column(msg("Name")), Column(msg("Choices")),
            Column(msg("At least"), right=True), Column(msg("At most"), right=True),
        ],
        [
            [
                str(one.id), one.name, ", ".join(each.name for each in one.choices),
                call.number(one.min_select), call.number(one.max_select),
            ]
            for one in found
        ],
    )  # fmt: skip
    return Answer({"rows": rows, "next": None}, [table])


def choices_remove(call: Call, desk: Desk) -> Answer:
    """Remove a group of choices."""
    desk.do(remove_choices, call.options.id)
    return Answer({"id": str(call.options.id)}, [_DONE])


# --- photos


def photo_set(call: Call, desk: Desk) -> Answer:
    """Give a product its photo."""
    desk.do(set_photo, call.options.id, Path(call.options.file))
    return Answer({"id": str(call.options.id)}, [_DONE])


def photo_remove(call: Call, desk: Desk) -> Answer:
    """Remove the photo of a product."""
    desk.do(remove_photo, call.options.id)
    return Answer({"id": str(call.options.id)}, [_DONE])


def photo_save(call: Call, desk: Desk) -> Answer:
    """Save the photo of a product as a JPEG."""
    content = desk.do(get_photo, call.options.id)
    if content is None:
        raise NotFoundError(msg("It has no photo."))
    with new_file(Path(call.options.file)) as file:
        file.write(content)
    return Answer(
        {"id": str(call.options.id), "file": str(call.options.file), "bytes": len(content)},
        [_DONE],
    )
