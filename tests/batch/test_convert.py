"""A finished issue is written in other formats as it is, without reading or reflowing it again."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest
from PIL import Image

from layout.cli import main
from layout.export import exporter
from layout.export.settings import ExportSettings
from layout.source.alto import read_alto
from layout.source.page_xml import read_page_xml
from tests.export.issues import small_issue


def write(folder: Path, *formats: str) -> Path:
    issue = small_issue()
    settings = ExportSettings(formats=formats)
    for name in settings.formats:
        exporter(name)(settings).write(issue, folder / issue.id)
    return folder / issue.id


def texts(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text() for path in sorted(folder.rglob("*.xml"))}


def test_an_archive_gives_the_other_formats(tmp_path: Path) -> None:
    write(tmp_path / "archive", "alto", "tei", "mets")
    mine = write(tmp_path / "mine", "page", "tei-light", "hocr")
    out = tmp_path / "out"
    arguments = ["convert", str(tmp_path / "archive"), "-o", str(out), "--format", "page,tei-light,hocr"]
    assert main(arguments) == 0
    made = texts(out / mine.name)
    assert set(made) == set(texts(mine))
    assert made["tei-light.xml"] == texts(mine)["tei-light.xml"]
    pages = [read_page_xml(folder / "page" / "p0001.xml", "p0001") for folder in (out / mine.name, mine)]
    lines = [[(line.id, line.box, line.text) for r in page.walk() for line in r.lines] for page in pages]
    assert lines[0] == lines[1] and lines[0]


@pytest.mark.parametrize("form", ["page", "hocr"])
def test_files_of_single_pages_give_the_archive(form: str, tmp_path: Path) -> None:
    folder = write(tmp_path / "pages", form)
    mine = write(tmp_path / "mine", "alto")
    assert main(["convert", str(folder), "-o", str(tmp_path / "out"), "--format", "alto"]) == 0
    assert set(texts(tmp_path / "out" / mine.name)) == set(texts(mine))
    made = read_alto(tmp_path / "out" / mine.name / "alto" / "p0001.xml", "p0001")
    assert made == read_alto(mine / "alto" / "p0001.xml", "p0001")


@pytest.mark.parametrize(("version", "unit"), [("2.1", "mm10"), ("3.1", "inch1200"), ("4.2", "pixel")])
def test_an_older_alto_is_chosen_on_the_command_line(version: str, unit: str, tmp_path: Path) -> None:
    folder = write(tmp_path / "archive", "alto", "tei", "mets")
    arguments = ["convert", str(folder), "-o", str(tmp_path / "out"), "--format", "alto"]
    assert main([*arguments, "--alto-version", version, "--alto-unit", unit]) == 0
    text = (tmp_path / "out" / folder.name / "alto" / "p0001.xml").read_text()
    assert f"ns-v{version[0]}#" in text and f"<MeasurementUnit>{unit}<" in text


def test_what_cannot_be_converted_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    assert main(["convert", str(tmp_path / "empty"), "-o", str(tmp_path / "out")]) != 0
    assert "newsreflow reflow" in capsys.readouterr().err
    folder = write(tmp_path / "archive", "alto", "tei", "mets")
    assert main(["convert", str(folder), "-o", str(tmp_path / "archive")]) != 0
    assert "over itself" in capsys.readouterr().err


@pytest.mark.parametrize("place", ["", "small", "deep/er"])
def test_page_images_are_found_beside_others_and_nowhere_else(place: str, tmp_path: Path) -> None:
    issue = small_issue()
    write(tmp_path / "archive", "alto", "tei", "mets")
    file = (tmp_path / "scans" / place.replace("small", issue.id)) / "page 1.png"
    file.parent.mkdir(parents=True)
    Image.new("L", (160, 240), 200).save(file)
    if place == "small":  # another issue's page of that name
        other = tmp_path / "scans" / "other"
        other.mkdir()
        (other / file.name).write_bytes(b"")
    arguments = ["convert", str(tmp_path / "archive"), "-o", str(tmp_path / "out"), "--format", "pdf"]
    assert main([*arguments, "--images", str(tmp_path / "scans")]) == 0
    with pymupdf.open(tmp_path / "out" / issue.id / "issue.pdf") as document:
        assert [bool(page.get_images()) for page in document] == [True, False, False][: len(document)]


def test_two_issues_of_one_id_and_a_folder_without_one_cost_only_themselves(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = write(tmp_path / "first", "alto", "tei", "mets")
    second = write(tmp_path / "second", "alto", "tei", "mets")
    (tmp_path / "none").mkdir()
    folders = [str(tmp_path / "none"), str(first), str(second)]
    assert main(["convert", *folders, "-o", str(tmp_path / "out"), "--format", "markdown"]) != 0
    told = capsys.readouterr()
    assert f"{first}: " in told.out and "written" in told.out
    assert "holds no issue" in told.err and "has the same issue id" in told.err, told.err
    assert list((tmp_path / "out" / first.name).rglob("*.md"))
