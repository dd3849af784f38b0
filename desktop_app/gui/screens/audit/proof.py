"""The proof that nothing was taken out: checking, alarms, anchors on paper, the export."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.access.alarms import list_alarms, sign_alarm
from desktop_app.access.anchors import check_anchor
from desktop_app.access.operations import list_events, verify_trail
from desktop_app.access.records import (
    Alarm,
    Anchor,
    EventFilter,
    EventRow,
    TrailReport,
)
from desktop_app.exports.records import FileFormat, HandedOut
from desktop_app.exports.trail import export_audit
from desktop_app.gui.bridge import Bridge, Running
from desktop_app.gui.handing import HandoverDialog, HandWish
from desktop_app.gui.screens.audit.alarm_card import AlarmCard
from desktop_app.gui.screens.audit.proof_dialogs import AnchorDialog, SignDialog
from desktop_app.gui.screens.audit.trail_card import TrailCard
from desktop_app.gui.text import ntr, tr
from desktop_app.gui.widgets.button import allow
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.layout import clear, column
from desktop_app.kernel.words import msg
from desktop_app.venue.operations import get_today
from desktop_app.venue.records import Today

_CHECKS = EventFilter(operation="access.verify_trail")
_TABLES = frozenset({"trail_alarm", "trail_alarm_signature"})


class Proof(QWidget):
    """The state card and the open alarms; `told(str)` with what was done."""

    told = Signal(str)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._running: Running[TrailReport] | None = None
        self._today: Today | None = None
        self.report: TrailReport | None = None
        self.alarm: AlarmCard | None = None
        self.dialog: Dialog | None = None
        self.card = TrailCard()
        self._open = column(gap=10)
        self.setLayout(column(self.card, self._open, gap=12))
        self.card.verify.clicked.connect(self.start_verify)
        self.card.check.clicked.connect(self.ask_anchor)
        self.card.export.clicked.connect(partial(self.ask_export, FileFormat.CSV))
        allow(self.card.check, bridge.why_not(check_anchor))
        allow(self.card.export, bridge.why_not(export_audit))
        bridge.ended.connect(self._ended)
        bridge.changed.connect(self._changed)

    def begin(self, today: Today) -> None:
        """Show what is known without checking."""
        self._today = today
        self._bridge.ask(self, self._show_last, list_events, _CHECKS, limit=1)
        self._bridge.ask(self, self._show_alarms, list_alarms)

    def start_verify(self) -> None:
        """Compute the whole trail again, and compare the rows about money with it."""
        self.card.verify.setEnabled(False)
        title = msg("Verifying the audit trail")
        self._running = self._bridge.start(self, self._verified, title, verify_trail, full=True)
        self._show_anchor()

    def ask_anchor(self) -> None:
        """Compare a line on paper with the trail."""
        if self._today is not None:
            self._show(AnchorDialog(self._bridge, self._today, self))

    def ask_export(self, kind: FileFormat, *_: object) -> None:
        """Ask for whom the whole trail is written, how and where."""
        dialog = HandoverDialog(
            tr("Export the audit trail"), tr("Audit trail"), self,
            formats=(FileFormat.CSV, FileFormat.XLSX, FileFormat.JSON),
            own=self._bridge.app.actor.name, first=kind,
        )  # fmt: skip
        dialog.banner.tell(
            "info",
            tr("JSON is with proof: “verify_trail.py” checks chain and signatures without this "
               "program."),
            "",
        )  # fmt: skip
        dialog.wished.connect(self.export_to)
        self._show(dialog)

    def export_to(self, wish: HandWish) -> None:
        """Write the trail to a new file."""
        self._bridge.start(
            self, self._exported, msg("Exporting the audit trail"), export_audit, wish.path,
            wish.to, password=wish.password,
        )  # fmt: skip

    # --- checking

    def _show_last(self, found: Sequence[EventRow]) -> None:
        if self._today is not None and self.report is None:
            self.card.show_last(found[0] if found else None, self._today)

    def _verified(self, report: TrailReport) -> None:
        self._bridge.ask(self, partial(self._show_report, report), get_today)

    def _show_report(self, report: TrailReport, today: Today) -> None:
        self._today, self.report = today, report
        self.card.show_report(report, today)
        self._show_anchor()
        self._bridge.ask(self, self._show_alarms, list_alarms)

    def _ended(self, running: Running[Any]) -> None:
        """Free the button, also where the check failed or was stopped."""
        if running is self._running:
            self._running = None
            self.card.verify.setEnabled(True)
            self._show_anchor()

    # --- alarms

    def _changed(self, touched: frozenset[str]) -> None:
        if touched & _TABLES and self._today is not None:
            self._bridge.ask(self, self._show_alarms, list_alarms)

    def _show_alarms(self, found: Sequence[Alarm]) -> None:
        if self._today is None:
            return
        clear(self._open)
        self.alarm = None
        first = min(found, key=lambda one: one.seq, default=None)
        if first is not None:
            self.alarm = AlarmCard(first, self._today, len(found) - 1)
            self._open.addWidget(self.alarm)
            self._fill(self.alarm)
        if self.report is None:
            self._show_unchecked(first)

    def _show_unchecked(self, alarm: Alarm | None) -> None:
        if alarm is None:
            self.card.show_unchecked()
        else:
            self.card.show_alarm(alarm)

    def _fill(self, card: AlarmCard) -> None:
        seq = card.alarm.seq

        def claims(rows: Sequence[EventRow]) -> None:
            card.show_claims(next((row for row in rows if row.seq == seq), None))

        self._bridge.ask(card, claims, list_events, before=seq + 1, limit=1)
        self._show_anchor()
        card.sign.clicked.connect(partial(self._ask_sign, card.alarm))
        card.evidence.clicked.connect(partial(self.ask_export, FileFormat.JSON))
        mine = any(one.name == self._bridge.app.actor.name for one in card.alarm.signatures)
        signed = tr("You have signed this alarm already: another person has to.")
        allow(card.sign, self._bridge.why_not(sign_alarm) or (signed if mine else ""))
        allow(card.evidence, self._bridge.why_not(export_audit))

    def _show_anchor(self) -> None:
        """Say the last good anchor as far as checking has come: it is known once it has ended."""
        if self.alarm is None:
            return
        if self.report is not None:
            self.alarm.show_anchor(_last_good(self.report, self.alarm.alarm.seq))
        elif self._running is not None:
            self.alarm.show_checking()
        else:
            self.alarm.show_unchecked()

    def _ask_sign(self, alarm: Alarm, *_: object) -> None:
        dialog = SignDialog(self._bridge, alarm, self)
        dialog.signed.connect(self._signed)
        self._show(dialog)

    def _signed(self, closed: bool) -> None:  # noqa: FBT001 - from a signal
        done, more = tr("The alarm is closed."), tr("Signed. Another person has to sign too.")
        self.told.emit(done if closed else more)
        if closed:
            self.report = None  # what it said of this place is settled
        if self._today is not None:
            self.begin(self._today)

    # --- handing out

    def _show(self, dialog: Dialog) -> None:
        self.dialog = dialog
        dialog.open()

    def _exported(self, made: HandedOut) -> None:
        text = ntr(
            "{n} event was written to {file}.",
            "{n} events were written to {file}.",
            made.rows,
            file=made.file.name,
        )
        self.told.emit(text)


def _last_good(report: TrailReport, seq: int) -> Anchor | None:
    """Return the newest anchor before an event, one outside the computer before any other."""
    good = [anchor for anchor in report.anchors if anchor.fits and anchor.seq < seq]
    return max(good, key=lambda one: (one.outside, one.seq), default=None)
