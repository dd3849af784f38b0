"""The roster as JSON: how it is written, hashed, signed and read."""

from __future__ import annotations

import hashlib
from types import MappingProxyType
from typing import Any

from desktop_app.kernel.access import Domain, Limit, Permission
from desktop_app.kernel.roles import RoleFacts
from desktop_app.vault import sealing
from desktop_app.vault.roster import Ancestor, Roster, SharedSecret, TrailBox, UserRow
from desktop_app.vault.sealing import canonical, from_text, to_text

PURPOSE = "roster/v1"


def genuine(parsed: dict[str, Any], signature: bytes) -> bool:
    """Tell whether the holder of a roster's root key signed this JSON of it, word for word."""
    root_key = from_text(parsed["root_key"])
    return sealing.verify(root_key, PURPOSE, canonical(parsed), signature)


def head_of(roster: Roster) -> bytes:
    """Return the hash of everything signed, for the audit trail."""
    return hashlib.sha256(canonical(roster_json(roster))).digest()


def roster_json(roster: Roster) -> dict[str, Any]:
    """Return a roster as it is written, hashed and signed."""
    return {
        "install": roster.install,
        "epoch": roster.epoch,
        "root_key": to_text(roster.root_key),
        "recovery": {"recipient": roster.recipient, "wrapped": to_text(roster.wrapped_root)},
        "domains": {str(k): v for k, v in roster.domains.items()},
        "users": {k: _user_json(v) for k, v in roster.users.items()},
        "secrets": {
            k: {"permission": v.permission.value, "wrapped": to_text(v.wrapped), "user": v.user_id}
            for k, v in roster.secrets.items()
        },
        "grants": {k: to_text(v) for k, v in roster.grants.items()},
        "roles": {k: _role_json(v) for k, v in roster.roles.items()},
        "trail": None
        if roster.trail is None
        else {"version": roster.trail.version, "public": to_text(roster.trail.public)},
        "owed": sorted(roster.owed),
        "former": list(roster.former),
        "ancestors": [_ancestor_json(one) for one in roster.ancestors],
    }


def roster_from(parsed: dict[str, Any]) -> Roster:
    """Return the roster of its JSON; KeyError, TypeError or ValueError where it is none."""
    return Roster(
        install=_text(parsed["install"]),
        epoch=int(parsed["epoch"]),
        root_key=from_text(parsed["root_key"]),
        recipient=_text(parsed["recovery"]["recipient"]),
        wrapped_root=from_text(parsed["recovery"]["wrapped"]),
        domains={d: int(parsed["domains"][d.value]) for d in Domain},
        users={k: _user_from(k, v) for k, v in parsed["users"].items()},
        secrets={
            # Version 1 named roles, and gave the one secret there was to all of them.
            k: SharedSecret(
                Permission(v.get("permission", Permission.ANYONE)),
                from_text(v["wrapped"]),
                _text(v.get("user", "")),
            )
            for k, v in parsed["secrets"].items()
        },
        grants={_text(k): from_text(v) for k, v in parsed["grants"].items()},
        roles={_text(k): _role_from(k, v) for k, v in parsed.get("roles", {}).items()},
        trail=_trail_from(parsed.get("trail")),
        owed=frozenset(_text(name) for name in parsed.get("owed", ())),
        former=tuple(_text(one) for one in parsed.get("former", ())),
        ancestors=tuple(_ancestor_from(one) for one in parsed.get("ancestors", ())),
    )


def _user_json(user: UserRow) -> dict[str, Any]:
    return {
        "name": user.name,
        "role": user.role,
        "sign_key": to_text(user.sign_key),
        "box_key": to_text(user.box_key),
        "created": user.created_ms,
        "removed": user.removed_ms,
        "retired": [to_text(key) for key in user.retired],
        "venues": None if user.venues is None else list(user.venues),
    }


def _user_from(user_id: str, parsed: dict[str, Any]) -> UserRow:
    removed = parsed["removed"]
    return UserRow(
        id=user_id,
        name=_text(parsed["name"]),
        role=_text(parsed["role"]),
        sign_key=from_text(parsed["sign_key"]),
        box_key=from_text(parsed["box_key"]),
        created_ms=int(parsed["created"]),
        removed_ms=None if removed is None else int(removed),
        retired=tuple(from_text(key) for key in parsed["retired"]),
        venues=_venues_from(parsed.get("venues")),
    )


def _venues_from(parsed: list[Any] | None) -> tuple[int, ...] | None:
    return None if parsed is None else tuple(int(number) for number in parsed)


def _role_json(role: RoleFacts) -> dict[str, Any]:
    return {
        "name": role.name,
        "permissions": sorted(role.permissions),
        "limits": {k.value: v for k, v in role.limits.items()},
    }


def _role_from(role_id: str, parsed: dict[str, Any]) -> RoleFacts:
    known = {permission.value for permission in Permission}
    return RoleFacts(
        role_id,
        _text(parsed["name"]),
        # A right that this program does not know yet gives nothing here.
        frozenset(Permission(word) for word in parsed["permissions"] if word in known),
        MappingProxyType({Limit(k): int(v) for k, v in parsed["limits"].items()}),
    )


def _trail_from(parsed: dict[str, Any] | None) -> TrailBox | None:
    return None if parsed is None else TrailBox(int(parsed["version"]), from_text(parsed["public"]))


def _ancestor_json(one: Ancestor) -> dict[str, Any]:
    return {
        "root_key": to_text(one.root_key),
        "wrapped": to_text(one.wrapped),
        "domains": {str(k): v for k, v in one.domains.items()},
        "trail": one.trail,
        "signature": to_text(one.signature),
    }


def _ancestor_from(parsed: dict[str, Any]) -> Ancestor:
    return Ancestor(
        root_key=from_text(parsed["root_key"]),
        wrapped=from_text(parsed["wrapped"]),
        domains={d: int(parsed["domains"][d.value]) for d in Domain},
        trail=int(parsed["trail"]),
        signature=from_text(parsed["signature"]),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
