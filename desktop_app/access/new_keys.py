"""New keys in words, for both shells: what was locked anew, how much, how fast, what is owed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop_app.access.key_records import NewKeys
from desktop_app.kernel.access import Role
from desktop_app.kernel.words import Message, msg
from desktop_app.vault.unlocked import Unlocked

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
    said.extend(_owed(keys.owed))
    if keys.trouble is not None:
        said.append(keys.trouble)
    return said


def owed_words(unlocked: Unlocked) -> Sequence[Message]:
    """Return what an owner hears at sign-in about data that are still to be locked anew."""
    return _owed(sorted(unlocked.owed.names)) if unlocked.role == Role.OWNER else ()


def _owed(names: Sequence[str]) -> list[Message]:
    return [
        msg(
            "{domain} could not be locked anew yet: an old copy of the key file still opens it."
            " Run “clopos-desk keys lock-anew”.",
            domain=domain_words(name),
        )
        for name in names
    ]


def new_keys_summary(keys: NewKeys) -> Message | None:
    """Return one sentence: “Sales, Customers were locked anew (95 MB, 1.4 s).” None for nothing."""
    done = [one for one in keys.keys if one.size]
    if not done:
        return None
    names = [domain_words(one.domain) for one in done]
    size = f"{sum(one.size for one in done) / _MB:.1f}"
    seconds = f"{sum(one.seconds for one in done):.1f}"
    match names:
        case [only]:
            return msg(
                "{a} was locked anew ({size} MB, {seconds} s).", a=only, size=size, seconds=seconds
            )
        case [first, second]:
            return msg(
                "{a} and {b} were locked anew ({size} MB, {seconds} s).",
                a=first, b=second, size=size, seconds=seconds,
            )  # fmt: skip
        case _:
            return msg(
                "All data were locked anew ({size} MB, {seconds} s).", size=size, seconds=seconds
            )
