"""What was chosen at the table: choices of a product by their names. Pure.

A receipt keeps what was chosen as a text (“Garlic sauce, 2 x Cheese”), as other programs give it;
here it is read and written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.text import fold
from desktop_app.kernel.words import msg
from desktop_app.menu.records import ChoiceForm, ChoiceGroup

_SEVERAL = re.compile(r"^(\d{1,2})\s*[x×]\s+(?=\S)|^(\d{1,2})\s*[x×](?=\S)", re.IGNORECASE)
_AFTER = re.compile(r"\s+[x×]\s?(\d{1,2})$", re.IGNORECASE)
_ENDS = ",;|\n"
_MOST_COMMAS = 4
Chosen = Mapping[tuple[int, int], int]
"""How often each choice was made, by its group and place in it."""


def said(names: Iterable[str]) -> str:
    """Return choices as a receipt says them."""
    counts = Counter(" ".join(name.split()) for name in names)
    return ", ".join(name if times == 1 else f"{times} x {name}" for name, times in counts.items())


def of_group(group: str, name: str) -> str:
    """Return a choice with the group it is of, where its name alone could be of another."""
    return f"{group}: {name}"


def spoken(groups: Sequence[ChoiceGroup]) -> Mapping[tuple[int, int], str]:
    """Return what each choice of a product is called, by its group and place from 0 on.

    That is its name; with its group where another group of the product has the same.
    """
    groups_of: Counter[str] = Counter(
        name for group in groups for name in {_folded(one.name) for one in group.choices}
    )
    return {
        (group.id, at): one.name
        if groups_of[_folded(one.name)] == 1
        else of_group(group.name, one.name)
        for group in groups
        for at, one in enumerate(group.choices)
    }


def _folded(name: str) -> str:
    return fold(" ".join(name.split()))


def pick(groups: Sequence[ChoiceGroup], names: Sequence[str]) -> Sequence[ChoiceForm]:
    """Return the choices of these names, in their order, from what a product offers.

    Each is called as `spoken` calls it; a name that two groups have means the first.
    InvalidError where one is not offered, or where a group gets fewer or more than it wants.
    """
    called = spoken(groups)
    offered: dict[str, tuple[ChoiceGroup, ChoiceForm]] = {}
    for group in groups:
        for at, choice in enumerate(group.choices):
            told = (group, replace(choice, name=called[group.id, at]))
            offered.setdefault(_folded(choice.name), told)
            offered.setdefault(_folded(of_group(group.name, choice.name)), told)
    found: list[ChoiceForm] = []
    times: Counter[int] = Counter()
    for name in names:
        known = offered.get(_folded(name))
        if known is None:
            raise InvalidError(
                msg("“{name}” is not offered with it.", name=name),
                field="choices",
                hint=msg("Its choices are in its card."),
            )
        times[known[0].id] += 1
        found.append(known[1])
    for group in groups:
        if not group.min_select <= times[group.id] <= group.max_select:
            raise InvalidError(
                msg(
                    "“{name}”: from {least} to {most} are chosen.",
                    name=group.name, least=group.min_select, most=group.max_select,
                ),
                field="choices",
            )  # fmt: skip
    return found


def read_said(text: str, known: Mapping[str, tuple[int, int]]) -> Chosen:
    """Return which of the `known` choices (by folded name) a receipt's text names, and how often.

    Names may have commas inside: the longest one that fits counts. What is not known is passed
    over, as it takes nothing.
    """
    found: Counter[tuple[int, int]] = Counter()
    for name, times in _said_names(text, known):
        place = known.get(name)
        if place is not None:
            found[place] += times
    return found


def _said_names(text: str, known: Mapping[str, object]) -> Iterator[tuple[str, int]]:
    pieces = [piece for piece in re.split(f"[{_ENDS}]", text) if piece.strip()]
    start = 0
    while start < len(pieces):
        for end in range(min(start + _MOST_COMMAS, len(pieces)), start, -1):
            name, times = _counted(",".join(pieces[start:end]), known)
            if name in known or end == start + 1:
                yield name, times
                start = end
                break


def _counted(text: str, known: Mapping[str, object]) -> tuple[str, int]:
    tidy = fold(" ".join(text.split()))
    if tidy in known:
        return tidy, 1
    before, after = _SEVERAL.match(tidy), _AFTER.search(tidy)
    if before:
        return tidy[before.end() :], int(before.group(1) or before.group(2))
    if after:
        return tidy[: after.start()], int(after.group(1))
    return tidy, 1
