"""The check of every object that is written, and the places where something was let through."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import String, inspect
from sqlalchemy.orm import Mapped, Session

from desktop_app.db.base import (
    WITHOUT_ROWID,
    About,
    Base,
    Basis,
    Holds,
    Keep,
    Purpose,
    column,
    schema,
)
from desktop_app.db.card_guard import Allowances, free_attributes, texts_in
from desktop_app.db.types import UtcMillis
from desktop_app.kernel.access import Domain
from desktop_app.kernel.card_words import refusal
from desktop_app.kernel.cards import find_card_numbers


class CardAllowance(Base):
    """A place whose text looks like a card number, and who said that it is none."""

    __tablename__ = "card_allowance"
    __about__ = About(Purpose.SECURITY, Basis.LEGITIMATE_INTEREST, Keep.WHILE_USED)
    __table_args__ = (schema(Domain.OPS, **WITHOUT_ROWID),)

    table_name: Mapped[str] = column(Holds.TECHNICAL, String(64), primary_key=True, typed=True)
    column_name: Mapped[str] = column(Holds.TECHNICAL, String(64), primary_key=True, typed=True)
    row_id: Mapped[str] = column(Holds.TECHNICAL, String(200), primary_key=True, typed=True)
    at: Mapped[datetime] = column(Holds.TECHNICAL, UtcMillis)
    actor: Mapped[str] = column(Holds.BUSINESS, String(200))


def check_written(session: Session, allowed: Allowances, actor: str, at: datetime) -> None:
    """Raise InvalidError where a new or changed object holds card data nobody allowed."""
    for obj in [*session.new, *session.dirty]:
        for field, text in _written_texts(obj):
            spans = find_card_numbers(text)
            if not spans:
                continue
            if not allowed.take(text, spans, at):
                raise refusal(field, spans)
            _remember(session, obj, field, actor, at)


def _written_texts(obj: Any) -> Iterator[tuple[str, str]]:
    state = inspect(obj)
    for name in free_attributes(state.mapper):
        for value in state.attrs[name].history.added or ():
            for text in texts_in(value):
                yield name, text


def _remember(session: Session, obj: Any, field: str, actor: str, at: datetime) -> None:
    mapper = inspect(obj).mapper
    row_id = ",".join(str(part) for part in mapper.primary_key_from_instance(obj))
    table, name = mapper.local_table.name, mapper.attrs[field].columns[0].name
    known = session.get(CardAllowance, (table, name, row_id))
    if known is None:
        session.add(
            CardAllowance(table_name=table, column_name=name, row_id=row_id, at=at, actor=actor)
        )
    else:
        known.at, known.actor = at, actor
