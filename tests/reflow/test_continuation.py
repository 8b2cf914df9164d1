"""Articles over two pages: put together where enough speaks for it, reported where nothing fits."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layout.document import Issue, Metadata, Page, RegionKind
from layout.reflow import ReflowSettings, reflow
from layout.reflow.notices import Points, read_notice
from tests.draw import draw
from tests.truth import SYNTHETIC, load_truth, needs_shared, true_page


def issue(*pages: Page) -> Issue:
    """The pages as one issue, kinds taken as drawn (as from a file that already has them)."""

    def named(page: Page, number: int) -> Page:
        def region(r):  # type: ignore[no-untyped-def]
            lines = tuple(replace(line, id=f"p{number}{line.id}") for line in r.lines)
            return replace(r, id=f"p{number}{r.id}", lines=lines, origin="import")

        return replace(page, id=f"p{number:04d}", regions=tuple(map(region, page.regions)))

    return reflow("issue", [named(page, n) for n, page in enumerate(pages, 1)], Metadata(), ReflowSettings())


def parts(found: Issue) -> list[str]:
    return ["/".join("".join(item.regions_on(part.page)) for part in item.parts) for item in found.items]


FRONT = """
    AAA CCC
    bbb ddd
    bbb nnn
    """
INSIDE = """
    EEE mmm
    fff GGG
    fff ggg
    """


def test_notices_on_both_pages() -> None:
    front = draw(FRONT, headline="AC", continuation="n", texts={"n": "Continued on page 2", "C": "Trade"})
    inside = draw(INSIDE, headline="EG", continuation="m", texts={"m": "Continued from page 1", "G": "Wool"})
    found = issue(front, inside)
    assert parts(found) == ["p1Ap1b", "p1Cp1dp1n/p2Gp2gp2m", "p2Ep2f"]
    part = found.items[1].parts[1]
    assert "page 2" in part.follows
    assert "page 1" in part.follows
    assert found.findings == ()


def test_one_notice_and_the_title() -> None:
    front = draw(
        FRONT,
        headline="AC",
        continuation="n",
        texts={"n": "Continued on page 2", "C": "Trade with Persia grows"},
    )
    inside = draw(INSIDE, headline="EG", section_label="m", texts={"G": "Persia trade", "E": "Weather"})
    found = issue(front, inside)
    assert parts(found)[1] == "p1Cp1dp1n/p2Gp2g"
    assert "titles" in found.items[1].parts[1].follows


def test_a_notice_that_nothing_answers_is_reported() -> None:
    front = draw(FRONT, headline="AC", continuation="n", texts={"n": "Continued on page 2", "C": "Trade"})
    inside = draw(INSIDE, headline="EG", section_label="m", texts={"G": "Sport", "E": "Weather"})
    found = issue(front, inside)
    assert all(len(item.parts) == 1 for item in found.items)
    (finding,) = found.findings
    assert finding.code == "continuation-unmatched"
    assert finding.region == "p1n"
    assert "page 2" in finding.message


def test_a_pointer_to_a_page_is_no_continuation() -> None:
    """A teaser names a page; the article there is another one, and nothing is amiss."""
    front = draw(FRONT, headline="AC", continuation="n", texts={"n": "Page 2", "C": "Trade"})
    inside = draw(INSIDE, headline="EG", section_label="m", texts={"G": "Trade", "E": "Weather"})
    found = issue(front, inside)
    assert all(len(item.parts) == 1 for item in found.items)
    assert found.findings == ()


def test_a_sentence_cut_by_the_page_break_is_marked() -> None:
    front = draw(
        FRONT,
        headline="AC",
        continuation="n",
        texts={"n": "Continued on page 2", "C": "Trade", "d": "It began/and so the"},
    )
    inside = draw(
        INSIDE,
        headline="E",
        continuation="m",
        paragraph="Gg",
        texts={"m": "Continued from page 1", "G": "rest came/late."},
    )
    found = issue(front, inside)
    joined = next(item for item in found.items if len(item.parts) == 2)
    assert joined.parts[0].blocks[-1].continued


@pytest.mark.parametrize(
    ("text", "language", "points", "page"),
    [
        ("ادامه در صفحه ۵", "fa", Points.ON, 5),
        ("ادامه از صفحه ۱", "fa", Points.BACK, 1),
        ("بقیه در صفحه ۱۲", "fa", Points.ON, 12),
        ("Continued on page 5", "en", Points.ON, 5),
        ("CONTINUED FROM PAGE 1", "en", Points.BACK, 1),
        ("Fortsetzung auf Seite 5", "de", Points.ON, 5),
        ("Fortſetzung von Seite 3", "de", Points.BACK, 3),
        ("Suite en page 7", None, Points.ON, 7),
        ("ادامه‌ی مطلب در صفحه‌ی ۵", "fa", Points.ON, 5),
        ("بقیه از صفحه اول", "fa", Points.BACK, 1),
        ("التتمة في الصفحة ٥", "ar", Points.ON, 5),
        ("البقية ص ٣", "ar", Points.ON, 3),
        ("تتمة الصفحة ٣", "ar", Points.BACK, 3),
        ("بقية المنشور في صفحة ٢", "ar", Points.BACK, 2),
        ("Continued from front page", "en", Points.BACK, 1),
        ("Fortsetzung von der ersten Seite", "de", Points.BACK, 1),
        ("Weiter auf Seite 5", "de", Points.ON, 5),
        ("Contlnued on paqe two", "en", Points.ON, 2),
        ("Fortfetzung auf Seile 7", "de", Points.ON, 7),
        ("ادامة ار صفحه ۱", "fa", Points.EITHER, 1),
        ("See page 4", "en", Points.ON, 4),
        ("صفحه 3", "fa", Points.ON, 3),
    ],
)
def test_notices_are_read(text: str, language: str | None, points: Points, page: int) -> None:
    notice = read_notice(text, language)
    assert notice is not None
    assert (notice.points, notice.page) == (points, page)


def test_other_text_is_no_notice() -> None:
    assert read_notice("The page was turned in 1905", "en") is None
    assert read_notice("The front page of 1905 was turned", "en") is None
    assert read_notice("", "fa") is None


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize("variant", ["clean", "scan-1"])
def test_the_reference_issue(variant: str) -> None:
    folder = SYNTHETIC / "issues" / "dev-issue-fa-1"
    truth = load_truth(folder / "issue.json")
    found_pages = []
    for number in range(1, 5):
        page = true_page(load_truth(folder / f"p{number:02d}" / f"{variant}.json"), f"p{number:04d}")
        typed = tuple(replace(region, origin="import") for region in page.regions)
        found_pages.append(replace(page, regions=typed))
    found = reflow("issue", found_pages, Metadata(), ReflowSettings())
    ours = sorted(len(item.parts) for item in found.items if len(item.parts) > 1)
    assert ours == sorted(len(a["parts"]) for a in truth["articles"] if len(a["parts"]) > 1)
    titles = {item.title for item in found.items if len(item.parts) > 1}
    assert titles == {a["title"] for a in truth["articles"] if len(a["parts"]) > 1}
    joined = [item for item in found.items if len(item.parts) > 1]
    assert all(any(block.continued for block in item.parts[0].blocks) for item in joined)
    assert not [f for f in found.findings if f.code.startswith(("continuation", "folio"))]
    assert RegionKind.CONTINUATION not in {b.kind for i in found.items for p in i.parts for b in p.blocks}


@pytest.mark.parametrize("notice", ["Continued on page", "Continued on page S", "Continued on page 9"])
def test_a_number_that_is_misread_or_not_read_is_made_up_for_by_the_rest(notice: str) -> None:
    front = draw(FRONT, headline="AC", continuation="n", texts={"n": notice, "C": "Trade with Persia"})
    inside = draw(
        INSIDE,
        headline="EG",
        continuation="m",
        texts={"m": "Continued from page 1", "G": "Trade with Persia"},
    )
    assert parts(issue(front, inside))[1] == "p1Cp1dp1n/p2Gp2gp2m"


def test_the_same_rubric_on_two_pages_is_two_articles() -> None:
    front = draw(FRONT, headline="AC", section_label="n", texts={"C": "News in brief", "d": "It was/done."})
    inside = draw(INSIDE, headline="EG", section_label="m", texts={"G": "News in brief", "g": "Rain/fell."})
    assert all(len(item.parts) == 1 for item in issue(front, inside).items)


def test_the_same_title_over_a_sentence_that_goes_on() -> None:
    front = draw(
        FRONT, headline="AC", section_label="n", texts={"C": "Trade with Persia", "d": "It was/done by the"}
    )
    inside = draw(
        INSIDE, headline="EG", section_label="m", texts={"G": "Trade with Persia", "g": "men of/Bushire."}
    )
    assert parts(issue(front, inside))[1] == "p1Cp1d/p2Gp2g"


def test_a_notice_below_a_headline_and_its_picture_is_the_headlines() -> None:
    page = draw(
        """
        GGGGGGG
        iii ttt
        mmm ttt
        ggg uuu
        """,
        headline="G",
        image="i",
        continuation="m",
        texts={"m": "Continued from page 1", "G": "Wool"},
    )
    assert [item.title for item in issue(page).items] == ["Wool"]


def test_a_notice_over_a_column_that_a_centred_headline_does_not_reach_is_the_headlines() -> None:
    page = draw(
        """
           GGGGGG
        mmm ttt vvv
        ggg ttt vvv
        ggg ttt vvv
        """,
        headline="G",
        continuation="m",
        texts={"m": "Continued from page 1", "G": "Wool"},
    )
    assert parts(issue(page)) == ["p1Gp1gp1tp1vp1m"]


@pytest.mark.parametrize(
    ("on", "back"), [("See page 2", "From page 1"), ("Contlnued cn paqe 2", "Conlinued frcm page 1")]
)
def test_pointers_that_are_answered_and_misread_notices(on: str, back: str) -> None:
    front = draw(FRONT, headline="AC", continuation="n", texts={"n": on, "C": "Trade"})
    inside = draw(INSIDE, headline="EG", continuation="m", texts={"m": back, "G": "Trade"})
    found = issue(front, inside)
    assert parts(found)[1] == "p1Cp1dp1n/p2Gp2gp2m"
    assert found.findings == ()


def test_pages_without_numbers_are_counted_by_notices_that_answer_each_other() -> None:
    """Pages 9 and 10 of a volume; no folio is printed or read."""
    front = draw(FRONT, headline="AC", continuation="n", texts={"n": "Continued on page 10", "C": "Trade"})
    inside = draw(INSIDE, headline="EG", continuation="m", texts={"m": "Continued from page 9", "G": "Wool"})
    assert parts(issue(front, inside))[1] == "p1Cp1dp1n/p2Gp2gp2m"


def test_a_notice_put_to_a_neighbour_is_overruled_by_the_title() -> None:
    """The text of the first headline ends below the second one, and the notice with it."""
    front = draw(
        FRONT,
        headline="AC",
        continuation="n",
        texts={"n": "Continued on page 2", "A": "Wool prices", "C": "Rain"},
    )
    inside = draw(
        INSIDE, headline="EG", continuation="m", texts={"m": "Continued from page 1", "G": "Wool prices"}
    )
    found = issue(front, inside)
    assert parts(found)[0] == "p1Ap1b/p2Gp2gp2m"
    assert found.findings == ()


def test_an_article_over_three_pages_and_another_from_the_same_page() -> None:
    front = draw(
        """
        AAA CCC
        bbb ddd
        mmm nnn
        """,
        headline="AC",
        continuation="mn",
        texts={
            "m": "Continued on page 2",
            "n": "Continued on page 2",
            "A": "Wool prices",
            "C": "Rain in May",
        },
    )
    second = draw(
        """
        EEE GGG
        kkk mmm
        fff ggg
        nnn ggg
        """,
        headline="EG",
        continuation="kmn",
        texts={
            "k": "Continued from page 1",
            "m": "Continued from page 1",
            "n": "Continued on page 3",
            "E": "Wool prices",
            "G": "Rain in May",
        },
    )
    third = draw(
        """
        HHH
        kkk
        iii
        """,
        headline="H",
        continuation="k",
        texts={"k": "Continued from page 2", "H": "Wool prices"},
    )
    found = issue(front, second, third)
    assert [[part.page for part in item.parts] for item in found.items] == [
        ["p0001", "p0002", "p0003"],
        ["p0001", "p0002"],
    ]
    assert [item.title for item in found.items] == ["Wool prices", "Rain in May"]
    assert found.findings == ()


def test_the_same_title_in_a_script_without_case_needs_a_notice() -> None:
    """A full stop that was not read is no sign that the sentence goes on on another page."""
    front = draw(
        FRONT, headline="AC", section_label="n", texts={"C": "چشم به راه پل", "d": "مردم شهر/نامه نوشتند"}
    )
    inside = draw(
        INSIDE, headline="EG", section_label="m", texts={"G": "چشم به راه پل", "g": "باران بارید/و رفت."}
    )
    assert all(len(item.parts) == 1 for item in issue(front, inside).items)
