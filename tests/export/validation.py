"""Schema validation for the tests of the exporters and readers."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from layout.export.schemas import schema
from tests.truth import SHARED

SCHEMAS = SHARED / "schemas"


def complaints(path: Path, kind: str) -> list[str]:
    """What the schema of this kind finds wrong in a file."""
    validator = schema(SCHEMAS, kind)
    assert validator is not None, f"no schema for {kind}"
    document = etree.parse(str(path))
    validator.validate(document)
    return [f"{path.name}:{entry.line}: {entry.message}" for entry in validator.error_log]
