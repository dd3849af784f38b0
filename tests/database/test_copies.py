"""The copy for a customer: everything the data map knows, and it is entered that it was made."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from desktop_app.access.anchors import check_anchor
from desktop_app.customers.records import IncomingCustomer
from desktop_app.customers.tables import Communication, Consent, CustomerTag
from desktop_app.db.base import Person
from desktop_app.kernel.access import Role
from desktop_app.kernel.errors import NotAllowedError, NotFoundError, UnavailableError
from desktop_app.kernel.job import Progress
from desktop_app.privacy import paper
from desktop_app.privacy.operations import write_copy
from desktop_app.privacy.sections import ORDER_TABLES
from desktop_app.privacy.tables import HandedCopy
from desktop_app.privacy.walk import tables_about
from tests.conftest import ROOT
from tests.database.shop import PASSWORD, PEOPLE, Shop, command, confirmed, enter, order, sell


def _customer(shop: Shop) -> int:
    person = IncomingCustomer(
        "C1", "Məmmədov Ilqar", phone="+994501234567", email="i@example.az", balance_minor=500,
        note="qoz", group="Daimi",
    )  # fmt: skip
    number = enter(shop.app, person)["C1"]
    enter(shop.app, IncomingCustomer("C2", "Başqa Adam", phone="+994559999999"))
    sell(shop.app, [order(n, customer_ref="C1") for n in range(12)])
    sell(shop.app, [order(n, customer_ref="C2") for n in range(100, 105)])

    def more(tx) -> None:
        tx.add(
            Consent(
                customer_id=number,
                line_no=1,
                purpose="offers",
                wording="Razıyam",
                language="az",
                channel="sms",
                given_at=tx.at,
                withdrawn_at=None,
            )
        )
        tx.add(
            Communication(
                customer_id=number,
                line_no=1,
                at=tx.at,
                direction="out",
                channel="sms",
                subject="Salam",
                text="Endirim",
            )
        )
        tx.add(CustomerTag(customer_id=number, tag="VIP"))  # fmt: skip

    shop.app.call(command(more))
    return number


def _seen(monkeypatch: pytest.MonkeyPatch) -> list:
    """Keep what is given to the paper, in passing."""
    seen: list = []
    real = paper.write_copy

    def look(copy, *args, **kwargs):
        seen.append(copy)
        return real(copy, *args, **kwargs)

    monkeypatch.setattr(paper, "write_copy", look)
    return seen


def test_a_copy_looks_into_every_table_about_customers(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, seen = _customer(shop), _seen(monkeypatch)
    done = confirmed(shop.app, write_copy, number, tmp_path / "copy.pdf", language="az")
    (copy,) = seen
    found = {place.table: place.found for place in copy.places_searched}
    assert set(found) == {one.__tablename__ for one in tables_about(Person.CUSTOMER)} | {
        "audit_event"
    }
    assert found["customer"] == 1
    assert (found["pos_order"], found["order_line"], found["payment"]) == (12, 12, 12)
    assert (found["consent"], found["communication"], found["customer_tag"]) == (1, 1, 1)
    assert (found["customer_contact"], found["balance_entry"]) == (2, 1)
    assert found["customer_token"] > 3
    told = {section.key for section in copy.sections}
    walked = {
        one.__tablename__
        for one in tables_about(Person.CUSTOMER)
        if not one.__about__.derived and one.__tablename__ not in ORDER_TABLES
    }
    assert told == walked | {"pos_order"}
    assert done.places_searched == len(found)
    assert done.places_with_data == sum(1 for rows in found.values() if rows)


def test_a_copy_is_a_pdf_and_entered_without_its_contents(shop: Shop, tmp_path: Path) -> None:
    number = _customer(shop)
    out = tmp_path / "copy.pdf"
    done = confirmed(shop.app, write_copy, number, out, language="en")
    assert out.read_bytes().startswith(b"%PDF-")
    assert (done.size, done.number) == (out.stat().st_size, "DC-2026-0001")
    (handed,) = shop.rows(HandedCopy)
    assert (handed["number"], handed["customer_id"], handed["sha256"]) == (
        "DC-2026-0001", number, done.sha256,
    )  # fmt: skip
    cover = pypdfium2.PdfDocument(out)[0].get_textpage().get_text_range()
    anchor = re.search(r"Trail ([\d,]+ · \w{4}-\w{4}-\w{4}-\w{4})", cover)
    assert shop.app.call(check_anchor, anchor[1]).fits
    event = shop.events()[-1]
    assert (event["operation"], event["subject"]) == ("privacy.write_copy", f"customer {number}")
    assert "Məmmədov" not in shop.trail_text()
    again = confirmed(shop.app, write_copy, number, tmp_path / "again.pdf", language="en")
    assert again.number == "DC-2026-0002"
    assert [path.name for path in tmp_path.glob("*.part")] == []
    shop.check_counts()
    shop.check_trail()


def test_a_copy_of_nobody_leaves_nothing(shop: Shop, tmp_path: Path) -> None:
    before = shop.events()
    with pytest.raises(NotFoundError):
        confirmed(shop.app, write_copy, 5, tmp_path / "copy.pdf", language="az")
    assert not (tmp_path / "copy.pdf").exists()
    assert shop.events() == before


def test_a_copy_that_cannot_be_written_is_not_entered(shop: Shop, tmp_path: Path) -> None:
    number = _customer(shop)
    before = shop.events()
    with pytest.raises(UnavailableError, match=r"copy\.pdf"):
        confirmed(shop.app, write_copy, number, tmp_path / "no" / "copy.pdf", language="az")
    assert shop.events() == before
    assert shop.rows(HandedCopy) == []


def test_staff_may_not_take_a_copy(shop: Shop, tmp_path: Path) -> None:
    with pytest.raises(NotAllowedError):
        confirmed(shop.as_role(Role.STAFF), write_copy, 1, tmp_path / "copy.pdf", language="az")


def test_nobody_waits_while_a_copy_is_written(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = _customer(shop)
    real = paper.write_copy

    def sell_meanwhile(copy, *args, **kwargs):
        sell(shop.app, [order(900)], "meanwhile")
        return real(copy, *args, **kwargs)

    monkeypatch.setattr(paper, "write_copy", sell_meanwhile)
    shop.app.trust_sign_in()
    shop.app.call_watched(Progress(), write_copy, number, tmp_path / "copy.pdf", language="az")
    assert (tmp_path / "copy.pdf").exists()


_WITH_A_NEW_TABLE = """
import sys
from contextlib import nullcontext
from pathlib import Path
from desktop_app.db import server
from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped
import desktop_app.app
from desktop_app.db.base import About, Base, Basis, Holds, Keep, Person, Purpose, column, schema
from desktop_app.kernel.access import Domain

class Wish(Base):
    __tablename__ = "wish"
    __about__ = About(
        Purpose.SERVICE, Basis.CONTRACT, Keep.WHILE_ACTIVE, Person.CUSTOMER, "customer_id"
    )
    __table_args__ = (schema(Domain.PEOPLE),)
    id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    customer_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger)
    text: Mapped[str] = column(Holds.PREFERENCE, String(100))

from desktop_app.privacy import operations, paper
from desktop_app.sign_in import Reception

real = paper.write_copy
def look(copy, *args, **kwargs):
    for place in copy.places_searched:
        if place.table == "wish":
            print("searched", place.found)
    for section in copy.sections:
        if section.key == "wish":
            print("told", section.rows)
    return real(copy, *args, **kwargs)
paper.write_copy = look

folder, name, password, number, out = sys.argv[1:]
with Reception(Path(folder), keyring=False).sign_in(name, password) as app:
    store = app._store
    owning = server._owning(store) if store.is_postgres else nullcontext(store.engine)
    with owning as engine, engine.execution_options(audited=False).begin() as connection:
        Wish.__table__.create(connection)
        connection.execute(
            Wish.__table__.insert(), {"id": 1, "customer_id": int(number), "text": "window seat"}
        )
    server.sync_accounts(store)
    app.trust_sign_in()
    app.call(operations.write_copy, int(number), Path(out), language="en")
"""


def test_a_table_added_tomorrow_is_in_the_copy_before_anybody_lists_it(
    shop: Shop, tmp_path: Path
) -> None:
    number = _customer(shop)
    done = subprocess.run(
        [sys.executable, "-c", _WITH_A_NEW_TABLE, shop.folder, PEOPLE[Role.OWNER], PASSWORD,
         str(number), tmp_path / "copy.pdf"],
        capture_output=True, text=True, cwd=ROOT, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert sorted(done.stdout.split("\n")[:2]) == ["searched 1", "told [['window seat']]"]
