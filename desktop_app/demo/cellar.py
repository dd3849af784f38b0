"""The storages of the demonstration: weekly supplies, dough, spoilage, and a count a month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from desktop_app.db.transaction import Transaction
from desktop_app.demo.cards import items
from desktop_app.demo.chance import stream
from desktop_app.demo.kitchen import low_of
from desktop_app.finance.kinds import AccountKind, SystemCategory
from desktop_app.finance.posting import account_for
from desktop_app.finance.tables import MoneyEntry
from desktop_app.kernel.clock import as_date, as_number, millis
from desktop_app.menu.kinds import ProductKind
from desktop_app.menu.recipes import CardBook
from desktop_app.menu.rules import flatten
from desktop_app.menu.sold import SoldBook
from desktop_app.orders.records import IncomingOrder
from desktop_app.stock.consuming import Card
from desktop_app.stock.kinds import CountState, MoveKind, PaperKind
from desktop_app.stock.moving import Cause, Mover
from desktop_app.stock.posting import Head, Line, write_paper
from desktop_app.stock.records import Amount
from desktop_app.stock.rules import line_sums
from desktop_app.stock.tables import (
    StockCount,
    StockCountLine,
    Storage,
    Supplier,
    SupplyPayment,
)
from desktop_app.venue.records import VenueCard

_MAIN, _CELLAR = "Mətbəx", "Zirzəmi"
_SUPPLIERS: tuple[tuple[str, str, str, int, tuple[str, ...]], ...] = (
    ("Qəssab Hacı MMC", "1501234561", "+994502101010", 7,
     ("Quzu", "Mal ", "Dəvə", "Toyuq")),
    ("Xəzər Balıq MMC", "1502345672", "+994502202020", 7, ("balı", "Krevet", "kürü")),
    ("Abşeron Süd", "1503456783", "+994502303030", 14,
     ("Süd", "Qatıq", "Qaymaq", "Kərə", "pendir", "Yumurta", "Dondurma")),
    ("Lənkəran Tərəvəz", "1504567894", "+994502404040", 0,
     ("Pomidor", "pomidor", "Xiyar", "Badımcan", "Bibər", "Soğan", "Sarımsaq", "Kartof", "Kələm",
      "Yerkökü", "Çuğundur", "Balqabaq", "Kahı", "Göyərti", "Limon", "Portağal", "Alma", "Nar",
      "meyvə", "Nanə")),
    ("Sərin İçkilər MMC", "1505678905", "+994502505050", 30, ()),
    ("Bərəkət Ərzaq MMC", "1506789016", "+994502606060", 21, ()),
)  # fmt: skip
"""Who supplies, and by which words in its name a product is known to come from them."""
_DRINKS, _DRY = 4, 5
_RESERVE = ("Un", "Düyü", "Şəkər", "Günəbaxan yağı", "Noxud")
_FORGOTTEN = ("Limon", "Badam")
"""What nobody bought in the last week."""
_REASONS = ("Xarab olub", "Vaxtı keçib", "Hazırlanarkən tökülüb", "Sınıb")
_PERISH = ("Pomidor", "Xiyar", "Göyərti", "Kahı", "Süd", "Qatıq", "Portağal", "Yumurta")
_TAX_BP, _COUNT_DAYS = 1800, 27
_RESERVED = 40
_ENTRY = (
    "id", "venue_id", "account_id", "category_id", "business_date", "at", "amount_minor",
    "document", "corrects", "instead_of", "note",
)  # fmt: skip
_PAID = ("document_id", "line_no", "at", "amount_minor", "entry_id", "note", "entered_by")


@dataclass(slots=True)
class Cellar:
    """Keeps the storages of a year, a few weeks at a time: before they are served, and after."""

    seed: int
    venue: VenueCard
    until: datetime
    numbers: Mapping[str, int]
    """The products by name."""
    main: int = 0
    cellar: int = 0
    bank: int = 0
    suppliers: list[int] = field(default_factory=list)
    counted: date | None = None
    _reserve: dict[int, int] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """Return the business day of the last moment."""
        return as_date(self.venue.time.business_date(self.until))

    def open(self, tx: Transaction, first: date) -> None:
        """Add storages and suppliers, and what lay in the cellar when the year began."""
        self.main, self.cellar = tx.ids.one(), tx.ids.one()
        for id_, name in ((self.main, _MAIN), (self.cellar, _CELLAR)):
            tx.add(
                Storage(
                    id=id_, venue_id=self.venue.id, name=name, sells=id_ == self.main,
                    since=as_number(first),
                )
            )  # fmt: skip
        for name, tax_id, phone, days, _ in _SUPPLIERS:
            self.suppliers.append(tx.ids.one())
            tx.add(
                Supplier(
                    id=self.suppliers[-1], name=name, tax_id=tax_id, phone=phone, email="",
                    address="Bakı", days_to_pay=days, note="",
                )
            )  # fmt: skip
        self._reserve = {self.numbers[one.name]: low_of(one) or 0 for one in items()}
        self.bank = account_for(tx, self.venue.id, AccountKind.BANK)
        whole = {one.name: one.unit.whole for one in items()}
        wanted = {self.numbers[name]: _RESERVED * whole[name] for name in _RESERVE}
        mover = Mover.read(tx, self.venue.id, [self.cellar], wanted)
        self._supply(tx, mover, _DRY, first, wanted, self.cellar)
        mover.flush(tx)
        self.counted = first

    def stock_up(self, tx: Transaction, orders: Sequence[IncomingOrder]) -> None:
        """Buy, each Monday, what the orders of the week will take; make dough; bring some up."""
        sold_book = SoldBook.read(tx)
        book = sold_book.cards
        weeks = self._weeks(sold_book, orders)
        products = {product for wanted in weeks.values() for product in wanted}
        products |= {self.numbers[name] for name in _RESERVE}
        mover = Mover.read(tx, self.venue.id, [self.main, self.cellar], products)
        spent: dict[int, int] = {}
        for monday, wanted in sorted(weeks.items()):
            sold = dict(wanted)
            self._week(tx, mover, book, (monday, wanted), spent)
            for one, much in sold.items():
                spent[one] = spent.get(one, 0) + much
        if weeks:
            self._bring_up(tx, mover, min(weeks))
        mover.flush(tx)
        tx.about("demonstration", weeks=len(weeks))

    def look_after(self, tx: Transaction, last: date) -> None:
        """Write off what was spoilt; count what lies there, once a month."""
        rng = stream(self.seed, "spoilt", last)
        names = rng.sample(_PERISH, 3)
        unit = {one.name: one.unit.whole for one in items()}
        numbers = [self.numbers[name] for name in self.numbers if name in unit]
        mover = Mover.read(tx, self.venue.id, [self.main], numbers)
        head = replace(
            self._head(tx, PaperKind.WRITE_OFF, last, self.main), reason=rng.choice(_REASONS)
        )
        cause = Cause(MoveKind.WRITE_OFF, head.at, head.business_date, head.id)
        lines = []
        for name in names:
            much = unit[name] * rng.randint(2, 9) // 10 or 1
            if unit[name] == 1000:  # noqa: PLR2004 - pieces
                much = 1000 * rng.randint(2, 9)
            much = min(much, mover.level((self.main, self.numbers[name])).quantity)
            if much <= 0:
                continue
            cost = mover.take((self.main, self.numbers[name]), much, cause)
            lines.append(Line(self.numbers[name], much, cost))
        if lines:
            write_paper(tx, self.venue, head, lines)
        if self.counted is None or self._is_time(self.counted, last):
            self._count(tx, mover, last)
        mover.flush(tx)
        tx.about("demonstration", written_off=len(lines))

    # --- a week

    def _weeks(self, book: SoldBook, orders: Sequence[IncomingOrder]) -> dict[date, dict[int, int]]:
        """Return what each week takes, by the Monday or the first day there is of it."""
        sold: dict[tuple[date, int, str, str], int] = {}
        days = [as_date(self.venue.time.business_date(one.opened_at)) for one in orders]
        first = min(days)
        for day, order in zip(days, orders, strict=True):
            monday = max(first, day - timedelta(days=day.weekday()))
            for line in order.lines:
                key = (monday, self.numbers.get(line.name, 0), line.variant, line.modifiers)
                sold[key] = sold.get(key, 0) + line.quantity
        goods = {self.numbers[one.name] for one in items() if one.kind is ProductKind.GOODS}
        cards = {how: Card(book.takes(*how)) for how in {key[1:] for key in sold}}
        weeks: dict[date, dict[int, int]] = {}
        for (monday, product, *how), much in sold.items():
            wanted = weeks.setdefault(monday, {})
            for one, part in cards[product, how[0], how[1]].takes(much):
                if one != product or one in goods:
                    wanted[one] = wanted.get(one, 0) + part
        return weeks

    def _week(
        self,
        tx: Transaction,
        mover: Mover,
        book: CardBook,
        week: tuple[date, dict[int, int]],
        spent: Mapping[int, int],
    ) -> None:
        """Buy what a week takes; `spent` is what the weeks before it, not served yet, will take."""
        monday, wanted = week
        made = {one: much for one, much in wanted.items() if one in book.made_ahead and much > 0}
        for product, much in made.items():
            for one, share in flatten(book.recipes, product).items():
                wanted[one] = wanted.get(one, 0) + round(share * much * 11 / 10)
        forgotten = {self.numbers[name] for name in _FORGOTTEN if name in self.numbers}
        late = (self.today - monday).days < 7  # noqa: PLR2004 - a week
        by_supplier: dict[int, dict[int, int]] = {}
        for one, much in wanted.items():
            if one in made or (late and one in forgotten):
                continue
            lies = mover.level((self.main, one)).quantity - spent.get(one, 0)
            if much + self._reserve[one] > lies:
                missing = much + self._reserve[one] * 3 // 2 - lies
                by_supplier.setdefault(self._supplier(one), {})[one] = missing
        for supplier, some in sorted(by_supplier.items()):
            self._supply(tx, mover, supplier, monday, some, self.main)
        for product, much in made.items():
            self._make(tx, mover, book, monday, Amount(product, much * 11 // 10))

    def _supply(
        self, tx: Transaction, mover: Mover, supplier: int, day: date, wanted: Mapping[int, int],
        storage: int,
    ) -> None:  # fmt: skip
        rng = stream(self.seed, "supply", supplier, day, storage == self.main)
        known = {self.numbers[one.name]: one for one in items()}
        due = day + timedelta(days=_SUPPLIERS[supplier][3])
        head = replace(
            self._head(tx, PaperKind.SUPPLY, day, storage), supplier_id=self.suppliers[supplier],
            invoice=f"EQF-{rng.randint(100_000, 999_999)}", due_date=due,
        )  # fmt: skip
        cause = Cause(MoveKind.SUPPLY, head.at, head.business_date, head.id)
        lines = []
        for product, much in sorted(wanted.items()):
            one = known[product]
            step = _step(one.cost_minor, much, one.unit.whole)
            quantity = -(-much * 103 // 100 // step) * step
            price = one.cost_minor * (0.97 + 0.08 * rng.random())
            amount = max(1, round(price * quantity / one.unit.whole))
            sums = line_sums(amount, 0, _TAX_BP, included=True)
            mover.add((storage, product), quantity, amount, cause)
            lines.append(
                Line(
                    product, quantity, amount, amount_minor=amount, tax_bp=_TAX_BP,
                    net_minor=sums.net_minor, tax_minor=sums.tax_minor,
                )
            )  # fmt: skip
        serial = write_paper(tx, self.venue, head, lines)
        if due <= self.today:
            self._pay(tx, head.id, serial, due, sum(line.amount_minor for line in lines))

    def _pay(self, tx: Transaction, paper: int, serial: int, day: date, amount: int) -> None:
        entry = tx.ids.one()
        at = millis(min(self._morning(day), self.until))
        row = (
            entry, self.venue.id, self.bank, int(SystemCategory.SUPPLIES), as_number(day),
            millis(self.until), -amount, f"supply/{serial}", None, None, "",
        )  # fmt: skip
        tx.import_rows(MoneyEntry, _ENTRY, [row])
        tx.import_rows(SupplyPayment, _PAID, [(paper, 1, at, amount, entry, "", "")])

    def _make(self, tx: Transaction, mover: Mover, book: CardBook, day: date, made: Amount) -> None:
        head = replace(self._head(tx, PaperKind.PRODUCTION, day, self.main), made=made)
        cause = Cause(MoveKind.PRODUCTION, head.at, head.business_date, head.id)
        lines = []
        for one, share in flatten(book.recipes, made.product_id).items():
            much = round(share * made.quantity)
            lines.append(Line(one, much, mover.take((self.main, one), much, cause)))
        worth = sum(line.cost_minor for line in lines)
        mover.add((self.main, made.product_id), made.quantity, worth, cause)
        write_paper(tx, self.venue, head, lines)

    def _bring_up(self, tx: Transaction, mover: Mover, day: date) -> None:
        """Carry a little of the reserve from the cellar into the kitchen."""
        head = replace(self._head(tx, PaperKind.TRANSFER, day, self.cellar), target_id=self.main)
        cause = Cause(MoveKind.TRANSFER, head.at, head.business_date, head.id)
        whole = {self.numbers[one.name]: one.unit.whole for one in items()}
        lines = []
        for name in _RESERVE:
            product = self.numbers[name]
            much = min(whole[product], mover.level((self.cellar, product)).quantity)
            if much > 0:
                cost = mover.take((self.cellar, product), much, cause)
                mover.add((self.main, product), much, cost, cause)
                lines.append(Line(product, much, cost))
        if lines:
            write_paper(tx, self.venue, head, lines)

    # --- a count

    def _is_time(self, counted: date, last: date) -> bool:
        """Tell whether a day that is over is long enough after the last count."""
        return last < self.today and (last - counted).days >= _COUNT_DAYS

    def _count(self, tx: Transaction, mover: Mover, day: date) -> None:
        """Count the kitchen; the newest count still waits for somebody to approve it."""
        rng = stream(self.seed, "count", day)
        waits = (self.today - day).days < _COUNT_DAYS
        closed = self.venue.time.from_local(
            datetime.combine(day + timedelta(days=1), self.venue.opening)
        )
        at = min(closed - timedelta(milliseconds=1), self.until)
        row = StockCount(
            id=tx.ids.one(), venue_id=self.venue.id, storage_id=self.main, at=at,
            business_date=as_number(day), note="Aylıq inventarizasiya", counted_by="",
            state=CountState.WAITING if waits else CountState.APPROVED,
            decided_at=None if waits else at, decided_by="",
        )  # fmt: skip
        tx.add(row)
        found = []
        for (storage, product), level in sorted(mover.levels.items()):
            if storage == self.main and level.quantity > 0:
                off = level.quantity * rng.choice((0, 0, 0, -1, -2, 1)) // 100
                found.append((product, level.quantity + off, off))
        tx.import_rows(
            StockCountLine,
            ("count_id", "product_id", "counted"),
            [(row.id, product, counted) for product, counted, _ in found],
        )
        self.counted = day
        if not waits:
            self._approve(tx, mover, row, found)

    def _approve(
        self, tx: Transaction, mover: Mover, row: StockCount, found: Sequence[tuple[int, int, int]]
    ) -> None:
        paper = tx.ids.one()
        cause = Cause(MoveKind.COUNT, row.at, row.business_date, paper)
        lines = []
        for product, _, off in found:
            place, cost = (self.main, product), 0
            if off > 0:
                cost = round(mover.level(place).unit_cost * off)
                mover.put_back(place, off, cost, cause)
            elif off < 0:
                cost = -mover.take(place, -off, cause)
            mover.note_count(place, row.at, row.business_date)
            lines.append(Line(product, off, cost))
        head = Head(
            paper, PaperKind.COUNT, row.at, row.business_date, self.main, count_id=row.id,
            note=row.note, entered_at=self.until,
        )  # fmt: skip
        write_paper(tx, self.venue, head, lines)

    # --- places and times

    def _head(self, tx: Transaction, kind: PaperKind, day: date, storage: int) -> Head:
        at = min(self._morning(day), self.until)
        return Head(
            tx.ids.one(), kind, at, as_number(day), storage, entered_at=self.until
        )  # fmt: skip

    def _morning(self, day: date) -> datetime:
        opening = datetime.combine(day, self.venue.opening)
        return self.venue.time.from_local(opening) + timedelta(minutes=30)

    def _supplier(self, product: int) -> int:
        """Return who supplies a product, by the words in its name."""
        one = next(one for one in items() if self.numbers[one.name] == product)
        if one.kind is ProductKind.GOODS:
            return _DRINKS
        for at, (*_, words) in enumerate(_SUPPLIERS):
            if any(word in one.name for word in words):
                return at
        return _DRY


def _step(cost_minor: int, much: int, whole: int) -> int:
    """Return in which steps something is bought: kilograms, or less of what is dear."""
    if whole == 1000:  # noqa: PLR2004 - pieces
        return whole
    if cost_minor >= 20_000:  # noqa: PLR2004 - saffron
        return whole // 1000
    return whole if much >= whole else whole // 10
