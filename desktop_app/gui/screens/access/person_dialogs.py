"""The dialogs about people: letting somebody in, another role."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from desktop_app.access.records import UserRow
from desktop_app.access.rules import compared
from desktop_app.gui.fonts import font
from desktop_app.gui.screens.access.wording import (
    difference_text,
    keys_lost,
    opens_text,
    rotation_text,
)
from desktop_app.gui.text import say, tr
from desktop_app.gui.widgets.button import allow
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.form import Form
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import column
from desktop_app.kernel.access import Role
from desktop_app.kernel.errors import AppError, InvalidError
from desktop_app.kernel.roles import RoleFacts

_CHANGE_SIZE = (560, 520)  # room for what is given, taken and locked anew


class RoleChoice(QWidget):
    """A role, the venues, and in words what they open; `changed` when another is chosen."""

    changed = Signal()

    def __init__(self, roles: Sequence[RoleFacts], venues: Mapping[int, str]) -> None:
        super().__init__()
        self._roles = {role.id: role for role in roles}
        self.role = _box()
        for role in sorted(roles, key=lambda one: (one.id == Role.OWNER, one.custom)):
            self.role.addItem(say(role.title), role.id)
        self.venues = _box()
        self.venues.addItem(tr("All venues"), None)
        for number, name in venues.items():
            # As text: Qt's numbers have 32 bits, and ours 63.
            self.venues.addItem(tr("Only {venues}", venues=name), str(number))
        self.form = Form()
        self.form.add("role", tr("Role"), self.role)
        self.form.add("venues", tr("Venues"), self.venues)
        self.opens = label("", 12, tone="soft", wrap=True)
        self.setLayout(column(self.form, self.opens, gap=10))
        self.role.currentIndexChanged.connect(self._show)
        self.venues.currentIndexChanged.connect(self._show)
        self._show()

    def choose(self, role_id: str, venues: tuple[int, ...] | None) -> None:
        """Begin with what somebody has now."""
        self.role.setCurrentIndex(max(0, self.role.findData(role_id)))
        if venues:
            self.venues.setCurrentIndex(max(0, self.venues.findData(str(venues[0]))))

    @property
    def chosen(self) -> RoleFacts:
        """Return the role chosen."""
        return self._roles[self.role.currentData()]

    @property
    def chosen_venues(self) -> tuple[int, ...] | None:
        """Return the venues chosen, None for all."""
        found = self.venues.currentData()
        return None if found is None else (int(found),)

    def _show(self, *_: object) -> None:
        owner = self.chosen.id == Role.OWNER
        if owner:
            self.venues.setCurrentIndex(0)
        allow(self.venues, tr("An owner sees every venue.") if owner else "")
        self.opens.setText(opens_text(self.chosen.permissions))
        self.changed.emit()


class PersonDialog(Dialog):
    """Asks for a name, a role and venues; `asked(name, role id, venues)`."""

    asked = Signal(str, str, object)

    def __init__(
        self, roles: Sequence[RoleFacts], venues: Mapping[int, str], parent: QWidget
    ) -> None:
        super().__init__(
            tr("Let somebody in"),
            tr("They get a one-time code from you and choose a password that only they know."),
            parent,
        )
        self.form = Form()
        self.name = QLineEdit()
        self.name.setFont(font(13))
        self.form.add("name", tr("Name"), self.name)
        self.choice = RoleChoice(roles, venues)
        self.choice.choose(Role.STAFF.value, None)
        self.body.addWidget(self.form)
        self.body.addWidget(self.choice)
        self.add_cancel()
        self.done_button = self.add_button(tr("Make the code"), "primary")
        self.done_button.clicked.connect(self._send)
        self.name.setFocus()

    def refuse(self, error: AppError) -> None:
        """Say why it did not work; nothing was changed."""
        self.done_button.setEnabled(True)
        if isinstance(error, InvalidError) and (
            error.field == "name" and self.form.show_error(error)
        ):
            return
        self.banner.tell("bad", say(error.message), say(error.hint) if error.hint else "")

    def _send(self) -> None:
        self.form.clear_errors()
        self.done_button.setEnabled(False)
        self.asked.emit(self.name.text(), self.choice.chosen.id, self.choice.chosen_venues)


class ChangeDialog(Dialog):
    """Asks for another role or other venues; `asked(role id, venues)`.

    Says what is given, what is taken, and which keys are made anew for it.
    """

    asked = Signal(str, object)

    def __init__(
        self,
        user: UserRow,
        roles: Sequence[RoleFacts],
        venues: Mapping[int, str],
        parent: QWidget,
    ) -> None:
        super().__init__(
            tr("Role and venues of {name}", name=user.name),
            tr("The change takes effect at once, also while they are signed in."),
            parent,
        )
        self._before = next((r for r in roles if r.id == user.role), None)
        self._venues = user.venues
        self.setMinimumSize(*_CHANGE_SIZE)
        self.choice = RoleChoice(roles, venues)
        self.choice.choose(user.role, user.venues)
        self.difference = label("", 12, tone="muted", wrap=True)
        self.keys = label("", 12, tone="warn", wrap=True)
        self.body.addWidget(self.choice)
        self.body.addWidget(self.difference)
        self.body.addWidget(self.keys)
        self.body.addStretch(1)
        self.add_cancel()
        self.done_button = self.add_button(tr("Change"), "primary")
        self.done_button.clicked.connect(self._send)
        self.choice.changed.connect(self._show)
        self._show()

    def refuse(self, error: AppError) -> None:
        """Say why it did not work; nothing was changed."""
        self.done_button.setEnabled(True)
        self.banner.tell("bad", say(error.message), say(error.hint) if error.hint else "")

    def _show(self) -> None:
        had = self._before.permissions if self._before else frozenset()
        have = self.choice.chosen.permissions
        found = compared(have, had)
        self.difference.setText(difference_text(found.more, found.less))
        lost = keys_lost(had, have)
        self.keys.setVisible(bool(lost))
        self.keys.setText(rotation_text(lost))
        same = self._before is not None and self._before.id == self.choice.chosen.id
        self.done_button.setEnabled(not same or self.choice.chosen_venues != self._venues)

    def _send(self) -> None:
        self.done_button.setEnabled(False)
        self.asked.emit(self.choice.chosen.id, self.choice.chosen_venues)


def _box() -> QComboBox:
    made = QComboBox()
    made.setFont(font(13))
    return made
