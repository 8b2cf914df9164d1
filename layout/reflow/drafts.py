"""Articles while they are being put together."""

from __future__ import annotations

from dataclasses import dataclass, field

from layout.document import Box, union
from layout.reflow.units import Role, Unit
from layout.reflow.zones import Cut


@dataclass(slots=True, eq=False)
class Draft:
    """An article in the making: its head, and what follows it in reading order.

    ``closed`` says that it goes on on another page, by its own words; ``confidence`` falls with each
    step that had to be guessed, ``reasons`` tell the steps; ``notices`` are the continuation lines met in it.
    """

    head: Unit | None = None
    units: list[Unit] = field(default_factory=list)
    cut: Cut = Cut.PAGE
    closed: bool = False
    confidence: float = 1.0
    reasons: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    @property
    def members(self) -> list[Unit]:
        return [self.head, *self.units] if self.head else list(self.units)

    @property
    def box(self) -> Box:
        return union(unit.box for unit in self.members)

    def body(self) -> list[Unit]:
        return [unit for unit in self.units if unit.role is Role.BODY]

    def doubt(self, share: float, reason: str) -> None:
        """Lowers the confidence to this share of itself and says why."""
        self.confidence *= share
        self.reasons.append(reason)
