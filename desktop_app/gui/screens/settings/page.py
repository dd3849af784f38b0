"""Settings: one's own password and sign-in first, then what belongs to the whole restaurant."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea

from desktop_app.access.approvals import choose_four_eyes
from desktop_app.access.locking import renew_recovery_key
from desktop_app.gui.navigation import Screen, Shell
from desktop_app.gui.screens.settings.card_numbers_card import CardNumbersCard
from desktop_app.gui.screens.settings.choices_card import ChoicesCard
from desktop_app.gui.screens.settings.four_eyes_card import FourEyesCard
from desktop_app.gui.screens.settings.password_card import PasswordCard
from desktop_app.gui.screens.settings.pay_card import PayCard
from desktop_app.gui.screens.settings.recovery_card import RecoveryCard
from desktop_app.gui.screens.settings.sign_in_card import SignInCard
from desktop_app.gui.screens.settings.venues_card import VenuesCard
from desktop_app.gui.text import tr
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import column, frame
from desktop_app.gui.widgets.turning import Turning
from desktop_app.kernel.settings import SETTINGS
from desktop_app.security.operations import scan_cards
from desktop_app.staff.operations import list_pay
from desktop_app.venue.operations import open_venue

_TWO = 940  # room for two columns without cutting a sentence


class SettingsScreen(Screen):
    """Everything that can be chosen, on one page; of the restaurant's, what this person may."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        actor = self.bridge.app.actor
        self.choices = ChoicesCard(self.bridge, shell.tell)
        self.password = PasswordCard(self.bridge, shell.tell)
        self.card_numbers = CardNumbersCard(self.bridge, shell.tell)
        self.venues = VenuesCard(self.bridge, shell.tell)
        self.pay = PayCard(self.bridge, shell.tell)
        self.sign_in = SignInCard(self.bridge, shell.tell)
        self.recovery = RecoveryCard(self.bridge, shell.tell)
        self.four_eyes = FourEyesCard(self.bridge, partial(shell.go, "approvals"))
        you = column(label(tr("You"), 15, 600), self.password, self.sign_in, gap=16)
        shared = {
            self.choices: any(actor.can(one.permission) for one in SETTINGS.values()),
            self.venues: self.bridge.can(open_venue),
            self.four_eyes: self.bridge.can(choose_four_eyes),
            self.card_numbers: self.bridge.can(scan_cards),
            self.pay: self.bridge.can(list_pay),
            self.recovery: self.bridge.can(renew_recovery_key),
        }
        for card, shown in shared.items():  # shown by hand, each would be a window for a moment
            if not shown:
                card.hide()
        title = label(tr("The restaurant"), 15, 600)
        if not any(shared.values()):
            title.hide()
        restaurant = column(title, *shared, gap=16)
        for half in (you, restaurant):
            half.addStretch(1)
        body = column(Turning(you, restaurant, least=_TWO), gap=16, margins=(28, 4, 28, 24))
        body.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFrameShape(scroll.Shape.NoFrame)
        scroll.setWidget(frame(body, "page"))
        self.setLayout(column(scroll))
