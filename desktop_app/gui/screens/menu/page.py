"""The menu screen: the list, and one product in its place."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget
from typing_extensions import override

from desktop_app.gui.lists.bar import Asked
from desktop_app.gui.navigation import Screen, Shell
from desktop_app.gui.screens.menu.bulk_deeds import BulkDeeds
from desktop_app.gui.screens.menu.categories_dialog import CategoriesDialog
from desktop_app.gui.screens.menu.choices_dialog import ChoicesDialog
from desktop_app.gui.screens.menu.deeds import Deeds
from desktop_app.gui.screens.menu.difference_dialog import DifferenceDialog
from desktop_app.gui.screens.menu.editor import Editor
from desktop_app.gui.screens.menu.menu_list import TABLES, MenuList
from desktop_app.gui.text import tr
from desktop_app.gui.widgets.dialog import ConfirmDialog
from desktop_app.gui.widgets.layout import column
from desktop_app.kernel.errors import AppError, ConflictError
from desktop_app.menu.editing import add_product, change_product
from desktop_app.menu.operations import get_product, get_workbench, list_categories
from desktop_app.menu.photos import get_photo, list_thumbnails
from desktop_app.menu.prices import set_price, stop_product
from desktop_app.menu.records import (
    CategoryRow,
    ChoiceGroup,
    ProductCard,
    ProductForm,
    ProductRow,
    VariantRow,
    Workbench,
)
from desktop_app.venue.operations import get_today
from desktop_app.venue.records import Today


class MenuScreen(Screen):
    """Shows the menu. A target is a product's id, a text to search for, or what to list."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.list: MenuList | None = None
        self.editor: Editor | None = None
        self.deeds: Deeds | None = None
        self.leaving: ConfirmDialog | None = None
        self._pages = QStackedWidget()
        self._target: object = None
        self._wanted = 0
        self.currency = ""
        self.setLayout(column(self._pages))
        self.bridge.ask(self, self._begin, get_today)

    @override
    def show_target(self, target: object) -> None:
        if self.list is None or self.editor is None:
            self._target = target
        elif isinstance(target, int):
            self.open_product(target)
        elif isinstance(target, (str, Asked)):
            self.show_list()
            self.list.show_filter(Asked(target) if isinstance(target, str) else target)

    # --- building

    def _begin(self, today: Today) -> None:
        self.currency = today.venue.currency
        self.list = MenuList(self.shell, self.currency)
        self._pages.addWidget(self.list)
        self.list.opened.connect(self._open)
        self.list.add.clicked.connect(self.open_new)
        self.list.empty.chosen.connect(self.open_new)
        self.list.arrange.clicked.connect(self._arrange)
        self.bulk = BulkDeeds(self, self.list, self.currency)
        self.list.begin()
        self.bridge.changed.connect(self._changed)
        self._ask_categories()
        self.bridge.ask(self, self.list.show_photos, list_thumbnails)
        # Later: list and editor in one event would hold the event loop for too long.
        QTimer.singleShot(0, self, partial(self._make_editor, today))

    def _make_editor(self, today: Today) -> None:
        made = Editor(self.currency, today.venue.time.local)
        made.prices.offer_files(self.shell)
        made.show_allowed(
            self.bridge.why_not(change_product), self.bridge.why_not(set_price),
            self.bridge.why_not(stop_product),
        )  # fmt: skip
        self._pages.addWidget(made)
        self.editor, self.deeds = made, Deeds(self, self.currency, made)
        made.back.connect(self.leave)
        made.stored.connect(self._store)
        made.stop_wanted.connect(self.deeds.turn_stop)
        made.choices.group_wanted.connect(self._change_group)
        made.prices.price_wanted.connect(self.deeds.ask_price)
        made.prices.drop_wanted.connect(self.deeds.drop_price)
        made.prices.list_wanted.connect(self.deeds.show_price_lists)
        made.photo.wanted.connect(self.deeds.ask_photo)
        made.photo.drop_wanted.connect(self.deeds.drop_photo)
        made.prices.size_wanted.connect(self.deeds.ask_size)
        made.prices.offer_wanted.connect(self.deeds.offer_size)
        made.prices.drop_size_wanted.connect(self.deeds.drop_size)
        target, self._target = self._target, None
        if target is not None:
            self.show_target(target)

    def _ask_categories(self) -> None:
        self.bridge.ask(self, self._know_categories, list_categories)

    def _know_categories(self, found: Sequence[CategoryRow]) -> None:
        if self.list is not None:
            self.list.offer(found)

    def _changed(self, touched: frozenset[str]) -> None:
        if "category" in touched:
            self._ask_categories()
        if "product_photo" in touched:
            self._photos_changed()
        if self._wanted and touched & (TABLES | {"price_list", "price_change"}):
            self._ask_again(self._wanted)

    # --- one product

    def open_product(self, product_id: int) -> None:
        """Show a product in place of the list."""
        self._wanted = product_id
        then = partial(self._with_bench, product_id)
        self.bridge.ask(self, then, get_workbench)

    def open_new(self) -> None:
        """Show an empty product."""
        self._wanted = 0
        self.bridge.ask(self, self._show_new, get_workbench)

    def _open(self, row: ProductRow) -> None:
        self.open_product(row.id)

    def _with_bench(self, product_id: int, bench: Workbench) -> None:
        self.bridge.ask(self, partial(self._show, bench), get_product, product_id)

    def _show(self, bench: Workbench, card: ProductCard) -> None:
        if self.editor is None or card.id != self._wanted:
            return
        self.editor.show_card(card, bench)
        self.editor.photo.show_photo(None)
        self._ask_photo(card.id)
        self._show_editor(card.form.name)

    def _photos_changed(self) -> None:
        if self.list is not None:
            self.bridge.ask(self, self.list.show_photos, list_thumbnails)
        if self._wanted:
            self._ask_photo(self._wanted)

    def _ask_photo(self, product_id: int) -> None:
        self.bridge.ask(self, partial(self._show_photo, product_id), get_photo, product_id)

    def _show_photo(self, product_id: int, content: bytes | None) -> None:
        if self.editor is not None and self._wanted == product_id:
            self.editor.photo.show_photo(content)

    def _show_new(self, bench: Workbench) -> None:
        if self.editor is not None:
            self.editor.show_new(ProductForm(""), bench)
            self._show_editor(tr("New product"))

    def _show_editor(self, heading: str) -> None:
        if self.editor is not None and self._pages.currentWidget() is not self.editor:
            self._pages.setCurrentWidget(self.editor)
            (self.editor.back_button if self._wanted else self.editor.general.name).setFocus()
        self.set_heading("", heading)

    def _ask_again(self, product_id: int) -> None:
        """Take up what others did; what is being typed stays."""
        self.bridge.ask(self, partial(self._again, product_id), get_workbench)

    def _again(self, product_id: int, bench: Workbench) -> None:
        self.bridge.ask(self, partial(self._take_up, bench), get_product, product_id)

    def _take_up(self, bench: Workbench, card: ProductCard) -> None:
        editor = self.editor
        if editor is None or editor.card is None or card.id != self._wanted:
            return
        if not editor.is_changed:
            editor.show_card(card, bench)
        elif card.version == editor.card.version:
            editor.show_prices(card, bench)
        # Else the version it was read at stays: storing then shows the difference.

    # --- leaving

    def leave(self) -> None:
        """Go back to the list; ask first where something is not stored."""
        if self.editor is not None and self.editor.is_changed and self.editor.save.isEnabled():
            self.leaving = ConfirmDialog(
                tr("Leave without storing?"),
                tr("What you typed is not stored and would be lost."),
                tr("Leave"),
                parent=self,
            )
            self.leaving.confirmed.connect(self.show_list)
            self.leaving.open()
            return
        self.show_list()

    def show_list(self) -> None:
        """Show the list."""
        self._wanted = 0
        if self.list is not None:
            self._pages.setCurrentWidget(self.list)
            self.set_heading("")
            self.list.table.setFocus()

    # --- storing

    def _store(self, form: ProductForm, first: Sequence[VariantRow]) -> None:
        if self.editor is None:
            return
        card, refuse = self.editor.card, self.editor.refuse
        if card is None:
            self.bridge.ask_or(self, self._added, refuse, add_product, form, first)
            return
        self.bridge.ask_or(
            self, partial(self._stored, card), partial(self._not_stored, card.id, form),
            change_product, card.id, card.version, form,
        )  # fmt: skip

    def _added(self, product_id: int) -> None:
        self.shell.tell(tr("Stored"))
        self.open_product(product_id)

    def _stored(self, before: ProductCard, version: int) -> None:
        undo = partial(self._undo, before, version)
        self.shell.tell(tr("{name} is stored", name=before.form.name), undo)
        if self._wanted == before.id:
            self.open_product(before.id)

    def _undo(self, before: ProductCard, version: int) -> None:
        """Make a product what it was before; refused where somebody changed it since."""
        self.bridge.ask(
            self, partial(self._undone, before), change_product, before.id, version, before.form
        )

    def _undone(self, before: ProductCard, _: int) -> None:
        self.shell.tell(tr("{name} is as it was before", name=before.form.name))
        if self._wanted == before.id:
            self.open_product(before.id)

    def _not_stored(self, product_id: int, form: ProductForm, error: AppError) -> None:
        if not isinstance(error, ConflictError) or self.editor is None:
            if self.editor is not None:
                self.editor.refuse(error)
            return
        then = partial(self._compare, form, error)
        self.bridge.ask(self, then, get_product, product_id)

    def _compare(self, form: ProductForm, error: ConflictError, stored: ProductCard) -> None:
        """Show two people's changes side by side, where that is why it was refused."""
        editor = self.editor
        if editor is None or editor.card is None:
            return
        if stored.version == editor.card.version:
            editor.refuse(error)
            return
        self.difference = DifferenceDialog(stored.form, form, editor.bench, self.currency, self)
        self.difference.theirs.connect(partial(self.open_product, stored.id))
        self.difference.mine.connect(partial(self._store_over, stored, form))
        self.difference.rejected.connect(editor.allow_saving)
        self.difference.open()

    def _store_over(self, stored: ProductCard, form: ProductForm) -> None:
        if self.editor is not None:
            self.editor.keep_mine(stored)
            self._store(form, ())

    # --- groups

    def _change_group(self, group: ChoiceGroup | None) -> None:
        if self.editor is not None and self.deeds is not None:
            known = self.editor.bench.ingredients
            self.group_dialog = ChoicesDialog(group, known, self.currency, self)
            self.group_dialog.asked.connect(partial(self.deeds.save_group, self.group_dialog))
            self.group_dialog.dropped.connect(partial(self.deeds.drop_group, self.group_dialog))
            self.group_dialog.open()

    def _arrange(self) -> None:
        self.categories = CategoriesDialog(self.bridge, self)
        self.categories.open()
