"""What is done to many products of the list at once: prices, category, the archive."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override

from desktop_app.gui.screens.menu.reprice_dialog import RepriceDialog
from desktop_app.gui.screens.menu.wording import category_paths
from desktop_app.gui.text import ntr, tr
from desktop_app.gui.widgets.ask_dialog import AskDialog
from desktop_app.menu.bulk import archive_products, change_prices, move_products
from desktop_app.menu.operations import list_categories, list_price_lists
from desktop_app.menu.records import CategoryRow, NamedRow, ProductRow

if TYPE_CHECKING:
    from desktop_app.db.operation import Operation
    from desktop_app.gui.navigation import Screen
    from desktop_app.gui.screens.menu.menu_list import MenuList
    from desktop_app.menu.repricing import PriceStep

_MOST = 20_000


class BulkDeeds(QObject):
    """A menu below the button of the list; it is about what is picked, else about all in sight."""

    def __init__(self, screen: Screen, page: MenuList, currency: str) -> None:
        super().__init__(screen)
        self._screen, self._page, self._currency = screen, page, currency
        self.dialog: RepriceDialog | PlaceDialog | None = None
        self.menu: QMenu | None = None
        page.many.clicked.connect(self.offer)

    def rows(self) -> Sequence[ProductRow]:
        """Return what it is about."""
        return self._page.table.picked_records(_MOST) or self._page.in_list

    def offer(self) -> None:
        """Offer what can be done."""
        rows = self.rows()
        menu = QMenu(self._page)
        head = menu.addAction(ntr("{n} product:", "{n} products:", len(rows)))
        head.setEnabled(False)
        bridge = self._screen.bridge
        put_away, bring_back = (partial(self.archive, archived=one) for one in (True, False))
        for words, op, deed in (
            (tr("Change prices…"), change_prices, self.ask_prices),
            (tr("Move to a category…"), move_products, self.ask_place),
            (tr("Put into the archive"), archive_products, put_away),
            (tr("Take out of the archive"), archive_products, bring_back),
        ):
            one = menu.addAction(words)
            why_not = bridge.why_not(op)
            one.setToolTip(why_not)
            one.setEnabled(bool(rows) and not why_not)
            one.triggered.connect(partial(self._do, deed, rows))
        self.menu = menu
        button = self._page.many
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _do(
        self, deed: Callable[[Sequence[ProductRow]], None], rows: Sequence[ProductRow], *_: object
    ) -> None:
        deed(rows)

    # --- prices

    def ask_prices(self, rows: Sequence[ProductRow]) -> None:
        """Ask by how much prices change."""
        then = partial(self._ask_prices, [row.id for row in rows if row.kind.is_sold])
        self._screen.bridge.ask(self._screen, then, list_price_lists)

    def _ask_prices(self, ids: Sequence[int], lists: Sequence[NamedRow]) -> None:
        dialog = RepriceDialog(ids, lists, self._currency, self._screen.bridge, self._screen)
        dialog.asked.connect(partial(self._change_prices, dialog))
        self.dialog = dialog
        dialog.open()

    def _change_prices(self, dialog: RepriceDialog, steps: Sequence[PriceStep]) -> None:
        then = partial(self._prices_changed, dialog, steps)
        self._screen.bridge.ask_or(dialog, then, dialog.refuse, change_prices, steps)

    def _prices_changed(self, dialog: RepriceDialog, steps: Sequence[PriceStep], many: int) -> None:
        dialog.accept()
        undo = partial(self._undo, change_prices, [one.back for one in steps])
        self._tell(ntr("{n} price is changed", "{n} prices are changed", many), undo)

    # --- category

    def ask_place(self, rows: Sequence[ProductRow]) -> None:
        """Ask for a category."""
        self._screen.bridge.ask(self._screen, partial(self._ask_place, rows), list_categories)

    def _ask_place(self, rows: Sequence[ProductRow], found: Sequence[CategoryRow]) -> None:
        dialog = PlaceDialog(len(rows), found, self._screen)
        dialog.asked.connect(partial(self._move, dialog, rows))
        self.dialog = dialog
        dialog.open()

    def _move(self, dialog: PlaceDialog, rows: Sequence[ProductRow], place: int | None) -> None:
        places = [(row.id, place) for row in rows]
        back = [(row.id, row.category_id) for row in rows]
        then = partial(self._moved, dialog, back)
        self._screen.bridge.ask_or(dialog, then, dialog.refuse, move_products, places)

    def _moved(
        self, dialog: PlaceDialog, back: Sequence[tuple[int, int | None]], many: int
    ) -> None:
        dialog.accept()
        told = ntr("{n} product is moved", "{n} products are moved", many)
        self._tell(told, partial(self._undo, move_products, back))

    # --- archive

    def archive(self, rows: Sequence[ProductRow], *, archived: bool) -> None:
        """Put products into the archive, or take them out."""
        ids = [row.id for row in rows if row.active == archived]
        if not ids:
            self._screen.shell.tell(tr("They are there already"))
            return
        then = partial(self._archived, ids, archived=archived)
        self._screen.bridge.ask(self._screen, then, archive_products, ids, archived=archived)

    def _archived(self, ids: Sequence[int], many: int, *, archived: bool) -> None:
        told = (
            ntr("{n} product is archived", "{n} products are archived", many)
            if archived
            else ntr("{n} product is in use again", "{n} products are in use again", many)
        )
        undo = partial(self._undo, archive_products, ids, archived=not archived)
        self._tell(told, undo)

    # --- the way back

    def _tell(self, text: str, undo: Callable[[], None]) -> None:
        self._screen.shell.tell(text, undo)

    def _undo(self, op: Operation[..., int], *args: object, **more: object) -> None:
        self._screen.bridge.ask(self._screen, self._undone, op, *args, **more)

    def _undone(self, _: int) -> None:
        self._screen.shell.tell(tr("It is as it was before"))


class PlaceDialog(AskDialog):
    """Asks to which category products go; `asked(category or None)`."""

    asked = Signal(object)

    def __init__(self, many: int, categories: Sequence[CategoryRow], parent: QWidget) -> None:
        super().__init__(
            tr("Move to a category"), ntr("{n} product", "{n} products", many), tr("Move"), parent
        )
        ways = [(str(id_), way) for id_, way in category_paths(categories)]
        self.place = self.add_choice("category", tr("Category"), [("", "–"), *ways])

    @override
    def send(self) -> None:
        """Send the category."""
        chosen = str(self.place.currentData() or "")
        self.asked.emit(int(chosen) if chosen else None)
