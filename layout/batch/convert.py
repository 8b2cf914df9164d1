"""Issues that were written before, in other formats: text, order and articles stay as they are."""

from __future__ import annotations

from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING

from layout.document import Issue, ids
from layout.errors import InputError, UsageError

if TYPE_CHECKING:
    from layout.config import Config


def written_issues(path: Path) -> list[Path]:
    """The folders at a path that hold the files of an issue: it, or those in it, in order of their names.

    Raises `InputError` where there is none.
    """
    places = (path, *sorted(inner for inner in path.iterdir() if inner.is_dir())) if path.is_dir() else ()
    found = [place for place in places if _is_archive(place) or _page_files(place) or _hocr_files(place)]
    if not found:
        raise InputError(
            "holds no issue that was written before (tei.xml with alto/, or page/, or hocr/)",
            file=str(path),
            remedy="name a folder of results; pages of other programs go through newsreflow reflow",
        )
    return found[:1] if found[0] == path else found


class Converter:
    """Writes issues of result folders to ``out``, each in a folder named by its id.

    ``images`` is where their page images lie, for the formats that show them: in it, or in a folder of it,
    that of the issue's id first.
    """

    def __init__(self, out: Path, config: Config, images: Path | None = None) -> None:
        self.out, self.config, self.images = out, config, images
        self._sources: dict[Path, Path] = {}

    def write(self, folder: Path) -> list[Path]:
        """Write the issue of a folder; the paths of the files.

        Raises `InputError` for files that cannot be read, `UsageError` where the issue would be written over
        itself or over another one that this converter wrote.
        """
        from layout.pipeline import write_issue
        from layout.source import PageRef

        issue = read_written(folder)
        target = self.out / ids.xml_name(issue.id)
        if target.resolve() == folder.resolve():
            problem = "the issue would be written over itself"
            raise UsageError(problem, file=str(target), remedy="choose another -o")
        if target in self._sources:
            problem = f"has the same issue id '{issue.id}' as {self._sources[target]}"
            raise UsageError(problem, file=str(folder), remedy="write one of them to another -o")
        places = [(_image(self.images, issue.id, page.source.file), page) for page in issue.pages]
        refs = [PageRef(file, page.source.page - 1, page.id) for file, page in places if file is not None]
        written = write_issue(issue, target, self.config, refs)
        self._sources[target] = folder
        return written


def _image(images: Path | None, issue_id: str, file: str | None) -> Path | None:
    """The page image of that name; None where there is none, or several of which none is the issue's."""
    name = Path(file).name if file else ""  # what a file says of its source leads nowhere else
    if images is None or not name:
        return None
    for place in (images / name, images / issue_id / name):
        if place.is_file():
            return place
    found = [place for place in images.rglob(escape(name)) if place.is_file()]
    return found[0] if len(found) == 1 else None


def read_written(folder: Path) -> Issue:
    """The issue whose files newsreflow wrote into a folder: from ALTO, TEI and METS, else PAGE, else hOCR."""
    from layout.source.archive import read_archive
    from layout.source.hocr_items import read_hocr_issue
    from layout.source.page_items import read_page_issue

    if _is_archive(folder):
        return read_archive(folder)
    pages = _page_files(folder)
    issue = read_page_issue("", pages) if pages else read_hocr_issue("", _hocr_files(folder))
    return issue if issue.id else Issue(folder.name, issue.pages, issue.items, issue.joins)


def _is_archive(folder: Path) -> bool:
    return (folder / "tei.xml").is_file() and (folder / "alto").is_dir()


def _page_files(folder: Path) -> list[Path]:
    return sorted((folder / "page").glob("[!.]*.xml"))


def _hocr_files(folder: Path) -> list[Path]:
    return sorted((folder / "hocr").glob("[!.]*.html"))
