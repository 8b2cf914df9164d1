"""Printed page numbers checked as a sequence over the issue.

The numbers read are explained at the least cost by a count that goes up by one a page, with faults:
a number misread, pages missing, a page there twice, two pages exchanged, a count that starts again. The
count is found by a shortest path over the pages; the state is the number of the page less its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from layout.document import Finding, Page, RegionKind
from layout.language.digits import number_in

# Costs are about -log10 of how rarely each happens.
_MISREAD = 1.0  # a number that is anything
_NEARLY = 1.4  # a number off by one or two: misreading does not prefer neighbours
_MISSING = 1.2  # one or two leaves gone
_FAR = 2.2  # a long gap, or a count that goes back
_DOUBLED = 1.2
_RESTART = 1.6  # a supplement counts from one
_SWAPPED = 1.1  # both pages together; cheaper than two misreadings
_NOT_ONE = 0.3  # an issue that does not begin with page one
_ABSURD = 3.0  # a page zero
_ASIDE = 0.05  # share of the page by which scans of one issue are shifted against each other


@dataclass(frozen=True, slots=True)
class Folio:
    """A page's number as read, None where none was read, and the region it was read from.

    ``spot`` is where it stands: shares of the page's width from the nearer side, and of its height.
    """

    page: str
    number: int | None = None
    region: str | None = None
    text: str = ""
    spot: tuple[float, float] | None = None


def read_folios(pages: Sequence[Page]) -> list[Folio]:
    """The printed number of each page; of several on one page the one nearest to the edge.

    A number that stands where no other page has its own, and that no other page's number follows, is of
    something else (a telephone number, a price) and is left out.
    """
    folios = [_folio(page) for page in pages]
    return [Folio(f.page) if _is_stray(folios, place) else f for place, f in enumerate(folios)]


def _is_stray(folios: Sequence[Folio], place: int) -> bool:
    """Whether the other pages agree on where their numbers stand, and this one's is elsewhere and alone."""
    number, spot = folios[place].number, folios[place].spot
    others = [(n, f.number, f.spot) for n, f in enumerate(folios) if n != place and f.number and f.spot]
    spots = [other for _, _, other in others if other]
    if number is None or spot is None or any(_is_near(spot, other) for other in spots):
        return False
    settled = any(_is_near(a, b) for a, b in combinations(spots, 2))
    return settled and not any(other and other - n == number - place for n, other, _ in others)


def _is_near(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return abs(one[0] - other[0]) < _ASIDE and abs(one[1] - other[1]) < _ASIDE


def _folio(page: Page) -> Folio:
    found: list[tuple[float, Folio]] = []
    for region in page.walk():
        if region.kind is not RegionKind.PAGE_NUMBER:
            continue
        text = " ".join(line.text for line in region.lines)
        number = number_in(text, roman=True)
        if number is not None:
            y = region.box.center[1]
            across = region.box.center[0] / page.width
            spot = min(across, 1 - across), y / page.height  # left and right pages mirror each other
            found.append((min(y, page.height - y), Folio(page.id, number, region.id, text, spot)))
    return min(found, key=lambda f: (f[0], f[1].region or ""))[1] if found else Folio(page.id)


def count_pages(folios: Sequence[Folio]) -> list[int | None]:
    """The likely number of each page, None where no page of the issue has a number.

    Pages without a number get the one their neighbours leave for them.
    """
    numbers = [folio.number for folio in folios]
    path = _best_path(numbers)
    return [None if offset is None else place + offset for place, offset in enumerate(path)]


def check_folios(folios: Sequence[Folio]) -> list[Finding]:
    """What is wrong with the sequence, each with the likely truth; nothing for a sound one."""
    numbers = [folio.number for folio in folios]
    counted = count_pages(folios)
    wrong = [n for n, v in enumerate(numbers) if v is not None and v != counted[n]]
    findings = list(_exchanged(folios, counted, wrong))
    findings += [_misread(folios[n], counted[n], _evidence(numbers, counted, n)) for n in wrong]
    findings += _breaks(folios, counted)
    findings += _ends(folios, counted, bool(findings))
    return findings


def _exchanged(folios: Sequence[Folio], counted: Sequence[int | None], wrong: list[int]) -> list[Finding]:
    """Pairs of pages with each other's number; taken out of ``wrong``."""
    findings: list[Finding] = []
    for a in list(wrong):
        for b in list(wrong):
            if a < b and folios[a].number == counted[b] and folios[b].number == counted[a]:
                findings.append(
                    Finding(
                        "warning",
                        "folio-swapped",
                        f"pages {a + 1} and {b + 1} of the issue carry the numbers {folios[a].number} and "
                        f"{folios[b].number}: they stand in each other's place",
                        folios[a].page,
                        folios[a].region,
                    )
                )
                wrong.remove(a)
                wrong.remove(b)
                break
    for a in list(wrong):
        for b in (a - 1, a + 1):
            if 0 <= b < len(folios) and folios[b].number is None and folios[a].number == counted[b]:
                text = (
                    f"page {a + 1} of the issue carries the number {folios[a].number}, which is the place of "
                    f"page {b + 1}, and that one has none: they stand in each other's place"
                )
                findings.append(Finding("warning", "folio-swapped", text, folios[a].page, folios[a].region))
                wrong.remove(a)
                break
    return findings


def _misread(folio: Folio, likely: int | None, evidence: str) -> Finding:
    return Finding(
        "warning",
        "folio-misread",
        f"page number «{folio.text}» was read as {folio.number}, but it is probably {likely}: {evidence}",
        folio.page,
        folio.region,
    )


def _evidence(numbers: Sequence[int | None], counted: Sequence[int | None], n: int) -> str:
    good = [
        number
        for k, number in enumerate(numbers)
        if abs(k - n) <= 2 and number is not None and number == counted[k]
    ]
    return (
        f"the pages beside it are {', '.join(map(str, good))}" if good else "the count of the pages says so"
    )


def _breaks(folios: Sequence[Folio], counted: Sequence[int | None]) -> list[Finding]:
    findings: list[Finding] = []
    for n in range(1, len(counted)):
        before, now = counted[n - 1], counted[n]
        if before is None or now is None or now == before + 1:
            continue
        where = folios[n]
        if now == before:
            text = f"the number {now} stands on two pages following each other: one page is there twice"
            findings.append(Finding("warning", "folio-doubled", text, where.page, where.region))
        elif now > before:
            gone = f"page {before + 1} is" if now == before + 2 else f"pages {before + 1} to {now - 1} are"
            text = f"{gone} missing: the numbers go from {before} to {now}"
            findings.append(Finding("warning", "folio-missing", text, where.page, where.region))
        elif now == 1:
            text = f"the count starts again with 1 after {before}"
            findings.append(Finding("info", "folio-restart", text, where.page, where.region))
        else:
            text = f"the numbers go back from {before} to {now}: pages are out of order or there twice"
            findings.append(Finding("warning", "folio-order", text, where.page, where.region))
    return findings


def _ends(folios: Sequence[Folio], counted: Sequence[int | None], troubled: bool) -> list[Finding]:
    """Pages gone from the issue's beginning or end, where numbers can show it."""
    if len(counted) < 3 or counted[0] is None:
        return []
    if counted[0] == 2:
        text = "page 1 is missing: the numbers begin with 2"
        return [Finding("warning", "folio-missing", text, folios[0].page, folios[0].region)]
    if counted[0] == 1 and not troubled and len(counted) > 4 and len(counted) % 2:
        text = f"the issue has {len(counted)} pages, but leaves have two sides: the last page may be missing"
        return [Finding("info", "folio-odd", text, folios[-1].page)]
    return []


def _best_path(numbers: Sequence[int | None]) -> list[int | None]:
    """For each page its number less its place (from 0) on the cheapest path."""
    offsets = sorted({number - place for place, number in enumerate(numbers) if number is not None})
    if not offsets:
        return [None] * len(numbers)
    costs = {c: _read_cost(numbers, 0, c) + (_NOT_ONE if c != 1 else 0.0) for c in offsets}
    steps: list[dict[int, int]] = []
    for place in range(1, len(numbers)):
        cheapest = min(costs, key=lambda c: (costs[c], c))
        step: dict[int, int] = {}
        reached: dict[int, float] = {}
        for c in offsets:
            near = [d for d in (c, c - 1, c - 2, c - 3, c - 4, c + 1, cheapest) if d in costs]
            best = min(near, key=lambda d: (costs[d] + _step_cost(d, c, place), abs(c - d)))
            step[c] = best
            reached[c] = costs[best] + _step_cost(best, c, place) + _read_cost(numbers, place, c)
        costs = reached
        steps.append(step)
    at = min(costs, key=lambda c: (costs[c], c))
    path = [at]
    for step in reversed(steps):
        at = step[at]
        path.append(at)
    return list(reversed(path))


def _read_cost(numbers: Sequence[int | None], place: int, offset: int) -> float:
    number, likely = numbers[place], place + offset
    if likely < 1:
        return _ABSURD
    if number is None or number == likely:
        return 0.0
    for other in (place - 1, place + 1):
        if 0 <= other < len(numbers) and number == other + offset and numbers[other] == likely:
            return _SWAPPED / 2
    return _NEARLY if abs(number - likely) <= 2 else _MISREAD


def _step_cost(before: int, after: int, place: int) -> float:
    """What it costs that the count moves from one offset to another before this place."""
    moved = after - before
    if moved == 0:
        return 0.0
    if after + place == 1:
        return _RESTART
    if moved == -1:
        return _DOUBLED
    return _MISSING + 0.1 * moved if 0 < moved <= 4 else _FAR
