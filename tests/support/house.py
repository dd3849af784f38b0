"""The house rules that ruff cannot say. Each takes the source of a module, returns complaints.

A complaint is `line: what is wrong and what to do instead`. Each rule is itself tested with a
planted violation in `tests/architecture/test_house_rules.py`.
"""

import ast
import re
from collections.abc import Callable, Iterator

MODULE_LIMIT, TEST_LIMIT = 400, 600

TELLERS = frozenset({"msg", "msgs", "say", "count", "tr", "ntr"})
# Literals given to these reach the eye without passing the catalogue.
SHOWN = frozenset(
    {
        *("QLabel", "QPushButton", "QToolButton", "QCheckBox", "QRadioButton", "QGroupBox"),
        *("QAction", "QMenu", "QDockWidget", "addAction", "addMenu", "addTab", "addItem", "addRow"),
        *("setText", "setTitle", "setWindowTitle", "setPlaceholderText", "setToolTip"),
        *("setStatusTip", "setWhatsThis", "setLabelText", "setSuffix", "setPrefix", "drawText"),
        *("setAccessibleName", "setAccessibleDescription", "setTabText", "setInformativeText"),
        *("setHeaderLabels", "setHorizontalHeaderLabels", "showMessage", "setNoun"),
    }
)
PRINTED = frozenset({"print", "write", "error", "add_parser", "add_argument", "ArgumentParser"})
PRINTED_KEYWORDS = frozenset({"help", "description", "epilog", "title"})
CLOCKS = frozenset(
    {
        *("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"),
        *("time.time_ns", "time.localtime", "time.gmtime", "time.monotonic", "time.perf_counter"),
        *("datetime.datetime.now", "datetime.date.today"),
    }
)
QT_WAITS = frozenset({"processEvents", "QThread", "QRunnable", "QEventLoop", "sender"})

NAME = "Clopos Desk"  # the same in every language

Rule = Callable[[str], list[str]]


def not_too_long(source: str, limit: int = MODULE_LIMIT) -> list[str]:
    """A module that outgrows the limit is two modules."""
    lines = source.count("\n")
    return [f"{limit}: {lines} lines; split the module at {limit}"] if lines > limit else []


def clock_is_asked(source: str) -> list[str]:
    """Only kernel/clock.py reads the computer's clock; everything else is given one."""
    return [
        f"{call.lineno}: {dotted(call.func)}() — take a Clock (kernel/clock.py) instead"
        for call in _calls(source)
        if dotted(call.func) in CLOCKS
    ]


def texts_are_literals(source: str) -> list[str]:
    """A text must stand in the source as it stands in the catalogue."""
    found = []
    for call in _calls(source):
        name = _called(call)
        wanted = 2 if name in ("msgs", "count", "ntr") else 1
        if name not in TELLERS or len(call.args) < wanted:
            continue
        if any(isinstance(part, ast.JoinedStr) for part in call.args[:wanted]):
            found.append(f"{call.lineno}: f-string in {name}() — name the value: {{name}}")
        elif _wants_literals(call) and any(not _is_text(part) for part in call.args[:wanted]):
            found.append(
                f"{call.lineno}: {name}() takes a literal; carry a Message (msg(...)), show it"
                " with Words.of()"
            )
    return found


def errors_are_named(source: str) -> list[str]:
    """Catching everything hides bugs; borders do it, and whoever cleans up and raises again."""
    return [
        f"{node.lineno}: catches everything — name the errors you expect"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ExceptHandler) and _is_broad(node.type) and not _raises_again(node)
    ]


def shown_texts_are_translated(source: str) -> list[str]:
    """No words go from the source to a widget without passing the catalogue."""
    return [
        f"{call.lineno}: {_called(call)}({text!r}) — say it: words.say({text!r})"
        for call in _calls(source)
        if _called(call) in SHOWN
        for text in _wording([*call.args, *(keyword.value for keyword in call.keywords)])
    ]


def printed_texts_are_translated(source: str) -> list[str]:
    """No words go from the source to the terminal without passing the catalogue."""
    found = []
    for call in _calls(source):
        name = _called(call)
        keywords = [word.value for word in call.keywords if word.arg in PRINTED_KEYWORDS]
        texts = list(_wording(keywords)) if name in PRINTED else []
        if name == "print" or dotted(call.func).endswith(("stdout.write", "stderr.write")):
            texts += _wording(call.args)
        found += [f"{call.lineno}: {name}({text!r}) — say it: words.say(...)" for text in texts]
    return found


def window_never_waits(source: str) -> list[str]:
    """Nested loops, own threads and modal exec() are where Qt programs die."""
    found = []
    for node in ast.walk(ast.parse(source)):
        name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
        if isinstance(node, ast.Attribute | ast.Name) and name in QT_WAITS:
            found.append(f"{node.lineno}: {name} — use gui/bridge.py")
    return found + [
        f"{call.lineno}: {dotted(call.func)}() — open() the dialog; exec() stops the window"
        for call in _calls(source)
        if _called(call) == "exec" and isinstance(call.func, ast.Attribute)
    ]


def _wants_literals(call: ast.Call) -> bool:
    """Tell whether this is ours: not `list.count(x)`, nor the window's `say(message)`."""
    name = _called(call)
    return name != "count" and (name != "say" or isinstance(call.func, ast.Attribute))


def starts_without_qt(source: str) -> list[str]:
    """Modules that the command line also needs must not import Qt."""
    return [
        f"{node.lineno}: imports Qt — this module must start without it"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import | ast.ImportFrom)
        and any(name.startswith(("PySide6", "shiboken6")) for name in _imported(node))
    ]


def dotted(node: ast.expr) -> str:
    """Return `a.b.c` for a chain of names, or the part of it that is one."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}".lstrip(".")
    return node.id if isinstance(node, ast.Name) else ""


def _imported(node: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return [alias.name for alias in node.names]


def _calls(source: str) -> Iterator[ast.Call]:
    return (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))


def _called(call: ast.Call) -> str:
    return dotted(call.func).rpartition(".")[2] or getattr(call.func, "attr", "")


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _is_broad(caught: ast.expr | None) -> bool:
    names = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(name is None or dotted(name) in ("Exception", "BaseException") for name in names)


def _raises_again(node: ast.ExceptHandler) -> bool:
    last = node.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def _wording(nodes: list[ast.expr]) -> Iterator[str]:
    """Yield the literals that hold a word (two letters in a row, not a %-code or a unit)."""
    for node in nodes:
        parts = node.values if isinstance(node, ast.JoinedStr) else [node]
        for part in parts:
            if _is_text(part) and re.search(r"[^\W\d_]{2}", part.value.replace(NAME, "")):
                yield part.value
