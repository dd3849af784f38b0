"""Which role may do what, as text: `python -m tests.database.roles_now` writes both files anew.

roles.txt has a line for each operation, rights.txt one for each right.
"""

from __future__ import annotations

from pathlib import Path

import desktop_app.app
import desktop_app.demo.operations  # noqa: F401 - both fill the registry
from desktop_app.db.operation import REGISTRY
from desktop_app.kernel.access import Permission, Role
from desktop_app.kernel.permissions import ABOUT
from desktop_app.kernel.roles import BUILT_IN, FOR_OWNERS

FILE = Path(__file__).with_name("roles.txt")
RIGHTS_FILE = Path(__file__).with_name("rights.txt")


def table() -> str:
    """Return one line per operation: its permission and the roles that hold it."""
    lines = [
        f"{name:34} {op.permission.value:19} {_holders(op.permission)}"
        for name, op in sorted(REGISTRY.items())
        if not name.startswith("test.")
    ]
    return "\n".join(lines) + "\n"


def rights_table() -> str:
    """Return one line per right: its risk, how it is kept, what it opens, who holds it."""
    lines = []
    for right in sorted(Permission):
        about = ABOUT[right]
        keys = [*sorted(domain.value for domain in about.domains), *(["trail"] * about.trail)]
        lines.append(
            f"{right.value:23} {about.area.value:10} {int(about.risk)} {about.enforced.value:7} "
            f"{'+'.join(keys) or '-':13} {'owners' if right in FOR_OWNERS else 'anyone':7} "
            f"{_holders(right)}"
        )
    return "\n".join(lines) + "\n"


def _holders(right: Permission) -> str:
    return " ".join(
        role.value if right in BUILT_IN[role].permissions else "-" * len(role.value)
        for role in Role
    )


if __name__ == "__main__":
    FILE.write_text(table(), encoding="utf-8")
    RIGHTS_FILE.write_text(rights_table(), encoding="utf-8")
