"""Who may sign in: the list, and for owners letting in, another role, resetting, taking away."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtWidgets import QGraphicsOpacityEffect, QHBoxLayout, QPushButton, QWidget

from desktop_app.access.key_records import NewKeys, NewRoot
from desktop_app.access.locking import replace_owner
from desktop_app.access.records import SessionRow, UserRow
from desktop_app.access.sessions import list_sessions
from desktop_app.access.users import (
    add_user,
    change_user,
    list_roles,
    list_users,
    remove_user,
    reset_password,
)
from desktop_app.gui.bridge import Bridge
from desktop_app.gui.format import day, moment
from desktop_app.gui.new_sheet_dialog import NewSheetDialog
from desktop_app.gui.screens.access.code_dialog import CodeDialog
from desktop_app.gui.screens.access.my_rights import venues_text
from desktop_app.gui.screens.access.person_dialogs import ChangeDialog, PersonDialog
from desktop_app.gui.screens.access.wording import keys_held, rotated_text, rotation_text
from desktop_app.gui.text import language, ntr, say, tr
from desktop_app.gui.widgets.badge import Badge, Mood
from desktop_app.gui.widgets.button import allow, button
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.dialog import ConfirmDialog
from desktop_app.gui.widgets.labels import Avatar, label, rule
from desktop_app.gui.widgets.layout import clear, column, frame, row
from desktop_app.kernel.access import Role
from desktop_app.kernel.roles import RoleFacts
from desktop_app.vault.one_time import OneTimeCode

_FAINT = 0.35
_Local = Callable[[datetime], datetime]


class PeopleCard(Card):
    """The people of the store, oldest first; those who are gone below them."""

    def __init__(
        self, bridge: Bridge, tell: Callable[[str], None], venues: Mapping[int, str], local: _Local
    ) -> None:
        self.adding = button(tr("Let somebody in"), "user-plus", "primary", on_click=self._add)
        super().__init__(tr("Who may sign in"), " ", self.adding)
        self._bridge, self._tell, self._venues, self._local = bridge, tell, venues, local
        self._rows = column(gap=0)
        self.body.addLayout(self._rows)
        self.body.addStretch(1)
        self._users: Sequence[UserRow] = ()
        self._roles: dict[str, RoleFacts] = {}
        self._seen: dict[str, SessionRow] = {}
        self.lines: dict[str, QWidget] = {}
        self.sheet: NewSheetDialog | None = None
        allow(self.adding, bridge.why_not(add_user))
        self.look()

    @property
    def names(self) -> list[str]:
        """Return who is listed as able to sign in."""
        return [user.name for user in self._users if user.removed_at is None]

    def look(self, _: object = None) -> None:
        """Read everything again."""
        self._bridge.ask(self, self._know_roles, list_roles)

    def _know_roles(self, roles: Sequence[RoleFacts]) -> None:
        self._roles = {role.id: role for role in roles}
        self._bridge.ask(self, self._know_sessions, list_sessions, everybody=True)

    def _know_sessions(self, sessions: Sequence[SessionRow]) -> None:
        self._seen = {one.user: one for one in reversed(sessions)}
        self._bridge.ask(self, self._show, list_users)

    def _show(self, users: Sequence[UserRow]) -> None:
        self._users = users
        clear(self._rows)
        present = [user for user in users if user.removed_at is None]
        gone = [user for user in users if user.removed_at is not None]
        self.tell(ntr("{n} person", "{n} people", len(present)))
        self.lines = {user.name: self._line(user) for user in present}
        for at, line in enumerate(self.lines.values()):
            if at:
                self._rows.addWidget(rule())
            self._rows.addWidget(line)
        if gone:
            self._rows.addSpacing(14)
            self._rows.addWidget(label(tr("Had access before"), 11, 600, "muted"))
            for user in gone:
                self._rows.addWidget(self._gone(user))

    def _line(self, user: UserRow) -> QWidget:
        line = row(Avatar(user.name, 38), gap=12, margins=(0, 9, 0, 9))
        who = row(label(user.name, 14, 600), gap=8)
        if user.name == self._bridge.app.actor.name:
            who.addWidget(Badge(Mood(tr("This is you"), "info", "user-round")))
        who.addStretch(1)
        line.addLayout(column(who, label(self._facts(user), 12, tone="muted"), gap=2), 1)
        line.addWidget(Badge(Mood(say(user.role_title), "info")))
        line.addLayout(self._tools(user))
        return frame(line, "clear")

    def _facts(self, user: UserRow) -> str:
        seen = self._seen.get(user.name)
        numbers = None if user.venues is None else frozenset(user.venues)
        parts = [venues_text(numbers, dict(self._venues))]
        parts.append(tr("since {day}", day=day(self._local(user.created_at).date(), language())))
        if seen is None:
            parts.append(tr("has not signed in yet"))
        elif seen.ended_at is None:
            parts.append(tr("signed in now, on {device}", device=seen.device))
        else:
            when = moment(self._local(seen.started_at), language())
            parts.append(tr("last sign-in {when}", when=when))
        return " · ".join(parts)

    def _tools(self, user: UserRow) -> QHBoxLayout:
        change = self._tool("pencil", tr("Role and venues of {name}", name=user.name))
        change.clicked.connect(partial(self._change, user))
        fresh = self._tool("key-round", tr("Reset the password of {name}", name=user.name))
        fresh.clicked.connect(partial(self._reset, user.name))
        away = self._tool("trash-2", tr("Take access from {name}", name=user.name))
        away.clicked.connect(partial(self._remove, user))
        if user.name == self._bridge.app.actor.name:
            own = tr("Nobody changes their own rights: another owner has to.")
            _shut(own, change, away)
            _shut(tr("Change your own password in the settings."), fresh)
        elif user.role == Role.OWNER:
            holds = tr("An owner holds every key of the store: take the access away instead.")
            _shut(holds, change)
        return row(change, fresh, away, gap=2)

    @staticmethod
    def _tool(icon: str, tip: str) -> QPushButton:
        return button("", icon, "ghost", tip=tip)

    def _gone(self, user: UserRow) -> QWidget:
        until = tr("until {day}", day=day(self._local(user.removed_at or user.created_at).date(),
                                          language()))  # fmt: skip
        words = label(f"{user.name} · {say(user.role_title)} · {until}", 12, tone="muted")
        return frame(row(Avatar(user.name, 24, "text3"), words, None, gap=10), "clear")

    # --- letting in

    def _add(self) -> None:
        dialog = PersonDialog(list(self._roles.values()), self._venues, self)
        dialog.asked.connect(partial(self._add_asked, dialog))
        dialog.open()

    def _add_asked(self, dialog: PersonDialog, name: str, role: str, venues: object) -> None:
        self._bridge.ask_or(
            dialog, partial(self._added, dialog), dialog.refuse, add_user, name, role,
            venues=venues if isinstance(venues, tuple) else None,
        )  # fmt: skip

    def _added(self, dialog: PersonDialog, code: OneTimeCode) -> None:
        dialog.accept()
        self.look()
        CodeDialog(self._bridge, code, self).open()

    # --- another role

    def _change(self, user: UserRow) -> None:
        dialog = ChangeDialog(user, list(self._roles.values()), self._venues, self)
        dialog.asked.connect(partial(self._change_asked, dialog, user.name))
        dialog.open()

    def _change_asked(self, dialog: ChangeDialog, name: str, role: str, venues: object) -> None:
        self._bridge.ask_or(
            dialog, partial(self._changed, dialog, name), dialog.refuse, change_user, name, role,
            venues=venues if isinstance(venues, tuple) else None,
        )  # fmt: skip

    def _changed(self, dialog: ChangeDialog, name: str, keys: NewKeys) -> None:
        dialog.accept()
        said = tr("{name} has other rights now.", name=name)
        self._tell(f"{said} {rotated_text(keys)}".strip())
        self.look()

    # --- resetting and taking away

    def _reset(self, name: str) -> None:
        dialog = ConfirmDialog(
            tr("Reset the password of {name}?", name=name),
            tr(
                "Their password, authenticator app and PINs stop working at once. You get a "
                "one-time code for them."
            ),
            tr("Reset the password"),
            parent=self,
        )
        dialog.confirmed.connect(partial(self._reset_asked, name))
        dialog.open()

    def _reset_asked(self, name: str) -> None:
        self._bridge.ask(self, self._was_reset, reset_password, name)

    def _was_reset(self, code: OneTimeCode) -> None:
        CodeDialog(self._bridge, code, self).open()

    def _remove(self, user: UserRow) -> None:
        if user.role == Role.OWNER:
            self._remove_owner(user.name)
            return
        role = self._roles.get(user.role)
        keys = keys_held(role.permissions) if role else []
        dialog = ConfirmDialog(
            tr("Take access from {name}?", name=user.name),
            tr("They cannot sign in any more. What they did stays in the audit trail.")
            + f"\n\n{rotation_text(keys)}",
            tr("Take access away"),
            parent=self,
        )
        dialog.confirmed.connect(partial(self._remove_asked, user.name))
        dialog.open()

    def _remove_asked(self, name: str) -> None:
        self._bridge.ask(self, partial(self._removed, name), remove_user, name)

    def _remove_owner(self, name: str) -> None:
        dialog = ConfirmDialog(
            tr("Take access from {name}?", name=name),
            tr(
                "An owner holds every key of the store. Everything gets new keys, and the store a "
                "new recovery key: the emergency sheet you have now will open only backups made "
                "until now."
            ),
            tr("Take access away"),
            parent=self,
        )
        dialog.confirmed.connect(partial(self._remove_owner_asked, name))
        dialog.open()

    def _remove_owner_asked(self, name: str) -> None:
        self._bridge.ask(self, self._owner_removed, replace_owner, name)

    def _owner_removed(self, made: NewRoot) -> None:
        self.look()
        self.sheet = NewSheetDialog(self._bridge, made, self)
        self.sheet.open()

    def _removed(self, name: str, keys: NewKeys) -> None:
        said = tr("{name} cannot sign in any more.", name=name)
        self._tell(f"{said} {rotated_text(keys)}".strip())
        self.look()


def _shut(why_not: str, *tools: QPushButton) -> None:
    """Disable tools that show an icon only, and let the icon show it."""
    for made in tools:
        allow(made, why_not)
        made.setGraphicsEffect(_faint(made))


def _faint(made: QPushButton) -> QGraphicsOpacityEffect:
    effect = QGraphicsOpacityEffect(made)
    effect.setOpacity(_FAINT)
    return effect
