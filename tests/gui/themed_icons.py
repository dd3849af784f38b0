"""The icons of the style sheet, tinted: `python -m tests.gui.themed_icons` writes them anew."""

from __future__ import annotations

from pathlib import Path

from desktop_app.gui.theme import IN_SHEETS, tinted, tinted_file
from desktop_app.gui.tokens import THEMES


def wanted() -> dict[Path, str]:
    """Return each file that the style sheets name, and what it should hold."""
    return {
        tinted_file(name, tokens): tinted(name, tokens)
        for name in IN_SHEETS
        for tokens in THEMES.values()
    }


if __name__ == "__main__":
    for path, drawing in wanted().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(drawing, "utf-8", newline="\n")
