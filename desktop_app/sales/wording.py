"""What corrections, cash and findings are called."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.kernel.words import Message, msg
from desktop_app.sales.gap_records import GapKind, Sure
from desktop_app.sales.records import CashKind, CorrectionKind, Disposal

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
    GapKind.LOOSE: msg("Sold outside of a shift"),
    GapKind.EDITED: msg("Edited after closing"),
    GapKind.OFTEN: msg("Taken back often"),
    GapKind.CLOCK: msg("Clock set back"),
}

SURE: Mapping[Sure, Message] = {
    Sure.CERTAIN: msg("Certain"),
    Sure.LIKELY: msg("Likely"),
    Sure.MAYBE: msg("May be in order"),
}

ADVICE: Mapping[GapKind, Message] = {
    GapKind.HOLE: msg("Look for the number at the till and on its roll; import that day again."),
    GapKind.REMOVED: msg(
        "Have the trail proved in full: it names the rows. Restore a backup of before, and find out"
        " who had the store's file."
    ),
    GapKind.LATE: msg("Compare the Z report with the till's own, and import earlier from now on."),
    GapKind.FLIP: msg("Compare with the slips of the card terminal and with the cash of the Z."),
    GapKind.SOON: msg("Ask whether the guest got the money back, and who was there."),
    GapKind.AFTER: msg("Ask who agreed to it, and look for the guest's signature on the slip."),
    GapKind.CASH: msg("Have the cash counted again by two people; look at cash in and out."),
    GapKind.LOOSE: msg("Open the shift before the first sale and close it after the last."),
    GapKind.EDITED: msg("Ask who edited it at the till, and take that right away there."),
    GapKind.OFTEN: msg("Look at these receipts one by one, and speak with whom it concerns."),
    GapKind.CLOCK: msg("Let clocks be set by the network, and look at what was sold around then."),
}
"""What somebody should do about a finding."""
