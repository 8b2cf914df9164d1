"""What both processors share: the description of the tools, profiles, PAGE in and out of OCR-D's model."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any

from ocrd import Processor
from ocrd_models import OcrdPage
from ocrd_models.ocrd_page import parse

from layout import __version__
from layout.config import Config, load_config
from layout.document import Issue
from layout.ocrd.agreeable import agreeable
from layout.pipeline import write_issue


class NewsProcessor(Processor):
    """A processor of this package; subclasses name their tool."""

    tool = ""

    @cached_property
    def metadata_rawdict(self) -> dict[str, Any]:
        """The package's ``ocrd-tool.json``, with the version of the program."""
        text = resources.files("layout.ocrd").joinpath("ocrd-tool.json").read_text(encoding="utf-8")
        described: dict[str, Any] = json.loads(text)
        described["version"] = __version__
        return described

    @property
    def executable(self) -> str:
        return self.tool

    def config(self, *formats: str) -> Config:
        """The configuration of the profile in the parameters, writing these formats."""
        config = load_config(self.parameter["profile"] or None)
        return replace(config, export=replace(config.export, formats=formats))


def written(issue: Issue, config: Config, name: str) -> dict[str, bytes]:
    """The files of the issue in the one format of this configuration, by their names without suffix."""
    with tempfile.TemporaryDirectory() as folder:
        files = write_issue(issue, Path(folder), config)
        return {path.stem: path.read_bytes() for path in files if name in path.parts or path.stem == name}


def as_ocrd(data: bytes, image: str) -> OcrdPage:
    """A PAGE file of ours in OCR-D's model, about the image that OCR-D knows."""
    with tempfile.NamedTemporaryFile(suffix=".xml") as file:
        file.write(agreeable(data))
        file.flush()
        page: OcrdPage = parse(file.name, silence=True)
    page.get_Page().set_imageFilename(image)
    return page
