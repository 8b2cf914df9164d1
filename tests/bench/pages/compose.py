"""Writes the pieces of articles: heads, running text, interviews, briefs, small ads, quotes, tables."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import Any

from tests.bench.pages.design import Design
from tests.bench.pages.spec import Piece, Sheet, Story, Thing
from tests.bench.pages.wording import QUOTES, SOFT_HYPHEN, Writer


@dataclass
class Composer:
    """Writes for one page in one design; everything it draws comes from ``lot``."""

    sheet: Sheet
    design: Design
    lot: random.Random
    writer: Writer

    def piece(self, type_: str, text: str, cls: str, **more: Any) -> Piece:
        """A piece under a fresh key, not yet on the page."""
        return Piece(self.sheet.key(), type_, text, cls, self.writer.lang, **more)

    def story(self, kind: str, **more: Any) -> Story:
        """A new article of the page."""
        story = Story(f"a{len(self.sheet.stories) + 1:02d}", kind, **more)
        self.sheet.stories.append(story)
        return story

    def entitle(self, story: Story, piece: Piece) -> None:
        """Say which piece is the headline of an article."""
        place = next(i for i, known in enumerate(self.sheet.stories) if known.id == story.id)
        self.sheet.stories[place] = replace(self.sheet.stories[place], title=piece.key)

    # --- heads --------------------------------------------------------------------------------------------

    def head(self, story: Story, level: int, rev: str = "") -> list[Piece]:
        """Kicker, headline, deck and byline of an article, each but the headline only sometimes."""
        lot, writer = self.lot, self.writer
        big = level <= 2
        title = self.piece(
            "headline", writer.title("headlines"), f"h{level}{rev}", article=story.id, level=level
        )
        self.entitle(story, title)
        found = [title]
        if big and lot.random() < 0.5:
            found.insert(0, self.piece("kicker", writer.title("kickers"), f"kicker{rev}", article=story.id))
        if lot.random() < (0.7 if big else 0.2):
            found.append(
                self.piece("subheadline", writer.title("decks"), f"deck{rev}", article=story.id, role="deck")
            )
        if self.design.byline_at == "head" and lot.random() < 0.6:
            found.append(self.piece("byline", writer.phrase("byline"), f"byline{rev}", article=story.id))
        return found

    # --- running text -------------------------------------------------------------------------------------

    def body(self, story: Story, letters: int, rev: str = "", crossheads: bool = True) -> list[Piece]:
        """Paragraphs of at least so many letters, with crossheads between them now and then."""
        lot = self.lot
        found: list[Piece] = []
        since = length = 0
        wanted = crossheads and letters > 2500 and lot.random() < 0.6
        while length < letters:
            if wanted and since > lot.randint(3, 6):
                text = self.writer.title("crossheads")
                found.append(
                    self.piece(
                        "subheadline", text, f"cross{rev}", article=story.id, role="crosshead", heads=True,
                        whole=True, keep=2,
                    )
                )  # fmt: skip
                since = 0
            lead = self.writer.phrase("dateline") if not found and lot.random() < 0.5 else ""
            passage = self.writer.passage(lot.choice((1, 2, 2, 3, 3, 4, 5)), lead)
            first = " first" if not found or found[-1].role == "crosshead" else ""
            piece = self.piece(
                "paragraph",
                passage.text,
                f"p{first}{rev}",
                article=story.id,
                ends=passage.ends,
                lead=len(lead),
            )
            if not found and self.design.caps and not lead and len(passage.text.split()[0]) > 2:
                piece = replace(piece, cap=1)
            found.append(piece)
            length += len(passage.text)
            since += 1
        return found

    def talk(self, story: Story, letters: int) -> list[Piece]:
        """Questions and answers in the manner of the design."""
        found: list[Piece] = []
        length, number = 0, 0
        manner = self.design.question
        voices = [self.writer.phrase("voices"), self.writer.phrase("voices")]
        if len(set(voices)) == 1:
            voices = [self.writer.words["voices"][0], self.writer.words["voices"][-1]]
            voices = [self.writer.phrase("person") if "{" in v else v for v in voices]
        while length < letters:
            number += 1
            asked = self.writer.question()
            if self.lot.random() < 0.3:
                asked = f"{self.writer.sentence()} {asked}"
            name = f"{voices[0]}: " if manner == "named" else ""
            found.append(
                self.piece(
                    "question", name + asked, "q", article=story.id, qa=number, heads=True, keep=2,
                    lead=len(name), bullet="■" if manner == "bullet" else "",
                )
            )  # fmt: skip
            for k in range(self.lot.choice((1, 1, 1, 2))):
                name = f"{voices[1]}:" if manner == "named" and k == 0 else ""
                passage = self.writer.passage(self.lot.randint(1, 6), name)
                found.append(
                    self.piece(
                        "answer", passage.text, "a", article=story.id, qa=number, ends=passage.ends,
                        lead=len(name),
                    )
                )  # fmt: skip
                length += len(passage.text)
            length += len(asked)
        return found

    def briefs(self, letters: int, rev: str = "") -> list[Piece]:
        """Short articles one below the other, each with its small headline."""
        found: list[Piece] = []
        while sum(len(piece.text) for piece in found) < letters:
            story = self.story("brief")
            title = self.piece(
                "headline", self.writer.title("headlines"), f"brief{rev}", article=story.id, level=4,
                heads=True, whole=True, keep=2,
            )  # fmt: skip
            self.entitle(story, title)
            found.append(title)
            for _ in range(self.lot.choice((1, 1, 2))):
                passage = self.writer.passage(self.lot.randint(1, 4))
                found.append(
                    self.piece("paragraph", passage.text, f"p{rev}", article=story.id, ends=passage.ends)
                )
        return found

    def classifieds(self, letters: int) -> list[Piece]:
        """Small advertisements one below the other."""
        found: list[Piece] = []
        while sum(len(piece.text) for piece in found) < letters:
            text = self.writer.phrase("classified")
            bold = len(text.split(" ", 2)[0]) if self.lot.random() < 0.7 else 0
            found.append(
                self.piece(
                    "advertisement", text + ".", "classified", role="classified", lead=bold, whole=True
                )
            )
        return found

    def poem(self, story: Story) -> list[Piece]:
        """Verses of a poem, two to four in a stanza."""
        verses = [self.writer.printed(self.writer.filled(v, {})) for v in self.writer.words["verses"]]
        size = self.lot.choice((2, 4))
        return [
            self.piece("paragraph", "\n".join(verses[k : k + size]), "verse", article=story.id, whole=True)
            for k in range(0, len(verses), size)
        ]

    # --- what stands between the text ---------------------------------------------------------------------

    def quote(self, story: Story, flow: list[Piece]) -> Piece | None:
        """A pull-quote that repeats a sentence from the first third of the running text."""
        early = [p for p in flow[: max(2, len(flow) // 3)] if p.ends and p.type in ("paragraph", "answer")]
        spots = [
            (piece, start, end)
            for piece in early
            for start, end in zip((0, *(e + 1 for e in piece.ends[:-1])), piece.ends, strict=True)
            if 40 < end - start < 170 and (start > 0 or not piece.lead)
        ]
        if not spots:
            return None
        piece, start, end = self.lot.choice(spots)
        text = plain(piece.text[start:end])
        if self.lot.random() < 0.5 and not any(mark in text for mark in QUOTES[self.writer.lang]):
            opening, closing = tuple(QUOTES[self.writer.lang])
            text = f"{opening}{text}{closing}"
        begin = len(plain(piece.text[:start]))
        return self.piece(
            "pull-quote", text, "quote", article=story.id,
            repeats=(piece.key, begin, begin + len(plain(piece.text[start:end]))),
        )  # fmt: skip

    def table(self, article: str | None) -> dict[str, Any]:
        """A small table of prices."""
        thing = Thing(self.sheet.key(), "table", article)
        self.sheet.things.append(thing)
        names: list[str] = self.writer.words["table"]
        rows = [names[:3]]
        for name in self.lot.sample(names[3:], self.lot.randint(4, len(names) - 3)):
            sign = self.lot.choice("+–")
            price, change = str(self.lot.randint(12, 980)), f"{sign}{self.lot.randint(1, 30)}"
            rows.append([name, self.writer.printed(price), self.writer.printed(change)])
        set_rows = [
            [
                self.sheet.add(
                    self.piece("cell", self.writer.printed(text), "cell", parent=thing.key, cell=(r, c))
                )
                for c, text in enumerate(row)
            ]
            for r, row in enumerate(rows)
        ]
        grid = self.lot.choice(("grid", ""))
        return {"key": thing.key, "rows": set_rows, "cls": grid, "dir": self.design.direction}


def plain(text: str) -> str:
    """Text without soft hyphens."""
    return text.replace(SOFT_HYPHEN, "")
