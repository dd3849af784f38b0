"""Give a store new keys with a fault at any file operation: `python -m tests.support.sweep_keys`.

Options: FOLDER [--points N | --from N]; without, every point.
Prints one line of JSON, and complaints before.
Started with the shim of `faults.py` in LD_PRELOAD; one process is copied for each try, so that the
program is loaded and the password derived once.
"""

from __future__ import annotations

import json
import shutil
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from desktop_app.db.turning import settle, turn_keys
from desktop_app.kernel.access import Domain, Role
from desktop_app.kernel.clock import FrozenClock
from desktop_app.kernel.errors import AppError
from desktop_app.kernel.job import Progress
from desktop_app.orders.tables import Order
from desktop_app.vault.duties import Lost
from desktop_app.vault.key_file import KeyFile
from tests.database.shop import Shop, make_template, order, sell
from tests.support.faults import DIED, KINDS, Outcome, Sweep

EVERYTHING = Lost(frozenset(Domain), trail=True)
_TAIL = 90  # the key file is saved, the old files go: every point of it is tried


class Keys:
    """The work and its check, on a copy of one store."""

    def __init__(self, room: Path) -> None:
        self.room = room
        self.folder = room / "run" / "store"
        self.acks = room / "acks"
        self.template = make_template(room / "template", None)
        self.clock = FrozenClock(datetime(2026, 11, 3, 8, tzinfo=UTC))
        self._turns = 0
        shop = self._shop(self.template.folder)
        sell(shop.app, [order(1)])
        shop.close()

    def fresh(self) -> None:
        """Put a fresh copy of the store in place."""
        shutil.rmtree(self.folder.parent, ignore_errors=True)
        shutil.copytree(self.template.folder, self.folder)
        self.acks.write_text("1\n")

    def work(self) -> None:
        """Sell, give everything new keys, sell; after an error go on as a person would."""
        shop = self._shop(self.folder)
        app = shop.app
        self._sell(shop, 2)
        with suppress(AppError):
            turn_keys(app._store, EVERYTHING, Progress())
        self._sell(shop, 3)

    def check(self) -> None:
        """Open the store as the next person does: nothing acknowledged is lost, one version."""
        settle(self.folder)
        shop = self._shop(self.folder)
        stored = {row["reference"] for row in shop.rows(Order)}
        sold = {f"R{line}" for line in self.acks.read_text().split()}
        assert sold <= stored, f"lost {sold - stored}"
        shop.check_counts()
        shop.check_trail()
        contents = KeyFile(self.folder).read()
        assert not contents.swap, "the change of keys is still under way"
        versions = set(contents.roster.domains.values())
        assert len(versions) == 1, f"versions differ: {versions}"
        files = {path.name for path in self.folder.iterdir() if path.suffix in (".db", ".part")}
        assert len(files) == len(Domain), f"files left over: {files}"
        for role in (Role.MANAGER, Role.STAFF):
            assert shop.another(role)._store.engine
        self._sell(shop, 4)
        turn_keys(shop.app._store, EVERYTHING, Progress())
        assert {f"R{n}" for n in (1, 4)} <= {row["reference"] for row in shop.rows(Order)}

    def _sell(self, shop: Shop, number: int) -> None:
        with suppress(AppError):
            sell(shop.app, [order(number)])
            with self.acks.open("a") as acks:
                acks.write(f"{number}\n")

    def _shop(self, folder: Path) -> Shop:
        # Row numbers hold the moment: no two programs here may stand at the same one.
        self._turns += 1
        self.clock.at += timedelta(minutes=self._turns)
        return Shop(folder, self.clock, self.template.held)


def chosen(total: int, wanted: int | None) -> list[int]:
    """Return all points, or some: spread over the copying, denser where the keys change over."""
    if wanted is None or wanted >= total:
        return list(range(1, total + 1))
    tail = wanted * 2 // 3
    late = {total - _TAIL * n // tail for n in range(tail)}
    early = {1 + (total - _TAIL) * n // (wanted - tail) for n in range(wanted - tail)}
    return sorted(point for point in late | early if 1 <= point <= total)


def main(arguments: list[str]) -> int:
    """Sweep, tell, and return how many tries went wrong."""
    keys = Keys(Path(arguments[0]))
    option, number = arguments[1:] if len(arguments) > 1 else ("--from", "1")
    wanted = int(number) if option == "--points" else None
    sweep = Sweep(keys.folder, fresh=keys.fresh, work=keys.work, check=keys.check)
    total = sweep.points()
    points = chosen(total, wanted)
    if option == "--from":
        points = [point for point in points if point >= int(number)]
    done: list[Outcome] = []
    for turn, point in enumerate(points):
        for kind in KINDS if wanted is None else (KINDS[turn % len(KINDS)],):
            done.append(sweep.run(kind, point))
            if done[-1].complaint:
                sys.stdout.write(f"{done[-1]}\n")
    wrong = sum(bool(one.complaint) for one in done)
    died = sum(one.ended == DIED for one in done)
    told = {"points": total, "tries": len(done), "died": died, "wrong": wrong}
    sys.stdout.write(json.dumps(told) + "\n")
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
