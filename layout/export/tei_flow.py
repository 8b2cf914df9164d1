"""Where in a TEI division the next element may stand.

A division is heads, then text, then its inner divisions; after an inner division no text may follow
in the outer one. So a heading that comes after text opens an inner division, which lasts to the next
such heading, and everything goes on in there.
"""

from __future__ import annotations

from layout.export.xml import Element, child


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
        """A paragraph or other piece of text."""
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
