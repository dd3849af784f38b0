"""The look as values: colours, radii, spacing and type sizes, once for light and once for dark.

A *role* is the name of a colour by its job (`text`, `warn_soft`), never by its hue. Every pair that
carries text has a contrast of at least 4.5 and every input border one of at least 3 (tested).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal[
    "bg",
    "surface",
    "raised",
    "sunken",
    "border",
    "border_strong",
    "border_input",
    "text",
    "text2",
    "text3",
    "accent",
    "accent_hover",
    "accent_soft",
    "on_accent",
    "focus",
    "ok",
    "ok_soft",
    "warn",
    "warn_soft",
    "bad",
    "bad_soft",
    "info",
    "info_soft",
    "mute_soft",
    "row_hover",
    "row_selected",
    "second",
    "grid",
    "side",
    "on_bad",
]


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes in device-independent pixels; the same in both themes."""

    radius_small: int = 6
    radius: int = 8
    radius_card: int = 12
    radius_float: int = 14
    gap_small: int = 4
    gap: int = 8
    gap_wide: int = 16
    page_margin: int = 28
    row_height: int = 44
    control_height: int = 36
    type_tiny: int = 11
    type_small: int = 12
    type_body: int = 13
    type_card: int = 15
    type_title: int = 20
    type_hero: int = 27


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme."""

    name: str
    bg: str
    surface: str
    raised: str
    sunken: str
    border: str
    border_strong: str
    border_input: str
    text: str
    text2: str
    text3: str
    accent: str
    accent_hover: str
    accent_soft: str
    on_accent: str
    focus: str
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    on_bad: str
    info: str
    info_soft: str
    mute_soft: str
    row_hover: str
    row_selected: str
    second: str
    grid: str
    side: str


SHAPE = Shape()

LIGHT = Tokens(
    name="light",
    bg="#F5F6F8",
    surface="#FFFFFF",
    raised="#FFFFFF",
    sunken="#F0F2F5",
    border="#E3E7ED",
    border_strong="#CBD2DC",
    border_input="#828EA1",
    text="#0F1728",
    text2="#3D4A5F",
    text3="#5F6B80",
    accent="#0B7A6F",
    accent_hover="#096358",
    accent_soft="#E3F3F0",
    on_accent="#FFFFFF",
    focus="#0B7A6F",
    ok="#067647",
    ok_soft="#E4F8EC",
    warn="#A8480A",
    warn_soft="#FEF3E0",
    bad="#B42318",
    bad_soft="#FDECEA",
    on_bad="#FFFFFF",
    info="#175CD3",
    info_soft="#E8F1FE",
    mute_soft="#EEF0F4",
    row_hover="#F5F8FA",
    row_selected="#E3F3F0",
    second="#E09B2D",
    grid="#EBEEF2",
    side="#FBFCFD",
)

DARK = Tokens(
    name="dark",
    bg="#0D1117",
    surface="#151B23",
    raised="#1B222C",
    sunken="#0F141B",
    border="#262E39",
    border_strong="#3A4452",
    border_input="#66717F",
    text="#E8ECF2",
    text2="#B4BDCA",
    text3="#8D98A9",
    accent="#2BC4B0",
    accent_hover="#52D6C5",
    accent_soft="#12312F",
    on_accent="#04211D",
    focus="#2BC4B0",
    ok="#4ADE95",
    ok_soft="#10301F",
    warn="#F5B454",
    warn_soft="#352509",
    bad="#FF8A7D",
    bad_soft="#3B1613",
    on_bad="#3B0B07",
    info="#7DB4FF",
    info_soft="#12284A",
    mute_soft="#232B36",
    row_hover="#1A212B",
    row_selected="#14302E",
    second="#F0B24A",
    grid="#212934",
    side="#11161E",
)

THEMES = {LIGHT.name: LIGHT, DARK.name: DARK}

TEXT_PAIRS: tuple[tuple[Role, Role], ...] = (
    ("text", "bg"),
    ("text", "surface"),
    ("text", "row_selected"),
    ("text2", "surface"),
    ("text2", "side"),
    ("text2", "sunken"),
    ("text2", "mute_soft"),
    ("text3", "bg"),
    ("text3", "surface"),
    ("text3", "sunken"),
    ("text3", "side"),
    ("text3", "raised"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("accent", "accent_soft"),
    ("accent", "surface"),
    ("ok", "ok_soft"),
    ("warn", "warn_soft"),
    ("bad", "bad_soft"),
    ("bad", "surface"),
    ("on_bad", "bad"),
    ("info", "info_soft"),
    ("surface", "text"),
)
BORDER_PAIRS: tuple[tuple[Role, Role], ...] = (
    ("border_input", "surface"),
    ("border_input", "bg"),
    ("border_input", "raised"),
    ("focus", "surface"),
    ("focus", "bg"),
)


def contrast(first: str, second: str) -> float:
    """Return the WCAG contrast ratio of two `#RRGGBB` colours, 1 to 21."""
    bright, dim = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - WCAG 2.2
