"""The tree of commands: everything the command line can be asked, and in which words."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.cli.declare import Command, Option, opt
from desktop_app.cli.tree_access import ACCESS, ACCESS_GROUPS
from desktop_app.cli.tree_approvals import APPROVAL_GROUPS, APPROVALS
from desktop_app.cli.tree_customers import CUSTOMER_GROUPS, CUSTOMERS
from desktop_app.cli.tree_finance import FINANCE, FINANCE_GROUPS
from desktop_app.cli.tree_keys import KEY_GROUPS, KEYS
from desktop_app.cli.tree_menu import MENU, MENU_GROUPS
from desktop_app.cli.tree_menu_bulk import MENU_BULK
from desktop_app.cli.tree_menu_lists import MENU_LIST_GROUPS, MENU_LISTS
from desktop_app.cli.tree_people import NEW_PASSWORD, PEOPLE, PEOPLE_GROUPS
from desktop_app.cli.tree_reports import REPORT_GROUPS, REPORTS
from desktop_app.cli.tree_review import REVIEW_GROUPS, REVIEWS
from desktop_app.cli.tree_sales import SALES, SALES_GROUPS
from desktop_app.cli.tree_security import SECURITY, SECURITY_GROUPS
from desktop_app.cli.tree_staff import STAFF, STAFF_GROUPS
from desktop_app.cli.tree_stock import STOCK, STOCK_GROUPS
from desktop_app.cli.tree_trade import TRADE, TRADE_GROUPS
from desktop_app.cli.tree_trail import TRAIL, TRAIL_GROUPS
from desktop_app.cli.tree_venues import VENUE_GROUPS, VENUES
from desktop_app.cli.values import moment_of, row_id
from desktop_app.kernel.words import LANGUAGES, Message, msg

GLOBAL: tuple[Option, ...] = (
    opt("--data", metavar="DIR", about=msg("The folder of the store.")),
    opt("--user", metavar="NAME", about=msg("Who signs in; not needed where there is one user.")),
    opt(
        "--password-file",
        metavar="FILE",
        about=msg("Read the password from the first line of a file (- for standard input)."),
    ),
    opt(
        "--totp-file",
        metavar="FILE",
        about=msg("Read the code of the authenticator app from a file (- for standard input)."),
    ),
    opt(
        "--json",
        action="store_true",
        about=msg("Write one JSON document instead of text; errors too, to standard error."),
    ),
    opt(
        "--ask",
        metavar="REASON",
        about=msg("Where a second person has to agree: ask for it, with this reason."),
    ),
    opt(
        "--in-venue", metavar="NAME", about=msg("Work in this venue only, where there are several.")
    ),
    opt("--override-by", metavar="NAME", about=msg("A manager at this desk who finishes it.")),
    opt(
        "--override-password-file",
        metavar="FILE",
        about=msg("Read the manager's password from the first line of a file."),
    ),
    opt("--override-reason", metavar="TEXT", about=msg("Why the manager finishes it.")),
    opt("--lang", choices=LANGUAGES, about=msg("The language of texts: az, en, ru or tr.")),
)

_RECOVERY_KEY = opt(
    "--recovery-key-file",
    metavar="FILE",
    required=True,
    about=msg("The file with the recovery key."),
)
_TARGET = opt("--target", metavar="NAME", about=msg("Only this place for backups."))

_START = (
    Command(
        "open",
        msg("Open the window (also without any command)."),
        "",
        signed_in=False,
    ),
    Command(
        "init",
        msg("Make a new store with its owner and its recovery key."),
        "start:init",
        (
            opt("--venue", metavar="NAME", required=True, about=msg("The name of the restaurant.")),
            opt("--owner", metavar="NAME", required=True, about=msg("The name the owner types.")),
            opt("--currency", default="AZN", about=msg("Three letters, such as AZN.")),
            opt("--timezone", default="Asia/Baku", about=msg("A time zone, such as Asia/Baku.")),
            opt(
                "--opening-time",
                default="06:00",
                metavar="HH:MM",
                about=msg("When the business day begins."),
            ),
            opt(
                "--kit",
                metavar="FILE.pdf",
                about=msg("Write the emergency sheet with the recovery key."),
            ),
            opt(
                "--recovery-key-file",
                metavar="FILE",
                about=msg("Write the recovery key as text."),
            ),
            opt(
                "--database",
                metavar="URL",
                about=msg("Keep the data on a PostgreSQL server: postgresql://USER@HOST/NAME."),
            ),
            opt(
                "--database-ca",
                metavar="FILE",
                about=msg("The certificate authority of that server."),
            ),
            opt(
                "--database-password-file",
                metavar="FILE",
                about=msg("Read the password of that server from a file."),
            ),
        ),
        signed_in=False,
    ),
    Command(
        "demo",
        msg("Fill an empty folder with a year of one restaurant; user owner, password demo."),
        "demonstration:demo",
        (
            opt("--seed", type=int, default=1, about=msg("The same number gives the same year.")),
            opt("--orders", type=int, default=20_000, about=msg("How many orders.")),
        ),
        signed_in=False,
    ),
    Command(
        "status",
        msg("Say what the folder holds; with a password also counts and the last backup."),
        "status:status",
        signed_in=False,
    ),
    Command(
        "recover",
        msg("Give the owner a new password by the recovery key."),
        "start:recover",
        (
            _RECOVERY_KEY,
            opt("--owner", metavar="NAME", about=msg("Whose password, where there are several.")),
            NEW_PASSWORD,
        ),
        signed_in=False,
    ),
)

_BACKUPS = (
    Command(
        "backup target add",
        msg("Set up a place for backups."),
        "backups:add_target",
        (
            opt("name", metavar="NAME", about=msg("What to call it.")),
            opt("url", metavar="URL", about=msg("A folder, as a path or with file: before it.")),
        ),
    ),
    Command(
        "backup target remove",
        msg("Back up to a place no more; what lies there stays."),
        "backups:remove_target",
        (opt("name", metavar="NAME", about=msg("Which place.")),),
    ),
    Command("backup targets", msg("List the places for backups."), "backups:list_targets"),
    Command("backup run", msg("Back up now."), "backups:run", (_TARGET,)),
    Command(
        "backup list", msg("List the backups, oldest first."), "backups:list_snapshots", (_TARGET,)
    ),
    Command(
        "backup verify",
        msg("Check that the backups are whole."),
        "backups:verify",
        (_TARGET, opt("--full", action="store_true", about=msg("Read and check every byte."))),
    ),
    Command(
        "backup restore",
        msg("Bring a store back from a backup; needs no store and no password."),
        "restoring:restore",
        (
            opt(
                "--from",
                dest="source",
                metavar="URL",
                required=True,
                about=msg("The folder with the backups."),
            ),
            _RECOVERY_KEY,
            opt("--snapshot", metavar="ID", default="latest", about=msg("Which backup.")),
            opt(
                "--at",
                metavar="TIME",
                type=moment_of,
                about=msg("The last backup made at this time or before (2026-11-23T18:00+04:00)."),
            ),
            opt("--into", metavar="DIR", about=msg("The folder of the restored store.")),
            opt("--preview", action="store_true", about=msg("Say what it holds; write nothing.")),
        ),
        signed_in=False,
    ),
)

_PRIVACY = (
    Command(
        "privacy copy",
        msg("Write everything held about a customer as a PDF."),
        "privacy:copy",
        (
            opt(
                "--customer",
                metavar="ID",
                type=row_id,
                required=True,
                about=msg("The customer's number."),
            ),
            opt("--out", metavar="FILE.pdf", required=True, about=msg("The file to write.")),
            opt("--protect", action="store_true", about=msg("Encrypt the PDF with a password.")),
            opt(
                "--protect-password-file",
                metavar="FILE",
                about=msg("Read that password from a file."),
            ),
        ),
    ),
    Command(
        "privacy map",
        msg("Say what every column holds, why, on what basis and for how long."),
        "data_map:data_map",
        signed_in=False,
    ),
)

_HOUSE = (
    Command("settings list", msg("List the settings."), "settings:list_settings"),
    Command(
        "settings set",
        msg("Change a setting."),
        "settings:change",
        (
            opt("name", metavar="NAME", about=msg("The setting.")),
            opt("value", metavar="VALUE", about=msg("Its new value.")),
        ),
    ),
)

GROUPS: Mapping[str, Message] = {
    **TRADE_GROUPS,
    **MENU_GROUPS,
    **MENU_LIST_GROUPS,
    **CUSTOMER_GROUPS,
    **STOCK_GROUPS,
    **SALES_GROUPS,
    **REPORT_GROUPS,
    **KEY_GROUPS,
    **SECURITY_GROUPS,
    **PEOPLE_GROUPS,
    **REVIEW_GROUPS,
    **STAFF_GROUPS,
    **FINANCE_GROUPS,
    **ACCESS_GROUPS,
    **APPROVAL_GROUPS,
    "backup": msg("Backups: places, runs, checks, restore."),
    "backup target": msg("Places for backups."),
    "privacy": msg("Copies for customers, the data map."),
    "settings": msg("Settings of the restaurant."),
    **TRAIL_GROUPS,
    **VENUE_GROUPS,
}

_ALL = (
    *_START,
    *KEYS,
    *TRADE,
    *MENU,
    *MENU_BULK,
    *MENU_LISTS,
    *CUSTOMERS,
    *STOCK,
    *SALES,
    *REPORTS,
    *_BACKUPS,
    *_PRIVACY,
    *PEOPLE,
    *_HOUSE,
    *REVIEWS,
    *STAFF,
    *FINANCE,
    *SECURITY,
    *ACCESS,
    *APPROVALS,
    *TRAIL,
    *VENUES,
)

COMMANDS: Mapping[str, Command] = {command.path: command for command in _ALL}
