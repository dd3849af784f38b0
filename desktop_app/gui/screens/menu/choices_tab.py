"""Which choices belong to a product, and the groups of choices there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop_app.gui.fonts import font
from desktop_app.gui.format import money
from desktop_app.gui.text import language, tr
from desktop_app.gui.widgets.button import allow, button
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.labels import label, rule
from desktop_app.gui.widgets.layout import clear, column, row
from desktop_app.menu.records import ChoiceGroup, ProductForm


class ChoicesTab(QWidget):
    """A tick for each group; `group_wanted(group or None)` to change one or add another."""

    changed = Signal()
    group_wanted = Signal(object)

    def __init__(self, currency: str) -> None:
        super().__init__()
        self._currency = currency
        self._why_not = ""
        self._before: Sequence[int] = ()
        self.boxes: dict[int, QCheckBox] = {}
        self.add_button = button(tr("New group"), "plus", on_click=partial(self._want, None))
        self._card = Card(
            tr("Choices"), tr("What is asked for with it at the table: sauce, doneness, extras"),
            self.add_button,
        )  # fmt: skip
        self._rows = column(gap=0)
        self._card.body.addLayout(self._rows)
        self.setLayout(column(self._card, None))

    def show_groups(self, chosen: Sequence[int], groups: Sequence[ChoiceGroup]) -> None:
        """Show the groups there are, and tick those of the product."""
        self._before = chosen
        clear(self._rows)
        self.boxes = {}
        for at, group in enumerate(groups):
            if at:
                self._rows.addWidget(rule())
            box = QCheckBox(group.name.replace("&", "&&"))
            box.setFont(font(13, 500))
            with QSignalBlocker(box):
                box.setChecked(group.id in chosen)
            box.toggled.connect(self._ticked)
            self.boxes[group.id] = box
            words = column(box, gap=2)
            words.addWidget(label(self._told(group), 12, tone="muted", wrap=True))
            change = button(
                "", "pencil", "ghost", tip=tr("Change {name}", name=group.name),
                on_click=partial(self._want, group),
            )  # fmt: skip
            allow(change, self._why_not, tip=change.toolTip())
            allow(box, self._why_not)
            line = row(gap=8, margins=(0, 8, 0, 8))
            line.addLayout(words, 1)
            line.addWidget(change)
            self._rows.addLayout(line)
        if not groups:
            empty = tr("There are no groups yet. A group is a question with answers and prices.")
            self._rows.addWidget(label(empty, tone="muted", wrap=True))

    def tick(self, group_id: int) -> None:
        """Choose a group that was just made."""
        if group_id in self.boxes:
            self.boxes[group_id].setChecked(True)

    def hold(self, why_not: str) -> None:
        """Let nothing be changed, and say why."""
        self._why_not = why_not
        allow(self.add_button, why_not)

    @property
    def chosen(self) -> Sequence[int]:
        """Return the groups ticked; those from before keep their order."""
        ticked = [id_ for id_, box in self.boxes.items() if box.isChecked()]
        kept = [id_ for id_ in self._before if id_ in ticked]
        return tuple(kept + [id_ for id_ in ticked if id_ not in kept])

    def form(self, base: ProductForm) -> ProductForm:
        """Return `base` with the groups ticked."""
        return replace(base, choices=self.chosen)

    def _told(self, group: ChoiceGroup) -> str:
        limits = (
            tr("choose {least} to {most}", least=group.min_select, most=group.max_select)
            if group.min_select != group.max_select
            else tr("choose {count}", count=group.min_select)
        )
        parts = [
            f"{one.name} +{money(one.price_minor, self._currency, language())}"
            if one.price_minor
            else one.name
            for one in group.choices
        ]
        return f"{limits} · {', '.join(parts)}" if parts else limits

    def _want(self, group: ChoiceGroup | None, *_: object) -> None:
        self.group_wanted.emit(group)

    def _ticked(self, *_: object) -> None:
        self.changed.emit()
