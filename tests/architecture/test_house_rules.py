"""The program keeps the house rules, and each rule catches what it forbids."""

from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.support import house

PROGRAM = ROOT / "desktop_app"
# Borders where everything must be caught: threads, the two shells, the one door.
CATCH_ALL = {
    *("gui/errors.py", "gui/bridge.py", "cli/main.py", "app.py", "db/operation.py"),
    "exchange/worker/child.py",  # a process of its own
}
QT_FREE_IN_GUI = {"gui/format.py"}
# What starts the window may run the main loop.
MAIN_LOOP = {"gui/start.py"}


def sources(*parts: str, under: Path = PROGRAM) -> list[tuple[str, str]]:
    folder = under.joinpath(*parts)
    paths = [path for path in sorted(folder.rglob("*.py")) if "__pycache__" not in path.parts]
    return [(path.relative_to(under).as_posix(), path.read_text("utf-8")) for path in paths]


def broken(rule: house.Rule, modules: list[tuple[str, str]], *, but: set[str] = frozenset()):
    return [
        f"{name}:{complaint}"
        for name, source in modules
        if name not in but
        for complaint in rule(source)
    ]


def show(complaints: list[str]) -> str:
    return "\n" + "\n".join(complaints)


def test_no_module_is_longer_than_400_lines():
    complaints = broken(house.not_too_long, sources())
    assert not complaints, show(complaints)


def test_no_test_module_is_longer_than_600_lines():
    modules = sources(under=ROOT / "tests")
    complaints = broken(lambda text: house.not_too_long(text, house.TEST_LIMIT), modules)
    assert not complaints, show(complaints)


def test_time_comes_from_the_clock():
    complaints = broken(house.clock_is_asked, sources(), but={"kernel/clock.py"})
    assert not complaints, show(complaints)


def test_every_text_stands_in_the_source_as_in_the_catalogue():
    complaints = broken(house.texts_are_literals, sources(), but={"kernel/words.py", "gui/text.py"})
    assert not complaints, show(complaints)


def test_nobody_catches_everything_but_the_borders():
    complaints = broken(house.errors_are_named, sources(), but=CATCH_ALL)
    assert not complaints, show(complaints)


def test_widgets_show_only_what_the_catalogue_says():
    complaints = broken(house.shown_texts_are_translated, sources("gui"))
    assert not complaints, show(complaints)


def test_the_command_line_prints_only_what_the_catalogue_says():
    complaints = broken(house.printed_texts_are_translated, sources("cli"))
    assert not complaints, show(complaints)


def test_the_window_never_waits():
    complaints = broken(house.window_never_waits, sources("gui"), but=MAIN_LOOP)
    assert not complaints, show(complaints)


def test_formatting_for_people_needs_no_qt():
    modules = [module for module in sources("gui") if module[0] in QT_FREE_IN_GUI]
    complaints = broken(house.starts_without_qt, modules)
    assert not complaints, show(complaints)


def test_exceptions_to_the_rules_name_modules_that_exist():
    named = CATCH_ALL | MAIN_LOOP | QT_FREE_IN_GUI
    gone = {name for name in named if not (PROGRAM / name).exists()}
    assert not gone, f"remove them from the lists above: {sorted(gone)}"


PLANTED = {
    "a long module": (house.not_too_long, "x = 1\n" * 401),
    "datetime.now": (house.clock_is_asked, "datetime.now(UTC)"),
    "time.time": (house.clock_is_asked, "started = time.time()"),
    "date.today": (house.clock_is_asked, "datetime.date.today()"),
    "an f-string": (house.texts_are_literals, 'msg(f"Hello {name}")'),
    "an f-string in a form": (house.texts_are_literals, 'msgs("{n} row", f"{n} rows", n)'),
    "an f-string to count": (house.texts_are_literals, 'w.count(f"{n} row", "{n} rows", n)'),
    "a variable as text": (house.texts_are_literals, "words.say(title)"),
    "an added text": (house.texts_are_literals, 'msg("No " + what)'),
    "except Exception": (house.errors_are_named, "try:\n a()\nexcept Exception:\n b()"),
    "a bare except": (house.errors_are_named, "try:\n a()\nexcept:\n b()"),
    "Exception among others": (
        house.errors_are_named,
        "try:\n a()\nexcept (OSError, Exception):\n b()",
    ),
    "a label": (house.shown_texts_are_translated, 'QLabel("Sales")'),
    "a button's text": (house.shown_texts_are_translated, 'self.run.setText("Back up")'),
    "a tooltip with a value": (house.shown_texts_are_translated, 'b.setToolTip(f"{n} orders")'),
    "a menu entry": (house.shown_texts_are_translated, 'menu.addAction(icon, "Copy", slot)'),
    "a print": (house.printed_texts_are_translated, 'print("Done.")'),
    "a print with a value": (house.printed_texts_are_translated, 'print(f"{n} orders added")'),
    "a line to stderr": (house.printed_texts_are_translated, 'sys.stderr.write("Failed")'),
    "a help text": (
        house.printed_texts_are_translated,
        'parser.add_argument("--json", help="write JSON")',
    ),
    "processEvents": (house.window_never_waits, "QApplication.processEvents()"),
    "a thread": (house.window_never_waits, "class Worker(QThread): ..."),
    "a modal dialog": (house.window_never_waits, "dialog.exec()"),
    "Qt": (house.starts_without_qt, "from PySide6.QtCore import QLocale"),
}


@pytest.mark.parametrize(("rule", "source"), PLANTED.values(), ids=PLANTED.keys())
def test_a_planted_violation_is_found(rule, source):
    assert rule(source)


ALLOWED = {
    "asking a clock": (house.clock_is_asked, "at = clock.now()"),
    "a literal text": (house.texts_are_literals, 'msg("No dish {name}", name=x)'),
    "counting in a list": (house.texts_are_literals, "names.count(name)"),
    "the window's say": (house.texts_are_literals, "say(error.message)"),
    "a named error": (house.errors_are_named, "try:\n a()\nexcept (OSError, ValueError):\n b()"),
    "cleaning up": (house.errors_are_named, "try:\n a()\nexcept BaseException:\n b()\n raise"),
    "a translated label": (house.shown_texts_are_translated, 'QLabel(words.say("Sales"))'),
    "the name of the program": (
        house.shown_texts_are_translated,
        'w.setWindowTitle("Clopos Desk")',
    ),
    "a bullet": (house.shown_texts_are_translated, 'QLabel("•")'),
    "printing an answer": (house.printed_texts_are_translated, "print(json.dumps(answer))"),
    "an option's name": (house.printed_texts_are_translated, 'parser.add_argument("--json")'),
    "opening a dialog": (house.window_never_waits, "dialog.open()"),
}


@pytest.mark.parametrize(("rule", "source"), ALLOWED.values(), ids=ALLOWED.keys())
def test_what_is_allowed_is_left_alone(rule, source):
    assert not rule(source)
