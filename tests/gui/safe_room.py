"""A small store with one backup, for the screens of safety."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QLabel, QWidget

from desktop_app.backup.operations import add_target, run_backup
from desktop_app.kernel.access import Role
from desktop_app.sign_in import Reception
from desktop_app.vault.cost import KdfCost
from desktop_app.venue.records import NewVenue
from tests.gui.sales_room import add_orders, plain_orders, reception

OWNER, PASSWORD = "Aysel", "seven grey herons over the pond"
TARGET = "USB stick"
ORDERS = 40


@dataclass(frozen=True)
class SafeStore:
    """Where the store and its backups lie, and the key that opens them."""

    folder: Path
    backups: Path
    code: str
    key_id: str

    def copy(self, into: Path) -> "SafeStore":
        shutil.copytree(self.folder, into / "store")
        shutil.copytree(self.backups, into / "backups")
        return SafeStore(into / "store", into / "backups", self.code, self.key_id)


def safe_store(room: Path) -> SafeStore:
    """Make a store with forty orders, a manager, and one backup of it."""
    folder, backups = room / "store", room / "backups"
    made = reception(folder).create(NewVenue("Şirvanşah"), OWNER, PASSWORD, cost=KdfCost.FLOOR)
    with made.app as app:
        add_orders(app, plain_orders(ORDERS))
        app._store.keys.unlocked.add_user("murad", Role.MANAGER, "demo", weak_password_allowed=True)
        app.call(add_target, TARGET, str(backups))
        app.call(run_backup, TARGET)
    return SafeStore(folder, backups, made.code.text, made.recovery_key_id)


def door(folder: Path) -> Reception:
    return Reception(folder, keyring=False)


def texts(widget: QWidget) -> list[str]:
    """Return what the labels below a widget show."""
    found = widget.findChildren(QLabel)
    return [one.text() for one in found if one.text() and one.isVisibleTo(widget)]


def said(widget: QWidget) -> str:
    return " | ".join(texts(widget))
