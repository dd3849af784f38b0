"""Lines, boxes and dots as PDF operators. None of them is content: they are marked as artifacts."""

from __future__ import annotations

from desktop_app.printing.look import AMBER_MARK, RULE

_ROUND = 0.5523  # how far the handles of a Bézier quarter circle reach


def artifact(operators: str) -> str:
    """Return operators that a screen reader passes over."""
    return f"/Artifact BMC {operators} EMC"


def box(x: float, y: float, width: float, height: float, fill: str) -> str:
    """Return a filled rectangle; `x`, `y` is its lower left corner."""
    return artifact(f"{fill} rg {x:.2f} {y:.2f} {width:.2f} {height:.2f} re f")


def rounded(
    x: float,
    y: float,
    width: float,
    height: float,
    radius: float,
    *,
    fill: str = "",
    stroke: str = "",
) -> str:
    """Return a rectangle with round corners."""
    right, top, handle = x + width, y + height, radius * (1 - _ROUND)
    path = (
        f"{x + radius:.2f} {y:.2f} m {right - radius:.2f} {y:.2f} l "
        f"{right - handle:.2f} {y:.2f} {right:.2f} {y + handle:.2f} "
        f"{right:.2f} {y + radius:.2f} c {right:.2f} {top - radius:.2f} l "
        f"{right:.2f} {top - handle:.2f} {right - handle:.2f} {top:.2f} "
        f"{right - radius:.2f} {top:.2f} c {x + radius:.2f} {top:.2f} l "
        f"{x + handle:.2f} {top:.2f} {x:.2f} {top - handle:.2f} "
        f"{x:.2f} {top - radius:.2f} c {x:.2f} {y + radius:.2f} l "
        f"{x:.2f} {y + handle:.2f} {x + handle:.2f} {y:.2f} {x + radius:.2f} {y:.2f} c h"
    )
    paint = {(True, True): "B", (True, False): "f"}.get((bool(fill), bool(stroke)), "S")
    inks = (f"{fill} rg " if fill else "") + (f"{stroke} RG .6 w " if stroke else "")
    return artifact(f"{inks}{path} {paint}")


def hairline(left: float, right: float, y: float, *, ink: str = RULE, weight: float = 0.6) -> str:
    """Return a horizontal line."""
    return artifact(f"{ink} RG {weight} w {left:.2f} {y:.2f} m {right:.2f} {y:.2f} l S")


def leader(left: float, right: float, y: float) -> str:
    """Return the dots between an entry of the contents and its page."""
    return artifact(
        f"q {RULE} RG .8 w [0 3] 0 d 1 J {left:.1f} {y:.1f} m {right:.1f} {y:.1f} l S Q"
    )


def bullet(x: float, y: float) -> str:
    """Return the small square before an item."""
    return box(x, y, 4, 4, AMBER_MARK)
