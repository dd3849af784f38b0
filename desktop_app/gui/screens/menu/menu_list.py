"""The list of the menu: search, kind, category, and what is on the stop list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop_app.exports.shown import export_shown_menu
from desktop_app.gui.lists.bar import Asked, Choice, FilterBar
from desktop_app.gui.lists.page import ListLook, ListPage
from desktop_app.gui.lists.queries import WholeQuery, matches
from desktop_app.gui.navigation import Shell
from desktop_app.gui.screens.menu.columns import menu_columns
from desktop_app.gui.screens.menu.thumbnails import Thumbnails
from desktop_app.gui.screens.menu.wording import category_paths, insides
from desktop_app.gui.text import ntr, say, tr
from desktop_app.gui.widgets.button import allow, button
from desktop_app.gui.widgets.empty_state import EmptyState
from desktop_app.menu.editing import add_product
from desktop_app.menu.kinds import KIND_TITLES
from desktop_app.menu.operations import list_products
from desktop_app.menu.records import CategoryRow, ProductRow

TABLES = frozenset(
    {
        "product", "product_variant", "category", "recipe_line", "stop_entry", "station",
        "list_price",
    }
)  # fmt: skip


class MenuList(ListPage[ProductRow, Asked]):
    """Shows everything that is sold, stocked or used; `add` and `arrange` are its buttons."""

    def __init__(self, shell: Shell, currency: str) -> None:
        self._inside: Mapping[int, frozenset[int]] = {}
        self.add = button(tr("Add"), "plus", "primary")
        self.arrange = button(tr("Categories"), "list-filter")
        self.many = button("", "ellipsis", tip=tr("What is done to many products at once"))
        allow(self.add, shell.bridge.why_not(add_product))
        self.thumbnails = Thumbnails()
        columns = menu_columns(currency)
        bar = FilterBar(
            tr("Name, category or barcode"),
            [
                Choice("kind", tr("Kind"), everything=tr("Every kind")),
                Choice("state", tr("State"), everything=tr("In use")),
                Choice("category", tr("Category"), everything=tr("Every category")),
            ],
        )  # fmt: skip
        source: WholeQuery[ProductRow, Asked] = WholeQuery(
            shell.bridge, shell, columns, list_products, self._fits
        )
        self._listed = source
        super().__init__(
            shell,
            _look(currency, self.thumbnails),
            bar,
            source,
            [self.many, self.arrange, self.add],
        )
        self.filters = bar
        bar.offer("kind", [(kind.value, say(title)) for kind, title in KIND_TITLES.items()])
        bar.offer("state", [("stop", tr("Stop list")), ("archived", tr("Archived"))])

    @property
    def in_list(self) -> Sequence[ProductRow]:
        """Return the products that are listed now."""
        return self._listed.shown

    def offer(self, categories: Sequence[CategoryRow]) -> None:
        """Offer the categories there are now; one stands for what lies inside it, too."""
        self._inside = insides(categories)
        self.filters.offer("category", [(str(id_), way) for id_, way in category_paths(categories)])

    def show_photos(self, found: Mapping[int, bytes]) -> None:
        """Show the photos that there are now."""
        self.thumbnails.know(found)
        self.table.repaint_rows()

    def _fits(self, row: ProductRow, asked: Asked) -> bool:
        return fits(row, asked, self._inside)


def fits(row: ProductRow, asked: Asked, inside: Mapping[int, frozenset[int]]) -> bool:
    """Tell whether a product is listed."""
    kind, state, category = asked.of("kind"), asked.of("state"), asked.of("category")
    if kind and row.kind.value != kind:
        return False
    if row.active == (state == "archived"):
        return False
    if state == "stop" and row.stopped is None:
        return False
    if category and row.category_id not in inside.get(int(category), {int(category)}):
        return False
    return matches(asked.text, row.name, row.category, row.barcode)


def _look(currency: str, photos: Thumbnails) -> ListLook[ProductRow]:
    return ListLook(
        "menu",
        tr("Menu"),
        menu_columns(currency, photos.of),
        TABLES,
        EmptyState(
            "list-filter",
            tr("Nothing fits"),
            tr("There is a menu, but nothing in it has this name, kind, category and state."),
            tr("Show the whole menu"),
        ),
        EmptyState(
            "utensils",
            tr("No menu yet"),
            tr("Add the first dish, or import sales: what was sold comes in with them."),
            tr("Add a product"),
            "plus",
        ),
        lambda n, shown: ntr("{shown} product", "{shown} products", n, shown=shown),
        shown=export_shown_menu,
    )
