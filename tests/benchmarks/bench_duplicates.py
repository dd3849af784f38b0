"""Cards kept twice among 100,000: how long the search takes, how many of those planted it finds.

The peer is the plain SQL that people write: a self join over equal names and birthdays, telephones
and e-mails, in SQLite with an index on each. It finds no other spelling.
"""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from desktop_app.customers.duplicates import list_duplicates
from desktop_app.customers.records import IncomingCustomer
from desktop_app.customers.storing import store_customers
from desktop_app.db.operation import Kind, Operation
from desktop_app.kernel.access import Permission
from tests.benchmarks.stores import BUILD, new_store

PEOPLE, PLANTED, RUNS, PORTION = 100_000, 1_000, 3, 10_000
FIRST = """
Əli Aysel Leyla Orxan Nigar Rauf Tural Günel Elvin Səbinə Murad Lalə Kamran Aynur Vüqar Nərmin
Rəşad Fidan Zaur Könül Emin Şəbnəm Ramil Ülviyyə İlqar Sevda Anar Gülnar Elçin Pərvin
""".split()  # noqa: SIM905 - names, to be read
LAST = """
Əliyev Məmmədov Həsənov Quliyev Hüseynov İbrahimov Rzayev Kərimov Abbasov Cəfərov Səfərov
Mustafayev Nəsirov Şirinov Babayev Vəliyev Mirzəyev Ağayev Bayramov Süleymanov Orucov Zeynalov
Tağıyev Qasımov Heydərov Allahverdiyev Novruzov Rəhimov Sultanov Yusifov
""".split()  # noqa: SIM905


def people(number: int, planted: int) -> list[IncomingCustomer]:
    """Return customers with 60 first and last names, and some of them once more, otherwise."""
    chance = random.Random(5)  # noqa: S311 - the same people every time
    found = [
        IncomingCustomer(
            f"C{at}",
            f"{chance.choice(FIRST)} {chance.choice(LAST)}",
            phone=f"+99450{1_000_000 + at}",
            email=f"c{at}@example.az" if chance.random() < 0.5 else "",
            birth_date=date(1950, 1, 1) + timedelta(days=chance.randrange(20_000)),
        )
        for at in range(number)
    ]
    return found + [_again(chance, at, chance.choice(found)) for at in range(planted)]


def _again(chance: random.Random, at: int, one: IncomingCustomer) -> IncomingCustomer:
    first, _, last = one.name.partition(" ")
    match at % 3:
        case 0:  # at the counter, by telephone
            return IncomingCustomer(f"T{at}", one.name.replace("ə", "e"), phone=one.phone)
        case 1:  # the other way round
            return IncomingCustomer(f"T{at}", f"{last} {first}", birth_date=one.birth_date)
        case _:  # a letter mistyped
            place = chance.randrange(1, len(last) - 1)
            wrong = f"{first} {last[:place]}{last[place + 1 :]}"
            return IncomingCustomer(f"T{at}", wrong, birth_date=one.birth_date)


def run(number: int = PEOPLE, planted: int = PLANTED) -> dict[str, Any]:
    """Return seconds and how many of those planted are found, of ours and of the self join."""
    some = people(number, planted)
    with new_store(BUILD / "store-duplicates") as app:
        store = Operation(
            "bench.customers", Permission.IMPORTS_RUN, Kind.COMMAND,
            lambda tx, few: store_customers(tx, "bench", few),
        )  # fmt: skip
        for start in range(0, len(some), PORTION):
            app.call(store, some[start : start + PORTION])
        seconds, cpu = [], []
        for _ in range(RUNS):
            started, used = time.perf_counter(), time.process_time()
            rows = app.call(list_duplicates, 10**6)
            seconds.append(round(time.perf_counter() - started, 2))
            cpu.append(round(time.process_time() - used, 2))
    found = {row.second.reference for row in rows if row.second.reference.startswith("T")}
    join, joined = _self_join(some)
    return {
        "customers": len(some),
        "planted": planted,
        "pairs": len(rows),
        "found_of_planted": len(found),
        "seconds": seconds,
        "cpu_seconds": cpu,
        "sql_self_join": {"seconds": round(join, 2), "found_of_planted": joined},
        "target": "< 1.5 s",
    }


def _self_join(some: Sequence[IncomingCustomer]) -> tuple[float, int]:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE c (id INTEGER PRIMARY KEY, ref, name, phone, email, born)")
    base.executemany(
        "INSERT INTO c (ref, name, phone, email, born) VALUES (?, ?, ?, ?, ?)",
        [
            (one.reference, one.name, one.phone or None, one.email or None, str(one.birth_date))
            for one in some
        ],
    )
    for columns in ("phone", "email", "name, born"):
        base.execute(f"CREATE INDEX {columns[:4]} ON c ({columns})")
    started = time.perf_counter()
    rows = base.execute(
        "SELECT b.ref FROM c a JOIN c b ON a.id < b.id AND a.name = b.name AND a.born = b.born "
        "UNION SELECT b.ref FROM c a JOIN c b ON a.id < b.id AND a.phone = b.phone "
        "UNION SELECT b.ref FROM c a JOIN c b ON a.id < b.id AND a.email = b.email"
    ).fetchall()
    return time.perf_counter() - started, sum(ref.startswith("T") for (ref,) in rows)
