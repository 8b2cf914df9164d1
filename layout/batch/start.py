"""Everything a run needs around it: lock, journal, engine, signals, and the report at its end."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from layout.batch import report
from layout.batch.child import TASKS
from layout.batch.journal import Journal
from layout.batch.local import LocalEngine
from layout.batch.lock import locked
from layout.batch.log import RunLog
from layout.batch.outcome import Outcome
from layout.batch.progress import Both, Progress
from layout.batch.run import Request, Run
from layout.batch.stop import Stop
from layout.batch.store import STATE
from layout.batch.unit import Limits
from layout.config import BatchSettings
from layout.errors import AccessError


def start(
    request: Request,
    progress: Progress,
    *,
    journal_file: Path | None = None,
    tasks: str = TASKS,
    stop: Stop | None = None,
) -> Outcome:
    """Do a run and write its report; raises `LayoutError` only where it could not begin."""
    shard = request.shard.name if request.shard else None
    with locked(request.out, shard):
        stop = stop or Stop()
        name = f"-{shard}" if shard else ""
        journal = Journal(journal_file or request.out / STATE / f"journal{name}.sqlite")
        engine = local_engine(request.config.batch, tasks)
        log = RunLog(request.out / STATE / f"log{name}.jsonl")
        try:
            with stop.on_signals():
                outcome = Run(request, engine, journal, Both(progress, log), stop).go()
        except sqlite3.Error as error:
            problem = f"the journal cannot be used ({error})"
            raise AccessError(problem, file=str(journal.path), remedy="make room and run again") from error
        finally:
            engine.stop(now=stop.at_once)
            engine.close()
            progress.close()
            log.close()
        _report(request.out, journal, outcome, name)
        journal.close()
    return outcome


def _report(out: Path, journal: Journal, outcome: Outcome, name: str) -> None:
    try:
        report.write(out, journal, outcome, name)
    except (OSError, sqlite3.Error) as error:
        if outcome.stop != "disk":  # else it has been said
            problem = f"the report cannot be written ({error})"
            raise AccessError(problem, file=str(out), remedy="make room and run again") from error


def look(request: Request, progress: Progress, tasks: str = TASKS) -> tuple[Outcome, list[tuple[str, int]]]:
    """What a run would do, without writing anything: issue ids and their number of pages."""
    engine = local_engine(request.config.batch, tasks)
    journal = Journal(Path(":memory:"))
    try:
        run = Run(request, engine, journal, progress, Stop())
        jobs = run.jobs()
        return run.outcome, [(job.id, len(job.pages)) for job in jobs]
    finally:
        engine.close()
        journal.close()
        progress.close()


def local_engine(settings: BatchSettings, tasks: str = TASKS) -> LocalEngine:
    limits = Limits(settings.page_timeout_s, settings.page_memory_mb)
    return LocalEngine(settings.jobs or fitting_jobs(), limits, settings.recycle_after, tasks)


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
