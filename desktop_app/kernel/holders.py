"""Who holds a right, and the one sentence that says why something is not available."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from desktop_app.kernel.access import Permission, Role
from desktop_app.kernel.permissions import permission_text
from desktop_app.kernel.words import Message, msg


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who can sign in and holds the right that was asked about."""

    name: str
    role: str
    title: Message

    @property
    def shown(self) -> Message:
        """Return the person with their role: `Aysel (Owner)`."""
        return msg("{name} ({role})", name=self.name, role=self.title)


WhoMay: TypeAlias = Callable[[Permission], Sequence[Holder]]


def in_order(holders: Iterable[Holder]) -> list[Holder]:
    """Return holders as they are named: owners first, then by name."""
    return sorted(holders, key=lambda one: (one.role != Role.OWNER, one.name.casefold()))


def ask_whom(holders: Sequence[Holder]) -> Message:
    """Return whom to ask; at most three people are named."""
    named = [one.shown for one in holders[:3]]
    if not named:
        return msg("Ask the owner.")
    if len(named) == 1:
        return msg("Ask {first}.", first=named[0])
    if len(named) == 2:  # noqa: PLR2004 - two people
        return msg("Ask {first} or {second}.", first=named[0], second=named[1])
    first, second, third = named
    return msg("Ask {first}, {second} or {third}.", first=first, second=second, third=third)


def why_not(permission: Permission, holders: Sequence[Holder]) -> Message:
    """Return which right is needed, in words, and who could give a hand."""
    return msg(
        "Needs the right “{right}”. {ask}",
        right=permission_text(permission),
        ask=ask_whom(holders),
    )
