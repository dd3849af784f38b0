import io
from datetime import datetime, timedelta, timezone

import pikepdf
import pypdfium2
import pytest

from desktop_app.kernel.words import words
from desktop_app.printing.code_slip import CodeSlip, write_code_slip

BAKU = timezone(timedelta(hours=4))
CODE = "7QK3M-9MZDA-0R4TX"
SLIP = CodeSlip(
    "Şirvanşah Restoranı",
    "Aysel Məmmədova",
    CODE,
    "Rəşad",
    datetime(2026, 11, 23, 15, 45, tzinfo=BAKU),
    datetime(2026, 11, 24, 15, 45, tzinfo=BAKU),
)


def written(slip, language):
    out = io.BytesIO()
    write_code_slip(slip, out, words(language))
    with pypdfium2.PdfDocument(out.getvalue()) as document:
        assert len(document) == 1
        return out.getvalue(), document[0].get_textpage().get_text_bounded()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "Destroy this slip once you have signed in."), ("az", "vərəqi məhv edin")],
)
def test_the_slip_says_for_whom_how_long_and_what_to_do(language, sentence):
    _, text = written(SLIP, language)
    for needed in (SLIP.venue, SLIP.user, CODE, "2026", "15:45", sentence):
        assert needed in " ".join(text.split())
    assert "24" in text


def test_a_long_name_stays_on_one_page():
    slip = CodeSlip(SLIP.venue, "Ayxan-Məhəmməd " * 12, CODE, "R", SLIP.made_at, SLIP.ends_at)
    assert CODE in written(slip, "az")[1]


def test_neither_the_code_nor_the_person_is_in_what_a_viewer_lists():
    pdf, _ = written(SLIP, "en")
    with pikepdf.open(io.BytesIO(pdf)) as document:
        listed = " ".join(str(value) for value in document.docinfo.values())
        listed += str(document.open_metadata())
    assert CODE not in listed
    assert "Aysel" not in listed
    assert CODE not in repr(SLIP)
