import io
import os
import tracemalloc

import pytest

from desktop_app.exchange.csv_text import FIELD_LIMIT, LINE_LIMIT
from desktop_app.exchange.files import open_bytes, open_file
from desktop_app.exchange.recognise import reader_named, recognise
from desktop_app.exchange.source import Source
from desktop_app.kernel.errors import InvalidError, NotFoundError, UnavailableError

HEADER = "id,date,time,name,size,type,price\n"
ROW = "{n},2015-01-01,11:38:36,hawaiian,M,classic,13.25\n"


def rows(*numbers):
    return "".join(ROW.format(n=number) for number in numbers)


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode("utf-8"),
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("utf-16-le"),
        lambda text: text.encode("utf-16-be"),
        lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    ],
    ids=["utf-8", "mark", "utf-16", "le", "be", "be mark"],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_every_encoding_line_end_and_separator_reads_alike(read, encode, ends, separator):
    text = HEADER + rows(1) + ROW.format(n=2).replace("hawaiian", "Şəkərbura Ё")
    got = read({"p.csv": encode(text.replace(",", separator).replace("\n", ends))})
    assert [order.reference for order in got.orders] == ["1", "2"]
    assert got.orders[1].lines[0].name == "Şəkərbura Ё"
    assert got.problems == []


def test_an_encoding_that_is_not_utf8_is_told(read):
    cyrillic = "Код,Имя,Телефон\n1,Нонна Князева,+994501234567\n".encode("cp1251")
    turkish = "Kod,Ad,Telefon\n1,Gülşen Işık Çağrı,+994501234567\n".encode("cp1254")
    for content, name, encoding in (
        (cyrillic, "Нонна Князева", "Windows-1251"),
        (turkish, "Gülşen Işık Çağrı", "Windows-1254"),
    ):
        got = read({"m.csv": content})
        assert [customer.name for customer in got.customers] == [name]
        assert encoding in got.notices[0]


def test_bytes_in_no_known_encoding_are_refused():
    with pytest.raises(InvalidError, match="encoding"):
        open_bytes("x.csv", b"id,name\n1,\x81\x8d\n")


def test_a_damaged_letter_in_a_utf8_file_costs_one_row(read):
    text = (HEADER + rows(1, 2, 3)).replace("hawaiian", "pendirli_ş").encode()
    got = read({"p.csv": text.replace(b"\n2,", b"\n2,\xff", 1)})
    assert [order.reference for order in got.orders] == ["1", "3"]
    assert got.told == [(3, "")]


def test_rows_with_zero_bytes_are_told_and_the_others_come_in(read):
    got = read({"p.csv": HEADER + rows(1) + ROW.format(n="2\0") + rows(3)})
    assert [order.reference for order in got.orders] == ["1", "3"]
    assert got.told == [(3, "")]
    assert "zero bytes" in str(got.problems[0].message)


def test_an_unclosed_quote_ends_the_reading_where_it_opened(read):
    text = HEADER + rows(1, 2) + '3,2015-01-01,11:38:36,"haw\n' + rows(*range(4, 9))
    got = read({"p.csv": text})
    assert [order.reference for order in got.orders] == ["1", "2"]
    assert got.told == [(4, "")]
    assert "not closed" in str(got.problems[0].message)


def test_the_quote_is_named_where_it_opens_and_not_where_its_row_starts(read):
    text = HEADER + rows(1) + '2,"2015-\n01-01","11:\n38",x,"y\n' + rows(3)
    got = read({"p.csv": text})
    assert got.told == [(5, "")]


def test_a_quote_that_a_later_one_closes_by_chance_is_noticed(read):
    text = HEADER + rows(1) + '2,2015-01-01,11:38:36,"haw,M,classic,1\n' + rows(3)
    text += '4,2015-01-01,11:38:36,"haw",M,classic,1\n'
    got = read({"p.csv": text})
    assert [order.reference for order in got.orders] == ["1"]
    assert got.rejected == [3]


def test_a_stray_quote_in_one_line_costs_that_row(read):
    got = read({"p.csv": HEADER + '1,2015-01-01,11:38:36,"a" b,M,c,1\n' + rows(2)})
    assert [order.reference for order in got.orders] == ["2"]
    assert got.told == [(2, "")]


def test_lines_are_counted_as_an_editor_counts_them(read):
    text = (
        HEADER + '1,2015-01-01,11:38:36,"a\nb\r\nc\x1d\u2028d",M,c,1\n\n' + "2,bad,1:00,a,b,c,1\n"
    )
    got = read({"p.csv": text})
    assert got.told == [(6, "date")]
    assert got.orders[0].lines[0].name == "a b c d".replace("c d", "c d")


def test_ragged_rows_are_told_and_blank_ones_are_not(read):
    text = HEADER + "1,2\n\n,,,,,,\n" + rows(5) + ROW.format(n=6).replace("\n", ",,\n")
    text += ROW.format(n=7).replace("\n", ",x\n")
    got = read({"p.csv": text})
    assert [order.reference for order in got.orders] == ["5", "6"]
    assert got.told == [(2, ""), (7, "")]
    assert str(got.problems[0].message) == "The row has 2 cells instead of 7."


def test_a_cell_beyond_the_limit_costs_its_row(read):
    long = ROW.format(n=1).replace("hawaiian", "h" * (FIELD_LIMIT + 1))
    got = read({"p.csv": HEADER + long + rows(2)})
    assert [order.reference for order in got.orders] == ["2"]
    assert got.told == [(2, "")]


def test_a_line_beyond_the_limit_costs_its_row(read):
    got = read({"p.csv": HEADER + "x" * (3 * LINE_LIMIT) + "\n" + rows(2)})
    assert [order.reference for order in got.orders] == ["2"]
    assert got.told == [(2, "")]


class _Endless(io.RawIOBase):
    """A file of one line, `size` bytes long, that is nowhere."""

    def __init__(self, start: bytes, size: int) -> None:
        self._start, self._left = start, size

    def readable(self):
        return True

    def readinto(self, buffer):
        if self._start:
            count = min(len(buffer), len(self._start))
            buffer[:count], self._start = self._start[:count], self._start[count:]
            return count
        count = min(len(buffer), self._left)
        buffer[:count] = b"x" * count
        self._left -= count
        return count


@pytest.mark.parametrize("start", [b"", HEADER.encode() + rows(1).encode()], ids=["all", "after"])
def test_a_huge_line_is_not_read_whole(monkeypatch, tmp_path, read, start):
    path = tmp_path / "one line.csv"
    path.write_bytes(start or b"x")
    size = 192 << 20  # the same code runs for 1 GB; only the time differs
    monkeypatch.setattr(
        Source, "open", lambda *_args: io.BufferedReader(_Endless(start, size), 1 << 16)
    )
    tracemalloc.start()
    try:
        if start:
            got = read([open_file(path)])
            assert [order.reference for order in got.orders] == ["1"]
            assert got.told == [(3, "")]
        else:
            with pytest.raises(InvalidError, match="cannot be read"):
                recognise([path])
        assert tracemalloc.get_traced_memory()[1] < 24 << 20
    finally:
        tracemalloc.stop()


def test_what_is_no_readable_file_is_refused_with_a_reason(tmp_path):
    with pytest.raises(InvalidError, match="is a folder"):
        open_file(tmp_path)
    with pytest.raises(NotFoundError, match=r"There is no file “nothing\.csv”"):
        open_file(tmp_path / "nothing.csv")
    (tmp_path / "empty.csv").touch()
    with pytest.raises(InvalidError, match="is empty"):
        open_file(tmp_path / "empty.csv")
    with pytest.raises(UnavailableError, match="cannot be read"):
        open_file(tmp_path / "empty.csv" / "inside.csv")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders here")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(InvalidError, match="pipe"):
        open_file(tmp_path / "pipe.csv")


def test_a_file_that_may_not_be_read_says_so(tmp_path, monkeypatch):
    path = tmp_path / "p.csv"
    path.write_text(HEADER)
    if os.geteuid() == 0:  # nothing is forbidden to root
        monkeypatch.setattr(os, "open", _forbidden)
    else:
        path.chmod(0)
    with pytest.raises(UnavailableError, match="Permission denied"):
        open_file(path)


def _forbidden(*_args):
    raise PermissionError(13, "Permission denied")


@pytest.mark.parametrize("start", [b"%PDF-1.7", b"\xd0\xcf\x11\xe0", b"\x1f\x8b"])
def test_other_kinds_of_files_are_named(start):
    with pytest.raises(InvalidError, match="is not a table but"):
        open_bytes("menu.csv", start + b"\0" * 100)


def test_a_header_with_a_name_twice_or_too_many_names_is_refused():
    with pytest.raises(InvalidError, match="column “date” twice"):
        open_bytes("p.csv", b"id,date,date\n")
    with pytest.raises(InvalidError, match="more than 200"):
        open_bytes("p.csv", ",".join(f"c{n}" for n in range(5000)).encode())
    with pytest.raises(InvalidError):
        open_bytes("p.csv", b'"id,date\n' + b"x" * 100)
    with pytest.raises(InvalidError, match="names of columns"):
        open_bytes("p.csv", b"\n\n\n")


def test_a_file_that_nobody_recognises_hears_what_was_looked_for(tmp_path):
    path = tmp_path / "x\u202ey.csv"
    path.write_text("apples,pears\n1,2\n")
    with pytest.raises(InvalidError) as refused:
        recognise([path])
    assert "“xy.csv”" in str(refused.value.message)
    assert "apples, pears" in str(refused.value.message)
    hint = str(refused.value.hint)
    for found in ("id, date, time, name", "menu_item_id", "coffee_name", "Square", "customers"):
        assert found in hint


def test_only_the_named_reader_is_asked(tmp_path):
    path = tmp_path / "p.csv"
    path.write_text(HEADER + rows(1))
    ((reader, files),) = recognise([path], "pizzaplace")
    assert reader.name == "pizzaplace"
    assert files[0].size == path.stat().st_size
    with pytest.raises(InvalidError):
        recognise([path], "maven")
    with pytest.raises(NotFoundError, match="no reader"):
        reader_named("excel")


def test_the_same_file_given_twice_is_read_once(tmp_path):
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(HEADER + rows(1))
    ((_reader, files),) = recognise([tmp_path / "a.csv", tmp_path / "b.csv"])
    assert [file.name for file in files] == ["a.csv"]
