import hashlib
import io
import json
import re
import subprocess
import sys
import unicodedata
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest

from desktop_app.kernel.errors import StoppedError
from desktop_app.kernel.job import Progress
from desktop_app.kernel.money import major
from desktop_app.kernel.quantity import plain
from desktop_app.kernel.words import words
from desktop_app.privacy.paper import verification_code, write_copy
from tests.conftest import ROOT
from tests.unit.printing.copies import copy, orders

BLNS = ROOT.parent / "shared" / "data" / "vectors" / "blns"
HOSTILE = (
    "Əliyeva Günel Rəşid qızı · ığŞşİıÖöÜüÇç",
    "Щербакова-Чайковская Ёлка, їжак, ћирилица",
    "Şükrü Ağaoğlu · ₺ ₼ ₽ ₾ €",
    "غونل علييفا",
    "محمد الأمين بن لالة",
    "יוסי כהן (תל אביב)",
    "ნინო ბერიძე",
    "古内尔·阿利耶娃，不要洋葱",
    "Արամ Խաչատրյան",
    "สมชาย ใจดี",
    "आरती शर्मा",
    "Nguyễn Thị Ánh",
    "👩‍🍳 🥜 🎂 👍🏽 ☎ ✔ ♻",
    "Zoë Ångström",
    '=HYPERLINK("http://evil","x") <script>alert(1)</script> %s {name} \\(',
    "))(( <<>> /Name [1 0 R] % comment",
    "x" * 700,
)


def text_of(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    return "\n".join(pages)


def squeezed(text: str) -> str:
    """Return text without spaces, invisible marks and directions, in one normal form."""
    normal = unicodedata.normalize("NFKC", text)
    return "".join(
        ch
        for ch in normal
        if not ch.isspace() and unicodedata.category(ch) not in ("Cf", "Mn", "Cc", "Cn")
    )


def write(source, language="az"):
    out = io.BytesIO()
    result = write_copy(source, out, words(language), Progress())
    return out.getvalue(), result


@pytest.fixture(scope="module")
def ten_orders():
    return write(copy("az", 10, hostile=HOSTILE))


@pytest.fixture
def opened(ten_orders):
    with pikepdf.open(io.BytesIO(ten_orders[0])) as pdf:
        yield pdf


def test_what_is_reported_is_what_was_written(ten_orders, opened):
    content, result = ten_orders
    assert result.size == len(content)
    assert result.sha256 == hashlib.sha256(content).hexdigest()
    assert result.pages == len(opened.pages)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_names_and_notes_of_every_script_can_be_copied_from_the_pages(ten_orders, text):
    assert squeezed(text) in squeezed(text_of(ten_orders[0]))


def test_every_order_line_payment_and_note_is_on_the_pages(ten_orders):
    found = squeezed(text_of(ten_orders[0]))
    for order in orders(10):
        words_of_note = re.findall(
            r"\w+", order.note
        )  # viewers differ in how they order mixed directions
        for text in (order.number, *words_of_note, *(line.name for line in order.lines)):
            assert squeezed(text) in found
        total = major(order.total_minor, "AZN").replace(".", ",")
        assert total in found


def test_a_character_without_a_glyph_is_spelled_out():
    odd = "a\ua9d7b \U0001fbff\ue000 c\u202ed e\x07f \ud800"
    text = squeezed(text_of(write(copy("en", 1, hostile=(odd,)))[0]))
    assert "a[U+A9D7]b" in text
    assert "[U+E000]c[U+202E]de[U+0007]f" in text


@pytest.mark.shared_data
def test_the_naughty_strings_survive_printing():
    files = sorted(BLNS.glob("*.json"))
    if not files:
        pytest.skip("no ../shared/data")
    texts = [text for text in json.loads(files[0].read_text(encoding="utf-8")) if text]
    content, _ = write(copy("en", 1, hostile=tuple(texts)))
    found = squeezed(text_of(content))
    letters = [t for t in texts if t.isascii() and t.isprintable()]
    assert len(letters) > 150
    assert [text for text in letters if squeezed(text) not in found] == []


def test_every_page_says_which_of_how_many_it_is(ten_orders):
    content, result = ten_orders
    with pypdfium2.PdfDocument(content) as document:
        for number, page in enumerate(document, start=1):
            text = page.get_textpage().get_text_bounded()
            assert re.search(rf"Səhifə {number} / ?\s*{result.pages}\b", text), text[-200:]


def test_every_font_is_embedded(opened):
    fonts = [
        entry
        for entry in opened.objects
        if isinstance(entry, pikepdf.Dictionary) and entry.get("/Type") == "/FontDescriptor"
    ]
    assert len(fonts) > 5
    assert all("/FontFile2" in font for font in fonts)
    types = {
        str(entry.Subtype)
        for entry in opened.objects
        if isinstance(entry, pikepdf.Dictionary) and entry.get("/Type") == "/Font"
    }
    assert types == {"/Type0", "/CIDFontType2"}


def test_the_contents_lead_to_the_pages_they_name(ten_orders, opened):
    cover = opened.pages[0]
    links = [note for note in cover.Annots if note.Subtype == "/Link"]
    numbers = {page.objgen: index for index, page in enumerate(opened.pages, start=1)}
    with pypdfium2.PdfDocument(ten_orders[0]) as document:
        text = document[0].get_textpage().get_text_bounded()
    assert len(links) == 8
    for link in links:
        page = numbers[link.Dest[0].objgen]
        title = re.escape(str(link.Contents))
        assert re.search(rf"{title}\s+{page}\b", text), (title, page)


def test_the_structure_is_tagged_for_screen_readers(opened):
    root = opened.Root
    assert root.MarkInfo.Marked
    assert str(root.Lang) == "az"
    assert "/PageLabels" in root
    assert "/Outlines" in root
    tags = set()
    todo = [root.StructTreeRoot]
    while todo:
        element = todo.pop()
        tags.add(str(element.get("/S", "")))
        kids = element.get("/K", pikepdf.Array())
        todo += list(kids) if isinstance(kids, pikepdf.Array) else []
        todo = [kid for kid in todo if isinstance(kid, pikepdf.Dictionary)]
    wanted = {"/H1", "/H2", "/P", "/Table", "/TR", "/TH", "/TD", "/TOC", "/TOCI", "/Link", "/L"}
    assert wanted | {"/Figure", "/Sect", "/LBody"} <= tags


def test_the_metadata_claims_archive_and_accessibility(opened):
    with opened.open_metadata() as metadata:
        assert metadata.pdfa_status == "3A"
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Şəxsi məlumatlarınız · DSR-2026-0412"
    assert opened.Root.OutputIntents[0].S == "/GTS_PDFA1"


def test_the_attached_json_says_what_the_source_says(ten_orders, opened):
    _, result = ten_orders
    attached = opened.attachments["data.json"].get_file().read_bytes()
    assert opened.Root.AF[0].AFRelationship == "/Data"
    assert hashlib.sha256(attached).hexdigest() == result.data_sha256
    found = json.loads(attached)
    source = copy("az", 10, hostile=HOSTILE)
    assert found["subject"] == {"id": "C-004217", "name": "Əliyeva Günel Rəşid qızı"}
    assert [s["key"] for s in found["sections"]] == [s.key for s in source.sections]
    values = [record["value"] for record in found["sections"][0]["records"]]
    assert values[:2] == ["Əliyeva Günel Rəşid qızı", "1991-04-17"]
    assert values[-len(HOSTILE) :] == list(HOSTILE)
    assert found["sections"][1]["records"][0]["status"] == "withdrawn"
    assert found["sections"][-1]["records"] == [as_json(order) for order in orders(10)]
    assert {p["table"]: p["found"] for p in found["places_searched"]} == {
        place.table: place.found for place in source.places_searched
    }


def as_json(order):
    note = {"note": order.note} if order.note else {}
    return {
        "number": order.number,
        "at": order.at.isoformat(),
        "currency": "AZN",
        "total": major(order.total_minor, "AZN"),
        **{fact.key: fact.value for fact in order.facts},
        **note,
        "lines": [
            {
                "name": line.name,
                "quantity": plain(line.quantity),
                "unit_price": major(line.unit_price_minor, "AZN"),
                "discount": major(line.discount_minor, "AZN"),
                "total": major(line.total_minor, "AZN"),
                "details": line.details,
            }
            for line in order.lines
        ],
        "payments": [
            {
                "method": payment.method_key,
                "amount": major(payment.amount_minor, "AZN"),
                "card": payment.card,
                "at": payment.at.isoformat(),
            }
            for payment in order.payments
        ],
    }


def test_half_a_surrogate_pair_is_kept_in_the_json():
    content, _ = write(copy("en", 1, hostile=("a\ud83d z",)))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        found = json.loads(pdf.attachments["data.json"].get_file().read_bytes())
    assert found["sections"][0]["records"][-1]["value"] == "a\ud83d z"


def test_the_verification_code_is_on_every_page_and_comes_from_the_json(ten_orders):
    content, result = ten_orders
    assert result.code == verification_code(result.data_sha256)
    assert text_of(content).count(result.code) == result.pages + 1


def test_places_where_nothing_was_found_are_listed(ten_orders):
    text = squeezed(text_of(ten_orders[0]))
    assert "Masasifarişləripeople.reservationheçnə" in text
    assert "Haqqınızdabunövməlumatsaxlamırıq." in text


def test_the_same_copy_gives_the_same_bytes(ten_orders):
    assert write(copy("az", 10, hostile=HOSTILE))[0] == ten_orders[0]


def test_english_pages_are_english():
    text = text_of(write(copy("en", 2), "en")[0])
    for sentence in ("Where we looked", "23 Nov 2026, 15:45", "₼4,812.40", "Page 1 of"):
        assert sentence in text


def test_a_note_longer_than_a_page_is_printed_to_its_end():
    long = " ".join(f"word{n}" for n in range(4000))
    content, result = write(copy("en", 1, hostile=(long,)), "en")
    assert result.pages > 8
    assert set(long.split()) <= set(text_of(content).split())


def test_a_copy_without_orders_recipients_or_figures_is_still_whole():
    source = copy("az", 0)
    source = replace(source, recipients=(), figures=(), sections=source.sections[:1])
    text = text_of(write(source)[0])
    assert "Məlumatlarınızı heç kimə vermirik." in text


def test_stopping_between_pages_ends_the_writing():
    progress = Progress()

    class StopAfterThree(io.BytesIO):
        def write(self, content):
            if progress.snapshot().done >= 3:
                progress.cancel()
            return super().write(content)

    out = StopAfterThree()
    with pytest.raises(StoppedError):
        write_copy(copy("az", 500), out, words("az"), progress)
    assert progress.snapshot().done <= 5
    assert not out.getvalue().endswith(b"%%EOF\n")


MEASURE = """
import sys
from desktop_app.kernel.job import Progress
from desktop_app.kernel.words import words
from desktop_app.privacy.paper import write_copy
from tests.support.memory import peak_mib
from tests.unit.printing.copies import copy
with open(sys.argv[1], "wb") as out:
    result = write_copy(copy("az", 10_000), out, words("az"), Progress())
print(result.pages, peak_mib())
"""


def test_ten_thousand_orders_need_less_than_300_mib(tmp_path):
    target = tmp_path / "copy.pdf"
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(target)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    pages, mib = map(int, done.stdout.split())
    assert pages > 800
    assert mib < 300
