"""PDF pages -> `Scan`s: the picture, the text layer, printed rules and pictures, all in one frame.

Scripts, actions, attachments, forms and annotations of a PDF are never run or drawn.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from layout.document import Finding, Glyphs, SourceImage, TextLayer
from layout.document.ids import page_id
from layout.document.many import no_collection
from layout.errors import EncryptedError, InputError
from layout.image import Scan
from layout.image.picture import Picture
from layout.source.files import Kind, kind_of, not_a_page, sha256_of
from layout.source.frame import Frame
from layout.source.mupdf import mupdf
from layout.source.pdf_actual import on_codeless, say, say_of_letters
from layout.source.pdf_codeless import lacks_codeless, put_back
from layout.source.pdf_drawings import pictures_of, rules_of, without_underlines
from layout.source.pdf_marks import marks_of, may_be_left, set_marks
from layout.source.pdf_pixels import Shown, own_jpeg, show_page
from layout.source.pdf_raw import chars_of
from layout.source.pdf_runs import Runs
from layout.source.pdf_text import glyphs_of, without_code
from layout.source.pdf_troubles import page_error, reason_of, troubles
from layout.source.pdf_unplaced import unplaced
from layout.source.pdf_weight import HEAVIEST, weight
from layout.source.refs import PageRef
from layout.source.resolution import plausible_dpi
from layout.source.settings import SourceSettings

# What MuPDF and its binding raise for damaged files.
_DAMAGED: tuple[type[Exception], ...] = (
    *(mupdf.mupdf.FzErrorBase, RuntimeError, ValueError, TypeError, LookupError, OSError),
    *(ArithmeticError, AttributeError),
)
_LETTER = 40  # bytes of its memory that MuPDF takes for one, at least
#: To ask MuPDF for the ends of a text takes as long as to compare this many letters.
_LETTERS_A_TEXT = 12
_MOST_LETTERS = 400_000  # a full sheet of stock prices in small type has a third of it


def list_pages(path: Path, settings: SourceSettings) -> tuple[PageRef, ...]:
    """The pages of a PDF.

    Raises `EncryptedError` where it asks for a password, `InputError` where it is damaged or empty.
    """
    with _opened(path) as document:
        return tuple(PageRef(path, index, page_id(index + 1)) for index in range(document.page_count))


def load_page(ref: PageRef, settings: SourceSettings, *, color: bool = True) -> Scan:
    """One page of a PDF, in grey alone where no ``color`` is asked for; with the errors of `list_pages`."""
    with _page_of(ref) as (document, page, findings):
        shown = show_page(document, page, ref, settings, findings, color)
        scan = _scan(document, page, ref, shown, findings)
        told = troubles(mupdf.TOOLS.mupdf_warnings(reset=False), ref.page_id)
        return replace(scan, findings=(*scan.findings, *told))


def load_pixels(ref: PageRef, settings: SourceSettings) -> NDArray[np.uint8]:
    """The pixels of `load_page` alone: H x W x 3 RGB where the page has colour, else H x W grey."""
    with _page_of(ref) as (document, page, findings):
        shown = show_page(document, page, ref, settings, findings, True)
        return shown.gray if shown.color is None else shown.color


def whole_picture(ref: PageRef, settings: SourceSettings) -> Picture | None:
    """The JPEG that is the page, as it stands in the file; None where the page shows anything else."""
    with _page_of(ref) as (document, page, _):
        return own_jpeg(document, page, ref, settings)


@contextmanager
def _page_of(ref: PageRef) -> Iterator[tuple[Any, Any, list[Finding]]]:
    """The document, the page and what is said of its repair."""
    with _opened(ref.file, ref.index + 1) as document:
        if ref.index >= document.page_count:
            raise page_error(ref, f"has no page {ref.index + 1}", "check whether it was changed")
        findings = _repaired(document, ref)
        page = document.load_page(ref.index)
        if findings and not _contents(page).strip():
            raise page_error(ref, "is damaged: nothing of the page is left in it", "export or copy it again")
        _check_page(document, page, ref)
        yield document, page, findings


def read_info(path: Path) -> dict[str, str]:
    """The PDF's own metadata: title, language, producer ... ; values that are empty are left out."""
    with _opened(path) as document:
        info = {**(document.metadata or {}), "language": document.language}
        return {key: str(value) for key, value in info.items() if value}


@contextmanager
def _opened(path: Path, page: int | None = None) -> Iterator[Any]:
    """The document; what MuPDF raises inside becomes an `InputError`. 0 pages are never a success."""
    kind = kind_of(path)
    if kind is not Kind.PDF:
        raise not_a_page(path, kind)
    try:
        with mupdf.open(path, filetype="pdf") as document:
            if document.needs_pass:
                raise EncryptedError(
                    "is encrypted and asks for a password", file=str(path), remedy="save it without one"
                )
            if not document.page_count:
                raise InputError(
                    "is damaged: no page was found in it", file=str(path), remedy="export or copy it again"
                )
            yield document
    except mupdf.FileDataError as error:
        if "unknown encryption" in str(error.__cause__):
            raise EncryptedError(
                "is encrypted in a way that cannot be opened here",
                file=str(path),
                remedy="save it without encryption",
            ) from error
        raise InputError(
            "is damaged: it cannot be opened as a PDF", file=str(path), remedy="export or copy it again"
        ) from error
    except _DAMAGED as error:
        raise InputError(
            f"is damaged ({reason_of(error)})", file=str(path), page=page, remedy="export or copy it again"
        ) from error
    finally:
        mupdf.TOOLS.reset_mupdf_warnings()
        mupdf.TOOLS.store_shrink(100)  # MuPDF would keep pictures it decoded, for a document that is closed


def _scan(document: Any, page: Any, ref: PageRef, shown: Shown, findings: list[Finding]) -> Scan:
    frame = shown.frame
    covered = shown.cover is not None and shown.cover.hides_text
    with no_collection():
        glyphs, dropped = _glyphs(page, frame, ref, covered)
    layer = TextLayer(glyphs, document.metadata.get("producer") or "", document.language or None)
    dpi = plausible_dpi((frame.dpi, frame.dpi), (frame.width, frame.height))
    return Scan(
        ref.page_id,
        shown.gray,
        shown.color,
        dpi=dpi[0] if dpi else None,
        source=SourceImage(ref.file.name, sha256_of(ref.file), ref.index + 1),
        text_layer=layer if glyphs else None,
        rules=without_underlines(rules_of(page.get_cdrawings(), frame), glyphs),
        pictures=pictures_of(shown.images, frame),
        findings=(*findings, *dropped),
    )


def _glyphs(page: Any, frame: Frame, ref: PageRef, covered: bool) -> tuple[Glyphs, list[Finding]]:
    """The page's characters, each where it is drawn, and what had to be left out."""
    runs = Runs(page)
    text = runs.text()
    _check_text(text, ref)
    raw = text.extractRAWDICT()
    said: int | None = 0
    if _marks_content(page):
        many = _contents(page).count(b"ActualText") * _LETTERS_A_TEXT > len(chars_of(raw))
        said = say_of_letters(raw, runs) if many else None
    missing = 0 if said else unplaced(page, runs)
    if lacks_codeless(raw, runs):
        put_back(raw, runs.trace)
    if said is None:
        say(raw, runs)
    if not page.rotation and may_be_left(raw):
        set_marks(marks_of(raw), runs.trace)
    glyphs, dropped = glyphs_of(raw, frame, ref.page_id, covered=covered, unplaced=missing)
    glyphs = on_codeless(glyphs)
    return glyphs, [*dropped, *without_code(glyphs, ref.page_id)]


def _marks_content(page: Any) -> bool:
    """Whether the page's text may have ActualText: marked content, here or in a form."""
    return b"BDC" in _contents(page) or bool(page.get_xobjects())


def _contents(page: Any) -> bytes:
    """What draws the page; nothing where it names something that does not draw."""
    try:
        return bytes(page.read_contents())
    except _DAMAGED:
        return b""


def _check_page(document: Any, page: Any, ref: PageRef) -> None:
    rect = page.rect
    sides = (rect.width, rect.height)
    if not all(math.isfinite(side) and side > 0 for side in sides):
        raise page_error(ref, "has no size", "export it again")
    if weight(document, page.xref) > HEAVIEST:
        problem = f"asks for more than {HEAVIEST >> 20} megabytes of drawing, as no page of print does"
        raise page_error(ref, problem, "export it again, or as pictures")


def _check_text(text: Any, ref: PageRef) -> None:
    """Before each letter becomes a value of its own: a small file may hold a book on a page."""
    if mupdf.mupdf.ll_fz_pool_size(text.this.m_internal.pool) <= _LETTER * _MOST_LETTERS:
        return
    letters = len(text.extractText())
    if letters > _MOST_LETTERS:
        raise page_error(
            ref, f"holds {letters} letters, as no page of print does", "export it again, or as pictures"
        )


def _repaired(document: Any, ref: PageRef) -> list[Finding]:
    if not document.is_repaired:
        return []
    told = "the PDF is damaged and was repaired on reading; pages or text may be missing"
    return [Finding("warning", "pdf-repaired", told, ref.page_id)]
