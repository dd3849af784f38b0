"""Making and changing a role: its name, its rights by area, its limits, and what they amount to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLayout,
    QLineEdit,
    QScrollArea,
    QWidget,
)

from desktop_app.access.rules import by_area
from desktop_app.gui.fonts import font
from desktop_app.gui.screens.access.lines import Lines, right_line
from desktop_app.gui.screens.access.wording import keys_lost, opens_text, rotation_text
from desktop_app.gui.text import say, tr
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.form import Form
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import column, frame, row
from desktop_app.kernel.access import Limit, Permission
from desktop_app.kernel.errors import AppError, InvalidError
from desktop_app.kernel.money import decimals, major
from desktop_app.kernel.permissions import ABOUT, AREA_TITLES
from desktop_app.kernel.roles import FOR_OWNERS, RoleFacts

_WIDE, _HIGH = 980, 660
_LEFT, _MARKS = 260, 64


class RoleDialog(Dialog):
    """Asks for a role; `asked(name, rights, limits)`."""

    asked = Signal(str, object, object)

    def __init__(
        self,
        role: RoleFacts | None,
        roles: Sequence[RoleFacts],
        source: RoleFacts | None,
        currency: str,
        *,
        server: bool,
        parent: QWidget,
    ) -> None:
        title = tr("Change the role “{name}”", name=role.name) if role else tr("New role")
        super().__init__(title, "", parent)
        self.resize(_WIDE, _HIGH)
        self._before = role
        self._currency = currency
        self._server = server
        self._roles = {one.id: one for one in roles}
        self.name = QLineEdit(role.name if role else "")
        self.name.setFont(font(13))
        self.source = QComboBox()
        self.source.setFont(font(13))
        self.boxes: dict[Permission, QCheckBox] = {}
        self.limits: dict[Limit, QLineEdit] = {}
        self.form = Form()
        self.limit_form = Form()
        self.opens = label("", 13, 500, wrap=True)
        self.keys = label("", 12, tone="warn", wrap=True)
        self._build()
        begin = role or source
        if begin is not None:
            self._begin_with(begin)
        if source is not None:
            self.source.setCurrentIndex(self.source.findData(source.id))
        self._show()

    def refuse(self, error: AppError) -> None:
        """Say why it did not work; nothing was changed."""
        self.done_button.setEnabled(True)
        if isinstance(error, InvalidError) and error.field == "name":
            self.form.show_error(error)
            return
        self.banner.tell("bad", say(error.message), say(error.hint) if error.hint else "")

    # --- building

    def _build(self) -> None:
        self.form.add("name", tr("Name"), self.name)
        if self._before is None:
            self.source.addItem(tr("nothing"), "")
            for role in self._roles.values():
                self.source.addItem(say(role.title), role.id)
            self.source.activated.connect(self._source_chosen)
            self.form.add("source", tr("Begin with the rights of"), self.source)
        limits = (
            (Limit.REFUND_MINOR, tr("Refunds up to ({currency})", currency=self._currency)),
            (Limit.DISCOUNT_PERCENT, tr("Discounts up to (%)")),
            (Limit.EXPORT_ROWS, tr("Exports up to (rows)")),
        )
        for limit, title in limits:
            field = QLineEdit()
            field.setFont(font(13, tabular=True))
            field.setPlaceholderText(tr("no limit"))
            self.limits[limit] = field
            self.limit_form.add(limit.value, title, field)
        note = tr("Up to these numbers alone; above them a second person is needed.")
        left = column(self.form, 6, label(tr("Limits"), 13, 600), gap=10)
        left.addWidget(label(note, 12, tone="muted", wrap=True))
        left.addWidget(self.limit_form)
        left.addStretch(1)
        both = row(gap=24)
        both.addWidget(_of_width(left, _LEFT))
        both.addWidget(self._rights(), 1)
        self.body.addLayout(both, 1)
        self.body.addWidget(self.opens)
        self.body.addWidget(self.keys)
        self.add_cancel()
        self.done_button = self.add_button(tr("Store the role"), "primary")
        self.done_button.clicked.connect(self._send)

    def _rights(self) -> QScrollArea:
        """Return a check box for each right that can be given, by area."""
        rows = column(gap=2, margins=(2, 0, 12, 8))
        for area, rights in by_area(set(Permission) - FOR_OWNERS).items():
            rows.addSpacing(8)
            rows.addWidget(label(say(AREA_TITLES[area]), 11, 600, "muted"))
            for right in rights:
                rows.addLayout(self._right(right))
        rows.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFrameShape(scroll.Shape.NoFrame)
        scroll.setWidget(frame(rows, "clear"))
        scroll.setAccessibleName(tr("Rights of the role"))
        return scroll

    def _right(self, right: Permission) -> QHBoxLayout:
        box = QCheckBox(say(ABOUT[right].text))
        box.setFont(font(13))
        box.toggled.connect(self._show)
        self.boxes[right] = box
        line = right_line(right, server=self._server)
        box.setToolTip(line.tip)
        box.setAccessibleDescription(line.tip)
        mark = Lines(line.tip)
        mark.setFixedWidth(_MARKS)
        mark.show_marks(replace(line, note=""))  # its words are in the tip
        both = row(box, gap=6)
        both.addStretch(1)
        both.addWidget(mark)
        return both

    # --- choosing

    def _source_chosen(self, _: int) -> None:
        role = self._roles.get(self.source.currentData() or "")
        if role is not None:
            self._begin_with(role)

    def _begin_with(self, role: RoleFacts) -> None:
        for right, box in self.boxes.items():
            box.blockSignals(True)  # noqa: FBT003 - Qt's
            box.setChecked(right in role.permissions)
            box.blockSignals(False)  # noqa: FBT003 - Qt's
        for limit, field in self.limits.items():
            number = role.limits.get(limit)
            field.setText("" if number is None else self._written(limit, number))
        self._show()

    @property
    def rights(self) -> frozenset[Permission]:
        """Return the rights ticked."""
        ticked = {right for right, box in self.boxes.items() if box.isChecked()}
        return frozenset(ticked | {Permission.ANYONE})

    def _show(self, *_: object) -> None:
        self.opens.setText(opens_text(self.rights))
        before = self._before.permissions if self._before else self.rights
        lost = keys_lost(before, self.rights)
        self.keys.setVisible(bool(lost))
        self.keys.setText(rotation_text(lost))

    def _send(self) -> None:
        self.form.clear_errors()
        self.limit_form.clear_errors()
        limits = self._typed_limits()
        if limits is not None:
            self.done_button.setEnabled(False)
            self.asked.emit(self.name.text(), self.rights, limits)

    def _typed_limits(self) -> Mapping[Limit, int] | None:
        """Return the limits typed; None, and a sentence beside it, where one is no number."""
        found: dict[Limit, int] = {}
        for limit, field in self.limits.items():
            typed = field.text().strip().replace(",", ".")
            if not typed:
                continue
            number = self._number(limit, typed)
            if number is None:
                self.limit_form.row(limit.value).set_error(tr("Write a number, or leave it empty."))
                return None
            found[limit] = number
        return found

    def _number(self, limit: Limit, typed: str) -> int | None:
        places = decimals(self._currency) if limit is Limit.REFUND_MINOR else 0
        try:
            scaled = Decimal(typed).scaleb(places)
        except InvalidOperation:
            return None
        if not scaled.is_finite() or scaled != scaled.to_integral_value():
            return None
        highest = 100 if limit is Limit.DISCOUNT_PERCENT else 10**12
        return int(scaled) if 0 <= scaled <= highest else None

    def _written(self, limit: Limit, number: int) -> str:
        return major(number, self._currency) if limit is Limit.REFUND_MINOR else str(number)


def _of_width(content: QLayout, width: int) -> QWidget:
    made = frame(content, "clear")
    made.setFixedWidth(width)
    return made
