"""The emergency sheet: which key it has to show, and a new one where it was lost or seen."""

from __future__ import annotations

from collections.abc import Callable

from desktop_app.access.key_records import NewRoot
from desktop_app.access.locking import renew_recovery_key
from desktop_app.backup.operations import get_recovery_key
from desktop_app.backup.records import RecoveryKey
from desktop_app.gui.bridge import Bridge
from desktop_app.gui.new_sheet_dialog import NewSheetDialog
from desktop_app.gui.text import say, tr
from desktop_app.gui.widgets.button import allow, button
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.dialog import ConfirmDialog
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import row
from desktop_app.kernel.errors import AppError


class RecoveryCard(Card):
    """Says which sheet opens the store; the owner makes a new one here."""

    def __init__(self, bridge: Bridge, tell: Callable[[str], None]) -> None:
        super().__init__(
            tr("Emergency sheet"),
            tr("Opens the store and its backups when every password is lost"),
        )
        self._bridge, self._tell = bridge, tell
        self.shown = label("", 13, 500, tabular=True)
        self.renew = button(tr("Make a new one…"), "key-round", on_click=self._ask)
        self.body.addLayout(row(self.shown, None, self.renew, gap=10))
        self.dialog: NewSheetDialog | None = None
        allow(self.renew, bridge.why_not(renew_recovery_key))
        if bridge.can(get_recovery_key):
            self._look()

    def _look(self) -> None:
        self._bridge.ask(self, self._show_key, get_recovery_key)

    def _show_key(self, key: RecoveryKey) -> None:
        self.shown.setText(tr("Key {id}", id=key.id))

    def _ask(self) -> None:
        dialog = ConfirmDialog(
            tr("Make a new recovery key?"),
            tr(
                "The sheet you have now will not open this store any more. Backups made until now "
                "still need it."
            ),
            tr("Make a new one"),
            parent=self,
        )
        dialog.confirmed.connect(self._asked)
        dialog.open()

    def _asked(self) -> None:
        self.renew.setEnabled(False)
        self._bridge.ask_or(self, self._made, self._failed, renew_recovery_key)

    def _made(self, made: NewRoot) -> None:
        self.renew.setEnabled(True)
        self._look()
        self.dialog = NewSheetDialog(self._bridge, made, self)
        self.dialog.open()

    def _failed(self, error: AppError) -> None:
        self.renew.setEnabled(True)
        self._tell(say(error.message))
