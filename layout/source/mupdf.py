"""PyMuPDF, imported here and nowhere else, without what no page needs."""

from __future__ import annotations

import sys
from typing import Any


def _import_pymupdf() -> Any:
    """PyMuPDF without the layout models that its version 2 loads on import (1 s and 90 MB a worker).

    It tries to import them and goes on without; a None in `sys.modules` makes that attempt fail. What
    stood there before is put back, so that the rest of the process may still use them.
    """
    names = ("pymupdf.layout", "pymupdf4llm")
    missing = object()
    before = {name: sys.modules.get(name, missing) for name in names}
    try:
        for name in names:
            sys.modules.setdefault(name, None)  # type: ignore[arg-type]
        import pymupdf
    finally:
        for name in names:
            if before[name] is missing:
                sys.modules.pop(name, None)
    tools: Any = pymupdf.TOOLS
    tools.mupdf_display_errors(False)
    tools.mupdf_display_warnings(False)
    return pymupdf


mupdf = _import_pymupdf()
