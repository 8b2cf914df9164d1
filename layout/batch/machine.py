"""What this machine has for us: cores and memory."""

from __future__ import annotations

import os
from pathlib import Path

#: What a page of a newspaper takes at its peak, generously; the limit that kills is far above it.
_TYPICAL_PAGE = 1_500_000_000


def fitting_jobs() -> int:
    """As many workers as there are cores for us and memory for their pages."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, memory_available() // _TYPICAL_PAGE))


def memory_available() -> int:
    """Bytes of memory that may be used: the system's, or what the control group leaves."""
    available = 1 << 62
    try:
        for line in Path("/proc/meminfo").read_text().splitlines():
            if line.startswith("MemAvailable:"):
                available = int(line.split()[1]) * 1024
        group = Path("/sys/fs/cgroup")
        limit = (group / "memory.max").read_text().strip()
        if limit.isdecimal():
            used = int((group / "memory.current").read_text())
            available = min(available, max(0, int(limit) - used))
    except (OSError, ValueError):
        pass
    return available
