"""Which module reads which kind of file; the two functions that open any of them."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

from layout.image import Scan
from layout.image.picture import Picture
from layout.source.files import Kind, kind_of, not_a_page
from layout.source.folder import list_files, list_folder
from layout.source.mets import list_mets
from layout.source.refs import PageRef
from layout.source.settings import SourceSettings

_DEFAULT = SourceSettings()


class Reader(Protocol):
    """What a module of `READERS` offers."""

    def list_pages(self, path: Path, settings: SourceSettings) -> tuple[PageRef, ...]:
        """The pages of a file, from its header only."""

    def load_page(self, ref: PageRef, settings: SourceSettings, *, color: bool) -> Scan:
        """One page, decoded."""

    def load_pixels(self, ref: PageRef, settings: SourceSettings) -> NDArray[np.uint8]:
        """The pixels of a page alone."""

    def whole_picture(self, ref: PageRef, settings: SourceSettings) -> Picture | None:
        """The picture that is the page, as it was delivered; None where there is none."""


READERS = {Kind.PDF: "layout.source.pdf", Kind.IMAGE: "layout.source.raster"}


def list_pages(path: Path, settings: SourceSettings = _DEFAULT) -> tuple[PageRef, ...]:
    """The pages of a PDF, an image, a METS file or a folder of page images, in order; nothing is decoded.

    A page that turns out to be damaged fails when it is loaded, not here. Raises `InputError`,
    `EncryptedError` or `AccessError` where there is no page at all to be had.
    """
    path = Path(path)
    if path.is_dir():
        return list_folder(path, lambda file: _list_file(file, settings))
    if kind_of(path) is Kind.METS:
        return list_mets(path)
    return _list_file(path, settings)


def list_images(files: Iterable[Path], settings: SourceSettings = _DEFAULT) -> tuple[PageRef, ...]:
    """The pages of these image files as one issue, in this order."""
    return list_files(files, lambda file: _list_file(file, settings))


def load_page(ref: PageRef, settings: SourceSettings = _DEFAULT, *, color: bool = True) -> Scan:
    """The picture of a page and, from a PDF, its text layer and drawings.

    Its colours take three times the memory of its grey picture, which is the same without ``color``. Raises
    `InputError`, `EncryptedError` or `AccessError`.
    """
    return _reader(ref.file).load_page(ref, settings, color=color)


def whole_picture(ref: PageRef, settings: SourceSettings = _DEFAULT) -> Picture | None:
    """The page's picture as it was delivered, where it is a JPEG or a light PNG that shows the page upright;
    None where the page has to be decoded to be shown.

    Raises `InputError`, `EncryptedError` or `AccessError`.
    """
    return _reader(ref.file).whole_picture(ref, settings)


def load_pixels(ref: PageRef, settings: SourceSettings = _DEFAULT) -> NDArray[np.uint8]:
    """The pixels of a page alone (H x W grey, or H x W x 3 RGB where it has colour), for showing it.

    Raises `InputError`, `EncryptedError` or `AccessError`.
    """
    return _reader(ref.file).load_pixels(ref, settings)


def _list_file(path: Path, settings: SourceSettings) -> tuple[PageRef, ...]:
    return _reader(path).list_pages(path, settings)


def _reader(path: Path) -> Reader:
    kind = kind_of(path)
    if kind not in READERS:
        raise not_a_page(path, kind)
    return cast(Reader, import_module(READERS[kind]))
