"""Dates of the TEI header in the calendar in which they are printed, titles in their language."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from layout.document import Issue, Metadata
from layout.export import exporter
from layout.export.mods import issue_record
from layout.export.settings import ExportSettings
from layout.export.xml import XML_LANG
from tests.export.validation import complaints
from tests.truth import needs_shared


def header(printed: str | None, date: str | None, title: str, folder: Path) -> tuple[Path, etree._Element]:
    known = Metadata(title=title, date=date, printed_date=printed)
    issue = replace(Issue("paper-1900", ()), metadata=known)
    (path,) = exporter("tei")(ExportSettings(formats=("tei",))).write(issue, folder)
    return path, etree.parse(path).getroot()


@needs_shared
def test_a_date_of_iran_says_its_calendar(tmp_path: Path) -> None:
    path, root = header("شنبه ۱۲ مهر ۱۴۰۴", "2025-10-04", "شهر ما", tmp_path)
    date = root.find(".//{*}imprint/{*}date")
    assert dict(date.attrib) == {
        "when": "2025-10-04",
        "when-custom": "1404-07-12",
        "datingMethod": "#cal.shamsi",
        "calendar": "#cal.shamsi",
    }
    assert len(root.findall(".//{*}calendarDesc/{*}calendar")) == 1
    assert not complaints(path, "tei")


@pytest.mark.parametrize("printed", [None, "Saturday, 4 October 2025", "مهر", "۱۲ مهر"])
def test_other_dates_need_no_calendar(printed: str | None, tmp_path: Path) -> None:
    _, root = header(printed, "2025-10-04", "The Paper", tmp_path)
    assert dict(root.find(".//{*}imprint/{*}date").attrib) == {"when": "2025-10-04"}
    assert root.find(".//{*}calendarDesc") is None


@pytest.mark.parametrize(("title", "comma"), [("شهر ما", "،"), ("The Paper", ",")])
def test_title_and_date_are_parted_as_their_script_does(title: str, comma: str, tmp_path: Path) -> None:
    _, root = header(None, "2025-10-04", title, tmp_path)
    assert root.findtext(".//{*}titleStmt/{*}title") == f"{title}{comma} 2025-10-04"


@pytest.mark.parametrize(("title", "language"), [("شهر ما", "fa"), (None, "zxx")])
def test_an_id_in_the_place_of_a_title_is_in_no_language(
    title: str | None, language: str, tmp_path: Path
) -> None:
    """The id of an issue without a title was said to be Persian."""
    issue = replace(Issue("paper-1900", ()), metadata=Metadata(title=title, language="fa"))
    (path,) = exporter("tei")(ExportSettings(formats=("tei",))).write(issue, tmp_path)
    titles = list(etree.parse(path).getroot().iterfind(".//{*}fileDesc//{*}title"))
    assert [(node.get(XML_LANG), node.text) for node in titles] == [(language, title or "paper-1900")] * 2
    record = issue_record(issue)
    info = record.find("{*}titleInfo")
    assert (info.get(XML_LANG), record.findtext(".//{*}languageTerm")) == ("fa" if title else None, "fa")
