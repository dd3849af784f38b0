"""How much an untrusted file may ask for. The figures stand in the help page on importing."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes, times in seconds. `ratio` counts for what unpacks to more than 1 MiB."""

    file: int = 256 * MIB
    entries: int = 2_000
    unpacked: int = 256 * MIB
    ratio: int = 200
    rows: int = 1_000_000
    columns: int = 200
    cells: int = 5_000_000
    formulas: int = 100_000
    sheets: int = 50
    json: int = 64 * MIB
    records: int = 1_000_000
    memory: int = 1024 * MIB
    cpu: int = 60
    wall: int = 180

    def to_text(self) -> str:
        """Return the limits as the child is told them."""
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> Limits:
        """Read what `to_text` wrote."""
        return cls(**json.loads(text))


STANDARD = Limits()
