"""Where the viewers of other people are that some tests open our files with; they come from npm.

    npm install --prefix tests/viewers

Another folder is named by NEWSREFLOW_NODE_MODULES. Tests that miss them skip and say so.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

VIEWERS = Path(__file__).resolve().parents[1] / "viewers"
NODE_MODULES = Path(os.environ.get("NEWSREFLOW_NODE_MODULES") or VIEWERS / "node_modules")
PDFJS = NODE_MODULES / "pdfjs-dist" / "legacy" / "build" / "pdf.mjs"
MIRADOR = NODE_MODULES / "mirador" / "dist" / "mirador.min.js"
BROWSER = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)

needs_pdfjs = pytest.mark.skipif(
    not (PDFJS.is_file() and shutil.which("node")),
    reason="node or pdf.js is not here (npm install --prefix tests/viewers)",
)
needs_mirador = pytest.mark.skipif(
    not (MIRADOR.is_file() and BROWSER),
    reason="Chromium or Mirador is not here (apt install chromium; npm install --prefix tests/viewers)",
)
