"""Write down what stands where on a page, as ``newsbench-gt/1`` (the format of the reference pages)."""

from __future__ import annotations

from typing import Any

from press.setting import Rect, SetLine
from press.sheet import BODY, Block, Region, Sheet

_FLOATING = {
    "image", "caption", "pull-quote", "sidebar", "advertisement", "table", "continuation", "page-number",
    "running-head", "section-label",
}  # fmt: skip
_TOP_FURNITURE = ("running-head", "section-label", "page-number")
_HEAD_ORDER = {"kicker": 0, "headline": 1, "subheadline": 2, "byline": 3, "dateline": 4}
_FLOAT_ORDER = ("image", "caption", "pull-quote", "sidebar", "table", "continuation")


def page_truth(
    sheet: Sheet, dpi: int, file: str, variant: str, mode: str, set_name: str, seed: int
) -> dict[str, Any]:
    """The page's truth in pixels of a clean render at ``dpi``."""
    k = dpi / 72
    order = reading_order(sheet)
    place = {name: i for i, name in enumerate(order)}
    blocks = [_block(block, sheet, k, place.get(block.id)) for block in sheet.blocks]
    articles = [_article(sheet, name, order, k) for name in sheet.articles]
    w, h = round(sheet.width * k), round(sheet.height * k)
    printed = [b["bbox"] for b in blocks]
    return {
        "schema": "newsbench-gt/1",
        "page_id": sheet.page_id,
        "set": set_name,
        "seed": seed,
        "lang": sheet.language,
        "dir": "rtl" if sheet.rtl else "ltr",
        "script": sheet.style.get("script", "Arab" if sheet.rtl else "Latn"),
        "template": sheet.style.get("template", ""),
        "style": {key: value for key, value in sheet.style.items() if key not in ("script", "template")},
        "issue_id": sheet.style.get("issue_id"),
        "page_index": sheet.index,
        "page_number": {"text": sheet.folio[0], "value": sheet.folio[1], "block": sheet.folio[2]}
        if sheet.folio
        else None,
        "page_role": sheet.role,
        "image": {"variant": variant, "file": file, "dpi": dpi, "width": w, "height": h, "mode": mode},
        "size_mm": [round(sheet.width / 72 * 25.4), round(sheet.height / 72 * 25.4)],
        "page_polygon": [[0.0, 0.0], [float(w), 0.0], [float(w), float(h)], [0.0, float(h)]],
        "degradation": None,
        "print_area": [
            min(b[0] for b in printed),
            min(b[1] for b in printed),
            max(b[2] for b in printed),
            max(b[3] for b in printed),
        ],
        "columns": {
            "grid": [[_n(x0 * k), _n(x1 * k)] for x0, x1 in sheet.columns],
            "zones": _zones(sheet, k),
        },
        "articles": articles,
        "article_order": list(sheet.articles),
        "reading_order": order,
        "blocks": blocks,
    }


def reading_order(sheet: Sheet) -> list[str]:
    """Furniture at the top, articles, advertisements and tables outside articles, furniture at the foot."""
    loose = [b for b in sheet.blocks if b.article is None and b.kind != "separator"]
    furniture = [b for b in loose if b.kind in _TOP_FURNITURE]
    rest = [b for b in loose if b.kind not in _TOP_FURNITURE]
    top = [b for b in furniture if b.regions[0].rect.y0 < sheet.height / 2]
    foot = [b for b in furniture if b not in top]

    def across(block: Block) -> tuple[int, float]:
        rect = block.regions[0].rect
        return (block.kind == "section-label" and block.role == "margin", -rect.x1 if sheet.rtl else rect.x0)

    order = [b.id for b in sorted(top, key=across)]
    for name in sheet.articles:
        if sheet.articles[name].parent is None or not _has_box(sheet, name):
            order += article_order(sheet, name)
    order += [b.id for b in rest]
    return order + [b.id for b in sorted(foot, key=across)]


def _has_box(sheet: Sheet, name: str) -> bool:
    return any(b.kind == "sidebar" and name in _child_articles(sheet, b) for b in sheet.blocks)


def _child_articles(sheet: Sheet, box: Block) -> set[str | None]:
    return {b.article for b in sheet.blocks if b.id in box.children}


def article_order(sheet: Sheet, name: str) -> list[str]:
    """The blocks of an article in reading order; a sidebar's container stands after its children."""
    own = [b for b in sheet.blocks if b.article == name and b.kind != "separator"]
    heads = [b for b in own if b.kind in _HEAD_ORDER and b.role != "crosshead"]
    floats = [b for b in own if b.kind in _FLOAT_ORDER and b not in heads]
    body = [b for b in own if b not in heads and b not in floats]
    order = [b.id for b in sorted(heads, key=lambda b: _HEAD_ORDER[b.kind])]
    order += [b.id for b in body]
    pictures = [b for b in floats if b.kind in ("image", "caption")]
    order += [b.id for b in pictures]
    order += [b.id for b in floats if b.kind == "pull-quote"]
    for box in (b for b in floats if b.kind == "sidebar"):
        for child in sorted(_child_articles(sheet, box), key=str):
            if child is not None and child != name:
                order += article_order(sheet, child)
        order.append(box.id)
    order += [b.id for b in floats if b.kind in ("table", "continuation")]
    return order


def _article(sheet: Sheet, name: str, order: list[str], k: float) -> dict[str, Any]:
    article = sheet.articles[name]
    own = {b.id: b for b in sheet.blocks if b.article == name and b.kind != "separator"}
    names = [block for block in order if block in own]
    regions = [region for block in names for region in own[block].regions]
    return {
        "id": name,
        "kind": article.kind,
        "title": next((b for b in names if own[b].kind == "headline"), None),
        "blocks": names,
        "bbox": _hull([r.rect for r in regions], k),
        "polygons": [_points(r.polygon, k) for r in regions],
        "parent": article.parent,
        "continued_on": article.continued_on,
        "continued_from": article.continued_from,
    }


def _zones(sheet: Sheet, k: float) -> list[dict[str, Any]]:
    zones = []
    for name in sheet.articles:
        columns: dict[int, list[Region]] = {}
        for block in sheet.blocks:
            if block.article == name and block.kind in BODY:
                for region in block.regions:
                    near = min(
                        range(len(sheet.columns)),
                        key=lambda i: abs(sum(sheet.columns[i]) - region.rect.x0 - region.rect.x1),
                    )
                    columns.setdefault(near, []).append(region)
        if not columns:
            continue
        boxes = []
        for column in sorted(columns):
            hull = _hull([r.rect for r in columns[column]], k)
            boxes.append({"bbox": hull, "polygon": _corners(hull), "x": [hull[0], hull[2]]})
        hull = [
            min(b["bbox"][0] for b in boxes), min(b["bbox"][1] for b in boxes),
            max(b["bbox"][2] for b in boxes), max(b["bbox"][3] for b in boxes),
        ]  # fmt: skip
        zones.append({"article": name, "bbox": hull, "polygon": _corners(hull), "columns": boxes})
    return zones


def _block(block: Block, sheet: Sheet, k: float, order: int | None) -> dict[str, Any]:
    lines, start = [], 0
    for index in range(len(block.lines)):
        entry = _line(block, index, k, start)
        lines.append(entry)
        start = entry["end"] + len(entry["join"])
    hull = _hull([r.rect for r in block.regions], k)
    columns = [c for r in block.regions for c in _covered(r, sheet)]
    single = len(block.regions) == 1
    turned = block.kind == "section-label" and block.rotated
    entry: dict[str, Any] = {
        "id": block.id,
        "type": block.kind,
        "role": block.role,
        "article": block.article,
        "parent": block.parent,
        "children": block.children,
        "order": order,
        "floating": block.kind in _FLOATING,
        "lang": sheet.language,
        "bbox": hull,
        "polygon": _points(block.regions[0].polygon, k) if single else None,
        "regions": [
            {"bbox": _box(r.rect, k), "polygon": _points(r.polygon, k), "column": r.column}
            for r in block.regions
        ],
        "grid_span": [min(columns), max(columns)] if columns and not turned else None,
        "text": block.text,
        "lines": lines,
        "spans": [],
        "reversed": block.reversed,
        "rotated": block.rotated,
    }
    entry.update({key: value for key, value in block.extra.items() if key not in ("turn", "cells")})
    cells = block.extra.get("cells", [])
    if isinstance(cells, list) and cells:
        entry["cells"] = [{**cell, "bbox": _box(cell["bbox"], k)} for cell in cells]
    return entry


def _covered(region: Region, sheet: Sheet) -> list[int]:
    return [
        i for i, (x0, x1) in enumerate(sheet.columns) if min(region.rect.x1, x1) - max(region.rect.x0, x0) > 4
    ]


def _line(block: Block, index: int, k: float, start: int) -> dict[str, Any]:
    line = block.lines[index]
    text = " ".join(word.text for word in line.words)
    raw = " ".join(word.drawn for word in line.words)
    if line.bullet:
        raw = f"{line.bullet} {raw}"
    inks = [line.ink(i) for i in range(len(line.words))]
    words = [
        {"text": word.text, "bbox": _turned(block, Rect(word.x0, top, word.x1, bottom), k)}
        for word, (top, bottom) in zip(line.words, inks, strict=True)
    ]
    ink = Rect(line.x0, min(t for t, _ in inks), line.x1, max(b for _, b in inks))
    box = _turned(block, ink, k)
    entry: dict[str, Any] = {
        "bbox": box,
        "box": _turned(block, Rect(line.x0, line.top, line.x1, line.top + line.type.leading), k),
        "polygon": _corners(box),
        "baseline": _baseline(block, line, k),
        "text": text,
    }
    if raw != text:
        entry["raw"] = raw
    entry |= {
        "region": line.region if len(block.regions) > 1 else 0,
        "start": start,
        "end": start + len(text),
        "join": "" if line.hyphenated else " ",
        "words": words,
    }
    return entry


def _baseline(block: Block, line: SetLine, k: float) -> list[list[float]]:
    box = _turned(block, Rect(line.x0, line.baseline, line.x1, line.baseline), k)
    return [[box[0], box[1]], [box[2], box[3]]]


def _turned(block: Block, rect: Rect, k: float) -> list[float]:
    if not block.rotated or "turn" not in block.extra:
        return _box(rect, k)
    left, top, depth, height = block.extra["turn"]  # type: ignore[misc]
    if block.rotated == 90:
        rect = Rect(left + depth - rect.y1, top + rect.x0, left + depth - rect.y0, top + rect.x1)
    else:
        rect = Rect(left + rect.y0, top + height - rect.x1, left + rect.y1, top + height - rect.x0)
    return _box(rect, k)


def find_repeat(quote: str, blocks: list[tuple[str, str]]) -> dict[str, Any] | None:
    """Where a pull-quote's words stand in the body, when they stand there letter for letter."""
    bare = quote.strip('«»“”„"… ').rstrip(".")
    for name, text in blocks:
        start = text.find(bare)
        if start >= 0:
            span = {"block": name, "start": start, "end": start + len(bare)}
            return {**span, "exact": True, "ranges": [span]}
    return None


def _n(value: float) -> float:
    return round(value, 1)


def _box(rect: Rect, k: float) -> list[float]:
    return [_n(rect.x0 * k), _n(rect.y0 * k), _n(rect.x1 * k), _n(rect.y1 * k)]


def _hull(rects: list[Rect], k: float) -> list[float]:
    if not rects:
        return [0.0, 0.0, 0.0, 0.0]
    return _box(
        Rect(
            min(r.x0 for r in rects),
            min(r.y0 for r in rects),
            max(r.x1 for r in rects),
            max(r.y1 for r in rects),
        ),
        k,
    )


def _points(points: list[tuple[float, float]], k: float) -> list[list[float]]:
    return [[_n(x * k), _n(y * k)] for x, y in points]


def _corners(box: list[float]) -> list[list[float]]:
    x0, y0, x1, y1 = box
    return [[x0, y0], [x1, y0], [x1, y1], [x0, y1]]
