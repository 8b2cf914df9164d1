"""``ocrd-newsreflow-reflow``: the pages of an issue, read by whatever processor, to articles in order."""

from __future__ import annotations

from pathlib import Path

import click
from ocrd import Workspace
from ocrd.decorators import ocrd_cli_options, ocrd_cli_wrap_processor
from ocrd_models.ocrd_page import parse as parse_page
from ocrd_models.ocrd_page import to_xml
from ocrd_utils import MIMETYPE_PAGE, make_file_id, pushd_popd

from layout.document import Metadata, Page
from layout.document.ids import page_id as numbered
from layout.document.ids import xml_name
from layout.ocrd.common import NewsProcessor, as_ocrd, written
from layout.pipeline import read_issue
from layout.source.metadata import read_metadata
from layout.source.page_xml import read_page_xml

_TEI = "application/tei+xml"


class Reflow(NewsProcessor):
    """A whole issue at once: articles go from page to page."""

    tool = "ocrd-newsreflow-reflow"

    def process_workspace(self, workspace: Workspace) -> None:
        """Read the PAGE files of the input group, in the order of the pages; write them anew."""
        with pushd_popd(workspace.directory):
            self.workspace = workspace
            self.verify()
            files = [
                file for (file,) in self.zip_input_files(mimetype=MIMETYPE_PAGE, on_error="abort") if file
            ]
            pages = [read_page_xml(Path(file.local_filename), numbered(n)) for n, file in enumerate(files, 1)]
            config = self.config("page")
            issue = read_issue(_name(workspace), pages, _known(workspace), config)
            made = written(issue, config, "page")
            for file, page in zip(files, pages, strict=True):
                self._add_page(file, page, made)
            if self.parameter["tei"]:
                self._add("TEI", None, "tei.xml", _TEI, written(issue, self.config("tei"), "tei")["tei"])

    def _add_page(self, file: object, page: Page, made: dict[str, bytes]) -> None:
        file_id = make_file_id(file, self.output_file_grp)
        before = parse_page(file.local_filename, silence=True)  # type: ignore[attr-defined]
        after = as_ocrd(made[page.id], before.get_Page().get_imageFilename())
        after.set_pcGtsId(file_id)
        self.add_metadata(after)
        name = f"{file_id}.xml"
        page_id = file.pageId  # type: ignore[attr-defined]
        self._add(file_id, page_id, name, MIMETYPE_PAGE, to_xml(after).encode())

    def _add(self, file_id: str, page_id: str | None, name: str, mimetype: str, data: bytes) -> None:
        group = self.output_file_grp
        self.workspace.add_file(
            group,
            file_id=file_id if page_id else f"{group}_{file_id}",
            page_id=page_id,
            local_filename=str(Path(group) / name),
            mimetype=mimetype,
            content=data,
        )


def _name(workspace: Workspace) -> str:
    return xml_name(workspace.mets.unique_identifier or Path(workspace.directory).name)


def _known(workspace: Workspace) -> Metadata:
    """What the workspace's METS says of the issue."""
    return read_metadata(Path(workspace.mets_target))


@click.command()
@ocrd_cli_options
def main(*args: object, **kwargs: object) -> object:
    """The command line that OCR-D asks for."""
    return ocrd_cli_wrap_processor(Reflow, *args, **kwargs)


if __name__ == "__main__":
    main()
