"""A new store, and a forgotten password."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import BinaryIO

from desktop_app.cli import passwords
from desktop_app.cli.call import Call
from desktop_app.cli.output import Answer, Facts
from desktop_app.cli.papers import Papers, papers_for, require_seen
from desktop_app.emergency import sheet_for
from desktop_app.kernel.clock import SystemClock
from desktop_app.kernel.errors import ConflictError, InvalidError, NotFoundError, UnavailableError
from desktop_app.kernel.words import Message, msg
from desktop_app.printing.emergency_sheet import write_emergency_sheet
from desktop_app.sign_in import NewStore, Server
from desktop_app.vault.recovery import RecoveryCode
from desktop_app.venue.operations import get_venue
from desktop_app.venue.records import NewVenue
from desktop_app.venue.rules import check_currency, check_name, check_opening, check_timezone


def init(call: Call) -> Answer:
    """Make a store with its owner, and write down its recovery key."""
    options = call.options
    venue = NewVenue(
        check_name(options.venue),
        check_currency(options.currency),
        check_timezone(options.timezone),
        check_opening(options.opening_time),
    )
    server = _server(call)
    require_seen(call)
    reception = call.reception()
    if reception.has_store():
        raise ConflictError(
            msg("There is a store in {folder} already.", folder=reception.folder),
            hint=msg("Choose another folder with --data."),
        )
    password = call.password(msg("Password for {name}:", name=options.owner), new=True)
    with papers_for(options.kit, options.recovery_key_file) as papers:
        made = reception.create(venue, options.owner, password, server=server)
        with made.app:
            _write_down(call, made, papers)
    call.tell(made.app.notices)
    shown = _facts(call, made)
    return Answer(
        {
            "store": str(reception.folder),
            "recovery_key_id": made.recovery_key_id,
            "fingerprint": made.fingerprint,
            "kit": options.kit,
            "recovery_key_file": options.recovery_key_file,
        },
        [shown],
    )


def _server(call: Call) -> Server | None:
    options = call.options
    given = (options.database, options.database_ca, options.database_password_file)
    if not any(given):
        return None
    if not all(given):
        raise InvalidError(
            msg(
                "A PostgreSQL server needs three things: --database, --database-ca and"
                " --database-password-file."
            )
        )
    authority = Path(options.database_ca)
    if not authority.is_file():
        raise NotFoundError(msg("There is no file {path}.", path=authority))
    password = passwords.from_file(options.database_password_file)
    return Server(options.database, authority, password)


def _write_down(call: Call, made: NewStore, papers: Papers) -> None:
    """Write the recovery key; where that fails the new, empty store is taken away again."""
    try:
        if papers.key is not None:
            papers.key.write(f"{made.code.text}\n".encode())
            papers.key.flush()
        if papers.kit is not None:
            _write_sheet(call, made, papers.kit)
            papers.kit.flush()
    except OSError as error:
        made.app.close()
        shutil.rmtree(made.app.folder, ignore_errors=True)
        raise UnavailableError(
            msg("The recovery key could not be written, so no store was made."),
            hint=msg("Free space there, check the rights, or choose another folder."),
        ) from error


def _write_sheet(call: Call, made: NewStore, file: BinaryIO) -> None:
    venue, vault = made.app.call(get_venue), call.reception().vault()
    sheet = sheet_for(vault, made.code, venue, made.app.actor.name, SystemClock())
    write_emergency_sheet(sheet, file, call.words)


def _facts(call: Call, made: NewStore) -> Facts:
    options = call.options
    pairs: list[tuple[Message, str]] = [
        (msg("Store"), str(made.app.folder)),
        (msg("Recovery key"), made.recovery_key_id),
    ]
    if options.kit:
        pairs.append((msg("Emergency sheet (print it, then delete the file)"), options.kit))
    if options.recovery_key_file:
        pairs.append((msg("Recovery key file (keep it elsewhere)"), options.recovery_key_file))
    if not (options.kit or options.recovery_key_file):
        pairs.append((msg("Write this down now; it is shown only once"), made.code.text))
    return Facts(pairs)


def recover(call: Call) -> Answer:
    """Give the owner a new password by the recovery key."""
    code = RecoveryCode.read(Path(call.options.recovery_key_file))
    reception = call.reception()
    reception.vault()
    password = call.new_password()
    with reception.recover(code, password, call.options.owner) as app:
        call.tell(app.notices)
        name = app.actor.name
    return Answer(
        {"store": str(reception.folder), "user": name, "recovery_key_id": code.key_id},
        [msg("{name} has a new password.", name=name)],
    )
