"""New keys: for what somebody lost, for the store an owner left, and on a new emergency sheet."""

from __future__ import annotations

from typing import Any

from desktop_app.access import locking
from desktop_app.access.key_records import NewRoot
from desktop_app.cli.call import Call, Desk
from desktop_app.cli.new_keys import new_keys_json, new_keys_said
from desktop_app.cli.output import Answer, Facts, Shown
from desktop_app.cli.papers import Papers, papers_for, require_seen
from desktop_app.emergency import sheet_for
from desktop_app.kernel.clock import SystemClock
from desktop_app.kernel.errors import UnavailableError
from desktop_app.kernel.words import Message, msg
from desktop_app.printing.emergency_sheet import write_emergency_sheet


def lock_anew(_call: Call, desk: Desk) -> Answer:
    """Give what somebody lost new keys, where that could not be done at once."""
    keys = desk.do(locking.finish_new_keys)
    said = list(new_keys_said(keys)) or [msg("Nothing is owed: everything is locked anew.")]
    return Answer(new_keys_json(keys), said)


def replace_owner(call: Call, desk: Desk) -> Answer:
    """Take an owner's access away, or give them a lesser role."""
    require_seen(call)
    name, role = call.options.name, call.options.role
    with papers_for(call.options.kit, call.options.recovery_key_file) as papers:
        made = desk.do(locking.replace_owner, name, role)
        _write_down(call, desk, made, papers)
    gone = (
        msg("{name} is no owner any more.", name=name)
        if role
        else msg("{name} cannot sign in any more.", name=name)
    )
    data = {"name": name, "role": role, **new_keys_json(made.keys), **_data(call, made)}
    return Answer(data, [gone, *new_keys_said(made.keys), *_shown(call, made)])


def renew(call: Call, desk: Desk) -> Answer:
    """Make a new recovery key with its emergency sheet."""
    require_seen(call)
    with papers_for(call.options.kit, call.options.recovery_key_file) as papers:
        made = desk.do(locking.renew_recovery_key)
        _write_down(call, desk, made, papers)
    return Answer(_data(call, made), _shown(call, made))


def _write_down(call: Call, desk: Desk, made: NewRoot, papers: Papers) -> None:
    try:
        if papers.key is not None:
            papers.key.write(f"{made.code.text}\n".encode())
            papers.key.flush()
        if papers.kit is not None:
            vault = call.reception().vault()
            owner = desk.app.actor.name
            sheet = sheet_for(vault, made.code, desk.venue, owner, SystemClock())
            write_emergency_sheet(sheet, papers.kit, call.words)
            papers.kit.flush()
    except OSError as error:
        raise UnavailableError(
            msg("The new recovery key is in force, but it could not be written down."),
            hint=msg("Free space there and make another: “clopos-desk recovery-key renew”."),
        ) from error


def _data(call: Call, made: NewRoot) -> dict[str, Any]:
    return {
        "recovery_key_id": made.recovery_key_id,
        "old_recovery_key_id": made.old_recovery_key_id,
        "fingerprint": made.fingerprint,
        "kit": call.options.kit,
        "recovery_key_file": call.options.recovery_key_file,
    }


def _shown(call: Call, made: NewRoot) -> list[Shown]:
    options = call.options
    pairs: list[tuple[Message, str]] = [(msg("Recovery key"), made.recovery_key_id)]
    if options.kit:
        pairs.append((msg("Emergency sheet (print it, then delete the file)"), options.kit))
    if options.recovery_key_file:
        pairs.append((msg("Recovery key file (keep it elsewhere)"), options.recovery_key_file))
    if not (options.kit or options.recovery_key_file):
        pairs.append((msg("Write this down now; it is shown only once"), made.code.text))
    return [
        Facts(pairs),
        msg(
            "The old emergency sheet ({old}) does not open this store any more. Backups made until"
            " now still need it: keep it as long as you keep them, and make a backup now.",
            old=made.old_recovery_key_id,
        ),
    ]
