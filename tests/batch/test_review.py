"""The review queue: what is doubtful comes first, with its reason."""

from __future__ import annotations

import json
import shutil
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from layout.batch.again import rebuild, review_lines
from layout.batch.journal import Journal, Row
from layout.batch.review import doubt, odds_of, ranked
from layout.batch.stop import Stop
from tests.batch.conftest import World


def _row(confidence: float | None = 0.95, **summary: Any) -> Row:
    unsure = 0.0 if confidence is None else 1 - confidence
    said = {"words": 900, "unsure": unsure, "unread": 0.0, "findings": [], **summary}
    return Row("a/p0001", "page", "a", "p0001", state="done", confidence=confidence, summary=json.dumps(said))


@pytest.mark.parametrize(
    ("worse", "seen", "reason"),
    [
        (_row(0.6), None, "words are not sure"),
        (_row(unread=0.4), None, "regions without words"),
        (_row(words=0), None, "no text"),
        (_row(), {"kinds": 0.3}, "the kinds of regions are not sure"),
        (_row(), {"mixed": 0.5}, "articles lie in each other"),
        (_row(), {"steps": 0.3}, "a step of the reading order is not sure"),
        (_row(), {"unsteady": 0.2}, "many steps of the reading order are not sure"),
        (_row(), {"leaps": 0.1}, "text leaps to what does not follow it"),
        (_row(), {"broken": 1.0}, "an article breaks off in mid-sentence"),
        (_row(), {"textless": 1.0}, "a headline has no text"),
        (_row(), {"unlike": 0.2}, "letters of an article are of unlike size"),
        (_row(), {"quoted": 1.0}, "a quotation is taken for a headline"),
        (_row(), {"begun": 0.2}, "headlines begin in mid-sentence"),
        (_row(), {"scarce": 6.0}, "next to no text"),
        (
            _row(findings=[["warning", "layer-doubtful", "text layer is turned", None]]),
            None,
            "text layer is turned",
        ),
    ],
)
def test_each_oddity_raises_the_doubt_and_is_named(
    worse: Row, seen: dict[str, float] | None, reason: str
) -> None:
    good = doubt(_row())
    assert 0 < good.probability < doubt(worse, seen).probability < 1
    assert reason in doubt(worse, seen).reasons
    assert not good.reasons


def test_a_page_next_to_no_line_of_which_was_found_is_doubtful() -> None:
    """Pages with truth have hundreds of lines, so no fit says it."""
    few, many = (doubt(_row(), {"scarce": scarce}).probability for scarce in (8.4, 2.0))  # 3 lines, 256
    assert few > 0.3 > 0.01 > many
    assert doubt(_row(words=0), {"scarce": 10.0}).probability > 0.95


def test_the_queue_knows_what_the_issue_shows(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.sqlite")
    pages = [replace(_row(), key=f"{issue}/p0001", issue=issue) for issue in ("a", "a-b", "c")]
    shown = json.dumps({"doubts": {"p0001": {"kinds": 0.3}}})
    for page in pages:
        journal.put([page], odds_of([page]))
    rows = [*journal.of_issue("a-b"), Row("a-b", "issue", "a-b", state="done", summary=shown)]
    journal.put(rows, odds_of(rows))
    assert [page.key for page in ranked(journal)] == ["a-b/p0001", "a/p0001", "c/p0001"]
    assert [page.key for page in ranked(journal, 1)] == ["a-b/p0001"]
    journal.close()


def test_what_is_only_told_is_no_doubt() -> None:
    told = _row(findings=[["info", "dpi-lowered", "rendered at 200 dpi", None]])
    assert doubt(told).probability == doubt(_row()).probability


def test_a_text_layer_is_not_doubtful_for_having_no_confidence() -> None:
    assert doubt(_row(None)).probability <= doubt(_row(1.0)).probability


def test_the_queue_as_a_table(world: World) -> None:
    world.issue("a", "ok one", "ok two")
    world.run()
    lines = list(review_lines(world.out, None, True, 1))
    assert lines[0] == "page,probability,confidence,reasons"
    assert [line.split(",")[0] for line in lines[1:]] == ["a/p0001", "a/p0002"]


def test_a_journal_made_again_ranks_as_before(world: World) -> None:
    world.issue("a", "ok one", "ok two", "bad")
    world.run()
    before = list(review_lines(world.out, None, True, 1))
    shutil.rmtree(world.out / ".newsreflow")
    assert rebuild(world.out) == 4
    assert list(review_lines(world.out, None, True, 1)) == before
    assert len(before) == 3


def test_a_time_limit_stops_and_the_next_run_goes_on(world: World) -> None:
    world.issue("a", *["slow 0.3"] * 8)
    begun = time.monotonic()
    assert world.run(stop=Stop(time_limit_s=1.2)).exit_code == 130
    assert time.monotonic() - begun < 10
    assert world.run().exit_code == 0
