"""The commands of the audit trail."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.cli.declare import Command, Option, opt
from desktop_app.cli.values import day, row_id, words_of
from desktop_app.kernel.words import Message, msg

PROTECTIONS = ("none", "xlsx-password", "zip-aes", "age")
OUTCOMES = ("done", "refused", "failed")
TRAIL_GROUPS: Mapping[str, Message] = {
    "audit": msg("The audit trail."),
    "export": msg("Files for others."),
}

_FROM = opt("--from", dest="first", metavar="DAY", type=day, about=msg("First day: 2026-11-01."))
_TO = opt("--to", dest="last", metavar="DAY", type=day, about=msg("Last day: 2026-11-30."))
_ANCHOR = opt("words", metavar="ANCHOR", nargs="+", about=msg("As printed; spaces do not matter."))
HANDING: tuple[Option, ...] = (
    opt("--out", required=True, metavar="FILE", about=msg("The new file.")),
    opt("--recipient", required=True, metavar="TEXT", about=msg("For whom it is.")),
    opt("--reason", default="", metavar="TEXT", about=msg("Why they get it.")),
    opt("--days", type=int, default=30, metavar="N",
        about=msg("After how many days it must be destroyed.")),
    opt("--protect", choices=PROTECTIONS, default="none",
        about=msg("Lock the file with a password.")),
    opt("--export-password-file", metavar="FILE",
        about=msg("Read the password of the file from the first line of a file.")),
    opt("--columns", metavar="KEYS", type=words_of, default=(),
        about=msg("Only these columns, in this order: name,price. A wrong one lists them all.")),
)  # fmt: skip
"""What every file for others asks, besides its kind."""

TRAIL = (
    Command(
        "audit list",
        msg("List what was done, newest first."),
        "audit:list_events",
        (
            opt("--text", default="", about=msg("Only users or operations that begin like this.")),
            opt("--actor", default="", metavar="NAME", about=msg("Only what this person did.")),
            opt("--operation", default="", metavar="NAME", about=msg("Only this operation.")),
            opt("--outcome", default="", choices=("", *OUTCOMES), about=msg("Only this outcome.")),
            opt("--subject", default="", metavar="TEXT", about=msg("Only what is about this.")),
            _FROM,
            _TO,
            opt("--limit", type=int, default=100, about=msg("At most so many rows.")),
            opt("--after", metavar="CURSOR", type=row_id, about=msg("Go on from “next”.")),
        ),
    ),
    Command(
        "audit verify",
        msg("Compute the chain of the audit trail again."),
        "audit:verify",
        (opt("--full", action="store_true", about=msg("Also open the contents of every event.")),),
    ),
    Command("audit anchor", msg("Print the anchor of the trail up to now."), "audit:anchor"),
    Command(
        "audit check-anchor",
        msg("Tell whether an anchor on paper still fits; exit code 7 where it does not."),
        "audit:check_anchor",
        (_ANCHOR,),
        rest="words",
    ),
    Command(
        "audit alarms",
        msg("List where the trail did not fit and nobody has signed it off yet."),
        "audit:alarms",
    ),
    Command(
        "audit sign-alarm",
        msg("Sign an alarm off with what it was."),
        "audit:sign_alarm",
        (
            opt("id", metavar="ID", type=row_id, about=msg("The alarm's number.")),
            opt("--reason", required=True, metavar="TEXT", about=msg("What it was.")),
        ),
    ),
    Command(
        "export audit",
        msg("Write the audit trail to a file for an auditor."),
        "exports:audit",
        (
            opt("--format", dest="kind", choices=("csv", "xlsx", "json", "parquet"), default="json",
                about=msg("A table to read, or everything that verify_trail.py checks.")),
            *HANDING,
        ),
    ),
)  # fmt: skip
