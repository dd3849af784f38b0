"""What the two people sign: the same words for who asks, who decides, and who checks later."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from desktop_app.access.request_tables import ApprovalRequest
from desktop_app.kernel.clock import millis
from desktop_app.vault.sealing import canonical, labelled

ASKING, DECIDING = "request/v1", "approval/v1"


def digest_of(operation: str, salt: str, arguments: Mapping[str, Any], limits: Any) -> str:
    """Return what stands for the arguments of a request; `salt` is random and sealed with them."""
    told = canonical({"salt": salt, "arguments": arguments, "limits": limits})
    return hashlib.sha256(labelled("request-arguments/v1", operation) + told).hexdigest()


def asked(install: str, row: ApprovalRequest) -> bytes:
    """Return what the requester signs: the request, and the letter as it was sealed."""
    letter = hashlib.sha256(row.letter.encode()).hexdigest()
    return canonical({**_request(install, row), "letter": letter})


def decided(install: str, row: ApprovalRequest, decision: str, decider: str, at: datetime) -> bytes:
    """Return what the second person signs: the same request, and their decision."""
    said = {"decision": decision, "by": decider, "at": millis(at)}
    return canonical({**_request(install, row), **said})


def place_of(install: str, request_id: int, part: str) -> bytes:
    """Return the label that binds a letter to its request."""
    return labelled("request/v1", install, str(request_id), part)


def _request(install: str, row: ApprovalRequest) -> dict[str, Any]:
    return {
        "install": install,
        "id": str(row.id),
        "operation": row.operation,
        "deed": row.deed,
        "digest": row.digest,
        "requester": row.requester,
        "asked": millis(row.asked_at),
        "expires": millis(row.expires_at),
    }
