"""Backups of a real store that somebody has tampered with who knows what everybody may know."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.backup import age
from desktop_app.backup.operations import add_target, run_backup
from desktop_app.kernel.clock import FrozenClock
from desktop_app.kernel.errors import AppError, DamagedError
from desktop_app.kernel.job import Progress
from desktop_app.sign_in import Reception
from desktop_app.vault.cost import KdfCost
from desktop_app.venue.records import NewVenue
from tests.database.shop import PASSWORD, Shop, order, sell
from tests.unit.backup.hostile import Folder


@pytest.fixture
def backed_up(tmp_path: Path, clock: FrozenClock):
    reception = Reception(tmp_path / "owned", clock=clock, keyring=False)
    made = reception.create(NewVenue("Qala"), "Aysel", PASSWORD, cost=KdfCost.FLOOR)
    sell(made.app, [order(n) for n in range(20)])
    made.app.call(add_target, "Disk", str(tmp_path / "backups"))
    (run,) = made.app.call(run_backup)
    made.app.close()
    folder = Folder(tmp_path / "backups", run.snapshot, "", made.code.age_identity)
    return folder, made.code


def _small(name: str, content: bytes | None) -> Callable[[Folder], None]:
    def change(folder: Folder) -> None:
        with folder.changed_private() as fields:
            if content is None:
                del fields["small_files"][name]
            else:
                fields["small_files"][name] = base64.b64encode(content).decode()

    return change


SERVER = {"format": 1, "engine": "postgresql", "url": "postgresql+psycopg://evil.example/x"}
TAMPERED = {
    "without keys": _small("keys.json", None),
    "with keys that are noise": _small("keys.json", b"\xff" * 100),
    "with keys that are deep": _small("keys.json", b"[" * 100_000),
    "without a description": _small("store.json", None),
    "described as a server of somebody else": _small("store.json", json.dumps(SERVER).encode()),
    "described twice": _small("store.json", b'{"engine":"sqlcipher","engine":"postgresql"}'),
    "described by a list": _small("store.json", b"[]"),
    "described at length": _small("store.json", b" " * 100_000),
}


@pytest.mark.parametrize("change", TAMPERED.values(), ids=TAMPERED.keys())
def test_a_tampered_backup_is_refused_before_anything_is_written(
    backed_up, tmp_path: Path, change: Callable[[Folder], None]
) -> None:
    folder, code = backed_up
    change(folder)
    new = Reception(tmp_path / "new", keyring=False)
    with pytest.raises(DamagedError):
        new.restore(str(folder.root), code, progress=Progress())
    assert not (tmp_path / "new").exists()


def test_pages_that_are_no_database_are_told(backed_up, tmp_path: Path, clock) -> None:
    """The pages are right by every hash, for whoever planted them made the hashes too."""
    import numpy as np

    from desktop_app.backup.packs import pack
    from desktop_app.backup.pages import PAGE, hashes, root

    folder, code = backed_up
    pages = np.frombuffer(bytes(range(256)) * 16 * 2, np.uint8).reshape(-1, PAGE).copy()
    pages[:, PAGE - 80 :] = 0
    made = pack("ops", pages, np.arange(1, 3), folder.recipient, closed=False)
    folder.put(bytes(made.content))
    with folder.changed_private() as fields:
        (ops,) = (one for one in fields["files"] if one["name"] == "ops")
        ops |= {"db_pages": 2, "root": root(hashes(pages))}
        mine = {"name": made.index.name, "file": "ops", "closed": False,
                "runs": made.index.runs, "frames": made.index.frames}  # fmt: skip
        fields["packs"] = [one for one in fields["packs"] if one["file"] != "ops"] + [mine]
    with pytest.raises(AppError) as told:
        Reception(tmp_path / "new", clock=clock, keyring=False).restore(
            str(folder.root), code, progress=Progress()
        )
    assert str(told.value.message)


def _replaced_in_readme(folder: Path, recipient: str) -> None:
    path = folder / "README.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"recipient": recipient}))


def _another_repository(folder: Path, recipient: str) -> None:
    _replaced_in_readme(folder, recipient)
    path = folder / "README.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"id": "another"}))


def _planted_identity(folder: Path, recipient: str) -> None:
    ours = json.loads((folder / "README.json").read_text())
    (folder / "identities").mkdir()
    (folder / "identities" / "00000002.json").write_text(
        json.dumps({name: ours[name] for name in ("recovery_key_id", "sha256")}
                   | {"recipient": recipient})
    )  # fmt: skip


@pytest.mark.parametrize("plant", [_replaced_in_readme, _another_repository, _planted_identity])
def test_a_backup_is_never_sealed_to_a_key_that_somebody_put_there(
    files: Shop, tmp_path: Path, plant: Callable[[Path, str], None]
) -> None:
    folder = tmp_path / "backups"
    files.app.call(add_target, "Disk", str(folder))
    files.app.call(run_backup)
    plant(folder, age.recipient_of(age.new_identity()))
    before = {path for path in folder.rglob("*") if path.is_file()}
    with pytest.raises(DamagedError, match="names another key than before"):
        files.app.call(run_backup)
    assert {path for path in folder.rglob("*") if path.is_file()} == before
    files.app.call(add_target, "The same again, on purpose", str(folder))
    files.app.call(run_backup, "Disk")
