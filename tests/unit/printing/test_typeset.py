import random
import time

from desktop_app.printing import look
from desktop_app.printing.bidirectional import levels, visual_order
from desktop_app.printing.characters import on_one_line, paragraphs
from desktop_app.printing.typeset import Typesetter

RANGES = (
    range(0x20, 0x250),
    range(0x300, 0x370),
    range(0x400, 0x530),
    range(0x590, 0x700),
    range(0x900, 0x980),
    range(0x1F300, 0x1F700),
    range(0x2000, 0x2070),
    range(0x4E00, 0x4F00),
    range(0xD7F0, 0xE010),
    range(0xFE00, 0xFE10),
)


def test_every_line_fits_whatever_the_text():
    chance = random.Random(7)  # noqa: S311 - not a secret
    type_ = Typesetter()
    for _ in range(150):
        some = chance.choice(RANGES)
        text = "".join(chr(chance.choice(some)) for _ in range(chance.randrange(1, 120)))
        for line in type_.wrap(text, look.CELL, 90):
            assert line.width <= 90


def test_a_word_of_ten_thousand_letters_is_cut_quickly():
    type_ = Typesetter()
    began = time.perf_counter()
    lines = type_.wrap("ə" * 10_000, look.CELL, 300)
    assert time.perf_counter() - began < 3
    assert len(lines) > 100
    assert all(line.width <= 300 for line in lines)


def test_wide_text_is_measured_like_its_characters():
    type_ = Typesetter()
    assert type_.width("aab", look.CELL) == 2 * type_.width("a", look.CELL) + type_.width(
        "b", look.CELL
    )


def test_ordinary_text_is_drawn_without_replacement_text():
    type_ = Typesetter()
    for text in ("Şah plov", "Борщ", "ნინო", "古内尔", "غونل", "שלום"):
        assert "ActualText" not in type_.line(text, look.CELL).operators


def test_directions_follow_the_first_strong_letter():
    assert levels("abc אבג def") == [0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0]
    assert levels("abc") == [0, 0, 0]
    assert levels("א\u202e12")[0] == 1


def test_runs_are_reversed_by_level():
    runs = [("a", 0), ("B", 1), ("12", 2), ("C", 1), ("d", 0)]
    shown = visual_order(runs, lambda run: run[1])
    assert [text for text, _ in shown] == ["a", "C", "12", "B", "d"]


def test_line_ends_break_paragraphs_and_become_spaces_in_one_line():
    assert paragraphs("a\r\nb\u2028c\td") == ["a", "b", "c d"]
    assert on_one_line("a\nb\ud800") == "a b\ufffd"
