"""The catalogues: find the texts in the program, hold the translations against them, compile.

    python packaging/i18n.py extract          every text, as a gettext template, to stdout
    python packaging/i18n.py missing az       the texts without translation, ready to fill in
    python packaging/i18n.py check            complaints about translations; exit 1 if there are any
    python packaging/i18n.py prune az         drop the translations that `check` notes as unused
    python packaging/i18n.py compile          .po -> .mo beside it

A text is the literal first argument of `msg`, `say`, `tr`; `msgs`, `count` and `ntr` take the form
for one and the form for many. All `.po` files in `resources/i18n/<language>/` count together.
"""

from __future__ import annotations

import ast
import io
import string
import sys
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = ROOT / "desktop_app"
CATALOGUES = ROOT / "resources" / "i18n"
COMPLETE = ("az",)  # English is the key; Russian and Turkish have their place
ONE = frozenset({"msg", "say", "tr"})
MANY = frozenset({"msgs", "count", "ntr"})

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A text in the program: English (one form, or two where it counts) and where it stands."""

    key: Key
    place: str


def texts_in(source: str, place: str) -> Iterator[Text]:
    """Yield the texts of one module, in order."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        wanted = _wanted(call)
        literals = [_literal(argument) for argument in call.args[:wanted]]
        key = tuple(text for text in literals if text)
        if wanted and len(key) == wanted:
            yield Text(key, f"{place}:{call.lineno}")


def texts_of(folder: Path) -> list[Text]:
    """Return the texts of every module under `folder`."""
    return [
        text
        for path in sorted(folder.rglob("*.py"))
        for text in texts_in(path.read_text("utf-8"), str(path.relative_to(folder.parent)))
    ]


def called_name(call: ast.Call) -> str:
    """Return the last part of what is called: `say` for `self.words.say(...)`."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _wanted(call: ast.Call) -> int:
    name = called_name(call)
    return 1 if name in ONE else 2 if name in MANY else 0


def _literal(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def read_language(folder: Path) -> list[tuple[str, Catalog]]:
    """Return the catalogues of one language with their file names."""
    found = []
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            found.append((path.name, read_po(file, locale=folder.name)))
    return found


def complaints(texts: Iterable[Text], catalogues: list[tuple[str, Catalog]]) -> list[str]:
    """Return what is wrong with one language: missing, empty, doubtful, contradictory."""
    found: list[str] = []
    known: dict[Key, Key] = {}
    for name, catalogue in catalogues:
        for entry in _entries(catalogue):
            key, said = _key(entry), _said(entry)
            found += [f"{name}: {_short(key)}: {what}" for what in _wrong(entry)]
            if known.setdefault(key, said) != said:
                found.append(f"{name}: {_short(key)}: translated differently in another file")
    found += [f"{text.place}: {_short(text.key)}: no translation" for text in _new(texts, known)]
    return found


def leftovers(texts: Iterable[Text], catalogues: list[tuple[str, Catalog]]) -> list[str]:
    """Return the translations of texts that the program no longer has."""
    used = {text.key for text in texts}
    return [
        f"{name}: {_short(_key(entry))}: no longer used"
        for name, catalogue in catalogues
        for entry in _entries(catalogue)
        if _key(entry) not in used
    ]


def pruned(po: str, used: set[Key]) -> str:
    """Return the text of a .po without the entries that nothing uses; all else stays as typed.

    Entries are told apart by the empty line between them.
    """
    kept = [block for block in po.strip("\n").split("\n\n") if _is_needed(block, used)]
    return "\n\n".join(kept) + "\n"


def _is_needed(block: str, used: set[Key]) -> bool:
    keys = [_key(entry) for entry in _entries(read_po(io.BytesIO(block.encode())))]
    return not keys or any(key in used for key in keys)


def prune(folder: Path, texts: Iterable[Text]) -> list[str]:
    """Drop what is no longer used from the catalogues of one language; return the changed files."""
    used = {text.key for text in texts}
    changed = []
    for path in sorted(folder.glob("*.po")):
        before = path.read_text("utf-8")
        after = pruned(before, used)
        if after.count("msgid ") != before.count("msgid "):
            path.write_text(after, "utf-8")
            changed.append(path.name)
    return changed


def missing(texts: Iterable[Text], catalogues: list[tuple[str, Catalog]]) -> list[Text]:
    """Return the texts without a translation."""
    return list(_new(texts, {_key(e): () for _, c in catalogues for e in _entries(c)}))


def _new(texts: Iterable[Text], known: dict[Key, Key]) -> Iterator[Text]:
    seen = set(known)
    for text in texts:
        if text.key not in seen:
            seen.add(text.key)
            yield text


def _entries(catalogue: Catalog) -> Iterator[Message]:
    return (entry for entry in catalogue if entry.id)


def _key(entry: Message) -> Key:
    return _forms(entry.id)


def _said(entry: Message) -> Key:
    return _forms(entry.string)


def _forms(text: str | tuple[str, ...] | list[str] | None) -> Key:
    return (text or "",) if isinstance(text, str) or text is None else tuple(text)


def _wrong(entry: Message) -> Iterator[str]:
    key, said = _key(entry), _said(entry)
    if entry.fuzzy:
        yield "marked fuzzy: decide, then remove the mark"
    if not all(said):
        yield "the translation is empty"
        return
    wanted = set().union(*map(placeholders, key))
    for form in said:
        # The form for one may leave the number out ("one order"), in either language.
        if placeholders(form) ^ wanted and not (len(key) > 1 and _lacks_only_n(form, wanted)):
            yield f"placeholders are {sorted(placeholders(form))}, not {sorted(wanted)}"


def _lacks_only_n(form: str, wanted: set[str]) -> bool:
    return placeholders(form) ^ wanted == {"n"}


def placeholders(text: str) -> set[str]:
    """Return the names in braces; a text that `str.format` cannot read has the name "?"."""
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return {"?"}


def _short(key: Key) -> str:
    return repr(textwrap.shorten(key[0], 60, placeholder="…"))


def compile_all(root: Path) -> int:
    """Write a .mo beside every .po and remove those without one; return how many were written."""
    for orphan in root.glob("*/*.mo"):
        if not orphan.with_suffix(".po").exists():
            orphan.unlink()
    written = 0
    for folder in sorted(path for path in root.glob("*") if path.is_dir()):
        for name, catalogue in read_language(folder):
            whole = io.BytesIO()
            write_mo(whole, catalogue)
            target = (folder / name).with_suffix(".mo")
            fresh = target.with_suffix(".mo.new")
            fresh.write_bytes(whole.getvalue())
            fresh.replace(target)
            written += 1
    return written


def _template(texts: Iterable[Text]) -> str:
    catalogue = Catalog(project="Clopos Desk", fuzzy=False)
    for text in texts:
        path, _, line = text.place.rpartition(":")
        key = text.key if len(text.key) > 1 else text.key[0]
        catalogue.add(key, locations=[(path, int(line))])
    out = io.BytesIO()
    write_po(out, catalogue, omit_header=True, width=100)
    return out.getvalue().decode()


def _check() -> int:
    texts = texts_of(PROGRAM)
    found = 0
    for language in COMPLETE:
        catalogues = read_language(CATALOGUES / language)
        for line in complaints(texts, catalogues):
            print(f"{language}/{line}")
            found += 1
        for line in leftovers(texts, catalogues):
            print(f"note: {language}/{line}")
    return 1 if found else 0


def main(arguments: list[str]) -> int:
    """Run one of the five commands; return the exit code."""
    match arguments:
        case ["extract"]:
            print(_template(texts_of(PROGRAM)), end="")
        case ["missing", language]:
            rest = missing(texts_of(PROGRAM), read_language(CATALOGUES / language))
            print(_template(rest), end="")
        case ["check"]:
            return _check()
        case ["prune", language]:
            for name in prune(CATALOGUES / language, texts_of(PROGRAM)):
                print(f"{language}/{name}: pruned")
        case ["compile"]:
            print(f"setup: compiled {compile_all(CATALOGUES)} catalogues")
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
