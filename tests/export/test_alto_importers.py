"""What eScriptorium's importer takes of an ALTO file; it cannot be installed here.

It (`imports/parsers.py`, `AltoParser`) knows the schemas 4.0 to 4.2, finds the image by `fileName`, and takes
baselines and outlines apart at spaces: of numbers with commas it says "Invalid baseline" and goes on without.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from layout.document import Issue
from layout.export import exporter
from layout.export.settings import ExportSettings
from layout.source.alto import read_alto
from tests.export.issues import small_issue


def bent_issue() -> Issue:
    """An issue with a line whose baseline is bent and whose outline is no box."""
    issue = small_issue()
    page = issue.pages[0]
    place = next(number for number, region in enumerate(page.regions) if region.lines)
    first, *others = page.regions[place].lines
    x0, y0, x1, y1 = first.box.x0, first.box.y0, first.box.x1, first.box.y1
    bent = replace(
        first,
        baseline=((x0, y1 - 4), ((x0 + x1) // 2, y1 - 6), (x1, y1 - 4)),
        polygon=((x0, y0), (x1, y0), (x1, y1), (x0 + 9, y1 - 2)),
    )
    region = replace(page.regions[place], lines=(bent, *others))
    regions = (*page.regions[:place], region, *page.regions[place + 1 :])
    return replace(issue, pages=(replace(page, regions=regions), *issue.pages[1:]))


@pytest.mark.parametrize(("version", "spaces_only"), [("4.2", True), ("4.4", False)])
def test_points_are_in_the_form_of_the_version(tmp_path: Path, version: str, spaces_only: bool) -> None:
    settings = ExportSettings(formats=("alto",), alto_version=version)
    exporter("alto")(settings).write(bent_issue(), tmp_path)
    file = tmp_path / "alto" / "p0001.xml"
    root = etree.parse(file).getroot()
    points = [line.get("BASELINE") for line in root.iter("{*}TextLine") if line.get("BASELINE")]
    points += [shape.get("POINTS") for shape in root.iter("{*}Polygon")]
    assert len(points) >= 2
    for text in points:
        if spaces_only:
            assert len([float(part) for part in text.split(" ")]) % 2 == 0
        else:
            assert all(part.count(",") == 1 for part in text.split(" "))
    lines = [line for region in read_alto(file, "p0001").walk() for line in region.lines]
    assert any(len(line.baseline) == 3 and line.polygon and len(line.polygon) == 4 for line in lines)
