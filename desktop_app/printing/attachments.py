"""Files inside a document: filled while the pages are made, kept compressed until the end."""

from __future__ import annotations

import hashlib
import zlib
from datetime import datetime

from desktop_app.printing.metadata import pdf_date
from desktop_app.printing.writer import Writer, text_string


class Attachment:
    """A file to travel in the document, marked as the data its pages were made from."""

    def __init__(self, name: str, media_type: str, description: str) -> None:
        self.name = name
        self.size = 0
        self._media_type = media_type
        self._description = description
        self._packer = zlib.compressobj(6)
        self._packed: list[bytes] = []
        self._md5 = hashlib.md5(usedforsecurity=False)
        self._sha256 = hashlib.sha256()

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of what was added so far, in hexadecimal."""
        return self._sha256.hexdigest()

    def add(self, content: bytes) -> None:
        """Append to the file."""
        self.size += len(content)
        self._md5.update(content)
        self._sha256.update(content)
        packed = self._packer.compress(content)
        if packed:
            self._packed.append(packed)

    def write(self, writer: Writer, modified: datetime) -> int:
        """Write the file; return the number of its file specification."""
        self._packed.append(self._packer.flush())
        subtype = self._media_type.replace("/", "#2F")
        date = writer.protected(pdf_date(modified).encode("ascii"))
        checksum = writer.protected(self._md5.digest())
        file = writer.raw_stream(
            f"/Type/EmbeddedFile/Subtype/{subtype}"
            f"/Params<</Size {self.size}/ModDate {date}/CheckSum {checksum}>>"
            "/Filter/FlateDecode",
            b"".join(self._packed),
        )
        name = text_string(self.name)
        return writer.add(
            f"<</Type/Filespec/F{name}/UF{name}/Desc{text_string(self._description)}"
            f"/AFRelationship/Data/EF<</F {file} 0 R/UF {file} 0 R>>>>"
        )


def embedded_names(files: dict[str, int]) -> str:
    """Return the catalogue's entries for attached files, by name."""
    if not files:
        return ""
    ordered = sorted(files.items())
    names = " ".join(f"{text_string(name)} {number} 0 R" for name, number in ordered)
    listed = " ".join(f"{number} 0 R" for _, number in ordered)
    return f"/AF[{listed}]/Names<</EmbeddedFiles<</Names[{names}]>>>>"
