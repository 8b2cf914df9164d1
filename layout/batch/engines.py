"""Engines by name; one whose packages are not installed costs nothing until it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from layout.batch.child import TASKS
from layout.batch.machine import fitting_jobs
from layout.batch.unit import Engine, Limits
from layout.config import BatchSettings
from layout.errors import DependencyError, UsageError

ENGINES = ("local", "dask")


@dataclass(frozen=True)
class Where:
    """Which engine, and for Dask the scheduler's address or the kind of cluster to start."""

    engine: str = "local"
    scheduler: str | None = None
    cluster: str | None = None

    def __post_init__(self) -> None:
        if self.engine not in ENGINES:
            raise UsageError(
                f"no engine is called '{self.engine}'", remedy=f"known are: {', '.join(ENGINES)}"
            )
        if self.engine == "local" and (self.scheduler or self.cluster):
            raise UsageError("the local engine has no scheduler or cluster", remedy="add --engine dask")


#: On this machine.
LOCAL = Where()


def make_engine(settings: BatchSettings, where: Where, tasks: str = TASKS) -> Engine:
    """The engine, ready to work. Raises `DependencyError` where it is not installed."""
    limits = Limits(settings.page_timeout_s, settings.page_memory_mb)
    jobs = settings.jobs or fitting_jobs()
    if where.engine == "local":
        from layout.batch.local import LocalEngine

        return LocalEngine(jobs, limits, settings.recycle_after, tasks)
    dask: Any
    try:
        from layout.batch import dask_engine as dask
    except ModuleNotFoundError as error:
        raise DependencyError(
            f"the engine 'dask' needs the package '{error.name}'",
            remedy="run: pip install 'newsreflow[dask]'",
        ) from error
    engine: Engine = dask.connect(limits, settings.recycle_after, jobs, where.scheduler, where.cluster, tasks)
    return engine
