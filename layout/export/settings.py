"""What is written, and how."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from layout.errors import ConfigError

ALTO_VERSIONS = ("2.1", "3.1", "4.2", "4.4")
UNITS = ("pixel", "mm10", "inch1200")


@dataclass(frozen=True, slots=True)
class ExportSettings:
    """Settings of all exporters; ``formats`` are names of the exporter table, in the order written
    (METS always last).

    ``tei_lines``: line zones and line beginnings in TEI. ``alto_unit`` other than pixel needs the
    page's dpi. ``review_below``: words read with less confidence are marked as unclear in TEI.
    ``image_base`` stands before the names of image files in every format (a folder relative to the
    issue's folder, or a URL); ``base_url`` is the http(s) address that the folder of results will
    have, where each issue has a folder named by its id; IIIF needs it. ``publisher`` and ``licence``
    (a URL) state who gives out the files and how they may be used.
    """

    formats: tuple[str, ...] = ("alto", "tei", "mets", "text")
    alto_version: str = "4.4"
    alto_unit: str = "pixel"
    tei_lines: bool = True
    pretty: bool = True
    review_below: float = 0.5
    image_base: str = ""
    base_url: str | None = None
    publisher: str | None = None
    licence: str | None = None

    def __post_init__(self) -> None:
        from layout.export import exporter_names

        known = exporter_names()
        for name in self.formats:
            if name not in known:
                near = get_close_matches(name, known, n=1)
                hint = f"did you mean '{near[0]}'?" if near else f"known are: {', '.join(known)}"
                raise ConfigError(f"[export] formats: no format is called '{name}'", remedy=hint)
        # METS holds the checksums of the others, so it is written when they are there.
        last = tuple(sorted(self.formats, key=lambda name: name == "mets"))
        object.__setattr__(self, "formats", last)
        if self.alto_version not in ALTO_VERSIONS:
            raise ConfigError(
                f"[export] alto_version: ALTO {self.alto_version} is not written",
                remedy=f"choose one of {', '.join(ALTO_VERSIONS)}",
            )
        if self.alto_unit not in UNITS:
            raise ConfigError(
                f"[export] alto_unit: '{self.alto_unit}' is no unit of ALTO",
                remedy=f"choose one of {', '.join(UNITS)}",
            )
        if not 0 <= self.review_below <= 1:
            raise ConfigError("[export] review_below must lie between 0 and 1")
        if self.base_url is not None and not self.base_url.startswith(("http://", "https://")):
            raise ConfigError("[export] base_url must begin with http:// or https://")
        if "iiif" in self.formats and self.base_url is None:
            raise ConfigError(
                "[export] iiif needs base_url, since the ids of a manifest are http addresses",
                remedy="set base_url to the address where the folder of results will stand",
            )
