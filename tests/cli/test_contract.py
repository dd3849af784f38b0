"""What every answer keeps for the programs that read it: one object, ids, money, times, cursors."""

import json
import re

import pytest

from desktop_app.cli.parsing import LATER
from desktop_app.cli.tree import COMMANDS
from tests.cli import shop
from tests.cli.conftest import Clopos

LISTS = (
    "customers find a",
    "exports",
    "finance accounts",
    "finance entries",
    "finance flow",
    "imports",
    "menu list",
    "orders gaps",
    "orders list",
    "privacy map",
    "report food-cost",
    "report sales --by day",
    "report sales --by payment",
    "report z",
    "shifts list",
    "staff clock list",
    "staff list",
    "staff tips list",
    "stock list",
    "stock moves",
    "stock papers",
    "stock value",
    "status",
    "suppliers list",
    "users list",
)
PAGED = {
    "customers find a": 37,
    "finance entries": 61,
    "orders list": 50,
    "stock moves": 600,
    "stock papers": 37,
}
TIME = re.compile(r"\d{4}-\d\d-\d\dT")
OFFSET = re.compile(r"(Z|[+-]\d\d:\d\d)$")
DECIMAL = re.compile(r"-?\d+\.\d\d")
MONEY = {
    "amount", "average", "balance", "cost", "income", "left", "price", "revenue", "total",
    "unit_cost", "unpaid", "value",
}  # fmt: skip


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "store"
    said = shop.clopos("--data", folder, "demo", "--orders", "250", "--json", timeout=600)
    assert said.json["orders"] == 250
    shop.write(folder.parent, "owner", "demo\n")
    return folder


@pytest.fixture
def run(capsys, monkeypatch, demo, english):
    clopos = Clopos(capsys, monkeypatch, demo, demo.parent)

    def ask(*words):
        return clopos("--json", *words, user="owner")

    return ask


def faults(found, money_said=False, place=""):
    """Return what in an answer a program that reads it could not rely on."""
    if isinstance(found, list):
        return [one for row in found for one in faults(row, money_said, f"{place}[]")]
    if not isinstance(found, dict):
        return []
    said = money_said or "currency" in found
    wrong = []
    for name, value in found.items():
        here = f"{place}.{name}"
        if isinstance(value, str) and TIME.match(value) and not OFFSET.search(value):
            wrong.append(f"{here}: no offset")
        if name in MONEY and isinstance(value, float):
            wrong.append(f"{here}: not a decimal string")
        if name in MONEY and isinstance(value, str) and DECIMAL.fullmatch(value) and not said:
            wrong.append(f"{here}: no currency")
        if (
            name == "rows"
            and isinstance(value, list)
            and not all("id" in row or "key" in row for row in value)
        ):
            wrong.append(f"{here}: a row without id")
        wrong += faults(value, said, here)
    return wrong


@pytest.mark.parametrize("command", LISTS)
def test_an_answer_is_one_object_that_a_program_can_rely_on(run, command):
    said = run(*command.split())
    assert (said.code, said.err) == (0, "")
    assert isinstance(said.json, dict)
    assert said.out.count("\n") == 1
    assert faults(said.json) == []
    if "rows" in said.json:
        assert "next" in said.json or "total" in said.json


@pytest.mark.parametrize(("command", "size"), PAGED.items())
def test_a_cursor_leads_to_the_end_without_gaps_or_repeats(run, command, size):
    def read(limit):
        ids, cursor = [], []
        while cursor is not None:
            page = run(*command.split(), "--limit", str(limit), *cursor).json
            assert len(page["rows"]) <= limit
            ids += [row["id"] for row in page["rows"]]
            cursor = ["--after", page["next"]] if page["next"] else None
        return ids

    whole = read(1000)
    assert len(whole) == len(set(whole)) > size
    assert read(size) == whole


def test_what_reads_the_contract_is_in_the_tree():
    assert {" ".join(one.split(" --")[0].split()) for one in LISTS} - {"customers find a"} <= set(
        COMMANDS
    )


def test_faults_are_found():
    bad = {"rows": [{"at": "2026-11-03T12:00:00", "total": "1.00"}], "next": None}
    assert len(faults(json.loads(json.dumps(bad)))) == 3
    assert faults({"currency": "AZN", "rows": [{"id": "1", "total": "1.00"}]}) == []


@pytest.mark.parametrize("command", sorted(LATER))
def test_what_comes_later_is_said_to_come_later(run, command):
    assert command not in COMMANDS
    said = run(*command.split(), "--customer", "1", "--reason", "x")
    assert said.code == 2
    assert said.error["code"] == "invalid"
    assert said.error["message"].startswith(f"“{command}” comes with a later version")
