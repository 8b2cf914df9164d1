"""PDF pages -> `Scan`s: the picture, the text layer, printed rules and pictures, all in one frame.

Three ways to the picture:

- a page that is one scanned image and nothing else gives that image's own pixels;
- a page covered by images (strips, layers, an image with stamps on it) is rendered at their resolution;
- any other page is rendered at the profile's.

Scripts, actions, attachments, forms and annotations of a PDF are never run or drawn.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from layout.document import Affine, Box, Finding, Glyphs, SourceImage, TextLayer
from layout.document.ids import page_id
from layout.document.many import no_collection
from layout.errors import EncryptedError, InputError
from layout.image import Scan
from layout.image.picture import Picture, unpacked
from layout.source.colour import has_colour
from layout.source.files import Kind, kind_of, not_a_page, sha256_of
from layout.source.frame import HUGE, Frame, affine, unit_lengths
from layout.source.mupdf import mupdf
from layout.source.page_image import Cover, fills, frame_of_cover, oriented, placed, same_picture
from layout.source.pdf_actual import on_codeless, say
from layout.source.pdf_drawings import coverage, pictures_of, rules_of, without_underlines
from layout.source.pdf_spoken import spoken_texts
from layout.source.pdf_text import glyphs_of, without_code
from layout.source.pdf_troubles import reason_of, troubles
from layout.source.pdf_weight import HEAVIEST, weight
from layout.source.raster import check_size, size_in_header
from layout.source.refs import PageRef
from layout.source.resolution import plausible_dpi
from layout.source.settings import SourceSettings

Taken = Callable[[NDArray[np.uint8]], NDArray[np.uint8]]

# Glyphs by the codes of their fonts (what the file says of them in words is read apart from them);
# ligatures and spaces as they are in the file.
_TEXT_FLAGS = mupdf.TEXT_PRESERVE_LIGATURES | mupdf.TEXT_PRESERVE_WHITESPACE | mupdf.TEXT_MEDIABOX_CLIP
_TEXT_FLAGS |= mupdf.TEXT_IGNORE_ACTUALTEXT
# What MuPDF and its binding raise for damaged files.
_DAMAGED: tuple[type[Exception], ...] = (
    *(mupdf.mupdf.FzErrorBase, RuntimeError, ValueError, TypeError, LookupError, OSError),
    *(ArithmeticError, AttributeError),
)
_WITH_HEADER = ("DCTDecode", "JPXDecode")  # whose data say themselves how large they are, and are believed
_MOST_LETTERS = 400_000  # a full sheet of stock prices in small type has a third of it
_COVERED = 0.8  # images over this share of the page: a scan (its margins may be cropped)
_PART = 0.05  # images below this share of the page have no say in its resolution
_WRITTEN = 50  # visible characters over the images: typeset on a background, not stamped on a scan
_INVISIBLE = 3  # text render mode
_VISIBLE = ("fill", "stroke")  # how the names of what is painted begin
_COARSEST = 25.0  # dpi; a page that has to be rendered below it is no page of print
_SMALL = 800  # pixels of the longer side: enough to see whether there is colour


def list_pages(path: Path, settings: SourceSettings) -> tuple[PageRef, ...]:
    """The pages of a PDF.

    Raises `EncryptedError` where it asks for a password, `InputError` where it is damaged or empty.
    """
    with _opened(path) as document:
        return tuple(PageRef(path, index, page_id(index + 1)) for index in range(document.page_count))


def load_page(ref: PageRef, settings: SourceSettings, *, color: bool = True) -> Scan:
    """One page of a PDF, in grey alone where no ``color`` is asked for; with the errors of `list_pages`."""
    with _page_of(ref) as (document, page, findings):
        shown = _shown(document, page, ref, settings, findings, color)
        scan = _scan(document, page, ref, shown, findings)
        told = troubles(mupdf.TOOLS.mupdf_warnings(reset=False), ref.page_id)
        return replace(scan, findings=(*scan.findings, *told))


def load_pixels(ref: PageRef, settings: SourceSettings) -> NDArray[np.uint8]:
    """The pixels of `load_page` alone: H x W x 3 RGB where the page has colour, else H x W grey."""
    with _page_of(ref) as (document, page, findings):
        shown = _shown(document, page, ref, settings, findings, True)
        return shown.gray if shown.color is None else shown.color


def whole_picture(ref: PageRef, settings: SourceSettings) -> Picture | None:
    """The JPEG that is the page, as it stands in the file; None where the page shows anything else."""
    with _page_of(ref) as (document, page, _):
        images = _checked_images(document, page, ref, settings)
        cover = _find_cover(document, page, images)
        if cover is None or not cover.xref or document.xref_get_key(cover.xref, "Filter")[1] != "/DCTDecode":
            return None
        size = (page.rect.width, page.rect.height)
        frame = frame_of_cover(cover, size, affine(tuple(page.rotation_matrix)))
        if frame is None or not fills(cover, frame):
            return None
        check_size((frame.width, frame.height), ref, settings)
        try:
            picture = unpacked(document.xref_stream_raw(cover.xref))
        except ValueError:  # MuPDF shows more than what is a JPEG from its first byte
            return None
        if (picture.width, picture.height, picture.colors in (1, 3)) != (frame.width, frame.height, True):
            return None
        reduced = cv2.imdecode(np.frombuffer(picture.data, np.uint8), cv2.IMREAD_REDUCED_GRAYSCALE_8)
        shown = reduced is not None and same_picture(np.asarray(reduced, np.uint8), _small(page))
        return picture if shown else None


@contextmanager
def _page_of(ref: PageRef) -> Iterator[tuple[Any, Any, list[Finding]]]:
    """The document, the page and what is said of its repair."""
    with _opened(ref.file, ref.index + 1) as document:
        if ref.index >= document.page_count:
            raise _error(ref, f"has no page {ref.index + 1}", "check whether it was changed")
        findings = _repaired(document, ref)
        page = document.load_page(ref.index)
        if findings and not _contents(page).strip():
            raise _error(ref, "is damaged: nothing of the page is left in it", "export or copy it again")
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


@dataclass(frozen=True)
class _Shown:
    """What a page shows: its frame, its pixels (grey, and RGB where it has colour that is wanted), its images
    and the one that is the page."""

    frame: Frame
    gray: NDArray[np.uint8]
    color: NDArray[np.uint8] | None
    images: list[dict[str, Any]]
    cover: Cover | None


def _scan(document: Any, page: Any, ref: PageRef, shown: _Shown, findings: list[Finding]) -> Scan:
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


def _shown(
    document: Any, page: Any, ref: PageRef, settings: SourceSettings, findings: list[Finding], wanted: bool
) -> _Shown:
    images = _checked_images(document, page, ref, settings)
    cover = _find_cover(document, page, images)
    frame, gray, color = (cover and _own_pixels(document, page, cover, ref, settings, wanted)) or _render(
        page,
        _rendered_frame(page, _wanted_dpi(page, images, cover, settings), ref, settings, findings),
        wanted,
    )
    return _Shown(frame, gray, color, images, cover)


def _checked_images(document: Any, page: Any, ref: PageRef, settings: SourceSettings) -> list[dict[str, Any]]:
    """The images of a page none of which is too large to be decoded."""
    _check_page(document, page, ref)
    images = [image for image in page.get_image_info() if _is_placed(image["bbox"])]
    for image in images:
        _check_image((image["width"], image["height"]), ref, settings)
    for xref, _, _, _, _, _, _, _, packing, *_ in page.get_images(full=True):
        if packing in _WITH_HEADER and (size := size_in_header(document.xref_stream_raw(xref) or b"")):
            _check_image(size, ref, settings)
    return images


def _glyphs(page: Any, frame: Frame, ref: PageRef, covered: bool) -> tuple[Glyphs, list[Finding]]:
    """The page's characters, each where it is drawn, and what had to be left out."""
    text = page.get_textpage(flags=_TEXT_FLAGS)
    _check_text(text, ref)
    raw = text.extractRAWDICT()
    if _marks_content(page):
        say(raw, spoken_texts(page))
    glyphs, dropped = glyphs_of(raw, frame, ref.page_id, covered=covered)
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
        raise _error(ref, "has no size", "export it again")
    if weight(document, page.xref) > HEAVIEST:
        problem = f"asks for more than {HEAVIEST >> 20} megabytes of drawing, as no page of print does"
        raise _error(ref, problem, "export it again, or as pictures")


def _check_text(text: Any, ref: PageRef) -> None:
    """Before each letter becomes a value of its own: a small file may hold a book on a page."""
    letters = len(text.extractText())
    if letters > _MOST_LETTERS:
        raise _error(
            ref, f"holds {letters} letters, as no page of print does", "export it again, or as pictures"
        )


def _is_placed(bounds: tuple[float, ...]) -> bool:
    return all(-HUGE < value < HUGE for value in bounds)


def _check_image(size: tuple[int, int], ref: PageRef, settings: SourceSettings) -> None:
    """Before MuPDF decodes it for rendering: a page of a few bytes may hold gigapixels."""
    width, height = size
    if width * height > settings.max_pixels:
        raise _error(
            ref,
            f"holds an image of {width} x {height} pixels, above the "
            f"{settings.max_megapixels:g} megapixels allowed",
            "scale it down, or raise source.max_megapixels",
        )


# --- the page that is a scan ---------------------------------------------------------------------


def _find_cover(document: Any, page: Any, images: list[dict[str, Any]]) -> Cover | None:
    """The image that is the page, if a single one covers it and nothing is painted over it."""
    sheet = Box(0, 0, *_unrotated(page))
    large = [image for image in images if coverage([Box(*image["bbox"])], sheet) >= _COVERED]
    if len(large) != 1:
        return None
    painted = page.get_bboxlog()
    covering = [
        place
        for place, (name, bounds) in enumerate(painted)
        if name.startswith("fill-im") and coverage([Box(*bounds)], sheet) >= _COVERED
    ]
    over = [name for name, _ in painted[covering[-1] + 1 if covering else 0 :] if name.startswith(_VISIBLE)]
    alone = len(images) == 1 and not over
    xrefs = {
        xref
        for xref, mask, width, height, *_ in page.get_images(full=True)
        if not mask and (width, height) == (large[0]["width"], large[0]["height"])
    }
    return Cover(
        xref=xrefs.pop() if alone and len(xrefs) == 1 else 0,
        width=large[0]["width"],
        height=large[0]["height"],
        to_page=affine(large[0]["transform"]).then(affine(tuple(page.rotation_matrix))),
        hides_text=not any(name.endswith("text") for name in over),
    )


def _own_pixels(
    document: Any, page: Any, cover: Cover, ref: PageRef, settings: SourceSettings, wanted: bool
) -> tuple[Frame, NDArray[np.uint8], NDArray[np.uint8] | None] | None:
    """The scan's own pixels, turned as the page shows them; None where the placement is not plain.

    That what was extracted is what the page shows (clips, masks, inversions) is seen by comparing it with
    a small rendering.
    """
    size = (page.rect.width, page.rect.height)
    frame = frame_of_cover(cover, size, affine(tuple(page.rotation_matrix)))
    if frame is None:
        return None
    check_size((frame.width, frame.height), ref, settings)
    pixels = placed(oriented(_extract(document, cover.xref), cover.to_page), cover, frame, size)
    gray, color = _split(pixels, wanted)
    del pixels
    return (frame, gray, color) if same_picture(gray, _small(page)) else None


def _small(page: Any) -> NDArray[np.uint8]:
    """A small grey rendering of the page."""
    return _pixmap(
        page.get_displaylist(annots=False), 200 / max(page.rect.width, page.rect.height), mupdf.csGRAY
    )


def _extract(document: Any, xref: int) -> NDArray[np.uint8]:
    """H x W grey or H x W x 3 RGB."""
    pixmap = mupdf.Pixmap(document, xref)
    if pixmap.colorspace is None or pixmap.alpha:
        pixmap = mupdf.Pixmap(mupdf.csGRAY, mupdf.Pixmap(pixmap, 0) if pixmap.alpha else pixmap)
    gray = pixmap.colorspace.n == 1
    wanted = mupdf.csGRAY if gray else mupdf.csRGB
    if pixmap.colorspace.name != wanted.name:
        pixmap = mupdf.Pixmap(wanted, pixmap)
    return _array(pixmap)


# --- the page that is rendered ---------------------------------------------------------------------


def _wanted_dpi(
    page: Any, images: list[dict[str, Any]], cover: Cover | None, settings: SourceSettings
) -> float:
    """The profile's resolution, or that of the images where they are the page."""
    sheet = Box(0, 0, *_unrotated(page))
    boxes = [Box(*image["bbox"]) for image in images]
    if coverage(boxes, sheet) < _COVERED:
        return settings.dpi
    if not (cover and cover.hides_text) and _written(page) >= _WRITTEN:
        return settings.dpi
    found = [
        72 * max(image["width"] / across, image["height"] / down)
        for image, box in zip(images, boxes, strict=True)
        for across, down in [unit_lengths(affine(image["transform"]))]
        if across > 0 and down > 0 and box.clipped(sheet).area >= _PART * sheet.area
    ]
    return max(found, default=settings.dpi)


def _written(page: Any) -> int:
    """Number of characters that are drawn."""
    spans = page.get_texttrace()
    return sum(len(span["chars"]) for span in spans if span["type"] != _INVISIBLE and span["opacity"] > 0)


def _rendered_frame(
    page: Any, dpi: float, ref: PageRef, settings: SourceSettings, findings: list[Finding]
) -> Frame:
    """The frame at this resolution, or at the highest one that fits the budget."""
    width, height = page.rect.width, page.rect.height
    scale = dpi / 72
    fitting = min(
        scale, math.sqrt(settings.render_pixels / width / height), settings.max_side_px / max(width, height)
    )
    if fitting < scale:
        if fitting * 72 < _COARSEST:
            raise _error(ref, f"is {width:.0f} x {height:.0f} points in size", "correct its page size")
        lowered = f"rendered at {fitting * 72:.0f} dpi instead of {dpi:.0f} to stay within the size allowed"
        findings.append(Finding("info", "dpi-lowered", lowered, ref.page_id))
    pixels = math.ceil(width * fitting - 0.01), math.ceil(height * fitting - 0.01)
    check_size(pixels, ref, settings)
    turned = affine(tuple(page.rotation_matrix)).then(Affine.scale(fitting))
    return Frame(*pixels, fitting * 72, turned)


def _render(
    page: Any, frame: Frame, wanted: bool
) -> tuple[Frame, NDArray[np.uint8], NDArray[np.uint8] | None]:
    display = page.get_displaylist(annots=False)
    small = _pixmap(display, _SMALL / max(page.rect.width, page.rect.height), mupdf.csRGB)
    if not has_colour(small):
        return frame, _fit(_pixmap(display, frame.dpi / 72, mupdf.csGRAY), frame), None
    if not wanted:
        return frame, _fit(_pixmap(display, frame.dpi / 72, mupdf.csRGB, _gray), frame), None
    color = _fit(_pixmap(display, frame.dpi / 72, mupdf.csRGB), frame)
    return frame, _gray(color), color


def _pixmap(display: Any, scale: float, colorspace: Any, taken: Taken = np.array) -> NDArray[np.uint8]:
    """What is ``taken`` of what a page's display list shows: H x W, or H x W x 3."""
    matrix = mupdf.Matrix(scale, scale)
    return _array(display.get_pixmap(matrix=matrix, colorspace=colorspace, alpha=False), taken)


def _array(pixmap: Any, taken: Taken = np.array) -> NDArray[np.uint8]:
    """What is ``taken`` of the samples, all of them as a rule: H x W for one channel, else H x W x channels.
    It is a copy: they go with the pixmap."""
    rows = np.frombuffer(pixmap.samples_mv, np.uint8).reshape(pixmap.height, pixmap.stride)
    pixels = rows[:, : pixmap.width * pixmap.n].reshape(pixmap.height, pixmap.width, pixmap.n)
    return taken(pixels[:, :, 0] if pixmap.n == 1 else pixels)


def _gray(color: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return np.asarray(cv2.cvtColor(color, cv2.COLOR_RGB2GRAY), np.uint8)


def _fit(pixels: NDArray[np.uint8], frame: Frame) -> NDArray[np.uint8]:
    """The rendering in exactly the frame's size: MuPDF may round a side by one pixel more or less."""
    pixels = pixels[: frame.height, : frame.width]
    below, right = frame.height - pixels.shape[0], frame.width - pixels.shape[1]
    if not below and not right:
        return pixels
    edges = ((0, below), (0, right), (0, 0))
    return np.pad(pixels, edges[: pixels.ndim], mode="edge")


def _split(pixels: NDArray[np.uint8], wanted: bool) -> tuple[NDArray[np.uint8], NDArray[np.uint8] | None]:
    if pixels.ndim == 2:
        return pixels, None
    if not wanted:
        return _gray(pixels), None
    step = max(1, max(pixels.shape) // _SMALL)
    small = cv2.resize(pixels, None, fx=1 / step, fy=1 / step, interpolation=cv2.INTER_AREA)
    return _gray(pixels), pixels if has_colour(np.asarray(small, np.uint8)) else None


# --- small things ------------------------------------------------------------------------------------


def _unrotated(page: Any) -> tuple[float, float]:
    width, height = page.rect.width, page.rect.height
    return (height, width) if page.rotation % 180 else (width, height)


def _repaired(document: Any, ref: PageRef) -> list[Finding]:
    if not document.is_repaired:
        return []
    told = "the PDF is damaged and was repaired on reading; pages or text may be missing"
    return [Finding("warning", "pdf-repaired", told, ref.page_id)]


def _error(ref: PageRef, problem: str, remedy: str) -> InputError:
    return InputError(problem, file=str(ref.file), page=ref.index + 1, remedy=remedy)
