"""Break paragraphs into lines: greedy, with kashida and hyphens, in frames that may have obstacles."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from press.fonts import Type, is_ltr, shape

TATWEEL = "\u0640"
_ZWNJ = "\u200c"
#: letters that join the next one (all others end a connected piece)
_DUAL = set("بپتثجچحخسشصضطظعغفقکكگلمنهيیئ")
_VOWELS = set("aeiouyäöüAEIOUYÄÖÜ")


@dataclass(frozen=True)
class Rect:
    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    def inset(self, dx: float, dy: float) -> Rect:
        return Rect(self.x0 + dx, self.y0 + dy, self.x1 - dx, self.y1 - dy)

    def meets(self, other: Rect) -> bool:
        return self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1


@dataclass(frozen=True)
class Placed:
    """A word on a line: its true text, what is drawn (tatweel, hyphen), and its left and right edge."""

    text: str
    drawn: str
    x0: float
    x1: float


@dataclass
class SetLine:
    """One line in logical order of words; ``top`` to ``top + type.leading`` is its typographic box."""

    words: list[Placed]
    type: Type
    top: float
    baseline: float
    frame: Rect
    region: int = 0
    hyphenated: bool = False
    last: bool = False
    bullet: str = ""
    stretched: float = 0.0
    lead: Type | None = None
    lead_words: int = 0

    @property
    def x0(self) -> float:
        return min(word.x0 for word in self.words)

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    def type_of(self, index: int) -> Type:
        return self.lead if self.lead is not None and index < self.lead_words else self.type

    def ink(self, index: int) -> tuple[float, float]:
        """Top and bottom of a word's ink."""
        word, face = self.words[index], self.type_of(index)
        shaped = shape(word.drawn, face.fonts, face.language)
        return self.baseline - shaped.top * face.size, self.baseline - shaped.bottom * face.size


@dataclass(frozen=True)
class Manner:
    """How a paragraph is set. ``align``: justify, start, end, centre; lengths in points."""

    align: str = "justify"
    indent: float = 0.0
    space_after: float = 0.0
    kashida: bool = False
    hyphens: bool = False
    bullet: str = ""
    lead: Type | None = None
    lead_words: int = 0
    #: a justified line whose slack per gap is over this many natural spaces is left as it is
    widest: float = 9.0


@dataclass
class Cursor:
    """Where the next line goes in a chain of frames; obstacles are kept clear of."""

    frames: list[Rect]
    obstacles: list[Rect] = field(default_factory=list)
    index: int = 0
    y: float | None = None

    def slot(self, leading: float, least: float) -> Rect | None:
        """The next free place one line high; None when the frames are full."""
        while self.index < len(self.frames):
            frame = self.frames[self.index]
            y = frame.y0 if self.y is None else self.y
            while y + leading <= frame.y1 + 0.01:
                free = _free(Rect(frame.x0, y, frame.x1, y + leading), self.obstacles, least)
                if free is not None:
                    self.y = y
                    return free
                y += leading / 8
            self.index, self.y = self.index + 1, None
        return None

    def advance(self, height: float) -> None:
        frame = self.frames[self.index]
        self.y = (frame.y0 if self.y is None else self.y) + height


def _free(row: Rect, obstacles: list[Rect], least: float) -> Rect | None:
    x0, x1 = row.x0, row.x1
    for obstacle in obstacles:
        if not obstacle.meets(Rect(x0, row.y0, x1, row.y1)):
            continue
        left, right = obstacle.x0 - x0, x1 - obstacle.x1
        if max(left, right) < least:
            return None
        x0, x1 = (x0, obstacle.x0) if left >= right else (obstacle.x1, x1)
    return Rect(x0, row.y0, x1, row.y1)


def set_paragraph(text: str, face: Type, manner: Manner, cursor: Cursor) -> tuple[list[SetLine], str]:
    """Set a paragraph at the cursor; return its lines and the text that found no room."""
    words = text.split(" ")
    lines: list[SetLine] = []
    start = 0
    tail = ""  # second half of a divided word
    while start < len(words) or tail:
        slot = cursor.slot(face.leading, least=9 * face.size)
        if slot is None:
            rest = [tail, *words[start:]] if tail else words[start:]
            return lines, " ".join(rest)
        line, start, tail = _next_line(words, start, tail, face, manner, slot, first=not lines)
        line.region = cursor.index
        lines.append(line)
        cursor.advance(face.leading)
    if lines:
        lines[-1].last = True
        if manner.align == "justify":
            _place(lines[-1], replace(manner, align="start"), first=len(lines) == 1)
        cursor.advance(manner.space_after)
    return lines, ""


def _next_line(
    words: list[str], start: int, tail: str, face: Type, manner: Manner, slot: Rect, first: bool
) -> tuple[SetLine, int, str]:
    room = slot.width - (manner.indent if first else 0.0)
    if first and manner.bullet:
        room -= face.size
    taken: list[str] = [tail] if tail else []
    lead = manner.lead_words if first else 0
    width = face.width(tail) if tail else 0.0
    index = start
    # the spaces of a justified line may shrink by a sixth
    shrink = face.space / 6 if manner.align == "justify" else 0.0
    while index < len(words):
        the_type = manner.lead if manner.lead and index < lead else face
        more = the_type.width(words[index]) + (face.space if taken else 0.0)
        if taken and width + more > room + shrink * len(taken):
            break
        taken.append(words[index])
        width += more
        index += 1
    tail, hyphenated = "", False
    if manner.hyphens and index < len(words) and taken:
        head, rest = _divide(words[index], room - width - face.space, face)
        if head:
            taken.append(head)
            tail, hyphenated, index = rest, True, index + 1
    placed = [Placed(word, word, 0, 0) for word in taken]
    if hyphenated:
        placed[-1] = Placed(taken[-1], taken[-1] + "-", 0, 0)
    main = shape("x" if not face.rtl else "ا", face.fonts, face.language).glyphs[0].face
    total = main.ascent + main.descent
    baseline = slot.y0 + face.leading / 2 + (main.ascent - total / 2) * face.size
    line = SetLine(placed, face, slot.y0, baseline, slot, hyphenated=hyphenated)
    line.bullet = manner.bullet if first else ""
    line.lead, line.lead_words = manner.lead, lead
    _place(line, manner, first)
    return line, index, tail


def _place(line: SetLine, manner: Manner, first: bool) -> None:
    """Give the words of a line their places."""
    face = line.type
    rtl = face.rtl
    x0, x1 = line.frame.x0, line.frame.x1
    shift = (manner.indent if first else 0.0) + (face.size if line.bullet else 0.0)
    x0, x1 = (x0, x1 - shift) if rtl else (x0 + shift, x1)
    words = [
        w.text + ("-" if line.hyphenated and i == len(line.words) - 1 else "")
        for i, w in enumerate(line.words)
    ]
    gaps = len(words) - 1
    space = face.space
    if manner.align == "justify" and gaps:
        slack = (x1 - x0) - sum(line.type_of(i).width(w) for i, w in enumerate(words)) - gaps * space
        if manner.kashida and slack > gaps * space * 0.35:
            words, slack = _stretch(words, face, slack)
        if slack / gaps <= manner.widest * space:
            space += slack / gaps
    line.stretched = space / face.space
    widths = [line.type_of(i).width(w) for i, w in enumerate(words)]
    total = sum(widths) + gaps * space
    if manner.align == "centre":
        left = (x0 + x1 - total) / 2
    elif (manner.align == "end") != rtl:
        left = x1 - total
    else:
        left = x0
    order = _visual_order([w.text for w in line.words]) if rtl else list(range(len(words)))
    places: dict[int, tuple[float, float]] = {}
    x = left
    for index in order:
        places[index] = (x, x + widths[index])
        x += widths[index] + space
    line.words = [
        Placed(word.text, drawn, *places[i])
        for i, (word, drawn) in enumerate(zip(line.words, words, strict=True))
    ]


def _visual_order(words: list[str]) -> list[int]:
    """Left-to-right order of the words of a right-to-left line; neighbouring Latin words keep theirs."""
    ordered: list[int] = []
    group: list[int] = []
    for i, word in enumerate(words):
        if is_ltr(word):
            group.append(i)
            continue
        ordered = [i, *group, *ordered]
        group = []
    return [*group, *ordered]


def _stretch(words: list[str], face: Type, slack: float) -> tuple[list[str], float]:
    """Lengthen joins by pairs of tatweel while the slack lasts; at most one place in a word."""
    pair = face.width("بـــب") - face.width("بـب")
    if pair <= 0:
        return words, slack
    words = list(words)
    # leave about the natural spacing: kashida takes the rest
    for index in sorted(range(len(words)), key=lambda i: (-_best(words[i])[1], i)):
        place, worth = _best(words[index])
        if worth == 0 or slack < pair * 1.2:
            continue
        words[index] = words[index][:place] + TATWEEL * 2 + words[index][place:]
        slack -= pair
    return words, slack


def _best(word: str) -> tuple[int, int]:
    """Where a word is best stretched, and how good that is (0: nowhere). Letters with teeth come first."""
    best = (0, 0)
    for i in range(1, len(word)):
        before, after = word[i - 1], word[i]
        if before not in _DUAL or not ("\u0621" <= after <= "\u06d3") or after == TATWEEL:
            continue
        if before == "ل" and after in "اأإآ":
            continue
        worth = 3 if before in "سش" else 2 if i == len(word) - 1 else 1
        if worth >= best[1]:
            best = (i, worth)
    return best


def _divide(word: str, room: float, face: Type) -> tuple[str, str]:
    """The longest first part that fits with a hyphen, and the rest; ("", "") when none does."""
    bare = word.rstrip(".,;:!?”»")
    if len(bare) < 6 or not bare.isalpha():
        return "", ""
    for i in range(len(bare) - 3, 2, -1):
        if _syllable_break(bare, i) and face.width(word[:i] + "-") <= room:
            return word[:i], word[i:]
    return "", ""


def _syllable_break(word: str, i: int) -> bool:
    """A break before a consonant with a vowel after it and one somewhere before it."""
    after_vowel = i + 1 < len(word) and word[i] not in _VOWELS and word[i + 1] in _VOWELS
    kept = word[i - 1 : i + 1].lower() in ("ch", "ck", "sh", "th", "ph", "sſ", "ſt", "qu", "ſc", "tz")
    return after_vowel and not kept and any(c in _VOWELS for c in word[:i]) and word[i - 1].lower() != "ſ"
