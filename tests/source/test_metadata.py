"""What is known of an issue, and where it was learnt."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from layout.errors import ConfigError
from layout.source import SourceSettings, read_metadata
from layout.source.metadata import iso_date, name_metadata, pdf_metadata
from layout.source.mods import read_mods
from layout.source.pdf import mupdf
from tests.source import test_mets

MODS = """<mets:mets xmlns:mets="http://www.loc.gov/METS/" xmlns:mods="http://www.loc.gov/mods/v3">
<mets:dmdSec ID="page1"><mets:mdWrap MDTYPE="MODS"><mets:xmlData><mods:mods>
  <mods:titleInfo><mods:title>A page</mods:title></mods:titleInfo></mods:mods></mets:xmlData></mets:mdWrap>
</mets:dmdSec>
<mets:dmdSec ID="issue"><mets:mdWrap MDTYPE="MODS"><mets:xmlData><mods:mods>
  <mods:titleInfo type="alternative"><mods:title>The other</mods:title></mods:titleInfo>
  <mods:titleInfo><mods:nonSort>Der</mods:nonSort><mods:title>Nordstern</mods:title></mods:titleInfo>
  <mods:relatedItem type="host"><mods:identifier type="lccn">sn45043535</mods:identifier><mods:part>
    <mods:detail type="volume"><mods:number>4</mods:number></mods:detail>
    <mods:detail type="issue"><mods:number>2</mods:number></mods:detail>
    <mods:detail type="edition"><mods:caption>morning</mods:caption></mods:detail>
    </mods:part></mods:relatedItem>
  <mods:originInfo><mods:dateIssued encoding="iso8601">1878-01-03</mods:dateIssued>
    <mods:publisher>P.E. Kaiser</mods:publisher>
    <mods:place><mods:placeTerm type="code">mnu</mods:placeTerm>
    <mods:placeTerm type="text">St. Cloud</mods:placeTerm></mods:place>
  </mods:originInfo>
  <mods:language><mods:languageTerm type="code" authority="iso639-2b">ger</mods:languageTerm></mods:language>
  <mods:accessCondition>Public Domain</mods:accessCondition>
</mods:mods></mets:xmlData></mets:mdWrap></mets:dmdSec>
<mets:structMap TYPE="LOGICAL"><mets:div TYPE="np:issue" DMDID="issue"/></mets:structMap></mets:mets>"""


def pdf(path: Path, language: str = "", **metadata: str) -> Path:
    document = mupdf.open()
    document.new_page()
    document.set_metadata(metadata)
    if language:
        document.set_language(language)
    document.save(path)
    return path


def test_each_field_from_the_first_place_that_gives_it(tmp_path: Path) -> None:
    path = pdf(tmp_path / "gazette_1900-01-02_17.pdf", "de", title="The Daily Gazette")
    (tmp_path / "issue.toml").write_text('number = "18"\npublisher = "A. Smith"\n', encoding="utf-8")
    settings = SourceSettings(name_pattern=r"(?P<title>\w+?)_(?P<date>[\d-]+)_(?P<number>\d+)")
    found = read_metadata(path, settings)
    assert (found.title, found.date, found.number) == ("The Daily Gazette", "1900-01-02", "18")
    assert (found.language, found.publisher) == ("de", "A. Smith")
    assert dict(found.origins) == {
        "number": "issue.toml",
        "publisher": "issue.toml",
        "title": "pdf",
        "language": "pdf",
        "date": "file name",
    }


def test_nothing_is_made_up(tmp_path: Path) -> None:
    found = read_metadata(pdf(tmp_path / "gazette-1900-01-02.pdf", title="Untitled"))
    assert found == type(found)()


def test_the_file_s_own_toml_goes_before_the_folder_s(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf")
    (tmp_path / "issue.toml").write_text('title = "All"', encoding="utf-8")
    assert read_metadata(path).title == "All"
    (tmp_path / "a.toml").write_text('title = "One"', encoding="utf-8")
    assert read_metadata(path).title == "One"


def test_issue_toml(tmp_path: Path) -> None:
    Image.new("L", (100, 140)).save(tmp_path / "1.png")
    (tmp_path / "issue.toml").write_text(
        '\ufefftitle = " شرق "\ndate = 2019-11-01\nprinted_date = "۱۰ آبان ۱۳۹۸"\nnumber = 3570\n'
        'language = "fa"\nscript = "Arab"\nlicence = "CC0-1.0"\nedition = ""\n',
        encoding="utf-8",
    )
    found = read_metadata(tmp_path)
    assert (found.title, found.date, found.printed_date) == ("شرق", "2019-11-01", "۱۰ آبان ۱۳۹۸")
    assert (found.number, found.language, found.rights) == ("3570", "fa-Arab", "CC0-1.0")
    assert found.edition is None
    assert {origin for _, origin in found.origins} == {"issue.toml"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('titel = "x"', "unknown key 'titel'; did you mean 'title'"),
        ('zzz = "x"', "unknown key 'zzz'; known keys are: title"),
        ("title = [1]", "'title' is not a text"),
        ("title = true", "'title' is not a text"),
        ('date = "10 آبان 1398"', "has the date"),
        ('date = "1900-02-30"', "has the date '1900-02-30'"),
        ('language = "Persian language"', "has the language"),
        ('script = "arabic"', "has the script 'arabic'"),
        ('rights = "a"\nlicense = "b"', "gives 'rights' twice"),
        ("title = ", "is not a TOML file"),
        ("\x00", "is not a TOML file"),
    ],
)
def test_an_issue_toml_that_cannot_be_used(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "issue.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_metadata(tmp_path)
    assert said in str(caught.value)
    assert "issue.toml" in str(caught.value)


def test_mods() -> None:
    found = read_mods(etree.fromstring(MODS))
    assert (found.title, found.date, found.language) == ("Der Nordstern", "1878-01-03", "de")
    assert (found.volume, found.number, found.edition) == ("4", "2", "morning")
    assert (found.publisher, found.place, found.rights) == ("P.E. Kaiser", "St. Cloud", "Public Domain")
    assert found.identifier is None  # the library's number is the title's, not the issue's


def test_dates_that_are_not_iso_are_left_out() -> None:
    other = MODS.replace("1878-01-03", "03.01.1878")
    assert read_mods(etree.fromstring(other)).date is None


def test_the_mets_file_of_a_folder(tmp_path: Path) -> None:
    Image.new("L", (100, 140)).save(tmp_path / "1.tif")
    (tmp_path / "mets.xml").write_text(MODS, encoding="utf-8")
    found = read_metadata(tmp_path)
    assert found.title == "Der Nordstern"
    assert dict(found.origins)["title"] == "mets"
    test_mets.one(tmp_path, "1.tif")
    assert read_metadata(tmp_path).title is None


@pytest.mark.parametrize(
    "title",
    [
        *("Untitled", "untitled-1", "Microsoft Word - final.docx", "page_31.indd", "Seite 1.qxp", "scan"),
        *(
            "gazette-1900",
            "sample-color-newsletter",
            "PowerPoint Presentation",
            "Document1",
            "interview",
            "123",
            "",
            "a\ufffd b",
        ),
    ],
)
def test_titles_that_programs_write_are_none(title: str) -> None:
    assert pdf_metadata({"title": title}, "stem").title is None


@pytest.mark.parametrize("title", ["The Daily Gazette", "شرق", "Kayhan", "Nr. 12 der Zeitung"])
def test_titles_that_people_write(title: str) -> None:
    assert pdf_metadata({"title": title}, "stem").title == title
    assert pdf_metadata({"title": title}, title).title is None


@pytest.mark.parametrize(
    ("given", "language"), [("fa-IR", "fa-IR"), ("de", "de"), ("x", None), ("C.UTF 8", None)]
)
def test_languages_of_pdfs(given: str, language: str | None) -> None:
    assert pdf_metadata({"language": given}, "stem").language == language


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("19000102", "1900-01-02"),
        ("1900-01-02", "1900-01-02"),
        ("1900_01", "1900-01"),
        ("1900", "1900"),
        ("1398-08-10", None),
        ("1900-13-01", None),
        ("02.01.1900", None),
        ("۱۹۰۰", None),
    ],
)
def test_dates(text: str, iso: str | None) -> None:
    assert iso_date(text) == iso


def test_file_names() -> None:
    pattern = r"^(?P<title>.+?)-(?P<date>\d{8})(?:-(?P<edition>[a-z]))?$"
    found = name_metadata("Evening_Post-19000102-b", pattern)
    assert (found.title, found.date, found.edition) == ("Evening Post", "1900-01-02", "b")
    solar = name_metadata("Shargh-13980810", pattern)
    assert (solar.date, solar.printed_date) == (None, "13980810")
    assert name_metadata("something else", pattern).title is None


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"dpi": 10}, "source.dpi is 10"),
        ({"max_megapixels": 0}, "source.max_megapixels is 0"),
        ({"render_megapixels": -1}, "source.render_megapixels is -1"),
        ({"min_side_px": 0}, "source.min_side_px is 0"),
        ({"name_pattern": "(?P<title"}, "not a regular expression"),
        ({"name_pattern": "(?P<year>.)"}, "has the group 'year'"),
    ],
)
def test_settings_that_make_no_sense(settings: dict[str, object], said: str) -> None:
    with pytest.raises(ConfigError, match=said.replace("(", r"\(")) as caught:
        SourceSettings(**settings)  # type: ignore[arg-type]
    assert caught.value.remedy
