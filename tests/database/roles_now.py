"""Which role may do what, as text: `python -m tests.database.roles_now` writes roles.txt anew."""

from __future__ import annotations

from pathlib import Path

import desktop_app.app
import desktop_app.demo.operations  # noqa: F401 - both fill the registry
from desktop_app.db.operation import REGISTRY
from desktop_app.kernel.access import Role
from desktop_app.kernel.roles import BUILT_IN

FILE = Path(__file__).with_name("roles.txt")


def table() -> str:
    """Return one line per operation: its permission and the roles that hold it."""
    lines = [
        f"{name:34} {op.permission.value:19} "
        + " ".join(
            role.value if op.permission in BUILT_IN[role].permissions else "-" * len(role.value)
            for role in Role
        )
        for name, op in sorted(REGISTRY.items())
        if not name.startswith("test.")
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    FILE.write_text(table(), encoding="utf-8")
