"""The list of screens, in the order of the sidebar."""

from __future__ import annotations

from desktop_app.gui.navigation import ScreenSpec

SCREENS: tuple[ScreenSpec, ...] = ()
