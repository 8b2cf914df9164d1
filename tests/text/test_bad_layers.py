"""PDFs whose text layers are nonsense in places: no crash, the good text read, the bad told or left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from layout.document import Box, Direction, LineShape, RegionKind, Segmentation, Shape
from layout.image import Scan
from layout.source import SourceSettings, list_pages, load_page
from layout.text.choose import choose
from layout.text.embedded import read_layer
from layout.text.identify import Writing
from layout.text.settings import TextSettings

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
