"""A store with a cheap password check, for journeys that are about something else."""

from pathlib import Path

import pytest

from desktop_app.sign_in import Reception
from desktop_app.vault.cost import KdfCost
from desktop_app.venue.records import NewVenue
from tests.cli import shop


@pytest.fixture(scope="session")
def store(tmp_path_factory) -> Path:
    """Give the folder of a store with an owner and nothing else."""
    folder = tmp_path_factory.mktemp("journeys") / "store"
    reception = Reception(folder, keyring=False)
    new = reception.create(NewVenue(shop.VENUE), shop.OWNER, shop.PASSWORD, cost=KdfCost.FLOOR)
    new.app.close()
    return folder


@pytest.fixture(scope="session")
def password_file(tmp_path_factory) -> Path:
    """Give a file with the owner's password."""
    return shop.write(tmp_path_factory.mktemp("password"), "password", f"{shop.PASSWORD}\n")
