"""Sets a planned page in the browser: its picture, and what was measured."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any

import cv2
import numpy as np

from tests.bench.pages.browser import Browser
from tests.bench.pages.pictures import draw_picture
from tests.bench.pages.plan import Planned

_HERE = Path(__file__).parent


class Press:
    """A browser and a folder with the typesetter; use it as a context."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._path = Path(self._folder.name)
        for name in ("page.html", "style.css", "measure.js", "typeset.js"):
            shutil.copy(_HERE / name, self._path / name)
        self._browser = Browser()

    def __enter__(self) -> Press:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._browser.__exit__(kind, value, trace)
        self._folder.cleanup()

    def set(self, planned: Planned, dpi: int) -> tuple[dict[str, Any], np.ndarray]:
        """What `typeset` measured (CSS pixels), and the grey picture of the page."""
        for key, (seed, height, kind) in planned.sheet.images.items():
            draw_picture(self._path / f"{key}.png", seed, height, kind)
        design = planned.design
        self._browser.open((self._path / "page.html").as_uri(), design.width, design.height, dpi / 96)
        spec = json.dumps(planned.spec(), ensure_ascii=False)
        made: dict[str, Any] = self._browser.run(f"typeset({spec})")
        shot = self._path / "page.png"
        self._browser.photograph(shot)
        picture = cv2.imread(str(shot), cv2.IMREAD_GRAYSCALE)
        assert picture is not None
        return made, np.asarray(picture, np.uint8)
