"""A block's words as TEI: line beginnings, divided words, spelling, doubt, quoted passages."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from layout.document import Region
from layout.export.passage import Token
from layout.export.xml import XML_ID, XML_LANG, Element, add_text, child, decimal

#: A passage of a block that something points to: characters [start, end) and the id of its `seg`.
Segment = tuple[int, int, str]

#: Letters of a word, and the segment they stand in.
Piece = tuple[str, str | None]


@dataclass(frozen=True)
class Inline:
    """How words are written. ``directions`` gives for a language the id of its rendition; ``used`` are the
    pointers to the header that were written."""

    lines: bool
    review_below: float
    directions: Mapping[str, str]
    used: set[str] = field(default_factory=set)

    def write(
        self,
        parent: Element,
        found: Sequence[Token],
        language: str | None,
        segments: Sequence[Segment] = (),
        columns: Mapping[str, int] | None = None,
        *,
        begun: bool = True,
    ) -> set[str]:
        """Append the words to ``parent``; the ids of the segments that came out.

        ``language`` is the one already declared; ``columns`` gives for a region's id the number of the
        column that begins with it. Words that go on with a line begun outside of ``parent`` stand in a
        `seg` that points to the line, up to the first segment, unless ``begun`` is False.
        """
        before = self._begun(found, segments) if begun else ()
        if before:
            line = child(parent, "seg", {"facs": f"#{before[0].line.id}"})
            self._words(line, before, language, (), {}, 0)
        return self._words(parent, found, language, segments, columns or {}, len(before))

    def _begun(self, found: Sequence[Token], segments: Sequence[Segment]) -> Sequence[Token]:
        """The words at the beginning that stand in a line which begins before them."""
        if not self.lines or not found or found[0].first_of_line:
            return ()
        end = min((start for start, _, _ in segments), default=found[-1].end)
        return [token for token in found if token.line is found[0].line and token.end <= end]

    def _words(
        self,
        parent: Element,
        found: Sequence[Token],
        language: str | None,
        segments: Sequence[Segment],
        columns: Mapping[str, int],
        first: int,
    ) -> set[str]:
        """Append the words from the ``first`` on; see `write`."""
        written: set[str] = set()
        open_segment: str | None = None
        place = parent
        held: list[str] = []  # characters for the end of ``place``: added at once, before what follows them

        def release() -> None:
            if held:
                add_text(place, "".join(held))
                held.clear()

        for number, token in enumerate(found[first:], first):
            pieces = _pieces(token, segments) if segments else [(token.text, None)]
            between = _segment_at(token.start - 1, segments) if number and segments else None
            if open_segment and (between if not token.joined else pieces[0][1]) != open_segment:
                release()
                place, open_segment = parent, None
            if number and not token.joined:
                held.append("\n" if token.first_of_line and self.lines else " ")
            if token.first_of_line:
                release()
                self._line(place, token, columns)
            if len(pieces) > 1 and _respelt(token, token.text):  # the pieces stand in its ``orig``
                release()
                place, open_segment = parent, None
                self._word(place, token, token.text, language, pieces)
                written.update(segment for _, segment in pieces if segment)
                continue
            for text, segment in pieces:
                if segment != open_segment:
                    release()
                    fresh = segment is not None and segment not in written
                    place = child(parent, "seg", {XML_ID: segment}) if fresh else parent
                    open_segment = segment
                    written |= {segment} if segment else set()
                if self._plain(token, text, language):
                    held.append(text)
                else:
                    release()
                    self._word(place, token, text, language)
        release()
        return written

    def unread(self, parent: Element, regions: Sequence[Region]) -> None:
        """Say how many lines were found in the regions and could not be read, if any."""
        count = sum(not line.words for region in regions for line in region.lines)
        if count:
            child(parent, "gap", {"reason": "illegible", "unit": "line", "quantity": count})

    def _line(self, place: Element, token: Token, columns: Mapping[str, int]) -> None:
        if token.region.lines[0] is token.line and token.region.id in columns:
            number = columns[token.region.id]
            child(place, "cb", {"n": number, "break": "no" if token.joined else None})
        if self.lines:
            broken = {"break": "no", "rend": "hyphen"} if token.joined else {}
            child(place, "lb", {**broken, "facs": f"#{token.line.id}"})

    def _plain(self, token: Token, text: str, language: str | None) -> bool:
        """Whether there is no more to say of a word, or this piece of it, than its letters."""
        return not (self._doubtful(token) or _foreign(token, language) or _respelt(token, text))

    def _doubtful(self, token: Token) -> bool:
        sure = token.word.confidence
        return sure is not None and sure < self.review_below

    def _word(
        self, place: Element, token: Token, text: str, language: str | None, pieces: Sequence[Piece] = ()
    ) -> None:
        """A word, or the piece ``text`` of it, of which more is to be said; ``pieces`` are those of a word
        with a second reading."""
        word = token.word
        if self._doubtful(token):
            cert = decimal(word.confidence)
            place = child(place, "unclear", {"reason": "recognition", "cert": cert})
        if word.language and _foreign(token, language):
            rendition = self.directions.get(word.language)
            self.used.update((rendition,) if rendition else ())
            place = child(place, "foreign", {XML_LANG: word.language, "rendition": rendition})
        if _respelt(token, text):
            choice = child(place, "choice")
            printed = child(choice, "orig")
            for piece, segment in pieces or [(text, None)]:
                add_text(child(printed, "seg", {XML_ID: segment}) if segment else printed, piece)
            child(choice, "reg", {"resp": "#app.pipeline"}, token.reading)
        else:
            add_text(place, text)


def _foreign(token: Token, language: str | None) -> bool:
    """Whether a word is in another language than the one declared around it."""
    own = token.word.language
    return own is not None and own != "" and own != (token.line.language or language)


def _respelt(token: Token, text: str) -> bool:
    """Whether the whole word has a second reading."""
    return token.reading != token.text and text == token.text


def atomic(
    wanted: Sequence[tuple[int, int]],
    prefix: str,
    found: Sequence[Token] = (),
    breaks: Iterable[int] = (),
) -> tuple[list[Segment], list[list[str]]]:
    """Passages cut into pieces that do not overlap, and for each passage the ids of its pieces.

    A word of the text ``found`` that has a second reading and in which a passage begins or ends is cut off
    from the words beside it, since its pieces stand in an element of its own. ``breaks`` are places where
    an element ends that no piece may go beyond.
    """
    ends = {place for span in wanted for place in span}.union(breaks)
    split = [one for one in found if _respelt(one, one.text) and _inside(one, ends)]
    cuts = sorted(ends.union(*((one.start, one.end) for one in split)))
    pieces = [(a, b) for a, b in pairwise(cuts) if any(start <= a and b <= end for start, end in wanted)]
    segments = [(a, b, f"{prefix}_s{number}") for number, (a, b) in enumerate(pieces, 1)]
    return segments, [[id_ for a, b, id_ in segments if start <= a and b <= end] for start, end in wanted]


def _segment_at(place: int, segments: Sequence[Segment]) -> str | None:
    return next((id_ for start, end, id_ in segments if start <= place < end), None)


def _inside(token: Token, places: Iterable[int]) -> set[int]:
    """Those of the places that part two of the word's letters."""
    inner = {place for place in places if token.start < place < token.end}
    return {place for place in inner if not unicodedata.combining(token.text[place - token.start])}


def _pieces(token: Token, segments: Sequence[Segment]) -> list[Piece]:
    """The word cut where a passage begins or ends."""
    near = [s for s in segments if s[0] < token.end and s[1] > token.start]
    if not near:
        return [(token.text, None)]
    inner = _inside(token, (place for s in near for place in s[:2]))
    cuts = [token.start, *sorted(inner), token.end]
    return [
        (token.text[a - token.start : b - token.start], _segment_at(a, segments)) for a, b in pairwise(cuts)
    ]
