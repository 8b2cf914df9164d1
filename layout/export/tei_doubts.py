"""What a TEI file says of its own decisions: `certainty`, in the `standOff` before the text.

How sure a block is stands on it (`cert`). What has no element of its own is said here: that a part belongs
to its item, and why; and of what is doubtful, what speaks for it.
"""

from __future__ import annotations

from layout.document import Float
from layout.export.outline import Entry
from layout.export.settle import clean_text
from layout.export.tei_plan import Plan
from layout.export.xml import XML_LANG, Element, child, decimal


class Doubts:
    """Writes into ``standoff``; what is surer than ``review_below`` is not doubtful."""

    def __init__(self, standoff: Element, plan: Plan, review_below: float) -> None:
        self.standoff = standoff
        self.plan = plan
        self.review_below = review_below

    def part(self, entry: Entry) -> None:
        """How sure it is that a part belongs to its item, and why; one of which nothing is said is as sure as
        its item.
        """
        item, sure, follows = entry.item, entry.part.confidence, entry.part.follows
        division = self.plan.division[entry.id]
        before, _ = self.plan.chain.get(entry.id, (None, None))
        if entry.number == 1 and self._is_doubtful(item.confidence):
            self._say(entry.id, "name", item.confidence, "that these blocks are one item", item.reason)
        if not follows and decimal(sure) in (None, decimal(item.confidence)):
            return
        if division != entry.id:
            match = f"descendant::*[@facs='#{entry.part.page}']"
            self._say(division, "value", sure, "that the item goes on on this page", follows, match)
        elif before:
            self._say(division, "value", sure, "that the two parts belong to one item", follows, "@prev")
        else:
            self._say(division, "start", sure, "that the item begins on this page", follows)

    def quote(self, id_: str, float_: Float) -> None:
        """A doubtful pull-quote."""
        if self._is_doubtful(float_.confidence):
            self._say(id_, "name", float_.confidence, "that this block is a pull-quote", float_.reason)

    def _is_doubtful(self, confidence: float | None) -> bool:
        return confidence is not None and confidence < self.review_below

    def _say(
        self, target: str, locus: str, degree: float | None, what: str, why: str, match: str | None = None
    ) -> None:
        why = clean_text(why)
        made = child(
            self.standoff,
            "certainty",
            {
                "target": f"#{target}",
                "match": match,
                "locus": locus,
                "degree": decimal(degree),
                "cert": "unknown" if degree is None else None,
                "resp": "#app.pipeline",
            },
        )
        child(made, "desc", {XML_LANG: "en"}, f"{what}: {why}" if why else what)
