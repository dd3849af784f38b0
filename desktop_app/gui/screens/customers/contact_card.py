"""The cards on the left: how to reach somebody, what they agreed to, what is known besides."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton

from desktop_app.customers.records import ConsentRow, ContactKind, CustomerCard, CustomerKind
from desktop_app.customers.wording import CONTACTS, TAX_ID_STATES
from desktop_app.gui.format import day
from desktop_app.gui.icons import icon
from desktop_app.gui.screens.customers.masking import Reveal, masked
from desktop_app.gui.screens.customers.wording import code_words, consent_mood, consent_times
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets.badge import Badge
from desktop_app.gui.widgets.button import allow, button, retitle
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.labels import IconLabel, label, rule
from desktop_app.gui.widgets.layout import clear, column, row
from desktop_app.kernel.clock import VenueTime

_ICONS = {
    ContactKind.PHONE: "phone",
    ContactKind.EMAIL: "mail",
    ContactKind.ADDRESS: "map-pin",
}
Shown = tuple[str, str, ContactKind | None, str]


class ContactCard(Card):
    """Shows telephone, e-mail, address, birthday and tax id; hidden but for half a minute."""

    def __init__(self) -> None:
        super().__init__(tr("Contact"), tr("Hidden from passers-by"))
        self.reveal = Reveal(self)
        self.button: QPushButton = button("", "eye", on_click=self.reveal.turn)
        self._values: list[tuple[QLabel, ContactKind | None, str]] = []
        self._rows = column(gap=12)
        self.body.addLayout(self._rows)
        self.body.addSpacing(4)
        self.add(self.button)
        self.reveal.changed.connect(self._show_values)

    def show_card(self, card: CustomerCard) -> None:
        """Show a customer's contacts, hidden."""
        self.reveal.hide()
        clear(self._rows)
        self._values = []
        for name, title, kind, value in _contacts(card):
            shown = label("", 13, 500, tabular=True, wrap=True)
            self._values.append((shown, kind, value))
            words = column(label(title, 12, tone="muted"), shown, gap=1)
            line = row(IconLabel(name), gap=12)
            line.addLayout(words, 1)
            self._rows.addLayout(line)
        if not self._values:
            self._rows.addWidget(label(tr("Nothing is known."), tone="muted"))
        self.button.setVisible(bool(self._values))
        self._show_values()

    def _show_values(self) -> None:
        on = self.reveal.on
        for shown, kind, value in self._values:
            shown.setText(value if on else masked(kind, value))
            flags = Qt.TextInteractionFlag
            shown.setTextInteractionFlags(
                flags.TextSelectableByMouse if on else flags.NoTextInteraction
            )
        retitle(self.button, self.reveal.text)
        self.button.setIcon(icon("eye-off" if on else "eye"))


def _contacts(card: CustomerCard) -> Iterator[Shown]:
    for contact in card.contacts:
        title = say(CONTACTS[contact.kind])
        if contact.preferred:
            title = tr("{contact}, preferred", contact=title)
        yield _ICONS[contact.kind], title, contact.kind, contact.value
    if card.birth_date is not None:
        title = tr("Date of birth")
        if card.birth_date_ambiguous:
            title = tr("Date of birth; day and month may be swapped")
        yield "cake", title, None, day(card.birth_date, language())
    if card.tax_id:
        state = "" if card.tax_id_state is None else say(TAX_ID_STATES[card.tax_id_state])
        title = tr("Tax id") + (f" · {state}" if state else "")
        yield "badge-check", title, None, card.tax_id


class ConsentsCard(Card):
    """Shows each consent with its state; the words agreed to on demand.

    `give_wanted` asks for a new one, `withdraw_wanted(ConsentRow)` that one is withdrawn.
    """

    give_wanted = Signal()
    withdraw_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__(tr("Consents"), tr("What the customer agreed to, word for word"))
        self.why_not = ""
        self.give: QPushButton
        self.withdraw: list[QPushButton] = []

    def show_consents(self, consents: tuple[ConsentRow, ...], time: VenueTime) -> None:
        """Show the consents of a customer, those in force first."""
        clear(self.body)
        self.withdraw = []
        for at, one in enumerate(sorted(consents, key=lambda one: one.withdrawn_at is not None)):
            if at:
                self.add(rule())
            self._add(one, time)
        if not consents:
            text = tr("No consent is on record: send no offers.")
            self.add(label(text, tone="muted", wrap=True))
        self.give = button(tr("Write down a consent…"), "plus", on_click=self.give_wanted)
        allow(self.give, self.why_not)
        self.add(self.give)

    def _add(self, one: ConsentRow, time: VenueTime) -> None:
        withdrawn = time.local(one.withdrawn_at) if one.withdrawn_at else None
        times = consent_times(one, time.local(one.given_at), withdrawn)
        if one.recorded_at is not None and one.recorded_at > one.given_at:
            at = day(time.local(one.recorded_at), language())
            times += "\n" + tr("written down {day} by {who}", day=at, who=one.recorded_by)
        title = label(code_words(one.purpose), 13, 600, wrap=True)
        wording = label(f"“{one.wording}”", 12, tone="soft", wrap=True)
        wording.hide()
        more = button("", "file-text", "ghost", tip=tr("Show the words agreed to"))
        more.setAccessibleName(
            tr("Show the words agreed to: {purpose}", purpose=code_words(one.purpose))
        )
        more.setCheckable(True)
        more.toggled.connect(partial(_show_wording, wording))
        head = row(gap=4)
        head.addWidget(title, 1)
        head.addWidget(Badge(consent_mood(one)))
        head.addWidget(more)
        below = row(gap=4)
        below.addWidget(label(times, 12, tone="muted", wrap=True), 1)
        if one.withdrawn_at is None:
            below.addWidget(self._withdrawing(one))
        self.body.addLayout(column(head, below, wording, gap=2))

    def _withdrawing(self, one: ConsentRow) -> QPushButton:
        tip = tr("The customer withdraws it…")
        made = button(
            "", "user-x", "ghost", tip=tip, on_click=partial(self.withdraw_wanted.emit, one)
        )
        made.setAccessibleName(tr("Withdraw: {purpose}", purpose=code_words(one.purpose)))
        allow(made, self.why_not, tip=tip)
        self.withdraw.append(made)
        return made


def _show_wording(wording: QLabel, on: bool) -> None:  # noqa: FBT001 - Qt's signature
    wording.setVisible(on)


class KnownCard(Card):
    """Shows what staff noted: kind, group, tags, note, where the customer came from."""

    def __init__(self) -> None:
        super().__init__(tr("Also known"))

    def show_card(self, card: CustomerCard) -> None:
        """Show what is known of a customer besides contacts."""
        clear(self.body)
        for title, value in self._facts(card):
            if value:
                shown = label(value, 13, wrap=True)
                self.body.addLayout(column(label(title, 12, tone="muted"), shown, gap=1))

    def _facts(self, card: CustomerCard) -> Iterator[tuple[str, str]]:
        if card.row.kind is CustomerKind.COMPANY:
            yield tr("Kind"), tr("Company")
        yield tr("Group"), card.row.group
        yield tr("Tags"), ", ".join(card.tags)
        yield tr("Note"), card.note
        came = f"{card.source} · {card.row.reference}" if card.row.reference else card.source
        yield tr("Source"), came
