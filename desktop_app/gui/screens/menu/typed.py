"""Reading amounts as people type them; every screen reads them so."""

from __future__ import annotations

from desktop_app.gui.widgets.typed import typed_money, typed_percent, typed_quantity

__all__ = ["typed_money", "typed_percent", "typed_quantity"]
