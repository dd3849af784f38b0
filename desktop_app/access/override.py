"""Manager override: somebody starts what they may not do, a manager at the same desk finishes it.

The manager's key signs who started what, why and when; it is used for that one signature. The deed
runs once, in the session of whoever started it, with its keys: what needs a key that this session
does not hold cannot be lent.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from desktop_app.access import statements
from desktop_app.access.arguments import encoded
from desktop_app.access.confirming import PASSWORD, PIN
from desktop_app.access.four_eyes import roster_of
from desktop_app.db.operation import Arguments, Operation
from desktop_app.db.passing import Pass
from desktop_app.db.store import Store
from desktop_app.kernel.access import TRAIL_KEY, Actor, Limit, domains_of
from desktop_app.kernel.card_words import refuse_cards
from desktop_app.kernel.clock import millis
from desktop_app.kernel.errors import InvalidError, NotAllowedError
from desktop_app.kernel.text import clean
from desktop_app.kernel.words import msg
from desktop_app.vault.confirming import signed_by_password
from desktop_app.vault.letters import signed_by
from desktop_app.vault.roster import UserRow
from desktop_app.vault.sealing import canonical, to_text

PURPOSE = "override/v1"
_SALT_BYTES = 16
_LONGEST = 200
_ANY_NUMBER = 1 << 62


@dataclass(frozen=True, slots=True)
class Override:
    """Who finishes it, with what they know, and why. `way` is `password` or `pin`."""

    manager: str
    secret: str = field(repr=False)
    reason: str
    way: str = PASSWORD


def could_lend(actor: Actor, op: Operation[..., Any]) -> bool:
    """Tell whether a manager could finish an operation in the session of somebody."""
    needed = frozenset({op.permission})
    return (
        op.overridable
        and not actor.can(op.permission)
        and domains_of(needed) <= actor.domains
        and not needed & TRAIL_KEY
    )


def overridden(
    store: Store, actor: Actor, op: Operation[..., Any], arguments: Arguments, wish: Override
) -> tuple[Actor, Pass]:
    """Return the starter with the right that was lent for one act, and what the trail is to say.

    NotAllowedError for a wrong password or PIN (throttled as at the door), for a manager who does
    not hold the right, and for what cannot be lent. InvalidError without a reason.
    """
    reason = clean(wish.reason)
    if not reason or len(reason) > _LONGEST:
        raise InvalidError(msg("Say why."), field="reason")
    refuse_cards("reason", reason)
    if not actor.user_id or not could_lend(actor, op):
        raise NotAllowedError(
            msg("A manager cannot finish this here."),
            hint=msg("They have to sign in and do it themselves."),
        )
    roster = roster_of(store)
    manager = roster.active(wish.manager)
    salt = secrets.token_hex(_SALT_BYTES)
    told: dict[str, Any] = {
        "install": store.keys.vault.install_id,
        "operation": op.name,
        "digest": statements.digest_of(op.name, salt, encoded(op, arguments), {}),
        "starter": actor.user_id,
        "by": manager.id if manager else wish.manager,
        "reason": reason,
        "at": millis(store.clock.now()),
    }
    signature = _signature(store, told["by"], wish, canonical(told))
    if manager is None or not _may(manager, actor, op, roster.permissions_of(manager)):
        raise NotAllowedError(msg("{name} may not do this either.", name=wish.manager))
    if not signed_by(manager, PURPOSE, canonical(told), signature):
        raise NotAllowedError(msg("The signature of {name} does not fit.", name=manager.name))
    detail = {
        "approved_by": manager.name,
        "reason": reason,
        "way": wish.way,
        "digest": told["digest"],
        "override_at": told["at"],
        "override_signature": signature,
    }
    limits = _lent_limits(op, roster.facts_of(manager).limits)
    return replace(actor, permissions=actor.permissions | {op.permission}), Pass(
        detail, limits=limits
    )


def genuine(
    install: str, operation: str, starter: str, detail: Mapping[str, Any], by: UserRow
) -> bool:
    """Tell whether an event of the trail about an override bears the signature it claims."""
    told = {
        "install": install,
        "operation": operation,
        "digest": detail.get("digest"),
        "starter": starter,
        "by": by.id,
        "reason": detail.get("reason"),
        "at": detail.get("override_at"),
    }
    signature = str(detail.get("override_signature", ""))
    return signed_by(by, PURPOSE, canonical(told), signature)


def _may(manager: UserRow, actor: Actor, op: Operation[..., Any], held: frozenset[Any]) -> bool:
    return manager.id != actor.user_id and op.permission in held


def _lent_limits(op: Operation[..., Any], own: Mapping[Limit, int]) -> Mapping[Limit, int]:
    """Return up to which number the manager acts alone; no limit lends every number."""
    return {} if op.limit is None else {op.limit: own.get(op.limit, _ANY_NUMBER)}


def _signature(store: Store, manager_id: str, wish: Override, message: bytes) -> str:
    if wish.way == PIN:
        quick = store.keys.quick
        if quick is None:
            raise NotAllowedError(msg("A PIN works only where it was unlocked today."))
        return to_text(quick.signer(manager_id, wish.secret).sign(PURPOSE, message))
    root_key, now = store.keys.unlocked.root_key, store.clock.now()
    return to_text(
        signed_by_password(
            store.folder, root_key, manager_id, wish.secret, now, purpose=PURPOSE, message=message
        )
    )
