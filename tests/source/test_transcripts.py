"""ALTO, PAGE and hOCR of others become pages: words, boxes, confidences, order and kinds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from layout.document import Box, Direction, RegionKind
from layout.errors import InputError
from layout.source.alto import read_alto
from layout.source.hocr import read_hocr
from layout.source.page_xml import read_page_xml

ALTO = """<alto xmlns="http://www.loc.gov/standards/alto/ns-v{version}#">
<Description><MeasurementUnit>{unit}</MeasurementUnit>
<sourceImageInformation><fileName>C:\\scans\\0001.tif</fileName></sourceImageInformation></Description>
<Tags><LayoutTag ID="T1" LABEL="headline"/></Tags>
<Layout><Page ID="P1" WIDTH="1000" HEIGHT="2000"><PrintSpace>
<TextBlock ID="b1" TAGREFS="T1" HPOS="100" VPOS="50" WIDTH="600" HEIGHT="80">
<TextLine HPOS="100" VPOS="50" WIDTH="600" HEIGHT="80" BASELINE="{baseline}">
<String CONTENT="Har" HPOS="100" VPOS="50" WIDTH="200" HEIGHT="80" WC="0.5"/><HYP CONTENT="-"/></TextLine>
</TextBlock>
<ComposedBlock ID="c1" TYPE="advertisement" HPOS="0" VPOS="500" WIDTH="900" HEIGHT="300">
<TextBlock ID="b2" HPOS="10" VPOS="510" WIDTH="100" HEIGHT="20"/></ComposedBlock>
<ComposedBlock ID="c2"><Illustration ID="b3" HPOS="0" VPOS="900" WIDTH="50" HEIGHT="50"/></ComposedBlock>
</PrintSpace></Page></Layout></alto>"""

PAGE = """<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15">
<Page imageFilename="scans/a.tif" imageWidth="1000" imageHeight="2000">
<ReadingOrder><OrderedGroup id="g"><RegionRefIndexed index="0" regionRef="r2"/>
<RegionRefIndexed index="1" regionRef="r1"/></OrderedGroup></ReadingOrder>
<TextRegion id="r1" custom="structure {type:paragraph;}"><Coords points="500,100 900,100 900,200 500,200"/>
<TextLine id="l1"><Coords points="500,100 900,100 900,140 500,140"/><Baseline points="500,130 900,130"/>
<TextEquiv index="1"><Unicode>falsch</Unicode></TextEquiv>
<TextEquiv index="0" conf="0.9"><Unicode>شهر ما</Unicode></TextEquiv></TextLine></TextRegion>
<TextRegion id="r2" type="page-number"><Coords points="-5,10 40,10 40,30 -5,30"/></TextRegion>
<ImageRegion id="r3"><Coords points="0,0 10,0 10,10 0,10"/></ImageRegion></Page></PcGts>"""

HOCR = """<!DOCTYPE html><html><body><div class='ocr_page' title='image "x/a.png"; bbox 0 0 800 600'>
<div class='ocr_carea'><p class='ocr_par' lang='eng' title="bbox 10 10 300 60">
<span class='ocr_line' title="bbox 10 10 300 30; baseline 0.01 -4">
<span class='ocrx_word' title='bbox 10 10 90 30; x_wconf 96'>The</span>
<span class='ocrx_word' title='bbox 100 10 300 30; x_wconf 40'><strong>mayor</strong></span></span></p></div>
<div class='ocr_photo' title="bbox 400 10 700 300"></div></div></body></html>"""


def _file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "page.xml"
    path.write_text(text, encoding="utf-8")
    return path


def test_alto(tmp_path: Path) -> None:
    text = ALTO.format(version=4, unit="pixel", baseline="100,120 700,125")
    page = read_alto(_file(tmp_path, text), "p0007")
    head, advert, picture = page.regions
    assert (page.id, page.width, page.source.file) == ("p0007", 1000, "0001.tif")
    assert (head.kind, head.text, head.id) == (RegionKind.HEADLINE, "Har-", "p0007_r001")
    assert head.lines[0].words[0].confidence == 0.5
    assert head.lines[0].baseline == ((100, 120), (700, 125))
    assert advert.kind is RegionKind.ADVERTISEMENT and len(advert.children) == 1
    assert picture.kind is RegionKind.IMAGE
    assert len({region.id for region in page.walk()}) == 4


def test_alto_in_tenths_of_millimetres_becomes_pixels(tmp_path: Path) -> None:
    page = read_alto(_file(tmp_path, ALTO.format(version=2, unit="mm10", baseline="120")), "p0001")
    assert page.dpi == 300
    assert page.width == pytest.approx(1000 * 300 / 254)
    assert page.regions[0].lines[0].baseline[0][1] == pytest.approx(120 * 300 / 254)


@pytest.mark.parametrize("number", ["NaN", "inf", "wide", "1e400", "1e308", "99999999999999999999"])
def test_alto_with_bad_numbers_is_refused(tmp_path: Path, number: str) -> None:
    text = ALTO.format(version=4, unit="pixel", baseline="").replace('VPOS="510"', f'VPOS="{number}"')
    with pytest.raises(InputError, match="is no length"):
        read_alto(_file(tmp_path, text), "p0001")


def test_page_keeps_its_reading_order_and_the_best_reading(tmp_path: Path) -> None:
    page = read_page_xml(_file(tmp_path, PAGE), "p0001")
    folio, text, picture = page.regions
    assert (folio.kind, text.kind, picture.kind) == (
        RegionKind.PAGE_NUMBER,
        RegionKind.PARAGRAPH,
        RegionKind.IMAGE,
    )
    assert folio.box.x0 == 0, "no coordinate outside the page"
    assert text.text == "شهر ما"
    assert page.direction is Direction.RTL
    first, second = text.lines[0].words
    assert first.box.x0 > second.box.x1, "the first word stands to the right"
    assert first.confidence == 0.9


@pytest.mark.parametrize("number", ["NaN", "INF", "1e308"])
def test_page_of_no_size_is_refused(tmp_path: Path, number: str) -> None:
    text = re.sub(r'imageWidth="\d+"', f'imageWidth="{number}"', PAGE)
    assert number in text
    with pytest.raises(InputError, match="has a page without size"):
        read_page_xml(_file(tmp_path, text), "p0001")


def test_hocr(tmp_path: Path) -> None:
    page = read_hocr(_file(tmp_path, HOCR), "p0001")
    text, picture = page.regions
    assert (page.width, page.height, page.source.file) == (800, 600, "a.png")
    assert text.text == "The mayor" and text.language == "eng"
    assert [word.confidence for word in text.lines[0].words] == [0.96, 0.4]
    assert text.lines[0].baseline[0] == (10, 26)
    assert (picture.kind, picture.box) == (RegionKind.IMAGE, Box(400, 10, 700, 300))


@pytest.mark.parametrize("bad", [".", "..", "1.2.3", "-.", "9" * 400])
@pytest.mark.parametrize(
    "said",
    ["scan_res {} 300", "textangle {}", "x_conf {}", "poly {} 1 2 3 4 5", "baseline {} -4", "x_wconf {}"],
)
def test_hocr_with_bad_numbers_is_read_without_them(tmp_path: Path, said: str, bad: str) -> None:
    """Properties are free text; one that says no number takes nothing from the page."""
    inner = f'<span class="ocrx_word" title="bbox 1 1 9 9; {said}">mayor</span>'
    line = f'<span class="ocr_line" title="bbox 1 1 9 9; {said}">{inner}</span>'
    block = f'<div class="ocr_carea" data-kind="paragraph" title="bbox 1 1 9 9; {said}">{line}</div>'
    page = f'<div class="ocr_page" title="bbox 0 0 99 99; {said}">{block}</div>'
    read = read_hocr(_file(tmp_path, f"<html><body>{page.replace('{}', bad)}</body></html>"), "p0001")
    (region,) = read.regions
    assert region.text == "mayor" and region.polygon is None
    (baseline,) = (line.baseline for line in region.lines)
    assert all(abs(value) < 1e10 for point in baseline for value in point)


@pytest.mark.parametrize("read", [read_alto, read_page_xml, read_hocr])
@pytest.mark.parametrize("text", ["", "<a/>", "<alto><Layout><Page/></Layout></alto>", "<html><p/></html>"])
def test_what_is_no_page_is_refused(tmp_path: Path, read: object, text: str) -> None:
    with pytest.raises(InputError):
        read(_file(tmp_path, text), "p0001")  # type: ignore[operator]


@pytest.mark.parametrize("read", [read_alto, read_page_xml])
def test_a_doctype_is_refused(tmp_path: Path, read: object) -> None:
    with pytest.raises(InputError, match="DOCTYPE"):
        read(_file(tmp_path, "<!DOCTYPE a []>" + PAGE), "p0001")  # type: ignore[operator]
