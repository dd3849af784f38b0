"""CSV as programs really write it, read as a stream in bounded memory.

A *record* may span several physical lines (a quoted cell with line ends in it). Lines are counted
as an editor counts them: LF, CR LF and CR end one; other separators inside a cell do not.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from typing import TextIO

from desktop_app.kernel.words import Message, msg

LINE_LIMIT = 1 << 20
FIELD_LIMIT = 131_072
COLUMN_LIMIT = 200

Complain = Callable[[int, Message], None]


class Records:
    """The records of one text with the line each starts on; broken ones are told and left out."""

    def __init__(
        self, text: TextIO, separator: str, complain: Complain, *, sound: bool = False
    ) -> None:
        """Take a text in which U+FFFD stands for what could not be decoded, unless `sound`."""
        self._text = text
        self._separator = separator
        self._complain = complain
        self._unreadable = "" if sound else "\ufffd"
        self._line = 0
        self._flaw: Message | None = None
        self._lines: list[str] = []
        # The limit belongs to the process; others may have set it higher.
        csv.field_size_limit(FIELD_LIMIT)

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        """Give each whole record: its first line's number and its cells; blank ones are left out.

        A quote that is never closed ends the text: nothing after it can be trusted.
        """
        reader = csv.reader(self._feed(), delimiter=self._separator, strict=True)
        lines = self._lines
        while True:
            lines.clear()
            self._flaw = None
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                if self._refuse(closed="expected after" in str(error)):
                    return
                continue
            if self._flaw is not None:
                self._complain(self._first, self._flaw)
            elif any(cells):
                yield self._line - len(lines) + 1, cells

    @property
    def _first(self) -> int:
        return self._line - len(self._lines) + 1

    def _feed(self) -> Iterator[str]:
        readline = self._text.readline
        lines = self._lines
        unreadable = self._unreadable
        while line := readline(LINE_LIMIT):
            self._line += 1
            if len(line) == LINE_LIMIT and line[-1] not in "\r\n":
                line = self._too_long(line)
            if "\0" in line:
                self._flaw = msg("The row holds zero bytes; it was damaged or is not text.")
            elif unreadable and unreadable in line:
                self._flaw = msg("The row holds characters that cannot be read.")
            lines.append(line)
            yield line

    def _too_long(self, start: str) -> str:
        """Skip to the end of a line nobody can want whole and keep only that it was there."""
        while (more := self._text.readline(LINE_LIMIT)) and more[-1] not in "\r\n":
            pass
        self._flaw = msg("The line is longer than {limit} characters.", limit=LINE_LIMIT)
        return "\n" if start.count('"') % 2 == 0 else '"\n'

    def _refuse(self, *, closed: bool) -> bool:
        """Tell what is wrong with the record just read; True if nothing after it can be read."""
        opened = self._open_quote(closed=closed)
        if opened is not None:
            self._complain(
                opened,
                msg("A quotation mark opens here and is not closed. Nothing after it was read."),
            )
            return True
        if len(self._lines) > 1:
            self._complain(
                self._first,
                msg("Quotation marks in this row do not match. Nothing after it was read."),
            )
            return True
        self._complain(
            self._first,
            self._flaw
            or (
                msg("A cell is longer than {limit} characters.", limit=FIELD_LIMIT)
                if max(map(len, self._lines), default=0) > FIELD_LIMIT
                else msg("Quotation marks in this row do not match.")
            ),
        )
        return False

    def _open_quote(self, *, closed: bool) -> int | None:
        """Return the line of the quote that is still open at the end of the record.

        With `closed`, one that stands for another cell closed it: the last to span lines is meant.
        """
        opened = spanning = None
        for number, line in enumerate(self._lines, self._first):
            for _ in range(line.count('"')):
                if opened is None:
                    opened = number
                else:
                    spanning = opened if opened < number else spanning
                    opened = None
        return spanning if closed else opened


def separator_of(header: str, candidates: tuple[str, ...] = (",", ";", "\t", "|")) -> str:
    """Return what separates the cells of a header line: whatever makes the most of them."""
    bare = "".join(header.split('"')[::2])
    return max(candidates, key=bare.count)
