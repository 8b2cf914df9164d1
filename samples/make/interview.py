"""Page 31 of a special issue: an interview in four columns, read from right to left."""

from __future__ import annotations

import re
from pathlib import Path

from press.fonts import Type
from press.setting import Manner, Rect
from press.sheet import Piece, Sheet
from press.truth import find_repeat

_TEXT = Path(__file__).parent / "texts" / "interview.fa.txt"
_BODY = ("naskh", "serif")
_ACCENT = (0.45, 0.12, 0.12)


def page() -> Sheet:
    """The page as it is meant to be read."""
    sheet = Sheet("page-31", 709, 992, "fa", (44, 62, 62, 56), columns=4, gutter=14)
    sheet.style = {
        "template": "interview",
        "fonts": ["Noto Naskh Arabic", "Noto Kufi Arabic"],
        "issue_id": None,
    }
    body = Type(_BODY, 10.4, 17.6, "fa")
    bold = Type(("naskh-bold", "serif-bold"), 10.4, 17.6, "fa")
    pieces, quote = _pieces(body, bold)
    sheet.rule(Rect(sheet.left, 46, sheet.right, 47.2))
    article = sheet.article("interview")
    quote_box = _pull_quote(sheet, article, quote)
    left, _ = sheet.flow(article, pieces, sheet.frames(0, 3, sheet.top, sheet.bottom), [quote_box])
    if left:
        raise SystemExit("the interview does not fit its page: " + left[0].text[:60])
    for first, second in ((0, 1), (1, 2), (2, 3)):
        x = (sheet.columns[first][0] + sheet.columns[second][1]) / 2
        gap = quote_box.x0 - 4 < x < quote_box.x1 + 4
        for y0, y1 in (
            ((sheet.top, quote_box.y0), (quote_box.y1, sheet.bottom)) if gap else ((sheet.top, sheet.bottom),)
        ):
            sheet.rule(Rect(x - 0.2, y0, x + 0.2, y1), "column-rule", (0.45, 0.45, 0.45))
    label = Type(("kufi-bold", "sans-bold"), 9.5, 13, "fa", _ACCENT)
    sheet.margin_label("ویژه‌نامه روز جهانی شهرها\nآبان 1398", label, sheet.width - 30, 90, 190, 90)
    sheet.number(
        "31", 31, Type(("sans-bold",), 13, 17, "fa"), sheet.left, sheet.right, sheet.height - 44, "end"
    )
    _repeat(sheet)
    return sheet


def _pieces(body: Type, bold: Type) -> tuple[list[Piece], str]:
    question = Manner(bullet="■", kashida=True, space_after=1.5)
    answer = Manner(indent=11, kashida=True)
    pieces, quote, pair = [], "", 0
    for row in _TEXT.read_text(encoding="utf-8").splitlines():
        kind, _, text = row.partition(": ")
        if kind not in "QA":
            continue
        found = re.search(r"QUOTE\[(.*?)\]", text)
        if found:
            quote = found[1]
            text = text.replace(found[0], quote)
        pair += kind == "Q"
        manner, face, name = (question, bold, "question") if kind == "Q" else (answer, body, "answer")
        pieces.append(Piece(name, text, face, manner, extra=(("qa", pair),)))
    return pieces, quote


def _pull_quote(sheet: Sheet, article: str, quote: str) -> Rect:
    """The quote between two rules in the third column; returns the place it takes."""
    x0, x1 = sheet.columns[2]
    face = Type(("kufi-bold", "sans-bold"), 12.5, 23, "fa", _ACCENT)
    top = sheet.top + 18 * 17.6
    block, end = sheet.display("pull-quote", article, quote, face, x0 + 6, x1 - 6, top + 10)
    sheet.rule(Rect(x0, top, x1, top + 2), colour=_ACCENT)
    sheet.rule(Rect(x0, end + 8, x1, end + 10), colour=_ACCENT)
    block.extra["quote"] = True
    return Rect(x0, top - 6, x1, end + 18)


def _repeat(sheet: Sheet) -> None:
    body = [(b.id, b.text) for b in sheet.blocks if b.kind == "answer"]
    for block in sheet.blocks:
        if block.extra.pop("quote", False):
            block.extra["repeats"] = find_repeat(block.text, body)
