"""How much memory a process took."""

from __future__ import annotations

import resource
from pathlib import Path


def peak_mib() -> int:
    """Return the peak of this process in MiB; ru_maxrss also counts the one that started it."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    line = next(one for one in status.read_text().splitlines() if one.startswith("VmHWM"))
    return int(line.split()[1]) // 1024
