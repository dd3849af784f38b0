"""What checking the backups found: all well, or each thing that is wrong and what it spoils."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.backup.records import FoundProblem, Verification
from desktop_app.gui.format import number
from desktop_app.gui.restore.wording import size
from desktop_app.gui.text import language, ntr, say, tr
from desktop_app.gui.widgets.button import button
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.labels import IconLabel, label, rule
from desktop_app.gui.widgets.layout import clear, column, frame, row

SHOWN = 20


class OutcomeCard(Card):
    """Hidden until something was verified in this session."""

    def __init__(self) -> None:
        close = button("", "x", "ghost", tip=tr("Close this message"), on_click=self.hide)
        super().__init__(tr("Result of the check"), "…", close)
        self._rows = column(gap=0)
        self.body.addLayout(self._rows)
        self.hide()

    def show_outcome(self, found: Verification, *, full: bool) -> None:
        """Show a result."""
        clear(self._rows)
        spoken = language()
        self.tell(
            ntr(
                "{n} backup, {objects} parts, {size} in {seconds} s",
                "{n} backups, {objects} parts, {size} in {seconds} s",
                found.snapshots,
                objects=number(found.objects, spoken),
                size=size(found.bytes),
                seconds=number(max(1, round(found.seconds)), spoken),
            )
        )
        self._rows.addWidget(_verdict(found, full=full))
        for problem in found.problems[:SHOWN]:
            self._rows.addWidget(rule())
            self._rows.addWidget(_problem(problem))
        more = len(found.problems) - SHOWN
        if more > 0:
            self._rows.addWidget(label(ntr("and {n} more", "and {n} more", more), tone="muted"))
        self.show()


def _verdict(found: Verification, *, full: bool) -> QWidget:
    count = len(found.problems)
    if count:
        icon = IconLabel("circle-alert", "bad", 18, "bad_soft")
        title = ntr("{n} thing is wrong", "{n} things are wrong", count)
        text = tr("Backups not named here can be restored. Replace this disk and add a new place.")
    else:
        icon = IconLabel("circle-check", "ok", 18, "ok_soft")
        title = tr("Everything is there and unchanged") if full else tr("Everything is there")
        text = (
            tr("Every byte was read and compared with its hash.")
            if full
            else tr("Every part is there in its full size; a full check also reads every byte.")
        )
    line = row(icon, gap=12, margins=(0, 9, 0, 9))
    line.addLayout(column(label(title, 13, 600), label(text, 12, tone="muted", wrap=True), gap=2))
    return frame(line, "clear")


def _problem(problem: FoundProblem) -> QWidget:
    where = tr("{target}: {object}", target=problem.target, object=problem.place)
    spoiled = problem.snapshots
    affected = (
        ntr(
            "Spoils {n} backup: {list}",
            "Spoils {n} backups: {list}",
            len(spoiled),
            list=", ".join(spoiled),
        )
        if spoiled
        else tr("Spoils no backup")
    )
    words = column(label(say(problem.message), 13, 600, wrap=True), gap=2)
    words.addWidget(label(where, 12, tone="soft", tabular=True, wrap=True))
    words.addWidget(label(affected, 12, tone="muted", wrap=True))
    line = row(IconLabel("triangle-alert", "bad", 16), gap=12, margins=(0, 9, 0, 9))
    line.addLayout(words, 1)
    return frame(line, "clear")
