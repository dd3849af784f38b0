"""The order in which mixed Latin, Arabic and Hebrew text is drawn (Unicode annex 9).

Directional overrides are not obeyed: in a copy of somebody's data a hidden character must not be
able to make a line read differently from what is stored.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import TypeVar

from desktop_app.printing.engines import MIRRORED, bidi

T = TypeVar("T")
_LAM_ALEF = {
    "\u0644\u0622": "\ufef5",
    "\u0644\u0623": "\ufef7",
    "\u0644\u0625": "\ufef9",
    "\u0644\u0627": "\ufefb",
}
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]")
_IGNORED = frozenset({"BN", "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI", "B"})


def levels(text: str) -> list[int]:
    """Return the embedding level of every character; odd ones run from right to left."""
    if not RIGHT_TO_LEFT.search(text):
        return [0] * len(text)
    counted = [unicodedata.bidirectional(ch) not in _IGNORED for ch in text]
    visible = "".join(ch for ch, counts in zip(text, counted, strict=True) if counts)
    base = bidi.get_base_level(visible)
    found = _levels_of_visible(visible, base)
    result, level, at = [], base, 0
    for counts in counted:
        if counts:
            level = found[at]
            at += 1
        result.append(level)
    return result


def _levels_of_visible(text: str, base: int) -> list[int]:
    storage = bidi.get_empty_storage()
    storage["base_level"] = base
    storage["base_dir"] = "LR"[base]
    bidi.get_embedding_levels(text, storage)
    bidi.explicit_embed_and_overrides(storage)
    bidi.resolve_weak_types(storage)
    bidi.resolve_neutral_types(storage, debug=False)
    bidi.resolve_implicit_levels(storage, debug=False)
    found = [int(character["level"]) for character in storage["chars"]]
    return found if len(found) == len(text) else [base] * len(text)


def as_seen_from_right(text: str) -> str:
    """Return text with its brackets the way they are drawn when it runs from right to left.

    Viewers turn them back when text is copied, so glyphs must stand for what they look like.
    """
    return "".join(MIRRORED.get(character, character) for character in text)


def one_character(cluster: str) -> str:
    """Return a lam-alef as its single code point: viewers copy two backwards, one correctly."""
    return _LAM_ALEF.get(cluster, cluster)


def visual_order(runs: list[T], level: Callable[[T], int]) -> list[T]:
    """Return runs in the order they stand on the page, from left to right (rule L2)."""
    ordered = list(runs)
    odd = [level(run) for run in ordered if level(run) % 2]
    if not odd:
        return ordered
    for depth in range(max(level(run) for run in ordered), min(odd) - 1, -1):
        start = 0
        while start < len(ordered):
            end = start
            while end < len(ordered) and level(ordered[end]) >= depth:
                end += 1
            ordered[start:end] = ordered[start:end][::-1]
            start = max(end, start + 1)
    return ordered
