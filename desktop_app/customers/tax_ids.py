"""Tax numbers (VÖEN) as files write them; the rule itself is `kernel/tax_ids`."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.customers.records import TaxIdState
from desktop_app.kernel.tax_ids import bare, is_tax_id

_LENGTH = 10
_LONGEST = 32


@dataclass(frozen=True, slots=True)
class TaxId:
    """A tax number as it should be written, and what its check digit says."""

    value: str
    state: TaxIdState


def read_tax_id(text: str) -> TaxId:
    """Return a tax number without blanks; a leading zero that a spreadsheet dropped is put back."""
    digits = bare(text)
    if is_tax_id(digits):
        return TaxId(digits, TaxIdState.VALID)
    if len(digits) == _LENGTH - 1 and is_tax_id(f"0{digits}"):
        return TaxId(f"0{digits}", TaxIdState.ZERO_LOST)
    return TaxId(digits[:_LONGEST], TaxIdState.WRONG)
