"""What one person may give to another, and take from another: the rules nobody stands above.

The operations ask here with the rights the door knows; the key file asks again, while it is being
changed, with the rights that the signed list says at that moment.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeAlias

from desktop_app.kernel.access import Actor, Limit, Role
from desktop_app.kernel.errors import ConflictError, InvalidError, NotAllowedError
from desktop_app.kernel.permissions import permission_text
from desktop_app.kernel.roles import RoleFacts
from desktop_app.kernel.words import Message, msg

Venues: TypeAlias = Collection[int] | None
"""The only venues somebody may see; None for all."""

LIMIT_TITLES: Mapping[Limit, Message] = {
    Limit.DISCOUNT_PERCENT: msg("Discount, in percent"),
    Limit.EXPORT_ROWS: msg("Export, in rows"),
    Limit.REFUND_MINOR: msg("Refund, in the smallest coin"),
}


def check_gift(giver: Actor, role: RoleFacts, venues: Venues = None) -> None:
    """Raise NotAllowedError where a role, at these venues, holds more than the giver does.

    InvalidError for an owner who would not see every venue: owners hold every key.
    """
    check_role_gift(giver, role)
    if role.id == Role.OWNER and venues is not None:
        raise InvalidError(msg("An owner sees every venue."), field="venues")
    if giver.venues is not None and (venues is None or not giver.venues.issuperset(venues)):
        raise NotAllowedError(
            msg("You can give only the venues that you see yourself."),
            hint=msg("Ask somebody who sees all of them."),
        )


def check_role_gift(giver: Actor, role: RoleFacts) -> None:
    """Raise NotAllowedError where a role allows, or allows up to, more than the giver's own."""
    lacking = sorted(role.permissions - giver.permissions)
    if lacking:
        raise NotAllowedError(
            msg("You cannot give a right that you do not have: “{right}”.",
                right=permission_text(lacking[0])),
            hint=msg("Ask somebody who has it."),
        )  # fmt: skip
    above = [limit for limit in Limit if _is_above(role.limits.get(limit), giver.limit(limit))]
    if above:
        raise NotAllowedError(
            msg("A limit cannot be above your own: “{limit}”.", limit=LIMIT_TITLES[above[0]]),
            hint=msg("Yours is {number}.", number=giver.limit(above[0])),
        )


def check_not_self(giver: Actor, user_id: str) -> None:
    """Raise ConflictError where somebody would change their own rights."""
    if giver.user_id == user_id:
        raise ConflictError(msg("Nobody changes their own rights: another owner has to."))


def check_not_own_role(giver: Actor, role_id: str) -> None:
    """Raise ConflictError where somebody would change the role they have themselves."""
    if giver.role == role_id:
        raise ConflictError(
            msg("This is your own role: nobody changes their own rights."),
            hint=msg("Another owner has to."),
        )


def check_owner_stays(owners: Collection[str], user_id: str, role_id: str | None) -> None:
    """Raise ConflictError where the last of the owners (ids) would get another role, or none."""
    if role_id != Role.OWNER and set(owners) == {user_id}:
        raise ConflictError(
            msg("The last owner stays: without one nobody could let anybody in."),
            hint=msg("Make somebody else an owner first."),
        )


def _is_above(wanted: int | None, own: int | None) -> bool:
    return own is not None and (wanted is None or wanted > own)
