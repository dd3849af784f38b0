"""The trail for an auditor, checked without our program."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.access.anchors import get_anchor
from desktop_app.access.exporting import export_trail
from desktop_app.access.operations import list_events, note_restore
from desktop_app.kernel.access import Role
from desktop_app.kernel.errors import ConflictError, NotAllowedError
from desktop_app.kernel.resources import resource
from desktop_app.venue.operations import change_setting
from tests.database.shop import Shop, command


def _verified(file: Path, *anchors: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-I", resource("trail", "verify_trail.py"), file, *anchors],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def exported(shop: Shop, tmp_path: Path) -> Path:
    shop.as_role(Role.STAFF).call(command(lambda tx: tx.about("=1+1")))
    shop.app.call(change_setting, "documents.language", "en")
    shop.app.call(note_restore, "snap")
    out = tmp_path / "trail.jsonl"
    shop.app.call(export_trail, out, kind="json", recipient="Auditor Ltd")
    return out


def test_an_exported_trail_is_verified_alone(shop: Shop, exported: Path) -> None:
    code, said = _verified(exported)
    assert code == 0, said
    assert "everything fits" in said
    newest = shop.app.call(list_events, limit=1)[0]
    assert (newest.operation, newest.signed) == ("access.export_trail", True)
    assert newest.detail["recipient"] == "Auditor Ltd"


@pytest.mark.parametrize(
    ("what", "change"),
    [
        ("checksum", lambda e: e | {"at_ms": e["at_ms"] + 1}),
        ("contents", lambda e: e | {"sealed": e["hash"]}),
        ("taken out", lambda e: e | {"seq": e["seq"] + 1}),
        ("checksum", lambda e: e | {"signature": e["hash"] if not e["signature"] else None}),
    ],
)
def test_what_was_changed_in_the_export_is_named(exported: Path, what: str, change) -> None:
    lines = [json.loads(line) for line in exported.read_text().splitlines()]
    at = next(n for n, one in enumerate(lines) if one.get("seq") == 3)
    lines[at] = change(lines[at])
    exported.write_text("".join(json.dumps(one) + "\n" for one in lines))
    code, said = _verified(exported)
    assert code == 1
    assert what in said
    assert "event 3" in said


def test_an_export_that_was_cut_or_misses_an_anchor_is_told(
    shop: Shop, exported: Path, tmp_path: Path
) -> None:
    lines = exported.read_text().splitlines(keepends=True)
    exported.write_text("".join(lines[:-1]))
    assert _verified(exported)[0] == 1
    line = str(shop.app.call(get_anchor))
    whole = tmp_path / "whole.jsonl"
    shop.app.call(export_trail, whole, kind="json", recipient="x")
    assert _verified(whole, line)[0] == 0
    assert _verified(whole, line[:-1] + ("0" if line[-1] != "0" else "1"))[0] == 1


def test_a_table_has_no_formulas(shop: Shop, tmp_path: Path) -> None:
    shop.as_role(Role.STAFF).call(command(lambda tx: tx.about("=1+1")))
    out = tmp_path / "trail.csv"
    shop.app.call(export_trail, out, kind="csv", recipient="me")
    rows = list(csv.DictReader(out.read_text("utf-8-sig").splitlines()))
    assert rows[-1]["subject"] == "'=1+1"
    with pytest.raises(ConflictError):
        shop.app.call(export_trail, out, kind="csv", recipient="me")
    with pytest.raises(NotAllowedError):
        shop.as_role(Role.STAFF).call(export_trail, tmp_path / "x", kind="csv", recipient="me")
