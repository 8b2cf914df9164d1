"""The parent's side of a leaf: start it, hand it a unit, wait with a deadline, kill it.

The child leads its own session, so that killing its group takes along what it started (Tesseract as a
program, for one). Owned by one long-lived thread: Linux ties a child's death signal to the thread
that started it.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import IO, Any

from layout.batch import frames
from layout.batch.failures import crashed, over_memory, stopped, timed_out
from layout.batch.unit import Failure, Limits, Receipt, Unit

TASKS = "layout.batch.tasks:TASKS"

#: One thread a worker: Tesseract's and OpenCV's own threads fight each other (measured 3.4 times slower
#: a page), and float sums must not depend on their number.
ENVIRONMENT = {
    "OMP_THREAD_LIMIT": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    # Pictures of pages go back to the system when they are freed; glibc would soon keep them in its heap.
    # What is smaller is used again and again, and an eighth of geometry's time went with having it anew.
    "MALLOC_MMAP_THRESHOLD_": str(8 << 20),
    "MALLOC_TRIM_THRESHOLD_": str(8 << 20),
    "PYTHONHASHSEED": "0",
    "PYTHONUNBUFFERED": "1",
}

_LOOK_EVERY_S = 0.25


class Leaf:
    """A worker process that does one unit at a time and is replaced after ``recycle_after`` of them."""

    def __init__(self, recycle_after: int = 200, tasks: str = TASKS) -> None:
        self._recycle_after = recycle_after
        self._tasks = tasks
        self._process: subprocess.Popen[bytes] | None = None
        self._noise: IO[bytes] | None = None
        self._served = 0
        self._interrupted = threading.Event()

    def ask(self, unit: Unit, limits: Limits) -> Receipt:
        """The receipt of the unit; never raises for what happens in the child."""
        started = time.perf_counter()
        process = self._ready()
        message = {"kind": unit.kind, "payload": unit.payload, "memory_mb": limits.memory_mb}
        answer = self._exchange(process, frames.pack(message), limits)
        self._served += 1
        if isinstance(answer, Failure):
            self.kill()
            return Receipt(unit, failure=answer, seconds=round(time.perf_counter() - started, 3))
        if self._served >= self._recycle_after or _memory_failed(answer):
            self.close()
        failure = Failure(**answer["failure"]) if "failure" in answer else None
        return Receipt(unit, answer.get("value", {}), failure, answer["seconds"], answer["peak_mb"])

    def interrupt(self) -> None:
        """Have the unit in hand given up and no other begun. May be called from another thread."""
        self._interrupted.set()

    def kill(self) -> None:
        """End the process group at once."""
        process = self._process
        if process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            self._forget(process)

    def close(self) -> None:
        """Let the process end by itself, soon."""
        process = self._process
        if process is None:
            return
        with contextlib.suppress(OSError):
            if process.stdin:
                process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=2)
        self.kill()

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            if self._process is not None:
                self._forget(self._process)
            self._noise = tempfile.TemporaryFile()  # noqa: SIM115  # lives as long as the process
            self._process = subprocess.Popen(
                [sys.executable, "-m", "layout.batch.leaf", self._tasks],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._noise,
                start_new_session=True,
                env={**os.environ, **ENVIRONMENT},
            )
            self._served = 0
        return self._process

    def _forget(self, process: subprocess.Popen[bytes]) -> None:
        for stream in (process.stdin, process.stdout, self._noise):
            with contextlib.suppress(OSError):
                if stream is not None:
                    stream.close()
        self._process = self._noise = None

    def _exchange(
        self, process: subprocess.Popen[bytes], message: bytes, limits: Limits
    ) -> dict[str, Any] | Failure:
        assert process.stdin is not None and process.stdout is not None
        deadline = time.monotonic() + limits.timeout_s
        try:
            process.stdin.write(message)
            process.stdin.flush()
        except OSError:
            return self._ended(process)
        held = b""
        pipe = process.stdout.fileno()
        while True:
            left = deadline - time.monotonic()
            if left <= 0:
                return timed_out(limits)
            if self._interrupted.is_set():
                return stopped()
            readable, _, _ = select.select([pipe], [], [], min(left, _LOOK_EVERY_S))
            if readable:
                piece = os.read(pipe, 1 << 16)
                if not piece:
                    return self._ended(process)
                held += piece
                answer = _complete(held)
                if answer is not None:
                    return answer
            elif _resident_mb(process.pid) > limits.memory_mb:
                return over_memory(limits)

    def _ended(self, process: subprocess.Popen[bytes]) -> Failure:
        status = process.wait()
        return crashed(status, self._last_words())

    def _last_words(self) -> str:
        if self._noise is None:
            return ""
        with contextlib.suppress(OSError, ValueError):
            size = self._noise.seek(0, os.SEEK_END)
            self._noise.seek(max(0, size - 2000))
            return self._noise.read().decode("utf-8", "replace").strip()
        return ""


def _complete(held: bytes) -> dict[str, Any] | None:
    size = frames.HEADER.size
    if len(held) < size:
        return None
    length = frames.HEADER.unpack(held[:size])[0]
    return frames.unpack(held[size : size + length]) if len(held) >= size + length else None


def _memory_failed(answer: dict[str, Any]) -> bool:
    return bool(answer.get("failure", {}).get("reason") == "memory")


def _resident_mb(pid: int) -> float:
    """Resident memory of a process and its children, in MB; 0 where the system does not tell."""
    total = 0.0
    with contextlib.suppress(OSError, ValueError, IndexError):
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        total = pages * os.sysconf("SC_PAGE_SIZE") / 1e6
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            total += _resident_mb(int(child))
    return total
