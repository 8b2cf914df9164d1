"""The truth of a set page (`newsbench-gt/1`) from what the browser measured."""

from __future__ import annotations

from dataclasses import dataclass

from tests.bench.pages.blocks import RUNNING, Blocks, Json
from tests.bench.pages.outline import hull, rectangle
from tests.bench.pages.plan import Planned
from tests.bench.pages.spec import Piece

_HEADS = ("kicker", "headline", "byline", "dateline")


@dataclass(frozen=True)
class Identity:
    """What a page is called and where it stands."""

    page_id: str
    set_name: str
    seed: int
    issue_id: str | None = None
    index: int = 0
    role: str | None = None


def page_truth(planned: Planned, made: Json, identity: Identity, dpi: int) -> Json:
    """Truth of the clean picture; ``made`` is what `typeset` returned, ``dpi`` that of the picture."""
    return _Truth(planned, made, dpi / 96).page(identity, dpi)


class _Truth:
    def __init__(self, planned: Planned, made: Json, scale: float) -> None:
        self.planned, self.made, self.scale = planned, made, scale
        self.sheet = planned.sheet
        self.maker = Blocks(planned, made, scale)
        self.blocks = self.maker.all()
        self.ids: dict[str, str] = {}

    def page(self, identity: Identity, dpi: int) -> Json:
        design = self.planned.design
        articles = self._articles()
        self._number()
        order = self._order(articles)
        for place, key in enumerate(order):
            self.blocks[key]["order"] = place
        blocks = list(self.blocks.values())
        width, height = round(design.width * self.scale), round(design.height * self.scale)
        truth: Json = {
            "schema": "newsbench-gt/1",
            "page_id": identity.page_id,
            "set": identity.set_name,
            "seed": identity.seed,
            "lang": design.lang,
            "dir": design.direction,
            "script": _script(design.lang, design.fraktur),
            "template": self.planned.wish.kind,
            "style": {
                "body": design.body,
                "columns": design.columns,
                "quote": design.quote,
                "box": design.box,
            },
            "issue_id": identity.issue_id,
            "page_index": identity.index,
            "page_number": self._folio(),
            "page_role": identity.role or ("front" if self.planned.wish.kind == "front" else "inside"),
            "image": {
                "variant": "clean", "file": "clean.png", "dpi": dpi, "width": width, "height": height,
                "mode": "gray",
            },
            "size_mm": [round(design.width / 96 * 25.4), round(design.height / 96 * 25.4)],
            "page_polygon": rectangle((0, 0, width, height)),
            "degradation": None,
            "print_area": hull([block["bbox"] for block in blocks]),
            "columns": {"grid": [list(span) for span in self.maker.grid], "zones": self._zones()},
            "articles": [self._article(article) for article in articles],
            "article_order": [article["id"] for article in articles],
            "reading_order": [self.ids[key] for key in order],
            "blocks": blocks,
        }  # fmt: skip
        self._name(blocks)
        return truth

    def _folio(self) -> Json | None:
        key = self.planned.printed.folio
        if key is None:
            return None
        return {
            "text": self.sheet.pieces[key].text,
            "value": self.planned.wish.number,
            "block": self.ids[key],
        }

    # --- articles and order -------------------------------------------------------------------------------

    def _articles(self) -> list[Json]:
        """Articles that found room, each with the keys of its blocks in reading order."""
        places = {key: k for k, key in enumerate(self.sheet.pieces)}
        found = []
        for story in self.sheet.stories:
            keys = [key for key, block in self.blocks.items() if block["article"] == story.id]
            keys = [key for key in keys if self.blocks[key]["type"] != "separator"]
            texts = [key for key in keys if self.blocks[key]["type"] in RUNNING]
            if not texts:
                for key in keys:
                    self.blocks.pop(key)
                continue
            body = [k for k in keys if not self.blocks[k]["floating"]]
            foot = [k for k in body if self.sheet.pieces[k].cls == "bylinefoot"]
            body = [k for k in body if k not in foot]
            head = [k for k in body if self._is_head(k)]
            rest = sorted((k for k in body if k not in head), key=places.__getitem__)
            floats = [k for k in keys if self.blocks[k]["floating"]]
            notices = [k for k in floats if self.blocks[k]["type"] == "continuation"]
            floats = _with_captions([k for k in floats if k not in notices], self.sheet.pieces)
            found.append({"id": story.id, "kind": story.kind, "title": story.title, "parent": story.parent,
                          "keys": [*head, *rest, *foot, *floats, *notices]})  # fmt: skip
        known = {article["id"] for article in found}
        for article in found:
            if article["parent"] not in known:
                article["parent"] = None
        return found

    def _is_head(self, key: str) -> bool:
        block = self.blocks[key]
        return (block["type"] in _HEADS and self.sheet.pieces[key].cls != "bylinefoot") or block[
            "role"
        ] == "deck"

    def _order(self, articles: list[Json]) -> list[str]:
        printed = self.planned.printed
        claimed = [key for article in articles for key in article["keys"]]
        ends = {*printed.head, *printed.foot}
        loose = [
            k
            for k, b in self.blocks.items()
            if b["type"] != "separator" and k not in claimed and k not in ends
        ]
        return [*(k for k in printed.head if k in self.blocks), *claimed, *loose, *printed.foot]

    def _number(self) -> None:
        for number, key in enumerate(self.blocks, 1):
            self.ids[key] = f"b{number:03d}"

    def _name(self, blocks: list[Json]) -> None:
        """Put ids for keys, now that all blocks are known."""
        for key, block in self.blocks.items():
            block["id"] = self.ids[key]
            piece = self.sheet.pieces.get(key)
            if not piece:
                continue
            if piece.parent in self.ids:
                block["parent"] = self.ids[piece.parent]
                self.blocks[piece.parent]["children"].append(block["id"])
            if piece.describes in self.ids:
                block["describes"] = self.ids[piece.describes]
            if piece.repeats and piece.repeats[0] in self.ids:
                source, start, end = piece.repeats
                spot = {"block": self.ids[source], "start": start, "end": end}
                block["repeats"] = {**spot, "exact": True, "ranges": [spot]}

    def _article(self, article: Json) -> Json:
        keys = article["keys"]
        blocks = [self.blocks[key] for key in keys]
        title = article["title"]
        made = {
            "id": article["id"],
            "kind": article["kind"],
            "title": self.ids.get(title) if title else None,
            "blocks": [self.ids[key] for key in keys],
            "bbox": hull([block["bbox"] for block in blocks]),
            "polygons": [region["polygon"] for block in blocks for region in block["regions"]],
            "parent": article["parent"],
            "continued_on": None,
            "continued_from": None,
        }
        for key, block in zip(keys, blocks, strict=True):
            if block["type"] == "continuation":
                name = "continued_on" if block["role"] == "to" else "continued_from"
                made[name] = {"page_number": block["target_page"], "text": block["text"],
                              "block": self.ids[key], "page_id": None, "article": None}  # fmt: skip
        return made

    def _zones(self) -> list[Json]:
        """Runs of text in columns, an area each."""
        areas = {area["id"]: area for area in self._all_areas()}
        zones: dict[str, list[list[float]]] = {}
        for zone in self.made["zones"]:
            if areas[zone["area"]].get("notices"):
                continue  # small advertisements are no running text
            zones.setdefault(zone["area"], []).append(self.maker.scaled(zone))
        return [
            {
                "article": areas[name]["story"],
                "bbox": hull(boxes),
                "polygon": rectangle(hull(boxes)),
                "columns": [
                    {"bbox": box, "polygon": rectangle(box), "x": [box[0], box[2]]}
                    for box in _by_column(boxes)
                ],
            }
            for name, boxes in zones.items()
        ]

    def _all_areas(self) -> list[Json]:
        inner = [
            obstacle["inner"]["area"]
            for area in self.sheet.areas
            for obstacle in area["obstacles"]
            if obstacle["inner"]
        ]
        return [*self.sheet.areas, *inner]


def _by_column(boxes: list[list[float]]) -> list[list[float]]:
    """One box a column, of the frames that stand in it."""
    columns: dict[float, list[list[float]]] = {}
    for box in boxes:
        columns.setdefault(box[0], []).append(box)
    return [hull(same) for same in columns.values()]


def _with_captions(floats: list[str], pieces: dict[str, Piece]) -> list[str]:
    """Floats in order, every caption after its picture."""
    captions = {pieces[k].describes: k for k in floats if k in pieces and pieces[k].describes}
    found: list[str] = []
    for key in floats:
        if key in captions.values():
            continue
        found += [key, captions[key]] if key in captions else [key]
    return found + [k for k in captions.values() if k not in found]


def _script(lang: str, fraktur: bool) -> str:
    return "Latf" if fraktur else {"fa": "Arab", "ar": "Arab", "he": "Hebr"}.get(lang, "Latn")
