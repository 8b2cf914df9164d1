"""The Dask engine: units to workers of a cluster, receipts back; pages travel by path.

Dask moves keys and receipts only. On each worker a leaf does the work in its own process, so that a bad
page kills neither the worker nor what the worker has finished. A worker that is lost gives its units to
others: they find by the receipts on disk what was done.
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import os
import queue
import threading
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import dask.config
from distributed import Client, Future, KilledWorker, LocalCluster

from layout.batch.child import TASKS, Leaf
from layout.batch.failures import crashed, failure_of, stopped
from layout.batch.local import try_twice
from layout.batch.unit import Limits, Receipt, Unit
from layout.errors import DependencyError, UsageError

#: Names of dask-jobqueue's clusters, as the command line calls them.
CLUSTERS = {
    "htcondor": "HTCondorCluster",
    "lsf": "LSFCluster",
    "moab": "MoabCluster",
    "oar": "OARCluster",
    "pbs": "PBSCluster",
    "sge": "SGECluster",
    "slurm": "SLURMCluster",
}


class DaskEngine:
    """Works on ``width`` units at once through a `Client`; implements `Engine`."""

    def __init__(
        self, client: Client, limits: Limits, recycle_after: int = 200, tasks: str = TASKS, width: int = 0
    ) -> None:
        self._client = client
        self._limits = limits
        self._recycle_after = recycle_after
        self._tasks = tasks
        self._width_given, self._width = width > 0, width or 1
        self._run = uuid.uuid4().hex
        self._number = itertools.count()
        self._units: dict[str, tuple[Future | None, Unit]] = {}
        self._finished: queue.SimpleQueue[str] = queue.SimpleQueue()

    @property
    def width(self) -> int:
        if not self._width_given:
            with contextlib.suppress(Exception):  # of a scheduler that has gone what it last had
                self._width = max(1, sum(self._client.nthreads().values()))
        return self._width

    def submit(self, unit: Unit) -> None:
        key = f"{unit.key}-{self._run}-{next(self._number)}"
        if self._client.status != "running":  # the scheduler has gone
            self._units[key] = None, unit
            self._finished.put(key)
            return
        future = self._client.submit(
            _do, unit, self._limits, self._recycle_after, self._tasks, self._run, key=key, pure=False
        )
        self._units[key] = future, unit
        future.add_done_callback(lambda done: self._finished.put(done.key))

    def done(self, wait_s: float) -> Iterator[Receipt]:
        with contextlib.suppress(queue.Empty):
            yield self._receipt(self._finished.get(timeout=wait_s))
            while True:
                yield self._receipt(self._finished.get_nowait())

    def stop(self, now: bool) -> None:
        self._tell(_stop, self._run, now)

    def close(self) -> None:
        self._tell(_end, self._run)
        self._client.close()
        if self._client.cluster is not None:
            self._client.cluster.close()

    def _tell(self, task: Callable[..., int], *said: object) -> None:
        """Have every worker do this; a scheduler that has gone has none."""
        if self._client.status == "running":
            with contextlib.suppress(Exception):
                self._client.run(task, *said)

    def _receipt(self, key: str) -> Receipt:
        future, unit = self._units.pop(key)
        if future is None:
            return Receipt(unit, failure=stopped())
        try:
            receipt: Receipt = replace(future.result(), unit=unit)
        except KilledWorker:
            return Receipt(unit, failure=crashed(1, "every worker that had it was lost"))
        except Exception as error:
            if future.cancelled():
                return Receipt(unit, failure=stopped())
            return Receipt(unit, failure=failure_of(error))
        finally:
            future.release()
        return receipt


def connect(
    limits: Limits,
    recycle_after: int,
    jobs: int,
    scheduler: str | None = None,
    cluster: str | None = None,
    tasks: str = TASKS,
) -> DaskEngine:
    """An engine on a running scheduler, on a cluster's queueing system, or on workers of this machine.

    Raises `UsageError` for a scheduler that does not answer and `DependencyError` without dask-jobqueue.
    """
    logging.getLogger("distributed").setLevel(logging.ERROR)
    if scheduler is not None:
        try:
            client = Client(scheduler, timeout="10s")
        except (OSError, ValueError) as error:
            problem = f"the scheduler {scheduler} does not answer"
            raise UsageError(problem, remedy="check its address, like tcp://host:8786") from error
        return DaskEngine(client, limits, recycle_after, tasks)
    if cluster is not None:
        queued, cores = queueing(cluster)
        # jobs that the queueing system ends are replaced; with scale() they would not be
        queued.adapt(minimum_jobs=1, maximum_jobs=jobs)
        return DaskEngine(Client(queued), limits, recycle_after, tasks, width=jobs * cores)
    local = LocalCluster(
        n_workers=jobs,
        threads_per_worker=1,
        processes=True,
        memory_limit=0,  # the leaf watches its own
        silence_logs=logging.ERROR,
        scheduler_kwargs={"dashboard": False},  # nobody asked for an open port
    )
    return DaskEngine(Client(local), limits, recycle_after, tasks, width=jobs)


def queueing(name: str) -> tuple[Any, int]:
    """A cluster that starts its workers as jobs of a queueing system, and how many units a job does at once.

    What a job asks for is in Dask's own configuration, where the jobs of all who use the cluster have it.
    Raises `UsageError` for an unknown name and for a cluster that is not configured, and `DependencyError`.
    """
    if name not in CLUSTERS:
        raise UsageError(f"no cluster is called '{name}'", remedy=f"known are: {', '.join(CLUSTERS)}")
    try:
        import dask_jobqueue
    except ModuleNotFoundError as error:
        raise DependencyError(
            "dask-jobqueue is not installed", remedy="run: pip install 'newsreflow[dask]'"
        ) from error
    cores = dask.config.get(f"jobqueue.{name}.cores", None)
    try:
        if not cores:
            raise ValueError("cores are not set")
        return getattr(dask_jobqueue, CLUSTERS[name])(), int(cores)
    except ValueError as error:
        raise UsageError(
            f"what a job of the cluster '{name}' may use is not configured ({str(error).splitlines()[0]})",
            remedy=f"set jobqueue.{name}.cores and .memory in ~/.config/dask/jobqueue.yaml",
        ) from error


# On the workers

_here = threading.local()
_leaves: dict[str, list[Leaf]] = {}
_stopping: dict[str, bool] = {}


def _do(unit: Unit, limits: Limits, recycle_after: int, tasks: str, run: str) -> Receipt:
    """Do a unit on this worker, in the leaf of this thread."""
    if run in _stopping:
        return Receipt(Unit(unit.key, unit.kind, {}), failure=stopped())
    known: tuple[str, Leaf] | None = getattr(_here, "leaf", None)
    if known is None or known[0] != run:
        if known is not None:
            known[1].close()
        known = run, Leaf(recycle_after, tasks)
        _here.leaf = known
        _leaves.setdefault(run, []).append(known[1])
    receipt = try_twice(known[1], unit, limits, contextlib.nullcontext, contextlib.nullcontext)
    return replace(receipt, unit=Unit(unit.key, unit.kind, {}))


def _stop(run: str, now: bool) -> int:
    """Begin no more units of a run on this worker; with ``now`` give up those in hand."""
    _stopping[run] = now
    for leaf in _leaves.get(run, ()):
        if now:
            leaf.interrupt()
    return os.getpid()


def _end(run: str) -> int:
    """End the leaves of a run on this worker, which may live on for other runs."""
    _stop(run, True)
    leaves = _leaves.pop(run, [])
    for leaf in leaves:
        leaf.close()
    return len(leaves)
