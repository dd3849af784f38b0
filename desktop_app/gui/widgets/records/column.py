"""What a table shows of a record: one `Column` drives heading, painting, speech and copying."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from PySide6.QtGui import QPixmap

from desktop_app.gui.widgets.badge import Mood

R = TypeVar("R")
ColumnKind = Literal["text", "strong", "dim", "number", "money", "badge"]
_RIGHT: frozenset[ColumnKind] = frozenset({"number", "money"})


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column.

    `text` is what is painted; `raw` what Ctrl+C copies where that differs (`4812.40` for
    `₼4,812.40`); `mood` paints a badge; `sort` is the name the source sorts by, empty where the
    source has no order for this column; `sort_value` orders records that are all in memory.
    `key` is what the column is remembered by, in any language, where `sort` does not say it.
    `filed` is what a file says where the screen hides it, such as a telephone number. `picture` is
    painted before the text; an empty one leaves its place, None leaves none. A `spare` column is
    hidden until somebody asks for it. One that stretches is never narrower than `least`.
    """

    heading: str
    text: Callable[[R], str]
    width: int = 120
    kind: ColumnKind = "text"
    stretch: bool = False
    raw: Callable[[R], str] | None = None
    mood: Callable[[R], Mood] | None = None
    sort: str = ""
    sort_value: Callable[[R], Any] | None = None
    key: str = ""
    filed: Callable[[R], str] | None = None
    picture: Callable[[R], QPixmap | None] | None = None
    spare: bool = False
    least: int = 0

    @property
    def right(self) -> bool:
        """Tell whether the column is set to the right, as numbers are."""
        return self.kind in _RIGHT

    def copied(self, record: R) -> str:
        """Return the cell as it is copied: without tabs and line ends."""
        return _one_line((self.raw or self.text)(record))

    def written(self, record: R, *, paper: bool) -> str:
        """Return the cell for a file that is handed out; on paper it is written for people."""
        said = self.text if paper else self.raw or self.text
        return _one_line((self.filed or said)(record))


def _one_line(text: str) -> str:
    return text.replace("\t", " ").replace("\r", " ").replace("\n", " ")


@dataclass(frozen=True, slots=True)
class Sort:
    """The order of a table: the `sort` name of a column and its direction."""

    by: str
    descending: bool = False
