"""The demonstration's own words: text files of `[section]` and lines under it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from desktop_app.kernel.resources import resource


@cache
def sections(name: str) -> Mapping[str, Sequence[str]]:
    """Return the lines of a file under `resources/demo`, by section; `#` begins a remark."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in resource("demo", name).read_text("utf-8").splitlines():
        if line.startswith("["):
            lines = found[line.strip("[] ")] = []
        elif line and not line.startswith("#"):
            lines.append(line)
    return found


@cache
def people(section: str) -> Sequence[str]:
    """Return the entries of a section of `people.txt`: split at `;`, or at blanks for names."""
    lines = sections("people.txt")[section]
    if section in ("men", "women", "surnames"):
        return [word for line in lines for word in line.split()]
    return [entry for line in lines for entry in line.split(";")]
