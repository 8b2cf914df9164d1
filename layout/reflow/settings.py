"""Settings of reflow; lengths are multiples of the page's own line pitch."""

from __future__ import annotations

from dataclasses import dataclass

from layout.errors import ConfigError


@dataclass(frozen=True, slots=True)
class ReflowSettings:
    """How pages become articles.

    ``band_gap`` is the white space, in line pitches, that parts two rows of articles where no rule is
    printed; ``gutter_gap`` the least white space between columns; ``head_reach`` how far below its
    headline a text may begin. ``match_titles`` is the likeness (0..1) from which two titles are taken
    for the same across pages; ``check_folios`` turns the check of the page numbers off.
    """

    band_gap: float = 0.6
    gutter_gap: float = 0.2
    head_reach: float = 6.0
    match_titles: float = 0.75
    check_folios: bool = True

    def __post_init__(self) -> None:
        for name in ("band_gap", "gutter_gap", "head_reach"):
            if not 0 < getattr(self, name) < 100:
                raise ConfigError(
                    f"reflow.{name} is {getattr(self, name)}, not a length of 0 to 100 line pitches"
                )
        if not 0 < self.match_titles <= 1:
            raise ConfigError(
                f"reflow.match_titles is {self.match_titles}, but a likeness lies between 0 and 1"
            )
