"""An `Issue` straight from the reference pages' truth: items, blocks, floats, links, order.

With it an exporter is measured without the stages before it: the scorer on its output must find
everything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from layout.document import (
    Block,
    Float,
    Issue,
    Item,
    ItemKind,
    Join,
    Metadata,
    Page,
    Part,
    RegionKind,
    Target,
    ids,
)
from tests.truth import block_of, true_page

_PICTURES = ("image", "caption")


def true_issue(truths: Sequence[dict[str, Any]], issue_id: str = "truth") -> Issue:
    """The issue of these pages in physical order; an article of one page is one item."""
    pages, items, joins = [], [], []
    numbers = iter(range(1, 10_000))
    for place, truth in enumerate(truths, 1):
        page = true_page(truth, ids.page_id(place))
        made = _Made(truth, page, numbers)
        pages.append(page)
        items.extend(made.items())
        joins.extend(made.joins())
    metadata = Metadata(title="Truth", date="1900-01-02", language=truths[0]["lang"])
    return Issue(issue_id, tuple(pages), tuple(items), tuple(joins), metadata)


def joined_issue(truths: Sequence[dict[str, Any]], articles: Sequence[dict[str, Any]]) -> Issue:
    """The issue with articles over several pages as one item (``articles`` of the issue's truth)."""
    issue = true_issue(truths)
    page_ids = {truth["page_id"]: ids.page_id(place) for place, truth in enumerate(truths, 1)}
    own = {(part.page, item.genre): item for item in issue.items for part in item.parts}
    items = list(issue.items)
    for article in articles:
        parts = [
            own[page_ids[part["page_id"]], f"truth-{part['article']}"]
            for part in article["parts"]
            if (page_ids[part["page_id"]], f"truth-{part['article']}") in own
        ]
        for later in parts[1:]:
            place = next(i for i, item in enumerate(items) if item.id == parts[0].id)
            items[place] = replace(items[place], parts=(*items[place].parts, *later.parts))
            items = [item for item in items if item.id != later.id]
    return replace(issue, items=tuple(items))


class _Made:
    """What belongs together on one page of the truth."""

    def __init__(self, truth: dict[str, Any], page: Page, numbers: Any) -> None:
        self.truth = truth
        self.page = page
        self.numbers = numbers
        self.by_id = {block["id"]: block for block in truth["blocks"]}
        self.regions: dict[str, list[str]] = {}
        for region, block in sorted(block_of(truth, page).items()):
            self.regions.setdefault(block, []).append(region)
        self.item_ids = {a["id"]: ids.item_id(next(numbers)) for a in truth["articles"]}
        self.block_ids: dict[str, str] = {}
        for article in truth["articles"]:
            for number, block in enumerate(article["blocks"], 1):
                self.block_ids[block] = ids.block_id(self.item_ids[article["id"]], number)

    def items(self) -> list[Item]:
        order = self.truth["article_order"]
        articles = sorted(
            self.truth["articles"], key=lambda a: order.index(a["id"]) if a["id"] in order else 99
        )
        claimed = {block for article in articles for block in article["blocks"]}
        loose = [b for b in self.truth["blocks"] if b["id"] not in claimed and not b.get("parent")]
        return [
            *(self._article(article) for article in articles),
            *(self._advertisement(b) for b in loose if b["type"] == "advertisement"),
            *(self._table(b) for b in loose if b["type"] == "table"),
        ]

    def joins(self) -> list[Join]:
        lines = {line.id: line for region in self.page.walk() for line in region.lines}
        found = []
        for block in self.truth["blocks"]:
            mine = [
                line
                for region in self.page.walk()
                if region.id in self.regions.get(block["id"], [])
                for line in region.lines
            ]
            for number, line in enumerate(block["lines"][:-1]):
                if line.get("join") == "":
                    first, second = mine[number], mine[number + 1]
                    a, b = lines[first.id].words[-1], lines[second.id].words[0]
                    hyphen = a.text[-1] if not a.text[-1].isalnum() else ""
                    found.append(Join(a.id, b.id, a.text.removesuffix(hyphen) + b.text, hyphen))
        return found

    def _article(self, article: dict[str, Any]) -> Item:
        blocks = [self.by_id[id_] for id_ in article["blocks"]]
        running = [b for b in blocks if b["type"] not in ("continuation", "pull-quote", *_PICTURES)]
        boxes = [b for b in running if b["type"] in ("sidebar", "table")]
        running = [b for b in running if b not in boxes]
        inner = [a["id"] for a in self.truth["articles"] if a["parent"] == article["id"]]
        if article["kind"] == "sidebar":  # its box stands in the article it belongs to
            boxes = [b for b in boxes if not b["children"]]
        boxes += [
            b for b in self.truth["blocks"] if b["children"] and b["article"] in inner and b not in boxes
        ]
        floats = [*self._pictures(blocks), *self._quotes(blocks), *(self._box(b) for b in boxes)]
        part = Part(
            self.page.id,
            tuple(self._block(b) for b in running),
            tuple(floats),
            tuple(r for b in blocks if b["type"] == "continuation" for r in self.regions[b["id"]]),
        )
        sidebar = article["kind"] == "sidebar"
        title = self.by_id.get(article["title"] or "")
        return Item(
            self.item_ids[article["id"]],
            ItemKind.SIDEBAR if sidebar else ItemKind.ARTICLE,
            (part,),
            title=title and title["text"],
            genre=f"truth-{article['id']}",
            parent=self.item_ids.get(article["parent"] or ""),
            language=self.truth["lang"],
        )

    def _block(self, block: dict[str, Any]) -> Block:
        kind = "crosshead" if block.get("role") == "crosshead" else block["type"]
        return Block(
            self.block_ids[block["id"]],
            RegionKind(kind),
            tuple(self.regions[block["id"]]),
            turn=block.get("qa"),
        )

    def _pictures(self, blocks: list[dict[str, Any]]) -> list[Float]:
        captions = {b.get("describes"): b for b in blocks if b["type"] == "caption"}
        known = {b["id"] for b in blocks}
        floats = []
        for block in blocks:
            if block["type"] == "image":
                caption = captions.get(block["id"])
                regions = (*self.regions[block["id"]], *(self.regions[caption["id"]] if caption else ()))
                floats.append(Float(RegionKind.IMAGE, tuple(regions)))
            elif block["type"] == "caption" and block.get("describes") not in known:
                floats.append(Float(RegionKind.CAPTION, tuple(self.regions[block["id"]])))
        return floats

    def _quotes(self, blocks: list[dict[str, Any]]) -> list[Float]:
        floats = []
        for block in blocks:
            if block["type"] == "pull-quote":
                repeats = block.get("repeats") or {}
                targets = tuple(
                    Target(self.block_ids[r["block"]], r["start"], r["end"], 1.0)
                    for r in repeats.get("ranges", [])
                    if r["block"] in self.block_ids
                )
                floats.append(Float(RegionKind.PULL_QUOTE, tuple(self.regions[block["id"]]), targets))
        return floats

    def _box(self, block: dict[str, Any]) -> Float:
        inner = next((c for c in block.get("children", []) if self.by_id[c].get("article")), None)
        item = self.item_ids.get(self.by_id[inner]["article"]) if inner else None
        return Float(RegionKind(block["type"]), tuple(self.regions[block["id"]]), item=item)

    def _advertisement(self, block: dict[str, Any]) -> Item:
        return self._boxed(block, ItemKind.ADVERTISEMENT)

    def _table(self, block: dict[str, Any]) -> Item:
        return self._boxed(block, ItemKind.TABLE)

    def _boxed(self, block: dict[str, Any], kind: ItemKind) -> Item:
        item = ids.item_id(next(self.numbers))
        made = Block(ids.block_id(item, 1), RegionKind(block["type"]), tuple(self.regions[block["id"]]))
        return Item(item, kind, (Part(self.page.id, (made,)),))
