"""What corrections, cash and findings are called."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.kernel.words import Message, msg
from desktop_app.sales.records import CashKind, CorrectionKind, Disposal, GapKind

KINDS: Mapping[CorrectionKind, Message] = {
    CorrectionKind.REFUND: msg("Refund"),
    CorrectionKind.VOID: msg("Void receipt"),
    CorrectionKind.PAYMENT: msg("Other payment"),
}

DISPOSALS: Mapping[Disposal, Message] = {
    Disposal.RETURN: msg("Back into stock"),
    Disposal.WASTE: msg("Thrown away"),
    Disposal.NONE: msg("Stayed with the guest"),
}

CASH_KINDS: Mapping[CashKind, Message] = {
    CashKind.IN: msg("Cash put in"),
    CashKind.OUT: msg("Cash taken out"),
}

GAPS: Mapping[GapKind, Message] = {
    GapKind.HOLE: msg("Hole in the numbers"),
    GapKind.REMOVED: msg("Receipts removed"),
    GapKind.LATE: msg("Came after the Z"),
    GapKind.FLIP: msg("Payment changed"),
    GapKind.SOON: msg("Voided at once"),
    GapKind.AFTER: msg("Taken back later"),
    GapKind.CASH: msg("Cash difference"),
}
