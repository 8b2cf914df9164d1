"""Title, date and number of the issue read from its front page, where nothing else gave them.

A title that the front page does not say is taken from the heads of the other pages.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from dataclasses import fields, replace

from layout.document import Finding, Metadata, Page, Region, RegionKind
from layout.language.dates import find_date
from layout.language.digits import ascii_digits
from layout.reflow.running_title import running_title

_LINES = frozenset(
    {
        RegionKind.MASTHEAD,
        RegionKind.IMPRINT,
        RegionKind.RUNNING_HEAD,
        RegionKind.DATELINE,
        RegionKind.UNKNOWN,
    }
)
_TOP = 0.3  # share of the page's height in which a masthead and its lines stand
_NUMBER = re.compile(
    r"(?:\bno\.?|\bnr\.?|\bnum(?:ber|mer)?\.?|\bn[°º]|شماره‌?ی?|العدد|عدد)\s*[:.]?\s*(\d{1,6})", re.IGNORECASE
)
_VOLUME = re.compile(
    r"(?:\bvol(?:ume)?\.?|\bjahrgang|\bjg\.?|\bannée|سال|السنة|دوره)\s*[:.]?\s*(\d{1,4})\b", re.IGNORECASE
)


def read_masthead(pages: Sequence[Page], given: Metadata) -> tuple[Metadata, tuple[Finding, ...]]:
    """The metadata with the gaps filled from the pages, each such field's origin "page".

    A date whose weekday is not that day's is kept as printed only, with a finding.
    """
    if not pages:
        return given, ()
    page = pages[0]
    top = [r for r in page.walk() if r.lines and r.box.center[1] < _TOP * page.height and r.kind in _LINES]
    found: dict[str, str] = {}
    findings: list[Finding] = []
    title = _title(top) or running_title(pages)
    if title:
        found["title"] = title
    for region in top:
        text = " ".join(line.text for line in region.lines)
        plain = ascii_digits(text)
        for name, pattern in (("number", _NUMBER), ("volume", _VOLUME)):
            match = pattern.search(plain)
            if match:
                found.setdefault(name, match.group(1))
        printed = find_date(text)
        if printed and "printed_date" not in found:
            found["printed_date"] = printed.printed
            if printed.iso:
                found["date"] = printed.iso
            else:
                findings.append(
                    Finding(
                        "warning",
                        "date-weekday",
                        f"the date «{printed.printed}» names a weekday that is not that day's",
                        page.id,
                        region.id,
                    )
                )
    if page.language:
        found["language"] = page.language
    known = {field.name for field in fields(Metadata) if getattr(given, field.name) is not None}
    if "date" in known:
        findings = []
    fresh = {name: value for name, value in found.items() if name not in known}
    origins = (*given.origins, *((name, "page") for name in sorted(fresh)))
    return replace(given, **fresh, origins=origins), tuple(findings)


def _title(regions: Sequence[Region]) -> str | None:
    """The largest lines of the masthead."""
    lines = [line for region in regions if region.kind is RegionKind.MASTHEAD for line in region.lines]
    if not lines:
        return None
    tallest = max(line.box.height for line in lines)
    large = [line for line in lines if line.box.height > 0.7 * tallest]
    if statistics.fmean(line.box.height for line in large) <= 0:
        return None
    return " ".join(" ".join(line.text for line in large).split()) or None
