"""Printing: the system's dialog, then a document on paper, drawn as its PDF looks.

The pages are drawn by a thread of its own, so that the window goes on while a printer takes them.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QDialog, QWidget

from desktop_app.gui.navigation import Shell
from desktop_app.gui.text import ntr, tr
from desktop_app.kernel.errors import UnavailableError
from desktop_app.kernel.words import msg

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

FINEST = 300
_POINTS, _MM_AN_INCH = 72, 25.4
_ROLL_MM = 120
_threads = ThreadPoolExecutor(1, "printing")


class PaperPrint(QObject):
    """One printing: `ask(name, make)` asks for a printer, then `make(printer)` begins the document.

    Give the PDF that came of it to `draw`; `done(pages)` is called when the printer has it.
    """

    def __init__(self, shell: Shell, over: QWidget, done: Callable[[int], None]) -> None:
        super().__init__(shell)
        self._bridge, self._over, self._done = shell.bridge, over, done
        self.printer: QPrinter | None = None
        self.dialog: QPrintDialog | None = None

    def ask(self, name: str, make: Callable[[str], None]) -> None:
        """Ask for a printer; nothing is written down where nobody chooses one."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415 - slow to load

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(name)
        printer.setFullPage(True)
        dialog = QPrintDialog(printer, self._over)
        dialog.setWindowTitle(tr("Print"))
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintToFile, on=True)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.printer, self.dialog = printer, dialog
        dialog.finished.connect(partial(self._chosen, make))
        QDialog.open(dialog)

    @property
    def narrow(self) -> bool:
        """Tell whether the printer that was chosen prints on a roll, as tills do."""
        if self.printer is None:
            return False
        size = self.printer.pageLayout().pageSize().size(QPageSize.Unit.Millimeter)
        return size.width() < _ROLL_MM

    def draw(self, paper: bytes) -> None:
        """Draw a PDF on the printer that was chosen."""
        if self.printer is None:
            return
        future = _threads.submit(draw_pages, paper, self.printer)
        self._bridge.follow(self, future, self._drawn)

    def _chosen(self, make: Callable[[str], None], result: int) -> None:
        if result == QDialog.DialogCode.Accepted and self.printer is not None:
            make(name_of(self.printer))

    def _drawn(self, pages: int) -> None:
        self.printer = None
        self._done(pages)
        self.deleteLater()


def printed_text(pages: int) -> str:
    """Return what to tell the person when a printer has it."""
    return ntr("{n} page is printed", "{n} pages are printed", pages)


def name_of(printer: QPrinter) -> str:
    """Return what stands in the register: the printer's name, or that of the file it writes."""
    file = printer.outputFileName()
    return Path(file).name if file else printer.printerName() or tr("Printer")


def draw_pages(paper: bytes, printer: QPrinter) -> int:
    """Draw the pages of a PDF that was asked for; return how many.

    UnavailableError where the printer takes none. Pages are turned and fitted to its paper.
    """
    import pypdfium2  # noqa: PLC0415 - slow to load

    document: Any = pypdfium2.PdfDocument(paper)  # type: ignore[no-untyped-call]
    try:
        return _draw(document, printer)
    finally:
        document.close()


def _draw(document: Any, printer: QPrinter) -> int:
    first, last = printer.fromPage() or 1, printer.toPage() or len(document)
    numbers = range(max(1, first), min(len(document), last) + 1)
    width, height = document[0].get_size()
    if width < _ROLL_MM * _POINTS / _MM_AN_INCH:
        printer.setPageSize(QPageSize(QSizeF(width, height), QPageSize.Unit.Point))
    across = QPageLayout.Orientation.Landscape if width > height else None
    printer.setPageOrientation(across or QPageLayout.Orientation.Portrait)
    painter = QPainter()
    if not painter.begin(printer):
        raise UnavailableError(
            msg("The printer takes nothing."),
            hint=msg("Look whether it is on and has paper, or choose another one."),
        )
    try:
        for at, number in enumerate(numbers):
            if at and not printer.newPage():
                raise UnavailableError(msg("The printer stopped at page {n}.", n=number))
            _draw_page(document[number - 1], printer, painter)
    finally:
        painter.end()
    return len(numbers)


def _draw_page(page: Any, printer: QPrinter, painter: QPainter) -> None:
    width, height = page.get_size()
    room = QRectF(painter.viewport())
    scale = min(room.width() / width, room.height() / height)
    finest = min(FINEST, printer.resolution()) / _POINTS
    bitmap = page.render(scale=min(scale, finest), prefer_bgrx=True)
    raw = bytes(bitmap.buffer)
    image = QImage(
        raw, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32
    )  # fmt: skip
    place = QRectF(0, 0, width * scale, height * scale)
    place.moveCenter(room.center())
    painter.drawImage(place, image)
    bitmap.close()
    page.close()
