"""Pages of SQLCipher files: opened and closed exactly as SQLCipher does."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.backup.pages import (
    LOCK_PAGE,
    PAGE,
    BadPageError,
    PageCodec,
    hashes,
    numbers_of,
    root,
    runs,
    vectors,
)
from tests.unit.backup.shop import KEYS, Shop, connect, plain_pages

KEY, SALT = bytes(range(32)), bytes(range(16))


def _pages(count: int, seed: int = 1) -> np.ndarray:
    pages = np.random.default_rng(seed).integers(0, 256, (count, PAGE), np.uint8)
    pages[:, 4016:] = 0
    return pages


def test_sqlcipher_files_are_opened(shop: Shop) -> None:
    raw = np.frombuffer(shop.path("ops").read_bytes(), np.uint8).reshape(-1, PAGE).copy()
    numbers = np.arange(1, len(raw) + 1)
    PageCodec(KEYS["ops"], raw[0, :16].tobytes()).open(raw, numbers)
    assert [page.tobytes() for page in raw] == plain_pages(shop.path("ops"), KEYS["ops"])


def test_sqlcipher_opens_what_was_closed(shop: Shop, tmp_path: Path) -> None:
    pages = b"".join(plain_pages(shop.path("ops"), KEYS["ops"]))
    plain = np.frombuffer(pages, np.uint8).reshape(-1, PAGE)
    closed = PageCodec(KEY, SALT).close(plain, np.arange(1, len(plain) + 1))
    (tmp_path / "new.db").write_bytes(closed.tobytes())
    connection = connect(tmp_path / "new.db", KEY)
    assert connection.execute("PRAGMA cipher_integrity_check").fetchall() == []
    assert connection.execute("SELECT count(*) FROM sale").fetchone()[0] == 300
    connection.close()


@settings(max_examples=25, deadline=None)
@given(st.sets(st.integers(1, 3000), min_size=1, max_size=700))
def test_any_pages_come_back(chosen: set[int]) -> None:
    numbers = np.array(sorted(chosen), np.int64)
    pages = _pages(len(numbers))
    if numbers[0] == 1:
        pages[0, :16] = np.frombuffer(b"SQLite format 3\0", np.uint8)
    codec = PageCodec(KEY, SALT)
    closed = codec.close(pages, numbers)
    codec.check(closed, numbers)
    assert len(np.unique(vectors(closed), axis=0)) == len(numbers)
    codec.open(closed, numbers)
    assert (closed == pages).all()


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 3 * PAGE - 1), st.integers(1, 255))
def test_every_changed_byte_of_a_page_is_noticed(at: int, change: int) -> None:
    numbers = np.array([1, 2, 600], np.int64)
    codec = PageCodec(KEY, SALT)
    closed = codec.close(_pages(3), numbers)
    closed.reshape(-1)[at] ^= change
    if at < 16:
        return  # the salt makes the key, it is not authenticated under this one
    with pytest.raises(BadPageError) as caught:
        codec.open(closed, numbers)
    assert caught.value.number == numbers[at // PAGE]


def test_a_page_at_another_place_is_refused() -> None:
    codec = PageCodec(KEY, SALT)
    closed = codec.close(_pages(2), np.array([5, 6]))
    with pytest.raises(BadPageError):
        codec.open(closed[::-1].copy(), np.array([5, 6]))


def test_holes_are_zeros_but_never_page_1() -> None:
    codec = PageCodec(KEY, SALT)
    closed = codec.close(_pages(3), np.array([2, 3, 4]))
    closed[1] = 0
    codec.open(closed, np.array([2, 3, 4]))
    assert not closed[1].any()
    assert closed[0].any()
    with pytest.raises(BadPageError):
        codec.open(np.zeros((1, PAGE), np.uint8), np.array([1]))


def test_the_lock_page_stays_empty() -> None:
    numbers = np.array([LOCK_PAGE - 1, LOCK_PAGE])
    closed = PageCodec(KEY, SALT).close(np.zeros((2, PAGE), np.uint8), numbers)
    assert closed[0].any()
    assert not closed[1].any()


@given(st.sets(st.integers(1, 200)))
def test_runs_and_numbers_are_the_same(chosen: set[int]) -> None:
    numbers = np.array(sorted(chosen), np.int64)
    assert numbers_of(runs(numbers)).tolist() == numbers.tolist()


def test_the_root_covers_every_page() -> None:
    pages = _pages(3)
    before = root(hashes(pages))
    pages[2, 4000] ^= 1
    assert root(hashes(pages)) != before
