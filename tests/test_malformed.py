"""Bad inputs all in one run: each in its sentence, the good one read, nothing left beside results."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from layout.cli import main
from layout.errors import printable
from tests.malformed import READ, every_case
from tests.malformed.__main__ import traces
from tests.malformed.pdfs import plain, raw

#: Quick ones that are refused without a page being read, each for a reason of its own.
QUICK = (
    *("cut-50-png", "html-tif", "one-pixel-png", "65500-jpg", "tiff-no-size", "pdf-locked-aes-256"),
    *("pdf-locked-unknown-way", "pdf-tree-loop", "pdf-box-of-a-moon", "mets-to-up", "mets-to-a-pipe"),
    *(
        "mets-to-very-long",
        "mets-to-line-break",
        "mets-entity-bomb",
        "mets-unknown-encoding",
        "pipe",
        "socket",
    ),
    *("device-zero", "link-to-itself", "link-to-nothing", "name-too-long", "issue-toml-deep", "absent"),
)


def test_names_of_cases_are_unique() -> None:
    names = [case.name for case in every_case()]
    assert len(set(names)) == len(names) > 200


def test_bad_inputs_in_one_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = tmp_path / "good.pdf"
    good.write_bytes(raw(plain()))
    cases = [case for case in every_case() if case.name in QUICK]
    assert len(cases) == len(QUICK) and all(case.code != READ for case in cases)
    given = {}
    for case in cases:
        place = tmp_path / case.stem
        place.mkdir()
        given[case.name] = os.fspath(case.make(place, case.stem))
    before = traces(tmp_path)
    out = tmp_path / "out"
    assert main(["run", str(good), *given.values(), "-o", str(out), "--format", "tei", "--jobs", "1"]) == 20
    told = [line for line in capsys.readouterr().err.splitlines() if line.startswith("error: ")]
    for case in cases:
        mine = [line for line in told if printable(given[case.name])[:200] in line]
        assert len(mine) == 1, (case.name, mine)
        assert "; " in mine[0] and case.said in mine[0] and "report it" not in mine[0], mine
    assert "council met" in (out / "good" / "tei.xml").read_text()
    assert traces(tmp_path) == before
