"""The help pages: written for people, shown with F1, in the language of the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QTextBrowser, QWidget

from desktop_app.gui.fonts import font
from desktop_app.gui.text import language, tr
from desktop_app.gui.theme import colour
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.layout import row
from desktop_app.kernel.resources import resource


class HelpDialog(Dialog):
    """A list of pages and the one chosen."""

    def __init__(self, parent: QWidget | None, about: str = "") -> None:
        super().__init__(tr("Help"), parent=parent)
        self.resize(940, 640)
        self._pages = pages(language())
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Help pages"))
        self.list.setFixedWidth(230)
        self.list.addItems([title_of(page) for page in self._pages])
        self.text = QTextBrowser()
        self.text.setAccessibleName(tr("The help page"))
        self.text.setFont(font(14))
        self.text.setOpenExternalLinks(False)
        self.text.document().setDefaultStyleSheet(f"a {{ color: {colour('accent').name()} }}")
        self.body.addLayout(row(self.list, self.text, gap=16))
        close = self.add_button(tr("Close"), "primary")
        close.clicked.connect(self.accept)
        self.list.currentRowChanged.connect(self._show)
        self.list.setCurrentRow(self._row_of(about))
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _row_of(self, about: str) -> int:
        names = [page.stem for page in self._pages]
        return names.index(about) if about in names else 0

    def _show(self, at: int) -> None:
        if 0 <= at < len(self._pages):
            self.text.setMarkdown(self._pages[at].read_text(encoding="utf-8"))


def pages(wanted: str) -> list[Path]:
    """Return the help pages of a language, English where it has none, by name."""
    for folder in (resource("help", wanted), resource("help", "en")):
        found = sorted(folder.glob("*.md"))
        if found:
            return found
    return []


def title_of(page: Path) -> str:
    """Return the first heading of a page."""
    first = page.read_text(encoding="utf-8").lstrip().partition("\n")[0]
    return first.lstrip("# ").strip() or page.stem
