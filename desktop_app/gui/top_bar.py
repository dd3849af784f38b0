"""The line above a page: title, one sentence, the state of the backups, language, theme."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QWidget

from desktop_app.gui.icons import icon
from desktop_app.gui.text import LANGUAGE_NAMES, language, tr
from desktop_app.gui.theme import theme
from desktop_app.gui.tokens import DARK
from desktop_app.gui.widgets.badge import Badge, Mood
from desktop_app.gui.widgets.button import button
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import column, row


class SafetyChip(QPushButton):
    """The state of the newest verified backup, as a button that opens the backups."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "ghost")
        self._badge = Badge(Mood(tr("Checking the backups…"), "mute", "clock"))
        inside = row(self._badge, margins=(6, 0, 6, 0))
        self.setLayout(inside)
        self.setToolTip(tr("Open the backups"))
        self.show_mood(self._badge.mood)

    def show_mood(self, mood: Mood) -> None:
        """Show another state."""
        self._badge.show_mood(mood)
        self.setFixedWidth(self._badge.width() + 14)
        self.setAccessibleName(mood.text)


class CornerTools(QWidget):
    """The language menu and the theme switch; `theme_wanted`, `language_wanted(code)`."""

    theme_wanted = Signal()
    language_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._theme = button("", "moon", "ghost", tip=tr("Dark theme"))
        self._theme.clicked.connect(self.theme_wanted)
        self.setLayout(row(self._language_button(), self._theme, gap=4))
        self._show_theme()
        theme.changed.connect(self._show_theme)

    def _language_button(self) -> QPushButton:
        made = button(language().upper(), "languages", "ghost")
        made.setAccessibleName(tr("Language: {name}", name=LANGUAGE_NAMES[language()]))
        menu = LanguageMenu(made)
        menu.picked.connect(self.language_wanted)
        made.setMenu(menu)
        return made

    def _show_theme(self) -> None:
        dark = theme.tokens.name == DARK.name
        tip = tr("Light theme") if dark else tr("Dark theme")
        self._theme.setIcon(icon("sun" if dark else "moon"))
        self._theme.setToolTip(tip)
        self._theme.setAccessibleName(tip)


class TopBar(QFrame):
    """Emits `safety_wanted`, `theme_wanted` and `language_wanted(code)` on clicks."""

    safety_wanted = Signal()
    theme_wanted = Signal()
    language_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("topbar")
        self._title = label("", 20, 600)
        self._sentence = label("", 13, tone="muted")
        self.safety = SafetyChip()
        self.safety.clicked.connect(self.safety_wanted)
        tools = CornerTools()
        tools.theme_wanted.connect(self.theme_wanted)
        tools.language_wanted.connect(self.language_wanted)
        words = column(self._title, self._sentence, gap=2)
        self.setLayout(row(words, None, self.safety, 4, tools, gap=4, margins=(28, 18, 20, 14)))

    def show_heading(self, title: str, sentence: str) -> None:
        """Show the name of the page."""
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))

    def heading(self) -> str:
        """Return the title in sight."""
        return self._title.text()


class LanguageMenu(QMenu):
    """The languages, each in its own words; `picked(code)`."""

    picked = Signal(str)

    def __init__(self, parent: QPushButton) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Language"))
        group = QActionGroup(self)
        for code, name in LANGUAGE_NAMES.items():
            action = QAction(name, self)
            action.setCheckable(True)
            action.setChecked(code == language())
            action.triggered.connect(partial(self.picked.emit, code))
            group.addAction(action)
            self.addAction(action)
