import io
from datetime import datetime, timedelta, timezone

import pikepdf
import pypdfium2
import pytest

from desktop_app.kernel.words import msg, words
from desktop_app.printing.emergency_sheet import Command, EmergencySheet, write_emergency_sheet
from desktop_app.printing.qr import qr_modules

GROUPS = tuple(f"{n * 111111:06d}" for n in range(1, 10))
IDENTITY = "AGE-SECRET-KEY-1" + "GFPYYSJZ" * 7 + "Q4EGAE"
SHEET = EmergencySheet(
    venue="Şirvanşah Restoranı",
    owner="Rəşad Əliyev",
    made_at=datetime(2026, 11, 23, 15, 45, tzinfo=timezone(timedelta(hours=4))),
    code_groups=GROUPS,
    key_id="7F3A-19C2",
    identity=IDENTITY,
    root_fingerprint="3f9a77c10b2e8d4155aa90fe1234abcd",
    backup_places=("D:\\Clopos backups", "/media/usb/clopos"),
    commands=(
        Command(msg("Open a backup"), "age -d -i key.txt snapshot.age > store.tar"),
        Command(msg("Unpack it"), "tar xf store.tar"),
        Command(msg("Read it"), "sqlcipher store.db"),
    ),
)


def sheet(language, record=SHEET):
    out = io.BytesIO()
    write_emergency_sheet(record, out, words(language))
    with pypdfium2.PdfDocument(out.getvalue()) as document:
        assert len(document) == 1
        return out.getvalue(), document[0].get_textpage().get_text_bounded()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "Forgotten password: open the program"), ("az", "Şifrə unudulub: proqramı açın")],
)
def test_the_sheet_is_one_page_with_everything_on_it(language, sentence):
    _, text = sheet(language)
    joined = "".join(text.split())
    assert sentence in text
    for group in GROUPS:
        assert group in text
    for needed in (IDENTITY, SHEET.root_fingerprint, SHEET.key_id, *SHEET.backup_places):
        assert "".join(needed.split()) in joined
    for command in SHEET.commands:
        assert command.command in text


def test_many_places_still_fit_on_one_page():
    places = tuple(f"/media/disk-{n}/clopos" for n in range(60))
    record = EmergencySheet(
        **{
            name: getattr(SHEET, name)
            for name in EmergencySheet.__dataclass_fields__
            if name not in ("backup_places", "commands")
        },
        backup_places=places,
        commands=SHEET.commands,
    )
    _, text = sheet("en", record)
    assert "/media/disk-0/clopos" in text
    assert "sqlcipher store.db" in text


def test_the_sheet_is_tagged_and_its_fonts_are_embedded():
    content, _ = sheet("az")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        fonts = [
            entry
            for entry in pdf.objects
            if isinstance(entry, pikepdf.Dictionary) and entry.get("/Type") == "/FontDescriptor"
        ]
    assert fonts
    assert all("/FontFile2" in font for font in fonts)


def test_a_qr_code_has_its_three_corners_and_refuses_what_readers_disagree_on():
    modules = qr_modules(IDENTITY)
    corner = [row[:7] for row in modules[:7]]
    assert corner[0] == [True] * 7
    assert corner[1] == [True, *[False] * 5, True]
    assert modules[-1][:7] == [True] * 7
    assert [row[-1] for row in modules[:7]] == [True] * 7
    with pytest.raises(UnicodeEncodeError):
        qr_modules("Əliyeva")
