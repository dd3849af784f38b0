"""The walls around the child, put up by itself before it looks at the file.

POSIX: memory, processor time, no file to be written or opened any more, no process, no core. (On
macOS the memory limit is not kept by the system.) Windows: the host puts it in a job, see
`windows_job`.
"""

from __future__ import annotations

import os
import sys

from desktop_app.exchange.worker.limits import Limits


def confine(limits: Limits) -> None:
    """Give up what the work does not need."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not on Windows

    _preload()
    wanted = {
        resource.RLIMIT_AS: limits.memory,
        resource.RLIMIT_CPU: limits.cpu,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NPROC: 0,
        resource.RLIMIT_NOFILE: 3,
    }
    for which, value in wanted.items():
        hard = resource.getrlimit(which)[1]
        lower = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(which, (lower, lower))
    os.umask(0o077)


def _preload() -> None:
    """Load the codecs that are otherwise loaded when first used: no file opens from here on."""
    for codec in ("cp437", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "idna", "latin-1"):
        "".encode(codec)
