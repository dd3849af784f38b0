"""The sign-in window: unlock, recover with the code, or make the first start.

The session it gets goes out by `signed_in(Session)`; `restore_wanted` asks for the restore wizard.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget
from typing_extensions import override

from desktop_app.gui import theme
from desktop_app.gui.awaiting import Awaiting
from desktop_app.gui.bridge import Session
from desktop_app.gui.choose_page import ChoosePage
from desktop_app.gui.desk import Created, DeskState, NewStore, SignInDesk
from desktop_app.gui.first_start_pages import (
    CreatePage,
    DemoPage,
    FirstStartPage,
    RecoveryCodePage,
)
from desktop_app.gui.sign_in_pages import RecoverPage, SignInPage
from desktop_app.gui.text import language, set_language, speech, tr
from desktop_app.gui.top_bar import CornerTools
from desktop_app.gui.unlock_page import UnlockPage
from desktop_app.gui.widgets.dialog import ConfirmDialog
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import column, row
from desktop_app.kernel.errors import AppError, StoppedError
from desktop_app.vault.door import ChoosePasswordError


class SignInWindow(QWidget):
    """Shows one card in the middle."""

    signed_in = Signal(object)
    restore_wanted = Signal()
    closed = Signal()

    def __init__(self, desk: SignInDesk, reason: str = "") -> None:
        super().__init__()
        self._desk = desk
        self._reason = reason
        self._created: Created | None = None
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("Clopos Desk")
        self.setMinimumSize(640, 640)
        self.resize(1440, 900)
        layout = column()
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)
        self._body: QWidget | None = None
        self._build()
        speech.changed.connect(self._build)

    @property
    def page(self) -> SignInPage:
        """Return the card in sight."""
        found = self._stack.currentWidget()
        if not isinstance(found, SignInPage):
            raise TypeError
        return found

    def show_unlock(self) -> None:
        """Ask for a password, or for the PIN of who was here today."""
        page = UnlockPage(self._desk, self._reason)
        page.submitted.connect(self._sign_in)
        page.pin_submitted.connect(self._sign_in_by_pin)
        page.recover_wanted.connect(self.show_recover)
        page.restore_wanted.connect(self.restore_wanted)
        self._show(page)

    def show_choose(self, name: str, code: str) -> None:
        """Ask for a password of one's own, after a one-time code."""
        till = any(user.till for user in self._desk.users() if user.name == name)
        page = ChoosePage(name, code, till=till)
        page.submitted.connect(self._choose_password)
        page.pin_submitted.connect(self._choose_till_pin)
        page.back_wanted.connect(self.start)
        self._show(page)

    def show_recover(self) -> None:
        """Ask for the recovery code and a new password."""
        page = RecoverPage(self._desk)
        page.submitted.connect(self._recover)
        page.back_wanted.connect(self.start)
        self._show(page)

    def show_first_start(self) -> None:
        """Ask how to begin."""
        page = FirstStartPage()
        page.create_wanted.connect(self.show_create)
        page.restore_wanted.connect(self.restore_wanted)
        page.demo_wanted.connect(self.show_demo)
        self._show(page)

    def show_create(self) -> None:
        """Ask for the venue, the owner and a password."""
        page = CreatePage()
        page.submitted.connect(self._create)
        page.back_wanted.connect(self.start)
        self._show(page)

    def show_demo(self) -> None:
        """Offer the demonstration."""
        page = DemoPage()
        page.start_wanted.connect(self._demonstrate)
        page.stop_wanted.connect(self._leave_demo)
        self._show(page)

    def start(self) -> None:
        """Begin anew: unlock where there is a store, else ask how to begin."""
        if self._created is not None:
            self._show_code(self._created)
        elif self._desk.state() == DeskState.READY:
            self.show_unlock()
        else:
            self.show_first_start()

    # --- building

    def _build(self) -> None:
        if self._body is not None:
            self.layout().removeWidget(self._body)  # type: ignore[union-attr]
            self._body.deleteLater()
        self._body = QWidget()
        self._stack = QStackedWidget()
        self._stack.setFixedWidth(460)
        tools = CornerTools()
        tools.theme_wanted.connect(theme.switch)
        tools.language_wanted.connect(set_language)
        promise = label(tr("Encrypted · nothing leaves this computer"), 12, tone="muted")
        middle = QWidget()
        middle.setLayout(column(None, row(None, self._stack, None), None))
        scroll = QScrollArea()
        scroll.setObjectName("clear")
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidgetResizable(True)
        middle.setObjectName("page")
        scroll.setWidget(middle)
        whole = column(gap=0, margins=(0, 14, 0, 20))
        whole.addLayout(row(None, tools, margins=(0, 0, 20, 0)))
        whole.addWidget(scroll, 1)
        whole.addLayout(row(None, promise, None))
        self._body.setLayout(whole)
        self.layout().addWidget(self._body)  # type: ignore[union-attr]
        self.start()

    def _show(self, page: SignInPage) -> None:
        before = self._stack.currentWidget()
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        if before is not None:
            self._stack.removeWidget(before)
            before.deleteLater()
        page.start()

    # --- asking

    def _sign_in(self, name: str, password: str, code: str) -> None:
        self.page.set_busy(busy=True)
        failed = partial(self._not_signed_in, name, password)
        Awaiting(self._desk.sign_in(name, password, code), self.signed_in.emit, failed, self)

    def _not_signed_in(self, name: str, password: str, error: AppError) -> None:
        if isinstance(error, ChoosePasswordError):
            self.page.set_busy(busy=False)
            self.show_choose(name, password)
        else:
            self._failed(error)

    def _sign_in_by_pin(self, name: str, pin: str) -> None:
        self._await(self._desk.sign_in_by_pin(name, pin), self.signed_in.emit)

    def _choose_password(self, name: str, code: str, password: str) -> None:
        self._await(self._desk.choose_password(name, code, password), self.signed_in.emit)

    def _choose_till_pin(self, name: str, code: str, pin: str) -> None:
        self._await(self._desk.choose_till_pin(name, code, pin), self.signed_in.emit)

    def _recover(self, code: str, password: str, owner: str) -> None:
        self._await(self._desk.recover(code, password, owner), self.signed_in.emit)

    def _create(self, wanted: NewStore) -> None:
        self._await(self._desk.create(wanted), self._show_code)

    def _demonstrate(self) -> None:
        page = self.page
        if isinstance(page, DemoPage):
            running = self._desk.demonstrate()
            page.watch(running)
            Awaiting(running.future, self.signed_in.emit, self._failed, self)

    def _leave_demo(self) -> None:
        page = self.page
        if isinstance(page, DemoPage) and page.running is not None:
            page.running.progress.cancel()  # the answer, StoppedError, leads back
        else:
            self.start()

    def _await(self, future: Future[Any], then: Callable[[Any], None]) -> None:
        self.page.set_busy(busy=True)
        Awaiting(future, then, self._failed, self)

    def _failed(self, error: AppError) -> None:
        self.page.set_busy(busy=False)
        if isinstance(error, StoppedError):
            self.start()
        else:
            self.page.show_failure(error)

    # --- the recovery key of a new store

    def _show_code(self, created: Created) -> None:
        self._created = created
        page = RecoveryCodePage(created)
        page.confirmed.connect(self._enter)
        page.sheet_wanted.connect(self._save_sheet)
        self._show(page)

    def _save_sheet(self, path: Path) -> None:
        page = self.page
        if isinstance(page, RecoveryCodePage):
            self._await(self._desk.save_sheet(path, language()), page.show_saved)

    def _enter(self) -> None:
        if self._created is not None:
            session: Session = self._created.session
            self._created = None
            self.signed_in.emit(session)

    def _leave_key(self) -> None:
        if self._created is not None:
            closing = ThreadPoolExecutor(1, "closing")
            closing.submit(self._created.session.close)
            closing.shutdown(wait=False)
            self._created = None
        self.close()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self._created is None:
            event.accept()
            self.closed.emit()
            return
        event.ignore()
        asked = ConfirmDialog(
            tr("Leave without the recovery key?"),
            tr("It is not shown again. If the password is lost, everything is lost."),
            tr("Leave without it"),
            parent=self,
        )
        asked.confirmed.connect(self._leave_key)
        asked.open()
