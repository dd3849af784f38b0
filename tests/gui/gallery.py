"""The window with made-up contents: `python -m tests.gui.gallery [theme] [language]`."""

import os
import sys
from datetime import date
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QLineEdit, QScrollArea, QWidget

from desktop_app.gui.format import money
from desktop_app.gui.navigation import Group, Screen, ScreenSpec, Shell
from desktop_app.gui.palette_list import Entry
from desktop_app.gui.text import language, ntr, tr
from desktop_app.gui.widgets.badge import Badge, Mood
from desktop_app.gui.widgets.banner import Banner
from desktop_app.gui.widgets.button import button
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.charts.bar_chart import BarChart
from desktop_app.gui.widgets.charts.line_chart import Line, LineChart
from desktop_app.gui.widgets.date_range import DateRange
from desktop_app.gui.widgets.empty_state import EmptyState
from desktop_app.gui.widgets.form import Form
from desktop_app.gui.widgets.labels import IconLabel, label, rule
from desktop_app.gui.widgets.layout import column, frame, row
from desktop_app.gui.widgets.password_edit import PasswordEdit
from desktop_app.gui.widgets.records.record_table import RecordTable
from desktop_app.gui.widgets.search_box import SearchBox
from desktop_app.gui.widgets.segmented import Segmented
from desktop_app.gui.widgets.tile import Figure, Tile
from desktop_app.gui.window import Window
from desktop_app.kernel.access import Permission
from desktop_app.kernel.words import msg
from tests.gui.desk_room import RoomSession
from tests.gui.million import Million, order_columns

NOW = [62, 118, 170, 402, 655, 588, 402, 310, 365, 612, 1128, None, None, None, None]
THEN = [80, 132, 190, 366, 590, 610, 380, 260, 300, 520, 890, 1010, 760, 420, 160]
TREND = (3, 5, 8, 9, 9.5, 10, 9, 7, 6, 5, 4, 5, 6, 9)


def azn(value: float) -> str:
    return money(round(value * 100), "AZN", language())


class Overview(Screen):
    """Tiles, charts, a list of what needs attention."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.set_heading("Good evening, Aysel", "Monday, 23 November · service until 23:30")
        tiles = row(gap=16)
        for title, icon, figure in (
            (
                "Sales today",
                "banknote",
                Figure(azn(4812.4), "vs last Monday", "+12.4%", True, TREND),
            ),
            ("Orders", "receipt-text", Figure("186", "22 open right now", "+8", True, TREND)),
            ("Average check", "wallet", Figure(azn(25.87), "vs last Monday", "+3.1%", True, TREND)),
            ("Refunds", "rotate-ccw", Figure(azn(64), "3 refunds", "+2", False, TREND)),
        ):
            tile = Tile(title, icon, opens="Open the orders")
            tile.show_figure(figure)
            tiles.addWidget(tile, 1)
        self.line = LineChart("Sales by hour", azn)
        hours = [f"{hour:02}:00" for hour in range(9, 24)]
        self.line.show_lines(hours, Line("Today", NOW), Line("Last Monday", THEN))
        hourly = Card("Sales by hour", "Net of refunds, Asia/Baku")
        hourly.add(self.line, stretch=1)
        self.bars = BarChart("Sales by category", azn)
        self.bars.show_parts(
            [
                ("Kebab & grill", 1684.2),
                ("Plov & mains", 1205.5),
                ("Drinks & tea", 866.4),
                ("Desserts", 612.3),
                ("Salads", 444.0),
            ]
        )
        share = Card("Sales by category", "Share of today’s sales")
        share.add(self.bars, stretch=1)
        charts = row(gap=16)
        charts.addWidget(hourly, 2)
        charts.addWidget(share, 1)
        attention = Card("Needs your attention", "Sorted by what can hurt most")
        for icon, tone, text, act in (
            ("shield-check", "warn", "3 privacy requests are due within 4 days", "Review"),
            ("hard-drive", "bad", "Restore drill is 9 days overdue", "Run drill"),
            ("package", "info", "5 items are below their reorder level", "See items"),
        ):
            bubble = IconLabel(icon, tone, 18, f"{tone}_soft")
            words = column(
                label(text, 13, 600), label("Oldest: 27 October", 12, tone="muted"), gap=2
            )
            attention.add(frame(row(bubble, words, None, button(act), gap=12)))
            attention.add(rule())
        body = column(gap=16, margins=(28, 4, 28, 24))
        body.addLayout(tiles)
        body.addLayout(charts)
        body.addWidget(attention)
        body.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(scroll.Shape.NoFrame)
        scroll.setWidget(frame(body, "page"))
        self.setLayout(column(scroll))


class Orders(Screen):
    """A million orders."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.source = Million()
        self.source.setParent(self)
        self.table = RecordTable("Orders", order_columns(), self.source)
        self.count = label("", 12, tone="muted", tabular=True)
        self.chosen = label("", 12, 500, "soft", tabular=True)
        states = [("", "All"), ("open", "Open"), ("paid", "Paid"), ("cancelled", "Cancelled")]
        channel = QComboBox()
        channel.addItems(["All channels", "Dine in", "Takeaway"])
        channel.setAccessibleName("Channel")
        self.search = SearchBox("Search order, table, customer")
        bar = row(self.search, Segmented("Status", states), DateRange(date(2026, 11, 23), "days90"))
        for widget in (
            channel,
            None,
            button("", "columns-3", tip="Choose columns"),
            button("Export", "file-down"),
        ):
            bar.addStretch(1) if widget is None else bar.addWidget(widget)
        bar.setContentsMargins(16, 14, 16, 14)
        foot = row(self.count, None, self.chosen, margins=(16, 10, 16, 10))
        inside = column(gap=0)
        inside.addLayout(bar)
        inside.addWidget(rule())
        inside.addWidget(self.table, 1)
        inside.addWidget(rule())
        inside.addLayout(foot)
        self.setLayout(column(frame(inside, "card"), margins=(28, 4, 28, 24)))
        self.table.counted.connect(self._counted)
        self.table.picked_changed.connect(self._picked)
        self.table.show_request(1)

    def _counted(self, text: str) -> None:
        self.count.setText(f"{text} orders · newest first")

    def _picked(self) -> None:
        total = sum(record.minor for record in self.table.picked_records())
        text = ntr("{n} selected", "{n} selected", len(self.table.picked()))
        self.chosen.setText(f"{text} · {azn(total / 100)}    {tr('Ctrl+C copies')}")


class Parts(Screen):
    """The smaller widgets."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        buttons = Card("Buttons", "One accent; red only for what destroys")
        kinds = [("Plain", ""), ("Primary", "primary"), ("Danger", "danger"), ("Ghost", "ghost")]
        made = [button(text, "check", kind) for text, kind in kinds]
        off = button("Disabled", "lock")
        off.setEnabled(False)
        buttons.add(frame(row(*made, off, None)))
        moods = [
            Mood("Paid", "ok"),
            Mood("Open", "info"),
            Mood("Refunded", "warn"),
            Mood("Cancelled", "bad"),
            Mood("Withdrawn", "mute"),
            Mood("Regular", "accent", "star"),
        ]
        buttons.add(frame(row(*[Badge(mood) for mood in moods], None)))
        buttons.body.addStretch(1)
        form = Form()
        form.add("name", "Name of the dish", QLineEdit("Şah plov"), "As it stands in the menu")
        form.add("price", "Price", QLineEdit("12,4x")).set_error(
            "“12,4x” is not an amount of money."
        )
        form.add("password", "Password", PasswordEdit("Password"))
        forms = Card("Form", "The error stands beside its field")
        forms.add(form)
        forms.body.addStretch(1)
        banners = column(gap=10)
        empty = Card("Empty", "With the next step")
        empty.add(
            EmptyState(
                "receipt-text",
                "No orders yet",
                "Import them from your till, or try the demonstration.",
                "Import orders",
                "upload",
            ),
            stretch=1,
        )
        left = column(buttons, forms, gap=16)
        right = column(gap=16)
        right.addLayout(banners)
        right.addWidget(empty, 1)
        both = row(gap=16, margins=(28, 4, 28, 24))
        both.addLayout(left, 1)
        both.addLayout(right, 1)
        self.setLayout(both)
        for tone, text in (
            ("info", "12 new orders"),
            ("ok", "The backup was verified"),
            ("warn", "The backup drive is full"),
            ("bad", "The file is damaged"),
        ):
            banner = Banner()
            banners.addWidget(banner)
            banner.tell(tone, text, "Free 2 GB or choose another drive.", "Choose another drive")


class Bare(Screen):
    """A screen with nothing in it yet."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        state = EmptyState("hourglass", "Nothing here", "This gallery has no such screen.")
        self.setLayout(column(state))


def specs() -> tuple[ScreenSpec, ...]:
    may = Permission
    made = (
        ("dashboard", "Dashboard", "layout-dashboard", Group.OVERVIEW, may.REPORTS_READ, Overview),
        ("orders", "Orders", "receipt-text", Group.OVERVIEW, may.ORDERS_READ, Orders),
        ("menu", "Menu", "utensils", Group.OVERVIEW, may.MENU_READ, Parts),
        ("staff", "Staff & roles", "users", Group.PEOPLE, may.STAFF_READ, Bare),
        ("customers", "Customers", "contact", Group.PEOPLE, may.CUSTOMERS_READ, Bare),
        ("privacy", "Privacy requests", "shield-check", Group.PEOPLE, may.PRIVACY_HANDLE, Bare),
        ("backups", "Backups", "database-backup", Group.SAFETY, may.BACKUPS_READ, Bare),
        ("exchange", "Import & export", "arrow-left-right", Group.SAFETY, may.IMPORTS_READ, Bare),
        ("audit", "Audit trail", "scroll-text", Group.SAFETY, may.AUDIT_READ, Bare),
        ("settings", "Settings", "settings", Group.BOTTOM, may.ANYONE, Bare),
    )
    return tuple(
        ScreenSpec(key, msg(title), msg("Find, check and export"), icon, group, right, factory)
        for key, title, icon, group, right, factory in made
    )


def window(session: RoomSession | None = None) -> Window:
    made = Window(session or RoomSession(), specs())
    made.show_venue("Şirvanşah", "Nizami branch")
    made.shell.show_waiting("privacy", 3)
    made.shell.show_safety(lambda: Mood("Backup verified 2 h ago", "ok", "circle-check"))
    run = partial(made.shell.tell, "Backup started")
    made.show_commands(
        [
            Entry("Actions", "Back up now", "database-backup", run, "Ctrl+B", "safety copy"),
            Entry("Actions", "Export customers to Excel…", "file-down", run, "Ctrl+E", "csv"),
        ]
    )
    return made


def main() -> int:
    from desktop_app.gui import theme
    from desktop_app.gui.start import prepare
    from desktop_app.gui.text import set_language
    from desktop_app.gui.tokens import THEMES

    application = prepare(sys.argv[:1])
    theme.apply(THEMES[sys.argv[1] if len(sys.argv) > 1 else "light"])
    set_language(sys.argv[2] if len(sys.argv) > 2 else "en")
    shown: QWidget = window()
    shown.show()
    if os.environ.get("GALLERY_QUIT"):
        QTimer.singleShot(2000, application.quit)
    return application.exec()


if __name__ == "__main__":
    raise SystemExit(main())
