"""What the window knows of screens: their names and places, never their insides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.gui.bridge import Bridge
from desktop_app.gui.remembered import Remembered
from desktop_app.gui.widgets.badge import Mood
from desktop_app.kernel.access import Permission
from desktop_app.kernel.words import Message


class Group(StrEnum):
    """The groups of the sidebar, in their order."""

    OVERVIEW = "overview"
    TRADE = "trade"
    PEOPLE = "people"
    SAFETY = "safety"
    BOTTOM = "bottom"


class Shell(QObject):
    """What a screen may ask of the window around it."""

    asked_to_go = Signal(str, object)
    asked_to_tell = Signal(str, object)
    waiting_changed = Signal(str, int)
    safety_changed = Signal(object)
    asked_to_lock = Signal()

    def __init__(
        self,
        bridge: Bridge,
        parent: QObject | None = None,
        *,
        remembered: Remembered | None = None,
    ) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.remembered = remembered or Remembered()

    def go(self, key: str, target: object = None) -> None:
        """Open a screen; `target` says what to show in it (a filter, a customer's id)."""
        self.asked_to_go.emit(key, target)

    def tell(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Say a short confirmation; `undo` takes it back."""
        self.asked_to_tell.emit(text, undo)

    def show_waiting(self, key: str, count: int) -> None:
        """Show how many things wait on a screen, beside its name."""
        self.waiting_changed.emit(key, count)

    def show_safety(self, mood: Callable[[], Mood]) -> None:
        """Show the state of the newest verified backup; it is always in sight.

        It is asked again when another language is chosen.
        """
        self.safety_changed.emit(mood)

    def lock(self) -> None:
        """Sign out and go back to the sign-in window."""
        self.asked_to_lock.emit()


class Screen(QWidget):
    """A page: `heading` and `sentence` stand above it."""

    heading_changed = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self.heading = ""
        self.sentence = ""

    @property
    def bridge(self) -> Bridge:
        """Return the way to the application."""
        return self.shell.bridge

    def set_heading(self, heading: str, sentence: str = "") -> None:
        """Change the title of the page; empty means the screen's own name."""
        self.heading, self.sentence = heading, sentence
        self.heading_changed.emit()

    def show_target(self, target: Any) -> None:
        """Show what somebody came for; screens that can be entered at a place override it."""


@dataclass(frozen=True, slots=True)
class ScreenSpec:
    """One screen. `keywords` help the palette; `factory` is called when it is first opened."""

    key: str
    title: Message
    sentence: Message
    icon: str
    group: Group
    permission: Permission
    factory: Callable[[Shell], Screen]
    keywords: str = ""
