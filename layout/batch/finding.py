"""Looking at the inputs: which issues there are, and what the work keys need to know of the machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from layout.batch.jobs import Job, Refused, once, refuse_doubles, refuse_unprintable
from layout.batch.pump import Pump
from layout.batch.remote import is_address
from layout.batch.unit import Failure, Receipt, Unit

#: Looking at an input means reading the headers of perhaps hundreds of files.
_WEIGHT = 5.0


@dataclass(frozen=True)
class Found:
    """The issues in the order of their inputs, what gives none, and the engines installed."""

    jobs: list[Job]
    refused: list[Refused]
    engines: dict[str, Any]


def find_jobs(
    names: Sequence[str],
    source: str,
    tables: dict[str, Any],
    pump: Pump,
    is_result: Callable[[str], bool],
    fetched: str | None = None,
) -> Found:
    """Have every input looked at; ``source`` as in `Request`, ``tables`` the configuration.

    What ``is_result`` knows as a result of ours is left out. Addresses of object storage are fetched to the
    folder ``fetched``, if there is one.
    """
    found: dict[int, list[Job | Refused]] = {}
    engines: dict[str, Any] = {}

    def take(receipt: Receipt) -> None:
        if receipt.unit.kind == "engines":
            engines.update(receipt.value)
        elif receipt.failure is None:
            values = receipt.value["issues"]
            found[receipt.unit.payload["place"]] = [_job_or_refused(value) for value in values]
        elif receipt.failure.reason != "stopped":
            path, failure = receipt.unit.payload["path"], receipt.failure
            found[receipt.unit.payload["place"]] = [Refused(path, failure)]

    named = list(dict.fromkeys(names))
    for place, name in enumerate(named):
        refusal = refuse_unprintable(name)
        if refusal is not None:
            found[place] = [refusal]
    pump.run(_units(named, source, tables, set(found), fetched), take)
    every = [one for place in sorted(found) for one in found[place]]
    every = [one for one in every if not is_result(one.input)]
    refused = once([one for one in every if isinstance(one, Refused)])
    jobs, doubles = refuse_doubles([one for one in every if isinstance(one, Job)])
    return Found(jobs, refused + doubles, engines)


def _units(
    names: list[str], source: str, tables: dict[str, Any], refused: set[int], fetched: str | None
) -> Iterator[Unit]:
    yield Unit("engines", "engines", {"config": tables}, _WEIGHT)
    for place, path in enumerate(names):
        if place not in refused:
            payload = {"place": place, "path": path, "config": tables, "source": source}
            if fetched and is_address(path):
                payload["fetched"] = fetched
            yield Unit(path, "find", payload, _WEIGHT)


def _job_or_refused(value: dict[str, Any]) -> Job | Refused:
    for name in (value["input"], *(page[0] for page in value["pages"])):
        refusal = refuse_unprintable(name)
        if refusal is not None:
            return refusal
    failure = value.get("failure")
    return Refused(value["input"], Failure(**failure)) if failure else Job.of(value)
