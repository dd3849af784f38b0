"""One store with a little of everything, made once; each test gets a copy."""

import io
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop_app.cli.main import main
from desktop_app.exchange import operations as exchange
from desktop_app.kernel.access import Role
from desktop_app.sign_in import Reception
from desktop_app.vault.cost import KdfCost
from desktop_app.vault.recovery import RecoveryCode
from desktop_app.venue.records import NewVenue
from tests.cli import shop
from tests.cli.shop import Said


class Clopos:
    """The command line on one store, in this process."""

    def __init__(self, capsys, monkeypatch, folder: Path, files: Path) -> None:
        self._capsys = capsys
        self._patch = monkeypatch
        self.folder = folder
        self.files = files
        self.opened: list[tuple[Path, str]] = []

    def raw(self, *arguments: str | Path, stdin: str = "") -> Said:
        """Call with these arguments and nothing else."""
        self._patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        self._capsys.readouterr()
        code = main([str(one) for one in arguments], open_window=self._open)
        return Said(code, *self._capsys.readouterr())

    def __call__(self, *arguments: str | Path, user: str = shop.OWNER, stdin: str = "") -> Said:
        """Call as a user of the store."""
        who = ("--data", self.folder, "--user", user, "--password-file", self.files / user)
        return self.raw(*who, *arguments, stdin=stdin)

    def _open(self, folder: Path, language: str) -> int:
        self.opened.append((folder, language))
        return 0


@pytest.fixture(scope="session")
def files(tmp_path_factory) -> Path:
    """Give a folder with password files and files to import."""
    folder = tmp_path_factory.mktemp("files")
    shop.write(folder, shop.OWNER, f"{shop.PASSWORD}\n")
    shop.write(folder, shop.MANAGER, f"{shop.MANAGER_PASSWORD}\n")
    shop.write(folder, shop.STAFF, shop.STAFF_PASSWORD)
    shop.write(folder, "wrong", "not the password at all\n")
    shop.write(folder, "new", "dəmir kömür saman otaq\n")
    shop.write(folder, "sales.csv", shop.SALES)
    shop.write(folder, "sales-bad.csv", shop.SALES + shop.BAD_ROW)
    shop.write(folder, "customers.csv", shop.CUSTOMERS)
    return folder


@pytest.fixture(scope="session")
def made(tmp_path_factory, files) -> tuple[Path, RecoveryCode]:
    """Give a store with users, orders and customers, and its recovery key."""
    folder = tmp_path_factory.mktemp("made") / "store"
    reception = Reception(folder, keyring=False)
    new = reception.create(NewVenue(shop.VENUE), shop.OWNER, shop.PASSWORD, cost=KdfCost.FLOOR)
    shop.write(files, "key.txt", f"Recovery key\n{new.code.text}\n")
    with new.app as app:
        app._store.keys.unlocked.add_user(shop.MANAGER, Role.MANAGER, shop.MANAGER_PASSWORD)
        app._store.keys.unlocked.add_user(shop.STAFF, Role.STAFF, shop.STAFF_PASSWORD)
        app.call(exchange.import_files, [files / "sales.csv", files / "customers.csv"])
    return folder, new.code


@pytest.fixture
def english(monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")


@pytest.fixture
def run(capsys, monkeypatch, made, files, tmp_path_factory, english) -> Iterator[Clopos]:
    """Give the command line on a copy of the store: also a list that is written leaves a mark."""
    folder = tmp_path_factory.mktemp("copy") / "store"
    shutil.copytree(made[0], folder)
    yield Clopos(capsys, monkeypatch, folder, files)
    shutil.rmtree(folder.parent)


@pytest.fixture
def changed(made) -> Callable[[Path], bool]:
    """Tell whether the data files of a copy differ from those it was copied from."""

    def differs(folder: Path) -> bool:
        return any(
            (folder / path.name).read_bytes() != path.read_bytes() for path in made[0].glob("*.db")
        )

    return differs
