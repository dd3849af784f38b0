"""How the photos of breakfast and of what comes first are painted."""

from __future__ import annotations

import math
from collections.abc import Mapping

from desktop_app.demo.brush import Colour, Painter, Picture, around, mixed, outline

_PORCELAIN, _CREAM, _BLUE = (246, 243, 236), (250, 240, 220), (206, 222, 232)
_IRON, _BOARD = (58, 56, 58), (198, 152, 102)
_WHITE, _YOLK, _EGG = (252, 250, 242), (246, 176, 40), (248, 214, 96)
_TOMATO, _HERB, _OLIVE = (214, 58, 42), (64, 128, 50), (96, 110, 42)
_SORTS = [[_HERB], [_HERB, (88, 150, 66)], [_HERB, (112, 60, 92)], [(88, 150, 66)]]
_CHEESES = ((250, 226, 142), (250, 246, 232), (242, 198, 96), (232, 226, 204))


def _pan(picture: Picture) -> None:
    picture.lump(outline((84, 46), (34, 8), 0.5), _IRON, 3)
    picture.plate(_IRON, (92, 84, 78), band=False, radius=84)


def _fried(picture: Picture) -> None:
    _pan(picture)
    picture.lump(picture.rough((0, 0), 60, 0.09), _EGG, 3)
    for at in ((-20, -18), (24, -8), (-6, 26)):
        picture.lump(picture.rough(at, 27, 0.12), _WHITE, 2)
        picture.lump(outline(at, (12, 12)), _YOLK, 2.4)
        picture.flat(outline((at[0] - 4, at[1] - 4), (3, 2), 2.4), (255, 226, 150))
    picture.herbs(12, 52)


def _tomato_eggs(picture: Picture) -> None:
    _pan(picture)
    picture.disc((0, 0), 62, (196, 66, 36))
    for spot in picture.strewn(34, 54):
        picture.lump(picture.rough(spot, 10), picture.any_of([_TOMATO, (226, 92, 48)]))
    for spot in picture.strewn(30, 52):
        picture.lump(picture.rough(spot, 9), picture.any_of([_EGG, _YOLK, _WHITE]))
    picture.herbs(26, 54)


def _herb_omelette(picture: Picture) -> None:
    picture.plate(_PORCELAIN, _CREAM)
    for place in range(8):
        start = math.tau * place / 8
        middle = (5 * math.cos(start + 0.39), 5 * math.sin(start + 0.39))
        rim = [
            (middle[0] + 57 * math.cos(turn), middle[1] + 57 * math.sin(turn))
            for turn in (start + 0.785 * step / 6 for step in range(7))
        ]
        picture.lump([middle, *rim], picture.any_of([(84, 108, 44), (96, 118, 50)]), 3)
    for spot in picture.strewn(60, 54):
        picture.flat(picture.rough(spot, 1.8), picture.any_of([(150, 160, 76), (58, 82, 34)]))
    picture.bowl((0, 0), 17, _WHITE, (222, 218, 206))


def _cream_and_honey(picture: Picture) -> None:
    picture.plate(_BLUE, _PORCELAIN)
    picture.lump(picture.rough((-24, -4), 34, 0.08), _WHITE, 4)
    for size in (25, 16, 8):
        picture.line(outline((-24, -4), (size, size * 0.9), 0.4, part=5), (236, 228, 208), 1.4)
    picture.shadow((34, 10), 27, 0.4)
    picture.disc((34, 10), 28, (240, 236, 226))
    picture.bowl((34, 10), 24, (250, 190, 70), (206, 126, 24))
    picture.line([(34, 8), (66, -30)], (150, 100, 54), 4)
    picture.lump(outline((33, 9), (9, 6), 2.2), (168, 112, 60), 2)
    for at in ((-6, 50), (14, 52), (-26, 48)):
        picture.lump(picture.rough(at, 8), (142, 92, 50))


def _cheeses(picture: Picture) -> None:
    picture.plate(_BOARD, (212, 168, 116), band=False)
    for place, (spot, turn) in enumerate(around(8, 44, 0.2)):
        colour = _CHEESES[place % len(_CHEESES)]
        half = (17, 12) if place % 2 else (15, 15)
        picture.lump(outline(spot, half, turn, power=0.35), colour, 4)
        for hole in picture.strewn(5, 9, spot):
            picture.flat(picture.rough(hole, 1.8), mixed(colour, (150, 100, 40), 0.3))
    for spot in picture.strewn(22, 19):
        picture.lump(outline(spot, (6.4, 6)), picture.any_of([(106, 46, 92), (124, 58, 104)]), 1.8)
    picture.herbs(10, 20)


def _olives(picture: Picture) -> None:
    picture.plate(_BLUE, _PORCELAIN, radius=86)
    for spot in picture.strewn(64, 54):
        colour = picture.any_of([_OLIVE, (122, 136, 58), (58, 44, 54)])
        turn = picture.rng.uniform(0, math.pi)
        picture.lump(outline(spot, (11, 8.4), turn), colour, 2.4)
        picture.disc(spot, 2.2, mixed(colour, (190, 60, 40), 0.55))
    picture.herbs(10, 50)


def _herbs(picture: Picture) -> None:
    picture.plate(_BOARD, (206, 160, 108), band=False)
    for place, turn in enumerate((-0.5, -0.15, 0.2, 0.55)):
        for _stem in range(15):
            lean = turn + picture.rng.uniform(-0.16, 0.16)
            root = (-8 + place * 6 + picture.rng.uniform(-5, 5), 50)
            tip = (root[0] + 92 * math.sin(lean), 50 - 84 * math.cos(lean))
            picture.line([root, tip], mixed(_HERB, (190, 220, 130), 0.4), 1.3)
            for part in (0.55, 0.75, 0.95):
                at = (root[0] + (tip[0] - root[0]) * part, root[1] + (tip[1] - root[1]) * part)
                green = picture.any_of(_SORTS[place])
                picture.leaf(at, picture.rng.uniform(6, 9), green)
    for at in ((-44, 34), (-54, 16), (52, 34)):
        picture.lump(outline(at, (10, 10)), (206, 40, 70), 3)
        picture.line([(at[0] + 7, at[1] + 7), (at[0] + 14, at[1] + 13)], _WHITE, 1.4)


def _aubergine_rolls(picture: Picture) -> None:
    picture.plate(_PORCELAIN, _CREAM)
    for spot, turn in [*around(7, 44, 0.1), *around(1, 0)]:
        picture.lump(outline(spot, (21, 13), turn + 0.9), (78, 48, 74), 3)
        picture.lump(outline(spot, (14, 7.6), turn + 0.9), (196, 168, 118), 1.4)
        picture.line(outline(spot, (9, 4.4), turn + 0.9, part=5), (142, 98, 58), 1.4)
        for seed in picture.strewn(4, 8, spot):
            picture.lump(outline(seed, (2.3, 2)), (178, 24, 48), 0.8)
    picture.herbs(14, 58)


def _tongue(picture: Picture) -> None:
    picture.plate(_BLUE, _PORCELAIN)
    for spot, turn in around(9, 40):
        colour: Colour = picture.any_of([(190, 132, 112), (198, 144, 122)])
        picture.lump(outline(spot, (22, 14), turn + 0.5), colour, 3)
        picture.line(outline(spot, (17, 9.5), turn + 0.5, part=3), mixed(colour, _WHITE, 0.4), 1.2)
    picture.bowl((0, 0), 15, (220, 72, 60), (150, 30, 40))
    picture.herbs(16, 60)


def _pickles(picture: Picture) -> None:
    picture.plate(_CREAM, _PORCELAIN)
    for spot, turn in around(9, 45):
        picture.lump(
            outline(spot, (19, 8), turn), picture.any_of([(110, 132, 48), (136, 150, 62)]), 3
        )
    for spot in picture.strewn(14, 28):
        picture.lump(
            outline(spot, (9, 9)), picture.any_of([_TOMATO, (170, 44, 90), (240, 226, 196)]), 2
        )
    picture.herbs(12, 40)


STARTERS: Mapping[str, Painter] = {
    "Kükü": _herb_omelette,
    "Pomidor-yumurta": _tomato_eggs,
    "Qaymaq və bal": _cream_and_honey,
    "Qayğanaq": _fried,
    "Badımcan ruleti qozla": _aubergine_rolls,
    "Dana dili": _tongue,
    "Göyərti boşqabı": _herbs,
    "Pendir çeşidi": _cheeses,
    "Turşu çeşidi": _pickles,
    "Zeytun": _olives,
}
