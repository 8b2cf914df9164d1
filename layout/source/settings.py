"""Settings of the source step."""

from __future__ import annotations

import re
from dataclasses import dataclass

from layout.errors import ConfigError

NAME_GROUPS = ("title", "date", "number", "edition")


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """How files are opened.

    ``dpi`` is the resolution at which PDF pages are rendered. ``max_megapixels`` and ``max_side_px`` are
    the largest picture that is decoded; ``render_megapixels`` the largest that is made of a PDF page (its
    dpi is lowered to fit). ``min_side_px``: below it nothing on a page could be read. ``name_pattern`` is
    a regular expression for file names without their suffix, with any of the groups ``title``, ``date``,
    ``number``, ``edition``; empty for none.
    """

    dpi: int = 300
    max_megapixels: float = 400.0
    render_megapixels: float = 100.0  # an A1 sheet at 300 dpi has 70
    max_side_px: int = 50_000
    min_side_px: int = 50
    name_pattern: str = ""

    def __post_init__(self) -> None:
        if not 72 <= self.dpi <= 1200:
            raise ConfigError(f"source.dpi is {self.dpi}", remedy="give a resolution from 72 to 1200")
        for name in ("max_megapixels", "render_megapixels"):
            value = getattr(self, name)
            if not 0 < value <= 10_000:
                raise ConfigError(f"source.{name} is {value}", remedy="give a number above 0, up to 10000")
        if not 1 <= self.min_side_px < self.max_side_px:
            raise ConfigError(
                f"source.min_side_px is {self.min_side_px} and source.max_side_px {self.max_side_px}",
                remedy="give a smallest side of at least 1 that is below the largest side",
            )
        _check_pattern(self.name_pattern)

    @property
    def max_pixels(self) -> int:
        return int(self.max_megapixels * 1e6)

    @property
    def render_pixels(self) -> int:
        return int(min(self.render_megapixels, self.max_megapixels) * 1e6)


def _check_pattern(pattern: str) -> None:
    try:
        groups = re.compile(pattern).groupindex
    except re.error as error:
        raise ConfigError(
            f"source.name_pattern is not a regular expression: {error}", remedy="correct the pattern"
        ) from error
    unknown = sorted(set(groups) - set(NAME_GROUPS))
    if unknown:
        raise ConfigError(
            f"source.name_pattern has the group '{unknown[0]}'",
            remedy=f"known groups are: {', '.join(NAME_GROUPS)}",
        )
