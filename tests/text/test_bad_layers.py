"""PDFs whose text layers are nonsense in places: no crash, the good text read, the bad told or left out."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pymupdf
import pytest

from layout.cli import main
from layout.document import Box, Direction, LineShape, RegionKind, Segmentation, Shape
from layout.image import Scan
from layout.source import SourceSettings, list_pages, load_page
from layout.text.choose import choose
from layout.text.embedded import read_layer
from layout.text.identify import Writing
from layout.text.settings import TextSettings
from tests.malformed.pdfs import plain, raw, stream

GOOD = "The price of bread rose again and the council met on Monday"
ENGLISH = Writing.of("en")


def show(text: str, x: float, y: float, size: float = 12) -> str:
    return f"BT /F1 {size:g} Tf {x:g} {y:g} Td ({text}) Tj ET\n"


def pdf(path: Path, content: str, form: str = "") -> Path:
    """A page of 595 x 842 points by hand, with a form /X0 that may draw itself again."""
    resources = "/Resources << /Font << /F1 5 0 R >> /XObject << /X0 6 0 R >> >>"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R {resources} >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>",
        f"<< /Type /XObject /Subtype /Form /BBox [-900 -900 900 900] {resources} /Length {len(form)} >>\n"
        f"stream\n{form}\nendstream",
    )
    body, places = "%PDF-1.5\n", []
    for number, item in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{item}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"trailer << /Size 7 /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF"
    path.write_text(f"{body}xref\n0 7\n0000000000 65535 f \n{table}{end}", encoding="latin-1")
    return path


def scan_of(path: Path) -> Scan:
    settings = SourceSettings(dpi=72)
    return load_page(list_pages(path, settings)[0], settings)


def lines_of(scan: Scan, *baselines: float) -> Segmentation:
    """A shape of one line around each baseline (points from the foot of the page)."""
    boxes = [Box(50, 842 - y - 9, 545, 842 - y + 3) for y in baselines]
    shapes = tuple(Shape(RegionKind.PARAGRAPH, box, (LineShape(box),)) for box in boxes)
    return Segmentation(float(scan.width), float(scan.height), shapes)


BAD = {
    "no numbers": "BT /F1 12 Tf 1 0 0 1 nan nan Tm (not a number) Tj ET\n",
    "huge places": show("huge", 1e30, 1e30, 1e30) + "BT /F1 12 Tf 1e38 0 0 1e38 1e38 -1e38 Tm (x) Tj ET\n",
    "far away": show("far away", 100_000, 100_000),
    "no size": show("without any size", 60, 300, 0) + "BT /F1 12 Tf 0 0 0 0 60 320 Tm (flat) Tj ET\n",
    "tiny": show("tiny letters", 60, 300, 1e-7),
    "a form in itself": "q 0.9 0.4 -0.4 0.9 20 -20 cm /X0 Do Q\n",
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_the_good_text_beside_bad_text_is_read(tmp_path: Path, bad: str) -> None:
    scan = scan_of(
        pdf(
            tmp_path / "bad.pdf",
            show(GOOD, 60, 700) + bad + show(GOOD, 60, 680),
            show("x", 9, 9) + "/X0 Do\n",
        )
    )
    assert scan.text_layer is not None
    said = read_layer(scan.text_layer, lines_of(scan, 700, 680), "en", Direction.LTR)
    assert [line.text for lines in said.shapes for line in lines if line] == [GOOD, GOOD]


def test_many_times_the_letters_a_page_can_hold_are_told_and_not_used(tmp_path: Path) -> None:
    crowd = "".join(show("abcdefgh ijklmnop qrstuv", 20 + n % 5 * 110, 600 - n * 0.4, 4) for n in range(1400))
    scan = scan_of(pdf(tmp_path / "crowd.pdf", show(GOOD, 60, 700) + crowd))
    choices = choose(scan, lines_of(scan, 700), ENGLISH, TextSettings(language="en"))
    assert [finding.code for finding in choices.findings] == ["layer-doubtful"]
    assert "lies where the ink is" in choices.findings[0].message
    assert choices.shapes[0].lines == (None,)


@pytest.mark.parametrize("bad", [BAD[name] for name in BAD if "form" not in name])
def test_letters_without_size_or_place_are_told(tmp_path: Path, bad: str) -> None:
    """MuPDF leaves them out of its text without a word; a space apart is no letter."""
    blank = "BT /F1 12 Tf 60 500 Td (   ) Tj ET\n"
    assert not scan_of(pdf(tmp_path / "good.pdf", show(GOOD, 60, 700) + blank)).findings
    findings = scan_of(pdf(tmp_path / "bad.pdf", show(GOOD, 60, 700) + bad)).findings
    (told,) = (finding for finding in findings if finding.code == "glyphs-unplaced")
    letters = re.sub(r"\s", "", "".join(re.findall(r"\((.*?)\) Tj", bad)))
    assert told.message.startswith(f"{len(letters)} characters")


def turned_forms(path: Path, depth: int) -> Path:
    """A page with a form in a form in a form ..., each turned by a quarter, with a line of text."""
    turn = b"q 0 1 -1 0 842 0 cm /X Do Q"
    text = b"BT /F1 9 Tf 100 %d Td (" + GOOD.encode() + b") Tj ET "
    head = b"/Type/XObject/Subtype/Form/BBox[-900 -900 1700 1700]/Resources<</Font<</F1 5 0 R>>%s>>"
    last = 5 + depth
    forms = {
        number: stream(text % (200 + 20 * number) + turn, head % (b"/XObject<</X %d 0 R>>" % (number + 1)))
        for number in range(6, last)
    } | {last: stream(text % (200 + 20 * last), head % b"")}
    page = b"/Resources<</Font<</F1 5 0 R>>/XObject<</X 6 0 R>>>>"
    path.write_bytes(raw({**plain(page=page, contents=text % 200 + turn, box=b"0 0 842 842", more=forms)}))
    return path


def without_codes(path: Path) -> Path:
    """A page all of whose letters lack ToUnicode."""
    document = pymupdf.open()
    page = document.new_page()
    page.insert_font("F0", fontbuffer=pymupdf.Font("tiro").buffer)
    page.insert_text((60, 80), [f"{GOOD}." for _ in range(24)], fontname="F0", fontsize=11)
    for number in range(1, document.xref_length()):
        if document.xref_get_key(number, "ToUnicode")[0] == "xref":
            document.xref_set_key(number, "ToUnicode", "null")
    document.save(path)
    return path


@pytest.mark.slow
def test_each_is_run_through_the_whole_chain_and_told(tmp_path: Path) -> None:
    prose = "".join(show(GOOD, 60, 780 - 14 * n) for n in range(30))
    crowd = "".join(show(f"{GOOD} ", 20 + n % 4 * 140, 830 - n // 4 * 0.9, 2) for n in range(3400))
    given = tmp_path / "given"
    given.mkdir()
    without_codes(given / "codeless.pdf")
    turned_forms(given / "turned.pdf", 9)
    pdf(given / "crowd.pdf", crowd)
    for name in ("no numbers", "huge places", "no size"):
        pdf(given / f"{name.replace(' ', '-')}.pdf", prose + BAD[name])
    out = tmp_path / "out"
    assert main(["run", str(given), "-o", str(out), "--format", "text", "--jobs", "1"]) == 0
    told = {
        page.parent.parent.name: {
            finding["code"] for finding in json.loads(page.read_text()).get("findings", ())
        }
        for page in out.glob("*/pages/*.json")
    }
    assert told.pop("turned") == {"glyphs-turned"}
    assert told.pop("crowd") == {"layer-doubtful"}
    assert told.pop("codeless") == {"glyphs-without-code", "layer-refused"}
    assert len(told) == 3 and all("glyphs-unplaced" in codes for codes in told.values())
    report = (out / "report.html").read_text()
    assert "no usable place or size" in report and "text layer not used" in report
    for name in ("codeless", "no-size", "turned"):
        assert GOOD in " ".join((out / name / "text.txt").read_text().split()), name


def test_text_askew_is_told(tmp_path: Path) -> None:
    """A line at 40 degrees is read, and the report says how much of the page lies so."""
    askew = f"q 0.766 0.643 -0.643 0.766 200 100 cm {show('bread and wine', 20, 20)}Q\n"
    scan = scan_of(pdf(tmp_path / "askew.pdf", show(GOOD, 60, 700) + askew))
    (told,) = [finding for finding in scan.findings if finding.code == "glyphs-askew"]
    assert told.message.startswith(f"{len('bread and wine')} characters")
    assert scan.text_layer is not None
    found = read_layer(scan.text_layer, Segmentation(595, 842, ()), "en", Direction.LTR)
    assert sum(line.glyphs for line in found.loose) == len((GOOD + "bread and wine").replace(" ", ""))
