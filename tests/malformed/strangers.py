"""Files that seem well and lead elsewhere: links, references, encodings, names, holes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.malformed import READ, REFUSED, USAGE, Case
from tests.malformed.mets import mets
from tests.malformed.pdfs import plain, raw
from tests.malformed.rasters import encoded

Make = Callable[[Path, str], Path | str]
_HEAD = '<mets xmlns="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink"{more}>'


def cases() -> Iterator[Case]:
    for name, href in _REFUSED.items():
        yield Case(f"mets-href-{name}", _mets(lambda href=href: mets(href)), REFUSED, "; ")
    for name, code, text in _texts():
        yield Case(f"mets-{name}", _mets(text), code)
    yield Case("mets-through-a-linked-folder", _linked_folder, REFUSED, "not a file in or below")
    yield from _places()
    for name, text in _NAMES.items():
        yield Case(f"named-{name}", _page(text), READ)


_REFUSED = {
    "dots-of-other-letters": "%e2%80%a4%e2%80%a4/%e2%80%a4%e2%80%a4/etc/passwd",
    "dots-in-excess": "....//....//....//etc/passwd",
    "encoded-twice": "%252e%252e/%252e%252e/etc/passwd",
    "slashes-turned": "..%5c..%5cpage.png",
    "jar": "jar:file:///etc/x.zip!/page.png",
    "script": "javascript:alert(1)",
    "host-only": "//127.0.0.1/page.png",
    "standard-input": "/dev/stdin",
    "descriptor": "/proc/self/fd/0",
    "environment": "$HOME/page.png",
    "pattern": "*.png",
    "query-only": "?page.png",
    "fragment-only": "#page=1",
    "reversed": "gnp.\u202egap",
    "half-of-a-letter": "%ff%fe.png",
}

_NAMES = {
    "tab": "a\tb.pdf",
    "mark-of-order": "\ufeffa.pdf",
    "line-of-unicode": "a\u2028b\u2029c.pdf",
    "nothing-to-see": "\u200b\u200c\u200d.pdf",
    "format": "%s%n%x{0}{{}}.pdf",
    "drive": "C:page.pdf",
    "two-hundred-bytes": "ی" * 100 + ".pdf",
    "trailing-dots": "page.pdf. . .",
    "capitals": "PAGE.PDF",
    "no-suffix": "page",
    "state-of-ours": ".newsreflow.pdf",
    "report": "report.html.pdf",
    "sql": "a'; DROP TABLE unit; --.pdf",
    "csv-formula": "=cmd|' C'!A1.pdf",
    "private-letters": "\ue000\uffff\U0010ffff.pdf",
}


def _texts() -> Iterator[tuple[str, int, Callable[[], str | bytes]]]:
    page = mets("page.png")
    yield "in-utf-32", REFUSED, lambda: page.encode("utf-32")
    yield "of-xml-1-1", REFUSED, lambda: '<?xml version="1.1"?>' + page.replace("page.png", "page.png&#1;")
    yield "of-ebcdic", REFUSED, lambda: '<?xml version="1.0" encoding="ibm037"?>' + page
    yield "with-a-letter-nought", REFUSED, lambda: page.replace("page.png", "page&#0;.png")
    yield "with-a-letter-beyond-all", REFUSED, lambda: page.replace("page.png", "page&#x110000;.png")
    yield "with-nul-bytes", REFUSED, lambda: page.encode().replace(b"<fileSec>", b"\0<fileSec>")
    yield "with-a-base", READ, lambda: mets("page.png", head=_HEAD.format(more=' xml:base="file:///etc/"'))
    yield (
        "that-names-another",
        REFUSED,
        lambda: (
            _HEAD.format(more="")
            + (
                '<structMap><div><mptr LOCTYPE="URL" xlink:href="file:///etc/passwd"/></div></structMap></mets>'
            )
        ),
    )
    yield (
        "with-the-picture-inside",
        REFUSED,
        lambda: (
            _HEAD.format(more="")
            + (
                '<fileSec><fileGrp><file ID="f0" MIMETYPE="image/png">'
                "<FContent><binData>AAAA</binData></FContent></file>"
                '</fileGrp></fileSec><structMap><div><fptr FILEID="f0"/></div></structMap></mets>'
            )
        ),
    )
    yield "of-a-hundred-thousand-spaces", READ, lambda: page.replace("<fileSec>", " " * 100_000 + "<fileSec>")
    yield (
        "of-pages-in-pages",
        REFUSED,
        lambda: page.replace(
            '<structMap TYPE="PHYSICAL"><div>', '<structMap TYPE="PHYSICAL">' + "<div>" * 5000
        ),
    )
    yield "order-of-words", READ, lambda: mets("page.png", order="first")
    yield "order-of-other-digits", READ, lambda: mets("page.png", order="\u06f1")
    yield "page-that-is-named-twice", READ, lambda: mets("page.png", "page.png")
    yield "file-without-id", REFUSED, lambda: page.replace('ID="f0" ', "")
    yield (
        "instruction-to-fetch",
        READ,
        lambda: (
            '<?xml-model href="http://127.0.0.1:9/x.rng"?><?xml-stylesheet href="file:///etc/passwd"?>' + page
        ),
    )
    yield (
        "schema-elsewhere",
        READ,
        lambda: mets(
            "page.png",
            head=_HEAD.format(
                more=' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a http://127.0.0.1:9/a.xsd"'
            ),
        ),
    )


def _places() -> Iterator[Case]:
    yield Case(
        "holes-of-a-terabyte-pdf", _sparse("pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"), REFUSED, "holes"
    )
    yield Case("holes-of-a-terabyte-tif", _sparse("tif", b"II*\0\x08\0\0\0"), REFUSED, "holes")
    yield Case("a-block-device", _block_device, REFUSED, "not a file")
    yield Case("links-fifty-deep", _links, REFUSED)
    yield Case("link-to-a-pipe", _link_to_pipe, REFUSED, "not a file")
    yield Case("folder-link-to-all", _link_to_all, REFUSED)
    yield Case("folder-of-pipes", _pipes, REFUSED, "not a file", 5)
    yield Case("folder-of-two-of-one-name", _two_of_a_name, READ)
    yield Case("folder-with-a-zip", _zip, REFUSED, "holds no")
    yield Case("list-of-nothing", lambda folder, stem: "", USAGE)
    yield Case("an-address", lambda folder, stem: "https://127.0.0.1:9/page.pdf", REFUSED, "--remote")
    yield Case("an-address-of-a-file", lambda folder, stem: "file:///etc/passwd", REFUSED)


def _mets(text: Callable[[], str | bytes]) -> Make:
    def make(folder: Path, stem: str) -> Path:
        data = text()
        (folder / "page.png").write_bytes(encoded("PNG"))
        path = folder / f"{stem}.xml"
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    return make


def _page(name: str) -> Make:
    def make(folder: Path, stem: str) -> Path:
        path = folder / name
        path.write_bytes(raw(plain()))
        return path

    return make


def _linked_folder(folder: Path, stem: str) -> Path:
    outside, inside = folder / "outside", folder / "inside"
    outside.mkdir()
    inside.mkdir()
    (outside / "page.png").write_bytes(encoded("PNG"))
    (inside / "scans").symlink_to("../outside", target_is_directory=True)
    path = inside / f"{stem}.xml"
    path.write_text(mets("scans/page.png"))
    return path


def _sparse(suffix: str, head: bytes) -> Make:
    def make(folder: Path, stem: str) -> Path:
        path = folder / f"{stem}.{suffix}"
        with path.open("wb") as file:
            file.write(head)
            file.truncate(1 << 40)
        return path

    return make


def _block_device(folder: Path, stem: str) -> str:
    path = folder / f"{stem}.tif"
    try:
        os.mknod(path, 0o600 | 0o060000, os.makedev(7, 200))
    except PermissionError:
        return "/dev/null"
    return str(path)


def _links(folder: Path, stem: str) -> Path:
    (folder / "0.png").write_bytes(encoded("PNG"))
    for number in range(50):
        (folder / f"{number + 1}.png").symlink_to(f"{number}.png")
    return folder / "50.png"


def _link_to_pipe(folder: Path, stem: str) -> Path:
    os.mkfifo(folder / "pipe")
    (folder / f"{stem}.png").symlink_to("pipe")
    return folder / f"{stem}.png"


def _link_to_all(folder: Path, stem: str) -> Path:
    made = folder / stem
    made.mkdir()
    (made / "all").symlink_to("/", target_is_directory=True)
    return made


def _pipes(folder: Path, stem: str) -> Path:
    made = folder / stem
    made.mkdir()
    for number in range(5):
        os.mkfifo(made / f"{number}.tif")
    return made


def _two_of_a_name(folder: Path, stem: str) -> Path:
    """Letters that are one by Unicode's rules, in two files: each is a page."""
    made = folder / stem
    made.mkdir()
    for name in ("caf\u00e9.png", "cafe\u0301.png"):
        (made / name).write_bytes(encoded("PNG"))
    return made


def _zip(folder: Path, stem: str) -> Path:
    made = folder / stem
    made.mkdir()
    (made / "pages.zip").write_bytes(b"PK\x03\x04" + bytes(200))
    (made / "../up.txt").resolve().write_text("")
    return made
