"""What is done is not done again, what changed is, and no way of getting there changes a byte."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from layout.batch import again
from layout.batch.jobs import Shard
from layout.batch.journal import Journal
from layout.batch.lock import locked
from layout.batch.progress import Silent
from layout.batch.start import start
from layout.batch.stop import Stop
from layout.config import Config, from_tables
from layout.errors import AccessError, InputError
from tests.batch.conftest import FAKES, ROOT, World


def test_the_same_command_again_does_nothing(world: World) -> None:
    world.issue("a", "ok one", "ok two")
    world.run()
    before, tries = world.archive(), world.tries()
    outcome = world.run()
    assert outcome.pages == {"unchanged": 2} and outcome.issues == {"unchanged": 1}
    assert world.tries() == tries and world.archive() == before


def test_without_its_journal_a_folder_still_knows_what_is_done(world: World) -> None:
    world.issue("a", "ok one", "ok two")
    world.run()
    shutil.rmtree(world.out / ".newsreflow")
    assert world.run().pages == {"unchanged": 2}
    assert len(world.tries()) == 2


def test_a_damaged_journal_is_made_again(world: World) -> None:
    world.issue("a", "ok one")
    world.run()
    (world.out / ".newsreflow" / "journal.sqlite").write_bytes(b"not a database" * 500)
    assert world.run().pages == {"unchanged": 1}


def test_a_journal_that_another_program_holds_is_not_taken_for_damaged(world: World) -> None:
    world.issue("a", "ok one")
    world.run()
    journal = world.out / ".newsreflow" / "journal.sqlite"
    holder = sqlite3.connect(journal)
    holder.execute("PRAGMA locking_mode=EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(AccessError, match="the journal cannot be opened"):
        world.run()
    holder.close()
    assert not list(journal.parent.glob("*.damaged"))


def test_a_changed_page_is_done_again_alone(world: World) -> None:
    world.issue("a", "ok one", "ok two")
    world.run()
    world.issue("a", "ok one", "ok changed")
    outcome = world.run()
    assert outcome.pages == {"done": 1, "unchanged": 1}
    assert world.text("a") == ["one", "changed"]


def test_a_changed_profile_or_engine_does_its_half_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.issue("a", "ok one")
    world.run()
    config = Config()
    other = replace(config, source=replace(config.source, dpi=200))
    assert world.run(config=other).pages == {"done": 1}
    monkeypatch.setenv("FAKE_ENGINE", "2")
    assert world.run(config=other).pages == {"done": 1}


@pytest.mark.parametrize("victim", ["pages/p0001.json", "receipts/p0001.json", "text.txt", "receipt.json"])
@pytest.mark.parametrize("harm", ["lost", "damaged"])
def test_a_lost_or_damaged_file_is_made_again(world: World, victim: str, harm: str) -> None:
    world.issue("a", "ok one")
    world.run()
    before = world.archive()
    path = world.out / "a" / victim
    if harm == "lost":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-3])
        shutil.rmtree(world.out / ".newsreflow")
    world.run()
    assert world.archive() == before


def test_verify_finds_what_was_changed_without_a_trace(world: World) -> None:
    """A file of the same size and time: only its checksum tells."""
    world.issue("a", "ok one", "ok two")
    world.run()
    source, stored = world.inputs / "a.txt", world.out / "a" / "pages" / "p0002.json"
    stamp = source.stat()
    world.issue("a", "ok eno", "ok two")
    os.utime(source, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    stored.write_bytes(stored.read_bytes().replace(b"two", b"owt"))
    assert world.run().pages == {"unchanged": 2}
    assert world.run(verify=True).pages == {"done": 2}
    assert world.text("a") == ["eno", "two"]


def test_a_failed_page_is_set_aside_until_it_is_asked_for(world: World) -> None:
    world.issue("a", "ok one", "bad")
    assert world.run().exit_code == 20
    again = world.run()
    assert again.exit_code == 20 and again.pages == {"unchanged": 1, "failed": 1}
    assert world.tries().count("a/p0002") == 1
    world.run(redo=lambda row: row.state == "failed")
    assert world.tries().count("a/p0002") == 2


def test_what_the_machine_lacked_is_tried_in_the_next_run(world: World) -> None:
    world.issue("a", "once lacking", "ok two")
    assert world.run().exit_code == 20
    assert world.run().exit_code == 0
    assert world.text("a")[0] == "lacking"


def test_one_and_two_workers_write_the_same_bytes(worlds: Callable[[str], World]) -> None:
    results = []
    for jobs in (1, 2):
        world = worlds(f"jobs{jobs}")
        for number in range(6):
            world.issue(f"i{number}", "slow 0.05", "ok two", "bad" if number == 3 else "ok three")
        world.run(jobs=jobs)
        results.append(world.archive())
    assert results[0] == results[1]


def test_stopping_finishes_what_is_in_hand_and_going_on_gives_the_same(
    worlds: Callable[[str], World],
) -> None:
    class StopSoon(Stop):
        """Asked to stop when a few pages were looked at."""

        looks = 0

        @property
        def asked(self) -> bool:
            StopSoon.looks += 1
            return StopSoon.looks > 12

    lines = [f"slow 0.0{n}" for n in range(1, 9)]
    whole, broken = worlds("whole"), worlds("broken")
    for world in (whole, broken):
        world.issue("a", *lines)
    whole.run()
    first = broken.run(stop=StopSoon())
    assert first.exit_code == 130
    assert first.pages["done"] < len(lines)
    assert broken.run().exit_code == 0
    assert broken.archive() == whole.archive()
    assert len(broken.tries()) == len(lines), "no page was read twice"


_DRIVER = """
import sys
from pathlib import Path
from tests.batch.conftest import World
world = World.__new__(World)
world.inputs, world.out = Path(sys.argv[1]), Path(sys.argv[2])
sys.exit(world.run(jobs=2).exit_code)
"""


def _driver(world: World) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", _DRIVER, str(world.inputs), str(world.out)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.mark.parametrize("kills", [4, pytest.param(50, marks=pytest.mark.slow)])
def test_kill_9_at_any_instant_then_the_same_bytes(worlds: Callable[[str], World], kills: int) -> None:
    """The main process or a worker is killed at random; the end is that of an unbroken run."""
    whole, broken = worlds("whole"), worlds("broken")
    for world in (whole, broken):
        for number in range(10):
            world.issue(f"i{number}", *["slow 0.15"] * (3 + kills * 3 // 4))
    pages = 10 * (3 + kills * 3 // 4)
    whole.run(jobs=2)
    chance = random.Random(7)
    process, done = _driver(broken), 0
    for number in range(kills):
        time.sleep(chance.uniform(0.5, 1.6))
        leaves = _children(process.pid)
        if number % 2 and leaves:
            with contextlib.suppress(ProcessLookupError):
                os.kill(chance.choice(leaves), signal.SIGKILL)
        else:
            process.send_signal(signal.SIGKILL)
            process.wait()
            end = time.monotonic() + 20.0  # on a busy machine a signal takes its time
            while any(map(_is_leaf, leaves)) and time.monotonic() < end:
                time.sleep(0.05)
            assert not any(map(_is_leaf, leaves)), "workers die with the main process"
            done += 2
            process = _driver(broken)
    process.wait()
    assert broken.run(jobs=2).exit_code == 0
    assert broken.archive() == whole.archive()
    assert len(broken.tries()) <= pages + done + kills // 2, "a page more for each worker that died"


def _children(parent: int) -> list[int]:
    stats = Path("/proc").glob("[0-9]*/stat")
    return [
        int(path.parent.name) for path in stats if _parent(path) == parent and _is_leaf(int(path.parent.name))
    ]


def _parent(stat: Path) -> int:
    with contextlib.suppress(OSError):
        return int(stat.read_text().rpartition(")")[2].split()[1])
    return 0


def _is_leaf(process: int) -> bool:
    """Whether a worker process is alive (a dead one that nobody has waited for has no command line)."""
    with contextlib.suppress(OSError):
        return "layout.batch.leaf" in Path(f"/proc/{process}/cmdline").read_text()
    return False


def test_sigterm_ends_with_130_and_a_report(world: World) -> None:
    world.issue("a", *["slow 0.2"] * 40)
    process = _driver(world)
    deadline = time.monotonic() + 10
    while not world.tries() and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=10) == 130
    assert (world.out / "run.json").exists()


def test_a_second_run_on_the_same_folder_is_refused(world: World) -> None:
    world.issue("a", "ok")
    with locked(world.out), pytest.raises(AccessError, match="another run is writing"):
        world.run()


def test_shards_share_a_folder_and_part_the_issues(world: World) -> None:
    for number in range(8):
        world.issue(f"i{number}", "ok x")
    with locked(world.out, "9-of-9"):
        first = world.run(shard=Shard.parse("1/2"))
        second = world.run(shard=Shard.parse("2/2"))
    assert first.issues["done"] + second.issues["done"] == 8
    assert 0 < first.issues["done"] < 8
    assert second.report == "report-2-of-2.html" and (world.out / second.report).is_file()


def test_shards_are_seen_reviewed_and_retried_as_one(world: World) -> None:
    for number in range(8):
        world.issue(f"i{number}", "ok x", "once bad" if number in (2, 5) else "ok y")
    gone = str(world.inputs / "gone.txt")
    inputs = [*map(str, sorted(world.inputs.glob("*.txt"))), gone]
    shards = [Shard.parse(f"{number}/3") for number in (1, 2, 3)]
    ends = [world.run(*inputs, shard=shard, page_timeout_s=60.0) for shard in shards]
    assert sum(len(end.refused) for end in ends) == 1, "an input is refused once, not by every shard"
    assert list(again.status_lines(world.out))[:4] == [
        *("issues: 8 done", "pages: 14 done, 2 failed"),
        *("failed: 1 input: input", "failed: 2 pages: input"),
    ]
    assert sum("of shard" in line for line in again.status_lines(world.out)) == 3
    assert len(list(again.review_lines(world.out, None, True, 1))) == 15
    Path(gone).write_text("ok z\n")
    for request in again.last_requests(world.out, None, again.Wanted(), from_tables):
        assert start(request, Silent(), tasks=FAKES).exit_code == 0
    assert list(again.status_lines(world.out))[:2] == ["issues: 9 done", "pages: 17 done"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written(world: World) -> None:
    world.issue("a", "ok")
    world.out.mkdir()
    world.out.chmod(0o500)
    with pytest.raises(AccessError, match="cannot be written"):
        world.run()


def test_a_file_in_the_place_of_the_folder(world: World) -> None:
    world.issue("a", "ok")
    world.out.write_text("")
    with pytest.raises(AccessError, match="cannot be written"):
        world.run()


def test_an_output_of_an_earlier_profile_goes(world: World) -> None:
    world.issue("a", "ok one")
    world.run()
    assert FAKES
    receipt = world.out / "a" / "receipt.json"
    receipt.write_text(receipt.read_text().replace('"text.txt"', '"old.xml"'))
    old = world.out / "a" / "old.xml"
    old.write_text("")
    world.run()
    assert not old.exists() and Path(world.out / "a" / "text.txt").exists()


def test_the_journal_counts_a_million_units_quickly(tmp_path: Path) -> None:
    """Scaled down: what status asks of it stays an index's work."""
    from layout.batch.journal import Row

    journal = Journal(tmp_path / "journal.sqlite")
    journal.put(Row(f"i{n:05d}/p0001", "page", f"i{n:05d}", state="done") for n in range(20_000))
    start = time.perf_counter()
    counts = journal.counts()
    assert time.perf_counter() - start < 0.2
    assert counts == {("page", "done", None): 20_000}
    journal.close()


def test_a_journal_without_doubts_names_the_way_to_them(world: World) -> None:
    """One of an older version."""
    world.issue("i1", "ok x")
    world.run()
    (path,) = again.journal_files(world.out, None)
    with contextlib.closing(sqlite3.connect(path)) as base, base:
        base.execute("DELETE FROM doubt")
    with pytest.raises(InputError, match="journal rebuild"):
        list(again.review_lines(world.out, None, False, 5))
    again.rebuild(world.out)
    assert list(again.review_lines(world.out, None, False, 5))
