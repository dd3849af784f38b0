"""In what two versions of an account or a category differ, in words."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.finance.kinds import ACCOUNT_KINDS, DIRECTIONS
from desktop_app.finance.records import AccountForm, CategoryForm, CategoryRow
from desktop_app.gui.text import say, tr
from desktop_app.gui.widgets.difference import Difference, field_differences, shortened


def account_differences(stored: AccountForm, typed: AccountForm) -> Sequence[Difference]:
    """Return each field of an account in which two forms differ."""
    lines = list(field_differences(stored, typed, {"name": tr("Name"), "active": tr("In use")}))
    if stored.kind is not typed.kind:
        kinds = (say(ACCOUNT_KINDS[stored.kind]), say(ACCOUNT_KINDS[typed.kind]))
        lines.append((tr("Kind"), *kinds))
    return lines


def category_differences(
    stored: CategoryForm, typed: CategoryForm, known: Sequence[CategoryRow]
) -> Sequence[Difference]:
    """Return each field of a category in which two forms differ."""
    lines = list(field_differences(stored, typed, {"name": tr("Name"), "active": tr("In use")}))
    if stored.direction is not typed.direction:
        ways = (say(DIRECTIONS[stored.direction]), say(DIRECTIONS[typed.direction]))
        lines.append((tr("Which way"), *ways))
    if stored.parent_id != typed.parent_id:
        names = {one.id: say(one.title) for one in known}
        above = [names.get(form.parent_id or 0, "") for form in (stored, typed)]
        lines.append((tr("Belongs to"), shortened(above[0]), shortened(above[1])))
    return lines
