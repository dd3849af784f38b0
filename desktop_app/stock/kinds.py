"""The words of the stock: papers, moves, states."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from desktop_app.kernel.words import Message, msg


class PaperKind(StrEnum):
    """What a posted document does to the stock."""

    SUPPLY = "supply"
    TRANSFER = "transfer"
    WRITE_OFF = "write_off"
    PRODUCTION = "production"
    COUNT = "count"


class MoveKind(StrEnum):
    """Why stock moved."""

    SUPPLY = "supply"
    TRANSFER = "transfer"
    WRITE_OFF = "write_off"
    PRODUCTION = "production"
    COUNT = "count"
    SALE = "sale"
    REVALUED = "revalued"
    """No quantity: what had been sold before it was bought gets the price it was bought at."""


class CountState(StrEnum):
    """How far a stock-take is."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"


PAPERS: Mapping[PaperKind, Message] = {
    PaperKind.SUPPLY: msg("Supply"),
    PaperKind.TRANSFER: msg("Transfer"),
    PaperKind.WRITE_OFF: msg("Write-off"),
    PaperKind.PRODUCTION: msg("Production"),
    PaperKind.COUNT: msg("Stock-take"),
}

MOVES: Mapping[MoveKind, Message] = {
    MoveKind.SUPPLY: msg("Supply"),
    MoveKind.TRANSFER: msg("Transfer"),
    MoveKind.WRITE_OFF: msg("Write-off"),
    MoveKind.PRODUCTION: msg("Production"),
    MoveKind.COUNT: msg("Stock-take"),
    MoveKind.SALE: msg("Sales"),
    MoveKind.REVALUED: msg("Revalued"),
}

COUNT_STATES: Mapping[CountState, Message] = {
    CountState.WAITING: msg("Waits for approval"),
    CountState.APPROVED: msg("Approved"),
    CountState.REFUSED: msg("Refused"),
}
