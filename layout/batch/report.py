"""The report of a folder: `run.json` for programs, `report.html` for people, `failed.csv` to feed back.

Made from the journal, so that it tells of the whole folder, not of the last run alone. `report.html` is
one file: no script, nothing from outside, everything escaped.
"""

from __future__ import annotations

import base64
import csv
import io
import json
import platform
from collections import Counter
from importlib import resources
from itertools import islice
from pathlib import Path
from typing import Any

from layout import __version__
from layout.batch.jobs import FAILED_COLUMNS
from layout.batch.journal import Journal, Row
from layout.batch.outcome import Outcome
from layout.batch.review import ranked
from layout.batch.store import publish, thumbnail_file, write_json

#: As many rows of each table as a person reads.
_SHOWN = 40
_BINS = 10


def write(out: Path, journal: Journal, outcome: Outcome, name: str = "") -> dict[str, Any]:
    """Write the three files at the top of ``out``; the content of `run.json`."""
    made = summary(journal, outcome)
    outcome.report = f"report{name}.html"
    write_json(out / f"run{name}.json", made)
    publish(out / f"failed{name}.csv", _failed_csv(journal).encode())
    publish(out / outcome.report, _html(out, made, journal).encode())
    return made


def summary(journal: Journal, outcome: Outcome) -> dict[str, Any]:
    """What `run.json` holds."""
    last = journal.last_run() or {}
    return {
        "newsreflow": __version__,
        "python": platform.python_version(),
        "exit_code": outcome.exit_code,
        "stopped": outcome.stop,
        "seconds": round(outcome.seconds, 2),
        "peak_mb": round(outcome.peak_mb, 1),
        "this_run": {"issues": dict(outcome.issues), "pages": dict(outcome.pages)},
        "folder": {
            "issues": _states(journal, "issue"),
            "pages": _states(journal, "page"),
            "reasons": _reasons(journal),
        },
        "refused": [
            {"input": one.input, "reason": one.failure.reason, "message": one.failure.message}
            for one in outcome.refused
        ],
        "issues": [
            {
                "id": row.key,
                "input": row.file,
                "pages": row.number,
                "state": row.state,
                "message": row.message,
                "findings": _warnings(row),
            }
            for row in journal.rows(kind="issue")
        ],
        "failed_pages": [
            {"unit": row.key, "reason": row.reason, "message": row.message, "tries": row.tries}
            for row in journal.rows(kind="page", state="failed")
        ],
        "config": last.get("config", {}),
    }


def _states(journal: Journal, kind: str) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for (of, state, _), count in journal.counts().items():
        if of == kind:
            counts[state] += count
    return dict(sorted(counts.items()))


def _reasons(journal: Journal) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for (_, state, reason), count in journal.counts().items():
        if state == "failed":
            counts[reason or "error"] += count
    return dict(sorted(counts.items()))


def _failed_csv(journal: Journal) -> str:
    stream = io.StringIO()
    table = csv.writer(stream, lineterminator="\n")
    table.writerow(FAILED_COLUMNS)
    inputs = {row.key: row.file for row in journal.rows(kind="issue")}
    for row in journal.rows(state="failed"):
        source = row.key.removeprefix("input:") if row.kind == "input" else inputs.get(row.issue, row.file)
        table.writerow((source, row.key, row.number if row.kind == "page" else "", row.reason, row.message))
    return stream.getvalue()


def _html(out: Path, made: dict[str, Any], journal: Journal) -> str:
    import jinja2

    template = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined).from_string(
        resources.files("layout.batch").joinpath("report.html").read_text(encoding="utf-8")
    )
    return template.render(
        run=made,
        failed=list(islice(journal.rows(state="failed"), _SHOWN)),
        review=[(page, _picture(out, page.key)) for page in ranked(journal, _SHOWN)],
        slowest=journal.costliest("seconds", 10),
        heaviest=journal.costliest("peak_mb", 10),
        histogram=_histogram(journal.confidences(_BINS)),
    )


def _warnings(row: Row) -> str:
    found = json.loads(row.summary or "{}").get("findings", ())
    return "; ".join(message for level, _, message, *_ in found if level != "info")


def _picture(out: Path, key: str) -> str | None:
    """The page's small picture as a data URL."""
    issue, _, page = key.partition("/")
    try:
        data = thumbnail_file(out, issue, page).read_bytes()
    except OSError:
        return None
    return "data:image/jpeg;base64," + base64.b64encode(data).decode()


def _histogram(counts: list[int]) -> list[tuple[str, int, int]]:
    """Label, pages, and the bar's length in per cent of the longest."""
    longest = max(counts) or 1
    return [
        (f"{100 * n // _BINS}-{100 * (n + 1) // _BINS} %", count, round(100 * count / longest))
        for n, count in enumerate(counts)
    ]
