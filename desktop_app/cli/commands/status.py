"""What a folder holds: seen from outside, and, for somebody signed in, from inside."""

from __future__ import annotations

import shutil
from typing import Any

from desktop_app import __version__
from desktop_app.cli.call import Call, Desk
from desktop_app.cli.folder import described, files_of
from desktop_app.cli.output import Answer, Column, Facts, Shown, Table
from desktop_app.kernel.access import Permission
from desktop_app.kernel.words import msg
from desktop_app.security.records import CardScanRow
from desktop_app.vault.store_keys import Vault

_NO_CAP = 2**62


def status(call: Call) -> Answer:
    """Say what the store is; counts and backups only with a password."""
    folder = call.data
    known = described(folder)
    vault = Vault.open(folder)
    files = files_of(folder)
    users = [user for user in vault.users() if user.removed_at is None]
    document: dict[str, Any] = {
        "store": str(folder),
        "engine": known["engine"],
        "program": __version__,
        "format": known["format"],
        "recovery_key_id": vault.recovery_key_id,
        "fingerprint": vault.root_fingerprint,
        "users": [{"name": user.name, "role": user.role} for user in users],
        "bytes": sum(files.values()),
        "free_bytes": shutil.disk_usage(folder).free,
        "files": [{"name": name, "bytes": size} for name, size in files.items()],
    }
    shown: list[Shown] = [
        Facts(
            [
                (msg("Store"), str(folder)),
                (msg("Engine"), known["engine"]),
                (msg("Program"), __version__),
                (msg("Recovery key"), vault.recovery_key_id),
                (msg("Size"), call.size(document["bytes"])),
                (msg("Free space"), call.size(document["free_bytes"])),
            ]
        ),
        Table(
            [Column(msg("User")), Column(msg("Role"))],
            [[user.name, user.role] for user in users],
        ),
    ]
    if call.options.password_file is not None or call.options.user:
        with call.signed_in() as desk:
            inside, facts = _inside(call, desk)
        document |= inside
        shown.append(facts)
    return Answer(document, shown)


def _inside(call: Call, desk: Desk) -> tuple[dict[str, Any], Facts]:
    from desktop_app.backup.operations import list_targets  # noqa: PLC0415 - loads the database
    from desktop_app.customers.operations import count_customers  # noqa: PLC0415 - as above
    from desktop_app.orders.operations import count_orders  # noqa: PLC0415 - as above
    from desktop_app.orders.records import OrderFilter  # noqa: PLC0415 - as above
    from desktop_app.security.operations import last_card_scan  # noqa: PLC0415 - as above

    can = desk.app.actor.can
    orders = desk.do(count_orders, OrderFilter(), cap=None)
    customers = desk.do(count_customers, cap=_NO_CAP) if can(Permission.CUSTOMERS_READ) else None
    targets = desk.do(list_targets) if can(Permission.BACKUPS_READ) else []
    cards = desk.do(last_card_scan) if can(last_card_scan.permission) else None
    last = max((t.last_good_at for t in targets if t.last_good_at), default=None)
    document = {
        "venue": desk.venue.name,
        "currency": desk.venue.currency,
        "timezone": desk.venue.timezone,
        "signed_in": desk.app.actor.name,
        "role": desk.app.actor.role,
        "orders": orders,
        "customers": customers,
        "backup_targets": len(targets),
        "last_backup": desk.iso(last),
        "last_drill": None,
        "card_scan": cards and {"at": desk.iso(cards.at), "left": cards.left},
    }
    facts = Facts(
        [
            (msg("Restaurant"), desk.venue.name),
            (msg("Orders"), call.number(orders)),
            (msg("Customers"), "–" if customers is None else call.number(customers)),
            (msg("Last backup"), desk.when(last)),
            (msg("Card numbers"), _cards_said(call, desk, cards)),
        ]
    )
    return document, facts


def _cards_said(call: Call, desk: Desk, scan: CardScanRow | None) -> str:
    if scan is None:
        return call.words.say("not searched")
    found = call.number(scan.left) if scan.left else call.words.say("None found")
    return f"{found} ({desk.when(scan.at)})"
