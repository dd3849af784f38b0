"""The roles: a list at the left, and at the right what the one chosen opens."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

from desktop_app.access.key_records import SavedRole
from desktop_app.access.rules import compared
from desktop_app.access.users import list_role_people, list_roles, remove_role, save_role
from desktop_app.gui.bridge import Bridge
from desktop_app.gui.fonts import font
from desktop_app.gui.screens.access.lines import Lines, held_rows
from desktop_app.gui.screens.access.role_dialog import RoleDialog
from desktop_app.gui.screens.access.wording import (
    difference_text,
    limits_text,
    opens_text,
    rotated_text,
)
from desktop_app.gui.text import ntr, say, tr
from desktop_app.gui.widgets.badge import Badge, Mood
from desktop_app.gui.widgets.button import allow, button
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.dialog import ConfirmDialog
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import clear, column, row
from desktop_app.kernel.access import Limit, Permission
from desktop_app.kernel.errors import AppError
from desktop_app.kernel.roles import RoleFacts

_LIST_WIDTH = 250


class RolesView(QWidget):
    """Shows every role to everybody; who may, makes and changes those of the restaurant."""

    def __init__(self, bridge: Bridge, tell: Callable[[str], None], currency: str) -> None:
        super().__init__()
        self._bridge, self._tell, self._currency = bridge, tell, currency
        self._roles: dict[str, RoleFacts] = {}
        self._people: Mapping[str, Sequence[str]] = {}
        self.shown = bridge.app.actor.role
        self.buttons: dict[str, QPushButton] = {}
        self.new = button(tr("New role"), "plus", on_click=self._new)
        allow(self.new, bridge.why_not(save_role))
        self._list = column(gap=4)
        self.card = Card()
        self.lines = Lines(tr("Rights of the role"))
        self.other = QComboBox()
        self.other.setFont(font(13))
        self.other.setAccessibleName(tr("Compare with"))
        self.other.setMinimumWidth(180)
        self.difference = label("", 12, tone="soft", wrap=True)
        self._build()
        self.look()

    def _build(self) -> None:
        left = Card(tr("Roles"), "", self.new)
        left.body.addLayout(self._list)
        left.body.addStretch(1)
        left.setFixedWidth(_LIST_WIDTH + 40)
        self._head = column(gap=6)
        self.card.body.addLayout(self._head)
        compare = row(label(tr("Compare with"), 13, 500), self.other, gap=10)
        compare.addWidget(self.difference, 1)
        self.card.body.addLayout(compare)
        self.card.body.addWidget(self.lines)
        self.card.body.addStretch(1)
        self.other.activated.connect(self._compare)
        both = row(left, gap=16)
        both.addWidget(self.card, 1)
        self.setLayout(both)

    def look(self, _: object = None) -> None:
        """Read the roles and their people again."""
        self._bridge.ask(self, self._know_people, list_role_people)

    def _know_people(self, people: Mapping[str, Sequence[str]]) -> None:
        self._people = people
        self._bridge.ask(self, self._show, list_roles)

    def _show(self, roles: Sequence[RoleFacts]) -> None:
        self._roles = {role.id: role for role in roles}
        if self.shown not in self._roles:
            self.shown = roles[0].id
        clear(self._list)
        self.buttons = {}
        for role in roles:
            made = button(self._entry(role), "users" if role.custom else "user-round", "nav")
            made.setCheckable(True)
            made.setAutoExclusive(True)
            made.clicked.connect(partial(self.choose, role.id))
            self.buttons[role.id] = made
            self._list.addWidget(made)
        self.other.clear()
        self.other.addItem(tr("no other role"), "")
        for role in roles:
            self.other.addItem(say(role.title), role.id)
        self.choose(self.shown)

    def _entry(self, role: RoleFacts) -> str:
        count = len(self._people.get(role.id, ()))
        return say(role.title) + (f" · {count}" if count else "")

    def choose(self, role_id: str) -> None:
        """Show a role."""
        if role_id not in self._roles:
            self.shown = role_id
            return
        self.shown = role_id
        role = self._roles[role_id]
        for key, made in self.buttons.items():
            made.setProperty("current", "true" if key == role_id else "false")
            made.setChecked(key == role_id)
            made.style().unpolish(made)
            made.style().polish(made)
        clear(self._head)
        self._head.addLayout(self._title(role))
        self._head.addWidget(label(opens_text(role.permissions), 13, tone="soft", wrap=True))
        for text in (self._who(role), limits_text(role.limits, self._currency)):
            self._head.addWidget(label(text, 12, tone="muted", wrap=True))
        server = self._bridge.app.on_server
        self.lines.show_rows(held_rows(role.permissions, server=server))
        self._compare()

    def _title(self, role: RoleFacts) -> QHBoxLayout:
        kind = tr("Your own role") if role.custom else tr("Every store has it")
        line = row(label(say(role.title), 18, 600), Badge(Mood(kind, "mute")), None, gap=8)
        copy = button(tr("Copy"), "copy", on_click=partial(self._copy, role))
        allow(copy, self._bridge.why_not(save_role), tip=tr("Begin a role of your own with these"))
        line.addWidget(copy)
        if role.custom:
            change = button(tr("Change"), "pencil", on_click=partial(self._edit, role))
            away = button(tr("Remove"), "trash-2", on_click=partial(self._remove, role))
            mine = role.id == self._bridge.app.actor.role
            own = tr("This is your own role: nobody changes their own rights.") if mine else ""
            allow(change, self._bridge.why_not(save_role) or own)
            has = self._people.get(role.id, ())
            taken = tr("{name} has this role.", name=has[0]) if has else ""
            allow(away, self._bridge.why_not(remove_role) or taken)
            line.addWidget(change)
            line.addWidget(away)
        return line

    def _who(self, role: RoleFacts) -> str:
        has = self._people.get(role.id, ())
        if not has:
            return tr("Nobody has this role.")
        return ntr("{n} person: {names}", "{n} people: {names}", len(has), names=", ".join(has))

    def _compare(self, *_: object) -> None:
        other = self._roles.get(self.other.currentData() or "")
        role = self._roles.get(self.shown)
        if other is None or role is None:
            self.difference.setText("")
            return
        found = compared(role.permissions, other.permissions)
        self.difference.setText(difference_text(found.more, found.less))

    # --- making and changing

    def _new(self) -> None:
        self._open(None, None)

    def _copy(self, role: RoleFacts) -> None:
        self._open(None, role)

    def _edit(self, role: RoleFacts) -> None:
        self._open(role, None)

    def _open(self, role: RoleFacts | None, source: RoleFacts | None) -> None:
        dialog = RoleDialog(
            role, list(self._roles.values()), source, self._currency,
            server=self._bridge.app.on_server, parent=self,
        )  # fmt: skip
        dialog.asked.connect(partial(self._save, dialog, role.id if role else ""))
        dialog.open()

    def _save(
        self,
        dialog: RoleDialog,
        role_id: str,
        name: str,
        rights: frozenset[Permission],
        limits: Mapping[Limit, int],
    ) -> None:
        self._bridge.ask_or(
            dialog, partial(self._saved, dialog), dialog.refuse, save_role, role_id, name,
            rights, limits,
        )  # fmt: skip

    def _saved(self, dialog: RoleDialog, saved: SavedRole) -> None:
        dialog.accept()
        self.shown = saved.role.id
        said = tr("The role “{name}” is stored.", name=saved.role.name)
        self._tell(f"{said} {rotated_text(saved.keys)}".strip())
        self.look()

    def _remove(self, role: RoleFacts) -> None:
        dialog = ConfirmDialog(
            tr("Remove the role “{name}”?", name=role.name),
            tr("Nobody has it. What it allowed stays in the audit trail."),
            tr("Remove"),
            parent=self,
        )
        dialog.confirmed.connect(partial(self._remove_asked, role))
        dialog.open()

    def _remove_asked(self, role: RoleFacts) -> None:
        self._bridge.ask_or(self, self.look, self._failed, remove_role, role.id)

    def _failed(self, error: AppError) -> None:
        self._bridge.failed.emit(error)
        self.look()
