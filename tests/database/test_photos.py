"""Photos of products: decoded apart, encoded anew, kept small; what is no picture is refused."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.exchange.pictures import read_photo, set_photo
from desktop_app.kernel.access import Role
from desktop_app.kernel.errors import InvalidError, NotAllowedError, NotFoundError
from desktop_app.menu.editing import add_product
from desktop_app.menu.photos import get_photo, list_thumbnails, remove_photo
from desktop_app.menu.records import ProductForm
from tests.database.shop import Shop

SECRET = b"40.3777 N 49.8920 E"


def picture(path: Path, size: tuple[int, int] = (1200, 800), form: str = "JPEG") -> Path:
    made = Image.new("RGB", size, (200, 30, 30))
    made.paste((30, 30, 200), (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif[0x0112] = 6  # to be turned
    made.save(path, form, exif=exif)
    return path


def huge(path: Path) -> Path:
    """Write a PNG that says it is 30,000 by 30,000 dots."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        body = kind + content
        return len(content).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")

    side = (30_000).to_bytes(4, "big")
    head = chunk(b"IHDR", side + side + b"\x08\x02\x00\x00\x00")
    data = chunk(b"IDAT", zlib.compress(bytes(1000)))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + head + data + chunk(b"IEND", b""))
    return path


def test_a_photo_is_turned_scaled_and_holds_nothing_but_the_picture(
    shop: Shop, tmp_path: Path
) -> None:
    app = shop.app
    soup = app.call(add_product, ProductForm("Şorba"))
    for path in (picture(tmp_path / "a.jpg"), picture(tmp_path / "Şəkil.png", form="PNG")):
        assert SECRET in path.read_bytes()
        app.start(set_photo, soup, path).future.result(60)
        kept = app.call(get_photo, soup)
        assert kept is not None
        assert SECRET not in kept
        with Image.open(io.BytesIO(kept)) as found:
            assert (found.format, found.size, dict(found.getexif())) == ("JPEG", (427, 640), {})
        small = app.call(list_thumbnails)[soup]
        with Image.open(io.BytesIO(small)) as found:
            assert max(found.size) == 96
    app.call(remove_photo, soup)
    assert app.call(get_photo, soup) is None
    with pytest.raises(NotFoundError):
        app.call(remove_photo, soup)
    with pytest.raises(NotFoundError):
        app.start(set_photo, 999, path).future.result(60)
    shop.check_counts()
    shop.check_trail()


def test_who_may_not_change_the_menu_gives_no_photo(shop: Shop, tmp_path: Path) -> None:
    soup = shop.app.call(add_product, ProductForm("Şorba"))
    waiter = shop.as_role(Role.STAFF)
    with pytest.raises(NotAllowedError):
        waiter.start(set_photo, soup, picture(tmp_path / "a.jpg")).future.result(60)
    with pytest.raises(NotAllowedError):
        waiter.call(remove_photo, soup)


def test_what_is_transparent_lies_on_white(tmp_path: Path) -> None:
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(tmp_path / "a.png")
    with Image.open(io.BytesIO(read_photo(tmp_path / "a.png", lambda: None).image)) as found:
        assert found.size == (50, 50)
        assert found.getpixel((25, 25)) == (255, 255, 255)


def test_a_bad_picture_is_refused_with_a_sentence(tmp_path: Path) -> None:
    cases = {
        "text.jpg": b"hello", "empty.png": b"", "half.jpg": b"", "gif.jpg": b"GIF89a" + bytes(99),
        "svg.png": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    }  # fmt: skip
    cases["half.jpg"] = picture(tmp_path / "whole.jpg").read_bytes()[:3000]
    for name, content in cases.items():
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(InvalidError) as told:
            read_photo(path, lambda: None)
        assert name in str(told.value)
    with pytest.raises(InvalidError, match="50 million dots"):
        read_photo(huge(tmp_path / "huge.png"), lambda: None)
    (tmp_path / "long.jpg").write_bytes(bytes((20 << 20) + 1))
    with pytest.raises(InvalidError, match="20 MiB"):
        read_photo(tmp_path / "long.jpg", lambda: None)
    with pytest.raises(NotFoundError):
        read_photo(tmp_path / "none.jpg", lambda: None)
