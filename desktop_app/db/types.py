"""Column types with the same behaviour on SQLCipher and PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import JSON, BigInteger, Dialect, Integer, String, TypeDecorator
from sqlalchemy.dialects.postgresql import JSONB
from typing_extensions import override

from desktop_app.kernel.clock import as_date, as_number, millis, moment

E = TypeVar("E", bound=StrEnum)

Id = BigInteger().with_variant(Integer(), "sqlite")
"""A row number. On SQLite an INTEGER PRIMARY KEY is the rowid itself (64 bits)."""

Detail = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
"""Opaque detail; never filtered by."""


class UtcMillis(TypeDecorator[datetime]):
    """An aware UTC moment, stored as milliseconds since 1970."""

    impl = BigInteger
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else millis(value)

    @override
    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return None if value is None else moment(value)


class Day(TypeDecorator[date]):
    """A calendar day, stored as yyyymmdd."""

    impl = Integer
    cache_ok = True

    @override
    def process_bind_param(self, value: date | None, dialect: Dialect) -> int | None:
        return None if value is None else as_number(value)

    @override
    def process_result_value(self, value: Any | None, dialect: Dialect) -> date | None:
        return None if value is None else as_date(value)


class Word(TypeDecorator[E]):
    """One word of a StrEnum, stored as text."""

    impl = String
    cache_ok = True

    def __init__(self, words: type[E]) -> None:
        super().__init__(32)
        self.words = words

    @override
    def process_bind_param(self, value: E | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    @override
    def process_result_value(self, value: Any | None, dialect: Dialect) -> E | None:
        return None if value is None else self.words(value)

    @override
    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        """Return what makes words of what is stored: a list of thousands of rows asks it often."""
        return _Read(self.words).__getitem__


class _Read(dict[Any, Any]):
    """Words by what is stored; ValueError for what is none."""

    def __init__(self, words: type[StrEnum]) -> None:
        known: dict[Any, Any] = {str(word): word for word in words}
        super().__init__({None: None} | known)
        self._words = words

    def __missing__(self, value: str) -> StrEnum:
        return self._words(value)
