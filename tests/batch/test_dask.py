"""The Dask engine: the same leaf, so the same reasons and the same bytes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from layout.batch.engines import Where
from layout.batch.journal import Journal
from layout.errors import UsageError
from tests.batch.conftest import World

distributed = pytest.importorskip("distributed", reason="the extra newsreflow[dask] is not installed")

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


def test_a_scheduler_that_is_not_there(world: World) -> None:
    world.issue("a", "ok")
    with pytest.raises(UsageError, match="no scheduler or cluster"):
        Where("local", "tcp://127.0.0.1:1")
    with pytest.raises(UsageError, match="no engine is called 'desk'"):
        Where("desk")
