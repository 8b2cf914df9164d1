"""The generator of pages with truth: what it cuts, writes and maps; truth and print agree in a browser."""

from __future__ import annotations

import json
import random
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.bench.pages.dissect import Place, dissect
from tests.bench.pages.outline import outline
from tests.bench.pages.press import Press
from tests.bench.pages.produce import make_single, plan_single
from tests.bench.pages.scan import Mapping, carry, draw_damage, scanned
from tests.bench.pages.wording import SOFT_HYPHEN, hyphenated, long_s
from tests.export.viewers import BROWSER

needs_browser = pytest.mark.skipif(not BROWSER, reason="Chromium is not here (apt install chromium)")


@pytest.mark.parametrize("seed", range(30))
def test_places_cover_the_page_and_do_not_meet(seed: int) -> None:
    lot = random.Random(seed)
    columns, tall, gap = lot.randint(2, 9), 1400.0, 20.0
    places, cuts = dissect(Place(0, columns - 1, 0, tall), lot, gap, 200, max(3, columns - 2), 7)
    for column in range(columns):
        above = sorted((p for p in places if p.first <= column <= p.last), key=lambda p: p.y0)
        assert above[0].y0 == 0 and above[-1].y1 == tall
        for upper, lower in pairwise(above):
            assert lower.y0 - upper.y1 == pytest.approx(gap)
    assert len(cuts) == len(places) - 1


@pytest.mark.parametrize("number", range(12))
def test_a_plan_follows_from_its_seed(number: int) -> None:
    first, second = (json.dumps(plan_single(31, number)[0].spec()) for _ in range(2))
    assert first == second != json.dumps(plan_single(32, number)[0].spec())


def test_words_are_divided_between_syllables() -> None:
    assert hyphenated("niemanden im Jahre").replace(SOFT_HYPHEN, "|") == "nie|man|den im Jahre"
    assert hyphenated("committees").replace(SOFT_HYPHEN, "|") == "com|mit|tees"
    assert long_s("das Haus, wissen, Straßen") == "das Haus, wiſſen, Straßen"


def test_an_outline_goes_around_a_hole_in_the_side() -> None:
    r"""A quote stands in the upper right of the text.

    aaa
    aaaaaa
    """
    around = outline((0, 0, 60, 20), [(30, -5, 90, 10)])
    assert around == [[0, 0], [30, 0], [30, 10], [60, 10], [60, 20], [0, 20]]


@pytest.mark.parametrize("seed", range(8))
def test_a_scan_shows_things_where_its_truth_says(seed: int) -> None:
    """Black squares on a clean page lie in the scan within a pixel of their mapped boxes."""
    clean = np.full((900, 700), 255, np.uint8)
    boxes = [[x, y, x + 40, y + 40] for x in (60, 330, 600) for y in (60, 430, 800)]
    for x0, y0, x1, y1 in boxes:
        clean[y0:y1, x0:x1] = 0
    mapping = Mapping(draw_damage(random.Random(seed)), 100, (700, 900))
    truth = {"blocks": [{"bbox": box} for box in boxes], "image": {}}
    scan = scanned(clean, mapping)
    assert scan.shape == mapping.scan_size[::-1]
    for block in carry(truth, mapping, "scan-1", "scan-1.png")["blocks"]:
        x0, y0, x1, y1 = (round(value) for value in block["bbox"])
        around = scan[y0 - 12 : y1 + 12, x0 - 12 : x1 + 12].astype(float)
        middle = (around < 110).nonzero()
        assert middle[0].mean() == pytest.approx((y1 - y0 + 24) / 2, abs=1.5)
        assert middle[1].mean() == pytest.approx((x1 - x0 + 24) / 2, abs=1.5)


@needs_browser
@pytest.mark.slow
@pytest.mark.parametrize("number", [0, 3])
def test_truth_and_print_agree(number: int, tmp_path: Path) -> None:
    """Words have ink in their boxes, lines are parts of their block, quotes repeat their passage."""
    import cv2

    with Press() as press:
        page = make_single(press, tmp_path, 12, number, scans=False)
    sample = page["samples"][0]
    truth = json.loads((tmp_path / sample["truth"]).read_text(encoding="utf-8"))
    picture = cv2.imread(str(tmp_path / sample["image"]), cv2.IMREAD_GRAYSCALE)
    assert picture is not None and picture.shape == (truth["image"]["height"], truth["image"]["width"])
    blocks = {block["id"]: block for block in truth["blocks"]}
    assert {"headline", "paragraph"} <= {block["type"] for block in blocks.values()}
    for block in blocks.values():
        _lines_of(block, picture)
        for passage in block.get("repeats", {}).get("ranges", []):
            source = blocks[passage["block"]]["text"][passage["start"] : passage["end"]]
            assert source in block["text"]
    in_order = [block["id"] for block in blocks.values() if block["order"] is not None]
    assert sorted(truth["reading_order"]) == sorted(in_order)


def _lines_of(block: dict[str, Any], picture: np.ndarray) -> None:
    for line in block["lines"]:
        assert block["text"][line["start"] : line["end"]] == line["text"]
        for word in line["words"]:
            x0, y0, x1, y1 = (round(value) for value in word["bbox"])
            inside = picture[max(0, y0) : y1 + 1, x0 : x1 + 1]
            assert np.ptp(inside) > 100, f"no ink at {word}"
