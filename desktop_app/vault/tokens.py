"""Till PINs and cards of people at work, as something from which they cannot be read back.

The store keeps salt and Argon2id hash. A PIN has a salt of its own; a card that is held to a reader
has to find its person, so the cards of a venue share one. Somebody who holds the store's key and
the right to change staff could still try all PINs of four digits in half an hour.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets

from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import msg
from desktop_app.vault.cost import SALT_BYTES, KdfCost

_CARD = re.compile(r"[0-9A-Za-z:;=?%_-]{4,64}")


def hashed_pin(pin: str) -> str:
    """Return what is kept of a PIN, under a salt of its own."""
    return _kept(pin, secrets.token_bytes(SALT_BYTES))


def pin_fits(pin: str, kept: str) -> bool:
    """Tell whether a PIN is the one of which `kept` was kept."""
    salt = base64.b64decode(kept.partition("$")[0])
    return hmac.compare_digest(_kept(pin, salt), kept)


def hashed_card(card: str, venue_id: int) -> str:
    """Return what is kept of a card at a venue; the same card gives the same."""
    salt = hashlib.sha256(f"clopos-desk/staff-card/{venue_id}".encode()).digest()[:SALT_BYTES]
    return _kept(read_card(card), salt)


def read_card(text: str) -> str:
    """Return what a reader types for a card; InvalidError where that is none."""
    card = text.strip().upper()
    if not _CARD.fullmatch(card):
        raise InvalidError(
            msg("This is not what a card reader types."),
            field="card",
            hint=msg("Put the cursor into the field and hold the card to the reader."),
        )
    return card


def _kept(secret: str, salt: bytes) -> str:
    key = KdfCost.FLOOR.derive(secret, salt)
    kept = base64.b64encode(key.reveal()).decode()
    key.wipe()
    return f"{base64.b64encode(salt).decode()}${kept}"
