"""Whatever text an operation takes, no card number in it is kept anywhere."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from desktop_app.access.users import add_user, save_role
from desktop_app.backup.operations import add_target
from desktop_app.db.base import Base
from desktop_app.db.operation import REGISTRY, Kind, Operation
from desktop_app.kernel.access import Permission, Role
from desktop_app.kernel.errors import AppError, InvalidError
from desktop_app.sales.gap_records import GapKind
from desktop_app.sales.records import CashKind
from desktop_app.vault.store_keys import Vault
from desktop_app.venue.operations import change_setting, open_venue
from desktop_app.venue.records import NewVenue
from tests.database.shop import Shop, order, sell

PAN = "5555 5555 5555 4444"
PLAIN = PAN.replace(" ", "")
SECRETS = frozenset({"password", "old", "new"})  # never kept as they are
GOOD: dict[str, Any] = {
    "str": "x", "int": 1, "bool": False, "Path": Path("x"), "Sequence[Path]": [], "None": None,
    "NewVenue": NewVenue("Second", "USD"), "GapKind": GapKind.HOLE, "CashKind": CashKind.IN,
    "AbstractSet[Permission]": frozenset({Permission.MENU_READ}),
}  # fmt: skip
TEXTS = ("str", "str | None", "Sequence[str]", "tuple[str, ...]", "Mapping[str, str]")


def _calls(op: Operation[..., Any], tmp: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give a call of an operation for every text it takes, with a card number there."""
    parameters = list(inspect.signature(op.body).parameters.values())[1:]
    good = {p.name: _good(p, tmp) for p in parameters}
    for one in parameters:
        kind = str(one.annotation)
        if isinstance(good[one.name], NewVenue):
            for part in ("name", "legal_name", "tax_id", "email", "phone", "address", "country"):
                yield part, {one.name: replace(good[one.name], **{part: PAN})}
        elif kind in TEXTS and one.name not in SECRETS:
            yield one.name, good | {one.name: _with_card(kind)}


def _with_card(kind: str) -> Any:
    text = f"kart {PAN}"
    if kind.startswith("str"):
        return text
    return {"text": text} if "Mapping" in kind else (text,)


def _good(parameter: inspect.Parameter, tmp: Path) -> Any:
    if parameter.name in SECRETS:
        return "marble harbour seven pigeons"
    if parameter.name == "role":
        return Role.STAFF
    if parameter.default is not inspect.Parameter.empty:
        return parameter.default
    if parameter.annotation == "Path":
        return tmp / "out.pdf"
    return GOOD.get(str(parameter.annotation))


def _everything(shop: Shop) -> str:
    """Return every text and every byte that the store holds, typed columns too."""
    kept = [shop.trail_text(), repr(Vault.open(shop.folder)._contents.roster)]
    with shop.around() as connection:
        for table in Base.metadata.sorted_tables:
            kept += [repr(tuple(row)) for row in connection.execute(select(table))]
    kept += [
        path.read_text("utf-8", "replace")
        for path in shop.folder.rglob("*")
        if path.is_file() and path.suffix in {".json", ".txt", ".ini"}
    ]
    kept += [str(path) for path in shop.folder.parent.rglob("*")]
    return "\n".join(kept)


def test_no_text_given_to_an_operation_leaves_a_card_number_behind(
    shop: Shop, tmp_path: Path
) -> None:
    sell(shop.app, [order(1)])
    tried: list[str] = []
    last = "security.allow_text"  # says of a text that it may stay, and it may from then on
    for name, op in sorted(REGISTRY.items(), key=lambda one: (one[0] == last, one[0])):
        if op.kind is Kind.QUERY:
            continue
        for argument, values in _calls(op, tmp_path):
            tried.append(f"{name}.{argument}")
            try:
                shop.confirmed(op, **values)
            except (AppError, TypeError, ValueError, AttributeError, LookupError):
                continue  # refused, or the other arguments were too plain: what is kept counts
    assert len(tried) >= 15
    everything = _everything(shop)
    places = [
        everything[max(m.start() - 120, 0) : m.end() + 20] for m in re.finditer(PAN, everything)
    ]
    assert places == []
    assert PLAIN not in everything


@pytest.mark.parametrize(
    ("op", "values", "field"),
    [
        (add_user, ("N", Role.STAFF), "name"),
        (save_role, ("", "N", frozenset({Permission.MENU_READ})), "name"),
        (add_target, ("N", "/nowhere"), "name"),
        (add_target, ("usb", "/nowhere/N"), "url"),
    ],
)
def test_names_outside_the_tables_are_refused_with_a_sentence(
    files: Shop, op: Any, values: tuple[Any, ...], field: str
) -> None:
    given = [value.replace("N", PAN) if isinstance(value, str) else value for value in values]
    with pytest.raises(InvalidError, match="looks like a card number") as refused:
        files.confirmed(op, *given)
    assert refused.value.field == field
    assert "•••• 4444" in str(refused.value)


@pytest.mark.parametrize("part", ["name", "legal_name", "email", "phone", "address"])
def test_a_venue_is_refused_with_a_sentence(files: Shop, part: str) -> None:
    with pytest.raises(InvalidError, match="•••• 4444") as refused:
        files.app.call(open_venue, replace(NewVenue("Second", "USD"), **{part: f"kart {PAN}"}))
    assert refused.value.field == part


def test_a_setting_is_refused(files: Shop) -> None:
    with pytest.raises(InvalidError):
        files.app.call(change_setting, "documents.language", PAN)
