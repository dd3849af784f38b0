"""Who may sign in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from desktop_app.access import users as access
from desktop_app.access.rules import found_role
from desktop_app.cli.call import Call, Desk
from desktop_app.cli.new_file import new_file
from desktop_app.cli.new_keys import new_keys_json, new_keys_said
from desktop_app.cli.output import Answer, Column, Facts, Table
from desktop_app.kernel.roles import RoleFacts
from desktop_app.kernel.words import msg
from desktop_app.vault.one_time import OneTimeCode


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
                    "venues": None if user.venues is None else [str(v) for v in user.venues],
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
    """Let somebody in; they choose a password with the code."""
    name, venues = call.options.name, _venues(call)
    role = found_role(desk.do(access.list_roles), call.options.role)
    with _paper(call) as paper:
        code = desk.do(access.add_user, name, role.id, venues=venues)
        return _handed(call, code, paper, **_document(name, role, venues))


def change(call: Call, desk: Desk) -> Answer:
    """Give somebody another role or other venues."""
    name, venues = call.options.name, _venues(call)
    role = found_role(desk.do(access.list_roles), call.options.role)
    keys = desk.do(access.change_user, name, role.id, venues=venues)
    said = msg("{name} has the role {role} now.", name=name, role=role.title)
    return Answer(
        {**_document(name, role, venues), **new_keys_json(keys)}, [said, *new_keys_said(keys)]
    )


def _venues(call: Call) -> tuple[int, ...] | None:
    found = call.options.venues
    return None if found is None else tuple(sorted(set(found)))


def _document(name: str, role: RoleFacts, venues: tuple[int, ...] | None) -> dict[str, Any]:
    return {
        "id": name,
        "name": name,
        "role": role.id,
        "venues": None if venues is None else [str(venue) for venue in venues],
    }


def remove(call: Call, desk: Desk) -> Answer:
    """Take somebody's access away."""
    name = call.options.name
    keys = desk.do(access.remove_user, name)
    return Answer(
        {"name": name, **new_keys_json(keys)},
        [msg("{name} cannot sign in any more.", name=name), *new_keys_said(keys)],
    )


def reset(call: Call, desk: Desk) -> Answer:
    """Reset somebody's password; they choose a new one with the code."""
    with _paper(call) as paper:
        return _handed(call, desk.do(access.reset_password, call.options.name), paper)


@contextmanager
def _paper(call: Call) -> Iterator[BinaryIO | None]:
    """Open the file for the code before it is made, so that it cannot be lost."""
    name = call.options.code_file
    if name is None:
        yield None
        return
    path = Path(name)
    with new_file(path) as file:
        try:
            yield file
        except BaseException:
            path.unlink(missing_ok=True)
            raise


def _handed(call: Call, code: OneTimeCode, paper: BinaryIO | None, **more: Any) -> Answer:
    document = {**more, "name": code.user, "ends_at": code.ends_at.isoformat()}
    told = msg("{name} chooses a password with this code within 24 hours.", name=code.user)
    if paper is not None:
        paper.write(f"{code.text}\n".encode())
        return Answer(
            {**document, "code_file": call.options.code_file},
            [told, Facts([(msg("One-time code in"), call.options.code_file)])],
        )
    return Answer(
        {**document, "code": code.text}, [told, Facts([(msg("One-time code"), code.text)])]
    )
