"""Everything a run needs around it: lock, journal, engine, signals, and the report at its end."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from layout.batch import report
from layout.batch.child import TASKS
from layout.batch.engines import LOCAL, Where, make_engine
from layout.batch.journal import MEMORY, Journal
from layout.batch.lock import locked
from layout.batch.log import RunLog
from layout.batch.outcome import Outcome
from layout.batch.progress import Both, Progress
from layout.batch.request import Request, absolute
from layout.batch.run import Run
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
        state = request.out / STATE
        with closing(Journal(journal_file or state / f"journal{name}.sqlite")) as journal:
            try:
                with (
                    closing(progress),
                    closing(RunLog(state / f"log{name}.jsonl")) as log,
                    closing(make_engine(request.config.batch, where, tasks)) as engine,
                    stop.on_signals(),
                ):
                    try:
                        outcome = Run(request, engine, journal, Both(progress, log), stop).go()
                    finally:
                        engine.stop(now=stop.at_once)
            except sqlite3.Error as error:
                problem = f"the journal cannot be used ({error})"
                raise AccessError(
                    problem, file=str(journal.path), remedy="make room and run again"
                ) from error
            _report(request.out, journal, outcome, name)
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
    with (
        closing(progress),
        closing(Journal(Path(MEMORY))) as journal,
        closing(make_engine(request.config.batch, LOCAL, tasks)) as engine,
    ):
        run = Run(request, engine, journal, progress, Stop())
        jobs = run.jobs()
        return run.outcome, [(job.id, len(job.pages)) for job in jobs]
