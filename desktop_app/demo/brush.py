"""What the photos of the demonstration are painted with: cloth, crockery, and things to eat."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from PIL import Image, ImageDraw, ImageFilter

Colour = tuple[int, int, int]
Spot = tuple[float, float]

WIDTH, HEIGHT = 480, 360
_FINER = 2
"""It is painted larger and made smaller at the end, so that edges are smooth."""
_UNIT = _FINER * HEIGHT / 192
"""Pixels of a hundredth of a plate: places are told from the middle of the picture."""
_CORNERS = 22
_STEPS = 14
_BLACK, _WHITE = (0, 0, 0), (255, 255, 255)


def mixed(one: Colour, other: Colour, part: float) -> Colour:
    """Return a colour with so much of another in it, from 0 to 1."""
    red, green, blue = (
        round(a + (b - a) * min(max(part, 0), 1)) for a, b in zip(one, other, strict=True)
    )
    return red, green, blue


@dataclass(frozen=True, slots=True)
class Picture:
    """A table seen from above, lit from the upper left."""

    image: Image.Image
    draw: ImageDraw.ImageDraw
    rng: Random

    @classmethod
    def of(cls, rng: Random, cloth: Colour, thread: Colour) -> Picture:
        """Return a table with a cloth of two colours on it."""
        image = Image.new("RGB", (WIDTH * _FINER, HEIGHT * _FINER), cloth)
        draw = ImageDraw.Draw(image)
        wide = 54 * _FINER
        start = rng.randrange(wide)
        light, deep = mixed(cloth, thread, 0.45), mixed(cloth, thread, 0.8)
        across = range(start - wide, image.width, wide)
        down = range(start - wide, image.height, wide)
        for x in across:
            draw.rectangle((x, 0, x + wide // 2, image.height), light)
        for y in down:
            draw.rectangle((0, y, image.width, y + wide // 2), light)
        for x in across:
            for y in down:
                draw.rectangle((x, y, x + wide // 2, y + wide // 2), deep)
        return cls(image, draw, rng)

    def disc(self, at: Spot, radius: float, colour: Colour) -> None:
        """Paint something flat and round."""
        x, y = self._spot(at)
        r = radius * _UNIT
        self.draw.ellipse((x - r, y - r, x + r, y + r), colour)

    def bowl(self, at: Spot, radius: float, middle: Colour, edge: Colour) -> None:
        """Paint something round that is of another colour in its middle."""
        for step in range(_STEPS):
            done = step / (_STEPS - 1)
            self.disc(at, radius * (1 - 0.9 * done), mixed(edge, middle, done))

    def shadow(self, at: Spot, radius: float, deep: float = 0.5) -> None:
        """Darken the cloth under something round."""
        part = 8
        mask = Image.new("L", (self.image.width // part, self.image.height // part))
        x, y = (one / part for one in self._spot((at[0] + 3, at[1] + 6)))
        r = radius * _UNIT / part
        ImageDraw.Draw(mask).ellipse((x - r, y - r, x + r, y + r), round(255 * deep))
        soft = mask.filter(ImageFilter.GaussianBlur(2.6)).resize(self.image.size)
        self.image.paste((38, 24, 16), (0, 0), soft)

    def plate(
        self, rim: Colour, well: Colour, *, at: Spot = (0, 0), radius: float = 90, band: bool = True
    ) -> None:
        """Put a plate or a saucer on the table."""
        self.shadow(at, radius * 1.02)
        self.disc(at, radius, mixed(rim, _BLACK, 0.16))
        self.disc((at[0] - 0.6, at[1] - 0.8), radius * 0.985, mixed(rim, _WHITE, 0.25))
        self.disc(at, radius * 0.96, rim)
        if band:
            self.disc(at, radius * 0.92, mixed(rim, (150, 40, 36), 0.55))
            self.disc(at, radius * 0.9, rim)
        self.disc((at[0] + 0.8, at[1] + 1), radius * 0.8, mixed(well, _WHITE, 0.6))
        self.disc(at, radius * 0.79, mixed(well, _BLACK, 0.13))
        self.bowl((at[0] + 1, at[1] + 1.4), radius * 0.77, well, mixed(well, _BLACK, 0.06))

    def lump(self, points: Sequence[Spot], colour: Colour, lift: float = 1.6) -> None:
        """Paint a thing of this outline, with its shadow below and light on it."""
        x, y = (sum(one[axis] for one in points) / len(points) for axis in (0, 1))
        below = [(a + lift * 0.7, b + lift * 1.2) for a, b in points]
        self._shape(below, mixed(colour, _BLACK, 0.55))
        self._shape(points, mixed(colour, _BLACK, 0.14))
        for size, light in ((0.84, 0.0), (0.6, 0.1), (0.34, 0.22)):
            moved = lift * (1 - size)
            inner = [(x + (a - x) * size - moved, y + (b - y) * size - moved) for a, b in points]
            self._shape(inner, mixed(colour, _WHITE, light))

    def flat(self, points: Sequence[Spot], colour: Colour) -> None:
        """Paint a flat thing of this outline."""
        self._shape(points, colour)

    def line(self, points: Sequence[Spot], colour: Colour, width: float) -> None:
        """Paint a line through these places."""
        self.draw.line(
            [self._spot(one) for one in points], colour, max(1, round(width * _UNIT)), "curve"
        )

    def leaf(self, at: Spot, size: float, colour: Colour) -> None:
        """Lay a leaf of herbs."""
        turn = self.rng.uniform(0, math.tau)
        self.lump(outline(at, (size, size * 0.46), turn, power=1.5), colour, 0.8)
        tip = (at[0] + size * math.cos(turn), at[1] + size * math.sin(turn))
        self.line([at, tip], mixed(colour, _WHITE, 0.3), 0.6)

    def herbs(self, count: int, radius: float, at: Spot = (0, 0)) -> None:
        """Strew chopped herbs."""
        for spot in self.strewn(count, radius, at):
            green = mixed((46, 110, 40), (120, 170, 66), self.rng.random())
            self.leaf(spot, self.rng.uniform(2.4, 4.6), green)

    def strewn(self, count: int, radius: float, at: Spot = (0, 0)) -> Iterator[Spot]:
        """Yield so many places in a circle."""
        for _one in range(count):
            turn, out = self.rng.uniform(0, math.tau), radius * math.sqrt(self.rng.random())
            yield at[0] + out * math.cos(turn), at[1] + out * math.sin(turn)

    def rough(self, at: Spot, size: float, wobble: float = 0.22) -> list[Spot]:
        """Return the outline of a thing of no regular form."""
        start = self.rng.uniform(0, math.tau)
        return [
            (at[0] + r * math.cos(turn), at[1] + r * math.sin(turn))
            for corner in range(9)
            for turn in (start + math.tau * corner / 9,)
            for r in (size * (1 + self.rng.uniform(-wobble, wobble)),)
        ]

    def any_of(self, colours: Sequence[Colour]) -> Colour:
        """Return one of these colours, a little lighter or darker."""
        colour = self.rng.choice(colours)
        return mixed(colour, self.rng.choice((_BLACK, _WHITE)), self.rng.uniform(0, 0.14))

    def finished(self) -> Image.Image:
        """Return the photo: in its size, with the light of a window on the left."""
        small = self.image.reduce(_FINER)
        far = Image.radial_gradient("L").resize((WIDTH * 2, HEIGHT * 2))
        left, top = round(WIDTH * 0.62), round(HEIGHT * 0.66)
        dark = far.crop((left, top, left + WIDTH, top + HEIGHT)).point(_falling)
        small.paste((30, 18, 10), (0, 0), dark)
        return small

    def _shape(self, points: Sequence[Spot], colour: Colour) -> None:
        self.draw.polygon([self._spot(one) for one in points], colour)

    def _spot(self, at: Spot) -> Spot:
        return (
            WIDTH * _FINER / 2 + at[0] * _UNIT,
            HEIGHT * _FINER / 2 + at[1] * _UNIT,
        )


def outline(
    at: Spot, half: tuple[float, float], turn: float = 0, power: float = 1, part: float = math.tau
) -> list[Spot]:
    """Return an oval of these halves, turned; a higher power points its ends.

    `part` is how much of its circle it has: a half moon has half.
    """
    cos, sin = math.cos(turn), math.sin(turn)
    found = []
    for corner in range(_CORNERS):
        angle = part * corner / (_CORNERS - 1)
        wide = half[0] * math.cos(angle)
        high = half[1] * math.copysign(abs(math.sin(angle)) ** power, math.sin(angle))
        found.append((at[0] + wide * cos - high * sin, at[1] + wide * sin + high * cos))
    return found


def around(count: int, radius: float, start: float = 0) -> Iterator[tuple[Spot, float]]:
    """Yield places at equal distances on a circle, and the direction of each."""
    for place in range(count):
        turn = start + math.tau * place / count
        yield (radius * math.cos(turn), radius * math.sin(turn)), turn


def _falling(distance: float) -> float:
    return min(max(distance - 105, 0) * 0.75, 95)


Painter = Callable[[Picture], None]
