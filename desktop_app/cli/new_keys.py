"""New keys in the answers of the command line."""

from __future__ import annotations

from typing import Any

from desktop_app.access.key_records import NewKeys
from desktop_app.access.new_keys import new_keys_words as new_keys_said


def new_keys_json(keys: NewKeys) -> dict[str, Any]:
    """Return the part of an answer that says what was locked anew."""
    return {
        "new_keys": [
            {
                "domain": one.domain,
                "old": one.old,
                "new": one.new,
                "bytes": one.size,
                "seconds": round(one.seconds, 3),
            }
            for one in keys.keys
        ],
        "owed": list(keys.owed),
    }


__all__ = ["new_keys_json", "new_keys_said"]
