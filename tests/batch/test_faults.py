"""A page that crashes, hangs or eats memory costs itself, nothing else."""

from __future__ import annotations

import errno
import itertools
import json
import os
import tempfile
from pathlib import Path
from typing import IO

import pytest

from layout.batch.journal import Journal
from tests.batch.conftest import World


def test_all_well(world: World) -> None:
    world.issue("a", "ok one", "ok two")
    outcome = world.run()
    assert outcome.exit_code == 0
    assert outcome.pages == {"done": 2}
    assert outcome.issues == {"done": 1}
    assert world.text("a") == ["one", "two"]


@pytest.mark.parametrize(
    ("line", "reason", "said"),
    [
        ("crash", "crash:SIGSEGV", "SIGSEGV"),
        ("hang", "timeout", "longer than 4 seconds"),
        ("memory", "memory", "more than 600 MB"),
        ("fault", "error", "ValueError: a fault of ours"),
        ("bad", "input", "the picture is damaged"),
    ],
)
def test_a_fault_costs_its_page_only(world: World, line: str, reason: str, said: str) -> None:
    world.issue("a", "ok one", line, "ok three")
    world.issue("b", "ok four")
    outcome = world.run(page_timeout_s=2.0 if line == "hang" else 5.0)
    assert outcome.exit_code == 20
    assert outcome.failures == {reason: 1}
    assert outcome.pages == {"done": 3, "failed": 1}
    first, gap, third = world.text("a")
    assert (first, third) == ("one", "three")
    assert said in gap
    assert str(world.inputs) not in gap, "no path of this machine in the archive"
    told = (world.out / "failed.csv").read_text()
    assert f"{world.inputs / 'a.txt'}, page 2: " in told and said in told
    assert world.text("b") == ["four"]


@pytest.mark.parametrize(("line", "tries"), [("crash", 2), ("fault", 1), ("bad", 1)])
def test_only_what_may_pass_is_tried_again(world: World, line: str, tries: int) -> None:
    world.issue("a", "ok one", line)
    world.run()
    assert world.tries().count("a/p0002") == tries


def test_a_second_try_may_succeed(world: World) -> None:
    world.issue("a", "once crash")
    assert world.run().exit_code == 0


def test_a_process_that_cannot_be_started_costs_its_page_only(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The machine has no file descriptor left for a moment. An engine whose thread dies of it would never
    give the page back, and the run would wait for ever."""
    made, real = itertools.count(), tempfile.TemporaryFile

    def scarce() -> IO[bytes]:
        if next(made) == 3:
            raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))
        return real()

    monkeypatch.setattr("layout.batch.child.tempfile.TemporaryFile", scarce)
    world.issue("a", "ok one", "ok two", "ok three")
    outcome = world.run(recycle_after=1)
    assert outcome.pages == {"done": 2, "failed": 1} and outcome.failures == {"access": 1}
    assert world.run().pages == {"unchanged": 2, "done": 1}


def test_four_poisons_among_many_leave_no_process(world: World) -> None:
    """The same four faults at once, two workers: all healthy pages done, each fault with its reason."""
    poison = {5: "crash", 9: "hang", 14: "memory", 19: "fault"}
    for number in range(24):
        world.issue(f"i{number:02d}", poison.get(number, f"ok {number}"))
    outcome = world.run(jobs=2, page_timeout_s=4.0)
    assert outcome.failures == {"crash:SIGSEGV": 1, "timeout": 1, "memory": 1, "error": 1}
    assert outcome.pages["done"] == 20
    assert outcome.exit_code == 20
    assert not _children()


def test_an_input_that_kills_the_one_who_looks(world: World) -> None:
    world.issue("a", "crash at once")
    world.issue("b", "ok one")
    outcome = world.run()
    assert outcome.failures == {"crash:SIGSEGV": 1}
    assert world.text("b") == ["one"]
    assert outcome.exit_code == 20


def test_a_locked_input_alone_has_its_own_exit_code(world: World) -> None:
    assert world.run(world.issue("a", "locked")).exit_code == 8
    assert world.run(world.issue("b", "ok"), world.issue("c", "locked")).exit_code == 20


def test_a_missing_input_does_not_stop_the_others(world: World) -> None:
    outcome = world.run(world.issue("a", "ok"), str(world.inputs / "none.txt"))
    assert outcome.exit_code == 20
    assert world.run(str(world.inputs / "none.txt")).exit_code == 2


def test_an_issue_without_any_page_is_not_made(world: World) -> None:
    world.issue("a", "bad", "bad")
    outcome = world.run()
    assert outcome.exit_code == 2
    assert outcome.issues == {"failed": 1}
    assert not (world.out / "a" / "text.txt").exists()


def test_stop_when_too_many_fail(world: World) -> None:
    world.issue("a", *["bad"] * 30)
    outcome = world.run(max_failed=0.1, max_failed_after=5)
    assert outcome.exit_code == 21
    assert outcome.pages["failed"] < 12


def test_abort_at_the_first_failed_page(world: World) -> None:
    world.issue("a", "bad", *["ok"] * 30)
    outcome = world.run(on_page_error="abort")
    assert outcome.exit_code == 21
    assert outcome.pages["done"] < 6


def test_two_inputs_of_one_id_are_refused_both_named(world: World) -> None:
    first = world.issue("a", "ok")
    (world.inputs / "deep").mkdir()
    second = world.inputs / "deep" / "a.txt"
    second.write_text("ok\n")
    outcome = world.run(first, str(second), world.issue("b", "ok"))
    assert len(outcome.refused) == 2
    for refused in outcome.refused:
        assert first in refused.failure.message and str(second) in refused.failure.message
    assert outcome.issues == {"done": 1}
    assert not (world.out / "a").exists()


def test_journal_and_report_tell_the_same(world: World) -> None:
    world.issue("a", "ok one", "bad")
    world.run()
    journal = Journal.of(world.out)
    rows = {row.key: row for row in journal.rows(kind="page")}
    journal.close()
    assert rows["a/p0001"].state == "done" and rows["a/p0001"].tries == 1
    assert rows["a/p0002"].reason == "input"
    told = json.loads((world.out / "run.json").read_text())
    assert told["folder"]["pages"] == {"done": 1, "failed": 1}
    assert [page["unit"] for page in told["failed_pages"]] == ["a/p0002"]
    table = (world.out / "failed.csv").read_text().splitlines()
    assert table[0].startswith("input,") and table[1].startswith(str(world.inputs / "a.txt"))


def test_the_report_is_one_file_and_escapes(world: World) -> None:
    world.issue("a", "ok one", "bad")
    (world.inputs / "a.txt").rename(world.inputs / "a&b<i>.txt")
    world.run()
    html = (world.out / "report.html").read_text()
    assert "Content-Security-Policy" in html
    assert "<script" not in html and "http:" not in html and "https:" not in html
    assert "<i>" not in html


def _children() -> list[str]:
    me = str(os.getpid())
    return [
        path.parent.name
        for path in Path("/proc").glob("[0-9]*/stat")
        if _parent(path) == me and "batch.leaf" in _command(path.parent)
    ]


def _parent(stat: Path) -> str:
    try:
        return stat.read_text().rpartition(")")[2].split()[1]
    except OSError:
        return ""


def _command(folder: Path) -> str:
    try:
        return (folder / "cmdline").read_text()
    except OSError:
        return ""
