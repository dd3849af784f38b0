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


def copies_in(pid: int, needles: dict[str, bytes]) -> dict[str, int]:
    """Count copies of secrets in the writable memory of another process of ours (Linux)."""
    found = dict.fromkeys(needles, 0)
    with (
        Path(f"/proc/{pid}/maps").open() as maps,
        Path(f"/proc/{pid}/mem").open("rb", 0) as memory,
    ):
        for line in maps:
            place, rights = line.split()[:2]
            if not rights.startswith("rw"):
                continue
            first, last = (int(part, 16) for part in place.split("-"))
            try:
                memory.seek(first)
                held = memory.read(last - first)
            except (OSError, ValueError):  # the kernel's own pages
                continue
            for name, needle in needles.items():
                found[name] += held.count(needle)
    return found
