"""One product in place of the list: what it is, its card, its choices, its prices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget

from desktop_app.gui.screens.menu.card_tab import CardTab
from desktop_app.gui.screens.menu.choices_tab import ChoicesTab
from desktop_app.gui.screens.menu.general_tab import GeneralTab
from desktop_app.gui.screens.menu.photo_card import PhotoCard
from desktop_app.gui.screens.menu.prices_tab import PricesTab
from desktop_app.gui.screens.menu.wording import state_mood
from desktop_app.gui.text import say, tr
from desktop_app.gui.widgets.badge import Badge
from desktop_app.gui.widgets.banner import Banner
from desktop_app.gui.widgets.button import allow, button, retitle
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import clear, column, frame, row
from desktop_app.gui.widgets.segmented import Segmented
from desktop_app.kernel.errors import AppError, InvalidError
from desktop_app.menu.kinds import KIND_TITLES
from desktop_app.menu.records import Ingredients, ProductCard, ProductForm, VariantRow, Workbench
from desktop_app.menu.rules import least_price

GENERAL, CARD, CHOICES, PRICES = "general", "card", "choices", "prices"


class Editor(QWidget):
    """Shows a product, or an empty one; `stored(form, first prices)` when it is to be kept.

    `back` when somebody leaves, `stop_wanted` for the stop list.
    """

    back = Signal()
    stored = Signal(object, object)
    stop_wanted = Signal()

    def __init__(self, currency: str, local: Callable[[datetime], datetime]) -> None:
        super().__init__()
        self.card: ProductCard | None = None
        self._base = ProductForm("")
        self.bench = Workbench(Ingredients({}, {}, {}), (), (), (), ())
        self._why_not_edit = ""
        self._showing = False
        self.general, self.recipe = GeneralTab(currency), CardTab(currency)
        self.photo = PhotoCard()
        self.choices, self.prices = ChoicesTab(currency), PricesTab(currency, local)
        self.back_button = button(
            "", "chevron-left", "ghost", tip=tr("Back to the list (Esc)"), on_click=self.back
        )
        self.save = button(tr("Save"), "save", "primary", tip="Ctrl+S", on_click=self.send)
        self.stop = button(tr("Stop list"), "circle-x", on_click=self.stop_wanted)
        self.title = label("", 22, 600, wrap=True)
        self.about = label("", 13, tone="muted", wrap=True)
        self.banner = Banner()
        self.tabs = Segmented(
            tr("Pages of the product"),
            [
                (GENERAL, tr("General")), (CARD, tr("Technical card")), (CHOICES, tr("Choices")),
                (PRICES, tr("Prices")),
            ],
        )  # fmt: skip
        self._pages = QStackedWidget()
        self._places: dict[str, QScrollArea] = {}
        self._lay_out()
        self._connect()

    def show_allowed(self, why_not_edit: str, why_not_price: str, why_not_stop: str) -> None:
        """Hold what the person may not do, and say why."""
        self._why_not_edit = why_not_edit
        self.general.show_allowed(may_edit=not why_not_edit, may_price=not why_not_price)
        self.photo.hold(why_not_edit)
        self.recipe.hold(why_not_edit)
        self.choices.hold(why_not_edit)
        self.prices.hold(why_not_price)
        allow(self.stop, why_not_stop)

    def show_card(self, card: ProductCard, bench: Workbench) -> None:
        """Show a product as it is stored."""
        self._show(card, card.form, bench)

    def show_new(self, form: ProductForm, bench: Workbench) -> None:
        """Show an empty product; its first price is asked for with it."""
        self._show(None, form, bench)
        self.choose(GENERAL)
        self.general.name.setFocus()

    def show_prices(self, card: ProductCard, bench: Workbench) -> None:
        """Take up prices, history and the stop list; what is being typed stays."""
        self.card = card
        self.prices.show_card(card, bench)
        self._head()
        self._typed()

    def show_groups(self, bench: Workbench) -> None:
        """Take up the groups of choices; ticks stay."""
        self.bench = bench
        chosen = self.choices.chosen
        self.choices.show_groups(chosen, bench.choices)

    def keep_mine(self, stored: ProductCard) -> None:
        """Go on from another version of the product, with what is typed here."""
        self.card = stored
        self._base = stored.form
        self._head()
        self._typed()

    def choose(self, tab: str) -> None:
        """Show one of the pages."""
        self.tabs.choose(tab)
        self._pages.setCurrentWidget(self._places[tab])

    def typed(self) -> ProductForm:
        """Return what stands here; InvalidError names the field that cannot be."""
        return self.choices.form(self.recipe.form(self.general.form(self._base)))

    @property
    def is_changed(self) -> bool:
        """Tell whether something stands here that is not stored."""
        try:
            return self.typed() != self._base
        except InvalidError:
            return True

    def send(self) -> None:
        """Have what is typed stored, or say what is wrong with it."""
        if not self.save.isEnabled():
            return
        self.clear_errors()
        try:
            form, first = self.typed(), self.general.first_price()
        except InvalidError as error:
            self.refuse(error)
            return
        self.save.setEnabled(False)
        self.stored.emit(form, () if first is None else (VariantRow("", first),))

    def refuse(self, error: AppError) -> None:
        """Say why nothing was stored, beside the field where there is one."""
        self.allow_saving()
        if isinstance(error, InvalidError):
            if self.general.show_error(error):
                self.choose(GENERAL)
                return
            if self.recipe.show_error(error):
                self.choose(CARD)
                return
        self.banner.tell("bad", say(error.message), say(error.hint) if error.hint else "")

    def allow_saving(self) -> None:
        """Let what is typed be sent again."""
        self.save.setEnabled(not self._why_not_edit)

    def clear_errors(self) -> None:
        """Take all complaints away."""
        self.banner.hide()
        self.general.clear_errors()
        self.recipe.show_problem("")

    # --- building

    def _lay_out(self) -> None:
        self._badges = row(gap=8)
        head = row(self.back_button, gap=10, margins=(10, 14, 18, 14))
        words = column(row(self.title, 4, self._badges, None), self.about, gap=2)
        head.addLayout(words, 1)
        for one in (self.stop, self.save):
            head.addWidget(one)
        for key, page in ((GENERAL, self.general), (CARD, self.recipe), (CHOICES, self.choices),
                          (PRICES, self.prices)):  # fmt: skip
            scroll = QScrollArea()
            scroll.setWidgetResizable(True)
            scroll.setFrameShape(QFrame.Shape.NoFrame)
            scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            inside = column(page, *([self.photo] if key == GENERAL else []), None, gap=16)
            scroll.setWidget(frame(inside, "page"))
            self._places[key] = scroll
            self._pages.addWidget(scroll)
        top = frame(head, "card")
        layout = column(top, self.banner, gap=14, margins=(28, 4, 28, 20))
        layout.addLayout(row(self.tabs, None))
        layout.addWidget(self._pages, 1)
        self.banner.hide()
        self.setLayout(layout)

    def _connect(self) -> None:
        self.tabs.chosen.connect(self.choose)
        for page in (self.general, self.recipe, self.choices):
            page.changed.connect(self._typed)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self).activated.connect(self.back)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self).activated.connect(self.send)

    def _show(self, card: ProductCard | None, form: ProductForm, bench: Workbench) -> None:
        self._showing = True
        self.card, self._base, self.bench = card, form, bench
        self.general.show_form(form, bench, new=card is None)
        sizes = card.variants if card else ()
        self.recipe.show_card(card.id if card else 0, form, bench.ingredients, sizes)
        self.choices.show_groups(form.choices, bench.choices)
        if card is not None:
            self.prices.show_card(card, bench)
        self.tabs.set_offered(PRICES, offered=card is not None)
        self.photo.setVisible(card is not None)
        self._showing = False
        self.clear_errors()
        self._head()
        self._typed()

    def _head(self) -> None:
        clear(self._badges)
        card = self.card
        self.title.setText(card.form.name if card else tr("New product"))
        self.stop.setVisible(card is not None)
        if card is None:
            self.about.setText(tr("Fill in the name; everything else can wait."))
            return
        self._badges.addWidget(Badge(state_mood(active=card.form.active, stopped=card.stopped)))
        stopped = card.stopped is not None
        retitle(self.stop, tr("Off the stop list") if stopped else tr("Stop list"))
        parts = [say(KIND_TITLES[card.form.kind])]
        names = {one.id: one.name for one in self.bench.categories}
        parts += [names[id_] for id_ in (card.form.category_id,) if id_ in names]
        if card.used_in:
            used = ", ".join(one.name for one in card.used_in[:3])
            more = "…" if len(card.used_in) > 3 else ""  # noqa: PLR2004 - as many as shown
            parts.append(tr("used in {names}", names=used + more))
        self.about.setText(" · ".join(parts))

    def _price(self) -> int | None:
        try:
            first = self.general.first_price()
        except InvalidError:
            first = None
        if self.card is None:
            return first
        return least_price(one.price_minor for one in self.card.variants)

    def _typed(self, *_: object) -> None:
        if self._showing:
            return
        try:
            form = self.general.form(self._base)
        except InvalidError:
            form = replace(self._base, name=self.general.name.text())
        self.recipe.show_product(form, self._price())
        self.save.setEnabled(not self._why_not_edit and self.is_changed)
        self.save.setToolTip(self._why_not_edit or "Ctrl+S")
