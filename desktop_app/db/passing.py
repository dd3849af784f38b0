"""What the gate hands to whoever may pass: what the trail is to say, and what is used up by it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop_app.kernel.access import Limit

Claim = Callable[[Any], None]
"""Takes the `Transaction`, which knows of passes itself."""


@dataclass(frozen=True, slots=True)
class Pass:
    """Leave to do one act.

    `detail` goes into the trail. `claim` uses an approval up: in the transaction of a command, or
    in one of its own before a task begins. `limits` are the numbers a second person agreed to.
    """

    detail: Mapping[str, Any] = field(default_factory=dict)
    claim: Claim | None = None
    limits: Mapping[Limit, int] = field(default_factory=dict)


FREE = Pass()
"""For what needs no more than the permission."""
