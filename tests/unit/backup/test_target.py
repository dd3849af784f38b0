"""What every place for backups keeps. Further kinds of target join `targets`."""

from __future__ import annotations

import errno
import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop_app.backup.target import FolderTarget, Target, open_target
from desktop_app.kernel.errors import (
    ConflictError,
    InvalidError,
    NotFoundError,
    UnavailableError,
)


def _links_forbidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def link(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", link)


@pytest.fixture(params=["folder", "folder without hard links"])
def place(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Target:
    if "without" in request.param:
        _links_forbidden(monkeypatch)
    return open_target(str(tmp_path / "backups"), make=True)


def test_what_is_put_is_got(place: Target) -> None:
    for name, content in (("a", b""), ("b/c.txt", b"12345"), ("b/d/e", bytes(3_000_000))):
        place.put_new(name, content)
        assert place.get(name) == content
        assert place.head(name).size == len(content)
        assert abs(place.head(name).modified - datetime.now(UTC)) < timedelta(minutes=1)
    assert place.get_range("b/c.txt", 1, 3) == b"234"
    assert place.get_range("b/c.txt", 4, 100) == b"5"


def test_a_name_is_given_once(place: Target) -> None:
    place.put_new("a", b"first")
    with pytest.raises(ConflictError):
        place.put_new("a", b"second")
    assert place.get("a") == b"first"
    assert [one.name for one in place.list("")] == ["a"]


def test_a_missing_name_is_said(place: Target) -> None:
    for ask in (place.get, place.head, lambda name: place.get_range(name, 0, 1)):
        with pytest.raises(NotFoundError, match="nothing"):
            ask("nothing")
    place.delete("nothing")


def test_names_are_listed_by_folder(place: Target) -> None:
    for name in ("d/b/2", "d/a/1", "e"):
        place.put_new(name, b"x")
    assert [one.name for one in place.list("d")] == ["d/a/1", "d/b/2"]
    assert [one.name for one in place.list("")] == ["d/a/1", "d/b/2", "e"]
    assert place.list("nothing") == []
    place.delete("d/a/1")
    assert [one.name for one in place.list("d")] == ["d/b/2"]


def test_a_probe_leaves_nothing(place: Target) -> None:
    place.probe()
    assert place.list("") == []


@pytest.mark.parametrize("name", ["../a", "/a", "a/../../b", "a//b", "", ".hidden", "a\\..\\b"])
def test_names_stay_inside(place: Target, name: str) -> None:
    with pytest.raises(InvalidError):
        place.put_new(name, b"x")


def test_targets_are_opened_by_path_or_address(tmp_path: Path) -> None:
    folder = tmp_path / "my backups"
    folder.mkdir()
    open_target(str(folder)).put_new("a", b"x")
    assert open_target(folder.as_uri()).get("a") == b"x"
    with pytest.raises(InvalidError, match="ftp"):
        open_target("ftp://host/folder")
    with pytest.raises(NotFoundError, match="elsewhere"):
        open_target(str(tmp_path / "elsewhere"))


def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    place = FolderTarget(tmp_path / "stick", make=True)
    place.put_new("a", b"x")
    shutil.rmtree(tmp_path / "stick")
    for ask in (place.probe, lambda: place.get("a"), lambda: place.put_new("b", b""),
                lambda: place.list("")):  # fmt: skip
        with pytest.raises(UnavailableError, match="cannot be reached"):
            ask()
    assert not (tmp_path / "stick").exists()


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises((NotFoundError, UnavailableError)):
        open_target(str(tmp_path / "file"))
    with pytest.raises((NotFoundError, UnavailableError)):
        open_target(str(tmp_path / "file"), make=True)
