"""Any exception -> a `Failure`: a word to count by, a sentence for people, an exit code."""

from __future__ import annotations

import errno
import signal

from layout.batch.unit import Failure, Limits
from layout.errors import (
    AccessError,
    ConfigError,
    DependencyError,
    EncryptedError,
    InputError,
    LayoutError,
    OutputError,
    ResourceError,
    UsageError,
    printable,
)

#: Most special first.
_REASONS = (
    (EncryptedError, "encrypted"),
    (InputError, "input"),
    (DependencyError, "dependency"),
    (OutputError, "output"),
    (AccessError, "access"),
    (ConfigError, "config"),
    (UsageError, "usage"),
    (ResourceError, "resource"),
)

#: Reasons that lie in the machine of the moment, not in the page: the next run tries again.
PASSING = frozenset({"access", "changed", "config", "dependency", "disk", "stopped", "usage"})


def failure_of(error: BaseException, detail: str = "") -> Failure:
    """The failure that an exception means; ``detail`` is for the log (a traceback)."""
    full = _cannot_write(error)
    if full is not None:
        problem = f"results cannot be written ({full.strerror})"
        place = printable(str(full.filename or "the output folder"))
        return Failure("disk", f"{place}: {problem}", problem, 5, detail)
    if isinstance(error, LayoutError):
        reason = next((word for kind, word in _REASONS if isinstance(error, kind)), "error")
        return Failure(reason, str(error), printable(error.problem), error.exit_code)
    if _is_memory(error):
        problem = "there was not enough memory for it"
        return Failure("memory", f"{problem}; give more with --page-memory", problem, 7, detail)
    if isinstance(error, OSError) and error.errno in _MACHINE:
        problem = f"{error.strerror}"
        place = printable(f"{error.filename}: ") if error.filename else ""
        return Failure("access", f"{place}{problem}", problem, 5, detail)
    said = printable(" ".join(str(error).split())[:200])
    problem = f"an unexpected {type(error).__name__}: {said}"
    return Failure(
        "error", f"{problem}; this is a fault of the program, please report it", problem, 15, detail
    )


def timed_out(limits: Limits) -> Failure:
    problem = f"it took longer than {limits.timeout_s:g} seconds"
    return Failure("timeout", f"{problem}; allow more with --page-timeout", problem, 7)


def over_memory(limits: Limits) -> Failure:
    problem = f"it needed more than {limits.memory_mb} MB of memory"
    return Failure("memory", f"{problem}; allow more with --page-memory", problem, 7)


def crashed(status: int, detail: str = "") -> Failure:
    """The failure of a process that ended with this status instead of an answer."""
    if status < 0:
        name = _signal_name(-status)
        hint = " (the system ends processes so when memory runs out)" if name == "SIGKILL" else ""
        problem = f"its process was ended by {name}{hint}"
        return Failure(f"crash:{name}", problem, problem, 7, detail)
    problem = f"its process ended with status {status}"
    return Failure("crash", problem, problem, 7, detail)


def stopped() -> Failure:
    return Failure("stopped", "the run was stopped before it was done", "the run was stopped", 130)


def may_repeat(failure: Failure) -> bool:
    """Whether a second try, alone and with larger limits, can help."""
    return failure.reason in ("timeout", "memory") or failure.reason.startswith("crash")


_MACHINE = (
    *(errno.EACCES, errno.EPERM, errno.EIO, errno.ENOENT),
    *(errno.EAGAIN, errno.EMFILE, errno.ENFILE, errno.ENOMEM),  # no process or file more
)
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)


def _cannot_write(error: BaseException | None) -> OSError | None:
    """The error of a full or read-only disk, among an error and its causes."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in _FULL:
            return error
        error = error.__cause__
    return None


def _is_memory(error: BaseException) -> bool:
    # OpenCV has its own exception with its own words
    return isinstance(error, MemoryError) or "Insufficient memory" in str(error)


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
