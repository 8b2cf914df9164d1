"""Gives every region of a page its final kind, how sure that is, and why.

Evidence is collected from size, place, neighbours and text (see `evidence`), summed for each kind, and
the highest sum wins. Because neighbours count by their kind, this is done three times: the first round
sees what geometry guessed, the later ones what the round before decided.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from layout.document import CONTAINERS, RUNNING_TEXT, Page, Region, RegionKind
from layout.reflow.boxes import find_stacked, opened
from layout.reflow.evidence import find_heads, votes_for
from layout.reflow.evidence_beside import Vote
from layout.reflow.interview import find_questions, without_mark
from layout.reflow.likeness import Passages
from layout.reflow.looks import GRAPHIC, Look, Scene, look_at
from layout.reflow.measure import Body, measure_body, size_of
from layout.reflow.mixed import display_box
from layout.reflow.particular import as_particular, particular
from layout.reflow.specks import find_specks
from layout.reflow.strips import find_strips
from layout.reflow.wording import ends_sentence, is_quotation

_ROUNDS = 3
_PARTLY, _WHOLLY = 0.4, 0.9  # likeness of a quotation from a passage that a column's end has cut in two
_BREAK = 200  # letters on either side of such a cut that a quotation can hold
_FIXED = GRAPHIC | CONTAINERS | {RegionKind.TABLE_CELL}


def assign_roles(page: Page) -> Page:
    """The page with final kinds, ``kind_confidence`` and ``reason`` on every region.

    Expects running text parted into paragraphs. Regions whose kind came with the input (``origin``
    "import" and a kind other than unknown) keep it.
    """
    body = measure_body(page)
    return replace(page, regions=_decide(page, page.regions, body, None))


def _decide(
    page: Page, regions: Sequence[Region], body: Body, inside: RegionKind | None
) -> tuple[Region, ...]:
    """The regions of one level with their kinds, then those inside each container."""
    scene = look_at(page, regions, body, inside)
    decided = {look.region.id: region for look, region in zip(scene.looks, decide(scene), strict=True)}
    sizes = [size_of(r, body) for r in decided.values() if r.kind is RegionKind.HEADLINE]
    whole = [framed(decided.get(region.id, region), body) for region in regions]
    whole = [replace(r, children=_decide(page, r.children, body, r.kind)) if r.children else r for r in whole]
    stacked = find_stacked(whole, body)
    return tuple(part for r in whole for part in opened(page, r, body, r.id in stacked, sizes))


def framed(region: Region, body: Body) -> Region:
    """Display text with its typographic box; running text has it already, all else keeps its own."""
    if not region.lines or region.rotation or region.origin == "import":
        return region
    if region.kind in CONTAINERS | RUNNING_TEXT | {RegionKind.NOISE, RegionKind.TABLE_CELL}:
        return region
    return replace(region, box=display_box(region.lines, body), polygon=None)


def decide(scene: Scene) -> list[Region]:
    """The scene's regions with their final kinds, in the looks' order."""
    specks = find_specks(scene)
    strips = find_strips(scene, specks)
    quotes = _likeness(scene, strips)
    kinds = [_first_kind(look) for look in scene.looks]
    for n, votes in strips.items():
        kinds[n] = votes[0][0]
    sums: list[dict[RegionKind, float]] = [{} for _ in kinds]
    reasons: list[list[Vote]] = [[] for _ in kinds]
    for _ in range(_ROUNDS):
        now = list(kinds)
        heads = find_heads(scene, now)
        for n, look in enumerate(scene.looks):
            if _is_fixed(look):
                continue
            reasons[n] = strips.get(n) or specks.get(n) or list(votes_for(scene, n, now, quotes, heads))
            sums[n] = _sum(reasons[n])
            kinds[n] = max(sums[n], key=lambda kind: (sums[n][kind], kind), default=now[n])
        if kinds == now:
            break
    for n, why in find_questions(scene, kinds).items():
        if n not in strips and not _is_fixed(scene.looks[n]):
            kinds[n] = RegionKind.QUESTION
            reasons[n].append((RegionKind.QUESTION, 4.0, why))
            sums[n][RegionKind.QUESTION] = sums[n].get(RegionKind.QUESTION, 0.0) + 4.0
    settled = [
        _settled(look.region, kind, total, why)
        for look, kind, total, why in zip(scene.looks, kinds, sums, reasons, strict=True)
    ]
    special = [None if n in strips else particular(scene, n, kinds) for n in range(len(kinds))]
    return [
        as_particular(region, found) if found else region
        for region, found in zip(settled, special, strict=True)
    ]


def _is_fixed(look: Look) -> bool:
    imported = look.region.origin == "import" and look.guess is not RegionKind.UNKNOWN
    return look.guess in _FIXED or not look.is_text or imported


def _first_kind(look: Look) -> RegionKind:
    """A kind to begin with: geometry's, or for loose text what its size suggests."""
    if look.guess is not RegionKind.UNKNOWN:
        return look.guess
    return RegionKind.HEADLINE if look.size > 1.3 else RegionKind.UNKNOWN


def _likeness(scene: Scene, strips: dict[int, list[Vote]]) -> dict[int, float]:
    """How far each piece of display text repeats the body text, 0..1."""
    running = [n for n, look in enumerate(scene.looks) if _is_running(look)]
    candidates = [
        n
        for n, look in enumerate(scene.looks)
        if n not in strips and look.is_text and not _is_fixed(look) and look.words >= 6 and _stands_out(look)
    ]
    if not candidates or not running:
        return {}
    passages = Passages.of(scene.looks[n].text for n in running)
    place = {n: k for k, n in enumerate(running)}
    found = {n: passages.likeness(scene.looks[n].text, but=place.get(n)) for n in candidates}
    partly = [
        n
        for n in candidates
        if n not in place and _PARTLY < found[n] < _WHOLLY and _is_set_as_quote(scene.looks[n])
    ]
    if partly:
        over = Passages.of(_over_breaks(scene, running))
        found.update({n: max(found[n], over.likeness(scene.looks[n].text)) for n in partly})
    return found


def _is_set_as_quote(look: Look) -> bool:
    return look.size > 1.1 or look.set_off or is_quotation(look.text)


def _over_breaks(scene: Scene, running: Sequence[int]) -> Iterator[str]:
    """Where a text breaks off in a sentence, its end with each beginning that it may go on at: those of
    columns, and below what parts a column.
    """
    texts = frozenset(running)
    broken = [n for n in running if scene.below[n] not in texts and not ends_sentence(scene.looks[n].text)]
    begun = [n for n in running if scene.above[n] not in texts]
    for n in broken:
        for m in begun:
            if m != n:
                yield f"{scene.looks[n].text[-_BREAK:]} {scene.looks[m].text[:_BREAK]}"


def _is_running(look: Look) -> bool:
    return look.is_text and look.guess in RUNNING_TEXT and look.size < 1.25


def _stands_out(look: Look) -> bool:
    return look.guess not in RUNNING_TEXT or look.size > 1.15 or (look.is_bold and is_quotation(look.text))


def _sum(votes: Iterable[Vote]) -> dict[RegionKind, float]:
    sums: dict[RegionKind, float] = defaultdict(float)
    sums[RegionKind.UNKNOWN] = 0.0
    for kind, weight, _ in votes:
        sums[kind] += weight
    return sums


def _settled(
    region: Region, kind: RegionKind, sums: dict[RegionKind, float], votes: Sequence[Vote]
) -> Region:
    if not sums:
        return region
    best = sums.get(kind, 0.0)
    share = 1.0 / sum(math.exp(min(0.0, value - best)) for value in sums.values())
    signs = sorted((v for v in votes if v[0] is kind and v[1] > 0), key=lambda v: -v[1])
    why = ", ".join(dict.fromkeys(reason for _, _, reason in signs[:3]))
    name = kind.value.replace("-", " ")
    if kind is RegionKind.QUESTION:
        region = without_mark(region)
    return replace(
        region, kind=kind, kind_confidence=round(share, 3), reason=f"{name}: {why}" if why else region.reason
    )
