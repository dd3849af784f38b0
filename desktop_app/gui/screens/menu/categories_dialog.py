"""The categories of the menu and the stations of the kitchen: adding, moving, ordering."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget

from desktop_app.gui.bridge import Bridge
from desktop_app.gui.screens.menu.category_dialog import CategoryDialog
from desktop_app.gui.screens.menu.price_dialog import NameDialog
from desktop_app.gui.screens.menu.wording import category_paths
from desktop_app.gui.text import ntr, say, tr
from desktop_app.gui.widgets.button import allow, button
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.labels import label, rule
from desktop_app.gui.widgets.layout import clear, column, frame, row
from desktop_app.kernel.errors import AppError
from desktop_app.menu.editing import add_category, change_category, order_categories
from desktop_app.menu.groups import add_station, remove_station, rename_station
from desktop_app.menu.operations import list_categories, list_stations
from desktop_app.menu.records import CategoryRow, NamedRow

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
        inside = column(gap=10, margins=(0, 0, 12, 0))
        inside.addLayout(self._rows)
        inside.addLayout(row(self.add_one, None))
        inside.addSpacing(8)
        inside.addWidget(label(tr("Stations: where dishes are made"), 13, 600))
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
        self._bridge.ask(self, self._show_stations, list_stations)

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
        ):
            made = button("", icon_name, "ghost", tip=tip)
            made.clicked.connect(lambda _=False, act=act: act())
            allow(made, self._why_not, tip=tip)
            line.addWidget(made)
        return line

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

    def _show_stations(self, found: Sequence[NamedRow]) -> None:
        clear(self._stations)
        for one in found:
            change = button("", "pencil", "ghost", tip=tr("Change {name}", name=one.name))
            change.clicked.connect(partial(self.ask_station, one))
            allow(change, self._why_not, tip=change.toolTip())
            line = row(gap=8)
            line.addWidget(label(one.name), 1)
            line.addWidget(change)
            drop = button("", "trash-2", "ghost", tip=tr("Remove {name}", name=one.name))
            drop.clicked.connect(partial(self.remove_station, one))
            allow(drop, self._why_not, tip=drop.toolTip())
            line.addWidget(drop)
            self._stations.addLayout(line)
        if not found:
            self._stations.addWidget(label(tr("There are no stations yet."), tone="muted"))

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
