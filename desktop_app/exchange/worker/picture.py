"""A picture in the child: decoded, turned upright, scaled down, and sent as bare pixels.

Only pixels leave the child. Whatever else lay in the file (place, camera, texts) stays.
"""

from __future__ import annotations

import io
import warnings
from typing import BinaryIO

from PIL import Image, ImageOps

from desktop_app.exchange.worker.frames import END, TABLE, Outlet, Refused
from desktop_app.exchange.worker.limits import MIB, Limits

FORMATS = ("JPEG", "PNG")
MOST_PIXELS = 50_000_000
SIDE = 640
"""The longest side of what is kept."""


def load() -> None:
    """Load all that decoding needs, by doing it once: later the child can open no file."""
    Image.preinit()
    turned = Image.Exif()
    turned[0x0112] = 6
    for form in FORMATS:
        into = io.BytesIO()
        Image.new("RGB", (2, 1)).save(into, form, exif=turned)
        with Image.open(into, formats=FORMATS) as found:
            _upright(found)


def send_picture(file: BinaryIO, limits: Limits, outlet: Outlet) -> None:
    """Send a JPEG or PNG as RGB; its size is looked at before it is decoded."""
    content = file.read(limits.file + 1)
    if len(content) > limits.file:
        raise Refused("picture-size", limit=limits.file // MIB)
    warnings.simplefilter("ignore")
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as found:
            width, height = found.size
            if width * height > MOST_PIXELS:
                raise Refused("pixels", limit=MOST_PIXELS // 1_000_000)
            found.draft("RGB", (SIDE * 2, SIDE * 2))
            picture = _upright(found)
    except Image.DecompressionBombError:
        raise Refused("pixels", limit=MOST_PIXELS // 1_000_000) from None
    except (OSError, SyntaxError, ValueError):
        raise Refused("picture") from None
    outlet.answer(TABLE, name="picture", sheet=f"{picture.width}x{picture.height}", kind="picture")
    outlet.pass_on(picture.tobytes())
    outlet.answer(END, formulas=0, formula="", errors=0, error="", lost=0)


def _upright(found: Image.Image) -> Image.Image:
    """Return a picture of at most `SIDE`, on white where it is transparent."""
    found.load()
    turned = ImageOps.exif_transpose(found)
    seen = turned.convert("RGBA")
    seen.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    return paper
