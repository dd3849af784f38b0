"""New keys in words, for both shells: what was locked anew, how much, how fast, what is owed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop_app.access.key_records import NewKeys
from desktop_app.kernel.words import Message, msg

_MB = 1_000_000
DOMAINS: Mapping[str, Message] = {
    "ops": msg("Sales"),
    "people": msg("Customers"),
    "office": msg("Office"),
    "trail": msg("Audit trail"),
}


def domain_words(name: str) -> Message:
    """Return what people call a domain (or `trail`)."""
    return DOMAINS.get(name, msg("{name}", name=name))


def new_keys_words(keys: NewKeys) -> Sequence[Message]:
    """Return what is said after a right was taken away; nothing where nothing was lost."""
    said = [
        msg(
            "{domain} was locked anew: key {old} → {new} ({size} MB, {seconds} s).",
            domain=domain_words(one.domain),
            old=one.old,
            new=one.new,
            size=f"{one.size / _MB:.1f}",
            seconds=f"{one.seconds:.1f}",
        )
        if one.size
        else msg(
            "{domain} was locked anew: key {old} → {new}.",
            domain=domain_words(one.domain),
            old=one.old,
            new=one.new,
        )
        for one in keys.keys
    ]
    said.extend(
        msg(
            "{domain} could not be locked anew yet: an old copy of the key file still opens it."
            " Run “clopos-desk keys lock-anew”.",
            domain=domain_words(name),
        )
        for name in keys.owed
    )
    if keys.trouble is not None:
        said.append(keys.trouble)
    return said
