"""The child's side of a leaf: `python -m layout.batch.leaf module:TASKS`.

Reads a task from standard input, does it, answers on what was standard output; ends with its input.
Whatever libraries print goes to standard error. Limits that the parent cannot set from outside are set
here, before anything heavy is imported.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import logging
import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any

from layout.batch import frames
from layout.batch.failures import failure_of
from layout.document.many import give_back

Task = Callable[[dict[str, Any]], dict[str, Any]]

_PR_SET_PDEATHSIG = 1

#: Address space is more than resident memory: shared libraries and arenas. Measured: 0.5 GB after all
#: imports; the parent watches resident memory, this is the backstop.
_ADDRESS_HEADROOM = 2 << 30


def main(argv: list[str]) -> int:
    """Serve tasks until the input ends."""
    _die_with_parent()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(name)s: %(message)s")
    module, _, table = argv[1].partition(":")
    tasks: dict[str, Task] = getattr(import_module(module), table)
    while (message := frames.read(sys.stdin.buffer)) is not None:
        answers.write(frames.pack(_serve(tasks, message)))
        answers.flush()
        _rest()
    return 0


def _serve(tasks: dict[str, Task], message: dict[str, Any]) -> dict[str, Any]:
    _limit_memory(message["memory_mb"])
    reset_peak()
    start = time.perf_counter()
    answer: dict[str, Any] = {}
    try:
        answer["value"] = tasks[message["kind"]](message["payload"])
    except Exception as error:
        answer["failure"] = asdict(failure_of(error, traceback.format_exc()))
    answer["seconds"] = round(time.perf_counter() - start, 3)
    answer["peak_mb"] = round(peak_mb(), 1)
    return answer


def peak_mb() -> float:
    """Largest resident memory of this process since the last reset, in MB (10^6 bytes)."""
    try:
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024 / 1e6
    except OSError:
        pass
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def reset_peak() -> None:
    """Begin a new measurement of `peak_mb`; does nothing where the system cannot."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def _rest() -> None:
    """Collect garbage and give its memory back.

    What is still there after a unit (modules, tables) is set apart, so that the collector need not look at it
    again: 25 ms after every page otherwise.
    """
    gc.collect()
    gc.freeze()
    give_back()


def _limit_memory(memory_mb: int) -> None:
    wanted = memory_mb * 1_000_000 + _ADDRESS_HEADROOM
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    with contextlib.suppress(ValueError, OSError):  # macOS knows the limit and refuses it
        resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))


def _die_with_parent() -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        parent = os.getppid()
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


if __name__ == "__main__":
    sys.exit(main(sys.argv))
