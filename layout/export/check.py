"""Checks a folder of results: is every file whole, does every reference lead somewhere?

The faults that pass a schema and still break a viewer: an id that two elements share, a reference to an
id that is not there, a file that METS names and nobody wrote, a box outside its page, a checksum that no
longer holds. With a folder of schemas each file is validated by them as well.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urldefrag

from lxml import etree

from layout.export.check_text import text_faults
from layout.export.schemas import schema

_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_HREF = "{http://www.w3.org/1999/xlink}href"

#: Attributes that hold ids of the same file, by the root element; several ids are parted by spaces.
_REFERENCES = {
    "alto": ("TAGREFS", "STYLEREFS", "PROCESSINGREFS", "IDNEXT", "REF"),
    "mets": (
        "FILEID",
        "DMDID",
        "ADMID",
        "{http://www.w3.org/1999/xlink}from",
        "{http://www.w3.org/1999/xlink}to",
    ),
    "PcGts": ("regionRef", "regionRefs"),
    "TEI": ("facs", "corresp", "target", "next", "prev", "who", "resp", "ana", "ref", "rendition"),
}

Element = etree._Element


@dataclass(frozen=True)
class Fault:
    """What is wrong with a file; ``line`` is 0 where it is the file as a whole."""

    file: Path
    line: int
    problem: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else str(self.file)
        return f"{place}: {self.problem}"


def check(folder: Path, schemas: Path | None = None) -> list[Fault]:
    """Every fault of the issues in ``folder`` (of results, or of one issue), file by file in order.

    Raises `InputError` for a schema that cannot be loaded.
    """
    return [fault for issue in _issues(folder) for fault in _check_issue(issue, schemas)]


def _issues(folder: Path) -> Iterator[Path]:
    for place in (folder, *sorted(path for path in folder.iterdir() if path.is_dir())):
        if any((place / name).exists() for name in ("receipt.json", "mets.xml", "tei.xml", "alto")):
            yield place


def _check_issue(issue: Path, schemas: Path | None) -> Iterator[Fault]:
    yield from _checksums(issue)
    roots: dict[Path, Element] = {}
    for path in sorted(issue.rglob("*.xml")):
        if path.relative_to(issue).parts[0].startswith("."):
            continue
        try:
            roots[path] = _parse(path)
        except (etree.LxmlError, OSError, ValueError) as error:
            yield Fault(path, 0, f"is not well-formed XML ({error})")
    for path, root in roots.items():
        yield from _check_file(path, root, roots, schemas)


def _parse(path: Path) -> Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    tree = etree.parse(str(path), parser)
    if tree.docinfo.doctype:  # type: ignore[union-attr]  # not in the stubs
        raise ValueError("it has a DOCTYPE")
    return tree.getroot()


def _check_file(
    path: Path, root: Element, roots: dict[Path, Element], schemas: Path | None
) -> Iterator[Fault]:
    name = etree.QName(root).localname
    yield from _ids(path, root)
    yield from _references(path, root, _REFERENCES.get(name, ()), name == "TEI")
    if name == "alto":
        yield from _boxes(path, root)
    if name == "mets":
        yield from _named_files(path, root, roots)
    for line, problem in text_faults(root):
        yield Fault(path, line, problem)
    validator = schema(schemas, _kind(root)) if schemas is not None else None
    if validator is not None and not validator.validate(root):
        for entry in list(validator.error_log)[:10]:  # type: ignore[arg-type]  # nor that it is one
            yield Fault(path, entry.line, f"is not valid: {entry.message}")


def _kind(root: Element) -> str:
    """The name under which `schemas` knows a document."""
    name = etree.QName(root)
    if name.localname == "alto":
        major = (name.namespace or "").rpartition("ns-v")[2].rstrip("#")
        return f"alto-{major if major.isdigit() else '2'}"
    if name.localname == "PcGts":
        return f"page-{(name.namespace or '').rpartition('/')[2]}"
    return name.localname.lower()


def _ids(path: Path, root: Element) -> Iterator[Fault]:
    counts = Counter(identifier for element in root.iter(etree.Element) for identifier in _id_of(element))
    for identifier, count in counts.items():
        if count > 1:
            yield Fault(path, 0, f"the id '{identifier}' stands {count} times")


def _all_ids(root: Element) -> set[str]:
    return {identifier for element in root.iter(etree.Element) for identifier in _id_of(element)}


def _id_of(element: Element) -> list[str]:
    return [value for name in ("ID", "id", _XML_ID) if (value := element.get(name)) is not None]


def _references(path: Path, root: Element, names: tuple[str, ...], hashed: bool) -> Iterator[Fault]:
    known = _all_ids(root)
    for element in root.iter(etree.Element):
        for name in names:
            for value in (element.get(name) or "").split():
                if hashed and not value.startswith("#"):
                    continue  # an address outside the file
                if value.removeprefix("#" if hashed else "") not in known:
                    yield Fault(
                        path, _line(element), f"{etree.QName(name).localname} '{value}' leads nowhere"
                    )


def _boxes(path: Path, root: Element) -> Iterator[Fault]:
    for page in root.iter("{*}Page"):
        width, height = (float(page.get(name) or 0) for name in ("WIDTH", "HEIGHT"))
        for element in page.iter("{*}TextBlock", "{*}TextLine", "{*}String", "{*}Illustration"):
            x, y, w, h = (float(element.get(name) or 0) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
            if min(x, y, w, h) < 0 or x + w > width + 1 or y + h > height + 1:  # 1 for rounding
                yield Fault(path, _line(element), f"'{element.get('ID')}' lies outside its page")


def _named_files(path: Path, root: Element, roots: dict[Path, Element]) -> Iterator[Fault]:
    """Files of ours that METS names: they are there, whole, and hold the ids that areas point to."""
    ids: dict[str, set[str]] = {}
    for file in root.iter("{*}file"):
        location = file.find("{*}FLocat")
        href = urldefrag(location.get(_HREF) or "").url if location is not None else ""
        target = (path.parent / unquote(href)).resolve()
        if not href.endswith((".xml", ".txt")) or "://" in href:
            continue  # the scans need not lie beside the results
        if not target.is_file():
            yield Fault(path, _line(file), f"names '{href}', which is not there")
            continue
        if file.get("CHECKSUMTYPE") == "SHA-256" and file.get("CHECKSUM") != _sha256(target):
            yield Fault(path, _line(file), f"the checksum of '{href}' does not hold")
        found = next((one for name, one in roots.items() if name.resolve() == target), None)
        if found is not None:
            ids[file.get("ID") or ""] = _all_ids(found)
    for area in root.iter("{*}area"):
        known, begin = ids.get(area.get("FILEID") or ""), area.get("BEGIN")
        if known is not None and area.get("BETYPE") == "IDREF" and begin not in known:
            yield Fault(path, _line(area), f"points to '{begin}', which its file has not")


def _checksums(issue: Path) -> Iterator[Fault]:
    receipt = issue / "receipt.json"
    try:
        outputs = json.loads(receipt.read_bytes()).get("outputs", {})
    except OSError:
        return
    except ValueError:
        yield Fault(receipt, 0, "is no JSON")
        return
    for name, digest in sorted(outputs.items()):
        path = issue / name
        if not path.is_file():
            yield Fault(path, 0, "is missing")
        elif _sha256(path) != digest:
            yield Fault(path, 0, "was changed since it was written")


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _line(element: Element) -> int:
    line: int | None = element.sourceline  # type: ignore[assignment]  # the stubs have no type here
    return line or 0
