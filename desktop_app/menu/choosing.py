"""What was chosen at the table: choices of a product by their names. Pure.

A receipt keeps what was chosen as a text (“Garlic sauce, 2 x Cheese”), as other programs give it;
here it is read and written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

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


def pick(groups: Sequence[ChoiceGroup], names: Sequence[str]) -> Sequence[ChoiceForm]:
    """Return the choices of these names, in their order, from what a product offers.

    InvalidError where one is not offered, or where a group gets fewer or more than it wants.
    """
    offered = {
        fold(choice.name): (group, choice)
        for group in reversed(groups)
        for choice in reversed(group.choices)
    }
    found: list[ChoiceForm] = []
    times: Counter[int] = Counter()
    for name in names:
        known = offered.get(fold(" ".join(name.split())))
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
