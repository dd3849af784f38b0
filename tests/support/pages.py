"""A store file as somebody sees it who holds its key: every page decrypted, freed ones too."""

from pathlib import Path

import numpy as np

from desktop_app.backup.pages import PAGE, PageCodec


def decrypted(path: Path, key: bytes) -> bytes:
    raw = np.frombuffer(path.read_bytes(), np.uint8).copy()
    salt = raw[:16].tobytes()
    pages = raw.reshape(-1, PAGE)
    PageCodec(key, salt).open(pages, np.arange(1, len(pages) + 1))
    return pages.tobytes()
