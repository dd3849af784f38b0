"""Files locked with a password: workbooks as Office locks them, anything else in an AES archive."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import IO, Any, BinaryIO

from msoffcrypto.format.ooxml import OOXMLFile
from pyzipper import zipfile, zipfile_aes

from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import msg
from desktop_app.sheets.records import Protection

SHORTEST = 8
SHORTEST_ZIP = 12
"""AES archives derive their key quickly: what locks one must be longer."""


def check_password(password: str, protection: Protection) -> None:
    """Raise InvalidError for a password that would not keep anybody out for long."""
    least = SHORTEST_ZIP if protection is Protection.ZIP_AES else SHORTEST
    if len(password) < least:
        raise InvalidError(
            msg("The password of the file has fewer than {n} characters.", n=least),
            field="export-password",
            hint=msg("Several words that do not belong together are easy to say on the telephone."),
        )


def lock_workbook(plain: BytesIO, locked: BinaryIO, password: str) -> None:
    """Lock a workbook with a password (ECMA-376 agile encryption: AES-256, SHA-512).

    The open workbook is in memory only; no disk ever holds it.
    """
    plain.seek(0)
    book: Any = OOXMLFile(plain)  # type: ignore[no-untyped-call]
    book.encrypt(password, locked)


@contextmanager
def locked_archive(file: BinaryIO, name: str, password: str) -> Iterator[IO[bytes]]:
    """Give an open entry of a new archive that is locked with a password (AES-256, AE-2)."""
    with (
        zipfile_aes.AESZipFile(  # type: ignore[no-untyped-call]
            file, "w", compression=zipfile.ZIP_DEFLATED, encryption=zipfile_aes.WZ_AES
        ) as archive,
    ):
        archive.setpassword(password.encode())
        archive.setencryption(
            zipfile_aes.WZ_AES, nbits=256, force_wz_aes_version=zipfile_aes.WZ_AES_V2
        )
        with archive.open(name, "w", force_zip64=True) as entry:
            yield entry
