"""What decisions and flags of a review are called."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.kernel.access import Domain
from desktop_app.kernel.words import Message, msg
from desktop_app.reviews.records import Decision, Flag, PersonAccess

DECISIONS: Mapping[Decision, Message] = {
    Decision.KEEP: msg("Keep"),
    Decision.CHANGE: msg("Change"),
    Decision.REMOVE: msg("Remove"),
}
FLAGS: Mapping[Flag, Message] = {
    Flag.LEAVER: msg("Does not work here any more"),
    Flag.NEVER: msg("Has never signed in"),
    Flag.SHARED_PIN: msg("Somebody else has the same PIN"),
    Flag.UNUSED: msg("Has not signed in for 90 days"),
    Flag.UNUSED_RIGHTS: msg("Rights not used for 90 days"),
}
_DOMAINS: Mapping[Domain, Message] = {
    Domain.OPS: msg("Operations"),
    Domain.PEOPLE: msg("Customers"),
    Domain.OFFICE: msg("Salaries and reviews"),
}


def opens(person: PersonAccess) -> list[Message]:
    """Return what a person holds keys to, in words."""
    found = [words for domain, words in _DOMAINS.items() if domain in person.domains]
    return [*found, msg("Audit trail")] if person.reads_trail else found


def flag_words(person: PersonAccess) -> list[Message]:
    """Return why a person deserves a second look, in words."""
    return [words for flag, words in FLAGS.items() if flag in person.flags]
