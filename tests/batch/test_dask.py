"""The Dask engine: the same leaf, so the same reasons and the same bytes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from layout.batch.engines import Where
from layout.batch.journal import Journal
from layout.errors import UsageError
from tests.batch.conftest import World

distributed = pytest.importorskip("distributed", reason="the extra newsreflow[dask] is not installed")

import dask  # noqa: E402  # comes with it

from layout.batch.dask_engine import queueing  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")


@pytest.fixture
def scheduler() -> Iterator[str]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, memory_limit=0, dashboard_address=None
    ) as cluster:
        yield cluster.scheduler_address


def _issues(world: World) -> None:
    poison = {2: "crash", 5: "hang", 7: "fault", 9: "bad"}
    for number in range(12):
        world.issue(f"i{number:02d}", "ok first", poison.get(number, f"ok {number}"))


def _told(out: Path) -> dict[str, Any]:
    journal = Journal.of(out)
    told = {row.key: (row.state, row.reason, row.work_key, row.tries) for row in journal.rows(kind="page")}
    journal.close()
    return told


def test_local_and_dask_do_the_same(worlds: Callable[[str], World], scheduler: str) -> None:
    here, there = worlds("here"), worlds("there")
    for world in (here, there):
        _issues(world)
    first = here.run(jobs=2, page_timeout_s=3.0)
    second = there.run(page_timeout_s=3.0, where=Where("dask", scheduler))
    assert first.failures == second.failures
    assert here.archive() == there.archive()
    assert _told(here.out) == _told(there.out)
    assert there.run(where=Where("dask", scheduler)).pages == {"unchanged": 20, "failed": 4}


def test_a_run_leaves_no_process_on_workers_that_go_on(world: World, scheduler: str) -> None:
    world.issue("a", "ok", "ok")
    world.run(where=Where("dask", scheduler))
    with distributed.Client(scheduler) as client:
        assert set(client.run(_children).values()) == {0}


def _children() -> int:
    me = str(os.getpid())
    stats = [path.read_text().rpartition(")")[2].split()[1] for path in Path("/proc").glob("[0-9]*/stat")]
    return stats.count(me)


#: What a job asks of each queueing system: two cores, four gigabytes and two hours.
_ASKED = {
    "slurm": ("#SBATCH --cpus-per-task=2", "#SBATCH --mem=4G", "#SBATCH -t 02:00:00"),
    "pbs": ("#PBS -l select=1:ncpus=2:mem=3815MB", "#PBS -l walltime=02:00:00"),
    "htcondor": ("MY.DaskWorkerCores = 2", "MY.DaskWorkerMemory = 4000000000"),
}


@pytest.mark.parametrize("name", _ASKED)
def test_the_jobs_of_a_cluster_ask_for_what_is_configured(name: str) -> None:
    """By the script alone: there is no queueing system here. A job does a unit on each of its cores."""
    pytest.importorskip("dask_jobqueue", reason="the extra newsreflow[dask] is not installed")
    own = {"cores": 2, "processes": 2, "memory": "4GB", "disk": "1GB", "walltime": "02:00:00"}
    with dask.config.set({f"jobqueue.{name}.{key}": value for key, value in own.items()}):
        cluster, cores = queueing(name)
        script = cluster.job_script()
        cluster.close()
    assert cores == 2
    assert [line for line in _ASKED[name] if line not in script] == []
    assert "--nthreads 1" in script
    assert "--nworkers 2" in script


def test_a_cluster_that_is_not_configured_or_not_known() -> None:
    pytest.importorskip("dask_jobqueue", reason="the extra newsreflow[dask] is not installed")
    with pytest.raises(UsageError, match="what a job of the cluster 'pbs' may use is not configured"):
        queueing("pbs")
    with pytest.raises(UsageError, match="no cluster is called 'slum'"):
        queueing("slum")


def test_a_scheduler_that_is_not_there(world: World) -> None:
    world.issue("a", "ok")
    with pytest.raises(UsageError, match="no scheduler or cluster"):
        Where("local", "tcp://127.0.0.1:1")
    with pytest.raises(UsageError, match="no engine is called 'desk'"):
        Where("desk")


def test_a_scheduler_that_dies_ends_the_run_and_loses_nothing(world: World) -> None:
    for number in range(40):
        world.issue(f"i{number:02d}", "ok first", "ok second")
    file = world.inputs / "scheduler.json"
    options = ("--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file), "--no-dashboard")
    scheduler = _started("dask_scheduler", *options)
    latest = time.monotonic() + 60
    while not (file.is_file() and file.read_text().endswith("}")) and time.monotonic() < latest:
        time.sleep(0.1)
    address = json.loads(file.read_text())["address"]
    worker = _started("dask_worker", address, "--nworkers", "1", "--nthreads", "1", "--no-dashboard")

    def kill_in_the_middle() -> None:
        while len(list(world.out.glob("*/receipt.json"))) < 3 and time.monotonic() < latest:
            time.sleep(0.02)
        scheduler.kill()

    watcher = threading.Thread(target=kill_in_the_middle)
    watcher.start()
    try:
        outcome = world.run(where=Where("dask", address))
    finally:
        watcher.join()
        for process in (worker, scheduler):
            process.kill()
            process.wait()
    assert (outcome.stop, outcome.exit_code) == ("lost", 5)
    assert 0 < outcome.pages["done"] < 80 and not outcome.pages["failed"]
    assert (world.out / "report.html").is_file()
    assert world.run(jobs=2).exit_code == 0
    assert len(list(world.out.glob("*/receipt.json"))) == 40


def _started(program: str, *options: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", f"distributed.cli.{program}", *options]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
