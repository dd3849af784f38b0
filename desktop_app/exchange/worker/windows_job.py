"""The walls around the child on Windows: a job object.

It limits memory, forbids further processes and ends the child when the host ends. NOT TRIED: there
was no Windows to try it on. Kept apart so that it can be.
"""

from __future__ import annotations

import sys
from typing import Any

_PROCESS_MEMORY = 0x100
_ACTIVE_PROCESS = 0x8
_KILL_ON_CLOSE = 0x2000
_DIE_ON_EXCEPTION = 0x400
_EXTENDED = 9


def job_for(process: Any, memory: int) -> object | None:
    """Put a started process in a job; the job ends with the object that is returned.

    None on other systems. OSError where Windows refuses: then the child must not be used.
    """
    if sys.platform == "win32":
        return _Job(process, memory)
    return None


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    class _Basic(ctypes.Structure):
        _fields_ = (
            ("process_time", ctypes.c_int64),
            ("job_time", ctypes.c_int64),
            ("flags", wintypes.DWORD),
            ("min_working_set", ctypes.c_size_t),
            ("max_working_set", ctypes.c_size_t),
            ("active_processes", wintypes.DWORD),
            ("affinity", ctypes.c_size_t),
            ("priority", wintypes.DWORD),
            ("scheduling", wintypes.DWORD),
        )

    class _Extended(ctypes.Structure):
        _fields_ = (
            ("basic", _Basic),
            ("io", ctypes.c_uint64 * 6),
            ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t),
            ("peak_process_memory", ctypes.c_size_t),
            ("peak_job_memory", ctypes.c_size_t),
        )

    class _Job:
        def __init__(self, process: Any, memory: int) -> None:
            kernel = ctypes.WinDLL("kernel32", use_last_error=True)
            kernel.CreateJobObjectW.restype = wintypes.HANDLE
            self._close = kernel.CloseHandle
            self._close.argtypes = (wintypes.HANDLE,)
            self._handle = kernel.CreateJobObjectW(None, None)
            facts = _Extended()
            facts.basic.flags = (
                _PROCESS_MEMORY | _ACTIVE_PROCESS | _KILL_ON_CLOSE | _DIE_ON_EXCEPTION
            )
            facts.basic.active_processes = 1
            facts.process_memory = memory
            handle = wintypes.HANDLE(self._handle)
            theirs = wintypes.HANDLE(int(process._handle))  # noqa: SLF001 - Popen has no other
            done = kernel.SetInformationJobObject(
                handle, _EXTENDED, ctypes.byref(facts), ctypes.sizeof(facts)
            ) and kernel.AssignProcessToJobObject(handle, theirs)
            if not done:
                raise ctypes.WinError(ctypes.get_last_error())

        def __del__(self) -> None:
            if self._handle:
                self._close(self._handle)
