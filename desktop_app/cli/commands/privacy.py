"""Copies for customers."""

from __future__ import annotations

from pathlib import Path

from desktop_app.cli import passwords
from desktop_app.cli.call import Call, Desk
from desktop_app.cli.output import Answer, Facts
from desktop_app.kernel.words import msg
from desktop_app.privacy.operations import write_copy
from desktop_app.venue.operations import get_settings


def copy(call: Call, desk: Desk) -> Answer:
    """Write everything held about a customer as a PDF, in `--lang` or the documents' language."""
    options = call.options
    password = _password(call)
    language = options.lang or desk.do(get_settings)["documents.language"]
    found = desk.do(
        write_copy, options.customer, Path(options.out), language=language, password=password
    )
    return Answer(
        {
            "file": str(found.file),
            "number": found.number,
            "pages": found.pages,
            "bytes": found.size,
            "sha256": found.sha256,
            "places_searched": found.places_searched,
            "places_with_data": found.places_with_data,
            "language": language,
            "protected": password is not None,
        },
        [
            Facts(
                [
                    (msg("File"), str(found.file)),
                    (msg("Number"), found.number),
                    (msg("Pages"), call.number(found.pages)),
                    (msg("Places searched"), call.number(found.places_searched)),
                    (msg("Places with data"), call.number(found.places_with_data)),
                    (msg("Protected by a password"), call.yes(password is not None)),
                    (msg("SHA-256"), found.sha256),
                ]
            )
        ],
    )


def _password(call: Call) -> str | None:
    options = call.options
    if options.protect_password_file:
        return passwords.from_file(options.protect_password_file)
    if options.protect:
        prompt = msg("Password for the file:")
        return passwords.asked_twice(prompt, call.words, option="--protect-password-file")
    return None
