"""Settings: the restaurant's choices, one's own password and sign-in."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea

from desktop_app.gui.navigation import Screen, Shell
from desktop_app.gui.screens.settings.card_numbers_card import CardNumbersCard
from desktop_app.gui.screens.settings.choices_card import ChoicesCard
from desktop_app.gui.screens.settings.four_eyes_card import FourEyesCard
from desktop_app.gui.screens.settings.password_card import PasswordCard
from desktop_app.gui.screens.settings.pay_card import PayCard
from desktop_app.gui.screens.settings.recovery_card import RecoveryCard
from desktop_app.gui.screens.settings.sign_in_card import SignInCard
from desktop_app.gui.widgets.layout import column, frame
from desktop_app.gui.widgets.turning import Turning

_TWO = 940  # room for two columns without cutting a sentence


class SettingsScreen(Screen):
    """Everything that can be chosen, on one page."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.choices = ChoicesCard(self.bridge, shell.tell)
        self.password = PasswordCard(self.bridge, shell.tell)
        self.card_numbers = CardNumbersCard(self.bridge, shell.tell)
        self.pay = PayCard(self.bridge, shell.tell)
        self.sign_in = SignInCard(self.bridge, shell.tell)
        self.recovery = RecoveryCard(self.bridge, shell.tell)
        self.four_eyes = FourEyesCard(self.bridge, partial(shell.go, "approvals"))
        right = column(self.password, self.sign_in, self.four_eyes, self.recovery, None, gap=16)
        left = column(self.choices, self.card_numbers, self.pay, None, gap=16)
        body = column(Turning(left, right, least=_TWO), gap=16, margins=(28, 4, 28, 24))
        body.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFrameShape(scroll.Shape.NoFrame)
        scroll.setWidget(frame(body, "page"))
        self.setLayout(column(scroll))
