"""The arguments of an operation as canonical JSON and back, by the types its body declares.

What a second person agrees to is these bytes: two calls that mean the same encode alike, and what
comes back is what was asked for. Only plain values: text, numbers, times, paths, enums, frozen
records and collections of them. Of a password only its presence is kept.
"""

from __future__ import annotations

import dataclasses
import inspect
import types
import typing
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import UTC, date, datetime, time
from enum import Enum
from pathlib import Path
from typing import Any

from desktop_app.db.operation import Arguments, Operation
from desktop_app.kernel.secret_word import NeverKept

GIVEN = {"secret": True}
_PLAIN = (str, int, bool, type(None))
_TIMES = (datetime, date, time)
_UNIONS = (typing.Union, types.UnionType)


class SecretGivenError(Exception):
    """A password belongs to the arguments, and nobody has kept it."""


class NoCodeError(TypeError):
    """A type has no place in a request; a fault of ours, found by a test."""


def encoded(op: Operation[..., Any], arguments: Arguments) -> dict[str, Any]:
    """Return the arguments of a call by name, defaults filled in, as JSON values."""
    args, kwargs = arguments
    bound = _signature(op).bind(*args, **kwargs)
    bound.apply_defaults()
    hints = hints_of(op)
    return {name: _out(value, hints[name]) for name, value in bound.arguments.items()}


def decoded(op: Operation[..., Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return arguments by name; SecretGivenError where one of them was a password."""
    hints = hints_of(op)
    return {name: _back(value, hints[name]) for name, value in values.items()}


def value_out(value: Any, hint: Any) -> Any:
    """Return one value of a type as JSON values."""
    return _out(value, hint)


def value_back(value: Any, hint: Any) -> Any:
    """Return the value of a type; TypeError, ValueError or KeyError for what is none of it."""
    return _back(value, hint)


def hints_of(op: Operation[..., Any]) -> dict[str, Any]:
    """Return the declared type of each argument the caller gives."""
    hints = typing.get_type_hints(op.body, include_extras=True)
    return {name: hints[name] for name in _signature(op).parameters}


def check_type(hint: Any) -> None:
    """Raise NoCodeError where values of a type cannot be asked for."""
    if _is_secret(hint) or _is_single(hint):
        return
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in _UNIONS:
        _check_union(inner)
    elif isinstance(origin, type) and issubclass(origin, Mapping | AbstractSet | Sequence):
        for one in inner:
            if one is not Ellipsis:
                check_type(one)
    elif isinstance(hint, type) and dataclasses.is_dataclass(hint):
        for one in typing.get_type_hints(hint, include_extras=True).values():
            check_type(one)
    else:
        raise NoCodeError(repr(hint))


def _is_single(hint: Any) -> bool:
    enum = isinstance(hint, type) and issubclass(hint, Enum)
    return enum or hint in _PLAIN or hint in _TIMES or hint is Path


def _check_union(inner: tuple[Any, ...]) -> None:
    if len([one for one in inner if one is not type(None)]) != 1:
        message = "only “X or nothing” can be told apart"
        raise NoCodeError(message)
    for one in inner:
        check_type(one)


def _signature(op: Operation[..., Any]) -> inspect.Signature:
    whole = inspect.signature(op.body)
    return whole.replace(parameters=list(whole.parameters.values())[1:])


def _is_secret(hint: Any) -> bool:
    marks = getattr(hint, "__metadata__", ())
    return NeverKept in marks or any(_is_secret(one) for one in typing.get_args(hint))


def _out(value: Any, hint: Any) -> Any:
    if value is not None and _is_secret(hint):
        return GIVEN
    match value:
        case Enum():
            return value.value
        case date() | time():
            utc = value.astimezone(UTC) if isinstance(value, datetime) else value
            return utc.isoformat()
        case Path():
            return str(value.absolute())
        case None | str() | int() | bool():
            return value
        case _:
            return _many_out(value, _some(hint))


def _many_out(value: Any, hint: Any) -> Any:
    inner = typing.get_args(hint)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        hints = typing.get_type_hints(type(value), include_extras=True)
        return {f.name: _out(getattr(value, f.name), hints[f.name]) for f in _fields(value)}
    if isinstance(value, Mapping):
        pairs = [[_out(k, inner[0]), _out(v, inner[1])] for k, v in value.items()]
        return sorted(pairs, key=lambda pair: str(pair[0]))
    if isinstance(value, AbstractSet):
        return sorted((_out(one, inner[0]) for one in value), key=str)
    if isinstance(value, list | tuple):
        return [_out(one, _place(inner, at)) for at, one in enumerate(value)]
    raise NoCodeError(repr(type(value)))


def _back(value: Any, hint: Any) -> Any:
    if value is None:
        return None
    if _is_secret(hint):
        raise SecretGivenError
    hint = _some(hint)
    if hint in _TIMES:
        return hint.fromisoformat(value)
    if isinstance(hint, type) and issubclass(hint, Enum | Path):
        return hint(value)
    if hint in _PLAIN:
        return value
    return _many_back(value, hint)


def _many_back(value: Any, hint: Any) -> Any:
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin is None and dataclasses.is_dataclass(hint):
        hints = typing.get_type_hints(hint, include_extras=True)
        made: Any = hint
        return made(**{name: _back(one, hints[name]) for name, one in value.items()})
    if issubclass(origin, Mapping):
        return {_back(k, inner[0]): _back(v, inner[1]) for k, v in value}
    if issubclass(origin, AbstractSet):
        return frozenset(_back(one, inner[0]) for one in value)
    several = [_back(one, _place(inner, at)) for at, one in enumerate(value)]
    return tuple(several) if origin is tuple else several


def _some(hint: Any) -> Any:
    """Return X of “X or nothing”."""
    if typing.get_origin(hint) in _UNIONS:
        return next(one for one in typing.get_args(hint) if one is not type(None))
    return hint


def _place(inner: tuple[Any, ...], at: int) -> Any:
    return inner[min(at, len(inner) - 1)] if Ellipsis not in inner else inner[0]


def _fields(value: Any) -> tuple[dataclasses.Field[Any], ...]:
    return dataclasses.fields(value)
