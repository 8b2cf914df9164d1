"""Everything a run needs around it: lock, journal, engine, signals, and the report at its end."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

from layout.batch import report
from layout.batch.child import TASKS
from layout.batch.engines import LOCAL, Where, make_engine
from layout.batch.journal import Journal
from layout.batch.lock import locked
from layout.batch.log import RunLog
from layout.batch.outcome import Outcome
from layout.batch.progress import Both, Progress
from layout.batch.run import Request, Run, absolute
from layout.batch.stop import Stop
from layout.batch.store import STATE
from layout.errors import AccessError


def start(
    request: Request,
    progress: Progress,
    *,
    where: Where = LOCAL,
    journal_file: Path | None = None,
    tasks: str = TASKS,
    stop: Stop | None = None,
) -> Outcome:
    """Do a run and write its report; raises `LayoutError` only where it could not begin."""
    shard = request.shard.name if request.shard else None
    if where.engine != "local":  # workers stand in other folders
        inputs = tuple(absolute(request.inputs, request.remote))
        request = replace(request, inputs=inputs, out=request.out.absolute())
    with locked(request.out, shard):
        stop = stop or Stop()
        name = f"-{shard}" if shard else ""
        journal = Journal(journal_file or request.out / STATE / f"journal{name}.sqlite")
        engine = make_engine(request.config.batch, where, tasks)
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
    engine = make_engine(request.config.batch, LOCAL, tasks)
    journal = Journal(Path(":memory:"))
    try:
        run = Run(request, engine, journal, progress, Stop())
        jobs = run.jobs()
        return run.outcome, [(job.id, len(job.pages)) for job in jobs]
    finally:
        engine.close()
        journal.close()
        progress.close()
