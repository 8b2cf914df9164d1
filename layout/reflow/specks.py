"""Loose pieces on a page that are no text: specks, strokes, ornaments, scraps that could not be read."""

from __future__ import annotations

from layout.document import RUNNING_TEXT, RegionKind
from layout.reflow.looks import Look, Scene
from layout.reflow.wording import lone_number

Vote = tuple[RegionKind, float, str]
K = RegionKind
_DIGIT = 0.33  # times the text's height: a five of Arabic script, the lowest digit but the nought


def find_specks(scene: Scene) -> dict[int, list[Vote]]:
    """Votes for loose pieces that are no text: specks, scraps of letters, ornaments.

    A number of letter size near the page's head or foot may be the folio and never counts as one.
    """
    found: dict[int, list[Vote]] = {}
    edge = 0.1 * scene.height
    for n, look in enumerate(scene.looks):
        if look.is_text and look.guess is K.CAPTION and look.box.height < 0.36 * scene.body.ink:
            found[n] = [(K.NOISE, 3.0, "as thin as a rule")]
        if look.guess is K.MASTHEAD:
            continue  # geometry knows a drawn name, which can seldom be read
        if not look.is_text or (look.guess in RUNNING_TEXT and look.lines > 1) or look.guess is K.CAPTION:
            continue
        letters = sum(char.isalnum() for char in look.text)
        outside = look.box.y1 < scene.area.y0 + edge or look.box.y0 > scene.area.y1 - edge
        if letters <= 1 and _is_stroke(look, scene.body.ink):
            found[n] = [(K.NOISE, 3.0, "an upright stroke")]
        elif max(line.box.height for line in look.region.lines) < 0.36 * scene.body.ink:
            found[n] = [(K.NOISE, 3.0, "as thin as a rule")]
        elif outside and _is_small_number(look, scene.body.ink):
            continue
        elif look.box.height < 0.5 * scene.body.ink and letters < 8:
            found[n] = [(K.NOISE, 3.0, "too small to be type of this page")]
        elif letters <= look.lines and look.size > 1.8 and not (outside and lone_number(look.text)):
            found[n] = [(K.NOISE, 3.0, "single large strokes, no word")]
        elif letters == 0 and look.box.width < 3 * scene.body.pitch:
            found[n] = [(K.NOISE, 3.0, "no letter in it")]
        elif outside and lone_number(look.text):
            continue
        elif letters < 3 and _trust(look) < 0.6 and look.guess is K.UNKNOWN:
            found[n] = [(K.NOISE, 2.0, "a scrap that could not be read")]
    return found


def _is_stroke(look: Look, ink: float) -> bool:
    """Whether a piece is as thin as a rule: far thinner than a letter, or thin and taller than type."""
    ink_box = look.region.lines[0].box
    thin = ink_box.width < 0.3 * ink_box.height and ink_box.height > 2 * ink
    return ink_box.width < 0.12 * ink or thin


def _is_small_number(look: Look, ink: float) -> bool:
    """Whether a piece is a number as low as some digits of Arabic script are, and surely read."""
    return bool(lone_number(look.text)) and look.box.height >= _DIGIT * ink and _trust(look) >= 0.6


def _trust(look: Look) -> float:
    """How surely the words were read; 1 for text that was not recognised but given."""
    known = [w.confidence for line in look.region.lines for w in line.words if w.confidence is not None]
    return sum(known) / len(known) if known else 1.0
