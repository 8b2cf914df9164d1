"""Settings of the geometry step; lengths are line pitches (lp) of the page's running text."""

from __future__ import annotations

from dataclasses import dataclass

from layout.errors import ConfigError


@dataclass(frozen=True)
class GeometrySettings:
    """``detector`` is a name of `layout.geometry.detector_names`.

    ``max_skew_degrees`` bounds the search for skew; 0 leaves the page as it lies. ``gutter_lines`` is
    the number of lines over which white must run through to count as a gutter between columns.
    ``model`` is a model file for detectors that need one (layoutparser), ``model_config`` its
    configuration, ``labels`` its class numbers and our kinds (``0=paragraph``).
    """

    detector: str = "newspaper"
    max_skew_degrees: float = 10.0
    gutter_lines: float = 4.5
    model: str | None = None
    model_config: str | None = None
    labels: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.max_skew_degrees <= 20:
            raise ConfigError("geometry.max_skew_degrees must lie between 0 and 20")
        if not 2 <= self.gutter_lines <= 20:
            raise ConfigError("geometry.gutter_lines must lie between 2 and 20")
