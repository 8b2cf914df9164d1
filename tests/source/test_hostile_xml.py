"""Hostile XML in place of what newsreflow wrote: refused in a sentence, or read as if it were not there.

A small issue is written, one of its files spoilt, and the reader of that format given it: nothing is fetched
or expanded, no stranger's file is opened, nothing takes long, and whatever goes wrong is an `InputError`.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from layout.document import Issue, Page
from layout.errors import InputError
from layout.export import exporter
from layout.export.settings import ExportSettings
from layout.source.alto import read_alto
from layout.source.archive import read_archive
from layout.source.hocr import read_hocr
from layout.source.hocr_items import read_hocr_issue
from layout.source.mets import list_mets
from layout.source.page_items import read_page_issue
from layout.source.page_xml import read_page_xml
from tests.export.issues import small_issue

FORMATS = ("alto", "page", "hocr", "tei", "mets")
SECRET = "kept-from-strangers"
SECONDS = 10.0

Read = Callable[[Path], object]


@dataclass(frozen=True)
class Target:
    """A file of the written issue, and who reads it; given the folder."""

    file: str
    read: Read


def _page_issue(folder: Path) -> object:
    return read_page_issue("", sorted((folder / "page").glob("*.xml")))


def _hocr_issue(folder: Path) -> object:
    return read_hocr_issue("", sorted((folder / "hocr").glob("*.html")))


TARGETS = {
    "alto": Target("alto/p0001.xml", lambda folder: read_alto(folder / "alto/p0001.xml", "p0001")),
    "page": Target("page/p0001.xml", lambda folder: read_page_xml(folder / "page/p0001.xml", "p0001")),
    "page-issue": Target("page/p0001.xml", _page_issue),
    "hocr": Target("hocr/p0001.html", lambda folder: read_hocr(folder / "hocr/p0001.html", "p0001")),
    "hocr-issue": Target("hocr/p0001.html", _hocr_issue),
    "tei": Target("tei.xml", read_archive),
    "alto-of-archive": Target("alto/p0001.xml", read_archive),
    "mets-of-archive": Target("mets.xml", read_archive),
    "mets": Target("mets.xml", lambda folder: list_mets(folder / "mets.xml")),
}

#: Readers of HTML, which has a DOCTYPE by right and is read however broken it is.
HTML = frozenset({"hocr", "hocr-issue"})


@dataclass(frozen=True)
class Attack:
    """``spoil`` makes the hostile file of a good one. ``refused`` is what the sentence says, None where the
    file is read as if nothing were; ``html`` says the same of HTML, which may be read somehow ("?").
    """

    name: str
    spoil: Callable[[bytes], bytes]
    refused: str | None
    html: str | None = "?"


def _before_root(text: str) -> Callable[[bytes], bytes]:
    """Put behind the XML declaration, in place of HTML's own DOCTYPE."""

    def spoil(data: bytes) -> bytes:
        data = re.sub(rb"<!DOCTYPE[^>]*>\s*", b"", data)
        head = re.match(rb"<\?xml[^>]*\?>\s*", data)
        place = head.end() if head else 0
        return data[:place] + text.encode() + data[place:]

    return spoil


def _in_root(text: str) -> Callable[[bytes], bytes]:
    """Put at the end of the root's content."""

    def spoil(data: bytes) -> bytes:
        place = data.rstrip().rindex(b"</")
        return data[:place] + text.encode() + data[place:]

    return spoil


def _both(first: Callable[[bytes], bytes], second: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    return lambda data: second(first(data))


def _encoded(name: str, codec: str | None = None) -> Callable[[bytes], bytes]:
    """Declared in one encoding and written in another, where there is a declaration to say so."""

    def spoil(data: bytes) -> bytes:
        text = re.sub(r"^<\?xml[^>]*\?>", f'<?xml version="1.0" encoding="{name}"?>', data.decode())
        return text.encode(codec or name, "xmlcharrefreplace")

    return spoil


def _cut(share: float) -> Callable[[bytes], bytes]:
    return lambda data: data[: int(len(data) * share)]


BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
MANY = "".join(f' b{n}="1"' for n in range(50_000))
DEEP = 20_000
INCLUDE = '<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="secret.txt" parse="text"/>'
STYLE = '<?xml-stylesheet href="http://127.0.0.1:9/x.xsl" type="text/xsl"?>'
PARAMETER = '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]>'
LATE = f"<!--{'x' * 200_000}--><!DOCTYPE a [<!ENTITY b 'c'>]>"
PAGE_OF_A_SERVER = b"<?xml version='1.0'?><html><body>404</body></html>"
NOT_XML = "not well-formed"

ATTACKS = (
    Attack("empty doctype", _before_root("<!DOCTYPE alto>"), "DOCTYPE", None),
    Attack(
        "entity bomb",
        _both(_before_root(f'<!DOCTYPE a [<!ENTITY e0 "ha">{BOMB}]>'), _in_root("&e9;")),
        "DOCTYPE",
    ),
    Attack(
        "quadratic bomb",
        _both(_before_root(f'<!DOCTYPE a [<!ENTITY e0 "{"a" * 100_000}">]>'), _in_root("&e0;" * 10_000)),
        "DOCTYPE",
    ),
    Attack(
        "external entity",
        _both(_before_root('<!DOCTYPE a [<!ENTITY e SYSTEM "secret.txt">]>'), _in_root("<p>&e;</p>")),
        "DOCTYPE",
    ),
    Attack("parameter entity", _before_root(PARAMETER), "DOCTYPE"),
    Attack("external dtd", _before_root('<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd">'), "DOCTYPE", None),
    Attack("doctype behind a long comment", _before_root(LATE), "DOCTYPE"),
    Attack("doctype in utf-16", _both(_before_root("<!DOCTYPE a>"), _encoded("utf-16")), "DOCTYPE"),
    Attack("inclusion", _in_root(INCLUDE), None),
    Attack("stylesheet", _before_root(STYLE), None),
    Attack("undeclared entity", _in_root("&secret;"), NOT_XML),
    Attack("nested too deep", _in_root("<a>" * DEEP + "</a>" * DEEP), NOT_XML),
    Attack("nested and open", _in_root("<a>" * DEEP), NOT_XML),
    Attack("very many attributes", _in_root(f"<a{MANY}/>"), None),
    Attack("attribute twice", _in_root('<a b="1" b="2"/>'), NOT_XML, None),
    Attack("a text of eleven million letters", _in_root(f"<a>{'x' * 11_000_000}</a>"), NOT_XML),
    Attack("cut in half", _cut(0.5), NOT_XML),
    Attack("cut in the head", lambda data: data[:60], NOT_XML, "is no"),
    Attack("nothing", _cut(0), "is empty", "is no"),
    Attack("zeros alone", lambda data: bytes(len(data)), NOT_XML, "is no"),
    Attack("a zero inside", _in_root("a\0b"), NOT_XML),
    Attack("a control character", _in_root("a\x08b"), NOT_XML),
    Attack("a control character by number", _in_root("&#8;"), NOT_XML),
    Attack("half of a surrogate pair", _in_root("&#xD800;"), NOT_XML),
    Attack("a letter cut in the middle", lambda data: data.replace("ک".encode(), b"\xda", 1), NOT_XML),
    Attack("utf-16", _encoded("utf-16"), None),
    Attack("utf-16 cut", _both(_encoded("utf-16"), lambda data: data[:-51]), NOT_XML),
    Attack("utf-7", _encoded("utf-7"), None),
    Attack("an encoding nobody knows", _encoded("klingon", "utf-8"), NOT_XML),
    Attack("declared as latin-1", _encoded("iso-8859-1"), None),
    Attack("a second root", lambda data: data + b"<a/>", NOT_XML),
    Attack("text before", lambda data: b"HTTP/1.1 200 OK\r\n\r\n" + data, NOT_XML),
    Attack("another format", lambda _: PAGE_OF_A_SERVER, "is no|names no", "is no"),
    Attack("a picture", lambda _: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, NOT_XML, "is no"),
)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the small issue in each format, its page images and a file that is nobody's business."""
    folder = tmp_path_factory.mktemp("issue")
    settings = ExportSettings(formats=FORMATS)
    for name in settings.formats:
        exporter(name)(settings).write(small_issue(), folder)
    return folder


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
@pytest.mark.parametrize("reader", TARGETS)
def test_hostile_xml(written: Path, reader: str, attack: Attack, tmp_path: Path) -> None:
    target = TARGETS[reader]
    folder = _copy(written, tmp_path)
    before = target.read(folder)
    file = folder / target.file
    file.write_bytes(attack.spoil(file.read_bytes()))
    refused = attack.html if reader in HTML else attack.refused
    began = time.process_time()
    try:
        found = target.read(folder)
    except InputError as error:
        assert refused is not None and (refused == "?" or re.search(refused, str(error))), str(error)
        assert target.file in str(error) or file.name in str(error)
    else:
        assert refused in (None, "?"), found
        assert SECRET not in repr(found)
        if refused is None:
            assert found == before
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize("reader", ["alto", "page", "hocr", "tei"])
@pytest.mark.parametrize(
    "name", ["../../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "..\\..\\passwd"]
)
def test_the_name_of_a_picture_leads_nowhere(written: Path, reader: str, name: str, tmp_path: Path) -> None:
    """The pictures of a stranger's pages are looked for by their names alone, where they were given."""
    target = TARGETS[reader]
    folder = _copy(written, tmp_path)
    for file in {folder / target.file, folder / "alto/p0001.xml"}:
        named = re.sub(rb"page(%20| )1\.png", name.replace("\\", r"\\").encode(), file.read_bytes())
        file.write_bytes(named)
    read = target.read(folder)
    page = read.pages[0] if isinstance(read, Issue) else read
    assert isinstance(page, Page)
    assert page.source.file == "passwd"


def _copy(folder: Path, to: Path) -> Path:
    """The folder's files in a place of their own, with page images, and a secret beside each file."""
    for path in folder.rglob("*"):
        if path.is_file():
            copy = to / path.relative_to(folder)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
            (copy.parent / "secret.txt").write_text(SECRET)
    for name in ("page 1.png", "page 2.png", "page 3.png"):
        (to / name).write_bytes(b"")
    return to
