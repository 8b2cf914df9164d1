"""Libraries that draw lines of text: the line is broken here, and drawn in one call."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bidi import get_display

from tests.bench.producers.prose import Prose

_WIDTH, _SIZE, _LEADING, _TOP = 235.0, 12.0, 20.0, 70.0
_COLUMNS = (310.0, 50.0)  # left edges in points, for text from right to left
_ROWS = 34


def _placed(prose: Prose, width: Callable[[str], float]) -> Iterator[tuple[str, float, float]]:
    """The lines of the text, each with the left edge of its column and its baseline from the top."""
    columns = _COLUMNS if prose.rtl else _COLUMNS[::-1]
    lines = [line for text in (prose.title, *prose.paragraphs) for line in _broken(text, width)]
    for number, line in enumerate(lines):
        yield line, columns[number // _ROWS], _TOP + number % _ROWS * _LEADING


def _broken(text: str, width: Callable[[str], float]) -> Iterator[str]:
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if line and width(longer) > _WIDTH:
            yield line
            longer = word
        line = longer
    yield line


def reportlab(prose: Prose, out: Path, font: Path) -> Path:
    """Each line reshaped to presentation forms and turned to the order of the page."""
    from arabic_reshaper import ArabicReshaper
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("text", str(font)))
    reshaper = ArabicReshaper({"support_zwj": True, "delete_harakat": False})
    base = "R" if prose.rtl else "L"

    def visual(line: str) -> str:
        return str(get_display(reshaper.reshape(line), base_dir=base))

    def width(line: str) -> float:
        return float(pdfmetrics.stringWidth(visual(line), "text", _SIZE))

    canvas: Any = Canvas(str(out), pagesize=(595, 842))
    canvas.setFont("text", _SIZE)
    for line, left, down in _placed(prose, width):
        x = left + _WIDTH - width(line) if prose.rtl else left
        canvas.drawString(x, 842 - down, visual(line))
    canvas.save()
    return out


def fpdf(prose: Prose, out: Path, font: Path, latin: Path) -> Path:
    """Shaped by HarfBuzz; letters that the font lacks from another."""
    from fpdf import FPDF

    pdf: Any = FPDF(unit="pt", format=(595, 842))
    pdf.add_page()
    pdf.add_font("text", fname=str(font))
    pdf.add_font("latin", fname=str(latin))
    pdf.set_font("text", size=_SIZE)
    pdf.set_fallback_fonts(["latin"])
    pdf.set_text_shaping(use_shaping_engine=True, direction="rtl" if prose.rtl else "ltr")
    for line, left, down in _placed(prose, pdf.get_string_width):
        pdf.set_xy(left, down - _SIZE)
        pdf.cell(_WIDTH, _LEADING, line, align="R" if prose.rtl else "L")
    pdf.output(str(out))
    return out
