"""What OCR-D's core takes amiss is not in the PAGE files of the processors."""

from __future__ import annotations

from lxml import etree

from layout.ocrd.agreeable import agreeable


def _page(line: str, *words: str) -> bytes:
    text = "".join(f'<Word><Coords points="{points}"/></Word>' for points in words)
    return (
        '<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"><Page>'
        '<PrintSpace><Coords points="0,0 100,0 100,50 0,50"/></PrintSpace>'
        '<TextRegion><Coords points="10,10 90,10 90,40 10,40"/>'
        f'<TextLine><Coords points="{line}"/>{text}</TextLine></TextRegion></Page></PcGts>'
    ).encode()


def _outlines(page: bytes) -> dict[str, str]:
    root = etree.fromstring(page)
    return {
        etree.QName(node).localname: coords.get("points") or ""
        for node in root.iter("{*}PrintSpace", "{*}TextRegion", "{*}TextLine")
        if (coords := node.find("{*}Coords")) is not None
    }


def test_what_holds_all_its_words_stays() -> None:
    page = _page("10,10 90,12 90,30 10,28", "20,14 40,14 40,26 20,26")
    assert _outlines(agreeable(page)) == _outlines(page)


def test_a_leaning_line_is_widened_to_its_upright_words() -> None:
    """The word looks out at the upper right of the line, and the line then out of its region."""
    found = _outlines(agreeable(_page("10,10 90,20 90,38 10,28", "60,8 90,8 90,30 60,30")))
    assert set(found["TextLine"].split()) == {"10,10", "60,8", "90,8", "90,38", "10,28"}
    assert "90,8" in found["TextRegion"] and "10,40" in found["TextRegion"]
    assert found["PrintSpace"] == "0,0 100,0 100,50 0,50"


def test_groups_of_an_order_name_no_frame() -> None:
    page = '<PcGts><OrderedGroup id="a"{}><RegionRef regionRef="r2"/></OrderedGroup></PcGts>'
    made = etree.fromstring(agreeable(page.format(' regionRef="r1"').encode()))
    assert etree.tostring(made).decode() == page.format("")
