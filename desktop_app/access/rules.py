"""What a role amounts to, in the words of the trade: pure decisions about rights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from desktop_app.kernel.access import Limit, Permission
from desktop_app.kernel.errors import ConflictError, InvalidError, NotFoundError
from desktop_app.kernel.permissions import ABOUT, Area, Enforced, Risk
from desktop_app.kernel.roles import RoleFacts
from desktop_app.kernel.words import Message, msg

LARGEST_LIMIT = 10**12


@dataclass(frozen=True, slots=True)
class Compared:
    """How one role differs from another."""

    more: tuple[Permission, ...]
    less: tuple[Permission, ...]

    def __bool__(self) -> bool:
        """Tell whether there is any difference."""
        return bool(self.more or self.less)


def compared(role: frozenset[Permission], other: frozenset[Permission]) -> Compared:
    """Return what `role` allows and `other` does not, and the other way round."""
    return Compared(tuple(sorted(role - other)), tuple(sorted(other - role)))


def by_area(permissions: Iterable[Permission]) -> Mapping[Area, Sequence[Permission]]:
    """Return rights under the parts of the work they belong to, in the order shown."""
    found: dict[Area, list[Permission]] = {area: [] for area in Area}
    for permission in sorted(set(permissions) - {Permission.ANYONE}):
        found[ABOUT[permission].area].append(permission)
    return {area: held for area, held in found.items() if held}


def greatest_risk(permissions: Iterable[Permission]) -> Risk:
    """Return the risk of the most harmful of these rights."""
    return max((ABOUT[permission].risk for permission in permissions), default=Risk.NONE)


SEALED_PARTS: tuple[tuple[Message, frozenset[Permission]], ...] = (
    (
        msg("customers"),
        frozenset(p for p in Permission if p.value.startswith(("customers:", "privacy:"))),
    ),
    (msg("salaries"), frozenset({Permission.SALARIES_READ, Permission.SALARIES_EDIT})),
    (msg("the audit trail"), frozenset({Permission.AUDIT_READ, Permission.AUDIT_EXPORT})),
)
"""What is sealed by keys, and the rights that open it."""


def sealed_from(permissions: frozenset[Permission]) -> list[Message]:
    """Return the sealed parts of the data that holders of these rights cannot open."""
    return [name for name, rights in SEALED_PARTS if not permissions & rights]


def sealed_to(permissions: frozenset[Permission]) -> list[Message]:
    """Return the sealed parts of the data that holders of these rights can open."""
    return [name for name, rights in SEALED_PARTS if permissions & rights]


def enforced_by(permissions: Iterable[Permission], *, server: bool = False) -> set[Enforced]:
    """Return the ways in which these rights are kept from those who lack them."""
    return {ABOUT[permission].enforced_on(server=server) for permission in permissions}


def found_role(roles: Sequence[RoleFacts], wanted: str) -> RoleFacts:
    """Return the role of an id or a name, whatever its case; NotFoundError where there is none.

    ConflictError where several have the name.
    """
    by_id = next((role for role in roles if role.id == wanted), None)
    if by_id is not None:
        return by_id
    named = [role for role in roles if role.name.casefold() == wanted.strip().casefold()]
    match named:
        case [role]:
            return role
        case []:
            raise NotFoundError(
                msg("There is no role “{role}”.", role=wanted),
                hint=msg("“clopos-desk roles list” names them."),
            )
        case _:
            raise ConflictError(
                msg("Several roles are called “{role}”.", role=wanted),
                hint=msg("Name it by its id: “clopos-desk roles list” shows them."),
            )


def found_permission(wanted: str) -> Permission:
    """Return the right that is written `area:action`; InvalidError where there is none."""
    try:
        return Permission(wanted.strip().casefold())
    except ValueError:
        raise InvalidError(
            msg("There is no right “{right}”.", right=wanted),
            field="right",
            hint=msg("“clopos-desk access rights” names the rights you have."),
        ) from None


def found_limit(wanted: str) -> tuple[Limit, int | None]:
    """Return the limit written as `refund_minor=2000`, or `=none` for no limit of its own.

    InvalidError where it is neither.
    """
    name, _, number = wanted.partition("=")
    known = {limit.value: limit for limit in Limit}
    limit = known.get(name.strip().casefold())
    digits = number.strip().casefold()
    if limit is not None and digits == "none":
        return limit, None
    if limit is None or not (digits.isascii() and digits.isdigit()):
        raise InvalidError(
            msg("“{text}” is not a limit.", text=wanted),
            field="limits",
            hint=msg("Write a name and a whole number: {names}.", names=_limit_names()),
        )
    if int(digits) > LARGEST_LIMIT or (limit is Limit.DISCOUNT_PERCENT and int(digits) > 100):  # noqa: PLR2004 - percent
        raise InvalidError(msg("The limit “{text}” is too large.", text=wanted), field="limits")
    return limit, int(digits)


def _limit_names() -> str:
    return ", ".join(f"{limit.value}=10" for limit in Limit)
