"""What is said while files are read or stored."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar

from desktop_app.gui.format import number
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets.button import button
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import row
from desktop_app.kernel.job import Snapshot


class WorkingCard(Card):
    """Shows how far it is; `stopped` on its button."""

    stopped = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Looking into the files"), " ")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(tr("Progress"))
        self.stage = label("", 13, tone="soft", tabular=True, wrap=True)
        self.promise = label("", 12, tone="muted", wrap=True)
        self.stop = button(tr("Stop"), "x", on_click=self.stopped)
        self.add(self.bar, self.stage, self.promise)
        self.body.addLayout(row(self.stop, None))
        self.body.addStretch(1)

    def show_preview(self, files: str) -> None:
        """Say that files are being looked into."""
        self._begin(tr("Looking into the files"), files)
        self.promise.setText(tr("Nothing is stored yet. You may go on working meanwhile."))

    def show_import(self, files: str) -> None:
        """Say that files are being stored."""
        self._begin(tr("Importing"), files)
        self.promise.setText(
            tr(
                "You may go on working meanwhile, and stop at any time: whole days that are in "
                "stay in, nothing is left half done."
            )
        )

    def show_progress(self, snapshot: Snapshot) -> None:
        """Show how far it is now."""
        stage = say(snapshot.stage) if snapshot.stage.text else tr("Waiting for its turn")
        done = number(snapshot.done, language())
        self.stage.setText(f"{stage} · {done}" if snapshot.done else stage)
        self.bar.setRange(0, snapshot.total or 0)
        self.bar.setValue(snapshot.done)

    def _begin(self, title: str, files: str) -> None:
        self.title.setText(title)
        self.setAccessibleName(title)
        self.tell(files)
        self.stage.setText("")
        self.bar.setRange(0, 0)
