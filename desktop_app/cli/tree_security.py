"""The commands that look for what must not be in the store."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.cli.declare import Command, opt
from desktop_app.kernel.words import Message, msg

SECURITY_GROUPS: Mapping[str, Message] = {"cards": msg("Card numbers that must not be here.")}

SECURITY = (
    Command(
        "cards scan",
        msg("Look for card numbers in every text of the store; exit code 7 where one is left."),
        "cards:scan",
        (
            opt(
                "--mask",
                action="store_true",
                about=msg("Replace what is found by its last four digits."),
            ),
        ),
    ),
    Command("cards status", msg("Show the last scan for card numbers."), "cards:status"),
)
