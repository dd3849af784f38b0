"""Writing a table to a file: whole or not at all, and never open on the disk where it is locked."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, cast

from desktop_app.kernel.errors import ConflictError, InvalidError, UnavailableError
from desktop_app.kernel.words import msg
from desktop_app.sheets.csv_text import write_csv
from desktop_app.sheets.records import Format, Protection, Sheet, Written
from desktop_app.sheets.xlsx import write_xlsx

_READ = 1 << 20


@dataclass(frozen=True, slots=True)
class Wish:
    """How a table is to be written."""

    format: Format
    language: str = "en"
    protection: Protection = Protection.NONE
    password: str = ""


def check_wish(wish: Wish) -> None:
    """Raise InvalidError for a file that cannot be made."""
    if wish.protection is Protection.NONE:
        return
    from desktop_app.sheets.locking import check_password  # noqa: PLC0415 - loads cryptography

    if wish.protection is Protection.XLSX_PASSWORD and wish.format is not Format.XLSX:
        raise InvalidError(
            msg("Only a workbook (xlsx) can be locked with xlsx-password."),
            hint=msg("Choose zip-aes for this file, or write it as xlsx."),
            field="protect",
        )
    check_password(wish.password, wish.protection)


def write_sheet(
    out: Path, sheet: Sheet, wish: Wish, before: Callable[[Written], None] | None = None
) -> Written:
    """Write a table to a new file that only its owner may read.

    `before` is called when all is written, before the file gets its name: what raises there leaves
    no file. ConflictError where there is a file already, UnavailableError where it cannot be
    written; then nothing is left of it.
    """
    check_wish(wish)
    if out.exists():
        raise ConflictError(
            msg("There is a file {file} already.", file=out),
            hint=msg("Choose another name; nothing was written."),
        )
    part = out.with_name(f"{out.name}.part")
    try:
        with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as file:
            rows = _write(file, out.name, sheet, wish)
            written = Written(rows, *_measured(file))
        if before is not None:
            before(written)
        part.replace(out)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnavailableError(
            msg("The file {file} cannot be written: {reason}.", file=out, reason=reason),
            hint=msg("Free space there, check the rights, or choose another folder."),
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return written


def picked(sheet: Sheet, keys: Sequence[str]) -> Sheet:
    """Return a table with some of its columns, in this order; InvalidError for unknown ones."""
    if not keys:
        return sheet
    known = [column.key for column in sheet.columns if column.key]
    wrong = [key for at, key in enumerate(keys) if key not in known or key in keys[:at]]
    if wrong:
        raise InvalidError(
            msg("“{key}” is no column of this list, or is named twice.", key=wrong[0]),
            hint=msg("Its columns are: {columns}.", columns=", ".join(known)),
            field="columns",
        )
    places = [[column.key for column in sheet.columns].index(key) for key in keys]
    columns = [sheet.columns[at] for at in places]
    rows = ([row[at] for at in places] for row in sheet.rows)
    return replace(sheet, columns=columns, rows=rows)


def _write(file: BinaryIO, name: str, sheet: Sheet, wish: Wish) -> int:
    match wish.protection:
        case Protection.NONE:
            return _plain(file, sheet, wish)
        case Protection.XLSX_PASSWORD:
            from desktop_app.sheets.locking import lock_workbook  # noqa: PLC0415

            plain = BytesIO()
            rows = _plain(plain, sheet, wish)
            lock_workbook(plain, file, wish.password)
            return rows
        case Protection.ZIP_AES:
            from desktop_app.sheets.locking import locked_archive  # noqa: PLC0415

            with locked_archive(file, inside(name, wish.format), wish.password) as entry:
                if wish.format is Format.CSV:
                    return _plain(cast("BinaryIO", entry), sheet, wish)
                plain = BytesIO()
                rows = _plain(plain, sheet, wish)
                entry.write(plain.getbuffer())
                return rows


def inside(name: str, kind: str) -> str:
    """Return what a file is called inside of the archive of some name."""
    inner = Path(name).stem if name.lower().endswith(".zip") else name
    suffix = f".{kind}"
    return inner if inner.lower().endswith(suffix) else f"{inner}{suffix}"


def _plain(file: BinaryIO, sheet: Sheet, wish: Wish) -> int:
    if wish.format is Format.CSV:
        return write_csv(file, sheet, wish.language)
    return write_xlsx(file, sheet)


def _measured(file: BinaryIO) -> tuple[int, str]:
    file.flush()
    file.seek(0)
    sha, size = hashlib.sha256(), 0
    while raw := file.read(_READ):
        sha.update(raw)
        size += len(raw)
    return size, sha.hexdigest()
