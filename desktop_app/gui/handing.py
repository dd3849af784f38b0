"""Asks how a file is handed out: kind, place, for whom, why, for how long, which password."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QWidget

from desktop_app.exports.records import FileFormat, Handover
from desktop_app.gui.fonts import font
from desktop_app.gui.icons import icon
from desktop_app.gui.passphrase import new_passphrase
from desktop_app.gui.text import language, ntr, tr
from desktop_app.gui.widgets.button import button, retitle
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.form import FormRow
from desktop_app.gui.widgets.layout import column, row
from desktop_app.gui.widgets.segmented import Segmented
from desktop_app.sheets.records import Protection

TABLES = (FileFormat.XLSX, FileFormat.CSV)
EVERY = (*TABLES, FileFormat.PDF, FileFormat.PRINT)
LOCKABLE = (*TABLES, FileFormat.PDF)
_NAMES = {
    FileFormat.XLSX: "Excel (XLSX)",
    FileFormat.CSV: "CSV",
    FileFormat.PDF: "PDF",
    FileFormat.JSON: "JSON",
}
_DAYS = (1, 7, 30, 90, 365, 3650)
_SHORTEST = {Protection.XLSX_PASSWORD: 8, Protection.ZIP_AES: 12}


@dataclass(frozen=True, slots=True)
class HandWish:
    """What the person wants: where, how, and behind which password."""

    path: Path
    to: Handover
    password: str | None = field(repr=False)


class HandoverDialog(Dialog):
    """Emits `wished(HandWish)` when everything is there.

    What is `personal` leaves with a password only. `name` is the file's name without its ending.
    `first` is the kind that is chosen at first. What is to be printed has no file: the path of the
    wish is that of a file that will not be.
    """

    wished = Signal(object)

    def __init__(
        self,
        title: str,
        name: str,
        parent: QWidget,
        *,
        formats: Sequence[FileFormat] = TABLES,
        personal: bool = False,
        own: str = "",
        first: FileFormat | None = None,
    ) -> None:
        super().__init__(
            title,
            tr("The file stands in the register of exports: for whom it is, why, and how long."),
            parent,
        )
        self.setMinimumWidth(580)
        self._name, self._personal = name, personal
        self._folder = _documents()
        self._chosen: Path | None = None
        self.formats = Segmented(
            tr("Kind of file"), [(one.value, _NAMES.get(one) or tr("Print")) for one in formats]
        )
        if first is not None:
            self.formats.choose(first.value)
        self.file = _line()
        self.file.setReadOnly(True)
        self.recipient = _line(own)
        self.reason = _line()
        self.days = QComboBox()
        self.days.setFont(font(13))
        self.days.setMinimumWidth(150)  # its name stays in one line
        for days in _DAYS:
            self.days.addItem(ntr("{n} day", "{n} days", days), days)
        self.days.setCurrentIndex(_DAYS.index(30))
        self.protect = QComboBox()
        self.protect.setFont(font(13))
        self.password = _line()
        self._picker: QFileDialog | None = None
        self._lay_out()
        self.formats.chosen.connect(self._show_format)
        self.protect.currentIndexChanged.connect(self._show_protection)
        self._show_format()
        self.recipient.setFocus()

    @property
    def path(self) -> Path:
        """Return the file as it will be called."""
        if self._chosen is not None:
            return self._chosen
        ending = "zip" if self._protection is Protection.ZIP_AES else self.formats.key
        return _free(self._folder / f"{self._name}.{ending}")

    def accept_wish(self) -> None:
        """Check, tell, close; stay and say why where something is missing."""
        recipient = self.recipient.text().strip()
        self._for.set_error("" if recipient else tr("Say for whom the file is."))
        problem = self._password_problem()
        self._secret_row.set_error(problem)
        if not recipient or problem:
            (self.password if recipient else self.recipient).setFocus()
            return
        protection = self._protection
        to = Handover(
            FileFormat(self.formats.key), recipient, self.reason.text().strip(), protection,
            int(self.days.currentData()), language(),
        )  # fmt: skip
        locked = protection is not Protection.NONE
        self.wished.emit(HandWish(self.path, to, self.password.text() if locked else None))
        self.accept()

    def choose_file(self) -> None:
        """Let the person say where; the window goes on meanwhile."""
        made = QFileDialog(self, tr("Where to save"), str(self.path.parent))
        made.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        made.setDefaultSuffix(self.path.suffix.removeprefix("."))
        made.selectFile(self.path.name)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.fileSelected.connect(self.take_file)
        self._picker = made
        made.open()

    def take_file(self, path: str) -> None:
        """Write to this file."""
        self._chosen = Path(path)
        self.file.setText(path)

    @property
    def _protection(self) -> Protection:
        return Protection(self.protect.currentData() or Protection.NONE)

    def _lay_out(self) -> None:
        self.body.addWidget(self.formats)
        where = row(button(tr("Choose…"), "folder-open", on_click=self.choose_file))
        where.insertWidget(0, self.file, 1)
        place = QWidget()
        place.setLayout(where)
        self.file.setAccessibleName(tr("Where to save"))
        self._place = FormRow(tr("Where to save"), place)
        self.body.addWidget(self._place)
        self._for = FormRow(tr("For whom"), self.recipient)
        self.body.addWidget(self._for)
        pair = row(gap=12)
        pair.addWidget(FormRow(tr("Why"), self.reason), 1)
        pair.addWidget(FormRow(tr("Destroyed after"), self.days))
        self.body.addLayout(pair)
        self._lock = FormRow(tr("Lock"), self.protect)
        self.body.addWidget(self._lock)
        self._secret_row = FormRow(
            tr("Password of the file"),
            self.password,
            tr("Tell it to the person on another way than the file. It is not kept anywhere."),
        )
        tools = row(
            button(tr("Other words"), "refresh-cw", on_click=self._new_words),
            button(tr("Copy the password"), "copy", on_click=self._copy),
            None,
        )
        self._secret = QWidget()
        self._secret.setLayout(column(self._secret_row, tools, gap=8))
        self.body.addWidget(self._secret)
        self.add_cancel()
        self.write = self.add_button(tr("Write the file"), "primary", "file-down")
        self.write.clicked.connect(self.accept_wish)

    def _show_format(self, _: str = "") -> None:
        kind = FileFormat(self.formats.key)
        choices = [] if self._personal else [(tr("Open to everybody"), Protection.NONE)]
        if kind is FileFormat.XLSX:
            choices.append((tr("With a password (Excel asks for it)"), Protection.XLSX_PASSWORD))
        if kind in LOCKABLE:
            choices.append((tr("In a locked archive (opens with 7-Zip)"), Protection.ZIP_AES))
        self.protect.clear()
        for text, way in choices:
            self.protect.addItem(text, way.value)
        self._chosen = None
        printed = kind is FileFormat.PRINT
        self._place.setVisible(not printed)
        self._lock.setVisible(not printed and kind is not FileFormat.JSON)
        self.write.setIcon(icon("printer" if printed else "file-down", "on_accent"))
        retitle(self.write, tr("Choose a printer…") if printed else tr("Write the file"))
        self._show_protection()

    def _show_protection(self, _: int = 0) -> None:
        on = self._protection is not Protection.NONE
        self._secret.setVisible(on)
        if on and not self.password.text():
            self._new_words()
        self.file.setText(str(self.path))
        QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        """Be as high as what is shown; asked later, when the layout knows."""
        self.resize(self.width(), self.sizeHint().height())

    def _password_problem(self) -> str:
        least = _SHORTEST.get(self._protection, 0)
        if len(self.password.text()) < least:
            return tr("At least {n} characters.", n=least)
        return ""

    def _new_words(self) -> None:
        self.password.setText(new_passphrase())
        self._secret_row.set_error("")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.password.text())


def _line(text: str = "") -> QLineEdit:
    made = QLineEdit(text)
    made.setFont(font(13))
    return made


def _documents() -> Path:
    place = QStandardPaths.StandardLocation.DocumentsLocation
    found = Path(QStandardPaths.writableLocation(place) or Path.home())
    return found if found.is_dir() else Path.home()


def _free(path: Path) -> Path:
    """Return the path, or one beside it where there is such a file: files are never replaced."""
    found, at = path, 2
    while found.exists():
        found = path.with_stem(f"{path.stem} ({at})")
        at += 1
    return found
