"""Who may sign in."""

from __future__ import annotations

from desktop_app.access import users as access
from desktop_app.cli.call import Call, Desk
from desktop_app.cli.new_keys import new_keys_json, new_keys_said
from desktop_app.cli.output import Answer, Column, Table
from desktop_app.kernel.words import msg


def list_users(call: Call, desk: Desk) -> Answer:
    """List everybody who has or had access."""
    found = desk.do(access.list_users)
    return Answer(
        {
            "rows": [
                {
                    "id": user.name,
                    "name": user.name,
                    "role": user.role,
                    "created_at": desk.iso(user.created_at),
                    "removed_at": desk.iso(user.removed_at),
                }
                for user in found
            ],
            "next": None,
        },
        [
            Table(
                [
                    Column(msg("User")),
                    Column(msg("Role")),
                    Column(msg("Since")),
                    Column(msg("Until")),
                ],
                [
                    [
                        u.name,
                        call.words.of(u.role_title),
                        desk.when(u.created_at),
                        desk.when(u.removed_at),
                    ]
                    for u in found
                ],
            )
        ],
    )


def add(call: Call, desk: Desk) -> Answer:
    """Let somebody sign in."""
    name, role = call.options.name, call.options.role
    desk.do(access.add_user, name, role, call.new_password())
    return Answer({"name": name, "role": role}, [msg("{name} can sign in now.", name=name)])


def remove(call: Call, desk: Desk) -> Answer:
    """Take somebody's access away."""
    name = call.options.name
    keys = desk.do(access.remove_user, name)
    return Answer(
        {"name": name, **new_keys_json(keys)},
        [msg("{name} cannot sign in any more.", name=name), *new_keys_said(keys)],
    )


def set_password(call: Call, desk: Desk) -> Answer:
    """Give somebody a new password."""
    name = call.options.name
    desk.do(access.set_password_for, name, call.new_password())
    return Answer({"name": name}, [msg("{name} has a new password.", name=name)])
