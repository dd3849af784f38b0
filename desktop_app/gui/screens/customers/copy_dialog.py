"""Asks what is needed for the copy of a customer's data: language, file, password."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QGuiApplication, QStandardItemModel
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QLineEdit, QWidget

from desktop_app.gui.fonts import font
from desktop_app.gui.passphrase import new_passphrase
from desktop_app.gui.text import LANGUAGE_NAMES, language, tr
from desktop_app.gui.widgets.button import button
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.form import FormRow
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import column, row

SPOKEN = ("az", "en")
_LONGEST = 127


@dataclass(frozen=True, slots=True)
class CopyWish:
    """What the person wants: where, in which language, under which password."""

    path: Path
    language: str
    password: str | None = field(repr=False)


class CopyDialog(Dialog):
    """Emits `wished(CopyWish)` when everything is there."""

    wished = Signal(object)

    def __init__(self, name: str, number: str, parent: QWidget) -> None:
        super().__init__(
            tr("Copy of the data of {name}", name=name),
            tr(
                "A PDF with everything held about this person: details, consents, messages, "
                "balance and every order, why it is kept and for how long, who gets it, their "
                "rights, and a list of all places that were searched."
            ),
            parent,
        )
        self.setMinimumWidth(560)
        self.path = _free(documents() / f"{number}.pdf")
        self.language = _languages()
        self.file = QLineEdit(str(self.path))
        self.file.setReadOnly(True)
        self.file.setFont(font(13))
        self.protect = QCheckBox(tr("Protect the file with a password"))
        self.protect.setFont(font(13))
        self.password = QLineEdit()
        self.password.setFont(font(13))
        self._picker: QFileDialog | None = None
        self._lay_out()
        self.protect.toggled.connect(self._show_password)
        self._show_password(on=False)

    def accept_wish(self) -> None:
        """Check, tell, close; stay and say why where something is missing."""
        password = self.password.text() if self.protect.isChecked() else None
        problem = _password_problem(password)
        self._password_row.set_error(problem)
        if problem:
            self.password.setFocus()
            return
        self.wished.emit(CopyWish(self.path, str(self.language.currentData()), password))
        self.accept()

    def choose_file(self) -> None:
        """Let the person say where; the window goes on meanwhile."""
        made = QFileDialog(self, tr("Where to save the copy"), str(self.path.parent))
        made.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        made.setNameFilter("PDF (*.pdf)")
        made.setDefaultSuffix("pdf")
        made.selectFile(self.path.name)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.fileSelected.connect(self.take_file)
        self._picker = made
        made.open()

    def take_file(self, path: str) -> None:
        """Write to this file."""
        self.path = Path(path)
        self.file.setText(path)

    def _lay_out(self) -> None:
        self.body.addWidget(FormRow(tr("Language"), self.language))
        where = row(button(tr("Choose…"), "folder-open", on_click=self.choose_file))
        where.insertWidget(0, self.file, 1)
        self.file.setAccessibleName(tr("Where to save"))
        note = tr("The name of the file does not say whose data it holds.")
        self.body.addWidget(label(tr("Where to save"), 13, 500))
        self.body.addLayout(where)
        self.body.addWidget(label(note, 12, tone="muted"))
        self.body.addWidget(self.protect)
        self._password_row = FormRow(
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
        self._secret.setLayout(column(self._password_row, tools, gap=8))
        self.body.addWidget(self._secret)
        self.add_cancel()
        self.write = self.add_button(tr("Write the copy"), "primary", "file-down")
        self.write.clicked.connect(self.accept_wish)

    def _show_password(self, on: bool) -> None:  # noqa: FBT001 - Qt's signature
        self._secret.setVisible(on)
        if on and not self.password.text():
            self._new_words()
        self.adjustSize()

    def _new_words(self) -> None:
        self.password.setText(new_passphrase())
        self._password_row.set_error("")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.password.text())


def documents() -> Path:
    """Return the folder where the person keeps documents, home where there is none."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    found = Path(QStandardPaths.writableLocation(place) or Path.home())
    return found if found.is_dir() else Path.home()


def _free(path: Path) -> Path:
    """Return the path, or one beside it where there is such a file: copies are never replaced."""
    found, at = path, 2
    while found.exists():
        found = path.with_stem(f"{path.stem} ({at})")
        at += 1
    return found


def _languages() -> QComboBox:
    made = QComboBox()
    made.setFont(font(13))
    for code, name in LANGUAGE_NAMES.items():
        made.addItem(name if code in SPOKEN else tr("{language} (later)", language=name), code)
    model = made.model()
    if isinstance(model, QStandardItemModel):
        for at in range(made.count()):
            model.item(at).setEnabled(made.itemData(at) in SPOKEN)
    made.setCurrentIndex(max(0, made.findData(language() if language() in SPOKEN else "en")))
    return made


def _password_problem(password: str | None) -> str:
    if password is None:
        return ""
    if not password or len(password) > _LONGEST:
        return tr("Give a password of 1 to {most} characters.", most=_LONGEST)
    if not password.isascii():
        return tr("Only plain Latin letters, digits and signs: ə, ı or ş do not open every reader.")
    return ""
