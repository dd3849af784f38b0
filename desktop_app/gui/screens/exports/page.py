"""The register of exports: what left the house, for whom, and whether it is gone again."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop_app.exports.operations import list_exports, note_destroyed
from desktop_app.exports.records import PROTECTIONS, WHAT, ExportRow
from desktop_app.exports.shown import export_shown_register
from desktop_app.gui.format import day, moment, number
from desktop_app.gui.lists.bar import Asked, FilterBar
from desktop_app.gui.lists.page import ListLook, ListPage
from desktop_app.gui.lists.queries import WholeQuery, matches
from desktop_app.gui.navigation import Screen, Shell
from desktop_app.gui.text import language, ntr, say, tr
from desktop_app.gui.widgets.badge import Mood
from desktop_app.gui.widgets.button import allow, button
from desktop_app.gui.widgets.dialog import ConfirmDialog
from desktop_app.gui.widgets.empty_state import EmptyState
from desktop_app.gui.widgets.layout import column
from desktop_app.gui.widgets.records.column import Column, Sort
from desktop_app.venue.operations import get_today
from desktop_app.venue.records import Today


class ExportsScreen(Screen):
    """Lists the files that were handed out; Enter enters that one of them is gone."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.list: ListPage[ExportRow, Asked] | None = None
        self.dialog: ConfirmDialog | None = None
        self.gone = button(tr("It is destroyed"), "trash-2", on_click=self.ask_destroyed)
        allow(self.gone, self.bridge.why_not(note_destroyed))
        self._body = column()
        self.setLayout(self._body)
        self.bridge.ask(self, self._begin, get_today)

    def _begin(self, today: Today) -> None:
        columns = _columns(today)
        bar = FilterBar(tr("What, for whom, by whom"), ())
        source: WholeQuery[ExportRow, Asked] = WholeQuery(
            self.bridge, self, columns, list_exports, _fits
        )
        look = ListLook(
            "exports", tr("Register of exports"), columns, frozenset({"export_run"}),
            EmptyState("file-search", tr("No export fits"), tr("Look for other words.")),
            EmptyState(
                "file-down",
                tr("Nothing has left the house yet"),
                tr("Every exported file stands here: for whom it is, why, and how long."),
            ),
            lambda rows, shown: ntr("{shown} export", "{shown} exports", rows, shown=shown),
            sort=Sort("at", descending=True),
            shown=export_shown_register,
        )  # fmt: skip
        actions: list[QWidget] = [self.gone]
        self.list = ListPage(self.shell, look, bar, source, actions)
        self._body.addWidget(self.list)
        self.list.opened.connect(self._ask)
        self.list.begin()

    def ask_destroyed(self) -> None:
        """Ask about the file under the keyboard."""
        found = None if self.list is None else self.list.table.current_record()
        if found is not None:
            self._ask(found)

    def _ask(self, row: ExportRow) -> None:
        if row.destroyed_at is not None or not self.bridge.can(note_destroyed):
            return
        self.dialog = ConfirmDialog(
            tr("Is {file} destroyed?", file=row.file),
            tr("For {name}. It is entered in the register and in the audit trail, with your name.",
               name=row.recipient),
            tr("It is destroyed"),
            parent=self,
        )  # fmt: skip
        self.dialog.confirmed.connect(partial(self._note, row.id))
        self.dialog.open()

    def _note(self, export_id: int) -> None:
        self.bridge.ask(self, self._noted, note_destroyed, export_id)

    def _noted(self, _: object) -> None:
        self.shell.tell(tr("Entered in the register"))


def _columns(today: Today) -> list[Column[ExportRow]]:
    spoken, local = language(), today.venue.time.local

    def state(row: ExportRow) -> str:
        if row.destroyed_at is not None:
            return tr("Destroyed")
        return tr("Overdue") if row.expires_at < today.now else tr("In use")

    def mood(row: ExportRow) -> Mood:
        if row.destroyed_at is not None:
            return Mood(state(row), "ok", "check")
        late = row.expires_at < today.now
        return Mood(state(row), "bad" if late else "mute", "circle-alert" if late else "clock")

    columns: list[Column[ExportRow]] = [
        Column(tr("Written"), lambda row: moment(local(row.at), spoken), 172, sort="at",
               sort_value=lambda row: row.at),
        Column(tr("What"), lambda row: say(WHAT[row.what]), 146, "strong", sort="what",
               sort_value=lambda row: say(WHAT[row.what])),
        Column(tr("State"), state, 124, "badge", mood=mood, key="state"),
        Column(tr("For"), lambda row: row.recipient, 160, sort="recipient",
               sort_value=lambda row: row.recipient),
        Column(tr("Reason"), lambda row: row.reason or "–", 134, "dim", stretch=True, key="reason"),
        Column(tr("By"), lambda row: row.actor, 72, sort="actor",
               sort_value=lambda row: row.actor),
        Column(tr("Rows"), lambda row: number(row.rows, spoken), 80, "number", sort="rows",
               sort_value=lambda row: row.rows),
        Column(tr("Lock"), lambda row: say(PROTECTIONS[row.protection]), 104, "dim", key="lock",
               spare=True),
        Column(tr("File"), lambda row: row.file, 112, "dim", key="file"),
        Column(tr("Until"), lambda row: day(local(row.expires_at).date(), spoken), 116,
               sort="until",
               sort_value=lambda row: row.expires_at,
               raw=lambda row: f"{local(row.expires_at):%Y-%m-%d}"),
    ]  # fmt: skip
    if today.several:
        columns.insert(
            2, Column(tr("Venue"), lambda row: row.venues or "–", 140, "dim", key="venue")
        )
    return columns


def _fits(row: ExportRow, asked: Asked) -> bool:
    return matches(
        asked.text, say(WHAT[row.what]), row.recipient, row.actor, row.reason, row.file, row.venues
    )
