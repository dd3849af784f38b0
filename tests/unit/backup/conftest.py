"""A small store and an empty repository for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.backup import age
from desktop_app.backup.repository import Repository
from desktop_app.backup.target import FolderTarget
from tests.unit.backup.shop import RECOVERY, Shop


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    shop = Shop(tmp_path / "store", tmp_path / "state")
    shop.sell(300)
    return shop


@pytest.fixture
def target(tmp_path: Path) -> FolderTarget:
    return FolderTarget(tmp_path / "backups", make=True)


@pytest.fixture
def repository(target: FolderTarget) -> Repository:
    return Repository.create(target, age.recipient_of(RECOVERY), "RK-1", program="0.1.0")
