"""The mathematics of a chart, apart from its painting."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

_STEPS = (1, 1.2, 1.6, 2, 2.4, 3.2, 4, 5, 6, 8, 10)


def nice_top(highest: float) -> float:
    """Return a round number at or above `highest` for the top of an axis of four parts."""
    if highest <= 0:
        return 1.0
    scale = 10.0 ** math.floor(math.log10(highest))
    return next(step * scale for step in (*_STEPS, 20) if step * scale >= highest)


def smooth(points: Sequence[QPointF]) -> QPainterPath:
    """Return a curve through the points that never overshoots them (Fritsch-Carlson)."""
    path = QPainterPath(points[0])
    if len(points) < 3:  # noqa: PLR2004 - two points are a straight line
        for point in points[1:]:
            path.lineTo(point)
        return path
    slopes = _slopes(points)
    for (start, end), (rise, fall) in zip(
        itertools.pairwise(points), itertools.pairwise(slopes), strict=True
    ):
        third = (end.x() - start.x()) / 3
        path.cubicTo(
            QPointF(start.x() + third, start.y() + rise * third),
            QPointF(end.x() - third, end.y() - fall * third),
            end,
        )
    return path


def _slopes(points: Sequence[QPointF]) -> list[float]:
    chords = [
        (end.y() - start.y()) / ((end.x() - start.x()) or 1e-9)
        for start, end in itertools.pairwise(points)
    ]
    inner = [
        0.0 if before * after <= 0 else 2 * before * after / (before + after)
        for before, after in itertools.pairwise(chords)
    ]
    return [chords[0], *inner, chords[-1]]
