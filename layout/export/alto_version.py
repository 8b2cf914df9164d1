"""What the versions of ALTO can hold; the one place that knows their numbers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class AltoVersion:
    """``processing``: `Processing` elements and references to them (else `OCRProcessing`).

    ``order``: `ReadingOrder` and `BASEDIRECTION`. ``page_language``: LANG and OTHERLANGS on `Page`.
    ``baseline_points``: BASELINE as points (else one number). ``line_shape``: `Shape` in lines.
    ``commas``: points as "x,y x,y", which 4.4 recommends; before it "x y x y" was the form (altoxml/schema
    issues 22 and 49), and eScriptorium, which knows versions up to 4.2, reads no other.
    """

    number: str
    namespace: str
    location: str
    attribute: str | None
    processing: bool
    order: bool
    page_language: bool
    baseline_points: bool
    line_shape: bool
    document_id: bool
    commas: bool


def _version(number: str, major: int, **has: bool) -> AltoVersion:
    base = "http://www.loc.gov/standards/alto"
    every = {
        name: has.get(name, False)
        for name in (
            *("processing", "order", "page_language", "baseline_points"),
            *("line_shape", "document_id", "commas"),
        )
    }
    return AltoVersion(
        number,
        f"{base}/ns-v{major}#",
        f"{base}/v{major}/alto-{number.replace('.', '-')}.xsd",
        number if major > 2 else None,
        **every,
    )


VERSIONS = {
    version.number: version
    for version in (
        _version("2.1", 2),
        _version("3.1", 3, line_shape=True, document_id=True),
        _version("4.2", 4, line_shape=True, document_id=True, processing=True, baseline_points=True),
        _version(
            "4.4",
            4,
            line_shape=True,
            document_id=True,
            processing=True,
            baseline_points=True,
            order=True,
            page_language=True,
            commas=True,
        ),
    )
}
