"""One store made once (deriving keys takes time), copied for every test."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from desktop_app.kernel.access import Permission, Role
from desktop_app.kernel.clock import FrozenClock
from desktop_app.vault import cost
from desktop_app.vault.cost import KdfCost
from desktop_app.vault.key_file import NAME, PREVIOUS, _checksum
from desktop_app.vault.recovery import RecoveryCode
from desktop_app.vault.store_keys import Vault
from desktop_app.vault.unlocked import Unlocked

OWNER, MANAGER, STAFF = "Ənvər Şıxlı", "İlqar Çələbi", "Айдын"
OWNER_PASSWORD = "çay qənd limon stəkan"
MANAGER_PASSWORD = "zanbaq körpü yelkən"
STAFF_PASSWORD = "самовар облако река"
NEW_PASSWORD = "pəncərə alma dəniz yol"


@dataclass
class Store:
    folder: Path
    code: RecoveryCode
    clock: FrozenClock

    @property
    def vault(self) -> Vault:
        return Vault.open(self.folder)

    @property
    def path(self) -> Path:
        return self.folder / NAME

    @property
    def previous(self) -> Path:
        return self.folder / PREVIOUS

    def sign_in(self, name: str = OWNER, password: str = OWNER_PASSWORD) -> Unlocked:
        return self.vault.unlock(name, password, clock=self.clock)

    def edit(self, change: Callable[[dict[str, Any]], object]) -> None:
        """Do what somebody with an editor and the source code can do, and leave no .prev."""
        body = json.loads(self.path.read_bytes())
        change(body)
        body.pop("checksum")
        body["checksum"] = _checksum(body)
        self.path.write_text(json.dumps(body), encoding="utf-8")
        self.previous.unlink(missing_ok=True)

    def user_id(self, name: str) -> str:
        users = json.loads(self.path.read_bytes())["roster"]["users"]
        return next(key for key, user in users.items() if user["name"] == name)


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(datetime(2026, 3, 1, 9, tzinfo=UTC))


def make(folder: Path) -> RecoveryCode:
    """Make a store with an owner, a manager and a member of staff."""
    clock = FrozenClock(datetime(2026, 1, 1, 9, tzinfo=UTC))
    _, owner, code = Vault.create(folder, OWNER, OWNER_PASSWORD, clock=clock, cost=KdfCost.FLOOR)
    with owner:
        owner.add_user(MANAGER, Role.MANAGER, MANAGER_PASSWORD)
        owner.add_user(STAFF, Role.STAFF, STAFF_PASSWORD)
        owner.put_secret("postgres", b"db password", Permission.CUSTOMERS_READ)
    return code


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, RecoveryCode]:
    folder = tmp_path_factory.mktemp("vault") / "store"
    return folder, make(folder)


@pytest.fixture(scope="module")
def made_fast(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, RecoveryCode]]:
    """Give a store of a module whose tests derive many keys: real Argon2id with little memory."""
    folder, real = tmp_path_factory.mktemp("vault") / "store", cost.Argon2id

    def fast(**asked: Any) -> Any:
        return real(**asked | {"memory_cost": 64, "iterations": 1})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cost, "Argon2id", fast)
        yield folder, make(folder)


@pytest.fixture
def fast_store(made_fast: tuple[Path, RecoveryCode], tmp_path: Path, clock: FrozenClock) -> Store:
    folder, code = made_fast
    shutil.copytree(folder, tmp_path / "store")
    return Store(tmp_path / "store", code, clock)


@pytest.fixture
def store(made_once: tuple[Path, RecoveryCode], tmp_path: Path, clock: FrozenClock) -> Store:
    folder, code = made_once
    shutil.copytree(folder, tmp_path / "store")
    return Store(tmp_path / "store", code, clock)
