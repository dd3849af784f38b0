"""Files made to hurt whoever reads them, with what a person is told about each."""

from __future__ import annotations

import io
import json
import os
import stat
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.support.workbooks import (
    GOOD,
    HEADER,
    ROW,
    book,
    inline,
    parts,
    rows_xml,
    sheet_xml,
    zipped,
)

CSV = (",".join(HEADER) + "\n" + ",".join(ROW) + "\n").encode()
LAUGHS = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "lol">' for n in range(10)
)
BOMB = f"<!DOCTYPE x [{LAUGHS}]>"
XXE = '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
MIB = 1 << 20
PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBB", 13, b"IHDR", 60_000, 60_000, 8, 6, 0, 0, 0)


@dataclass(frozen=True)
class Hostile:
    """A file, the words that must be in what is told of it, and limits to make it cheap."""

    file: str
    content: Callable[[], bytes]
    told: str
    limits: dict[str, int] = field(default_factory=dict)


def _with(prolog: str, part: str = "xl/worksheets/sheet1.xml", **more: bytes) -> bytes:
    made = parts()
    made[part] = made[part].replace(b"?>", f"?>{prolog}".encode(), 1)
    return zipped(made | more)


def _strings(text: bytes) -> bytes:
    """Return a workbook with one shared string."""
    links = parts()["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="s" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    )
    data = rows_xml([HEADER]) + '<row r="2"><c r="A2" t="s"><v>0</v></c></row>'
    main = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>'
    strings = main + text + b"</t></si></sst>"
    return book(data, **{"xl/_rels/workbook.xml.rels": links, "xl/sharedStrings.xml": strings})


def _lying_strings() -> bytes:
    """Return a workbook whose shared string unpacks to far more than its directory says."""
    content = bytearray(_strings(b"A" * (96 * MIB)))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        size = archive.getinfo("xl/sharedStrings.xml").file_size
    real, small = struct.pack("<I", size), struct.pack("<I", 1000)
    assert content.count(real) == 2  # in the directory and before the file
    return bytes(content.replace(real, small))


def _member(name: str, content: bytes = CSV, *, mode: int = 0, method: int = 8) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("good.csv", CSV)
        info = zipfile.ZipInfo("placeholder")
        info.filename = name
        info.compress_type = method
        info.external_attr = mode << 16
        archive.writestr(info, content)
    return out.getvalue()


def _flagged_encrypted() -> bytes:
    content = bytearray(zipped({"a.csv": CSV}))
    at = content.rindex(b"PK\x01\x02")
    content[at + 8] |= 1
    content[6] |= 1
    return bytes(content)


def _twice() -> bytes:
    content = zipped({"a.csv": CSV, "b.csv": CSV})
    return content.replace(b"b.csv", b"a.csv")


def _bad_crc() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.csv", CSV)
    return out.getvalue().replace(b"hawaiian", b"hawaiiam")


def _many_sheets() -> bytes:
    return zipped(parts({f"S{n}": sheet_xml("") for n in range(60)}))


def _formulas(count: int) -> str:
    return rows_xml([HEADER]) + "".join(
        f'<row r="{n}"><c r="A{n}"><f>A1+{n}</f><v>1</v></c></row>' for n in range(2, count + 2)
    )


def _tags(tag: str, step: int = 1) -> str:
    return "".join(tag.format(n=n) for n in range(60_000)[::step])


def _nested(levels: int) -> bytes:
    content = CSV
    name = "a.csv"
    for _ in range(levels):
        content, name = zipped({f"{n}{name}": content for n in range(4)}), "lib.zip"
    return content


TWO_CELLS = inline("A1", "x")
SHEET = "xl/worksheets/sheet1.xml"

WORKBOOKS = {
    "billion laughs": Hostile("a.xlsx", lambda: _with(BOMB), "entities"),
    "xxe": Hostile("a.xlsx", lambda: _with(XXE), "entities"),
    "xxe in the workbook": Hostile("a.xlsx", lambda: _with(XXE, "xl/workbook.xml"), "entities"),
    "xxe in the links": Hostile(
        "a.xlsx", lambda: _with(XXE, "xl/_rels/workbook.xml.rels"), "entities"
    ),
    "xxe in the first links": Hostile("a.xlsx", lambda: _with(XXE, "_rels/.rels"), "entities"),
    "two far cells": Hostile(
        "a.xlsx",
        lambda: book(
            f'<row r="1">{TWO_CELLS}</row><row r="1048576">{inline("XFD1048576", "y")}</row>'
        ),
        "XFD1048576",
    ),
    "a far column": Hostile(
        "a.xlsx", lambda: book(f'<row r="1">{TWO_CELLS}{inline("XFD1", "y")}</row>'), "XFD1;"
    ),
    "a far row": Hostile(
        "a.xlsx", lambda: book(f'<row r="1048576">{inline("A1048576", "y")}</row>'), "A1048576"
    ),
    "a far cell beyond Excel": Hostile(
        "a.xlsx", lambda: book(f'<row r="1">{inline("ZZZ9999999", "y")}</row>'), "ZZZ9999999"
    ),
    "cells without places": Hostile(
        "a.xlsx", lambda: book(f'<row>{"<c><v>1</v></c>" * 300}</row>'), "columns"
    ),
    "many rows": Hostile(
        "a.xlsx", lambda: book(rows_xml([HEADER, *[ROW] * 2000])), "rows beyond 1000",
        {"rows": 1000},
    ),
    "many cells": Hostile(
        "a.xlsx", lambda: book(rows_xml([HEADER, *[ROW] * 2000])), "1000 filled", {"cells": 1000}
    ),
    "many formulas": Hostile("a.xlsx", lambda: book(_formulas(200)), "formulas", {"formulas": 100}),
    "many sheets": Hostile("a.xlsx", _many_sheets, "60 sheets"),
    "a huge shared string": Hostile("a.xlsx", lambda: _strings(b"A" * (16 * MIB)), "200 times"),
    "a huge shared string that is not declared": Hostile(
        "a.xlsx", _lying_strings, "stopped|memory|damaged", {"memory": 150 * MIB}
    ),
    "macros": Hostile(
        "a.xlsx", lambda: book(**{"xl/vbaProject.bin": b"\xd0\xcf"}), "macros.*vbaProject"
    ),
    "macros by type": Hostile(
        "a.xlsx",
        lambda: zipped(parts(kind="sheet.macroEnabled")),
        "macros",
    ),
    "macros by name": Hostile("a.xlsm", book, "may hold macros"),
    "links to other files": Hostile(
        "a.xlsx", lambda: book(**{"xl/externalLinks/externalLink1.xml": b"<x/>"}), "links"
    ),
    "embedded documents": Hostile(
        "a.xlsx", lambda: book(**{"xl/embeddings/oleObject1.bin": b"\xd0\xcf"}), "embedded"
    ),
    "active controls": Hostile(
        "a.xlsx", lambda: book(**{"xl/activeX/activeX1.bin": b"x"}), "macros"
    ),
    "not well formed": Hostile("a.xlsx", lambda: book("<row><c></row>"), "damaged"),
    "a sheet that is missing": Hostile(
        "a.xlsx", lambda: zipped({k: v for k, v in parts().items() if k != SHEET}), "damaged"
    ),
    "no sheets": Hostile("a.xlsx", lambda: zipped(parts({})), "no table"),
    "an empty sheet": Hostile("a.xlsx", lambda: zipped(parts({"A": sheet_xml("")})), "no table"),
    "deep xml": Hostile(
        "a.xlsx", lambda: book("<row>" + _tags("<x{n}>") + _tags("</x{n}>", -1) + "</row>"),
        "no table|damaged|stopped",
    ),
    "a bad number": Hostile(
        "a.xlsx", lambda: book('<row r="1"><c r="A1"><v>zzz</v></c></row>'), "damaged|format"
    ),
    "a shared string that is not there": Hostile(
        "a.xlsx", lambda: book('<row r="1"><c r="A1" t="s"><v>99999999</v></c></row>'),
        "damaged|format|stopped",
    ),
    "cut short": Hostile("a.xlsx", lambda: book()[:-200], "damaged"),
    "a link out of the archive": Hostile(
        "a.xlsx",
        lambda: zipped(
            parts() | {
                "xl/_rels/workbook.xml.rels": parts()["xl/_rels/workbook.xml.rels"].replace(
                    b"worksheets/sheet1.xml", b"../../../../../etc/passwd"
                )
            }
        ),
        "damaged",
    ),
    "one column twice": Hostile("a.xlsx", lambda: book(rows_xml([("a", "a"), ROW])), "twice"),
}  # fmt: skip

ARCHIVES = {
    "a parent folder": Hostile("a.zip", lambda: _member("../../evil.csv"), "outside"),
    "a parent in the middle": Hostile("a.zip", lambda: _member("a/../../e.csv"), "outside"),
    "an absolute name": Hostile("a.zip", lambda: _member("/etc/evil.csv"), "outside"),
    "a drive": Hostile("a.zip", lambda: _member("C:evil.csv"), "outside"),
    "a backslash": Hostile("a.zip", lambda: _member("..\\evil.csv"), "outside"),
    "a zero byte": Hostile("a.zip", lambda: _member("a.csv\0.png"), "outside"),
    "a line end": Hostile("a.zip", lambda: _member("a\n.csv"), "outside"),
    "no name": Hostile("a.zip", lambda: _member(""), "damaged"),
    "a slip in a workbook": Hostile("a.xlsx", lambda: book(**{"../../x.xml": b"<x/>"}), "outside"),
    "a symlink": Hostile(
        "a.zip", lambda: _member("l.csv", b"/etc/passwd", mode=stat.S_IFLNK | 0o777), "link"
    ),
    "a pipe": Hostile("a.zip", lambda: _member("l.csv", mode=stat.S_IFIFO | 0o777), "link"),
    "a bomb": Hostile("a.zip", lambda: zipped({"a.csv": bytes(64 * MIB)}), "200 times"),
    "a bomb of many": Hostile(
        "a.zip",
        lambda: zipped({f"{n}.csv": os.urandom(MIB) for n in range(4)}),
        "more than 3 MiB", {"unpacked": 3 * MIB},
    ),
    "archives in archives": Hostile("a.zip", lambda: _nested(3), "another archive"),
    "too many files": Hostile(
        "a.zip", lambda: zipped({f"{n}.csv": b"" for n in range(2001)}), "2001 files"
    ),
    "the same name twice": Hostile("a.zip", _twice, "same name"),
    "a password": Hostile("a.zip", _flagged_encrypted, "password"),
    "another method": Hostile(
        "a.zip", lambda: _member("a.csv", method=zipfile.ZIP_LZMA), "packed in a way"
    ),
    "a wrong checksum": Hostile("a.zip", _bad_crc, "damaged"),
    "cut archive": Hostile("a.zip", lambda: zipped({"a.csv": CSV})[:-30], "damaged"),
    "only pictures": Hostile("a.zip", lambda: zipped({"a.png": PNG, "b.jpg": PNG}), "no table"),
    "only a program": Hostile("a.zip", lambda: zipped({"a.exe": b"MZ\x90"}), "no table"),
    "a program called csv": Hostile("a.zip", lambda: zipped({"a.csv": b"MZ\x90"}), "a program"),
    "an empty archive": Hostile("a.zip", lambda: zipped({}), "no table"),
    "a workbook called zip": Hostile("a.zip", book, "Excel workbook and not an archive"),
    "a bomb in a workbook in an archive": Hostile(
        "a.zip", lambda: zipped({"b.xlsx": _strings(b"A" * (16 * MIB))}), "200 times"
    ),
    "macros in an archive": Hostile(
        "a.zip", lambda: zipped({"xl/vbaProject.bin": b"x", "a.csv": CSV}), "macros"
    ),
}  # fmt: skip

JSONS = {
    "deep": Hostile("a.json", lambda: b"[" * 200_000 + b"]" * 200_000, "32 levels"),
    "deep objects": Hostile("a.json", lambda: b'{"a":' * 100_000, "32 levels"),
    "two million digits": Hostile("a.json", lambda: b'[{"a":' + b"9" * 2_000_000 + b"}]", "number"),
    "nan": Hostile("a.json", lambda: b'[{"a":NaN}]', "number"),
    "infinity": Hostile("a.json", lambda: b'[{"a":-Infinity}]', "number"),
    "1e999": Hostile("a.json", lambda: b'[{"a":1e999}]', "number"),
    "1e-999999999": Hostile("a.json", lambda: b'[{"a":1e-999999999}]', "number"),
    "a key twice": Hostile("a.json", lambda: b'[{"a":1,"a":2}]', "same field twice"),
    "cut json": Hostile("a.json", lambda: b'[{"a":1},\n{"b"', "line 2"),
    "an open string": Hostile("a.json", lambda: b'["' + b'\\"' * 500_000, "line 1"),
    "utf-16 json": Hostile("a.json", lambda: '[{"a":1}]'.encode("utf-16"), "text|UTF-8"),
    "latin json": Hostile("a.json", lambda: b'[{"a":"\xe9"}]', "UTF-8"),
    "no list": Hostile("a.json", lambda: b'{"a":1}', "not a list"),
    "an empty list": Hostile("a.json", lambda: b"[]", "not a list"),
    "a list of numbers": Hostile("a.json", lambda: b"[1,2,3]", "not a list"),
    "a failed answer": Hostile(
        "a.json", lambda: b'{"success":false,"data":[{"id":1}]}', "success: false"
    ),
    "a huge record": Hostile(
        "a.json", lambda: json.dumps([{"a": "x" * (2 * MIB)}]).encode(), "Record 1"
    ),
    "many records": Hostile(
        "a.json", lambda: b"[" + b'{"a":1},' * 999 + b'{"a":1}]', "1000 records", {"records": 900}
    ),
    "nobody's records": Hostile("a.json", lambda: b'[{"\\u202eevil":1}]', "not in a format"),
}

TEXTS = {
    "an open quote of 50 MB": Hostile("a.csv", lambda: CSV[:20] + b'"' + b"x" * (50 * MIB), "read"),
    "five million columns": Hostile("a.csv", lambda: b"a," * 5_000_000, "read|columns"),
    "201 columns": Hostile(
        "a.csv", lambda: ",".join(f"c{n}" for n in range(201)).encode(), "201 columns"
    ),
    "only zero bytes": Hostile("a.csv", lambda: bytes(100_000), "zero bytes"),
    "utf-32": Hostile("a.csv", lambda: CSV.decode().encode("utf-32"), "encoding"),
    "noise": Hostile("a.csv", lambda: b"\x81\x8d\x8f\x90" * 1000, "encoding"),
    "a pdf": Hostile("a.csv", lambda: b"%PDF-1.7\n", "a PDF"),
    "an old workbook": Hostile("a.xls", lambda: b"\xd0\xcf\x11\xe0" * 9, "old Excel"),
    "a workbook with a password": Hostile("a.xlsx", lambda: b"\xd0\xcf\x11\xe0" * 9, "password"),
    "gzip": Hostile("a.csv", lambda: b"\x1f\x8b\x08", "gzip"),
    "a picture of 3.6 thousand megapixels": Hostile("a.png", lambda: PNG, "a picture"),
    "a workbook called csv": Hostile("a.csv", book, "Excel workbook"),
    "a csv called xlsx": Hostile("a.xlsx", lambda: CSV, "called .xlsx"),
    "a csv called json": Hostile("a.json", lambda: CSV, "called .json"),
    "a plain archive called xlsx": Hostile(
        "a.xlsx", lambda: zipped({"a.csv": CSV}), "not an Excel workbook"
    ),
    "nothing": Hostile("a.csv", lambda: b"", "is empty"),
    "an empty workbook": Hostile("a.xlsx", lambda: b"", "is empty"),
    "a stranger's columns": Hostile("a.csv", lambda: b"apples,pears\n1,2\n", "not in a format"),
    "a column twice": Hostile("a.csv", lambda: b"id,id\n", "twice"),
}

CORPUS = WORKBOOKS | ARCHIVES | JSONS | TEXTS
assert len(CORPUS) == sum(map(len, (WORKBOOKS, ARCHIVES, JSONS, TEXTS)))
assert GOOD
