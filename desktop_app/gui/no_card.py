"""Saying of a text in a form that it is no card number, where the person signed in may."""

from __future__ import annotations

from functools import partial

from desktop_app.gui.bridge import Bridge
from desktop_app.gui.text import say
from desktop_app.gui.widgets.form import Form
from desktop_app.kernel.errors import AppError
from desktop_app.security.operations import allow_text


def offer_no_card(form: Form, bridge: Bridge) -> None:
    """Let the fields of a finished form offer it; nothing where the right is missing."""
    if bridge.can(allow_text):
        form.let_cards_pass(partial(_ask, form, bridge))


def _ask(form: Form, bridge: Bridge, field: str, text: str) -> None:
    bridge.ask_or(
        form, partial(_allowed, form, field, text), partial(_refused, form, field),
        allow_text, text, field=field,
    )  # fmt: skip


def _allowed(form: Form, field: str, text: str, _: object) -> None:
    form.row(field).let_pass(text)


def _refused(form: Form, field: str, error: AppError) -> None:
    form.row(field).set_error(say(error.message))
