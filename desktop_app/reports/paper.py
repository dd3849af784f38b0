"""A report as a PDF: what it is, a picture of what it is about, and the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from desktop_app.kernel.job import Progress
from desktop_app.kernel.words import Words, msg
from desktop_app.printing import drawing, look
from desktop_app.printing import format as written
from desktop_app.printing.document import Document
from desktop_app.printing.layout import Flow, Furniture
from desktop_app.printing.look import LEFT, PAPER_HEIGHT, PAPER_WIDTH, RIGHT, WIDTH
from desktop_app.printing.metadata import About
from desktop_app.printing.table import Cell, Table, TableColumn
from desktop_app.reports.shapes import Report, ReportRow, Unit, as_number, change
from desktop_app.reports.showing import period_text, row_label, shown

_INKS = (look.PETROL, look.AMBER_MARK)
_CHART = 92.0
_BARS = 62
_AXIS, _TICKS = 52.0, 12
_FIRST = 118.0


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """Whose report it is, made when (the venue's clock) and by whom."""

    venue: str
    made_at: datetime
    made_by: str


def write_paper(
    report: Report, facts: PaperFacts, out: BinaryIO, words: Words, progress: Progress
) -> int:
    """Write a report as a PDF; return how many pages."""
    title = words.of(report.facts.title)
    progress.stage(msg("Writing the report"))
    about = About(f"{title} · {facts.venue}", facts.venue, words.language, facts.made_at)
    document = Document(out, about, progress)
    made = words.say(
        "Made by {name}, {time}",
        name=facts.made_by,
        time=written.moment(facts.made_at, words.language),
    )
    flow = Flow(document, Furniture(facts.venue, title, made), words)
    flow.begin(header=False)
    _head(flow, document, report, facts, title)
    _picture(flow, report)
    _table(flow, report)
    flow.end()
    flow.finish()
    document.finish()
    return document.page_count


def _head(flow: Flow, document: Document, report: Report, facts: PaperFacts, title: str) -> None:
    words, draw = flow.words, document.draw
    draw(drawing.box(0, PAPER_HEIGHT - 10, PAPER_WIDTH, 10, look.PETROL))
    draw(drawing.box(0, PAPER_HEIGHT - 12, PAPER_WIDTH, 2, look.AMBER_MARK))
    document.bookmark(title, PAPER_HEIGHT)
    flow.text(LEFT, PAPER_HEIGHT - 62, title, look.TITLE, tag="H1")
    flow.text(RIGHT, PAPER_HEIGHT - 34, facts.venue, look.SMALL, align="right")
    flow.y = PAPER_HEIGHT - 76
    said_ = [words.of(report.facts.about), period_text(report.period, words)]
    if report.against is not None:
        said_.append(words.say("beside {period}", period=period_text(report.against, words)))
    said_.append(words.say("Amounts in {currency}", currency=report.currency))
    flow.paragraph(" · ".join(said_), look.LEDE)
    flow.y -= 14


def _picture(flow: Flow, report: Report) -> None:
    """Draw what the window draws as columns: an ornament, the table says the same in words."""
    rows, names, series = _series(report, flow.words)
    highest = max((value for one in series for value in one), default=0)
    if not highest:
        return
    if len(series) > 1:
        _legend(flow, report, names)
    top, bottom = _round_up(highest), flow.y - _CHART
    _axes(flow, report, rows, top)
    step = (WIDTH - _AXIS) / len(rows)
    width = min(step * 0.72 / len(series), 26.0)
    for beside, one in enumerate(series):
        ink = _ink(report, beside, len(series))
        for place, value in enumerate(one):
            height = _CHART * value / top
            if height > 0.5:  # noqa: PLR2004 - half a point cannot be seen
                left = LEFT + _AXIS + place * step + (step - width * len(series)) / 2
                x = left + beside * width
                flow.document.draw(drawing.box(x, bottom, width * 0.94, height, ink))
    flow.y = bottom - 28


def _round_up(highest: int) -> int:
    """Return a round number that is no less, to end a scale with."""
    power: int = 10 ** (len(str(highest)) - 1)
    return next(part * power for part in (1, 2, 3, 4, 5, 6, 8, 10) if part * power >= highest)


def _axes(flow: Flow, report: Report, rows: Sequence[ReportRow], top: int) -> None:
    """Draw the scale up to `top`, and the names of as many rows as there is room for."""
    unit = report.facts.columns[report.facts.main_at].unit
    bottom, step = flow.y - _CHART, (WIDTH - _AXIS) / len(rows)
    for part in range(5):
        y = bottom + _CHART * part / 4
        flow.document.draw(drawing.hairline(LEFT + _AXIS, RIGHT, y, weight=0.3))
        if part % 2 == 0 and top * part % 4 == 0:
            said = shown(top * part // 4, unit, report.currency, flow.words)
            _write(flow, LEFT + _AXIS - 6, y - 2.5, said, "right")
    every = -(-len(rows) // _TICKS)
    for place in range(0, len(rows), every):
        label = _fitting(flow, row_label(report, rows[place], flow.words), step * every - 4)
        _write(flow, LEFT + _AXIS + (place + 0.5) * step, bottom - 10, label, "center")


def _series(report: Report, words: Words) -> tuple[Sequence[ReportRow], list[str], list[list[int]]]:
    """Return the rows that are drawn, and of each series its name and its values."""
    facts, rows = report.facts, report.rows[:_BARS]
    names = [words.of(facts.columns[at].title) for at in facts.drawn_at]
    series = [[abs(as_number(row.values[at])) for row in rows] for at in facts.drawn_at]
    if report.against is not None and facts.main_at in facts.drawn_at:
        names.append(words.say("Before"))
        series.append([abs(row.before or 0) for row in rows])
    return rows, names, series


def _ink(report: Report, beside: int, count: int) -> str:
    """Return the colour of a series; what was before is pale."""
    compared = report.against is not None and beside == count - 1 > 0
    return look.RULE if compared else _INKS[min(beside, len(_INKS) - 1)]


def _legend(flow: Flow, report: Report, names: Sequence[str]) -> None:
    x = LEFT + _AXIS
    for beside, name in enumerate(names):
        ink = _ink(report, beside, len(names))
        flow.document.draw(drawing.box(x, flow.y - 6, 6, 6, ink))
        _write(flow, x + 10, flow.y - 6, name)
        x += 24 + flow.document.type.line(name, look.TINY).width
    flow.y -= 18


def _write(flow: Flow, x: float, y: float, text: str, align: str = "left") -> None:
    """Write beside the picture; who listens to the page hears the table instead."""
    operators = flow.set(x, y, text, look.TINY, align)
    flow.document.draw(f"/Artifact BMC BT {operators} ET EMC")


def _fitting(flow: Flow, text: str, width: float) -> str:
    """Return a text that is no wider, with dots where it was cut."""
    kept = text
    while kept and flow.document.type.line(kept, look.TINY).width > width:
        kept = kept[:-2].rstrip() + "…" if len(kept) > 2 else ""  # noqa: PLR2004 - letter and dots
    return kept


def _table(flow: Flow, report: Report) -> None:
    words, facts = flow.words, report.facts
    titles = [words.of(column.title) for column in facts.columns]
    right = [column.unit is not Unit.WORD for column in facts.columns]
    if report.against is not None:
        titles += [words.say("Before"), words.say("Change")]
        right += [True, True]
    each = (WIDTH - _FIRST) / len(titles)
    columns = [TableColumn(words.of(facts.first), _FIRST)]
    columns += [
        TableColumn(title, each, right=side) for title, side in zip(titles, right, strict=True)
    ]
    table = Table(flow, flow.document.root, columns)
    for row in report.rows:
        table.row([Cell(text) for text in _cells(report, row, words)], around=3.6)
    table.row([Cell(text, look.CELL_STRONG) for text in _sums(report, words)], rule=False)
    table.close()


def _cells(report: Report, row: ReportRow, words: Words) -> Sequence[str]:
    facts = report.facts
    cells = [row_label(report, row, words)]
    cells += [
        shown(value, column.unit, report.currency, words)
        for value, column in zip(row.values, facts.columns, strict=True)
    ]
    if report.against is not None:
        unit = facts.columns[facts.main_at].unit
        now = as_number(row.values[facts.main_at])
        cells.append(shown(row.before, unit, report.currency, words))
        cells.append(shown(change(now, row.before), Unit.SHARE, report.currency, words))
    return cells


def _sums(report: Report, words: Words) -> Sequence[str]:
    facts = report.facts
    cells = [words.say("Total")]
    cells += [
        "" if total is None else shown(total, column.unit, report.currency, words)
        for total, column in zip(report.totals, facts.columns, strict=True)
    ]
    if report.against is not None:
        before, now = report.total_before, report.totals[facts.main_at]
        unit = facts.columns[facts.main_at].unit
        none = before is None or now is None
        cells.append("" if none else shown(before, unit, report.currency, words))
        rate = None if none else change(as_number(now), before)
        cells.append("" if none else shown(rate, Unit.SHARE, report.currency, words))
    return cells
