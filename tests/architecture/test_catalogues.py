"""Every text of the program has its translation, and the translation can be trusted."""

import importlib.util
import sys

import pytest
from babel.messages.mofile import read_mo

from desktop_app.kernel.words import LANGUAGES, Words
from tests.conftest import ROOT

_spec = importlib.util.spec_from_file_location("i18n", ROOT / "packaging" / "i18n.py")
i18n = importlib.util.module_from_spec(_spec)
sys.modules["i18n"] = i18n
_spec.loader.exec_module(i18n)

HEAD = """msgid ""
msgstr ""
"Language: az\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
GOOD = 'msgid "Hello {name}"\nmsgstr "Salam {name}"\n'
TEXTS = [i18n.Text(("Hello {name}",), "a.py:1")]


@pytest.mark.parametrize("language", i18n.COMPLETE)
def test_every_text_is_translated_once_and_with_its_placeholders(language):
    texts = i18n.texts_of(i18n.PROGRAM)
    catalogues = i18n.read_language(i18n.CATALOGUES / language)
    complaints = i18n.complaints(texts, catalogues)
    assert not complaints, "\n" + "\n".join(complaints)


@pytest.mark.parametrize("path", sorted(i18n.CATALOGUES.glob("*/*.mo")), ids=lambda p: p.stem)
def test_every_compiled_catalogue_is_loaded_by_the_program(path):
    with path.open("rb") as file:
        catalogue = read_mo(file)
    spoken = Words(path.parent.name)
    said = {
        str(entry.id): entry.string for entry in catalogue if entry.id and not entry.pluralizable
    }
    assert {text: spoken.say(text) for text in said} == said


def test_every_language_folder_is_a_language_of_the_program():
    assert {path.name for path in i18n.CATALOGUES.iterdir() if path.is_dir()} <= set(LANGUAGES)


def catalogues(tmp_path, **files):
    folder = tmp_path / "az"
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.po").write_text(HEAD + text, encoding="utf-8")
    return i18n.read_language(folder)


def test_a_good_catalogue_has_no_complaints(tmp_path):
    assert not i18n.complaints(TEXTS, catalogues(tmp_path, core=GOOD, gui=GOOD))


PLANTED = {
    "no translation": "",
    "the translation is empty": 'msgid "Hello {name}"\nmsgstr ""\n',
    "placeholders are": 'msgid "Hello {name}"\nmsgstr "Salam {ad}"\n',
    "marked fuzzy": "#, fuzzy\n" + GOOD,
    "'{n} order': the translation is empty": GOOD
    + '\nmsgid "{n} order"\nmsgid_plural "{n} orders"\nmsgstr[0] "{n} sifariş"\n',
}


@pytest.mark.parametrize(("complaint", "text"), PLANTED.items(), ids=PLANTED.keys())
def test_a_planted_fault_is_found(tmp_path, complaint, text):
    found = i18n.complaints(TEXTS, catalogues(tmp_path, core=text))
    assert any(complaint in line for line in found), found


def test_a_text_translated_in_two_ways_is_found(tmp_path):
    other = GOOD.replace("Salam", "Xoş gəldin")
    found = i18n.complaints(TEXTS, catalogues(tmp_path, core=GOOD, gui=other))
    assert found == ["gui.po: 'Hello {name}': translated differently in another file"]


def test_a_translation_nobody_needs_is_noted(tmp_path):
    assert i18n.leftovers([], catalogues(tmp_path, core=GOOD)) == [
        "core.po: 'Hello {name}': no longer used"
    ]


def test_pruning_drops_what_is_not_used_and_leaves_the_rest_as_typed(tmp_path):
    gone = 'msgid "Old"\nmsgstr "Köhnə"\n'
    typed = HEAD + "# a remark\n" + GOOD
    catalogues(tmp_path, gui=gone + "\n# a remark\n" + GOOD, core=GOOD)
    assert i18n.prune(tmp_path / "az", TEXTS) == ["gui.po"]
    assert (tmp_path / "az" / "gui.po").read_text("utf-8") == typed
    assert not i18n.prune(tmp_path / "az", TEXTS)


def test_texts_are_found_where_they_are_said():
    source = (
        'msg("A" " long one")\nself.words.say("B")\nw.count("{n} c", "{n} cs", n)\n'
        'names.count("x")\nmsg(variable)\n'
    )
    found = [(text.key, text.place) for text in i18n.texts_in(source, "m.py")]
    assert found == [
        (("A long one",), "m.py:1"),
        (("B",), "m.py:2"),
        (("{n} c", "{n} cs"), "m.py:3"),
    ]


def test_compiling_makes_what_gettext_reads_and_removes_orphans(tmp_path):
    import gettext

    catalogues(tmp_path, core=GOOD)
    orphan = tmp_path / "az" / "gone.mo"
    orphan.write_bytes(b"old")
    assert i18n.compile_all(tmp_path) == 1
    with (tmp_path / "az" / "core.mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Hello {name}") == "Salam {name}"
    assert not orphan.exists()
