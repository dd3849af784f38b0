"""The typeface of the window: Inter in three static weights, bundled.

Static files because an application-loaded variable Inter ignored the weight (all text was drawn
at 400). `tests/gui` proves that every letter of our languages is in the files.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from desktop_app.kernel.resources import resource

FAMILY = "Inter"
MONO = "Noto Sans Mono"
WEIGHTS = ("Regular", "Medium", "SemiBold")
LETTERS = (
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    "ÇĞİIÖÜŞƏçğıöüşəÂÎÛâîû"
    "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя"
    "₼$€₽₺№%‰°§·…–—−“”‘’«»•→←↑↓×÷±+()[]{}<>/|@#&*=!?.,:;'\"_~^\u00a0\u202f"
)


def load_fonts() -> None:
    """Make the bundled typeface known to Qt; call once after the application exists."""
    for weight in WEIGHTS:
        QFontDatabase.addApplicationFont(str(resource("fonts", "inter", f"Inter-{weight}.ttf")))
    QFontDatabase.addApplicationFont(str(resource("fonts", "NotoSansMono-Regular.ttf")))


@cache
def font(pixels: int = 13, weight: int = 400, *, tabular: bool = False) -> QFont:
    """Return the typeface in a size; `tabular` makes figures equally wide, for columns."""
    made = QFont(FAMILY)
    made.setPixelSize(pixels)
    made.setWeight(QFont.Weight(weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


@cache
def mono(pixels: int = 12) -> QFont:
    """Return the typeface of what is compared letter by letter: checksums, numbers of rows."""
    made = QFont(MONO)
    made.setPixelSize(pixels)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made
