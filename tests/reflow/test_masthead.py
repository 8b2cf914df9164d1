"""What the front page says of the issue fills the gaps of the metadata, and says so."""

from __future__ import annotations

from layout.document import Metadata, RegionKind
from layout.reflow.masthead import read_masthead
from tests.draw import draw

PICTURE = """
    MMMMMMMMM
    MMMMMMMMM
    ddd   nnn
    aaa bbb ccc
    aaa bbb ccc
    aaa bbb ccc
    aaa bbb ccc
    aaa bbb ccc
    aaa bbb ccc
    aaa bbb ccc
    aaa bbb ccc
    aaa bbb ccc
    """


def front(date: str, number: str = "No. 186") -> list:  # type: ignore[type-arg]
    page = draw(
        PICTURE,
        masthead="M",
        running_head="dn",
        texts={"M": "The Langford Courier", "d": date, "n": number},
    )
    return [page]


def test_title_date_and_number_are_read() -> None:
    found, findings = read_masthead(front("Monday, February 23, 1987"), Metadata())
    assert found.title == "The Langford Courier"
    assert found.date == "1987-02-23"
    assert found.printed_date == "Monday, February 23, 1987"
    assert found.number == "186"
    assert dict(found.origins)["date"] == "page"
    assert findings == ()


def test_what_is_known_stays() -> None:
    given = Metadata(title="Courier", date="1987-02-24", origins=(("title", "mets"), ("date", "mets")))
    found, findings = read_masthead(front("Tuesday, February 23, 1987"), given)
    assert (found.title, found.date) == ("Courier", "1987-02-24")
    assert dict(found.origins)["title"] == "mets"
    assert findings == ()


def test_a_date_with_the_wrong_weekday_is_not_believed() -> None:
    found, findings = read_masthead(front("Thursday, February 23, 1987"), Metadata())
    assert found.date is None
    assert found.printed_date == "Thursday, February 23, 1987"
    assert [finding.code for finding in findings] == ["date-weekday"]


def test_no_page_no_masthead() -> None:
    assert read_masthead([], Metadata()) == (Metadata(), ())
    page = draw("aaa bbb")
    assert page.regions[0].kind is RegionKind.PARAGRAPH
    assert read_masthead([page], Metadata())[0] == Metadata()
