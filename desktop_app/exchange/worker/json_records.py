"""Records of JSON, one to a line: a list of objects, or an answer of an API that holds one.

Fractions are sent as text, exactly as they stood.
"""

from __future__ import annotations

import json
from typing import Any

from desktop_app.exchange.worker.frames import END, PIECE, TABLE, Outlet, Refused
from desktop_app.exchange.worker.limits import MIB, Limits
from desktop_app.kernel.json_text import DEPTH_LIMIT, BadJsonError, read_json

_RECORD_LIMIT = MIB


def send_records(content: bytes, limits: Limits, outlet: Outlet, *, member: str) -> None:
    """Send the records of a JSON text."""
    try:
        found = read_json(content, size=limits.json)
    except BadJsonError as error:
        raise Refused(
            f"json-{error.flaw}", n=error.line,
            limit=DEPTH_LIMIT if error.flaw == "depth" else limits.json // MIB,
        ) from None  # fmt: skip
    records = _records(found)
    if len(records) > limits.records:
        raise Refused("records", n=len(records), limit=limits.records)
    outlet.answer(TABLE, name=member, sheet="", kind="json")
    lines = bytearray()
    for number, record in enumerate(records, 1):
        line = json.dumps(record, default=str).encode() + b"\n"
        if len(line) >= _RECORD_LIMIT:
            raise Refused("record", n=number)
        lines += line
        if len(lines) > PIECE:
            outlet.pass_on(lines)
            lines.clear()
    outlet.pass_on(lines)
    outlet.answer(END, formulas=0, formula="", errors=0, error="", lost=0)


def _records(found: Any) -> list[Any]:
    if isinstance(found, dict):
        if found.get("success") is False:
            raise Refused("json-failed")
        found = found.get("data")
    if isinstance(found, list) and found and all(isinstance(one, dict) for one in found):
        return found
    raise Refused("json-list")
