"""The main job as other programs do it: import, report, back up, lose, restore."""

import json
import shutil
import subprocess
from decimal import Decimal

import pypdfium2
import pytest

from tests.cli import shop
from tests.cli.shop import clopos, command, environment


class House:
    """A restaurant that exists only in a folder."""

    def __init__(self, folder):
        self.folder = folder
        self.store = folder / "store"
        self.key = folder / "key.txt"
        self.usb = folder / "usb"
        self.password = shop.write(folder, "password", f"{shop.PASSWORD}\n")

    def open(self, *more):
        return self.call(
            *("init", "--venue", shop.VENUE, "--owner", shop.OWNER),
            *("--recovery-key-file", self.key, *more),
        )

    def call(self, *arguments, store=None):
        who = ("--data", store or self.store, "--password-file", self.password, "--json")
        said = clopos(*who, *arguments, home=self.folder)
        assert said.code == 0, said.err
        assert said.err == ""
        return json.loads(said.out)


@pytest.fixture
def house(tmp_path):
    return House(tmp_path)


def test_a_burned_computer_costs_nothing(house):
    house.open("--kit", house.folder / "kit.pdf")
    files = [
        shop.write(house.folder, "sales.csv", shop.SALES),
        shop.write(house.folder, "customers.csv", shop.CUSTOMERS),
    ]
    added = house.call("import", "auto", *files)
    assert (added["orders_added"], added["customers_added"]) == (5, 2)
    assert added["revenue"] == shop.REVENUE
    report = house.call("report", "sales", "--by", "item")
    customers = house.call("customers", "find")
    house.call("backup", "target", "add", "usb", house.usb)
    made = house.call("backup", "run")
    shutil.rmtree(house.store)

    new = house.folder / "another computer" / "store"
    back = clopos(
        *("backup", "restore", "--from", house.usb, "--recovery-key-file", house.key),
        *("--into", new, "--json"),
        home=house.folder,
    )
    assert back.code == 0, back.err
    restored = back.json
    assert restored["restored_to"] == str(new)
    assert restored["rows"] == made["rows"]
    assert restored["audit_ok"] is True
    assert restored["erasures_replayed"] == 0
    assert restored["mismatches"] == []

    assert house.call("report", "sales", "--by", "item", store=new) == report
    assert house.call("customers", "find", store=new) == customers
    assert house.call("audit", "verify", store=new)["ok"] is True
    guest = next(row for row in customers["rows"] if row["name"] == "Əli Həsənov")
    out = house.folder / "copy.pdf"
    copy = house.call("privacy", "copy", "--customer", guest["id"], "--out", out, store=new)
    with pypdfium2.PdfDocument(out) as document:
        assert len(document) == copy["pages"]
        text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    assert "Əli Həsənov" in text
    assert "Нонна" not in text
    assert copy["places_with_data"] < copy["places_searched"]


@pytest.mark.shared_data
def test_real_sales_give_the_known_totals(house, shared_data):
    truth = json.loads((shared_data / "GROUND_TRUTH.json").read_text("utf-8"))
    expected = truth["pizzaplace/pizzaplace.csv"]
    house.open("--currency", "USD", "--timezone", "America/New_York", "--opening-time", "06:00")
    sales = shared_data / "datasets" / "pizzaplace" / "pizzaplace.csv"
    people = shared_data / "people" / "customers_az_ru_tr.csv"
    added = house.call("import", "auto", sales, people)
    assert added["orders_added"] == expected["orders"]
    assert added["lines_added"] == expected["file_rows"]
    assert Decimal(added["revenue"]) == Decimal(expected["revenue"])
    assert added["customers_added"] == 300
    again = house.call("import", "auto", sales, people)
    assert again["orders_added"] == again["lines_added"] == again["customers_added"] == 0
    assert again["revenue"] == "0.00"
    months = house.call("report", "sales", "--by", "month")
    assert {row["key"]: row["revenue"] for row in months["rows"]} == expected["revenue_by_month"]
    kinds = house.call("report", "sales", "--by", "category")
    assert {row["key"]: row["revenue"] for row in kinds["rows"]} == expected["revenue_by_type"]


def test_two_imports_at_once_lose_nothing(house):
    house.open()
    files = [
        shop.write(house.folder, f"{name}.csv", shop.many_sales(10, 40, name)[0])
        for name in ("A", "B")
    ]
    who = ("--data", house.store, "--password-file", house.password, "--json")
    running = [
        subprocess.Popen(
            command(*who, "import", "auto", file),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env=environment(house.folder),
        )
        for file in files
    ]
    added = 0
    for one, (out, err) in [(one, one.communicate(timeout=600)) for one in running]:
        if one.returncode == 0:
            added += json.loads(out)["orders_added"]
        else:
            assert one.returncode == 6, err
            assert "busy" in json.loads(err)["error"]["message"]
    assert added in (400, 800)
    report = house.call("report", "sales", "--by", "day")
    assert report["total"]["orders"] == added
    assert Decimal(report["total"]["revenue"]) == added * 20
    assert house.call("audit", "verify")["ok"] is True


def test_nothing_secret_is_said(house):
    """Not by a new store, not by a refusal, and not to other programs that read arguments."""
    said = clopos(
        *("--data", house.store, "--password-file", "-", "init", "--venue", shop.VENUE),
        *("--owner", shop.OWNER, "--recovery-key-file", house.key),
        stdin=f"{shop.PASSWORD}\n",
        home=house.folder,
    )
    assert said.code == 0, said.err
    wrong = clopos(
        *("--data", house.store, "--password-file", "-", "orders", "list"),
        stdin="my other password is here\n",
        home=house.folder,
    )
    assert wrong.code == 3
    spoken = said.out + said.err + wrong.out + wrong.err
    for secret in (shop.PASSWORD, "my other password", *house.key.read_text().strip().split("-")):
        assert secret not in spoken
