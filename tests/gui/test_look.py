"""Colours, typeface, icons, theme."""

import re
import tempfile

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics, QIcon, QRawFont
from PySide6.QtWidgets import QApplication, QCheckBox, QRadioButton

from desktop_app.gui import theme
from desktop_app.gui.fonts import LETTERS, WEIGHTS, font
from desktop_app.gui.icons import icon, picture
from desktop_app.gui.style_sheet import style_sheet
from desktop_app.gui.tokens import BORDER_PAIRS, DARK, LIGHT, TEXT_PAIRS, contrast
from desktop_app.kernel.resources import resource
from tests.gui import themed_icons


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("pair", TEXT_PAIRS, ids="-on-".join)
def test_every_text_can_be_read_on_its_ground(tokens, pair):
    ink, ground = (getattr(tokens, role) for role in pair)
    assert contrast(ink, ground) >= 4.5, f"{ink} on {ground} is {contrast(ink, ground):.2f}"


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("pair", BORDER_PAIRS, ids="-on-".join)
def test_every_input_border_can_be_seen(tokens, pair):
    line, ground = (getattr(tokens, role) for role in pair)
    assert contrast(line, ground) >= 3, f"{line} on {ground} is {contrast(line, ground):.2f}"


def test_contrast_agrees_with_the_standard():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("weight", WEIGHTS)
def test_the_bundled_typeface_holds_every_letter_of_our_languages(weight):
    raw = QRawFont(str(resource("fonts", "inter", f"Inter-{weight}.ttf")), 13)
    missing = [letter for letter in LETTERS if not raw.supportsCharacter(ord(letter))]
    assert not missing


def test_the_typeface_is_drawn_in_the_weight_asked_for():
    text = "Əliyeva ₼4.812,40"
    widths = [QFontMetrics(font(13, weight)).horizontalAdvance(text) for weight in (400, 600)]
    assert widths[0] < widths[1]


def test_tabular_figures_are_equally_wide():
    measure = QFontMetrics(font(13, tabular=True))
    assert measure.horizontalAdvance("1111") == measure.horizontalAdvance("8888")


def test_every_icon_file_can_be_drawn(qapp):
    for path in resource("icons").glob("*.svg"):
        image = picture(path.stem, "text", 24, 1.0).toImage()
        drawn = [image.pixelColor(x, y).alpha() for x in range(24) for y in range(24)]
        assert any(drawn), f"{path.name} draws nothing"


def test_every_icon_the_code_names_is_bundled():
    bundled = {path.stem for path in resource("icons").glob("*.svg")}
    package = resource().parent / "desktop_app" / "gui"
    pattern = re.compile(r'(?:icon|picture|IconLabel)\(\s*"([a-z0-9-]+)"')
    named = {
        name for path in package.rglob("*.py") for name in pattern.findall(path.read_text("utf-8"))
    }
    assert named
    assert named <= bundled


def test_the_icons_of_the_style_sheet_have_the_tints_of_their_theme():
    wanted = themed_icons.wanted()
    held = {path: path.read_text("utf-8") if path.exists() else "" for path in wanted}
    assert held == wanted, "python -m tests.gui.themed_icons writes them anew"
    folder = resource("icons", "themed")
    assert set(folder.iterdir()) == set(wanted)


@pytest.mark.parametrize("folder", ["Program Files (x86)", "Kafe Şirvanşah's"])
def test_the_tick_of_a_box_is_drawn_wherever_the_program_lies(qtbot, tmp_path, folder):
    path = tmp_path / folder / "check.svg"
    path.parent.mkdir()
    path.write_text(theme.tinted("check", LIGHT), "utf-8")
    drawn = []
    for used in (path, theme.tinted_file("check", LIGHT)):
        made = QCheckBox("")
        qtbot.addWidget(made)
        made.setStyleSheet(style_sheet(LIGHT, theme.tinted_file("chevron-down", LIGHT), used))
        made.setChecked(True)
        drawn.append(made.grab().toImage())
    assert drawn[0] == drawn[1]


def test_dressing_the_window_leaves_no_file_behind(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    for tokens in (DARK, LIGHT):
        theme.apply(tokens)
    assert not list(tmp_path.iterdir())


def test_an_icon_is_sharp_on_a_fine_screen_and_follows_the_theme():
    made = icon("search", "text")
    fine = made.pixmap(QSize(16, 16), 2.0, QIcon.Mode.Normal)
    assert fine.size() == QSize(32, 32)
    light = made.pixmap(QSize(16, 16)).toImage()
    theme.apply(DARK)
    assert made.pixmap(QSize(16, 16)).toImage() != light


def test_the_style_sheet_leaves_item_views_alone():
    sheet = style_sheet(
        LIGHT, resource("icons", "chevron-down.svg"), resource("icons", "check.svg")
    )
    views = ("QTableView", "QListView", "QTreeView", "QAbstractItemView", "QHeaderView")
    assert not [name for name in views if name in sheet]


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.name)
@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton])
def test_the_box_of_a_choice_stands_out_before_it_is_ticked(qtbot, kind, tokens):
    theme.apply(tokens)
    made = kind("")
    qtbot.addWidget(made)
    bare = made.grab().toImage()
    middle = bare.height() // 2
    shades = [bare.pixelColor(x, middle).name() for x in range(bare.width())]
    assert shades[0].upper() == tokens.bg
    assert max(contrast(shade, tokens.bg) for shade in shades) >= 3
    made.setChecked(True)
    assert made.grab().toImage() != bare
    theme.apply(LIGHT)


def test_switching_the_theme_changes_the_palette_at_once(qtbot):
    with qtbot.waitSignal(theme.theme.changed):
        assert theme.switch() is DARK
    assert QApplication.palette().window().color().name().upper() == DARK.bg
    assert theme.switch() is LIGHT
