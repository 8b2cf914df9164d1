"""IIIF Presentation 3: a manifest that a viewer opens, with the text of each line and the items as ranges.

A canvas is a page in the pixels of its image; lines are annotations with the ids of their ALTO lines;
an item is a range of the rectangles of its regions in reading order, a sidebar a range in its article's.
Ids must be http(s) addresses, so `base_url` has to say where the results will stand.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin

from layout.document import Box, Direction, Issue, Item, Page, Region, TextLine
from layout.export import Scans
from layout.export.alto_version import VERSIONS
from layout.export.files import write_whole
from layout.export.folio import ascii_number, printed_number
from layout.export.images import image_type, image_url
from layout.export.json_layout import laid_out
from layout.export.mods import issue_language
from layout.export.outline import PageOutline, flat, outlined
from layout.export.page_order import items_of
from layout.export.settings import ExportSettings
from layout.export.settle import clean_text, settled
from layout.export.tei_header import iso_date, issue_title, language_name
from layout.image.picture import ENDINGS

_CONTEXT = (
    "http://iiif.io/api/extension/text-granularity/context.json",
    "http://iiif.io/api/presentation/3/context.json",
)

#: What browsers show; of other files viewers are given a picture.
_WEB_IMAGES = ("image/jpeg", "image/png", "image/webp", "image/gif")

#: Lines above which the annotations stand in files of their own: about 1 MB of JSON in the manifest.
_EMBEDDED_LINES = 4000

#: Addresses that the specification admits as `rights`.
_RIGHTS = re.compile(
    r"https?://(creativecommons\.org/(?:licenses|publicdomain)|rightsstatements\.org/vocab)/\S+$"
)

#: Size of the canvas of a page of which nothing is known, in an issue of which nothing is.
_UNKNOWN = Box(0, 0, 1000, 1400)

Json = dict[str, Any]


class IiifExporter:
    """Writes `manifest.json`; for large issues `annotations/p0001.json`, for scans that browsers do not
    show `images/p0001.jpg`, or `.png` where they are black and white."""

    def __init__(self, settings: ExportSettings) -> None:
        self.settings = settings
        self.base_url = settings.base_url or ""  # the settings do not admit IIIF without one
        self.scans: Scans | None = None

    def write(self, issue: Issue, folder: Path) -> list[Path]:
        """The manifest and what it needs; `AccessError` where a file cannot be written."""
        made = _Manifest(settled(issue), self.settings, self.base_url)
        images = []
        for page in issue.pages:
            picture = self.scans(page.id) if self.scans and image_type(page) not in _WEB_IMAGES else None
            if picture is not None:
                name = f"images/{page.id}{ENDINGS[picture.type]}"
                images.append(write_whole(folder / name, picture.data))
                made.images[page.id] = name, picture.type
        manifest = made.document()
        pages = [
            write_whole(folder / "annotations" / f"{page}.json", _bytes(value, self.settings.pretty))
            for page, value in made.outside.items()
        ]
        data = _bytes(manifest, self.settings.pretty)
        return [*images, *pages, write_whole(folder / "manifest.json", data)]


class _Manifest:
    """One manifest. ``images``: page id -> the file of its picture and its type, where one was written;
    ``outside``: page id -> the annotation page that gets a file of its own."""

    def __init__(self, issue: Issue, settings: ExportSettings, base_url: str) -> None:
        self.issue = issue
        self.settings = settings
        self.outline = outlined(issue)
        self.base = f"{base_url.rstrip('/')}/{quote(issue.id)}/"
        self.language = _tag(issue_language(issue))
        self.images: dict[str, tuple[str, str]] = {}
        self.outside: dict[str, Json] = {}
        lines = sum(len(region.lines) for page in issue.pages for region in page.walk())
        self.embedded = lines <= _EMBEDDED_LINES

    def document(self) -> Json:
        """The manifest as plain values, in a fixed order."""
        known = self.issue.metadata
        directions = [page.direction for page in self.issue.pages]
        rtl = directions.count(Direction.RTL) * 2 > len(directions)
        ranges = self._ranges()
        day = iso_date(known.date) or ""
        return _known(
            {
                "@context": list(_CONTEXT),
                "id": f"{self.base}manifest.json",
                "type": "Manifest",
                "label": self._said(issue_title(self.issue))
                if self.issue.metadata.title
                else {"none": [self.issue.id]},
                "metadata": self._metadata(),
                **self._rights(),
                "navDate": f"{day}T00:00:00Z" if len(day) == 10 else None,
                "viewingDirection": "right-to-left" if rtl else "left-to-right",
                "behavior": ["paged"] if len(self.issue.pages) > 1 else None,
                "seeAlso": self._see_also(),
                "rendering": self._rendering(),
                "items": [self._canvas(page, n) for n, page in enumerate(self.outline.pages, 1)],
                "structures": ranges or None,
            }
        )

    def _metadata(self) -> list[Json]:
        known, code = self.issue.metadata, issue_language(self.issue)
        rows = (
            ("Date", known.printed_date or known.date, self.language),
            ("Volume", known.volume, self.language),
            ("Number", known.number, self.language),
            ("Place", known.place, self.language),
            ("Publisher", known.publisher, self.language),
            ("Language", language_name(code) if code else None, "en"),
            ("Source", known.source, "none"),
            ("Text", "recognised automatically, not corrected", "en"),
        )
        return [
            {"label": {"en": [name]}, "value": {language: [clean_text(value)]}}
            for name, value, language in rows
            if value and clean_text(value)
        ]

    def _rights(self) -> Json:
        """`rights` where it is an address that the specification admits, else the words."""
        terms = [value for value in (self.settings.licence, self.issue.metadata.rights) if value]
        address = next((value for value in terms if _RIGHTS.match(value)), None)
        if address:
            return {"rights": address.replace("https://", "http://", 1)}
        words = clean_text(terms[0]) if terms else ""
        return (
            {"requiredStatement": {"label": {"en": ["Rights"]}, "value": {"none": [words]}}} if words else {}
        )

    def _see_also(self) -> list[Json] | None:
        found = [
            _dataset(self.base + name, mime, profile, label)
            for form, name, mime, profile, label in (
                ("mets", "mets.xml", "application/xml", "http://www.loc.gov/METS/", "METS"),
                ("tei", "tei.xml", "application/tei+xml", "http://www.tei-c.org/ns/1.0", "TEI P5"),
            )
            if form in self.settings.formats
        ]
        return found or None

    def _rendering(self) -> list[Json] | None:
        found = [
            {"id": self.base + name, "type": "Text", "format": mime, "label": {"en": [label]}}
            for form, name, mime, label in (
                ("pdf", "issue.pdf", "application/pdf", "Searchable PDF"),
                ("text", "text.txt", "text/plain", "Plain text"),
            )
            if form in self.settings.formats
        ]
        return found or None

    def _canvas(self, outline: PageOutline, number: int) -> Json:
        page = outline.page
        id_, size = self._canvas_id(page), self._size(page)
        printed = printed_number(page)
        label = {"en": [f"Page {ascii_number(page) or printed or f'[{number}]'}"]}
        if page.failed is not None:
            label = {"en": [f"[{number}], not read"]}
        elif printed:
            label = {**self._said(printed), **label}
        image = self._image(page, size)
        painting = {
            "id": f"{self.base}annotation/{page.id}-image",
            "type": "Annotation",
            "motivation": "painting",
            "body": image,
            "target": id_,
        }
        holder = {"id": f"{self.base}page/{page.id}/painting", "type": "AnnotationPage"}
        return _known(
            {
                "id": id_,
                "type": "Canvas",
                "label": label,
                "height": int(size.height),
                "width": int(size.width),
                "items": [{**holder, "items": [painting]}] if image else [],
                "seeAlso": self._page_files(page),
                "annotations": self._annotations(outline),
            }
        )

    def _size(self, page: Page) -> Box:
        """The page's size; that of a page that was read for one that was not."""
        if page.failed is None:
            return page.box
        return next((other.box for other in self.issue.pages if other.failed is None), _UNKNOWN)

    def _image(self, page: Page, size: Box) -> Json | None:
        if page.id in self.images:
            url, kind = self.images[page.id]
        else:
            url, kind = image_url(page, self.settings) or "", image_type(page) or "image/jpeg"
        if not url or not kind.startswith("image/"):
            return None
        return {
            "id": urljoin(self.base, url),
            "type": "Image",
            "format": kind,
            "height": int(size.height),
            "width": int(size.width),
        }

    def _page_files(self, page: Page) -> list[Json] | None:
        version = VERSIONS[self.settings.alto_version]
        page_xml = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"
        found = [
            _dataset(f"{self.base}{form}/{page.id}.xml", mime, profile, label)
            for form, mime, profile, label in (
                ("alto", "application/xml+alto", version.namespace, f"ALTO {version.number}"),
                ("page", "application/vnd.prima.page+xml", page_xml, "PAGE"),
            )
            if form in self.settings.formats and page.failed is None
        ]
        return found or None

    def _annotations(self, outline: PageOutline) -> list[Json] | None:
        """The page's lines in reading order, then those of the running matter."""
        page = outline.page
        done: set[str] = set()
        found: list[Json] = []
        for region in (*flat(self.outline.reading(outline)), *page.walk()):
            if region.id not in done:
                done.add(region.id)
                found += [self._line(page, region, line) for line in region.lines if line.words]
        if not found:
            return None
        inside = {"id": f"{self.base}page/{page.id}/text", "type": "AnnotationPage"}
        if self.embedded:
            return [{**inside, "items": found}]
        inside["id"] = f"{self.base}annotations/{page.id}.json"
        self.outside[page.id] = {"@context": list(_CONTEXT), **inside, "items": found}
        return [inside]

    def _line(self, page: Page, region: Region, line: TextLine) -> Json:
        direction = line.direction or region.direction or page.direction
        body = {
            "type": "TextualBody",
            "value": line.text,
            "format": "text/plain",
            "language": _tag(line.language or region.language or page.language, None),
            "textDirection": direction.value if direction is not Direction.TTB else None,
        }
        return {
            "id": f"{self.base}annotation/{line.id}",
            "type": "Annotation",
            "motivation": "supplementing",
            "textGranularity": "line",
            "body": _known(body),
            "target": f"{self._canvas_id(page)}#{_fragment(line.box)}",
        }

    def _ranges(self) -> list[Json]:
        """A range for each item that has a region, sidebars in their article's."""
        regions: dict[str, list[tuple[Page, Region]]] = {}
        for outline in self.outline.pages:
            reading = self.outline.reading(outline)
            owner = items_of(reading)
            for region in flat(reading):
                if region.id in owner:
                    regions.setdefault(owner[region.id].id, []).append((outline.page, region))
        made = {
            item.id: self._range(item, regions[item.id]) for item in self.issue.items if item.id in regions
        }
        top: list[Json] = []
        for item in self.issue.items:
            if item.id in made:
                parent = made.get(item.parent or "") if not self._circular(item) else None
                (parent["items"] if parent else top).append(made[item.id])
        return top

    def _circular(self, item: Item) -> bool:
        """Whether an item is, by its parents, a part of itself."""
        seen = {item.id}
        while item.parent:
            if item.parent in seen:
                return True
            seen.add(item.parent)
            found = self.outline.items.get(item.parent)
            if found is None:
                return False
            item = found
        return False

    def _range(self, item: Item, regions: Sequence[tuple[Page, Region]]) -> Json:
        return {
            "id": f"{self.base}range/{item.id}",
            "type": "Range",
            "label": self._label(item, [region for _, region in regions]),
            "items": [self._piece(page, region) for page, region in regions],
        }

    def _label(self, item: Item, regions: Iterable[Region]) -> Json:
        """The item's title, else the beginning of its text, else its kind, which is said in English."""
        if item.title and clean_text(item.title):
            return self._said(item.title)
        for region in regions:
            words = self.outline.text((region,))
            if words:
                return self._said(words if len(words) <= 60 else f"{words[:60].rsplit(' ', 1)[0]} …")
        return {"en": [item.kind.value]}

    def _piece(self, page: Page, region: Region) -> Json:
        return {
            "type": "SpecificResource",
            "source": {"id": self._canvas_id(page), "type": "Canvas"},
            "selector": {
                "type": "FragmentSelector",
                "conformsTo": "http://www.w3.org/TR/media-frags/",
                "value": _fragment(region.box),
            },
        }

    def _canvas_id(self, page: Page) -> str:
        return f"{self.base}canvas/{page.id}"

    def _said(self, text: str) -> Json:
        """A text in the issue's language."""
        return {self.language: [clean_text(text) or self.issue.id]}


def _dataset(address: str, mime: str, profile: str, label: str) -> Json:
    return {
        "id": address,
        "type": "Dataset",
        "format": mime,
        "profile": profile,
        "label": {"en": [label]},
    }


def _fragment(box: Box) -> str:
    return f"xywh={int(box.x0)},{int(box.y0)},{int(box.width)},{int(box.height)}"


def _tag(code: str | None, otherwise: Any = "none") -> Any:
    """The language tag as IIIF takes it: letters and hyphens; ``otherwise`` where there is none."""
    return code if code and re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z]{2,8})*", code) else otherwise


def _known(values: Json) -> Json:
    """The values without those that are None."""
    return {name: value for name, value in values.items() if value is not None}


def _bytes(value: Json, pretty: bool) -> bytes:
    text = laid_out(value) if pretty else json.dumps(value, ensure_ascii=False)
    return (text + "\n").encode("utf-8", "replace")
