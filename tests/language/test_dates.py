from __future__ import annotations

import pytest

from layout.language.dates import find_date, jalali_to_gregorian


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Monday, February 23, 1987", "1987-02-23"),
        ("15. März 1924", "1924-03-15"),
        ("Sonnabend, den 9. Mai 1903", "1903-05-09"),
        ("۲۴ شهریور ۱۴۰۰", "2021-09-15"),
        ("شنبه ۲۴ فروردین ۱۳۹۸", "2019-04-13"),
        ("سه‌شنبه ۸ فروردین ۱۴۰۲", "2023-03-28"),
        ("Friday 5th June 1896", "1896-06-05"),
        ("le 14 juillet 1889", "1889-07-14"),
    ],
)
def test_complete_dates(text: str, iso: str) -> None:
    found = find_date(text)
    assert found is not None
    assert (found.printed, found.iso) == (text, iso)


def test_a_weekday_that_is_not_that_days_makes_no_iso_date() -> None:
    found = find_date("پنجشنبه 24 فروردین 1398")
    assert found is not None
    assert found.iso is None


@pytest.mark.parametrize("text", ["", "Vol. 92, No. 186", "March 1924", "31. Februar 1900", "شماره ۱۹۰۱"])
def test_what_is_no_complete_date(text: str) -> None:
    assert find_date(text) is None


@pytest.mark.parametrize(
    ("jalali", "iso"),
    [
        ((1400, 1, 1), "2021-03-21"),
        ((1399, 12, 30), "2021-03-20"),
        ((1403, 12, 30), "2025-03-20"),
        ((1357, 11, 22), "1979-02-11"),
        ((1404, 1, 1), "2025-03-21"),
    ],
)
def test_jalali_dates(jalali: tuple[int, int, int], iso: str) -> None:
    assert jalali_to_gregorian(*jalali).isoformat() == iso


@pytest.mark.parametrize("jalali", [(1400, 12, 30), (1400, 13, 1), (1400, 7, 31), (900, 1, 1)])
def test_days_that_do_not_exist(jalali: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match=r"no such day|outside"):
        jalali_to_gregorian(*jalali)
