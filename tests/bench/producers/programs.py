"""The programs: each sets a text in two columns and writes a PDF, or says what it lacks.

What is not installed raises `MissingError`; the comparison then names it and goes on. Debian: `chromium`,
`libreoffice-writer-nogui`, `texlive-xetex texlive-lang-arabic`, `pango1.0-tools`, `ghostscript`,
`poppler-utils`; PyPI: `weasyprint`, `reportlab arabic-reshaper`, `fpdf2 uharfbuzz`, `PySide6-Essentials`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from html import escape
from importlib.util import find_spec
from pathlib import Path

from layout.source.mupdf import mupdf
from tests.bench.producers import drawn, office
from tests.bench.producers.imitated import MANNERS, Manner, imitate
from tests.bench.producers.prose import LATIN, Prose

Producer = Callable[[Prose, Path], Path]


class MissingError(Exception):
    """A program or package that a producer needs is not installed."""


def html(prose: Prose) -> str:
    """The text as a web page of two columns."""
    direction = "rtl" if prose.rtl else "ltr"
    body = "".join(f"<p>{_unbroken(text)}</p>" for text in prose.paragraphs)
    return f"""<!doctype html><html lang="{prose.code}" dir="{direction}"><meta charset="utf-8"><style>
@page {{ size: A4; margin: 18mm }}
body {{ font: 12pt/1.9 "{prose.font}", "{LATIN}"; margin: 0 }}
h1 {{ font-size: 22pt; margin: 0 0 8mm }}
div {{ columns: 2; column-gap: 9mm; text-align: justify }}
span {{ white-space: nowrap }}
p {{ margin: 0 0 2mm; text-indent: 4mm }}
</style><h1>{escape(prose.title)}</h1><div>{body}</div></html>"""


def _unbroken(text: str) -> str:
    """Words with a hyphen or stroke kept on one line: what a line's end makes of them is not asked."""
    words = map(escape, text.split(" "))
    return " ".join(f"<span>{word}</span>" if set(word) & set("-–/") else word for word in words)


def chromium(prose: Prose, folder: Path) -> Path:
    page, out = folder / "page.html", folder / "chromium.pdf"
    page.write_text(html(prose), encoding="utf-8")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    _run(_program("chromium"), *flags, f"--print-to-pdf={out}", page.as_uri())
    return out


def ghostscript(prose: Prose, folder: Path) -> Path:
    """Chromium's file distilled anew."""
    out = folder / "ghostscript.pdf"
    _run(
        _program("gs"),
        "-q",
        "-dBATCH",
        "-dNOPAUSE",
        "-sDEVICE=pdfwrite",
        "-o",
        str(out),
        str(chromium(prose, folder)),
    )
    return out


def postscript(prose: Prose, folder: Path) -> Path:
    """Chromium's file by way of PostScript, which has no ToUnicode."""
    mid, out = folder / "page.ps", folder / "postscript.pdf"
    _run(
        _program("gs"),
        "-q",
        "-dBATCH",
        "-dNOPAUSE",
        "-sDEVICE=ps2write",
        "-o",
        str(mid),
        str(chromium(prose, folder)),
    )
    _run(_program("ps2pdf"), str(mid), str(out))
    return out


def poppler(prose: Prose, folder: Path) -> Path:
    """Chromium's file drawn again by Cairo."""
    out = folder / "pdftocairo.pdf"
    _run(_program("pdftocairo"), "-pdf", str(chromium(prose, folder)), str(out))
    return out


def weasyprint(prose: Prose, folder: Path) -> Path:
    _package("weasyprint")
    import weasyprint as weasy

    out = folder / "weasyprint.pdf"
    weasy.HTML(string=html(prose)).write_pdf(out)
    return out


def story(prose: Prose, folder: Path) -> Path:
    """MuPDF's own typesetter, a column each time."""
    out = folder / "story.pdf"
    archive = mupdf.Archive()
    css = "".join(
        f"@font-face {{font-family: {name}; src: url({name}.ttf)}}"
        for name, font in (("text", prose.font), ("latin", LATIN))
        if archive.add((_font_file(font).read_bytes(), f"{name}.ttf")) is None
    )
    css += "* {font-family: text, latin; font-size: 12pt; text-align: justify} h1 {font-size: 20pt}"
    direction = "rtl" if prose.rtl else "ltr"
    body = "".join(f'<p dir="{direction}">{escape(text)}</p>' for text in prose.paragraphs)
    text = mupdf.Story(
        f'<h1 dir="{direction}">{escape(prose.title)}</h1>{body}', user_css=css, archive=archive
    )
    writer = mupdf.DocumentWriter(str(out))
    device = writer.begin_page(mupdf.paper_rect("a4"))
    more = 1
    for left in (310, 50) if prose.rtl else (50, 310):
        if more:
            more, _ = text.place(mupdf.Rect(left, 50, left + 235, 790))
            text.draw(device)
    writer.end_page()
    writer.close()
    return out


def libreoffice(prose: Prose, folder: Path) -> Path:
    return _office(office.flat_text(prose), folder, "fodt")


def libreoffice_docx(prose: Prose, folder: Path) -> Path:
    """A Word file with stretched letters (kashida), by way of LibreOffice."""
    return _office(office.docx(prose), folder, "docx")


def _office(document: bytes, folder: Path, kind: str) -> Path:
    source = folder / f"office-{kind}.{kind}"
    source.write_bytes(document)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    _run(
        _program("soffice"),
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(source),
    )
    return source.with_suffix(".pdf")


def xetex(prose: Prose, folder: Path) -> Path:
    (folder / "page.tex").write_text(office.tex(prose), encoding="utf-8")
    _run(
        _program("xelatex"), "-interaction=batchmode", f"-output-directory={folder}", str(folder / "page.tex")
    )
    return folder / "page.pdf"


def pango(prose: Prose, folder: Path) -> Path:
    source, out = folder / "page.txt", folder / "pango.pdf"
    source.write_text("\n".join((prose.title, *prose.paragraphs)), encoding="utf-8")
    flags = ["--no-display", "--justify", "--width=300", "--margin=40", f"--font={prose.font}, {LATIN} 12"]
    flags += ["--rtl"] if prose.rtl else []
    _run(_program("pango-view"), *flags, f"--output={out}", str(source))
    return out


def qt(prose: Prose, folder: Path) -> Path:
    _package("PySide6")
    page, out = folder / "page.html", folder / "qt.pdf"
    page.write_text(html(prose), encoding="utf-8")
    _run(sys.executable, str(Path(__file__).parent / "qt_print.py"), str(page), str(out), prose.font, LATIN)
    return out


def reportlab(prose: Prose, folder: Path) -> Path:
    """Presentation forms in the order of the page, as the usual recipe for ReportLab writes them."""
    for package in ("reportlab", "arabic_reshaper"):
        _package(package)
    font = "Amiri" if prose.code == "ur" else "DejaVu Sans"  # DejaVu lacks letters of Urdu
    return drawn.reportlab(prose, folder / "reportlab.pdf", _font_file(font))


def fpdf(prose: Prose, folder: Path) -> Path:
    for package in ("fpdf", "uharfbuzz"):
        _package(package)
    return drawn.fpdf(prose, folder / "fpdf2.pdf", _font_file(prose.font), _font_file(LATIN))


def imitated(manner: Manner) -> Producer:
    """A producer that writes as the manner says."""

    def produce(prose: Prose, folder: Path) -> Path:
        _package("uharfbuzz")
        return imitate(manner, prose, folder, _font_file(prose.font), _font_file(LATIN))

    return produce


PRODUCERS: dict[str, Producer] = {
    "Chromium": chromium,
    "Chromium, Ghostscript": ghostscript,
    "Chromium, PostScript": postscript,
    "Chromium, pdftocairo": poppler,
    "LibreOffice": libreoffice,
    "LibreOffice (docx, kashida)": libreoffice_docx,
    "XeTeX": xetex,
    "Pango": pango,
    "Qt": qt,
    "WeasyPrint": weasyprint,
    "MuPDF Story": story,
    "fpdf2": fpdf,
    "ReportLab": reportlab,
    **{name: imitated(manner) for name, manner in MANNERS.items()},
}


def _program(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise MissingError(f"the program {name}")
    return path


def _package(name: str) -> None:
    if find_spec(name) is None:
        raise MissingError(f"the package {name}")


def _run(*command: str) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run(command, check=False, capture_output=True, timeout=300, env=environment)


def _font_file(name: str) -> Path:
    done = subprocess.run(
        [_program("fc-match"), "-f", "%{family}|%{file}", f"{name}:regular"], capture_output=True, check=True
    )
    family, _, path = done.stdout.decode().partition("|")
    if name not in family.split(","):
        raise MissingError(f"the font {name}")
    return Path(path)
