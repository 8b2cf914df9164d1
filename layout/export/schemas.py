"""Schemas from a folder, for validation without a network.

The folder is searched for the usual file names (`alto-4-4.xsd`, `mets.xsd`, `pagecontent-2019-07-15.xsd`
and so on); what a schema imports by an absolute address is looked for in it by file name.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from lxml import etree

from layout.errors import InputError

Validator: TypeAlias = etree.XMLSchema | etree.RelaxNG

#: What a document is -> names of schema files that fit, best first.
NAMES: dict[str, tuple[str, ...]] = {
    "mets": ("mets-mods-premis.xsd", "mets-1.12.1.xsd", "mets.xsd"),
    "tei": ("tei_newspaper.rng", "tei_all.rng"),
    "tei-of-others": ("tei_all.rng",),
    "page-2019-07-15": ("pagecontent-2019-07-15.xsd", "pagecontent.xsd"),
    "page-2013-07-15": ("pagecontent-2013-07-15.xsd",),
    "page-2024-07-15": ("pagecontent-2024-07-15.xsd",),
    "alto-2": ("alto-2-1.xsd", "alto-2-0.xsd"),
    "alto-3": ("alto-3-1.xsd",),
    "alto-4": ("alto-4-4.xsd", "alto-4-3.xsd", "alto-4-2.xsd"),
}


class _Local(etree.Resolver):
    """Finds imported schemas in the folder by their file name."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.files = _files(folder)

    def resolve(self, url: str, public_id: str, context: Any) -> Any:  # type: ignore[override]
        path = self.files.get(url.rpartition("/")[2])
        if path and "://" in url:
            return self.resolve_filename(str(path), context)  # type: ignore[attr-defined]  # not in the stubs
        return None


@lru_cache(maxsize=16)
def schema(folder: Path, kind: str) -> Validator | None:
    """The validator of a kind of document, compiled once; None if the folder has no schema for it.

    Raises `InputError` for a schema that cannot be loaded.
    """
    files = _files(folder)
    path = next((files[name] for name in NAMES.get(kind, ()) if name in files), None)
    if path is None:
        return None
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Local(folder))
    try:
        tree = etree.parse(str(path), parser)
        return etree.RelaxNG(tree) if path.suffix == ".rng" else etree.XMLSchema(tree)
    except (etree.LxmlError, OSError) as error:
        raise InputError(
            f"is no schema that can be used ({error})", file=str(path), remedy="give another schema folder"
        ) from error


def has_schemas(folder: Path) -> bool:
    """Whether the folder is there and holds a schema."""
    return bool(_files(folder))


def _files(folder: Path) -> dict[str, Path]:
    """File name -> path of every schema in the folder."""
    found = (path for pattern in ("*.xsd", "*.rng") for path in sorted(folder.rglob(pattern)))
    return {path.name: path for path in found}
