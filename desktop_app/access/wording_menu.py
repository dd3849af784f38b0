"""What was done to the menu, in words, by operation."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.kernel.words import Message, msg

MENU_DEEDS: Mapping[str, Message] = {
    "menu.add_category": msg("Added a category of the menu"),
    "menu.add_price_list": msg("Added a price list"),
    "menu.add_product": msg("Added a product"),
    "menu.add_station": msg("Added a station"),
    "menu.archive_products": msg("Put products into the archive, or took them out"),
    "menu.change_category": msg("Changed a category of the menu"),
    "menu.change_price_list": msg("Changed a price list"),
    "menu.change_product": msg("Changed a product"),
    "menu.change_prices": msg("Changed many prices"),
    "menu.drop_list_price": msg("Took a price out of a price list"),
    "menu.find_products": msg("Searched the menu"),
    "menu.get_photo": msg("Looked at a product's photo"),
    "menu.get_product": msg("Opened a product's card"),
    "menu.get_sale_menu": msg("Prepared a receipt by hand"),
    "menu.get_workbench": msg("Prepared the editor of products"),
    "menu.list_categories": msg("Looked at the categories of the menu"),
    "menu.list_choices": msg("Looked at the groups of choices"),
    "menu.list_ingredients": msg("Looked at the ingredients"),
    "menu.list_price_lists": msg("Looked at the price lists"),
    "menu.list_products": msg("Looked at the menu"),
    "menu.list_stations": msg("Looked at the stations"),
    "menu.order_categories": msg("Ordered the categories of the menu"),
    "menu.list_thumbnails": msg("Looked at the photos of the menu"),
    "menu.move_products": msg("Moved products to another category"),
    "menu.offer_size": msg("Put a size away, or sold it again"),
    "menu.order_price_lists": msg("Ordered the price lists"),
    "menu.preview_prices": msg("Looked at what prices would become"),
    "menu.price_for": msg("Asked for a price"),
    "menu.release_product": msg("Took a product off the stop list"),
    "menu.remove_photo": msg("Removed a product's photo"),
    "menu.remove_category": msg("Removed a category of the menu"),
    "menu.remove_choices": msg("Removed a group of choices"),
    "menu.remove_price_list": msg("Removed a price list"),
    "menu.remove_size": msg("Removed a size of a product"),
    "menu.remove_station": msg("Removed a station"),
    "menu.rename_size": msg("Renamed a size of a product"),
    "menu.rename_station": msg("Renamed a station"),
    "menu.save_choices": msg("Changed a group of choices"),
    "menu.set_price": msg("Changed a price"),
    "menu.show_price_lists": msg("Looked at when price lists hold"),
    "menu.stop_product": msg("Put a product on the stop list"),
    "menu.takes_of": msg("Looked at what a product takes from the storage"),
}
