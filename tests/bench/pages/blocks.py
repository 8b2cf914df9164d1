"""Blocks of the truth from what the browser measured: regions, lines, words, boxes, printed rules."""

from __future__ import annotations

from typing import Any

from tests.bench.pages.compose import plain
from tests.bench.pages.outline import hull, outline, rectangle, rounded
from tests.bench.pages.plan import Planned
from tests.bench.pages.spec import Piece
from tests.bench.pages.wording import SOFT_HYPHEN

Json = dict[str, Any]
RUNNING = ("paragraph", "question", "answer")
_FLOATING = (
    "image", "caption", "pull-quote", "sidebar", "advertisement", "table", "page-number", "running-head",
    "section-label", "continuation",
)  # fmt: skip


class Blocks:
    """Makes the blocks of a page, still without ids; ``scale`` is pixels of the picture a CSS pixel."""

    def __init__(self, planned: Planned, made: Json, scale: float) -> None:
        self.planned, self.made, self.scale = planned, made, scale
        self.sheet = planned.sheet
        self.grid = [(round(a * scale, 1), round(b * scale, 1)) for a, b in planned.grid]

    def all(self) -> dict[str, Json]:
        """Blocks by key: pieces that found room, things, printed rules."""
        found: dict[str, Json] = {}
        for piece in self.sheet.pieces.values():
            if piece.key in self.made["pieces"] and piece.type not in ("line", "cell"):
                found[piece.key] = self._block(piece)
        for thing in self.sheet.things:
            if thing.key in self.made["boxes"]:
                found[thing.key] = self._thing(thing.key, thing.type, thing.article)
        for number, rule in enumerate(self.made["rules"]):
            box = self.scaled(rule)
            block = self._empty("separator", box, None)
            found[f"rule{number}"] = {**block, "role": rule["role"], "floating": False}
        return found

    def _empty(self, type_: str, box: list[float], article: str | None) -> Json:
        return {
            "id": "",
            "type": type_,
            "role": None,
            "article": article,
            "parent": None,
            "children": [],
            "order": None,
            "floating": type_ in _FLOATING,
            "lang": self.planned.design.lang,
            "bbox": box,
            "polygon": rectangle(box),
            "regions": [{"bbox": box, "polygon": rectangle(box), "column": self._column(box)}],
            "grid_span": self._span(box),
            "text": "",
            "lines": [],
            "spans": [],
            "reversed": False,
            "rotated": 0,
        }

    def _block(self, piece: Piece) -> Json:
        fragments = self.made["pieces"][piece.key]
        widened = 1 if piece.role == "classified" else 2 if piece.type in RUNNING else None
        lines, text, boxes = self._lines(fragments, widened=widened)
        block = self._empty(piece.type, hull(boxes), piece.article)
        polygons = [self._outline(f, box) for f, box in zip(fragments, boxes, strict=True)]
        block["regions"] = [
            {"bbox": box, "polygon": polygon, "column": self._column(box)}
            for box, polygon in zip(boxes, polygons, strict=True)
        ]
        block["polygon"] = polygons[0] if len(polygons) == 1 else None
        reversed_ = " rev" in piece.cls
        block.update(role=piece.role, text=text, lines=lines, reversed=reversed_, lang=piece.lang)
        if piece.bullet and lines:
            lines[0]["raw"] = f"{piece.bullet} {lines[0].get('raw', lines[0]['text'])}"
        if piece.lead and piece.type == "paragraph" and piece.lead <= len(text):
            block["spans"] = [{"type": "dateline", "start": 0, "end": piece.lead}]
        if piece.level:
            block["level"] = piece.level
        if piece.qa:
            block["qa"] = piece.qa
        if piece.target is not None:
            block["target_page"] = piece.target
        return block

    def _thing(self, key: str, type_: str, article: str | None) -> Json:
        block = self._empty(type_, self.scaled(self.made["boxes"][key]), article)
        inside = [p for p in self.sheet.pieces.values() if p.parent == key and p.key in self.made["pieces"]]
        if type_ in ("advertisement", "table"):
            fragments = [f for piece in inside for f in self.made["pieces"][piece.key]]
            block["lines"], block["text"], _ = self._lines(fragments, one=True)
        if type_ == "table":
            block["cells"] = [self._cell(piece) for piece in inside]
        return block

    def _cell(self, piece: Piece) -> Json:
        assert piece.cell
        row, column = piece.cell
        box = self.scaled(self.made["pieces"][piece.key][0]["box"])
        return {"row": row, "col": column, "row_span": 1, "col_span": 1, "header": row == 0,
                "text": piece.text, "bbox": box}  # fmt: skip

    def _lines(
        self, fragments: list[Json], one: bool = False, widened: int | None = None
    ) -> tuple[list[Json], str, list[list[float]]]:
        """Lines, text and region boxes of fragments; ``one``: all fragments stand in one region."""
        lines: list[Json] = []
        boxes: list[list[float]] = []
        text = ""
        for number, fragment in enumerate(fragments):
            here: list[Json] = []
            for line in fragment["lines"]:
                made = self._line(line, len(text), 0 if one else number)
                text += made["text"] + made["join"]
                here.append(made)
            lines += here
            boxes.append(self._region(fragment, here, widened))
        if lines and lines[-1]["join"]:
            text = text.removesuffix(lines[-1]["join"])
        return lines, text, boxes

    def _line(self, line: Json, start: int, region: int) -> Json:
        drawn = [word["text"] for word in line["words"]]
        broken = drawn[-1].endswith(SOFT_HYPHEN)
        text = plain(" ".join(drawn))
        words: list[Json] = [
            {"text": plain(word["text"]), "bbox": self.scaled(word)} for word in line["words"]
        ]
        boxes: list[list[float]] = [self.scaled(word) for word in line["words"]]
        ink = hull(boxes)
        base = round(line["words"][0]["baseline"] * self.scale, 1)
        made: Json = {
            "bbox": ink,
            "box": [ink[0], round(line["y0"] * self.scale, 1), ink[2], round(line["y1"] * self.scale, 1)],
            "polygon": rectangle(ink),
            "baseline": [[ink[0], base], [ink[2], base]],
            "text": text,
        }
        if broken:
            made["raw"] = text + "-"
        made.update(
            region=region, start=start, end=start + len(text), join="" if broken else " ", words=words
        )
        return made

    def _region(self, fragment: Json, lines: list[Json], widened: int | None) -> list[float]:
        """The hull of the lines' typographic boxes; text of so many lines and more takes its column's width:
        running text of two, notices of one."""
        box = hull([line["box"] for line in lines])
        if fragment["cap"]:
            box = hull([box, self.scaled(fragment["cap"])])
        frame = fragment["frame"]
        if frame and widened is not None and len(lines) >= widened:
            box = [round(frame["x0"] * self.scale, 1), box[1], round(frame["x1"] * self.scale, 1), box[3]]
        return box

    def _outline(self, fragment: Json, box: list[float]) -> list[list[float]]:
        holes = [self.scaled(hole) for hole in (fragment["frame"] or {}).get("holes", [])]
        return outline(box, [hole for hole in holes if hole[1] < box[3] and hole[3] > box[1]])

    def scaled(self, rect: Json) -> list[float]:
        """A measured rectangle as a box of the picture."""
        return rounded([rect[k] * self.scale for k in ("x0", "y0", "x1", "y1")])

    def _column(self, box: list[float]) -> int | None:
        shares = [min(box[2], x1) - max(box[0], x0) for x0, x1 in self.grid]
        return next((k for k, share in enumerate(shares) if share > 0), None)

    def _span(self, box: list[float]) -> list[int] | None:
        covered = [
            k for k, (x0, x1) in enumerate(self.grid) if min(box[2], x1) - max(box[0], x0) > 0.5 * (x1 - x0)
        ]
        return [covered[0], covered[-1]] if covered else None
