"""What a run has to do: one `Job` an issue, found in its inputs."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from layout.batch.remote import is_address
from layout.batch.unit import Failure
from layout.errors import UsageError, printable

FAILED_COLUMNS = ("input", "unit", "page", "reason", "message")
FAILED_HEADER = ",".join(FAILED_COLUMNS)
_OURS = re.compile(r"(report|run|failed)(-\d+-of-\d+)?\.(html|json|csv)", re.I)


@dataclass(frozen=True)
class Job:
    """One issue: its id, the input it came from, its pages (file, index, page id), its metadata.

    Plain values, as they come from the leaf that looked at the input.
    """

    id: str
    input: str
    pages: tuple[tuple[str, int, str], ...]
    metadata: dict[str, Any]

    @classmethod
    def of(cls, value: dict[str, Any]) -> Job:
        pages = tuple((str(file), int(index), str(page)) for file, index, page in value["pages"])
        return cls(_free(value["id"]), value["input"], pages, value["metadata"])


@dataclass(frozen=True)
class Refused:
    """An input that gives no issue, and why."""

    input: str
    failure: Failure


@dataclass(frozen=True)
class Pages:
    """Which pages of each issue are wanted, counted from 1; no ranges means all."""

    ranges: tuple[tuple[int, int], ...] = ()

    @classmethod
    def parse(cls, text: str | None) -> Pages:
        """``1-4,8,12-``. Raises `UsageError` for anything else."""
        ranges = []
        for part in (text or "").split(",") if text else ():
            first, dash, last = part.strip().partition("-")
            try:
                start = int(first)
                end = (int(last) if last else 10**9) if dash else start
            except ValueError:
                start = end = 0
            if not 1 <= start <= end:
                raise UsageError(f"'{text}' is no list of pages", remedy="write it like 1-4,8")
            ranges.append((start, end))
        return cls(tuple(ranges))

    def of(self, job: Job) -> Job:
        if not self.ranges:
            return job
        chosen = tuple(
            page
            for number, page in enumerate(job.pages, 1)
            if any(first <= number <= last for first, last in self.ranges)
        )
        return replace(job, pages=chosen)


@dataclass(frozen=True)
class Shard:
    """The ``number``-th of ``count`` equal parts of all issues, by a hash of the issue's id."""

    number: int
    count: int

    @classmethod
    def parse(cls, text: str | None) -> Shard | None:
        """``k/n`` with k from 1 to n. Raises `UsageError` for anything else."""
        if text is None:
            return None
        first, _, last = text.partition("/")
        if not (first.isdecimal() and last.isdecimal() and 1 <= int(first) <= int(last)):
            raise UsageError(f"'{text}' is no shard", remedy="write it like 3/8, from 1/8 to 8/8")
        return cls(int(first), int(last))

    @property
    def name(self) -> str:
        return f"{self.number}-of-{self.count}"

    def has(self, issue_id: str) -> bool:
        number = int.from_bytes(hashlib.sha256(issue_id.encode()).digest()[:8], "big")
        return number % self.count == self.number - 1


def refuse_doubles(jobs: Sequence[Job]) -> tuple[list[Job], list[Refused]]:
    """Jobs whose id is theirs alone, and for every other one an error that names both inputs.

    Neither of two is done: which of them an id means is for the user to say. The same input found twice (a
    folder and what is in it, as in a list of what failed) is one.
    """
    by_id: dict[str, list[Job]] = defaultdict(list)
    jobs = list({(job.id, _place(job.input)): job for job in reversed(jobs)}.values())[::-1]
    for job in jobs:
        by_id[job.id].append(job)
    alone = [job for job in jobs if len(by_id[job.id]) == 1]
    refused = [Refused(job.input, _double(job, by_id[job.id])) for job in jobs if len(by_id[job.id]) > 1]
    return alone, refused


def once(refused: Sequence[Refused]) -> list[Refused]:
    """Each refused input once."""
    return list({_place(one.input): one for one in reversed(refused)}.values())[::-1]


def _place(name: str) -> str:
    """The place that an input names, however it is written; an address stays as it is."""
    return name if is_address(name) else os.path.realpath(name)


def refuse_unprintable(name: str) -> Refused | None:
    """The refusal of a file name whose bytes are not UTF-8: no XML, JSON or list could hold it."""
    try:
        name.encode()
    except UnicodeEncodeError:
        shown = name.encode("utf-8", "backslashreplace").decode()
        problem = "has a name that is not UTF-8"
        return Refused(shown, Failure("input", f"{shown}: {problem}; rename it", problem, 2))
    return None


def names_in(stream: Iterable[bytes]) -> list[str]:
    """Input names from a list: one a line, or ended by NUL as from ``find -print0``, or a `failed.csv`."""
    text = b"".join(stream).removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
    if text.startswith(FAILED_HEADER):
        return list(dict.fromkeys(row["input"] for row in csv.DictReader(io.StringIO(text))))
    # not `splitlines`: a name may hold what Unicode calls a line's end
    parts = text.split("\0") if "\0" in text else re.split(r"\r?\n", text)
    return [part for part in parts if part.strip()]


def _free(issue_id: str) -> str:
    """The id, or one beside it where a file of the run's own has that name in the output folder."""
    return f"{issue_id}_" if _OURS.fullmatch(issue_id) else issue_id


def _double(job: Job, same: Sequence[Job]) -> Failure:
    other = next((one.input for one in same if one is not job), job.input)
    problem = f"has the same issue id '{job.id}' as {printable(other)}"
    remedy = "rename one of them or give it an id in its issue.toml"
    return Failure("usage", f"{printable(job.input)}: {problem}; {remedy}", problem, 1)
