"""What rights, roles and keys are called where people give them to each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from desktop_app.access.key_records import NewKeys
from desktop_app.access.new_keys import new_keys_summary, new_keys_words
from desktop_app.access.rules import sealed_from, sealed_to
from desktop_app.gui.format import money
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.tokens import Role as Ink
from desktop_app.kernel.access import Domain, Limit, Permission, domains_of, reads_trail
from desktop_app.kernel.permissions import ENFORCED_TITLES, Enforced, Risk, permission_text
from desktop_app.kernel.words import Message, msg

TRAIL = "trail"
_NAMED = 6
_KEYS: Mapping[str, Message] = {
    Domain.OPS.value: msg("daily work"),
    Domain.PEOPLE.value: msg("customers"),
    Domain.OFFICE.value: msg("salaries"),
    TRAIL: msg("the audit trail"),
}
RISKS: Mapping[Risk, Message] = {
    Risk.NONE: msg("no risk"),
    Risk.SOME: msg("some risk"),
    Risk.MUCH: msg("much risk"),
    Risk.GREAT: msg("great risk"),
}
ENFORCED_ICONS: Mapping[Enforced, tuple[str, Ink]] = {
    Enforced.SEALED: ("lock", "ok"),
    Enforced.SIGNED: ("badge-check", "info"),
    Enforced.SERVER: ("shield-check", "info"),
    Enforced.APP: ("monitor", "text3"),
}


def enforced_text(enforced: Enforced) -> str:
    """Return how a right is kept from those who lack it."""
    return say(ENFORCED_TITLES[enforced])


def opens_text(permissions: frozenset[Permission]) -> str:
    """Return what people with these rights can open, and what stays shut."""
    found = [tr("daily work"), *(say(part) for part in sealed_to(permissions))]
    shut = [say(part) for part in sealed_from(permissions)]
    if not shut:
        return tr("Can open: {parts}. Nothing stays shut.", parts=", ".join(found))
    return tr("Can open: {parts}. Stays shut: {shut}.", parts=", ".join(found),
              shut=", ".join(shut))  # fmt: skip


def keys_lost(before: frozenset[Permission], after: frozenset[Permission]) -> list[str]:
    """Return the names of the keys that somebody would no longer hold."""
    lost = [domain.value for domain in domains_of(before) - domains_of(after)]
    if reads_trail(before) and not reads_trail(after):
        lost.append(TRAIL)
    return sorted(lost)


def keys_held(permissions: frozenset[Permission]) -> list[str]:
    """Return the names of the keys that people with these rights hold."""
    trail = [TRAIL] if reads_trail(permissions) else []
    return sorted(domain.value for domain in domains_of(permissions)) + trail


def keys_text(names: Iterable[str]) -> str:
    """Return keys by what they open."""
    return ", ".join(say(_KEYS[name]) if name in _KEYS else name for name in names)


def rotation_text(names: Collection[str]) -> str:
    """Return what will be locked anew; nothing where no key is lost."""
    if not names:
        return tr("No key has to be made anew.")
    return tr(
        "New keys will be made for: {parts}. An old copy of the key file then opens nothing new.",
        parts=keys_text(names),
    )


def rotated_text(keys: NewKeys) -> str:
    """Return what was locked anew, or what hindered it; nothing where there was nothing to do."""
    if keys.owed:
        return " ".join(say(said) for said in new_keys_words(keys))
    summary = new_keys_summary(keys)
    return say(summary) if summary is not None else ""


def difference_text(more: Sequence[Permission], less: Sequence[Permission]) -> str:
    """Return what a role allows more and less than another one."""
    parts = []
    if more:
        parts.append(tr("More: {rights}.", rights=_some(more)))
    if less:
        parts.append(tr("Less: {rights}.", rights=_some(less)))
    return " ".join(parts) or tr("The same rights.")


def _some(rights: Sequence[Permission]) -> str:
    named = ", ".join(say(permission_text(right)) for right in rights[:_NAMED])
    left = len(rights) - _NAMED
    return named if left <= 0 else tr("{rights} and {n} more", rights=named, n=left)


def limits_text(limits: Mapping[Limit, int], currency: str) -> str:
    """Return up to which numbers somebody acts alone."""
    if not limits:
        return tr("No limits of their own")
    return " · ".join(_limit_text(limit, limits[limit], currency) for limit in sorted(limits))


def _limit_text(limit: Limit, number: int, currency: str) -> str:
    match limit:
        case Limit.DISCOUNT_PERCENT:
            return tr("discounts up to {number} %", number=number)
        case Limit.EXPORT_ROWS:
            return tr("exports up to {number} rows", number=number)
        case Limit.REFUND_MINOR:
            return tr("refunds up to {amount}", amount=money(number, currency, language()))
