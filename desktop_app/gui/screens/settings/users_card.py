"""Who may sign in: the list, and for the owner adding, a new password, taking access away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from desktop_app.access.key_records import NewKeys
from desktop_app.access.new_keys import new_keys_summary, new_keys_words
from desktop_app.access.records import UserRow
from desktop_app.access.users import add_user, list_users, remove_user, reset_password
from desktop_app.gui.bridge import Bridge
from desktop_app.gui.format import day
from desktop_app.gui.screens.settings.dialogs import CodeDialog, UserDialog
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets.badge import Badge, Mood
from desktop_app.gui.widgets.button import allow, button
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.dialog import ConfirmDialog
from desktop_app.gui.widgets.labels import Avatar, label, rule
from desktop_app.gui.widgets.layout import column, row
from desktop_app.kernel.access import Role
from desktop_app.vault.one_time import OneTimeCode


class UsersCard(Card):
    """The people of the store, oldest first."""

    def __init__(self, bridge: Bridge, tell: Callable[[str], None]) -> None:
        self.adding = button(tr("Add a user"), "plus", on_click=self._add)
        super().__init__(
            tr("Who may sign in"), tr("Each person has a password and a role"), self.adding
        )
        self._bridge, self._tell = bridge, tell
        self._rows = column(gap=8)
        self.body.addLayout(self._rows)
        self.names: list[str] = []
        allow(self.adding, allowed=bridge.can(add_user))
        if bridge.can(list_users):
            self._ask()
        else:
            self._rows.addWidget(label(tr("Only the owner sees the users."), tone="muted"))

    def _ask(self, _: object = None) -> None:
        self._bridge.ask(self, self._show, list_users)

    def _show(self, users: Sequence[UserRow]) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        present = [user for user in users if user.removed_at is None]
        self.names = [user.name for user in present]
        for at, user in enumerate(present):
            if at:
                self._rows.addWidget(rule())
            self._rows.addWidget(self._line(user))

    def _line(self, user: UserRow) -> Card:
        line = _Line()
        since = tr("since {day}", day=day(user.created_at.date(), language()))
        who = column(label(user.name, 13, 600), label(since, 12, tone="muted"), gap=2)
        found = row(Avatar(user.name), who, None, Badge(Mood(say(user.role_title), "info")), gap=10)
        if user.name != self._bridge.app.actor.name:
            tip = tr("Reset the password of {name}", name=user.name)
            fresh = button("", "key-round", "ghost", tip=tip)
            fresh.clicked.connect(partial(self._reset, user.name))
            found.addWidget(fresh)
        if user.role != Role.OWNER:
            away = button("", "trash-2", "ghost", tip=tr("Take access from {name}", name=user.name))
            away.clicked.connect(partial(self._remove, user.name))
            found.addWidget(away)
        line.body.addLayout(found)
        return line

    def _add(self) -> None:
        dialog = UserDialog(self)
        dialog.asked.connect(partial(self._add_asked, dialog))
        dialog.open()

    def _add_asked(self, dialog: UserDialog, name: str, role: str) -> None:
        then = partial(self._added, dialog)
        self._bridge.ask_or(dialog, then, dialog.refuse, add_user, name, role)

    def _added(self, dialog: UserDialog, code: OneTimeCode) -> None:
        dialog.accept()
        self._ask()
        CodeDialog(code, self).open()

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
        CodeDialog(code, self).open()

    def _remove(self, name: str) -> None:
        dialog = ConfirmDialog(
            tr("Take access from {name}?", name=name),
            tr(
                "They cannot sign in any more, and what they could open is locked anew. What they "
                "did stays in the audit trail."
            ),
            tr("Take access away"),
            parent=self,
        )
        dialog.confirmed.connect(partial(self._remove_asked, name))
        dialog.open()

    def _remove_asked(self, name: str) -> None:
        self._bridge.ask(self, self._removed, remove_user, name)

    def _removed(self, keys: NewKeys) -> None:
        self._ask()
        summary = new_keys_summary(keys)
        if keys.owed:
            self._tell(" ".join(say(said) for said in new_keys_words(keys)))
        elif summary is not None:
            self._tell(say(summary))


class _Line(Card):
    """One person; no box of its own inside the card."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("line")
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(0, 0, 0, 0)
