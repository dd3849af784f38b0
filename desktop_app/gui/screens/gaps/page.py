"""The gap radar screen: what was found, and the note of whoever looked at it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.exports.shown import export_shown_sales
from desktop_app.gui.fonts import font
from desktop_app.gui.format import day, moment, money
from desktop_app.gui.lists.bar import Asked, Choice, FilterBar
from desktop_app.gui.lists.page import ListLook, ListPage
from desktop_app.gui.lists.queries import WholeQuery, matches
from desktop_app.gui.navigation import Screen, Shell
from desktop_app.gui.text import language, ntr, say, tr
from desktop_app.gui.widgets.badge import Mood
from desktop_app.gui.widgets.button import allow
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.empty_state import EmptyState
from desktop_app.gui.widgets.form import Form
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import column
from desktop_app.gui.widgets.records.column import Column
from desktop_app.kernel.clock import as_date
from desktop_app.kernel.errors import AppError, InvalidError
from desktop_app.kernel.money import major
from desktop_app.sales.gap_records import Gap, Sure
from desktop_app.sales.gaps import mark_gap, recent_gaps
from desktop_app.sales.wording import ADVICE, GAPS, SURE
from desktop_app.venue.operations import get_today
from desktop_app.venue.records import Today, VenueCard

TABLES = frozenset({
    *("pos_order", "correction", "cash_shift", "z_report", "gap_mark", "receipt_edit"),
})  # fmt: skip


class GapsScreen(Screen):
    """Shows what the radar found in the last three months."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.list: ListPage[Gap, Asked] | None = None
        self.dialog: GapDialog | None = None
        self._today: Today | None = None
        self._column = column()
        self.setLayout(self._column)
        self.bridge.ask(self, self._begin, get_today)

    def _begin(self, today: Today) -> None:
        self._today = today
        columns = gap_columns(today.venue)
        bar = FilterBar(
            tr("Number or name"),
            [
                Choice("state", tr("State"),
                       [("new", tr("New")), ("noted", tr("Noted")), ("seen", tr("Looked at"))],
                       tr("All")),
                Choice("sure", tr("How sure"), [(k.value, say(t)) for k, t in SURE.items()],
                       tr("All")),
                Choice("kind", tr("Kind"), [(k.value, say(t)) for k, t in GAPS.items()],
                       tr("Every kind")),
            ],
            today.day,
        )  # fmt: skip
        source = WholeQuery(self.bridge, self.shell, columns, recent_gaps, fits)
        self.list = ListPage(self.shell, _look(columns), bar, source)
        self._column.addWidget(self.list)
        self.list.opened.connect(self.open_gap)
        self.list.begin()

    def open_gap(self, gap: Gap) -> None:
        """Show one finding with a field for what it was."""
        if self._today is None:
            return
        dialog = GapDialog(gap, self._today.venue, self)
        for made in (dialog.done_button, dialog.note_button):
            allow(made, self.bridge.why_not(mark_gap))
        dialog.noted.connect(partial(self._note, dialog, gap))
        dialog.receipt_wanted.connect(partial(self._go, dialog, gap))
        self.dialog = dialog
        dialog.open()

    def _note(self, dialog: GapDialog, gap: Gap, note: str, closes: bool) -> None:  # noqa: FBT001 - of a signal
        def done(_: None) -> None:
            dialog.accept()
            self.shell.tell(tr("Noted."))

        self.bridge.ask_or(
            dialog, done, dialog.refuse, mark_gap, gap.day, gap.kind, gap.key, note, closes=closes
        )

    def _go(self, dialog: GapDialog, gap: Gap) -> None:
        dialog.accept()
        self.shell.go("orders", gap.order_id)


class GapDialog(Dialog):
    """Shows a finding; `noted(text, whether it is closed by it)`, `receipt_wanted()`."""

    noted = Signal(str, bool)
    receipt_wanted = Signal()

    def __init__(self, gap: Gap, venue: VenueCard, parent: QWidget | None) -> None:
        super().__init__(say(GAPS[gap.kind]), say(gap.what), parent)
        spoken = language()
        facts = [day(as_date(gap.day), spoken), say(SURE[gap.sure])]
        if gap.amount_minor:
            facts.append(money(gap.amount_minor, venue.currency, spoken))
        self.body.addWidget(label(" · ".join(facts), 13, 500, tabular=True))
        self.body.addWidget(label(say(ADVICE[gap.kind]), 13, wrap=True))
        if gap.seen_at is not None:
            seen = moment(venue.time.local(gap.seen_at), spoken)
            said = tr("{name}, {moment}: {note}", name=gap.seen_by, moment=seen, note=gap.note)
            self.body.addWidget(label(said, 13, tone="muted", wrap=True))
        self.note = QLineEdit()
        self.note.setFont(font(13))
        self.form = Form()
        self.form.add("reason", tr("What it was"), self.note, tr("Others see it; it stays."))
        self.body.addWidget(self.form)
        if gap.order_id is not None:
            receipt = self.add_button(tr("Show the receipt"), "", "receipt-text")
            receipt.clicked.connect(self.receipt_wanted)
        self.add_cancel()
        self.note_button = self.add_button(tr("Note it, leave it open"))
        self.note_button.clicked.connect(partial(self._done, closes=False))
        self.done_button = self.add_button(tr("Looked at"), "primary")
        self.done_button.clicked.connect(partial(self._done, closes=True))
        self.note.setFocus()

    def refuse(self, error: AppError) -> None:
        """Say why it was not noted."""
        self._enable(yes=True)
        if not (isinstance(error, InvalidError) and self.form.show_error(error)):
            self.form.row("reason").set_error(say(error.message))

    def _enable(self, *, yes: bool) -> None:
        self.done_button.setEnabled(yes)
        self.note_button.setEnabled(yes)

    def _done(self, *_: object, closes: bool) -> None:
        note = self.note.text().strip()
        if not note:
            self.form.row("reason").set_error(tr("Say what it was."))
            return
        self._enable(yes=False)
        self.noted.emit(note, closes)


def fits(gap: Gap, asked: Asked) -> bool:
    """Tell whether a finding is listed."""
    state, kind = asked.of("state"), asked.of("kind")
    if state and state != ("seen" if gap.seen else "noted" if gap.noted else "new"):
        return False
    if asked.of("sure") not in ("", gap.sure.value):
        return False
    if kind and gap.kind.value != kind:
        return False
    first, last = asked.first_day, asked.last_day
    if (first and gap.day < first) or (last and gap.day > last):
        return False
    return matches(asked.text, say(gap.what), gap.note, gap.seen_by)


def gap_columns(venue: VenueCard) -> list[Column[Gap]]:
    """Return the columns of the list."""
    spoken, currency = language(), venue.currency
    return [
        Column(tr("Day"), lambda gap: day(as_date(gap.day), spoken), 116, "strong", key="day",
               raw=lambda gap: as_date(gap.day).isoformat(), sort="day",
               sort_value=lambda gap: gap.day),
        Column(tr("Kind"), lambda gap: say(GAPS[gap.kind]), 184, "badge", mood=_mood, key="kind"),
        Column(tr("What"), lambda gap: say(gap.what), 320, stretch=True, least=320, key="what"),
        Column(tr("Amount"),
               lambda gap: money(gap.amount_minor, currency, spoken) if gap.amount_minor else "",
               104, "money", key="amount", sort="amount",
               raw=lambda gap: major(gap.amount_minor, currency),
               sort_value=lambda gap: gap.amount_minor),
        Column(tr("How sure"), lambda gap: say(SURE[gap.sure]), 126, "dim", key="sure"),
        Column(tr("Looked at by"), lambda gap: gap.seen_by, 156, key="seen"),
        Column(tr("Note"), lambda gap: gap.note, 170, "dim", key="note"),
    ]  # fmt: skip


def _mood(gap: Gap) -> Mood:
    if gap.seen:
        return Mood(say(GAPS[gap.kind]), "ok")
    return Mood(say(GAPS[gap.kind]), "bad" if gap.sure is Sure.CERTAIN else "warn")


def _look(columns: list[Column[Gap]]) -> ListLook[Gap]:
    return ListLook(
        "gaps",
        tr("Gap radar"),
        columns,
        TABLES,
        EmptyState(
            "list-filter",
            tr("Nothing fits"),
            tr("The radar found something, but nothing of this kind, state and period."),
            tr("Show everything"),
        ),
        EmptyState(
            "shield-check",
            tr("Nothing to look at"),
            tr("No number is missing, no receipt came late, nothing was corrected oddly."),
        ),
        lambda n, shown: ntr("{shown} finding", "{shown} findings", n, shown=shown),
        shown=export_shown_sales,
    )
