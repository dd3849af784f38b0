"""A small restaurant with files to import, and how to speak to it on the command line."""

import csv
import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.conftest import ROOT

OWNER, MANAGER, STAFF = "rəşad", "aysel", "elvin"
PASSWORD = "çay qənd limon stəkan"
MANAGER_PASSWORD = "zanbaq körpü yelkən"
STAFF_PASSWORD = "bulud çinar qayıq yol"
VENUE = "Şirvanşah"

SALES = """id,date,time,name,size,type,price
A-1,2026-11-02,11:38:36,Plov,M,Əsas,13.25
A-1,2026-11-02,11:38:36,Çay,S,İçki,2
A-2,2026-11-02,18:05:00,=cmd|' /C calc'!A0,L,Əsas,20.5
A-3,2026-11-03,03:10:00,Plov,M,Əsas,13.25
A-4,2026-11-04,12:00:00,Dolma,M,Əsas,16
A-5,2026-11-04,12:30:00,Dolma,M,Əsas,16
"""
REVENUE = "81.00"
BAD_ROW = "A-6,2026-11-04,12:45:00,Dolma,M,Əsas,sixteen\n"

CUSTOMERS = """Kod,"Ad, soyad",Telefon,E-poçt,Doğum tarixi,Ünvan,VÖEN,Balans,Qeyd
C1,Əli Həsənov,+994501234567,ali@example.com,1990-02-03,"Bakı, Nizami 5",,"12,50 ₼",pəncərə yanı
C2,Нонна Князева,050-077-83-53,nonna@example.com,1991-03-27,"Баку, ул. Бейбутова 55",,,
"""


@dataclass(frozen=True)
class Said:
    """What a call of the command line gave back."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """Return the one document on standard output."""
        return json.loads(self.out)

    @property
    def error(self) -> dict[str, str]:
        """Return the error on standard error; standard output must be empty."""
        assert self.out == ""
        return json.loads(self.err)["error"]


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def many_sales(days: int, orders: int, prefix: str = "") -> tuple[str, dict[str, int]]:
    """Return a file with sales and how many orders each business day (yyyymmdd) has."""
    out = io.StringIO()
    sheet = csv.writer(out, lineterminator="\n")
    sheet.writerow(["id", "date", "time", "name", "size", "type", "price"])
    expected = {}
    for day in range(days):
        month, number = divmod(day, 28)
        date = f"2025-{month + 1:02d}-{number + 1:02d}"
        expected[date] = orders
        for order in range(orders):
            time = f"{8 + order * 10 // orders:02d}:{order % 60:02d}:00"
            for line in range(4):
                sheet.writerow(
                    [f"{prefix}{date}/{order}", date, time, f"Dish {line}", "M", "Main", "5"]
                )
    return out.getvalue(), expected


def clopos(
    *arguments: str | Path, stdin: str | None = None, home: Path | None = None, timeout: int = 600
) -> Said:
    """Run the program as the terminal does, with nothing on standard input unless given."""
    done = subprocess.run(
        command(*arguments),
        input=stdin or "",
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env=environment(home),
        timeout=timeout,
        check=False,
    )
    return Said(done.returncode, done.stdout, done.stderr)


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "desktop_app", *map(str, arguments)]


def environment(home: Path | None = None) -> dict[str, str]:
    """Return an environment without a keyring and with English texts."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP") if name in os.environ}
    xdg = {name: value for name, value in os.environ.items() if name.startswith("XDG_")}
    own = {"HOME": str(home)} if home else {}
    return {**kept, **xdg, **own, "LANG": "en_US.UTF-8", "DBUS_SESSION_BUS_ADDRESS": "disabled:"}
