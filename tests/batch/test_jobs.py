"""Lists of pages, shards and inputs, as people write them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.batch.jobs import Job, Pages, Refused, Shard, names_in, once, refuse_doubles
from layout.batch.unit import Failure
from layout.errors import UsageError


def _job(name: str, pages: int = 5, source: str = "x") -> Job:
    return Job(name, source, tuple((f"{name}.tif", n, f"p{n + 1:04d}") for n in range(pages)), {})


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        (None, "12345"),
        ("", "12345"),
        ("2", "2"),
        ("1-2,4", "124"),
        ("4-", "45"),
        (" 5 , 1 ", "15"),
        ("9", ""),
    ],
)
def test_pages(text: str | None, chosen: str) -> None:
    assert "".join(page[-1] for _, _, page in Pages.parse(text).of(_job("a")).pages) == chosen


@pytest.mark.parametrize("text", ["0", "3-1", "a", "1--2", "-3", ",", "1,"])
def test_what_is_no_list_of_pages(text: str) -> None:
    with pytest.raises(UsageError, match="no list of pages"):
        Pages.parse(text)


@given(st.integers(1, 9), st.text(max_size=12))
def test_every_issue_is_in_exactly_one_shard(count: int, issue: str) -> None:
    shards = [Shard.parse(f"{number}/{count}") for number in range(1, count + 1)]
    assert sum(shard.has(issue) for shard in shards if shard) == 1


def test_lists_of_names_by_line_and_by_nul() -> None:
    assert names_in([b"a.pdf\n", b"b c.pdf\r\n", b"\n"]) == ["a.pdf", "b c.pdf"]
    assert names_in([b"a\nb.pdf\0c.pdf\0"]) == ["a\nb.pdf", "c.pdf"]
    assert names_in(["روزنامه.pdf\n".encode()]) == ["روزنامه.pdf"]
    assert names_in(["a\u2028b\x0bc.pdf\n".encode()]) == ["a\u2028b\x0bc.pdf"]
    assert names_in([b"\xef\xbb\xbfa.pdf\n"]) == ["a.pdf"]


def test_the_list_of_failures_is_a_list_of_inputs() -> None:
    table = [
        b"input,unit,page,reason,message\n",
        b'"a, b.pdf",a/p0001,1,input,x\n',
        b'"a, b.pdf",a/p0002,2,y,z\n',
    ]
    assert names_in(table) == ["a, b.pdf"]


def test_an_input_found_twice_is_one(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    names = (str(tmp_path / "a"), f"{tmp_path}/./a", str(tmp_path / "b"))
    jobs, refused = refuse_doubles([_job("a", source=name) for name in names[:2]])
    assert [job.input for job in jobs] == [names[0]] and not refused
    assert len(refuse_doubles([_job("a", source=name) for name in names])[1]) == 2
    failure = Failure("input", "x", "x", 2)
    assert [one.input for one in once([Refused(name, failure) for name in names])] == [names[0], names[2]]


@pytest.mark.parametrize("name", ["report.html", "run.json", "failed.csv", "Report-1-of-4.html"])
def test_no_issue_takes_the_name_of_a_file_of_the_run(name: str) -> None:
    told = {"input": "x", "pages": [], "metadata": {}}
    assert Job.of({"id": name, **told}).id == f"{name}_"
    assert Job.of({"id": f"{name}-1", **told}).id == f"{name}-1"


def test_doubles_are_both_refused() -> None:
    alone, refused = refuse_doubles([_job("a", source="1"), _job("b"), _job("a", source="2")])
    assert [job.id for job in alone] == ["b"]
    assert [one.input for one in refused] == ["1", "2"]
    assert all("'a'" in one.failure.message for one in refused)
