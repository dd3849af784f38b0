"""Every sentence of the window is translated, and the placeholders agree."""

import ast
import re
from pathlib import Path

from babel.messages.pofile import read_po

from desktop_app.kernel.resources import resource

GUI = resource().parent / "desktop_app" / "gui"
ONE, MANY = {"tr", "msg"}, {"ntr", "msgs"}


def constant(node: ast.AST, names: dict[str, str]) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return names.get(node.id) if isinstance(node, ast.Name) else None


def texts(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    names = {
        target.id: node.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name) and isinstance(node.value.value, str)
    }
    found = set()
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        if node.func.id in ONE | MANY:
            text = constant(node.args[0], names)
            assert text is not None, f"{path.name}:{node.lineno}: the text is not a constant"
            found.add(text)
    return found


def azerbaijani():
    with resource("i18n", "az", "gui.po").open("rb") as file:
        return read_po(file)


def test_every_sentence_of_the_window_is_in_azerbaijani():
    ours = set().union(*(texts(path) for path in GUI.rglob("*.py")))
    known = set()
    for message in azerbaijani():
        given = message.string if isinstance(message.string, tuple) else (message.string,)
        if all(given):
            known.add(message.id[0] if isinstance(message.id, tuple) else message.id)
    assert len(ours) > 90
    assert not ours - known


def test_placeholders_are_the_same_in_both_languages():
    holes = re.compile(r"\{\w+\}")
    for message in azerbaijani():
        if not message.id:
            continue
        pairs = (
            zip(message.id, message.string, strict=True)
            if isinstance(message.id, tuple)
            else [(message.id, message.string)]
        )
        for english, ours in pairs:
            assert set(holes.findall(english)) == set(holes.findall(ours)), english
