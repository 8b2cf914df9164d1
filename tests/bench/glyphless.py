"""Makes `layout/export/glyphless.ttf`: the font of a PDF's text layer, which has a width and no ink.

Run once: `python -m tests.bench.glyphless`. It needs fontTools, which the program itself does not.
"""

from __future__ import annotations

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib.tables._g_l_y_f import Glyph

#: Units of a glyph's width; `layout/export/pdf_text.py` knows the same number.
WIDTH = 500


def main() -> None:
    """Write the font: one empty glyph that stands for every character."""
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder([".notdef"])
    font.setupCharacterMap({})
    font.setupGlyf({".notdef": Glyph()})
    font.setupHorizontalMetrics({".notdef": (WIDTH, 0)})
    font.setupHorizontalHeader(ascent=1000, descent=0)
    font.setupOS2(sTypoAscender=1000, sTypoDescender=0, usWinAscent=1000, usWinDescent=0)
    font.setupNameTable({"familyName": "Glyphless", "styleName": "Regular"})
    font.setupPost(keepGlyphNames=False)
    font.font["head"].created = font.font["head"].modified = 0
    font.font.recalcTimestamp = False
    font.save(Path(__file__).parents[2] / "layout" / "export" / "glyphless.ttf")


if __name__ == "__main__":
    main()
