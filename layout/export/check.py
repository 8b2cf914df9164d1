"""Checks a folder of results: is every file whole, does every reference lead somewhere, is the text sound?

What breaks a viewer or the next program is mostly what no schema sees: an id that two elements share, a
block that the reading order forgets, a word outside its line, a checksum that no longer holds, a line that
reads otherwise in TEI than in ALTO. With a folder of schemas each file is validated by them as well. Files
of other programs can be checked, too; what they do not say is not asked of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from layout.errors import InputError
from layout.export.check_boxes import box_faults
from layout.export.check_ids import id_faults
from layout.export.check_links import link_faults
from layout.export.check_model import Element, Fault, Found, fault, name_of
from layout.export.check_order import order_faults
from layout.export.check_other import other_faults, receipt_faults
from layout.export.check_text import text_faults
from layout.export.check_values import value_faults
from layout.export.schemas import has_schemas, schema

__all__ = ["Fault", "check"]

#: What is looked for in one file, in this order.
RULES: tuple[Callable[[Element], Iterator[Found]], ...] = (
    id_faults,
    box_faults,
    value_faults,
    text_faults,
    order_faults,
)

#: What a folder holds that is an issue: a file or folder of some format that is checked, or what was done.
_RESULTS = (
    *("receipt.json", "mets.xml", "tei.xml", "alto", "page", "hocr"),
    *("manifest.json", "items.jsonl", "issue.pdf"),
)

#: What other programs add to a format, well known and harmless: Transkribus' head of a PAGE file.
_EXTENSIONS = ("TranskribusMetadata",)

#: Complaints of a schema told for one file.
_MOST = 10


def check(folder: Path, schemas: Path | None = None) -> list[Fault]:
    """Every fault of the issues in ``folder`` (of results, or of one issue), file by file in order.

    Raises `InputError` where there is nothing to check or no schema to check by, and for a schema that cannot
    be loaded.
    """
    if schemas is not None and not has_schemas(schemas):
        remedy = "give the folder of ALTO's, TEI's and METS' schemas"
        raise InputError("holds no schema (.xsd, .rng)", file=str(schemas), remedy=remedy)
    return [fault for issue in _issues(folder) for fault in _check_issue(issue, schemas)]


def _issues(folder: Path) -> Iterator[Path]:
    """The folders that are an issue; the folder itself where there is XML and none is."""
    places = (folder, *sorted(path for path in folder.iterdir() if path.is_dir()))
    found = [place for place in places if any((place / name).exists() for name in _RESULTS)]
    if not found and not any(folder.rglob("*.xml")):
        remedy = "give the folder of a run, or of one issue"
        raise InputError("holds no results to check", file=str(folder), remedy=remedy)
    yield from found or [folder]


def _check_issue(issue: Path, schemas: Path | None) -> Iterator[Fault]:
    yield from receipt_faults(issue)
    roots: dict[Path, Element] = {}
    files = sorted((*issue.rglob("*.xml"), *issue.rglob("*.html")))
    for path in files:
        if path.relative_to(issue).parts[0].startswith("."):
            continue
        try:
            roots[path] = _parse(path)
        except (etree.LxmlError, OSError, ValueError) as error:
            if path.suffix == ".xml" or path.parent.name == "hocr":
                yield Fault(path, 0, f"is not well-formed XML ({error})", "", "write it again")
    for path, root in roots.items():
        yield from _check_file(path, root, schemas)
    yield from link_faults(roots)
    yield from other_faults(issue)


def _parse(path: Path) -> Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, collect_ids=False, huge_tree=True
    )
    tree = etree.parse(str(path), parser)
    if tree.docinfo.doctype:  # type: ignore[union-attr]  # not in the stubs
        raise ValueError("it has a DOCTYPE")
    return tree.getroot()


def _check_file(path: Path, root: Element, schemas: Path | None) -> Iterator[Fault]:
    for rule in RULES:
        yield from (fault(path, found) for found in rule(root))
    if schemas is not None:
        for entry in _complaints(root, schemas)[:_MOST]:
            yield Fault(path, entry.line, f"is not valid: {entry.message}", "", "correct it by the schema")


def _complaints(root: Element, schemas: Path) -> list[Any]:
    """What the schema says; for the TEI of others the whole of TEI, which takes half a minute to load, where
    our part of it does not do."""
    found: list[Any] = []
    for kind in (_kind(root), "tei-of-others" if _kind(root) == "tei" and not _is_ours(root) else None):
        validator = schema(schemas, kind) if kind else None
        if validator is None:
            continue
        if validator.validate(root):
            return []
        found = [
            entry
            for entry in list(validator.error_log)  # type: ignore[arg-type]  # nor that it is a list
            if not any(name in entry.message for name in _EXTENSIONS)
        ]
    return found


def _is_ours(tei: Element) -> bool:
    programs = tei.iterfind("{*}teiHeader/{*}encodingDesc/{*}appInfo/{*}application")
    return any(one.get("ident") == "newsreflow" for one in programs)


def _kind(root: Element) -> str:
    """The name under which `schemas` knows a document."""
    name = etree.QName(root)
    if name.localname == "alto":
        major = (name.namespace or "").rpartition("ns-v")[2].rstrip("#")
        return f"alto-{major}" if major.isdigit() else "alto-1"  # of which there is no schema to be had
    if name.localname == "PcGts":
        return f"page-{(name.namespace or '').rpartition('/')[2]}"
    return name_of(root).lower()
