"""A folder of page images: which of its files are pages, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from layout.document.ids import page_id
from layout.errors import InputError, LayoutError
from layout.source.files import IMAGE_SUFFIXES, Kind, kind_of, opening_error, resolved
from layout.source.refs import PageRef, natural_key

ListFile = Callable[[Path], tuple[PageRef, ...]]


def list_folder(folder: Path, list_file: ListFile) -> tuple[PageRef, ...]:
    """The pages of all images of a folder, by natural order of their names; frames in their file's order.

    Raises `InputError` where there is none, or one is a link that leads out of the folder.
    """
    files = page_images(folder)
    if not files:
        raise InputError(
            "holds no page images", file=str(folder), remedy="give a folder of images, a PDF or a METS file"
        )
    return list_files(files, list_file)


def list_files(files: Iterable[Path], list_file: ListFile) -> tuple[PageRef, ...]:
    """The pages of these files, numbered through.

    A file whose name promises an image but whose content is none stays as a page that fails on loading.
    """
    refs = [ref for file in files for ref in _pages_of(file, list_file)]
    return tuple(replace(ref, page_id=page_id(n)) for n, ref in enumerate(refs, 1))


def page_images(folder: Path) -> tuple[Path, ...]:
    """The image files directly in a folder, hidden ones left out, in natural order.

    A pipe or a broken link that is called an image is one, as a page that fails on loading. Raises
    `InputError` for an image that is a link to outside the folder; it is not opened.
    """
    images = []
    for entry in entries(folder):
        if leads_out(entry, folder):
            if entry.suffix.lower() in IMAGE_SUFFIXES:
                raise link_out(entry)
        elif not entry.is_dir() and _is_page(entry):
            images.append(entry)
    return tuple(images)


def entries(folder: Path) -> list[Path]:
    """What a folder holds, hidden entries left out, in natural order of names."""
    try:
        found = [entry for entry in folder.iterdir() if not entry.name.startswith((".", "__MACOSX"))]
    except OSError as error:
        raise opening_error(folder, error) from error
    return sorted(found, key=lambda entry: (natural_key(entry.name), entry.name))


def leads_out(path: Path, folder: Path) -> bool:
    """Whether a link leads out of the folder it lies in."""
    return path.is_symlink() and not resolved(path).is_relative_to(resolved(folder))


def link_out(path: Path) -> InputError:
    """Our error for a link that leads out of its folder."""
    return InputError("is a link to outside its folder", file=str(path), remedy="put the file itself there")


def _is_page(file: Path) -> bool:
    try:
        kind = kind_of(file)
    except LayoutError:
        return file.suffix.lower() in IMAGE_SUFFIXES
    return kind is Kind.IMAGE or (file.suffix.lower() in IMAGE_SUFFIXES and kind is not Kind.PDF)


def _pages_of(file: Path, list_file: ListFile) -> tuple[PageRef, ...]:
    try:
        return list_file(file)
    except LayoutError:
        return (PageRef(file, 0, ""),)
