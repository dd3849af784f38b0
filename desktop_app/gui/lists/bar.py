"""The bar above a list: a search box, a few choices, a period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QWidget
from typing_extensions import override

from desktop_app.gui.fonts import font
from desktop_app.gui.text import tr
from desktop_app.gui.widgets.button import button
from desktop_app.gui.widgets.date_range import DateRange, ready_made
from desktop_app.gui.widgets.flow import Flow
from desktop_app.gui.widgets.layout import column
from desktop_app.gui.widgets.search_box import SearchBox
from desktop_app.gui.widgets.segmented import Segmented
from desktop_app.kernel.clock import as_number

_PERIOD = "period"
_MOST_CHIPS = 5


class ListBar(QWidget):
    """What a list page needs of the bar above it; `changed(filter)` when another is wanted.

    `state` and `show_state` carry what is remembered: keys of choices, never what was typed.
    """

    changed = Signal(object)

    def __init__(self, search: SearchBox) -> None:
        super().__init__()
        self.search = search

    @property
    def wanted(self) -> Any:
        """Return the filter in force."""
        raise NotImplementedError

    @property
    def everything(self) -> bool:
        """Tell whether nothing is filtered out."""
        raise NotImplementedError

    def show_filter(self, wanted: Any) -> None:
        """Show a filter and tell of it, also where it is the same."""
        raise NotImplementedError

    def clear(self) -> None:
        """Want everything again."""
        raise NotImplementedError

    def state(self) -> Mapping[str, str]:
        """Return what is worth remembering."""
        return {}

    def show_state(self, state: Mapping[str, Any]) -> None:
        """Take up what was remembered, without telling; unknown keys are passed over."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks of a list: a text, the key of each choice that is not “all”, a period."""

    text: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)
    first: date | None = None
    last: date | None = None

    def of(self, choice: str) -> str:
        """Return the key chosen; empty for all."""
        return self.chosen.get(choice, "")

    @property
    def first_day(self) -> int | None:
        """Return the first business day wanted, as the store counts them."""
        return None if self.first is None else as_number(self.first)

    @property
    def last_day(self) -> int | None:
        """Return the last business day wanted."""
        return None if self.last is None else as_number(self.last)


@dataclass(frozen=True, slots=True)
class Choice:
    """One filter: its key, its name, and what can be chosen as (key, words) besides `everything`.

    Keys are remembered beside the store in the clear: words of ours or ids, never names. Up to
    five possibilities are chips, more a drop-down; so is what comes later (`FilterBar.offer`).
    """

    key: str
    name: str
    options: Sequence[tuple[str, str]] = ()
    everything: str = ""


class FilterBar(ListBar):
    """The bar of most lists; tells of `Asked`. `today` offers periods, None for a list without.

    `more` are controls of a subclass, which asks of them what it tells.
    """

    def __init__(
        self,
        placeholder: str,
        choices: Sequence[Choice] = (),
        today: date | None = None,
        period: str = "all",
        *,
        width: int = 250,
        more: Sequence[QWidget] = (),
    ) -> None:
        super().__init__(SearchBox(placeholder, width=width))
        self._setting = False
        self._usual = period
        self._controls: dict[str, Segmented | QComboBox] = {}
        for choice in choices:
            self._controls[choice.key] = _control(choice)
        self.period = None if today is None else DateRange(today, period)
        self._ready = frozenset(() if today is None else ready_made(today))
        self.clear_button = button("", "x", "ghost", tip=tr("Clear the filters"))
        self.clear_button.hide()
        shown = [self.search, *self._controls.values(), self.period, *more, self.clear_button]
        flow = Flow(*(one for one in shown if one is not None))
        self.setLayout(column(flow))
        self._connect()

    @property
    @override
    def wanted(self) -> Asked:
        """Return the filter in force."""
        keys = {key: _key(control) for key, control in self._controls.items()}
        period = None if self.period is None else self.period.period
        return Asked(
            self.search.text().strip(),
            {key: chosen for key, chosen in keys.items() if chosen},
            None if period is None else period.first,
            None if period is None else period.last,
        )

    @property
    @override
    def everything(self) -> bool:
        """Tell whether nothing is filtered out."""
        return self.wanted == Asked()

    def offer(self, choice: str, options: Sequence[tuple[str, str]]) -> None:
        """Offer what a choice of more than five, or of none at first, has to offer now."""
        box = self._controls[choice]
        if not isinstance(box, QComboBox):
            raise TypeError(choice)
        kept = box.property("wish") or box.currentData()
        with QSignalBlocker(box):
            while box.count() > 1:
                box.removeItem(1)
            for key, words in options:
                box.addItem(words, key)
            box.setCurrentIndex(max(0, box.findData(kept)))
        box.setProperty("wish", "")
        box.setVisible(bool(options))
        if kept:
            self._tell()

    @override
    def show_filter(self, wanted: Asked) -> None:
        """Show a filter and tell of it, also where it is the same."""
        self._setting = True
        self.search.setText(wanted.text)
        for key, control in self._controls.items():
            _choose(control, wanted.of(key))
        if self.period is not None:
            if wanted.first is not None and wanted.last is not None:
                self.period.show_days(wanted.first, wanted.last)
            else:
                self.period.choose("all")
        self._setting = False
        self._tell()

    @override
    def clear(self) -> None:
        """Want everything again."""
        self.show_filter(Asked())

    @override
    def state(self) -> Mapping[str, str]:
        """Return the keys chosen, and the period where it is a ready-made one."""
        state = dict(self.wanted.chosen)
        if self.period is not None and self.period.key in self._ready:
            state[_PERIOD] = self.period.key
        return state

    @override
    def show_state(self, state: Mapping[str, Any]) -> None:
        """Take up what was remembered, without telling."""
        self._setting = True
        for key, control in self._controls.items():
            if key in state:
                _choose(control, str(state[key]))
        if self.period is not None and state.get(_PERIOD) in self._ready:
            self.period.choose(str(state[_PERIOD]))
        self._setting = False

    def _connect(self) -> None:
        self.search.searched.connect(self._tell)
        for control in self._controls.values():
            if isinstance(control, Segmented):
                control.chosen.connect(self._tell)
            else:
                control.currentIndexChanged.connect(self._tell)
        if self.period is not None:
            self.period.changed.connect(self._tell)
        self.clear_button.clicked.connect(self.clear)

    def _tell(self, *_: object) -> None:
        if not self._setting:
            self.clear_button.setVisible(not self.everything)
            self.changed.emit(self.wanted)


def _control(choice: Choice) -> Segmented | QComboBox:
    everything = choice.everything or tr("All")
    if 0 < len(choice.options) <= _MOST_CHIPS:
        return Segmented(choice.name, [("", everything), *choice.options])
    box = QComboBox()
    box.setFont(font(13))
    box.setAccessibleName(choice.name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    box.addItem(everything, "")
    for key, words in choice.options:
        box.addItem(words, key)
    if not choice.options:  # never shown by hand: without a parent it would be a window
        box.hide()
    return box


def _key(control: Segmented | QComboBox) -> str:
    return control.key if isinstance(control, Segmented) else str(control.currentData() or "")


def _choose(control: Segmented | QComboBox, key: str) -> None:
    """Choose what is offered; a drop-down whose offers are still to come keeps the wish."""
    if isinstance(control, Segmented):
        control.choose(key if key in control.keys else "")
        return
    at = control.findData(key)
    control.setCurrentIndex(max(0, at))
    control.setProperty("wish", key if at < 0 else "")
