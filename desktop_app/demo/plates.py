"""The dishes of the demonstration that have a photo, and how each is painted."""

from __future__ import annotations

import math
from collections.abc import Mapping

from PIL import Image

from desktop_app.demo.brush import Colour, Painter, Picture, around, mixed, outline
from desktop_app.demo.chance import stream
from desktop_app.demo.starters import STARTERS

_PORCELAIN, _CREAM, _BLUE, _CLAY = (246, 243, 236), (250, 240, 220), (206, 222, 232), (176, 96, 62)
_CLOTHS = (
    ((240, 232, 216), (196, 62, 54)), ((236, 238, 236), (84, 128, 160)),
    ((238, 232, 212), (116, 142, 88)), ((232, 214, 186), (168, 118, 72)),
)  # fmt: skip
_TOMATO, _CUCUMBER, _ONION = (214, 58, 42), (136, 180, 84), (236, 214, 226)
_PEPPER, _HERB, _SUMAC = (232, 168, 44), (70, 134, 52), (142, 34, 52)
_MEAT, _CRUST, _DOUGH = (122, 66, 38), (206, 138, 62), (236, 208, 152)
_RICE, _SAFFRON, _YOGHURT = (250, 242, 220), (244, 188, 54), (250, 248, 240)
_TEA, _LEMON, _MINT = (164, 58, 20), (248, 216, 72), (86, 158, 78)


def painted(seed: int, name: str) -> Image.Image:
    """Return the photo of a dish that has one: the same seed gives the same photo."""
    rng = stream(seed, "photo", name)
    picture = Picture.of(rng, *rng.choice(_CLOTHS))
    PLATES[name](picture)
    return picture.finished()


def _salad(picture: Picture) -> None:
    picture.plate(_PORCELAIN, _PORCELAIN)
    for colour, count in ((_CUCUMBER, 46), (_TOMATO, 60), (_CUCUMBER, 22)):
        for spot in picture.strewn(count, 60):
            picture.lump(picture.rough(spot, picture.rng.uniform(6, 9)), picture.any_of([colour]))
    for spot in picture.strewn(9, 50):
        picture.line(outline(spot, (9, 7), part=4), _ONION, 1.6)
    picture.herbs(36, 58)


def _greens(picture: Picture) -> None:
    picture.plate(_BLUE, _PORCELAIN)
    for spot in picture.strewn(90, 60):
        picture.leaf(spot, picture.rng.uniform(11, 17), picture.any_of([_CUCUMBER, _HERB, _MINT]))
    for spot in picture.strewn(13, 48):
        picture.lump(picture.rough(spot, 9), picture.any_of([(226, 176, 118), _CRUST]))
    for spot in picture.strewn(9, 52):
        picture.lump(outline(spot, (7, 7)), _TOMATO)
    for spot in picture.strewn(12, 50):
        turn = picture.rng.uniform(0, 3)
        picture.flat(outline(spot, (8, 2.4), turn), _CREAM)


def _soup(colour: Colour, swirl: Colour) -> Painter:
    def paint(picture: Picture) -> None:
        _filled(picture, colour)
        start = picture.rng.uniform(0, math.tau)
        spiral = [
            (out * math.cos(start + out / 9), out * math.sin(start + out / 9))
            for out in (4 + step * 0.7 for step in range(52))
        ]
        picture.line(spiral, swirl, 3)
        picture.herbs(22, 44)

    return paint


def _filled(picture: Picture, colour: Colour) -> None:
    """Put a deep plate on the table, with something in it."""
    picture.plate(_PORCELAIN, _CREAM)
    picture.disc((0, 0), 68, mixed(colour, (60, 30, 10), 0.35))
    picture.bowl((0.6, 1), 66.5, mixed(colour, (255, 255, 255), 0.1), colour)


def _dumplings(picture: Picture) -> None:
    _filled(picture, (232, 190, 104))
    for spot in picture.strewn(34, 54):
        turn = picture.rng.uniform(0, math.tau)
        picture.lump(outline(spot, (9, 7), turn, part=4.4), picture.any_of([_DOUGH, _CREAM]))
    picture.herbs(30, 58)
    for spot in picture.strewn(14, 52):
        picture.disc(spot, 1.6, (222, 130, 40))


def _yoghurt_soup(picture: Picture) -> None:
    _filled(picture, (244, 244, 226))
    picture.herbs(85, 60)
    for spot in picture.strewn(26, 56):
        picture.lump(outline(spot, (3.4, 2), picture.rng.random()), _RICE, 0.8)


def _turnovers(picture: Picture) -> None:
    picture.plate(_CLAY, (214, 150, 104), band=False)
    for place, turn in enumerate((-0.5, -0.2, 0.12)):
        at = (-8 + place * 10, -34 + place * 25)
        picture.lump(outline(at, (58, 40), turn, part=math.pi), picture.any_of([_DOUGH]), 3)
        for spot in picture.strewn(11, 15, (at[0] - 18 * math.sin(turn), at[1] + 18)):
            x = (spot[0] - at[0]) * 2 + at[0]
            picture.flat(picture.rough((x, spot[1]), picture.rng.uniform(2, 4.4)), _CRUST)
    for spot in picture.strewn(26, 12, (44, -40)):
        picture.lump(outline(spot, (2, 2)), _SUMAC, 0.8)
    picture.herbs(10, 14, (-48, 40))


def _rice(picture: Picture, count: int, reach: float) -> None:
    for place in range(count):
        (spot,) = picture.strewn(1, reach * (1 - 0.3 * place / count))
        turn = picture.rng.uniform(0, math.pi)
        colour = picture.any_of([_RICE, _RICE, _SAFFRON] if place % 3 else [_SAFFRON])
        picture.lump(outline(spot, (5.4, 1.9), turn), colour, 1)


def _crowned(picture: Picture) -> None:
    """Pilaf in its crust, opened."""
    picture.plate(_BLUE, _PORCELAIN)
    picture.lump(outline((0, 0), (66, 66)), _CRUST, 4)
    for spot, turn in around(14, 52):
        picture.lump(outline(spot, (16, 9), turn), picture.any_of([(214, 146, 60)]), 2)
    picture.disc((0, 0), 45, (220, 170, 70))
    _rice(picture, 230, 42)
    for spot in picture.strewn(17, 34):
        picture.lump(outline(spot, (6, 5)), picture.any_of([(228, 138, 40), (88, 40, 30)]))
    for spot in picture.strewn(8, 26):
        picture.lump(picture.rough(spot, 7), picture.any_of([_MEAT]))


def _pilaf(picture: Picture) -> None:
    picture.plate(_PORCELAIN, _CREAM)
    picture.disc((0, 0), 64, (236, 206, 130))
    _rice(picture, 420, 63)
    for spot in picture.strewn(24, 27, (20, 14)):
        picture.lump(picture.rough(spot, 8), picture.any_of([(70, 92, 40), (92, 76, 36), _MEAT]))
    picture.herbs(16, 26, (20, 14))


def _rolls(picture: Picture) -> None:
    picture.plate(_CREAM, _PORCELAIN)
    for spot, turn in [*around(12, 50), *around(6, 25, 0.3)]:
        green = picture.any_of([(92, 112, 48), (108, 122, 56), (82, 98, 46)])
        picture.lump(outline(spot, (15, 9.5), turn + 1.2), green, 2.4)
        along = outline(spot, (12, 3), turn + 1.2)
        picture.line(along[3:9], mixed(green, (220, 230, 160), 0.4), 0.8)
    picture.disc((1, 2), 15, (170, 160, 140))
    picture.bowl((0, 0), 15, _YOGHURT, (226, 222, 210))
    picture.herbs(6, 9)


def _skewers(colour: Colour, pieces: int) -> Painter:
    def paint(picture: Picture) -> None:
        picture.plate(_CLAY, (224, 190, 150), band=False)
        picture.lump(picture.rough((0, 0), 70, 0.06), (240, 216, 170), 2)
        for spot in picture.strewn(22, 58):
            picture.flat(picture.rough(spot, picture.rng.uniform(2, 4)), (206, 152, 92))
        for y in (-24, 0, 24):
            picture.line([(-78, y + 8), (84, y - 8)], (150, 150, 152), 1.6)
            half = 54 / pieces
            for place in range(pieces):
                x = -54 + half * (2 * place + 1)
                at, size = (x, y - x / 10), (half * (1.05 if pieces == 1 else 0.9), 10.5)
                body = outline(at, size, -0.1, power=0.6)
                picture.lump(body, picture.any_of([colour]), 3)
                for mark in range(3 if pieces > 1 else 9):
                    shift = (mark - (1 if pieces > 1 else 4)) * (half * 0.45 if pieces > 1 else 11)
                    picture.line(
                        [(x + shift - 2, at[1] - 8), (x + shift + 3, at[1] + 7)],
                        mixed(colour, (30, 14, 8), 0.6), 1.5,
                    )  # fmt: skip
        for spot in picture.strewn(9, 15, (44, 46)):
            picture.line(outline(spot, (9, 6), part=4.4), _ONION, 1.8)
        picture.herbs(14, 15, (44, 46))
        for x in (-46, -30):
            picture.lump(outline((x, 50), (9, 9)), _TOMATO, 2)

    return paint


def _vegetables(picture: Picture) -> None:
    picture.plate(_PORCELAIN, _CREAM)
    kinds = ((_TOMATO, (16, 15)), ((82, 52, 84), (27, 12)), (_HERB, (23, 11)), (_DOUGH, (17, 13)))
    for spot, turn in [*around(8, 44, 0.2), *around(3, 16)]:
        colour, half = kinds[round(turn * 2.4) % 4]
        picture.lump(outline(spot, half, turn + 1.4, power=0.8), picture.any_of([colour]), 3)
        for mark in (-5, 1, 7):
            char = [(spot[0] + mark - 2, spot[1] - 7), (spot[0] + mark + 2, spot[1] + 6)]
            picture.line(char, mixed(colour, (24, 14, 10), 0.65), 1.6)
    picture.herbs(24, 56)


def _diamonds(picture: Picture) -> None:
    picture.plate(_BLUE, _PORCELAIN)
    for spot in ((0, -42), (-32, -14), (32, -14), (0, 12), (-34, 36), (34, 36)):
        x, y = spot
        body = [(x - 29, y), (x, y - 21), (x + 29, y), (x, y + 21)]
        picture.lump(body, picture.any_of([(214, 142, 48)]), 5)
        picture.flat([(x + (a - x) * 0.8, y + (b - y) * 0.8) for a, b in body], (198, 116, 34))
        picture.flat([(x + (a - x) * 0.7, y + (b - y) * 0.7) for a, b in body], (226, 160, 62))
        picture.lump(outline((x, y), (6.4, 4.6), 0.4), (122, 74, 40), 1.4)


def _crescents(picture: Picture) -> None:
    picture.plate(_PORCELAIN, _CREAM)
    for spot, turn in around(7, 37, 0.3):
        picture.lump(outline(spot, (27, 22), turn, part=math.pi), (248, 226, 172), 3)
        for mark in outline(spot, (25, 20), turn, part=math.pi)[1:-1:2]:
            picture.disc(mark, 1.9, (226, 182, 108))
        for size in (0.3, 0.6):
            inner = outline(spot, (27 * size, 22 * size), turn, part=math.pi)
            picture.line(inner, (218, 178, 110), 1.2)


def _scoops(picture: Picture) -> None:
    picture.plate(_BLUE, _PORCELAIN)
    picture.bowl((0, 0), 56, (240, 236, 228), (200, 212, 220))
    for (spot, _turn), colour in zip(
        around(3, 25, 0.5), ((252, 238, 196), (122, 74, 48), (244, 166, 178)), strict=True
    ):
        picture.lump(outline(spot, (29, 28)), colour, 5)
        for mark in picture.strewn(16, 22, spot):
            picture.flat(picture.rough(mark, 1.8), mixed(colour, (255, 255, 255), 0.3))
    for spot in picture.strewn(16, 34):
        picture.lump(picture.rough(spot, 2.6), (150, 100, 56), 1)
    for turn in (0.6, 2.4, 4):
        picture.leaf((4 * math.cos(turn), 4 * math.sin(turn)), 11, _MINT)


def _fruit(picture: Picture) -> None:
    picture.plate(_PORCELAIN, _PORCELAIN)
    for spot, turn in around(9, 49):
        picture.lump(outline(spot, (19, 13), turn + 1.6, part=math.pi), (96, 158, 74), 3)
        picture.flat(outline(spot, (16.5, 10.5), turn + 1.6, part=math.pi), (232, 74, 74))
    for spot, turn in around(7, 31, 0.2):
        picture.lump(outline(spot, (12, 12)), (246, 152, 40), 2)
        for ray in range(4):
            across = turn + ray * math.pi / 4
            x, y = 9 * math.cos(across), 9 * math.sin(across)
            ends = [(spot[0] - x, spot[1] - y), (spot[0] + x, spot[1] + y)]
            picture.line(ends, (255, 206, 120), 0.9)
    for spot in picture.strewn(26, 17):
        picture.lump(outline(spot, (6, 6)), picture.any_of([(112, 50, 98), (150, 184, 76)]), 1.6)


def _glass(picture: Picture, colour: Colour, radius: float) -> None:
    """Put a glass on the table, with something in it."""
    picture.disc((2, 3), radius * 1.04, (120, 120, 116))
    picture.disc((0, 0), radius, (236, 242, 242))
    picture.disc((0, 0), radius * 0.94, mixed(colour, (255, 255, 255), 0.45))
    picture.bowl((0, 0), radius * 0.87, mixed(colour, (255, 210, 120), 0.3), colour)
    shine = outline((0, 0), (radius * 0.74, radius * 0.74), 3.5, part=1.2)
    picture.line(shine, mixed(colour, (255, 255, 255), 0.65), 1.8)


def _tea(picture: Picture) -> None:
    picture.plate(_PORCELAIN, _CREAM, radius=90)
    _glass(picture, _TEA, 44)
    _slice(picture, (-54, 34), 21)
    for at in ((50, 38), (62, 26), (57, 50)):
        x, y = at
        picture.lump([(x - 7, y - 5), (x + 6, y - 7), (x + 7, y + 5), (x - 6, y + 7)], _YOGHURT, 2)
    picture.line([(-34, -76), (18, -62)], (188, 188, 184), 4)
    picture.lump(outline((29, -59), (13, 8), 0.36), (206, 206, 202), 2)


def _slice(picture: Picture, at: tuple[float, float], size: float) -> None:
    picture.lump(outline(at, (size, size)), (240, 196, 48), 2)
    picture.disc(at, size * 0.88, (252, 244, 206))
    for place in range(8):
        turn = math.tau * place / 8
        middle = (at[0] + size * 0.47 * math.cos(turn), at[1] + size * 0.47 * math.sin(turn))
        picture.flat(outline(middle, (size * 0.36, size * 0.16), turn), _LEMON)


def _lemonade(picture: Picture) -> None:
    picture.plate((196, 150, 98), (214, 170, 118), band=False, radius=90)
    _glass(picture, (240, 202, 74), 66)
    for spot, turn in around(4, 30, 0.5):
        x, y = spot
        picture.lump(outline((x, y), (12, 10), turn, power=0.3), (250, 236, 178), 1.4)
    _slice(picture, (12, -8), 29)
    for at in ((-26, 16), (-20, 26), (-36, 24), (-28, 34), (-14, 36)):
        picture.leaf(at, 14, _MINT)


def _coffee(picture: Picture) -> None:
    picture.plate(_CREAM, _PORCELAIN, radius=88)
    picture.disc((2, 3), 57, (190, 180, 166))
    picture.disc((0, 0), 55, (252, 248, 240))
    picture.lump(outline((64, 8), (15, 7)), (248, 243, 232), 3)
    picture.bowl((0, 0), 48, (176, 110, 56), (120, 66, 30))
    for place in range(4):
        size = 34 - place * 8
        for side in (-1, 1):
            half = (size * 0.56, size * 0.42)
            lobe = outline((side * size * 0.36, 6 - place * 7), half, side * 0.7)
            picture.flat(lobe, (248, 230, 200) if place % 2 == 0 else (182, 116, 62))
    picture.flat(outline((0, 26), (4, 13), 0, power=1.4), (248, 230, 200))


PLATES: Mapping[str, Painter] = {
    **STARTERS,
    "Çoban salatı": _salad,
    "Sezar salatı": _greens,
    "Mərci şorbası": _soup((222, 142, 48), (250, 226, 160)),
    "Düşbərə": _dumplings,
    "Dovğa": _yoghurt_soup,
    "Qutab": _turnovers,
    "Şah plov": _crowned,
    "Səbzi plov": _pilaf,
    "Yarpaq dolması": _rolls,
    "Lülə kabab": _skewers((134, 74, 40), 1),
    "Tikə kabab, quzu": _skewers((124, 62, 36), 4),
    "Tərəvəz kababı": _vegetables,
    "Bakı paxlavası": _diamonds,
    "Şəkərbura": _crescents,
    "Dondurma": _scoops,
    "Meyvə boşqabı": _fruit,
    "Çay": _tea,
    "Kapuçino": _coffee,
    "Ev limonadı": _lemonade,
}
