"""What is done to a product at once, not with its card: prices, price lists, the stop list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.exchange.pictures import set_photo
from desktop_app.gui.pick_path import pick_file
from desktop_app.gui.screens.menu.price_dialog import NameDialog, PriceDialog, StopDialog
from desktop_app.gui.screens.menu.price_lists_dialog import PriceListsDialog
from desktop_app.gui.text import tr
from desktop_app.menu.groups import remove_choices, save_choices
from desktop_app.menu.operations import get_workbench
from desktop_app.menu.photos import remove_photo
from desktop_app.menu.prices import (
    drop_list_price,
    release_product,
    set_price,
    stop_product,
)
from desktop_app.menu.sizing import offer_size, remove_size, rename_size

if TYPE_CHECKING:
    from desktop_app.gui.bridge import Bridge
    from desktop_app.gui.navigation import Screen
    from desktop_app.gui.screens.menu.choices_dialog import ChoicesDialog
    from desktop_app.gui.screens.menu.editor import Editor
    from desktop_app.menu.records import ChoiceForm, ProductCard, Workbench


class Deeds:
    """Asks with small dialogs, does it, and offers to take it back."""

    def __init__(self, screen: Screen, currency: str, editor: Editor) -> None:
        self._screen, self._currency, self._editor = screen, currency, editor
        self.dialog: PriceDialog | StopDialog | NameDialog | None = None
        self.lists: PriceListsDialog | None = None

    def ask_price(self, variant: str | None, list_id: int | None, now: int | None) -> None:
        """Ask for the price of a size, in the menu or in a price list."""
        card = self._card
        if card is None:
            return
        what = f"{card.form.name} · {variant}" if variant else card.form.name
        dialog = PriceDialog(what, self._currency, variant, now, self._screen)
        dialog.asked.connect(partial(self._give_price, dialog, card, list_id, now))
        self._open(dialog)

    def drop_price(self, list_id: int, variant: str) -> None:
        """Let the menu's price hold again in a price list."""
        card = self._card
        if card is not None:
            before = {(one, name): minor for one, name, minor in card.list_prices}
            minor = before.get((list_id, variant), 0)
            undo = partial(self._price_back, card.id, variant, list_id, minor)
            then = partial(self._told, tr("The menu's price holds again"), undo)
            self._bridge.ask(self._screen, then, drop_list_price, list_id, card.id, variant)

    def show_price_lists(self) -> None:
        """Show the price lists, to change them."""
        self.lists = PriceListsDialog(self._bridge, self._screen)
        self.lists.open()

    def ask_size(self, size: str) -> None:
        """Ask for another name of a size."""
        card = self._card
        if card is None:
            return
        dialog = NameDialog(
            tr("Rename the size “{name}”", name=size or tr("Usual")),
            tr("Receipts keep the name they were sold under."), tr("Rename"), self._screen,
        )  # fmt: skip
        dialog.name.setText(size)
        dialog.asked.connect(partial(self._rename, dialog, card, size))
        self._open(dialog)

    def offer_size(self, size: str, offered: object) -> None:
        """Put a size away, or sell it again."""
        card = self._card
        if card is not None:
            told = tr("The size is sold again") if offered else tr("The size is put away")
            undo = partial(self._offer, card.id, size, offered=not offered)
            then = partial(self._told, told, undo)
            self._bridge.ask_or(
                self._screen, then, self._editor.refuse, offer_size, card.id, size,
                offered=bool(offered),
            )  # fmt: skip

    def drop_size(self, size: str) -> None:
        """Remove a size; it is told where it is used."""
        card = self._card
        if card is not None:
            then = partial(self._told, tr("The size is removed"), None)
            self._bridge.ask_or(self._screen, then, self._editor.refuse, remove_size, card.id, size)

    def ask_photo(self) -> None:
        """Ask for the file of a photo."""
        card = self._card
        if card is not None:
            pick_file(self._screen, tr("Choose a photo"), partial(self.give_photo, card.id))

    def give_photo(self, product_id: int, path: Path) -> None:
        """Give the product a photo; what is wrong with the file is said beside it."""
        photo = self._editor.photo
        photo.wait()
        then = partial(self._told, tr("The photo is stored"), None)
        self._bridge.ask_or(self._screen, then, photo.show_problem, set_photo, product_id, path)

    def drop_photo(self) -> None:
        """Remove the photo."""
        card = self._card
        if card is not None:
            then = partial(self._told, tr("The photo is removed"), None)
            self._bridge.ask(self._screen, then, remove_photo, card.id)

    def drop_group(self, dialog: ChoicesDialog, group_id: int) -> None:
        """Remove a group of choices; it is told which products offer it."""
        then = partial(self._group_dropped, dialog)
        self._bridge.ask_or(dialog, then, dialog.refuse, remove_choices, group_id)

    def turn_stop(self) -> None:
        """Put the product on the stop list, or take it off."""
        card = self._card
        if card is None:
            return
        if card.stopped is not None:
            undo = partial(self._stop_again, card.id, card.stopped)
            told = tr("{name} is off the stop list", name=card.form.name)
            then = partial(self._told, told, undo)
            self._bridge.ask(self._screen, then, release_product, card.id)
            return
        dialog = StopDialog(card.form.name, self._screen)
        dialog.asked.connect(partial(self._stop, dialog, card))
        self._open(dialog)

    def save_group(
        self, dialog: ChoicesDialog, group_id: int | None, name: str, limits: tuple[int, int],
        choices: Sequence[ChoiceForm],
    ) -> None:  # fmt: skip
        """Store a group of choices; a new one is ticked for the product."""
        then = partial(self._group_saved, dialog, new=group_id is None)
        self._bridge.ask_or(
            dialog, then, dialog.refuse, save_choices, group_id, name, limits, choices,
            follows_size=dialog.follows.isChecked(), version=dialog.version,
        )  # fmt: skip

    # --- doing

    @property
    def _bridge(self) -> Bridge:
        return self._screen.bridge

    @property
    def _card(self) -> ProductCard | None:
        return self._editor.card

    def _open(self, dialog: PriceDialog | StopDialog | NameDialog) -> None:
        self.dialog = dialog
        dialog.open()

    def _told(self, text: str, undo: Callable[[], None] | None, _: object = None) -> None:
        self._screen.shell.tell(text, undo)

    def _give_price(
        self, dialog: PriceDialog, card: ProductCard, list_id: int | None, now: int | None,
        variant: str, minor: int,
    ) -> None:  # fmt: skip
        then = partial(self._price_given, dialog, card, list_id, now, variant)
        self._bridge.ask_or(
            dialog, then, dialog.refuse, set_price, card.id, minor, variant, list_id
        )

    def _price_given(
        self, dialog: PriceDialog, card: ProductCard, list_id: int | None, now: int | None,
        variant: str, _: None,
    ) -> None:  # fmt: skip
        dialog.accept()
        undo = None
        own = {(one, name) for one, name, _ in card.list_prices}
        if list_id is not None and (list_id, variant) not in own:
            undo = partial(self._out_of_list, card.id, variant, list_id)
        elif now is not None:
            undo = partial(self._price_back, card.id, variant, list_id, now)
        self._told(tr("The price of {name} is changed", name=card.form.name), undo)

    def _price_back(self, product_id: int, variant: str, list_id: int | None, minor: int) -> None:
        then = partial(self._told, tr("The price is what it was before"), None)
        self._bridge.ask(self._screen, then, set_price, product_id, minor, variant, list_id)

    def _out_of_list(self, product_id: int, variant: str, list_id: int) -> None:
        """Let the menu's price hold again, as it did before."""
        then = partial(self._told, tr("The price is what it was before"), None)
        self._bridge.ask(self._screen, then, drop_list_price, list_id, product_id, variant)

    def _rename(self, dialog: NameDialog, card: ProductCard, size: str, name: str) -> None:
        then = partial(self._renamed, dialog, card.id, size, name)
        self._bridge.ask_or(dialog, then, dialog.refuse, rename_size, card.id, size, name)

    def _renamed(self, dialog: NameDialog, product_id: int, size: str, name: str, _: None) -> None:
        dialog.accept()
        undo = partial(self._name_back, product_id, " ".join(name.split()), size)
        self._told(tr("The size is renamed"), undo)

    def _name_back(self, product_id: int, name: str, size: str) -> None:
        self._bridge.ask(self._screen, self._nothing_more, rename_size, product_id, name, size)

    def _offer(self, product_id: int, size: str, *, offered: bool) -> None:
        self._bridge.ask(
            self._screen, self._nothing_more, offer_size, product_id, size, offered=offered
        )

    def _stop(self, dialog: StopDialog, card: ProductCard, remaining: int) -> None:
        then = partial(self._stopped, dialog, card)
        self._bridge.ask_or(dialog, then, dialog.refuse, stop_product, card.id, remaining)

    def _stopped(self, dialog: StopDialog, card: ProductCard, _: None) -> None:
        dialog.accept()
        undo = partial(self._release, card.id)
        self._told(tr("{name} is on the stop list", name=card.form.name), undo)

    def _release(self, product_id: int) -> None:
        self._bridge.ask(self._screen, self._nothing_more, release_product, product_id)

    def _stop_again(self, product_id: int, remaining: int) -> None:
        self._bridge.ask(self._screen, self._nothing_more, stop_product, product_id, remaining)

    def _nothing_more(self, _: None) -> None:
        pass

    def _group_dropped(self, dialog: ChoicesDialog, _: None) -> None:
        dialog.accept()
        self._told(tr("The group is removed"), None)
        self._bridge.ask(self._screen, self._editor.show_groups, get_workbench)

    def _group_saved(self, dialog: ChoicesDialog, group_id: int, *, new: bool) -> None:
        dialog.accept()
        self._bridge.ask(self._screen, partial(self._show_groups, group_id, new=new), get_workbench)

    def _show_groups(self, group_id: int, bench: Workbench, *, new: bool) -> None:
        self._editor.show_groups(bench)
        if new:
            self._editor.choices.tick(group_id)
