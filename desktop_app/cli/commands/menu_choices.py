"""Groups of choices: added, and changed as they are."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.cli.call import Call, Desk
from desktop_app.cli.commands.quantities import unit_typed
from desktop_app.cli.output import Answer
from desktop_app.cli.values import row_id
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.money import minor
from desktop_app.kernel.words import msg
from desktop_app.menu.groups import save_choices
from desktop_app.menu.kinds import check_unit
from desktop_app.menu.operations import get_product, list_choices
from desktop_app.menu.records import ChoiceForm, ChoiceGroup

_NONE = ChoiceGroup(0, "?", 0, 1, ())


def add(call: Call, desk: Desk) -> Answer:
    """Add a group of choices."""
    options = call.options
    found = _choices(desk, options.choices or ())
    least, most = options.least or 0, 1 if options.most is None else options.most
    follows = options.follow_size == "yes"
    number = desk.do(save_choices, None, options.name, (least, most), found, follows_size=follows)
    return Answer({"id": str(number)}, [msg("Written down.")])


def edit(call: Call, desk: Desk) -> Answer:
    """Change a group of choices; what is not named stays."""
    options = call.options
    known = {one.id: one for one in desk.do(list_choices)}
    group = known.get(options.id, _NONE)  # what is not there is refused by the operation
    found = group.choices if options.choices is None else _choices(desk, options.choices)
    least = group.min_select if options.least is None else options.least
    most = group.max_select if options.most is None else options.most
    follows = group.follows_size if options.follow_size is None else options.follow_size == "yes"
    name = group.name if options.name is None else options.name
    desk.do(
        save_choices, options.id, name, (least, most), found, follows_size=follows,
        version=group.version,
    )  # fmt: skip
    return Answer({"id": str(options.id)}, [msg("Written down.")])


def _choices(desk: Desk, texts: Sequence[str]) -> Sequence[ChoiceForm]:
    return [_choice(desk, text) for text in texts]


def _choice(desk: Desk, text: str) -> ChoiceForm:
    """Return a choice as it was typed: `Cheese=0.50:123:20g`, or the name alone."""
    name, _, rest = text.partition("=")
    price, _, taken = rest.partition(":")
    cost = minor(price, desk.venue.currency) if price else 0
    if not taken:
        return ChoiceForm(name, cost)
    number, _, much = taken.partition(":")
    if not much:
        raise InvalidError(
            msg("“{text}” is not a choice.", text=text),
            field="choice",
            hint=msg("Write its name, price and what it takes: Cheese=0.50:123:20g."),
        )
    quantity = unit_typed(much)
    form = desk.do(get_product, row_id(number)).form
    check_unit(form.name, form.unit, quantity.unit, "choice")
    return ChoiceForm(name, cost, row_id(number), quantity.quantity)
