"""The prices of a product: its sizes, its price lists, and how they became what they are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from desktop_app.exports.shown import export_shown_menu
from desktop_app.gui.format import moment, money
from desktop_app.gui.lists.handing_out import ShownExport
from desktop_app.gui.navigation import Shell
from desktop_app.gui.text import language, tr
from desktop_app.gui.widgets.button import allow, button
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.labels import label, rule
from desktop_app.gui.widgets.layout import clear, column, row
from desktop_app.gui.widgets.records.column import Column
from desktop_app.gui.widgets.records.record_table import RecordTable
from desktop_app.kernel.money import major
from desktop_app.menu.records import PriceRow, ProductCard, VariantRow, Workbench

_MOST = 200


class PricesTab(QWidget):
    """Shows prices and history; `price_wanted(variant, list id, now)` to change one.

    `list_wanted` asks for the price lists; `size_wanted(size)`, `offer_wanted(size, sold or not)`
    and `drop_size_wanted(size)` are about sizes. A change is stored at once, not with the card.
    """

    price_wanted = Signal(object, object, object)
    drop_wanted = Signal(object, str)
    list_wanted = Signal()
    size_wanted = Signal(str)
    offer_wanted = Signal(str, object)
    drop_size_wanted = Signal(str)

    def __init__(self, currency: str, local: Callable[[datetime], datetime]) -> None:
        super().__init__()
        self._currency, self._local = currency, local
        self._why_not = ""
        self.add_size = button(tr("Add a size"), "plus")
        self.add_size.clicked.connect(lambda: self._want(None))
        self.add_list = button(tr("Price lists"), "tag", on_click=self.list_wanted)
        self._now = Card(
            tr("Prices"), tr("Receipts keep the price they were sold at"), self.add_list,
            self.add_size,
        )  # fmt: skip
        self._rows: RecordTable[PriceRow, None] = RecordTable(tr("Prices"), self._columns())
        self._rows.setParent(self)
        self._rows.hide()  # what the lines say, for files and the clipboard
        self.shown: ShownExport | None = None
        self._past = Card(tr("How they became so"))
        self._grid_place = column(gap=0)
        self._now.body.addLayout(self._grid_place)
        self._lines = column(gap=0)
        self._past.body.addLayout(self._lines)
        self._foot = row(None, gap=0)
        self._past.body.addLayout(self._foot)
        self.setLayout(column(self._now, self._past, None, gap=16))

    def offer_files(self, shell: Shell) -> None:
        """Offer to hand out how the prices became what they are."""
        self.shown = ShownExport(
            shell, self._rows, export_shown_menu, tr("How they became so"), "prices"
        )
        self.shown.tell_copied()
        self._foot.addWidget(self.shown.tools())

    def hold(self, why_not: str) -> None:
        """Let nothing be changed, and say why."""
        self._why_not = why_not
        allow(self.add_size, why_not)
        allow(self.add_list, why_not)

    def show_card(self, card: ProductCard, bench: Workbench) -> None:
        """Show the prices of a product."""
        clear(self._grid_place)
        clear(self._lines)
        sold = card.form.kind.is_sold
        self.add_size.setVisible(sold)
        self.add_list.setVisible(sold)
        if not sold:
            self._grid_place.addWidget(
                label(tr("It is not sold, and so has no price."), tone="muted")
            )
        else:
            self._grid_place.addLayout(self._grid(card, bench))
        self._rows.show_records(card.history)
        if self.shown is not None:
            self.shown.named = lambda: f"{tr('Prices')}: {card.form.name}"
        for at, one in enumerate(card.history[:_MOST]):
            if at:
                self._lines.addWidget(rule())
            self._lines.addLayout(self._line(one))
        if not card.history:
            self._lines.addWidget(label(tr("No price was changed yet."), tone="muted"))

    # --- building

    def _columns(self) -> list[Column[PriceRow]]:
        spoken, currency, local = language(), self._currency, self._local

        def price(heading: str, of: Callable[[PriceRow], int | None]) -> Column[PriceRow]:
            def raw(one: PriceRow) -> str:
                minor = of(one)
                return "" if minor is None else major(minor, currency)

            def said(one: PriceRow) -> str:
                minor = of(one)
                return "–" if minor is None else money(minor, currency, spoken)

            return Column(heading, said, 120, "money", raw=raw)

        return [
            Column(tr("Time"), lambda one: moment(local(one.at), spoken), 160),
            Column(tr("Size"), lambda one: one.variant or tr("Usual"), 140),
            Column(tr("Price list"), lambda one: one.price_list or tr("Menu"), 140),
            price(tr("Before"), lambda one: one.old_minor),
            price(tr("Price"), lambda one: one.new_minor),
        ]

    def _grid(self, card: ProductCard, bench: Workbench) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(8)
        lists = [(None, tr("Menu")), *((one.id, one.name) for one in bench.price_lists)]
        grid.addWidget(label(tr("Size"), 12, tone="muted"), 0, 0)
        for at, (_, title) in enumerate(lists, 1):
            grid.addWidget(label(title, 12, tone="muted"), 0, at, Qt.AlignmentFlag.AlignRight)
        own = {(list_id, variant): minor for list_id, variant, minor in card.list_prices}
        for line, variant in enumerate(card.variants, 1):
            grid.addWidget(self._size(variant), line, 0)
            for at, (list_id, _) in enumerate(lists, 1):
                apart = None if list_id is None else own.get((list_id, variant.name))
                now = variant.price_minor if apart is None else apart
                cell = self._cell(
                    variant.name, list_id, now, own=list_id is None or apart is not None
                )
                grid.addWidget(cell, line, at, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(0, 1)
        return grid

    def _size(self, variant: VariantRow) -> QWidget:
        """Return the name of a size with what can be done to it."""
        name, size = variant.name or tr("Usual"), variant.name
        line = row(label(name, 13, 500, tone="" if variant.active else "muted"), gap=2)
        offer = (
            ("archive", tr("Sell {name} no more", name=name), False)
            if variant.active
            else ("rotate-ccw", tr("Sell {name} again", name=name), True)
        )
        for icon_name, tip, act in (
            ("pencil", tr("Rename {name}", name=name), partial(self.size_wanted.emit, size)),
            (offer[0], offer[1], partial(self.offer_wanted.emit, size, offer[2])),
            ("trash-2", tr("Remove {name}", name=name),
             partial(self.drop_size_wanted.emit, size)),
        ):  # fmt: skip
            made = button("", icon_name, "ghost", tip=tip)
            made.clicked.connect(lambda _=False, act=act: act())
            allow(made, self._why_not, tip=tip)
            line.addWidget(made)
        line.addStretch(1)
        both = QWidget()
        both.setLayout(line)
        return both

    def _cell(self, variant: str, list_id: int | None, now: int, *, own: bool) -> QWidget:
        made = button(
            money(now, self._currency, language()), "pencil", "ghost",
            tip=tr("Change this price") if own else tr("The menu's price holds here"),
            on_click=lambda: self._want(variant, list_id, now),
        )  # fmt: skip
        allow(made, self._why_not, tip=made.toolTip())
        if list_id is None or not own:
            return made
        drop = button(
            "", "x", "ghost", tip=tr("Let the menu's price hold again"),
            on_click=partial(self._drop, list_id, variant),
        )  # fmt: skip
        allow(drop, self._why_not, tip=drop.toolTip())
        both = QWidget()
        both.setLayout(row(made, drop, gap=0))
        return both

    def _line(self, one: PriceRow) -> QHBoxLayout:
        spoken = language()
        what = " · ".join(word for word in (one.price_list, one.variant) if word)
        words = column(
            label(what or tr("Usual"), 13, 500),
            label(moment(self._local(one.at), spoken), 12, tone="muted", tabular=True), gap=1,
        )  # fmt: skip
        line = row(gap=12, margins=(0, 7, 0, 7))
        line.addLayout(words, 1)
        before = (
            tr("new") if one.old_minor is None else money(one.old_minor, self._currency, spoken)
        )
        after = (
            tr("menu's") if one.new_minor is None else money(one.new_minor, self._currency, spoken)
        )
        line.addWidget(label(before, 13, tone="muted", tabular=True))
        line.addWidget(label("→", 13, tone="muted"))
        line.addWidget(label(after, 13, 600, tabular=True))
        return line

    def _want(
        self, variant: str | None, list_id: int | None = None, now: int | None = None
    ) -> None:
        self.price_wanted.emit(variant, list_id, now)

    def _drop(self, list_id: int, variant: str, *_: object) -> None:
        self.drop_wanted.emit(list_id, variant)
