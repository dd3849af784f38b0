"""The list of papers: supplies, transfers, write-offs, productions, stock-takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from desktop_app.exports.shown import export_shown_stock
from desktop_app.gui.format import moment
from desktop_app.gui.lists.bar import Asked, Choice, FilterBar
from desktop_app.gui.lists.page import ListLook, ListPage
from desktop_app.gui.lists.queries import PagedQuery
from desktop_app.gui.navigation import Shell
from desktop_app.gui.screens.stock.wording import DASH, day_of, money_of, paper_mood, paper_name
from desktop_app.gui.text import language, ntr, say, tr
from desktop_app.gui.widgets.button import allow, button
from desktop_app.gui.widgets.empty_state import EmptyState
from desktop_app.gui.widgets.records.column import Column
from desktop_app.gui.widgets.records.source import Request
from desktop_app.stock.kinds import PAPERS, PaperKind
from desktop_app.stock.operations import count_papers, list_papers
from desktop_app.stock.papers import produce, transfer, write_off
from desktop_app.stock.records import PaperFilter, PaperRow
from desktop_app.stock.supplies import receive_supply

TABLES = frozenset({"stock_document", "supply_payment"})
_UNPAID = "unpaid"


class PaperList(ListPage[PaperRow, Asked]):
    """Shows every posted paper; its buttons enter new ones."""

    def __init__(
        self, shell: Shell, currency: str, today: date, local: Callable[[datetime], datetime]
    ) -> None:
        why = shell.bridge.why_not
        self.supply = button(tr("Supply…"), "truck", "primary")
        self.write_off = button(tr("Write-off…"), "trash-2")
        self.transfer = button(tr("Transfer…"), "arrow-left-right")
        self.produce = button(tr("Production…"), "chef-hat")
        allow(self.supply, why(receive_supply))
        allow(self.write_off, why(write_off))
        allow(self.transfer, why(transfer))
        allow(self.produce, why(produce))
        kinds = [(kind.value, say(title)) for kind, title in PAPERS.items()]
        bar = FilterBar(
            tr("Number, invoice or supplier"),
            [Choice("kind", tr("Kind"), [*kinds, (_UNPAID, tr("Not paid"))], tr("Every kind"))],
            today,
        )
        super().__init__(
            shell,
            _look(currency, local),
            bar,
            PagedQuery(shell.bridge, shell, list_papers, count_papers, _wanted),
            [self.write_off, self.transfer, self.produce, self.supply],
        )


def _wanted(request: Request[Asked]) -> PaperFilter:
    asked = request.filter
    kind = asked.of("kind")
    known = kind and kind != _UNPAID
    return PaperFilter(
        frozenset({PaperKind(kind)}) if known else frozenset(), asked.text,
        only_unpaid=kind == _UNPAID, first_day=asked.first_day, last_day=asked.last_day,
    )  # fmt: skip


def _columns(currency: str, local: Callable[[datetime], datetime]) -> list[Column[PaperRow]]:
    def value(row: PaperRow) -> str:
        supplied = row.kind is PaperKind.SUPPLY
        return money_of(row.total_minor if supplied else row.cost_minor, currency)

    def place(row: PaperRow) -> str:
        moved = row.target and row.target != row.storage
        return f"{row.storage} → {row.target}" if moved else row.storage

    return [
        Column(tr("Paper"), paper_name, 120, "strong", key="paper"),
        Column(
            tr("Time"), lambda row: moment(local(row.at), language()), 155, "dim", key="time"
        ),
        Column(tr("Storage"), place, 104, key="storage"),
        Column(
            tr("Supplier or reason"), lambda row: row.supplier or row.reason or DASH, 160,
            stretch=True, key="about",
        ),
        Column(tr("Invoice"), lambda row: row.invoice or DASH, 120, "dim", key="invoice"),
        Column(tr("Due"), lambda row: day_of(row.due_date), 112, "dim", key="due"),
        Column(
            tr("State"), lambda row: paper_mood(row).text, 126, "badge", mood=paper_mood,
            key="state",
        ),
        Column(tr("Amount"), value, 116, "money", key="amount"),
        Column(
            tr("Owed"),
            lambda row: money_of(row.unpaid_minor, currency) if row.unpaid_minor else DASH,
            116, "money", key="owed",
        ),
    ]  # fmt: skip


def _look(currency: str, local: Callable[[datetime], datetime]) -> ListLook[PaperRow]:
    def total(rows: Sequence[PaperRow]) -> str:
        owed = sum(row.unpaid_minor or 0 for row in rows)
        return tr("{amount} owed", amount=money_of(owed, currency))

    return ListLook(
        "stock_papers",
        tr("Papers"),
        _columns(currency, local),
        TABLES,
        EmptyState(
            "list-filter",
            tr("Nothing fits"),
            tr("There are papers, but none of this kind and time."),
            tr("Show all papers"),
        ),
        EmptyState(
            "truck",
            tr("No papers yet"),
            tr("Enter the first supply: it says what came, from whom, and for how much."),
        ),
        lambda n, shown: ntr("{shown} paper", "{shown} papers", n, shown=shown),
        total=total,
        shown=export_shown_stock,
    )
