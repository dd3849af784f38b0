"""Ctrl+K: one box that finds screens, people, orders and commands.

Local entries are matched at once; providers are asked when typing pauses and answer later, by the
bridge. An answer to an older text is dropped. Nothing here waits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QLineEdit, QListView, QWidget
from typing_extensions import override

from desktop_app.gui.fonts import font
from desktop_app.gui.palette_list import Entry, EntryDelegate, EntryList
from desktop_app.gui.text import tr
from desktop_app.gui.widgets.labels import IconLabel, keycap, label, rule
from desktop_app.gui.widgets.layout import column, frame, row

Provider = Callable[[str, Callable[[Sequence[Entry]], None]], None]
PAUSE_MS = 120
_SIZE = (640, 452)
_TOP = 96


class Scrim(QWidget):
    """Darkens the window behind the palette; `clicked` on a click."""

    clicked = Signal()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(8, 12, 20, 110))
        painter.end()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit()


class CommandPalette(QFrame):
    """Floats over a window; `open_palette()` shows it."""

    closed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._entries: Sequence[Entry] = ()
        self._providers: Sequence[Provider] = ()
        self._back: QWidget | None = None
        self._asked = 0
        self.setObjectName("palette")
        self.setAccessibleName(tr("Search and commands"))
        self.entries = EntryList()
        self.field = self._make_field()
        self._view = self._make_view()
        self._lay_out()
        self._scrim = Scrim(window)
        self._scrim.clicked.connect(self.close_palette)
        self._scrim.hide()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._ask_providers)
        self.hide()

    def show_entries(self, entries: Sequence[Entry], providers: Sequence[Provider] = ()) -> None:
        """Set what can be found here, and who is asked for more."""
        self._entries, self._providers = entries, providers

    def open_palette(self) -> None:
        """Show the palette and put the cursor into it."""
        self._back = self._window.focusWidget()
        width = min(_SIZE[0], self._window.width() - 80)
        height = min(_SIZE[1], self._window.height() - _TOP - 20)
        self.setGeometry((self._window.width() - width) // 2, _TOP, width, height)
        self._scrim.setGeometry(self._window.rect())
        self.field.clear()
        self._typed("")
        for shown in (self._scrim, self):
            shown.show()
            shown.raise_()
        self.field.setFocus()

    def close_palette(self) -> None:
        """Hide the palette and give the focus back to where it was."""
        self.hide()
        self._scrim.hide()
        self._pause.stop()
        self._asked += 1
        (self._back or self._window).setFocus()
        self.closed.emit()

    def current(self) -> Entry | None:
        """Return the entry that Enter would run."""
        return self.entries.entry(self._view.currentIndex().row())

    def run(self) -> None:
        """Run the current entry."""
        entry = self.current()
        if entry is not None:
            self.close_palette()
            entry.run()

    def _make_field(self) -> QLineEdit:
        field = QLineEdit()
        field.setProperty("kind", "bare")
        field.setPlaceholderText(tr("Type a command, order number or customer…"))
        field.setAccessibleName(tr("Search and commands"))
        field.setFont(font(16))
        field.textChanged.connect(self._typed)
        field.installEventFilter(self)
        return field

    def _make_view(self) -> QListView:
        view = QListView()
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.viewport().setAutoFillBackground(False)
        view.setModel(self.entries)
        view.setItemDelegate(EntryDelegate(view))
        view.setAccessibleName(tr("Results"))
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.clicked.connect(self.run)
        return view

    def _lay_out(self) -> None:
        top = row(IconLabel("search", "text3", 18), self.field, keycap("Esc"))
        top.setContentsMargins(16, 0, 14, 0)
        move = (keycap("↑"), keycap("↓"), label(tr("move"), 12, tone="muted"))
        run = (keycap("Enter"), label(tr("open"), 12, tone="muted"))
        foot = row(*move, 10, *run, None, gap=6, margins=(16, 8, 16, 10))
        middle = frame(column(self._view, margins=(6, 6, 6, 6)))
        layout = column(gap=0)
        layout.addLayout(top)
        layout.addWidget(rule())
        layout.addWidget(middle, 1)
        layout.addWidget(rule())
        layout.addLayout(foot)
        self.setLayout(layout)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(48)
        shadow.setOffset(0, 16)
        shadow.setColor(QColor(0, 0, 0, 90))
        self.setGraphicsEffect(shadow)

    def _typed(self, text: str) -> None:
        self._asked += 1
        self.entries.show_matches(text, self._entries)
        self._select(self.entries.first())
        if text.strip() and self._providers:
            self._pause.start()
        else:
            self._pause.stop()

    def _ask_providers(self) -> None:
        text = self.field.text().strip()
        for provider in self._providers:
            provider(text, partial(self._found, self._asked))

    def _found(self, asked: int, entries: Sequence[Entry]) -> None:
        if asked != self._asked:
            return
        chosen = self.current()
        self.entries.add_found(entries)
        again = self.entries.row_of(chosen) if chosen else -1
        self._select(again if again >= 0 else self.entries.first())

    def _select(self, at: int) -> None:
        self._view.setCurrentIndex(self.entries.index(at, 0))
        self._view.scrollTo(self.entries.index(max(0, at - 1 if at == 1 else at), 0))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        match event.key():
            case Qt.Key.Key_Escape:
                self.close_palette()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.run()
            case Qt.Key.Key_Down:
                self._select(self.entries.next(self._view.currentIndex().row(), 1))
            case Qt.Key.Key_Up:
                self._select(self.entries.next(self._view.currentIndex().row(), -1))
            case _:
                return False
        return True
