"""Page numbers as a sequence: faults are named with the likely truth, sound issues give no alarm."""

from __future__ import annotations

import random

import pytest

from layout.document import Box, Page, Region, RegionKind, TextLine, Word
from layout.reflow.folios import Folio, check_folios, count_pages, read_folios


def folios(*numbers: int | None) -> list[Folio]:
    return [
        Folio(f"p{place:04d}", number, f"r{place}" if number else None, str(number or ""))
        for place, number in enumerate(numbers, 1)
    ]


def codes(*numbers: int | None) -> list[str]:
    return [finding.code for finding in check_folios(folios(*numbers))]


@pytest.mark.parametrize(
    "numbers",
    [
        (1, 2, 3, 4),
        (None, 2, 3, 4),
        (1, 2, None, 4, 5, 6),
        (31,),
        (None, None),
        (345, 346, 347, 348),
        (None, None, 7, None),
        (),
    ],
)
def test_sound_sequences(numbers: tuple[int | None, ...]) -> None:
    assert codes(*numbers) == []


@pytest.mark.parametrize(
    ("numbers", "code"),
    [
        ((1, 2, 3, 5, 6), "folio-missing"),
        ((1, 2, 3, 5), "folio-missing"),
        ((5, 6, 7, 8, 9, 13, 14, 15), "folio-missing"),
        ((2, 3, 4, 5, 6), "folio-missing"),
        ((1, 2, 2, 3, 4), "folio-doubled"),
        ((1, 1, 2, 3, 4, 5), "folio-doubled"),
        ((1, 2, 3, 4, 5, 6, 6), "folio-doubled"),
        ((1, 3, 2, 4), "folio-swapped"),
        ((2, 1, 3, 4, 5, 6), "folio-swapped"),
        ((1, 4, 3, 2, 5, 6), "folio-swapped"),
        ((2, None, 3, 4), "folio-swapped"),
        ((1, 2, 8, 4, 5), "folio-misread"),
        ((31, 32, 33, 84, 35, 36), "folio-misread"),
        ((1, 2, 2, 4), "folio-misread"),
        ((12, 2, 3, 4, 5, 6), "folio-misread"),
        ((1, 2, 3, 4, 5, 8), "folio-misread"),
        ((1, 2, 3, 4, 1, 2, 3), "folio-restart"),
    ],
)
def test_faults(numbers: tuple[int | None, ...], code: str) -> None:
    assert codes(*numbers) == [code]


def test_the_likely_truth_is_told_with_its_evidence() -> None:
    (finding,) = check_folios(folios(31, 32, 33, 84, 35, 36))
    assert "84" in finding.message
    assert "probably 34" in finding.message
    assert "32, 33, 35, 36" in finding.message
    assert (finding.page, finding.region) == ("p0004", "r4")


def test_a_page_without_number_gets_the_one_its_neighbours_leave() -> None:
    assert count_pages(folios(None, 2, None, 4)) == [1, 2, 3, 4]
    assert count_pages(folios(None, None)) == [None, None]


def test_injected_faults_are_nearly_all_reported() -> None:
    """Issues of 4 to 24 pages; the count of the unfaulted ones gives no alarm at all."""
    chance = random.Random(7)
    missed = 0
    for _ in range(400):
        length = 2 * chance.randint(2, 12)
        first = chance.choice([1, 1, 1, chance.randint(3, 400)])
        numbers: list[int | None] = list(range(first, first + length))
        assert codes(*numbers) == []
        fault = chance.choice(["missing", "doubled", "swapped", "misread"])
        at = chance.randrange(1, length - 1)
        if fault == "missing":
            del numbers[at]
        elif fault == "doubled":
            numbers.insert(at, numbers[at])
        elif fault == "swapped":
            numbers[at], numbers[at + 1] = numbers[at + 1], numbers[at]
        else:
            numbers[at] = chance.choice([n for n in range(1, 500) if n != numbers[at]])
        missed += not codes(*numbers)
    assert missed == 0


@pytest.mark.parametrize("text", ["۳۱", "٣١", "31", "— 31 —", "صفحه ۳۱"])
def test_numbers_in_any_digits(text: str) -> None:
    word = Word("w", text, Box(0, 0, 9, 9))
    line = TextLine("l", Box(0, 0, 9, 9), (word,))
    page = Page("p0001", 100, 100, regions=(Region("r", RegionKind.PAGE_NUMBER, Box(0, 0, 9, 9), (line,)),))
    assert read_folios([page])[0].number == 31


def numbered(place: int, text: str, x: float, y: float) -> Page:
    """A page of 1000 by 1000 with one number on it."""
    box = Box(x, y, x + 20, y + 20)
    line = TextLine("l", box, (Word("w", text, box),))
    number = Region("r", RegionKind.PAGE_NUMBER, box, (line,))
    return Page(f"p{place:04d}", 1000, 1000, regions=(number,))


def test_a_number_where_no_other_page_has_its_folio_is_none() -> None:
    """A telephone number in the front page's head; folios stand at the outer foot, left and right."""
    pages = [numbered(n, str(n), 20 if n % 2 else 960, 960) for n in range(2, 7)]
    assert check_folios(read_folios([numbered(1, "65", 920, 80), *pages])) == []
    (misread,) = check_folios(read_folios([numbered(1, "65", 25, 965), *pages]))
    assert misread.code == "folio-misread"


def test_a_number_elsewhere_that_the_others_follow_is_a_folio() -> None:
    pages = [numbered(1, "31", 500, 30), *(numbered(n, str(n + 30), 20, 960) for n in range(2, 5))]
    assert [folio.number for folio in read_folios(pages)] == [31, 32, 33, 34]
