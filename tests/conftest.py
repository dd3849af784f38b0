"""What every test gets: a still clock, its own folders, no network, no unexpected warnings.

Order of a run: unit, database on SQLCipher, database on PostgreSQL, contracts, gui, journeys,
upgrade, architecture; inside each group the order is random (pytest-randomly).
"""

import logging
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import hypothesis
import pytest

from desktop_app.kernel.clock import FrozenClock
from tests.support.logs import LogWatch
from tests.support.postgres import NoPostgresError, PostgresCluster, PostgresServer

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

hypothesis.settings.register_profile("house", deadline=None, print_blob=True)
hypothesis.settings.load_profile("house")

ROOT = Path(__file__).resolve().parents[1]
ORDER = (
    "unit",
    "database",
    "contracts",
    "keyring",
    "gui",
    "cli",
    "journeys",
    "upgrade",
    "architecture",
)


MEMORY = Path("/dev/shm")  # noqa: S108 - a file system, not a name somebody could guess
ROOM = 4 << 30


def pytest_configure() -> None:
    """Keep the folders of the tests in memory, where there is room.

    A commit waits for the disk several times, and the tests commit a hundred thousand times. What
    is promised when the power goes is held by what is written in which order (`test_files`), and
    none of it by how long a disk takes.
    """
    if "PYTEST_DEBUG_TEMPROOT" not in os.environ and _has_room(MEMORY):
        os.environ["PYTEST_DEBUG_TEMPROOT"] = str(MEMORY)


def _has_room(folder: Path) -> bool:
    if not sys.platform.startswith("linux") or not os.access(folder, os.W_OK | os.X_OK):
        return False
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize >= ROOM and not found.f_flag & os.ST_NOEXEC


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put cheap groups first; keep the shuffled order inside each."""
    items.sort(key=_rank)


def _rank(item: pytest.Item) -> tuple[int, bool]:
    group = item.path.relative_to(ROOT / "tests").parts[0]
    place = ORDER.index(group) if group in ORDER else len(ORDER)
    return place, _needs_postgres(item)


def _needs_postgres(item: pytest.Item) -> bool:
    if item.get_closest_marker("postgres") or "postgres_server" in getattr(
        item, "fixturenames", ()
    ):
        return True
    call = getattr(item, "callspec", None)
    return call is not None and "postgres" in call.params.values()


@pytest.fixture(scope="session", autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the tests away from the data, settings and caches of whoever runs them."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
            patch.setenv(name, str(home / name.lower()))
        yield


@pytest.fixture(autouse=True)
def expect_log() -> Iterator[LogWatch]:
    """Fail on a log record from WARNING on, unless `expect_log("pattern")` announced it."""
    watch = LogWatch()
    logging.getLogger().addHandler(watch)
    yield watch
    logging.getLogger().removeHandler(watch)
    complaints = watch.complaints()
    if complaints:
        pytest.fail("\n".join(complaints), pytrace=False)


@pytest.fixture
def clock() -> FrozenClock:
    """Give a clock that stands at noon in Baku, on Tuesday 3 November 2026."""
    return FrozenClock(datetime(2026, 11, 3, 8, 0, tzinfo=UTC))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Give the folder of real data beside the repository; skip where it is missing."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the real data is not on this machine (../shared/data)")
    return folder


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """Give a running PostgreSQL that speaks TLS only, one for the whole run."""
    try:
        cluster = PostgresCluster()
    except NoPostgresError as error:
        if os.environ.get("CI"):
            pytest.fail(str(error), pytrace=False)
        pytest.skip(str(error))
    with cluster as server:
        yield server
