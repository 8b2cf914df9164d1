"""Makes issues of six pages in one dress, with articles that run on over pages."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from tests.bench.pages.design import Design, draw_design
from tests.bench.pages.plan import Planned, Planner, Wish
from tests.bench.pages.press import Press
from tests.bench.pages.produce import Json, entry, write_json, write_page
from tests.bench.pages.spec import Piece
from tests.bench.pages.truth import Identity, page_truth
from tests.bench.pages.wording import SOFT_HYPHEN, Writer

PAGES = 6
_DPI = 200
_ROUND = ("fa", "en", "ar", "de-Latf", "fa", "de", "he")
_TEXT = ("paragraph", "question", "answer")


@dataclass(frozen=True)
class Rest:
    """What of an article did not fit on its page: the pieces, and how the first is joined to what was set."""

    pieces: tuple[Piece, ...]
    title: str
    page: int  # 0-based place in the issue
    article: str
    mid_paragraph: bool
    join: str


@dataclass
class _Issue:
    """An issue in the making; places of pages count from 0."""

    identity: str
    design: Design
    first: int  # the number printed on the first page
    title: str
    date: str
    number: str
    sections: list[str]
    jumps: dict[int, int]  # from page to page
    used: set[str] = field(default_factory=set)


def make_issue(press: Press, out: Path, seed: int, number: int, scans: bool) -> tuple[Json, list[Json]]:
    """Write an issue; returns its entry and those of its pages in the manifest."""
    lot = random.Random(f"{seed}-issue-{number}")
    issue = _draw_issue(lot, seed, number)
    truths: list[Json] = []
    pictures: list[np.ndarray] = []
    rests: dict[int, Rest] = {}
    joins: list[tuple[Rest, int, str]] = []
    for index in range(PAGES):
        planned = _plan(issue, lot, index, rests.get(index))
        made, picture = press.set(planned, _DPI)
        role = "front" if index == 0 else "back" if index == PAGES - 1 else "inside"
        page_id = f"{issue.identity}-p{index + 1:02d}"
        identity = Identity(page_id, f"gen{seed}", seed, issue.identity, index, role)
        truths.append(page_truth(planned, made, identity, _DPI))
        pictures.append(picture)
        if planned.resumed and index in rests:
            joins.append((rests[index], index, planned.resumed))
        rest = _rest(planned, made, index)
        if rest:
            rests[issue.jumps[index]] = rest
    _link(truths, joins)
    entries = []
    for index, (truth, picture) in enumerate(zip(truths, pictures, strict=True)):
        folder = f"issues/{issue.identity}/p{index + 1:02d}"
        damages = [random.Random(f"{seed}-{issue.identity}-{index}-scan")] if scans else []
        entries.append(entry(truth, folder, write_page(out, folder, truth, picture, damages)))
    path = f"issues/{issue.identity}/issue.json"
    write_json(out / path, _issue_truth(issue, truths, entries, joins))
    summary = {"issue_id": issue.identity, "lang": issue.design.lang, "truth": path}
    return {**summary, "page_ids": [truth["page_id"] for truth in truths]}, entries


def _draw_issue(lot: random.Random, seed: int, number: int) -> _Issue:
    lang, _, script = _ROUND[number % len(_ROUND)].partition("-")
    design = draw_design(lot, lang, script == "Latf")
    writer = Writer(lang, lot, design.fraktur, design.western)
    goal = lot.randint(2, 4)
    jumps = {0: goal, 1: lot.choice([k for k in (3, 4, 5) if k != goal])}
    return _Issue(
        identity=f"gen{seed}-issue-{lang}-{number}",
        design=design,
        first=lot.choice((1, 1, 1, 9, 37)),
        title=writer.phrase("titles"),
        date=writer.date(),
        number=writer.phrase("number"),
        sections=[writer.phrase("sections") for _ in range(PAGES)],
        jumps=jumps,
    )


def _plan(issue: _Issue, lot: random.Random, index: int, rest: Rest | None) -> Planned:
    goal = issue.jumps.get(index)
    wish = Wish(
        kind="front" if index == 0 else lot.choice(("inside", "inside", "opinion", "briefs")),
        number=issue.first + index,
        title=issue.title,
        date=issue.date,
        section=issue.sections[index] if index else "",
        to=None if goal is None else issue.first + goal,
        pending=rest.pieces if rest else (),
        pending_from=issue.first + rest.page if rest else None,
        pending_title=_short(rest.title, lot) if rest else "",
    )
    return Planner(issue.design, lot, wish, issue.used).plan()


def _short(title: str, lot: random.Random) -> str:
    """The headline as the continuation repeats it: whole, or its first words."""
    words = title.split(" ")
    return title if len(words) < 4 or lot.random() < 0.6 else " ".join(words[:3]) + " …"


def _rest(planned: Planned, made: Json, index: int) -> Rest | None:
    """What the typesetter left over of the article that runs on."""
    if not planned.runs_on:
        return None
    area = next(a for a in planned.sheet.areas if a["story"] == planned.runs_on)
    left = made["rest"].get(area["id"])
    if not left:
        return None
    keys = [piece["key"] for piece in area["flow"]]
    pieces = [planned.sheet.pieces[key] for key in keys[keys.index(left["key"]) :]]
    at = left["from"]
    first = pieces[0]
    divided = at > 0 and first.text[at - 1] == SOFT_HYPHEN
    if at:
        skip = at + (first.text[at] == " ")
        ends = tuple(end - skip for end in first.ends if end > skip)
        pieces[0] = replace(
            first, text=first.text[skip:], ends=ends, cap=0, lead=0, bullet="", cls=f"{first.cls} first"
        )
    pieces = pieces[next(k for k, piece in enumerate(pieces) if not piece.heads) :]
    story = next(one for one in planned.sheet.stories if one.id == planned.runs_on)
    title = planned.sheet.pieces[story.title].text if story.title else ""
    return Rest(tuple(pieces), title, index, planned.runs_on, at > 0, "" if divided else " ")


def _link(truths: list[Json], joins: list[tuple[Rest, int, str]]) -> None:
    """Say in the articles of pages where they go on and come from."""
    for rest, index, resumed in joins:
        before, after = _find(truths[rest.page], rest.article), _find(truths[index], resumed)
        if before and after and before["continued_on"] and after["continued_from"]:
            before["continued_on"].update(page_id=truths[index]["page_id"], article=resumed)
            after["continued_from"].update(page_id=truths[rest.page]["page_id"], article=rest.article)


def _find(truth: Json, article: str) -> Json | None:
    return next((a for a in truth["articles"] if a["id"] == article), None)


def _issue_truth(
    issue: _Issue, truths: list[Json], entries: list[Json], joins: list[tuple[Rest, int, str]]
) -> Json:
    later = {(index, resumed) for _, index, resumed in joins}
    onward = {(rest.page, rest.article): (index, resumed, rest) for rest, index, resumed in joins}
    articles: list[Json] = []
    for index, truth in enumerate(truths):
        for article in truth["articles"]:
            if (index, article["id"]) in later:
                continue
            parts, made_joins = [(index, article["id"])], []
            while parts[-1] in onward:
                goal, resumed, rest = onward[parts[-1]]
                made_joins.append(_join(truths, parts[-1], (goal, resumed), rest))
                parts.append((goal, resumed))
            articles.append(
                {
                    "id": f"A{len(articles) + 1:02d}",
                    "title": _title(truth, article),
                    "kind": article["kind"],
                    "section": issue.sections[index],
                    "parts": [{"page_id": truths[p]["page_id"], "article": a} for p, a in parts],
                    "text_blocks": [spot for part in parts for spot in _texts(truths, part)],
                    "joins": made_joins,
                }
            )
    pages = [
        {
            "page_id": truth["page_id"],
            "index": index,
            "page_number": issue.first + index,
            "dir_path": f"p{index + 1:02d}",
            "section": issue.sections[index],
            "samples": [_from_issue(sample) for sample in one["samples"]],
        }
        for index, (truth, one) in enumerate(zip(truths, entries, strict=True))
    ]
    return {
        "schema": "newsbench-issue/1",
        "issue_id": issue.identity,
        "lang": issue.design.lang,
        "dir": issue.design.direction,
        "title": issue.title,
        "date": issue.date,
        "number": issue.number,
        "pages": pages,
        "articles": articles,
        "toc": [],
    }


def _join(truths: list[Json], first: tuple[int, str], second: tuple[int, str], rest: Rest) -> Json:
    return {
        "before": _texts(truths, first)[-1],
        "after": _texts(truths, second)[0],
        "mid_paragraph": rest.mid_paragraph,
        "join": rest.join,
    }


def _texts(truths: list[Json], part: tuple[int, str]) -> list[list[str]]:
    """The blocks of running text of an article on a page, in order, as pairs of page and block."""
    truth = truths[part[0]]
    article = _find(truth, part[1])
    assert article
    types: dict[str, Any] = {block["id"]: block["type"] for block in truth["blocks"]}
    return [[truth["page_id"], block] for block in article["blocks"] if types[block] in _TEXT]


def _title(truth: Json, article: Json) -> str | None:
    return next((str(b["text"]) for b in truth["blocks"] if b["id"] == article["title"]), None)


def _from_issue(sample: Json) -> Json:
    """A sample with its paths seen from the issue's folder."""
    return {**sample, **{key: "/".join(sample[key].split("/")[2:]) for key in ("image", "truth")}}
