"""Roles, and who may do what."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from desktop_app.access import users as access
from desktop_app.access.records import Rights
from desktop_app.access.rules import by_area, found_limit, found_permission, found_role
from desktop_app.cli.call import Call, Desk
from desktop_app.cli.new_keys import new_keys_json, new_keys_said
from desktop_app.cli.output import Answer, Column, Facts, Table
from desktop_app.kernel.access import Limit, Permission
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.permissions import (
    ABOUT,
    AREA_TITLES,
    ENFORCED_TITLES,
    permission_text,
)
from desktop_app.kernel.roles import FOR_OWNERS, RoleFacts
from desktop_app.kernel.words import msg


def list_roles(call: Call, desk: Desk) -> Answer:
    """List the roles of the store with their people."""
    people = desk.do(access.list_role_people)
    roles = [(role, list(people.get(role.id, ()))) for role in desk.do(access.list_roles)]
    return Answer(
        {"rows": [_role_json(call, role, held) for role, held in roles], "next": None},
        [
            Table(
                [
                    Column(msg("Id")),
                    Column(msg("Role")),
                    Column(msg("Rights"), right=True),
                    Column(msg("Limits")),
                    Column(msg("People")),
                ],
                [
                    [
                        role.id,
                        call.words.of(role.title),
                        call.number(len(role.permissions)),
                        _limits(role.limits),
                        ", ".join(held) or "–",
                    ]
                    for role, held in roles
                ],
            )
        ],
    )


def show(call: Call, desk: Desk) -> Answer:
    """Show one role: its rights by area, its limits, its people."""
    role = found_role(desk.do(access.list_roles), call.options.name)
    held = list(desk.do(access.list_role_people).get(role.id, ()))
    head = Facts(
        [
            (msg("Id"), role.id),
            (msg("Role"), call.words.of(role.title)),
            (msg("Limits"), _limits(role.limits)),
            (msg("People"), ", ".join(held) or "–"),
        ]
    )
    table = _table(call, role.permissions, server=desk.on_server)
    return Answer(_role_json(call, role, held), [head, table])


def save(call: Call, desk: Desk) -> Answer:
    """Make or change a role of the restaurant's own."""
    options = call.options
    roles = desk.do(access.list_roles)
    base = found_role(roles, options.source) if options.source else None
    before = found_role(roles, options.role) if options.role else None
    if before is not None and not before.custom:
        raise InvalidError(msg("A role that every store has cannot be changed."), field="id")
    begin = base or before
    named = dict(found_limit(word) for word in options.limits or ())
    limits = {**(begin.limits if begin else {}), **named}
    rights = {found_permission(word) for word in options.rights or ()}
    if options.rights is None and begin is None:
        raise InvalidError(
            msg("The role has no rights yet: name them with --right, or begin with --from."),
            field="right",
        )
    saved = desk.do(
        access.save_role,
        before.id if before else "",
        options.name,
        rights | _inherited(base, before, given=options.rights is not None),
        {limit: number for limit, number in limits.items() if number is not None},
    )
    role = saved.role
    held = desk.do(access.list_role_people).get(role.id, ())
    return Answer(
        {**_role_json(call, role, held), **new_keys_json(saved.keys)},
        [
            msg("The role “{name}” is stored: {id}.", name=role.name, id=role.id),
            *new_keys_said(saved.keys),
        ],
    )


def _inherited(
    base: RoleFacts | None, before: RoleFacts | None, *, given: bool
) -> frozenset[Permission]:
    """Return the rights begun with: those of --from; of the role itself where none are named."""
    if base is not None:
        return base.permissions - FOR_OWNERS
    return before.permissions if before is not None and not given else frozenset()


def remove(call: Call, desk: Desk) -> Answer:
    """Remove a role that nobody has."""
    role = found_role(desk.do(access.list_roles), call.options.name)
    desk.do(access.remove_role, role.id)
    return Answer(
        {"id": role.id, "name": role.name}, [msg("The role “{name}” is removed.", name=role.name)]
    )


def who(call: Call, desk: Desk) -> Answer:
    """Say who holds a right."""
    right = found_permission(call.options.right)
    found = desk.do(access.who_may, right)
    rows = [
        {
            "id": one.name,
            "name": one.name,
            "role": one.role,
            "role_name": call.words.of(one.title),
        }
        for one in found
    ]
    return Answer(
        {"right": right.value, "text": call.words.of(permission_text(right)), "rows": rows,
         "next": None},
        [
            permission_text(right),
            Table(
                [Column(msg("User")), Column(msg("Role"))],
                [[one.name, call.words.of(one.title)] for one in found],
            ),
        ],
    )  # fmt: skip


def rights(call: Call, desk: Desk) -> Answer:
    """Say what somebody may do."""
    found = desk.do(access.get_rights, call.options.name)
    return Answer(
        {
            "id": found.name,
            "name": found.name,
            "role": found.role,
            "role_name": call.words.of(found.role_title),
            "rows": [
                _right_json(call, one, server=desk.on_server) for one in sorted(found.permissions)
            ],
            "limits": {limit.value: number for limit, number in sorted(found.limits.items())},
            "venues": None if found.venues is None else [str(one) for one in sorted(found.venues)],
            "next": None,
        },
        [
            Facts(
                [
                    (msg("User"), found.name),
                    (msg("Role"), call.words.of(found.role_title)),
                    (msg("Limits"), _limits(found.limits)),
                    (msg("Venues"), _venues(call, found)),
                ]
            ),
            _table(call, found.permissions, server=desk.on_server),
        ],
    )


def _venues(call: Call, found: Rights) -> str:
    if found.venues is None:
        return call.words.say("all")
    return ", ".join(str(one) for one in sorted(found.venues)) or "–"


def _limits(limits: Mapping[Limit, int]) -> str:
    return ", ".join(f"{limit.value}={number}" for limit, number in sorted(limits.items())) or "–"


def _role_json(call: Call, role: RoleFacts, people: Collection[str]) -> dict[str, Any]:
    return {
        "id": role.id,
        "name": call.words.of(role.title),
        "custom": role.custom,
        "rights": sorted(right.value for right in role.permissions),
        "limits": {limit.value: number for limit, number in sorted(role.limits.items())},
        "domains": sorted(domain.value for domain in role.domains),
        "reads_trail": role.reads_trail,
        "people": list(people),
    }


def _right_json(call: Call, right: Permission, *, server: bool) -> dict[str, Any]:
    about = ABOUT[right]
    return {
        "id": right.value,
        "text": call.words.of(about.text),
        "area": about.area.value,
        "risk": int(about.risk),
        "enforced": about.enforced_on(server=server).value,
    }


def _table(call: Call, permissions: frozenset[Permission], *, server: bool) -> Table:
    return Table(
        [
            Column(msg("Area")),
            Column(msg("Right")),
            Column(msg("Allows")),
            Column(msg("Risk"), right=True),
            Column(msg("How it is kept")),
        ],
        [
            [
                call.words.of(AREA_TITLES[area]),
                right.value,
                call.words.of(permission_text(right)),
                str(int(ABOUT[right].risk)),
                call.words.of(ENFORCED_TITLES[ABOUT[right].enforced_on(server=server)]),
            ]
            for area, held in by_area(permissions).items()
            for right in held
        ],
    )
