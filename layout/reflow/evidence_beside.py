"""Evidence for captions and pull-quotes: what a text stands at or repeats (see `evidence`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from layout.document import RUNNING_TEXT, Box, RegionKind
from layout.reflow.looks import Look, Scene, column_of
from layout.reflow.wording import ends_sentence, is_quoted

Vote = tuple[RegionKind, float, str]

K = RegionKind
_COLUMNS = 10.0  # line pitches up and down in which a picture's columns show
_LETTERING = 6  # words; more inside a picture are text, and the picture is none
_SMALL = 0.93  # times the body's size: captions are often set smaller
_LARGER = 1.06  # times the body's size: that of a quote in larger type
#: Words; a headline of fewer is soon like some passage, its own article being about the same things.
_FEW_WORDS = 9
_LEVEL = 0.6  # line pitches by which the tops of text on one level differ
BODY = RUNNING_TEXT | {K.CROSSHEAD}


def picture_votes(scene: Scene, n: int, kinds: Sequence[RegionKind], heads: dict[int, int]) -> Iterator[Vote]:
    """Signs of being a picture's caption: right below (or above) it, no wider than it; or lettering in it."""
    look, pitch = scene.looks[n], scene.body.pitch
    if look.guess not in RUNNING_TEXT and look.words <= _LETTERING and _in_picture(scene, look):
        yield K.CAPTION, 6.0, "stands in a picture"
    if not any(m is not None and kinds[m] is K.IMAGE for m in (scene.above[n], scene.below[n])):
        yield K.CAPTION, -1.0, "no picture beside it"
    for other, gap, where, weight in (
        (scene.above[n], scene.gap_above(n), "below", 2.5),
        (scene.below[n], scene.gap_below(n), "above", 0.0 if n in heads else 0.7),
    ):
        if other is None or kinds[other] is not K.IMAGE or gap > 1.3 or not weight:
            continue
        image = scene.looks[other].box
        ground = _ground_of(scene, n, image)
        if look.box.overlap_x(ground) < 0.9 * look.box.width or look.size > 1.15 or look.lines > 4:
            continue
        yield K.CAPTION, weight, f"right {where} a picture"
        narrow = look.box.width < 0.85 * ground.width
        if narrow and look.lines == 1 and where == "below":
            yield K.CAPTION, 0.7, "narrower than the picture"
        if narrow and min(_off(look.box, image), _off(look.box, ground)) > 1.2 * pitch:
            yield K.CAPTION, -2.5, "on no line with the picture"
        on_text = scene.below[n] is not None and scene.gap_below(n) < 0.3 and where == "below"
        if on_text and look.lines > 1 and not narrow and look.size > _SMALL:
            yield K.CAPTION, -2.5, "runs on into the text below"
        if ends_sentence(look.text) and look.lines > 2 and look.size > 0.95:
            yield K.CAPTION, -1.5, "as large as body text"
        if look.size > _SMALL and any(_is_beside(scene, n, m, other) for m in range(len(scene.looks))):
            yield K.CAPTION, -2.5, "other text stands beside it below the picture"


def _is_beside(scene: Scene, n: int, m: int, picture: int) -> bool:
    """Whether text of the page's size stands on the same level right below the same picture: in the columns
    that the picture interrupts, which go on below it. A picture has one caption."""
    look, other = scene.looks[n], scene.looks[m]
    return (
        m != n
        and scene.above[m] == picture
        and other.is_text
        and other.size > _SMALL
        and abs(other.box.y0 - look.box.y0) < _LEVEL * scene.body.pitch
        and other.box.overlap_x(look.box) <= 0
    )


def _ground_of(scene: Scene, n: int, image: Box) -> Box:
    """The width that a picture was given: its column's, where that is wider and holds it, or that of the
    columns in the middle of which it stands.
    """
    column = column_of(scene, n)
    if column.overlap_x(image) > 0.98 * image.width:
        return column
    reach = _COLUMNS * scene.body.pitch
    near = [
        look.box
        for look in scene.looks
        if look.guess in RUNNING_TEXT
        and look.lines > 1
        and look.box.overlap_x(image) > 0.5 * look.box.width
        and look.box.overlap_y(image) > -reach
    ]
    if len(near) < 2:
        return image
    first, last = min(box.x0 for box in near), max(box.x1 for box in near)
    inside = first <= image.x0 and image.x1 <= last
    centred = abs((first + last) / 2 - image.center[0]) < 0.5 * scene.body.pitch
    return replace(image, x0=first, x1=last) if inside and centred else image


def _off(line: Box, other: Box) -> float:
    """How far a line is from standing on the beginning, end or middle of what it belongs to."""
    edges = (line.x0 - other.x0, line.x1 - other.x1, line.center[0] - other.center[0])
    return min(map(abs, edges))


def _in_picture(scene: Scene, look: Look) -> bool:
    """Whether more than half of a look's ink lies in a picture."""
    ink = [line.box for line in look.region.lines]
    area = sum(box.area for box in ink)
    pictures = (other.region.box for other in scene.looks if other.guess is K.IMAGE)
    return any(sum(box.intersection(picture) for box in ink) > 0.5 * area for picture in pictures)


def _is_plain_line(look: Look) -> bool:
    """Whether it is a single line of the text's type: a paragraph's end, though it says what others do."""
    plain = look.lines == 1 and look.size < _LARGER and not look.is_bold
    return plain and not look.set_off and not is_quoted(look.text)


def quote_votes(
    scene: Scene,
    n: int,
    kinds: Sequence[RegionKind],
    quotes: dict[int, float],
    heads: dict[int, int],
) -> Iterator[Vote]:
    """Signs of a pull-quote: display text of a sentence's length that the body repeats."""
    look = scene.looks[n]
    if n not in quotes or _is_plain_line(look):
        return
    likeness = quotes[n]
    few = look.words < _FEW_WORDS
    if few:
        likeness -= 0.1
    if likeness > 0.8:
        yield K.PULL_QUOTE, 4.5, "repeats a passage of the text"
        for kind in (K.PARAGRAPH, K.HEADLINE, K.SUBHEADLINE, K.CROSSHEAD):
            yield kind, -2.0, "repeats a passage of the text"
    elif likeness > 0.68 and not few and look.guess not in RUNNING_TEXT and look.lines > 1:
        yield K.PULL_QUOTE, 2.0, "is like a passage of the text"
    else:
        yield K.PULL_QUOTE, -1.5, "repeats nothing on the page"
    if n in heads and heads[n] == scene.above[n] and kinds[heads[n]] is K.HEADLINE and not look.set_off:
        yield K.PULL_QUOTE, -3.0, "right below a headline"
    if look.size < _LARGER and not look.set_off and not (look.is_bold and is_quoted(look.text)):
        yield K.PULL_QUOTE, -3.0, "no larger than the text"
    if look.lines == 1 and not is_quoted(look.text):
        yield K.PULL_QUOTE, -2.0, "a single line"
    if is_quoted(look.text):
        yield K.PULL_QUOTE, 1.0, "in quotation marks"
    if look.set_off or (scene.rule_above[n] and scene.rule_below[n]):
        yield K.PULL_QUOTE, 1.0, "between rules or on a tint"
    above, below = scene.above[n], scene.below[n]
    if above is not None and below is not None and kinds[above] in BODY and kinds[below] in BODY:
        yield K.PULL_QUOTE, 1.0, "inside a column"
    if look.lines > 1 and 1.08 < look.size < 2.0:
        yield K.PULL_QUOTE, 0.7, "larger than the text"
