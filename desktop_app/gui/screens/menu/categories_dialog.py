"""The categories of the menu and the stations of the kitchen: adding, moving, ordering."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget

from desktop_app.gui.bridge import Bridge
from desktop_app.gui.screens.menu.category_dialog import CategoryDialog
from desktop_app.gui.screens.menu.price_dialog import NameDialog
from desktop_app.gui.screens.menu.station_line import Sources, StationLine
from desktop_app.gui.screens.menu.wording import category_paths
from desktop_app.gui.text import ntr, say, tr
from desktop_app.gui.widgets.button import allow, button
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.labels import label, rule
from desktop_app.gui.widgets.layout import clear, column, frame, row
from desktop_app.kernel.errors import AppError
from desktop_app.menu.categories import (
    add_category,
    change_category,
    order_categories,
    remove_category,
)
from desktop_app.menu.groups import add_station, remove_station, rename_station
from desktop_app.menu.operations import list_categories, list_stations
from desktop_app.menu.records import CategoryRow, NamedRow
from desktop_app.stock.operations import list_storages
from desktop_app.stock.places import list_station_storages, set_station_storage
from desktop_app.stock.records import StationRow, StorageRow

_SIZE = (560, 620)
_INDENT = 20


class CategoriesDialog(Dialog):
    """Lists categories as a tree, and stations; each change is stored at once."""

    def __init__(self, bridge: Bridge, parent: QWidget) -> None:
        super().__init__(tr("Categories and stations"), "", parent)
        self.resize(*_SIZE)
        self._bridge = bridge
        self.categories: Sequence[CategoryRow] = ()
        self.editing: CategoryDialog | None = None
        self.naming: NameDialog | None = None
        self._why_not = bridge.why_not(change_category)
        self._rows, self._stations = column(gap=0), column(gap=6)
        self.add_one = button(tr("Add a category"), "plus", on_click=self.ask_new)
        self.add_place = button(
            tr("Add a station"), "plus", on_click=partial(self.ask_station, None)
        )
        allow(self.add_one, self._why_not)
        allow(self.add_place, self._why_not)
        self.lines: dict[int, StationLine] = {}
        self.about_storages = label(
            tr("What is sold goes from the storage of its station."), 12, tone="muted", wrap=True
        )
        self.about_storages.hide()
        inside = column(gap=10, margins=(0, 0, 12, 0))
        inside.addLayout(self._rows)
        inside.addLayout(row(self.add_one, None))
        inside.addSpacing(8)
        inside.addWidget(label(tr("Stations: where dishes are made"), 13, 600))
        inside.addWidget(self.about_storages)
        inside.addLayout(self._stations)
        inside.addLayout(row(self.add_place, None))
        inside.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(scroll.Shape.NoFrame)
        scroll.setWidget(frame(inside, "clear"))
        self.body.addWidget(scroll, 1)
        self.add_button(tr("Close"), "primary").clicked.connect(self.accept)
        self._look()

    def ask_new(self) -> None:
        """Ask for another category."""
        self._edit(None)

    def _look(self, *_: object) -> None:
        self._bridge.ask(self, self._show, list_categories)
        self._bridge.ask(self, self._look_at_storages, list_stations)

    def _show(self, found: Sequence[CategoryRow]) -> None:
        self.categories = found
        clear(self._rows)
        rows = {one.id: one for one in found}
        for at, (id_, way) in enumerate(category_paths(found)):
            if at:
                self._rows.addWidget(rule())
            self._rows.addLayout(self._line(rows[id_], way.count(" › ")))
        if not found:
            self._rows.addWidget(label(tr("There are no categories yet."), tone="muted"))

    def _line(self, one: CategoryRow, depth: int) -> QHBoxLayout:
        line = row(depth * _INDENT or 1, gap=8, margins=(0, 4, 0, 4))
        name = label(one.name, 13, 500 if depth == 0 else 400)
        count = ntr("{n} product", "{n} products", one.products)
        line.addWidget(name, 1)
        line.addWidget(label(count, 12, tone="muted", tabular=True))
        for icon_name, tip, act in (
            ("arrow-up", tr("Move {name} up", name=one.name), partial(self._move, one, -1)),
            ("arrow-down", tr("Move {name} down", name=one.name), partial(self._move, one, 1)),
            ("pencil", tr("Change {name}", name=one.name), partial(self._edit, one)),
            ("trash-2", tr("Remove {name}", name=one.name), partial(self.remove_category, one)),
        ):
            made = button("", icon_name, "ghost", tip=tip)
            made.clicked.connect(lambda _=False, act=act: act())
            allow(made, self._why_not, tip=tip)
            line.addWidget(made)
        return line

    def remove_category(self, one: CategoryRow) -> None:
        """Remove a category; it is told what lies in it."""
        self.banner.hide()
        self._bridge.ask_or(self, self._look, self._refuse, remove_category, one.id)

    def _move(self, one: CategoryRow, step: int) -> None:
        """Exchange a category with the one beside it."""
        beside = [other for other in self.categories if other.parent_id == one.parent_id]
        at = [other.id for other in beside].index(one.id)
        if not 0 <= at + step < len(beside):
            return
        order = list(beside)
        order[at], order[at + step] = order[at + step], order[at]
        self._bridge.ask(self, self._look, order_categories, [other.id for other in order])

    def _edit(self, one: CategoryRow | None) -> None:
        self.editing = CategoryDialog(one, self.categories, self)
        self.editing.asked.connect(partial(self._store, self.editing, one))
        self.editing.open()

    def _store(
        self, dialog: CategoryDialog, one: CategoryRow | None, name: str, parent: int | None
    ) -> None:
        then = partial(self._stored, dialog)
        if one is None:
            self._bridge.ask_or(dialog, then, dialog.refuse, add_category, name, parent)
        else:
            self._bridge.ask_or(
                dialog, then, dialog.refuse, change_category, one.id, name, parent, one.color,
                one.place,
            )  # fmt: skip

    def _stored(self, dialog: Dialog, _: object) -> None:
        dialog.accept()
        self._look()

    # --- stations

    def _look_at_storages(self, found: Sequence[NamedRow]) -> None:
        """Ask where stations take from, of somebody who may know it."""
        if not self._bridge.can(list_station_storages):
            self._show_stations(found, Sources())
            return

        def known(storages: Sequence[StorageRow]) -> None:
            self._bridge.ask(self, partial(drawn, storages), list_station_storages)

        def drawn(storages: Sequence[StorageRow], rows: Sequence[StationRow]) -> None:
            why_not = self._bridge.why_not(set_station_storage)
            sources = Sources(storages, {one.id: one for one in rows}, why_not)
            self._show_stations(found, sources)

        self._bridge.ask(self, known, list_storages)

    def _show_stations(self, found: Sequence[NamedRow], sources: Sources) -> None:
        clear(self._stations)
        self.lines = {}
        self.about_storages.setVisible(bool(found) and sources.matter)
        for one in found:
            line = StationLine(one, sources, self._why_not)
            line.change.clicked.connect(partial(self.ask_station, one))
            line.drop.clicked.connect(partial(self.remove_station, one))
            line.taken_from.connect(partial(self._take_from, one))
            self.lines[one.id] = line
            self._stations.addWidget(line)
        if not found:
            self._stations.addWidget(label(tr("There are no stations yet."), tone="muted"))

    def _take_from(self, one: NamedRow, storage: int | None) -> None:
        self.banner.hide()
        self._bridge.ask_or(self, self._look, self._not_taken, set_station_storage, one.id, storage)

    def _not_taken(self, error: AppError) -> None:
        self._refuse(error)
        self._look()

    def remove_station(self, one: NamedRow, *_: object) -> None:
        """Remove a station; it is told which products are made there."""
        self.banner.hide()
        self._bridge.ask_or(self, self._look, self._refuse, remove_station, one.id)

    def _refuse(self, error: AppError) -> None:
        self.banner.tell("bad", say(error.message), say(error.hint) if error.hint else "")

    def ask_station(self, one: NamedRow | None, *_: object) -> None:
        """Ask for the name of a station: of another one, or of one that is there."""
        title = tr("Change {name}", name=one.name) if one else tr("New station")
        self.naming = NameDialog(
            title, tr("Such as the hot kitchen, or the bar."), tr("Save"), self
        )
        if one is not None:
            self.naming.name.setText(one.name)
        self.naming.asked.connect(partial(self._save_station, self.naming, one))
        self.naming.open()

    def _save_station(self, dialog: NameDialog, one: NamedRow | None, name: str) -> None:
        then = partial(self._stored, dialog)
        if one is None:
            self._bridge.ask_or(dialog, then, dialog.refuse, add_station, name)
        else:
            self._bridge.ask_or(dialog, then, dialog.refuse, rename_station, one.id, name)
