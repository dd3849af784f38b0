"""The scan for card numbers."""

from __future__ import annotations

from typing import Any

from desktop_app.cli.call import Call, Desk
from desktop_app.cli.output import Answer, Column, Facts, Shown, Table
from desktop_app.kernel.errors import DamagedError
from desktop_app.kernel.words import Message, msg, msgs
from desktop_app.security.operations import last_card_scan, mask_cards, scan_cards
from desktop_app.security.records import CardScanRow


def scan(call: Call, desk: Desk) -> Answer:
    """Look for card numbers, mask them where that is asked; exit code 7 where one is left."""
    report = desk.do(mask_cards if call.options.mask else scan_cards)
    summary = report.summary
    shown: list[Shown] = [_said(summary), _facts(call, desk, summary)]
    if report.places:
        shown.append(
            Table(
                [
                    Column(msg("Database table")),
                    Column(msg("Column")),
                    Column(msg("Row")),
                    Column(msg("What was found")),
                ],
                [[one.table, one.column, one.row_id, one.masked] for one in report.places],
            )
        )
    if report.closed:
        shown.append(
            msg("Not looked into, your role does not open them: {names}.",
                names=", ".join(report.closed))
        )  # fmt: skip
    document = _document(desk, summary) | {
        "places": [
            {"table": one.table, "column": one.column, "row": one.row_id, "masked": one.masked}
            for one in report.places
        ],
        "closed": list(report.closed),
    }
    return Answer(document, shown, DamagedError.exit_code if summary.left else 0)


def status(call: Call, desk: Desk) -> Answer:
    """Show the last scan for card numbers."""
    summary = desk.do(last_card_scan)
    if summary is None:
        return Answer({"at": None}, [msg("The store was never searched for card numbers.")])
    return Answer(_document(desk, summary), [_said(summary), _facts(call, desk, summary)])


def _said(summary: CardScanRow) -> Message:
    if summary.left:
        return msgs(
            "There is {n} text with card data in the store.",
            "There are {n} texts with card data in the store.",
            summary.left,
        )
    if summary.masked:
        return msgs(
            "{n} text with card data was found and masked.",
            "{n} texts with card data were found and masked.",
            summary.masked,
        )
    return msg("No card number was found.")


def _facts(call: Call, desk: Desk, summary: CardScanRow) -> Facts:
    pairs = [
        (msg("Searched at"), desk.when(summary.at)),
        (msg("By"), summary.actor),
        (msg("Rows"), call.number(summary.rows)),
        (msg("Tables"), call.number(summary.tables)),
    ]
    if summary.allowed:
        pairs.append((msg("Said to be no card"), call.number(summary.allowed)))
    return Facts(pairs)


def _document(desk: Desk, summary: CardScanRow) -> dict[str, Any]:
    return {
        "at": desk.iso(summary.at),
        "actor": summary.actor,
        "tables": summary.tables,
        "rows": summary.rows,
        "cells": summary.cells,
        "found": summary.found,
        "masked": summary.masked,
        "left": summary.left,
        "allowed": summary.allowed,
        "closed_tables": summary.closed_tables,
    }
