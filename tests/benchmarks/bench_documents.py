"""A data copy with 10,000 orders: our writer against typst with the same pages.

Both are tagged PDF with subset fonts, a repeated table header and “page x of y”. Typst gets its
orders as JSON, prepared before the clock runs, fixed row heights and one table per 50 orders (the
quickest template we could write); ours makes the orders while it writes, attaches them as JSON as
well and sets five scripts. Each run is a process of its own; rounds alternate.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ORDERS = 10_000
ROUNDS = 3

OURS = """
import sys, time
began = time.perf_counter()
from tests.support.memory import peak_mib
from desktop_app.kernel.job import Progress
from desktop_app.kernel.words import words
from desktop_app.privacy.paper import write_copy
from tests.unit.printing.copies import copy
with open(sys.argv[1], "wb") as out:
    pages = write_copy(copy("az", int(sys.argv[2])), out, words("az"), Progress()).pages
peak = peak_mib()
print(time.perf_counter() - began, peak, pages)
"""

TYPST = """
import sys, time
began = time.perf_counter()
from tests.support.memory import peak_mib
import typst
typst.compile(sys.argv[2], output=sys.argv[1], root=sys.argv[3], font_paths=[sys.argv[4]],
              ignore_system_fonts=True)
peak = peak_mib()
print(time.perf_counter() - began, peak, 0)
"""

TEMPLATE = """
#set document(title: "Şəxsi məlumatlarınız")
#set text(font: ("Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Georgian",
  "Noto Sans SC", "Noto Emoji"), size: 8pt, lang: "az")
#let rule = rgb("#d5dbdf")
#let muted = rgb("#616e7a")
#set page(paper: "a4", margin: (x: 54pt, top: 72pt, bottom: 62pt),
  header: [Şirvanşah Restoranı #h(1fr) Şəxsi məlumatlarınız · DSR-2026-0412],
  footer: context [DSR-2026-0412 #h(1fr) Səhifə #counter(page).display() /
    #counter(page).final().first()])
#let orders = json("orders.json")
= Sifarişlər, mövqelər və ödənişlər
#for chunk in orders.chunks(50) {
  let cells = ()
  for order in chunk {
    cells.push(table.cell(colspan: 4, fill: rgb("#f8f9fa"))[*#order.number* #order.facts])
    cells.push(table.cell(fill: rgb("#f8f9fa"))[*#order.total*])
    for line in order.lines { for value in line { cells.push([#value]) } }
    for payment in order.payments {
      cells.push(table.cell(colspan: 4)[_#payment.at(0)_])
      cells.push([_#payment.at(1)_])
    }
    if order.note != "" { cells.push(table.cell(colspan: 5)[_Qeyd: #order.note _]) }
  }
  table(columns: (1fr, 46pt, 70pt, 72pt, 74pt), rows: 15pt, inset: (x: 5pt, y: 3.4pt),
    align: (left, right, right, right, right),
    stroke: (x, y) => (bottom: .4pt + rule),
    table.header([Mövqe], [Say], [Qiymət], [Endirim], [Cəmi]), ..cells)
}
"""


def run() -> dict[str, Any]:
    """Return medians of wall time and peak memory, ours and typst's, and their ratios."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        (here / "main.typ").write_text(TEMPLATE, encoding="utf-8")
        (here / "orders.json").write_text(_orders_json(), encoding="utf-8")
        ours, typst = [], []
        for _ in range(ROUNDS):
            ours.append(_measure(OURS, here / "ours.pdf", str(ORDERS)))
            fonts = str(ROOT / "resources" / "fonts")
            typst.append(
                _measure(TYPST, here / "typst.pdf", str(here / "main.typ"), str(here), fonts)
            )
        sizes = {name: (here / f"{name}.pdf").stat().st_size for name in ("ours", "typst")}
        pages = {"ours": int(ours[0][2]), "typst": _pages(here / "typst.pdf")}
    ratios = [theirs[0] / mine[0] for mine, theirs in zip(ours, typst, strict=True)]
    return {
        "name": "data copy, 10,000 orders",
        "rounds": ROUNDS,
        "pages": pages,
        "bytes": sizes,
        "wall_s": {"ours": _median(ours, 0), "typst": _median(typst, 0)},
        "peak_mib": {"ours": _median(ours, 1), "typst": _median(typst, 1)},
        "times_faster": round(statistics.median(ratios), 2),
        "times_faster_per_round": [round(ratio, 2) for ratio in ratios],
        "memory_ratio": round(_median(ours, 1) / _median(typst, 1), 3),
        "targets": {"times_faster": "> 1", "peak_mib": "< 300"},
    }


def _measure(script: str, target: Path, *arguments: str) -> tuple[float, float, float]:
    done = subprocess.run(
        [sys.executable, "-c", script, str(target), *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    wall, peak, pages = map(float, done.stdout.split())
    return wall, peak, pages


def _median(runs: list[tuple[float, float, float]], place: int) -> float:
    return round(statistics.median(measured[place] for measured in runs), 2)


def _pages(path: Path) -> int:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        return len(document)


def _orders_json() -> str:
    sys.path.insert(0, str(ROOT))
    from desktop_app.printing import format as written
    from tests.unit.printing.copies import orders

    def amount(minor: int) -> str:
        return written.amount(minor, "AZN", "az")

    return json.dumps(
        [
            {
                "number": order.number,
                "facts": " · ".join(
                    [
                        written.moment(order.at, "az"),
                        *(f"{fact.title.text}: {fact.value}" for fact in order.facts),
                    ]
                ),
                "total": amount(order.total_minor),
                "lines": [
                    [
                        line.name,
                        written.quantity(line.quantity, "az"),
                        amount(line.unit_price_minor),
                        amount(line.discount_minor) if line.discount_minor else "–",
                        amount(line.total_minor),
                    ]
                    for line in order.lines
                ],
                "payments": [
                    [
                        (
                            f"Ödəniş: {payment.method.text} {payment.card} · "
                            f"{written.moment(payment.at, 'az')}"
                        ),
                        amount(payment.amount_minor),
                    ]
                    for payment in order.payments
                ],
                "note": order.note,
            }
            for order in orders(ORDERS)
        ],
        ensure_ascii=False,
    )


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
