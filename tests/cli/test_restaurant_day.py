"""One day of a restaurant as scripts would run it, from the first product to the restored copy."""

import shutil
from decimal import Decimal

import pypdfium2
import pytest

from desktop_app.sign_in import Reception
from desktop_app.vault.cost import KdfCost
from desktop_app.venue.records import NewVenue
from tests.cli import shop
from tests.cli.conftest import Clopos

BY = ("day", "week", "month", "hour", "weekday", "item", "category", "payment", "staff",
      "sale-type")  # fmt: skip


class Day:
    """A restaurant on its first day."""

    def __init__(self, run, folder, key):
        self.run = run
        self.folder = folder
        self.key = key

    def call(self, *arguments):
        said = self.run(*arguments, "--json")
        assert (said.code, said.err) == (0, ""), (arguments, said.err)
        return said.json

    def refused(self, *arguments):
        said = self.run(*arguments, "--json")
        assert said.code not in {0, 70}
        return said.error["message"]

    def stock(self):
        return {row["name"]: row for row in self.call("stock", "list")["rows"]}

    def figures(self):
        """Return everything that must be the same in a restored copy."""
        ask = [
            ("report", "sales", "--by", "item"), ("stock", "value"), ("stock", "moves"),
            ("finance", "accounts"), ("shifts", "list"), ("orders", "list"), ("menu", "list"),
            ("report", "z"),
        ]  # fmt: skip
        return [self.call(*one) for one in ask]


@pytest.fixture
def day(capsys, monkeypatch, english, files, tmp_path):
    made = Reception(tmp_path / "store", keyring=False).create(
        NewVenue(shop.VENUE), shop.OWNER, shop.PASSWORD, cost=KdfCost.FLOOR
    )
    made.app.close()
    key = shop.write(tmp_path, "key.txt", f"{made.code.text}\n")
    return Day(Clopos(capsys, monkeypatch, tmp_path / "store", files), tmp_path, key)


def test_a_day_from_the_delivery_to_the_z_report(day):
    call = day.call
    bread, water = _open_the_kitchen(day)

    # Over the day: receipts with a discount, a gift, service and two ways to pay.
    call("shifts", "open", "100")
    _sell(day, bread, water)
    call("shifts", "cash-out", "12.30", "--reason", "buz")

    # What went out: 5 breads of 200 g flour; 5 waters, of which one came back.
    stock = day.stock()
    assert (stock["Un"]["quantity"], stock["Su"]["quantity"]) == ("24000", "44")
    assert call("stock", "value")["total"] == "50.80"
    moved = sum(Decimal(row["cost"]) for row in call("stock", "moves")["rows"])
    assert moved == Decimal("50.80")

    # Sales added up by anything come to one sum.
    totals = {by: call("report", "sales", "--by", by)["total"]["revenue"] for by in BY}
    assert set(totals.values()) == {"12.38"}, totals

    # At night: a blind count, and the Z report with the cash that was counted.
    _count(day, water)
    x = call("report", "x")
    assert (x["receipts"], x["refunds"], x["voids"]) == (3, 1, 1)
    expected = Decimal(x["expected"])
    closed = call("shifts", "close", str(expected - Decimal("0.20")))
    assert (closed["difference"], closed["z_number"]) == ("-0.20", 1)
    for paper in ("a4", "80mm"):
        out = day.folder / f"z-{paper}.pdf"
        call("report", "z", "--out", out, "--paper", paper)
        with pypdfium2.PdfDocument(out) as pages:
            assert shop.VENUE in pages[0].get_textpage().get_text_bounded()
    assert call("audit", "verify", "--full")["ok"]

    # The computer burns; another one has the same day.
    before = day.figures()
    call("backup", "target", "add", "usb", day.folder / "usb")
    call("backup", "run")
    shutil.rmtree(day.run.folder)
    copy = day.folder / "another computer"
    call("backup", "restore", "--from", day.folder / "usb", "--recovery-key-file", day.key,
         "--into", copy)  # fmt: skip
    day.run.folder = copy
    assert day.figures() == before


def _open_the_kitchen(day):
    """Write a technical card in three levels and receive a supply of its flour."""
    call = day.call
    flour = call("menu", "add", "Un", "--kind", "ingredient", "--unit", "g")["id"]
    dough = call("menu", "add", "Xəmir", "--kind", "preparation", "--unit", "g")["id"]
    call("menu", "recipe", dough, "--output", "1.5kg", "--part", f"{flour}=1kg")
    bread = call("menu", "add", "Təndir çörəyi", "--price", "1.50", "--tax", "18")["id"]
    call("menu", "recipe", bread, "--part", f"{dough}=300g/280g")
    water = call("menu", "add", "Su", "--kind", "goods", "--price", "2")["id"]
    assert "Xəmir → Xəmir" in day.refused("menu", "recipe", dough, "--part", f"{dough}=1kg")
    kitchen = call("storages", "add", "Mətbəx", "--sells")["id"]
    mill = call("suppliers", "add", "Dəyirman MMC")["id"]
    call("stock", "supply", "--storage", kitchen, "--supplier", mill, "--invoice", "AA 17",
         "--line", f"{flour}:25kg:30", "--line", f"{water}:48:24")  # fmt: skip
    assert call("menu", "show", bread)["cost"] == "0.24"  # 300 g of dough hold 200 g of flour
    return bread, water


def _sell(day, bread, water):
    """Sell three times; take one line of the first back, and all of the last."""
    call = day.call
    first = call("orders", "enter", "--line", f"{bread}=4", "--line", f"{water}=2", "--discount",
                 "10", "--payment", "cash=5", "--payment", "card=4", "--table", "Masa 7",
                 "--sale-type", "Zal")  # fmt: skip
    second = call("orders", "enter", "--line", f"{water}=3", "--gift", f"{bread}=1",
                  "--service", "10", "--payment", "card=6.60", "--sale-type", "Zal")  # fmt: skip
    third = call("orders", "enter", "--line", f"{bread}=10", "--payment", "cash=15")
    assert [one["total"] for one in (first, second, third)] == ["8.18", "6.00", "12.71"]
    assert "too much" in day.refused("orders", "enter", "--line", water, "--payment", "cash=3")
    call("orders", "refund", first["id"], "--line", "2=1", "--reason", "soyuq deyil",
         "--goods", "return")  # fmt: skip
    call("orders", "void", third["id"], "--reason", "səhv masa", "--goods", "return")
    assert "taken back" in day.refused("orders", "refund", third["id"], "--reason", "yenə")


def _count(day, water):
    """Count one bottle less than there should be; the owner is alone and approves it."""
    (kitchen,) = day.call("storages", "list")["rows"]
    count = day.call("stock", "count", "--storage", kitchen["id"], "--line", f"{water}:43")["id"]
    assert day.stock()["Su"]["quantity"] == "44"
    day.call("stock", "approve", count)
    assert day.stock()["Su"]["quantity"] == "43"
