"""A backup folder as whoever can write to it may change it: everything but the keys."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import zstandard

from desktop_app.backup import age
from desktop_app.backup.packs import compressed_text, expanded_text
from desktop_app.backup.repository import Repository
from desktop_app.backup.target import FolderTarget
from desktop_app.kernel.errors import AppError
from tests.unit.backup.shop import KEYS, RECOVERY, Shop, plain_pages, restored

Fields = dict[str, Any]
ZEROS = "0" * 64


class Folder:
    """A copy of a good backup folder with one base and one delta."""

    def __init__(self, root: Path, base: str, delta: str, key: str = RECOVERY) -> None:
        self.root, self.base, self.delta, self.key = root, base, delta, key
        self.device = base.rpartition("-")[0]
        self.snapshot = base

    @classmethod
    def make(cls, room: Path) -> tuple[Folder, Shop]:
        """Return the folder and the store that it is of."""
        shop = Shop(room / "store", room / "state")
        shop.sell(40)
        target = FolderTarget(room / "backups", make=True)
        repository = Repository.create(target, age.recipient_of(RECOVERY), "RK-1", program="0.1.0")
        base = shop.back_up(repository)
        made = cls(room / "backups", base.id, "")
        made.pages = shop.pages()
        made.small = {n: (shop.folder / n).read_bytes() for n in ("keys.json", "store.json")}
        shop.sell(1, ("ops",))
        made.delta = shop.back_up(repository).id
        return made, shop

    def copy(self, to: Path) -> Folder:
        """Return a copy to be spoilt."""
        shutil.copytree(self.root, to, symlinks=True)
        return Folder(to, self.base, self.delta)

    def path(self, name: str) -> Path:
        return self.root / name

    def object(self, name: str) -> Path:
        return self.root / "d" / self.device / "o" / name[:2] / f"{name}.age"

    @property
    def manifest(self) -> Path:
        return self.root / "d" / self.device / "s" / "00000001.json"

    @property
    def recipient(self) -> str:
        return json.loads(self.path("README.json").read_text())["recipient"]

    @property
    def identity(self) -> str:
        (key,) = self.path("keys").iterdir()
        return age.decrypt(key.read_bytes(), self.key).decode().strip()

    @property
    def public(self) -> Fields:
        return json.loads(self.manifest.read_text())

    @contextmanager
    def changed_public(self) -> Iterator[Fields]:
        """Change the public manifest and make its check right again."""
        fields = self.public
        yield fields
        fields["check"] = ZEROS
        content = json.dumps(fields, indent=1).encode()
        self.manifest.write_bytes(checked(content))

    def put(self, content: bytes) -> str:
        """Add an object; return its name."""
        name = hashlib.sha256(content).hexdigest()
        self.object(name).parent.mkdir(exist_ok=True)
        self.object(name).write_bytes(content)
        return name

    def seal(self, plain: bytes) -> str:
        """Add an object that the owner can open; return its name."""
        return self.put(bytes(age.encrypt(plain, [self.recipient]).content))

    @property
    def private(self) -> Fields:
        sealed = self.object(self.public["private"]["name"]).read_bytes()
        return json.loads(expanded_text(age.decrypt(sealed, self.identity), 1 << 28))

    def set_private(self, content: bytes) -> None:
        """Put other bytes in place of the private manifest."""
        name = self.seal(content)
        with self.changed_public() as fields:
            fields["private"] = {"name": name, "size": 1, "file": ""}

    @contextmanager
    def changed_private(self) -> Iterator[Fields]:
        fields = self.private
        yield fields
        self.set_private(compressed_text(json.dumps(fields).encode()))

    def replace_pack(self, change: Callable[[bytes, list[int]], tuple[bytes, list[int]]]) -> None:
        """Put other plaintext in place of the first pack, under a name that fits it."""
        with self.changed_private() as fields:
            pack = fields["packs"][0]
            plain = bytes(age.decrypt(self.object(pack["name"]).read_bytes(), self.identity))
            plain, pack["frames"] = change(plain, pack["frames"])
            pack["name"] = self.seal(plain)

    def refusal(self, into: Path) -> AppError | None:
        """Restore; return the error, or None where there is none."""
        try:
            restored(Repository.open(FolderTarget(self.root)), self.snapshot, into)
        except AppError as error:
            return error
        return None

    def is_right(self, good: Folder, into: Path) -> bool:
        """Tell whether a restored store is, page by page, the one that was backed up.

        Whoever can write to the folder may give the files other names, and other small files: a
        manifest says nothing of who wrote it.
        """
        private = self.private
        names = {one["name"]: one["file_name"] for one in private["files"]}
        pages = {name: plain_pages(into / names[name], key) for name, key in KEYS.items()}
        small = {name: (into / name).read_bytes() for name in private["small_files"]}
        assert {path.name for path in into.iterdir()} == {*names.values(), *small}
        if private == good.private:
            assert small == good.small
        return pages == good.pages


def checked(content: bytes) -> bytes:
    """Return a manifest with its own hash in place of the zeros."""
    digest = hashlib.sha256(content).hexdigest().encode()
    return content.replace(ZEROS.encode(), digest, 1)


def bomb(size: int) -> bytes:
    """Return a zstd frame that expands to `size` zeros."""
    return zstandard.ZstdCompressor().compress(bytes(size))


def unsized(content: bytes) -> bytes:
    """Return a zstd frame that does not say how large its content is."""
    return zstandard.ZstdCompressor(write_content_size=False).compress(content)
