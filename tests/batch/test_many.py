"""Five hundred pages with a twentieth of faults on either engine; what a page costs the main process."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from layout.batch.engines import LOCAL, Where
from layout.batch.journal import Journal
from tests.batch.conftest import World

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning"),
]

#: What is planted, and the reason that stands in the journal for it.
REASONS = {
    "crash": "crash:SIGSEGV",
    "hang": "timeout",
    "memory": "memory",
    "fault": "error",
    "bad": "input",
    "locked": "encrypted",
    "missing": "input",
}


@contextlib.contextmanager
def _place(engine: str) -> Iterator[Where]:
    if engine == "local":
        yield LOCAL
        return
    distributed = pytest.importorskip("distributed", reason="the extra newsreflow[dask] is not installed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, memory_limit=0, dashboard_address=None
    ) as cluster:
        yield Where("dask", cluster.scheduler_address)


@pytest.mark.parametrize("engine", ["local", "dask"])
def test_five_hundred_pages_with_a_twentieth_of_faults(world: World, engine: str) -> None:
    faults = list(REASONS)
    planted: dict[str, str] = {}
    for issue in range(50):
        lines = [f"ok {issue}"] * 10
        if issue % 2:
            line = faults[issue // 2 % len(faults)]
            place = 1 + issue % 9  # an issue whose first line is `locked` is locked as a whole
            lines[place] = line
            planted[f"i{issue:02d}/p{place + 1:04d}"] = REASONS[line]
        world.issue(f"i{issue:02d}", *lines)
    before = _leaves()
    with _place(engine) as where:
        # eating memory takes seconds on a busy machine, and is not to pass for hanging
        outcome = world.run(jobs=2, page_timeout_s=10.0, where=where)
        assert outcome.pages == {"done": 475, "failed": 25}
        assert _reasons(world.out) == planted
        assert outcome.exit_code == 20
        assert _leaves() <= before, "no process is left behind"
        again = world.run(jobs=2, page_timeout_s=4.0, where=where)
    assert again.pages["unchanged"] == 475 and again.pages["done"] == 0


@pytest.mark.parametrize(("issues", "pages"), [(20, 10), (60, 1)])
def test_a_page_costs_the_main_process_next_to_nothing(world: World, issues: int, pages: int) -> None:
    """Finding, scheduling, journal and report; its own processor time, which a busy machine does not change.

    In issues of ten 1.6 ms were measured, and 12 ms in issues of one page.
    """
    for number in range(issues):
        world.issue(f"i{number:02d}", *["ok text"] * pages)
    begun = time.process_time()
    assert world.run(jobs=2).exit_code == 0
    assert time.process_time() - begun < 0.02 * issues * pages


def _reasons(out: Path) -> dict[str, str | None]:
    journal = Journal.of(out)
    told = {row.key: row.reason for row in journal.rows(kind="page", state="failed")}
    journal.close()
    return told


def _leaves() -> set[str]:
    """Processes that do pages with these fakes, whoever started them."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            command = (folder / "cmdline").read_text()
            if "layout.batch.leaf" in command and "tests.batch.fakes" in command:
                found.add(folder.name)
    return found
