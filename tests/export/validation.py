"""Schema validation for the tests of the exporters and readers."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

import jsonschema
from lxml import etree

from layout.export import schemas
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


def alto_complaints(path: Path, version: str) -> list[str]:
    """What the schema of just this version of ALTO finds wrong in a file."""
    validator = _alto(version)
    validator.validate(etree.parse(str(path)))
    return [f"{path.name}:{entry.line}: {entry.message}" for entry in validator.error_log]


@lru_cache
def _alto(version: str) -> etree.XMLSchema:
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(schemas._Local(SCHEMAS))
    file = SCHEMAS / "alto" / f"alto-{version.replace('.', '-')}.xsd"
    return etree.XMLSchema(etree.parse(str(file), parser))


def manifest_complaints(path: Path) -> list[str]:
    """What the schema of IIIF Presentation 3 finds wrong in a manifest."""
    return [
        f"{path.name}: {error.message}"
        for error in _manifest().iter_errors(json.loads(path.read_text("utf-8")))
    ]


@lru_cache
def _manifest() -> jsonschema.Draft7Validator:
    file = SCHEMAS / "iiif" / "iiif_presentation_3_0.schema.json"
    return jsonschema.Draft7Validator(json.loads(file.read_text(encoding="utf-8")))
