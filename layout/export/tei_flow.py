"""Where in a TEI division the next element may stand.

A division is heads, then text, then its inner divisions; after an inner division no text may follow
in the outer one. So a heading that comes after text opens an inner division, which lasts to the next
such heading, and everything goes on in there.
"""

from __future__ import annotations

from layout.export.xml import XML_ID, Element, child

_TURN = "sp"
_LABEL = "speaker"


class Flow:
    """An open division and the place in it that text goes to."""

    def __init__(self, division: Element) -> None:
        self.division = division
        self.target = division
        self.has_text = False
        self.endings: list[Element] = []
        self.floats: list[Element] = []

    def head(self, made: Element, *, section: bool = False) -> None:
        """A heading, or a byline before the text; ``section``: opens an inner division in any case."""
        if self.has_text or section:
            self.target = child(self.division, "div", {"type": "subsection"})
            self.has_text = False
        self.target.append(made)

    def text(self, made: Element) -> None:
        """A paragraph or other piece of text; a turn that goes on is one turn of several paragraphs."""
        last = self.target[-1] if len(self.target) else None
        if last is not None and _same_turn(last, made):
            last.extend(list(made))
        else:
            self.target.append(made)
        self.has_text = True

    def anywhere(self, made: Element) -> None:
        """An element that may stand between all others: figure, note, fw."""
        self.target.append(made)

    def ending(self, made: Element) -> None:
        """A byline at the end of the text: it comes after the floats, where nothing may follow."""
        self.endings.append(made)

    def close(self) -> None:
        """Write what has to come last."""
        for made in self.endings:
            self.target.append(made)
        self.endings = []


def _same_turn(last: Element, made: Element) -> bool:
    """Whether both are turns of one person, one number, and nothing names where the second begins."""
    if last.tag != _TURN or made.tag != _TURN or made.get(XML_ID) or last.get("next"):
        return False
    same = all(last.get(name) == made.get(name) for name in ("who", "ana", "n"))
    return same and made.get("n") is not None and made.find(_LABEL) is None
