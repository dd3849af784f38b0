"""A hostile backup folder gives a clear error, or a store that is the one that was backed up.

Whoever can write to the folder knows the repository's public key: manifests and packs here are
sealed to it, so that what is wrong with them is the first thing that is found.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.backup import age
from desktop_app.backup.packs import compressed_text
from desktop_app.backup.repository import Repository
from desktop_app.backup.target import FolderTarget
from desktop_app.backup.verifying import verify
from desktop_app.kernel.errors import AppError, DamagedError
from desktop_app.kernel.job import Progress
from tests.unit.backup.hostile import Folder, bomb, checked, unsized
from tests.unit.backup.shop import RECOVERY

MIB = 1 << 20
Change = Callable[[Folder], object]
PUBLIC: dict[str, object] = {
    "seq": ["1", 0, -1, 10**30, None, True, 1.5],
    "at": ["now", -1, 10**25, 10**18, None],
    "rows": ["many", -5, {}, None],
    "parent": [1, 2, 99, -1, "0", {}],
    "parent_sha256": [None, 7, []],
    "device": ["../../../../x", "0" * 17, 5, "A" * 16],
    "device_name": [{}, None, 5],
    "base": [1, "yes", None],
    "objects": [{}, None, "x", [None], [{}], [{"name": "../x", "size": 1, "file": ""}]],
    "private": [None, [], {"name": "x" * 64, "size": 1, "file": ""}, {"name": "../" * 9}],
    "repository": ["another", None],
    "format": ["pos-pages/2", None],
    "recipient": [{}, None],
}
PRIVATE: dict[str, list[object]] = {
    "snapshot": ["another", None, {}],
    "files": [[], {}, None, [{}], [None]],
    "packs": [[], {}, None, [{}], "packs"],
    "facts": [None, [], {}, {"rows": None}, {"rows": {"a": -1}}, {"rows": {"a": "1"}},
              {"rows": {}, "trail": {}}, {"rows": {}, "trail": 5}],
    "small_files": [None, [], {"../evil": ""}, {"ops.db-journal": ""}, {"ops.db-wal": ""},
                    {"people.db-SHM": ""}, {"ops.db": ""}, {"OPS.DB": ""}, {"CON": ""},
                    {"aux.txt": ""}, {"/etc/x": ""}, {"a/b": ""}, {".ssh": ""}, {"x.": ""},
                    {"k": 5}, {"k": "no base64!"}, {"k": "A" * (17 * MIB)},
                    {f"f{n}": "" for n in range(40)}],
}  # fmt: skip
FILE: dict[str, list[object]] = {
    "name": ["../x", "", None, "people", "PEOPLE"],
    "db_pages": [0, -1, 2**31, 2**31 + 1, 10**12, "1", None, 1.0, 5000],
    "file_name": ["../../evil.db", "/etc/evil", "people.db", "PEOPLE.db", "NUL", "", None,
                  "a\\b.db", "x" * 65, "ops.db-journal"],
    "salt": ["", "00", "zz" * 16, None],
    "root": ["", "0" * 64, None],
}  # fmt: skip
PACK: dict[str, list[object]] = {
    "name": ["../../x", "0" * 64, "", None],
    "file": ["nobody", "../x", None],
    "closed": [1, None, "no", True],
    "runs": [[], None, [[0, 1]], [[1, 10**12]], [[1, 0]], [[1, -1]], [[1, 4097]], [[1]], [["1", 1]],
             [[2, 1], [1, 1]], [[1, 2], [2, 1]], [[10**9, 1]], [[1, 1]] * 5000, {}],
    "frames": [[], None, [1], [10**12, 1, 1], [0, 1, 1], [-1, 1, 1], {}, ["1", "1", "1"]],
}  # fmt: skip


def _set(group: str, name: str, value: object) -> Change:
    def change(folder: Folder) -> None:
        if group == "public":
            with folder.changed_public() as fields:
                fields[name] = value
            return
        with folder.changed_private() as fields:
            inside = fields if group == "private" else fields[f"{group}s"][0]
            inside[name] = value

    return change


def _fields() -> dict[str, Change]:
    groups = {"public": PUBLIC, "private": PRIVATE, "file": FILE, "pack": PACK}
    return {
        f"{group}: {name} = {repr(value)[:30]}": _set(group, name, value)
        for group, fields in groups.items()
        for name, values in fields.items()
        for value in values
    }


def _raw(content: bytes) -> Change:
    return lambda folder: folder.manifest.write_bytes(content)


def _text(change: Callable[[str], str]) -> Change:
    def apply(folder: Folder) -> None:
        text = change(json.dumps(folder.public | {"check": "0" * 64}))
        folder.manifest.write_bytes(checked(text.encode()))

    return apply


def _fifo(name: str) -> Change:
    def change(folder: Folder) -> None:
        path = _resolved(folder, name)
        path.unlink()
        os.mkfifo(path)

    return change


def _link(name: str, to: str) -> Change:
    def change(folder: Folder) -> None:
        path = _resolved(folder, name)
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        path.symlink_to(to)

    return change


def _folder(name: str) -> Change:
    def change(folder: Folder) -> None:
        path = _resolved(folder, name)
        path.unlink()
        path.mkdir()

    return change


def _resolved(folder: Folder, name: str) -> Path:
    match name:
        case "manifest":
            return folder.manifest
        case "private":
            return folder.object(folder.public["private"]["name"])
        case "pack":
            return folder.object(folder.private["packs"][0]["name"])
        case "objects":
            return folder.path(f"d/{folder.device}/o")
        case _:
            return folder.path(name)


def _moved_objects(folder: Folder) -> None:
    objects = _resolved(folder, "objects")
    shutil.move(objects, folder.root.parent / "elsewhere")
    objects.symlink_to(folder.root.parent / "elsewhere")


def _readme(**changes: object) -> Change:
    def change(folder: Folder) -> None:
        path = folder.path("README.json")
        path.write_text(json.dumps(json.loads(path.read_text()) | changes))

    return change


def _many_keys(folder: Folder) -> None:
    good = folder.path("keys/RK-1.age")
    noise = good.read_bytes().replace(b"X25519", b"X25518")
    good.unlink()
    for n in range(300):
        folder.path(f"keys/K{n}.age").write_bytes(noise)


def _swapped_packs(folder: Folder) -> None:
    with folder.changed_private() as fields:
        one, other = fields["packs"][0], fields["packs"][1]
        one["name"], other["name"] = other["name"], one["name"]


def _twice(folder: Folder) -> None:
    with folder.changed_private() as fields:
        fields["packs"].append(fields["packs"][0])


CASES: dict[str, Change] = {
    "an empty manifest": _raw(b""),
    "noise": _raw(bytes(range(256))),
    "a manifest of 33 MiB": _raw(b" " * (33 * MIB)),
    "a deep manifest": _raw(b"[" * 200_000),
    "a list": _raw(b"[]"),
    "endless digits": _raw(b'{"check":' + b"9" * MIB + b"}"),
    "nan": _text(lambda text: text.replace('"rows":', '"x": NaN, "rows":')),
    "1e999": _text(lambda text: text.replace('"rows":', '"x": 1e999, "rows":')),
    "a field twice": _text(lambda text: text.replace('"rows":', '"rows": 1, "rows":')),
    "not utf-8": _raw(b'{"check": "\xff"}'),
    "a manifest that is a pipe": _fifo("manifest"),
    "a private manifest that is a pipe": _fifo("private"),
    "a pack that is a pipe": _fifo("pack"),
    "a readme that is a pipe": _fifo("README.json"),
    "a key that is a pipe": _fifo("keys/RK-1.age"),
    "a manifest without end": _link("manifest", "/dev/zero"),
    "a readme without end": _link("README.json", "/dev/zero"),
    "a pack without end": _link("pack", "/dev/zero"),
    "a key without end": _link("keys/RK-1.age", "/dev/zero"),
    "a manifest that is another file": _link("manifest", "/etc/passwd"),
    "objects that are a loop": _link("objects", ".."),
    "objects that lie elsewhere": _moved_objects,
    "keys that are a loop": _link("keys", "."),
    "everything is a loop": _link("d", "."),
    "a manifest that is a folder": _folder("manifest"),
    "a pack that is a folder": _folder("pack"),
    "a readme that is a folder": _folder("README.json"),
    "a deep readme": lambda f: f.path("README.json").write_bytes(b"[" * 100_000),
    "a huge readme": lambda f: f.path("README.json").write_bytes(b" " * (2 * MIB)),
    "a readme with a strange key": _readme(recovery_key_id="\x1b[31m\u202e"),
    "a readme with a path": _readme(sha256={"../../etc/passwd": "0" * 64}),
    "a readme without a recipient": _readme(recipient="age1evil"),
    "a readme of somebody else": _readme(recipient=age.recipient_of(age.new_identity())),
    "a readme from the future": _readme(format="pos-pages/9", needs={"a": 1}),
    "a readme of lists": _readme(id=[], recipient=[], sha256=[]),
    "many wrong keys": _many_keys,
    "a private manifest that is a bomb": lambda f: f.set_private(bomb(300 * MIB)),
    "a private manifest without a size": lambda f: f.set_private(unsized(b"{}")),
    "a private manifest that is not packed": lambda f: f.set_private(b"{}"),
    "a deep private manifest": lambda f: f.set_private(compressed_text(b'{"a":' * 100_000)),
    "a private manifest of nothing": lambda f: f.set_private(b""),
    "a pack that is a bomb": lambda f: f.replace_pack(
        lambda _plain, _frames: (bomb(64 * MIB) * 3, [len(bomb(64 * MIB))] * 3)
    ),
    "a pack that is cut": lambda f: f.replace_pack(lambda plain, frames: (plain[:-9], frames)),
    "a pack with a frame too many": lambda f: f.replace_pack(
        lambda plain, frames: (plain + plain[-frames[-1] :], frames)
    ),
    "a pack without a size": lambda f: f.replace_pack(
        lambda plain, frames: (unsized(b"{}") + plain, [len(unsized(b"{}")), *frames[:-1]])
    ),
    "packs in each other's place": _swapped_packs,
    "a pack twice": _twice,
    **_fields(),
}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    return Folder.make(tmp_path_factory.mktemp("good"))[0]


def _judged(folder: Folder, good: Folder, room: Path) -> AppError | None:
    """Return the error of a restore, or None for one that is right to the byte."""
    into = room / "into"
    error = folder.refusal(into)
    if error is None:
        assert folder.is_right(good, into)
    else:
        assert str(error.message)
        assert not into.exists() or not [*into.iterdir()], "nothing is left behind"
    return error


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders here")
@pytest.mark.parametrize("change", CASES.values(), ids=CASES.keys())
def test_a_hostile_folder_is_refused_before_anything_is_written(
    good: Folder, tmp_path: Path, change: Change
) -> None:
    folder = good.copy(tmp_path / "backups")
    change(folder)
    outside = {path.name for path in tmp_path.iterdir()}
    error = _judged(folder, good, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} - {"into"} == outside
    assert error is not None
    assert "\x1b" not in str(error)


def test_there_are_enough_hostile_folders() -> None:
    assert len(CASES) >= 150


def test_most_hostile_folders_are_told_to_be_damaged(good: Folder, tmp_path: Path) -> None:
    """A sample, so that "refused" does not come to mean "not found" for all."""
    for number, name in enumerate([
        "a manifest of 33 MiB", "a pack that is a bomb", "a private manifest that is a bomb",
        "objects that lie elsewhere", "packs in each other's place", "a pack twice",
        "file: db_pages = 2147483648", "private: small_files = {'ops.db-journal': ''}",
    ]):  # fmt: skip
        folder = good.copy(tmp_path / str(number) / "backups")
        CASES[name](folder)
        assert isinstance(_judged(folder, good, tmp_path / str(number)), DamagedError), name


def test_a_folder_without_changes_restores_to_the_byte(good: Folder, tmp_path: Path) -> None:
    assert _judged(good.copy(tmp_path / "backups"), good, tmp_path) is None


def test_a_link_in_the_way_of_the_building_place_is_not_followed(
    good: Folder, tmp_path: Path
) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "photo.jpg").write_bytes(b"x")
    into = tmp_path / "into"
    into.mkdir()
    (into / f".restore-{good.base}").symlink_to(precious)
    assert _judged(good, good, tmp_path) is None
    assert [path.name for path in precious.iterdir()] == ["photo.jpg"]


def test_a_backup_is_not_written_through_a_link(good: Folder, tmp_path: Path) -> None:
    folder = good.copy(tmp_path / "backups")
    (tmp_path / "elsewhere").mkdir()
    folder.path("d/abc").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(DamagedError, match="link"):
        FolderTarget(folder.root).put_new("d/abc/s/00000001.json", b"x")
    assert not [*(tmp_path / "elsewhere").iterdir()]


def test_checking_a_hostile_folder_ends_and_tells(good: Folder, tmp_path: Path) -> None:
    for number, name in enumerate(sorted(CASES)[::9]):
        folder = good.copy(tmp_path / str(number))
        CASES[name](folder)
        try:
            repository = Repository.open(FolderTarget(folder.root))
            report = verify(repository, Progress(), full=True, recovery_key=RECOVERY)
        except AppError:
            continue
        assert all(str(problem.message) for problem in report.problems)


def _mutations(good: Folder, seed: int) -> Callable[[Folder], None]:
    """Return one random change: bytes of any file, or of a manifest that is made right again."""
    draw = random.Random(seed)  # noqa: S311 - the same every time
    kind = draw.choice(("bytes", "bytes", "public", "private", "private"))

    def change(folder: Folder) -> None:
        if kind == "bytes":
            files = sorted(path for path in folder.root.rglob("*") if path.is_file())
            path = draw.choice(files)
            path.write_bytes(_spoilt(path.read_bytes(), draw))
        elif kind == "public":
            text = json.dumps(folder.public | {"check": "0" * 64}).encode()
            folder.manifest.write_bytes(checked(_spoilt(text, draw)))
        else:
            folder.set_private(compressed_text(_spoilt(json.dumps(folder.private).encode(), draw)))

    return change


def _spoilt(content: bytes, draw: random.Random) -> bytes:
    spoilt = bytearray(content or b"x")
    for _ in range(draw.randint(1, 3)):
        at = draw.randrange(len(spoilt))
        match draw.randrange(5):
            case 0:
                spoilt[at] ^= 1 << draw.randrange(8)
            case 1:
                del spoilt[at : at + draw.randint(1, 50)]
            case 2:
                spoilt[at:at] = draw.choice((b"9" * 30, b'"', b"-", b"null", b"[", b"..", b"\0"))
            case 3:
                spoilt[at : at + 1] = str(draw.randrange(10)).encode()
            case _:
                spoilt[at:] = spoilt[at : at + draw.randint(0, 5)]
        spoilt = spoilt or bytearray(b"x")
    return bytes(spoilt)


MUTATIONS = 600


@pytest.mark.parametrize("part", range(6))
def test_mutated_folders_are_refused_or_restore_to_the_byte(
    good: Folder, tmp_path: Path, part: int
) -> None:
    refused = 0
    for seed in range(part, MUTATIONS, 6):
        room = tmp_path / str(seed)
        folder = good.copy(room / "backups")
        _mutations(good, seed)(folder)
        refused += _judged(folder, good, room) is not None
        shutil.rmtree(room)
    assert refused > MUTATIONS / 6 * 0.4
    assert threading.active_count() < 20
