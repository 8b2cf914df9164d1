"""Interviews: which paragraphs are questions, which text answers them, and who speaks.

Questions are found page by page (`find_questions`), by bullet, question mark and weight, and only where
there are several of them. Who answers is known when the article's order is (`number_turns`): all running
text from one question to the next. Paragraphs that end with a question mark on a page with few of them are
questions only where their article is made of questions and answers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from layout.document import RUNNING_TEXT, Block, Box, Issue, Item, Page, Part, Region, RegionKind, TextLine
from layout.reflow.looks import Look, Scene
from layout.reflow.wording import MARKS, begins_with_mark, ends_question, ends_sentence, is_mark, who_speaks

K = RegionKind
_FEWEST = 3  # questions on a page from which they are an interview's rather than an author's
_SHARE = 0.12  # of the running text's pieces between them
_TALK = 0.2  # share of an article's paragraphs: of other articles' fewer end with a question mark
_MAY_ASK = RUNNING_TEXT | {K.CROSSHEAD, K.SUBHEADLINE, K.HEADLINE, K.UNKNOWN, K.BYLINE, K.CAPTION}
_HEADINGS = frozenset({K.HEADLINE, K.SUBHEADLINE, K.CROSSHEAD})
_OWN = 1.1  # times the size of the text: type of its own


def find_questions(scene: Scene, kinds: Sequence[RegionKind]) -> dict[int, str]:
    """Looks that are questions of an interview, with the reason; paragraphs alone where there are few."""
    asked: dict[int, str] = {}
    for n, look in enumerate(scene.looks):
        quoted = kinds[n] is K.PULL_QUOTE and ends_question(look.text)  # stock questions recur
        if (kinds[n] in _MAY_ASK or quoted) and look.size < 1.4 and look.is_text:
            score, why = _asks(look, kinds[n])
            if score >= 2.0:
                asked[n] = why
    running = sum(kind in RUNNING_TEXT for kind in kinds)
    # Crossheads may ask, in a word or three; where no other crosshead stands between them they are none.
    silent = sum(kind is K.CROSSHEAD and n not in asked for n, kind in enumerate(kinds))
    all_ask = len(asked) > 4 * silent
    looks = scene.looks
    headed = {n for n in asked if _is_set_like_headings(scene, n, asked, kinds)}
    asked = {n: why for n, why in asked.items() if n not in headed}
    sure = [n for n in asked if all_ask or looks[n].words > 4 or begins_with_mark(looks[n].text)]
    if len(sure) < _FEWEST or len(sure) < _SHARE * running:
        few = {n: asked[n] for n in sure if kinds[n] in RUNNING_TEXT}
        return few if len(few) > 1 else {}
    return asked


def _is_set_like_headings(scene: Scene, n: int, asked: Collection[int], kinds: Sequence[RegionKind]) -> bool:
    """Whether a line in type of its own is set like as many headings that do not ask: those of briefs do
    at times.
    """
    look = scene.looks[n]
    if begins_with_mark(look.text) or look.lines > 2 or not _is_own_type(look):
        return False

    def alike(other: Look) -> bool:
        return abs(other.size - look.size) < 0.12 * look.size and (
            abs(other.weight - look.weight) < 0.12 * look.weight
        )

    like = [m for m, other in enumerate(scene.looks) if other.is_text and other.lines <= 2 and alike(other)]
    silent = [m for m in like if m not in asked and kinds[m] in _HEADINGS and _is_own_type(scene.looks[m])]
    return len(silent) >= sum(m in asked for m in like)


def _is_own_type(look: Look) -> bool:
    return look.is_bold or look.size > _OWN


def _asks(look: Look, kind: RegionKind) -> tuple[float, str]:
    signs: list[tuple[float, str]] = []
    if begins_with_mark(look.text):
        signs.append((2.0, "opens with a bullet"))
    if ends_question(look.text):
        signs.append((2.0, "ends with a question mark"))
    elif ends_sentence(look.text):
        signs.append((-1.0, ""))
    if look.is_bold:
        signs.append((0.7, "bold"))
    if kind in {K.CROSSHEAD, K.SUBHEADLINE, K.BYLINE, K.CAPTION} and look.words < 4:
        signs.append((-1.0, ""))
    if look.lines > 6:
        signs.append((-1.5, ""))
    return sum(value for value, _ in signs), ", ".join(why for _, why in signs if why)


def without_mark(region: Region) -> Region:
    """The region without the bullet that opens its first line: it is an ornament, not text.

    Text that came with the input stays as it is.
    """
    if not region.lines or not region.lines[0].words or region.origin.startswith("import"):
        return region
    line = region.lines[0]
    first = line.words[0]
    if is_mark(first.text) and len(line.words) > 1:
        words = line.words[1:]
    elif first.text[:1] in MARKS and len(first.text) > 1:
        words = (replace(first, text=first.text[1:], normalized=None), *line.words[1:])
    else:
        return region
    line = replace(line, words=words, box=_shrunk(line, len(words) < len(line.words)))
    return replace(region, lines=(line, *region.lines[1:]))


def _shrunk(line: TextLine, dropped: bool) -> Box:
    if not dropped:
        return line.box
    mark, rest = line.words[0].box, line.words[1].box
    if mark.center[0] < rest.center[0]:
        return replace(line.box, x0=max(line.box.x0, min(rest.x0, line.box.x1 - 1)))
    return replace(line.box, x1=min(line.box.x1, max(rest.x1, line.box.x0 + 1)))


def number_turns(issue: Issue) -> Issue:
    """The issue with its interviews' turns: kinds of blocks and regions, turn numbers, speakers.

    An article is an interview where it holds two questions (one, on a page with more of them: its order
    may be wrong; on a page with few, a good part of it), or speakers named with a colon. Text before the
    first question stays as it is. Questions and answers elsewhere become paragraphs again.
    """
    regions = issue.regions()
    asking = {page.id for page in issue.pages if _is_asking(page)}
    items = tuple(_turned(item, regions, asking) for item in issue.items)
    kinds = {
        region: block.kind
        for item in items
        for part in item.parts
        for block in part.blocks
        for region in block.regions
        if block.kind is not regions[region].kind
    }
    pages = tuple(_retyped(page, kinds) for page in issue.pages) if kinds else issue.pages
    return replace(issue, items=items, pages=pages)


def _turned(item: Item, regions: Mapping[str, Region], asking: Collection[str]) -> Item:
    blocks = [block for part in item.parts for block in part.blocks]
    speakers = _speakers(blocks, regions)
    asked = [block for block in blocks if block.kind is K.QUESTION]
    enough = any(part.page in asking for part in item.parts) or _is_talk(blocks)
    enough = enough and bool(asked)
    if enough or speakers:
        turned = list(_turns(blocks, regions, speakers))
    elif any(block.kind in {K.QUESTION, K.ANSWER} for block in blocks):
        turned = [_plain(block, regions) for block in blocks]
    else:
        return item
    parts: list[Part] = []
    for part in item.parts:
        parts.append(replace(part, blocks=tuple(turned[: len(part.blocks)])))
        turned = turned[len(part.blocks) :]
    genre = item.genre or ("interview" if enough or speakers else None)
    return replace(item, parts=tuple(parts), genre=genre)


def _is_asking(page: Page) -> bool:
    """Whether a page has so many questions that they are an interview's."""
    kinds = [region.kind for region in page.walk()]
    asked = kinds.count(K.QUESTION)
    return asked >= _FEWEST and asked >= _SHARE * sum(kind in RUNNING_TEXT for kind in kinds)


def _is_talk(blocks: Sequence[Block]) -> bool:
    """Whether an article's questions are a good part of it, and two of them at least are answered."""
    kinds = [block.kind for block in blocks if block.kind in RUNNING_TEXT]
    asked = kinds.count(K.QUESTION)
    answered = asked - (kinds[-1:] == [K.QUESTION])
    return answered >= 2 and asked >= _TALK * len(kinds)


def _plain(block: Block, regions: Mapping[str, Region]) -> Block:
    """A question or answer outside an interview is a paragraph; imported kinds stay."""
    if block.kind not in {K.QUESTION, K.ANSWER} or regions[block.regions[0]].origin == "import":
        return block
    return replace(block, kind=K.PARAGRAPH, turn=None, reason="paragraph: no interview around it")


def _turns(
    blocks: Sequence[Block], regions: Mapping[str, Region], speakers: Mapping[str, RegionKind]
) -> Iterator[Block]:
    turn = 0
    last: RegionKind | None = None
    speaker: str | None = None
    for block in blocks:
        if block.kind not in RUNNING_TEXT or block.kind in {K.LEAD, K.FOOTNOTE}:
            yield block
            continue
        named = _named(block, regions)
        named = named if named in speakers else None
        kind = speakers[named] if named else (K.QUESTION if block.kind is K.QUESTION else None)
        if kind is K.QUESTION:
            if last is not K.QUESTION:
                turn += 1
            last, speaker = kind, named
        elif turn or kind is K.ANSWER:
            turn = max(turn, 1)
            speaker = named or (speaker if last is K.ANSWER else None)
            last = K.ANSWER
        else:
            yield block if block.kind is not K.ANSWER else _plain(block, regions)
            continue
        why = block.reason if block.kind is last else "answer: follows a question"
        yield replace(block, kind=last, turn=turn, speaker=speaker, reason=why)


def _named(block: Block, regions: Mapping[str, Region]) -> str | None:
    first = regions[block.regions[0]]
    return who_speaks(first.lines[0].text) if first.lines else None


def _speakers(blocks: Sequence[Block], regions: Mapping[str, Region]) -> dict[str, RegionKind]:
    """Names with a colon that open several blocks, two of them at least, and whether they ask."""
    count: Counter[str] = Counter()
    asks: dict[str, int] = defaultdict(int)
    for block in blocks:
        name = _named(block, regions) if block.kind in RUNNING_TEXT else None
        if name:
            count[name] += 1
            last = regions[block.regions[-1]].lines
            asks[name] += bool(last) and ends_question(last[-1].text)
    often = {name for name, times in count.items() if times >= 2}
    if len(often) < 2 or sum(count[name] for name in often) < 0.4 * sum(
        block.kind in RUNNING_TEXT for block in blocks
    ):
        return {}
    return {name: K.QUESTION if asks[name] >= 0.5 * count[name] else K.ANSWER for name in often}


def _retyped(page: Page, kinds: Mapping[str, RegionKind]) -> Page:
    def retype(region: Region) -> Region:
        children = tuple(retype(child) for child in region.children)
        kind = kinds.get(region.id)
        if kind is None:
            return region if children == region.children else replace(region, children=children)
        why = "answer: follows a question" if kind is K.ANSWER else f"{kind.value}: by the article's turns"
        return replace(region, kind=kind, children=children, reason=why)

    return replace(page, regions=tuple(retype(region) for region in page.regions))
