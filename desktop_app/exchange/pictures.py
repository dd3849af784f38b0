"""Photos of products: a file is decoded in the child, and what is kept is written here anew."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.db.operation import Job, task
from desktop_app.exchange.source import find_source
from desktop_app.exchange.worker.host import Pulse, read_untrusted
from desktop_app.exchange.worker.limits import MIB, STANDARD
from desktop_app.kernel.access import Permission
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import msg
from desktop_app.menu.photos import write_photo

if TYPE_CHECKING:
    from PIL import Image

_LIMITS = replace(STANDARD, file=20 * MIB, unpacked=4 * MIB, cpu=20, wall=60)
_MOST_SIDE, _SMALL = 640, 96
_QUALITY = 85
_MEASURES = re.compile(r"([1-9]\d{0,3})x([1-9]\d{0,3})")


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture as it is kept: JPEGs of ours, large and small, without anything else in them."""

    image: bytes
    small: bytes


@task(Permission.MENU_EDIT)
def set_photo(job: Job, product_id: int, path: Path) -> None:
    """Give a product its photo, from a JPEG or PNG; InvalidError where it is none or too large."""
    photo = read_photo(path, job.progress.checkpoint)
    with job.transaction() as tx:
        write_photo(tx, product_id, photo.image, photo.small)


def read_photo(path: Path, pulse: Pulse) -> Photo:
    """Return a picture of a file, scaled and encoded anew; `pulse` may raise to end it."""
    source = find_source(path)
    if source.size > _LIMITS.file:
        raise InvalidError(
            msg(
                "“{file}” is larger than {limit} MiB.", file=source.name, limit=_LIMITS.file // MIB
            ),
            field="photo",
            hint=msg("Save it smaller, as JPEG."),
        )
    with source.open() as file:
        found = read_untrusted(file, source.name, "picture", sheet="", limits=_LIMITS, pulse=pulse)
    for one in found.tables:
        measures = _MEASURES.fullmatch(one.sheet)
        width, height = map(int, measures.groups()) if measures else (0, 0)
        if one.kind == "picture" and 0 < width <= _MOST_SIDE and 0 < height <= _MOST_SIDE:
            with one.content.open() as pixels:
                content = pixels.read(3 * width * height + 1)
            if len(content) == 3 * width * height:
                return photo_of(content, (width, height))
    raise InvalidError(
        msg("“{file}” is no picture that can be read.", file=source.name), field="photo"
    )


def photo_of(pixels: bytes, size: tuple[int, int]) -> Photo:
    """Return a photo of bare RGB pixels, so many wide and high."""
    from PIL import Image  # noqa: PLC0415 - only who sets a photo needs it

    picture = Image.frombytes("RGB", size, pixels)
    small = picture.copy()
    small.thumbnail((_SMALL, _SMALL), Image.Resampling.LANCZOS)
    return Photo(_jpeg(picture), _jpeg(small))


def _jpeg(picture: Image.Image) -> bytes:
    into = io.BytesIO()
    picture.save(into, "JPEG", quality=_QUALITY, optimize=True)
    return into.getvalue()
