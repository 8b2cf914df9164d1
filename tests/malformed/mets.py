"""METS files and other XML: references that lead elsewhere, entities, depth, odd encodings."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.malformed import READ, REFUSED, Case
from tests.malformed.rasters import encoded

_HEAD = '<mets xmlns="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink">'


def cases() -> Iterator[Case]:
    yield from _references()
    yield from _entities()
    yield from _forms()


def mets(*hrefs: str, order: str = "{n}", head: str = _HEAD, before: str = "") -> str:
    """A METS file that names a page image by each reference."""
    files = "".join(
        f'<file ID="f{n}" MIMETYPE="image/png"><FLocat LOCTYPE="URL" xlink:href="{href}"/></file>'
        for n, href in enumerate(hrefs)
    )
    pages = "".join(
        f'<div TYPE="page" ORDER="{order.format(n=n)}"><fptr FILEID="f{n}"/></div>' for n in range(len(hrefs))
    )
    return (
        f'{before}{head}<fileSec><fileGrp USE="MAX">{files}</fileGrp></fileSec>'
        f'<structMap TYPE="PHYSICAL"><div>{pages}</div></structMap></mets>'
    )


def _of(text: Callable[[], str | bytes], page: bool = True) -> Callable[[Path, str], Path]:
    def make(folder: Path, stem: str) -> Path:
        data = text()
        path = folder / f"{stem}.xml"
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        if page:
            (folder / "page.png").write_bytes(encoded("PNG"))
        return path

    return make


def _references() -> Iterator[Case]:
    refused = {
        "up": "../../../../../../etc/passwd",
        "up-encoded": "%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/hosts",
        "up-in-the-middle": "scans/../../../page.png",
        "absolute": "/etc/passwd",
        "file-scheme": "file:///etc/passwd",
        "file-scheme-in-capitals": "FILE:///etc/passwd",
        "http": "http://127.0.0.1:9/page.png",
        "ftp": "ftp://127.0.0.1/page.png",
        "data": "data:image/png;base64,AAAA",
        "windows": "C:\\scans\\page.png",
        "share": "\\\\server\\scans\\page.png",
        "nul": "page.png%00.tif",
        "home": "~/page.png",
        "command": "|touch touched",
        "itself": "{stem}.xml",
        "folder": ".",
        "device": "/dev/zero",
        "empty": " ",
        "very-long": "a" * 5000 + ".png",
        "line-break": "a&#10;b.png",
    }
    for name, href in refused.items():
        yield Case(
            f"mets-to-{name}",
            _of(lambda href=href, name=name: mets(href.replace("{stem}", f"mets-to-{name}"))),
            REFUSED,
        )
    yield Case("mets-to-a-missing-page", _of(lambda: mets("page.png", "lost.png")), 20, "no such file")
    yield Case("mets-to-no-page-at-all", _of(lambda: mets("lost.png"), page=False), REFUSED, "not there")
    yield Case("mets-to-a-link-out", _linked_out, REFUSED)
    yield Case("mets-to-a-pipe", _piped, REFUSED)
    yield Case("mets-to-page-a-million", _far_page, REFUSED)


def _linked_out(folder: Path, stem: str) -> Path:
    (folder / "page.png").symlink_to("/etc/hosts")
    path = folder / f"{stem}.xml"
    path.write_text(mets("page.png"))
    return path


def _piped(folder: Path, stem: str) -> Path:
    os.mkfifo(folder / "page.png")
    path = folder / f"{stem}.xml"
    path.write_text(mets("page.png"))
    return path


def _far_page(folder: Path, stem: str) -> Path:
    (folder / "page.png").write_bytes(encoded("PNG"))
    path = folder / f"{stem}.xml"
    path.write_text(mets("page.png#page=1000000"))
    return path


def _entities() -> Iterator[Case]:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    doctypes = {
        "entity-bomb": f'<!DOCTYPE mets [<!ENTITY e0 "ha">{bomb}]>',
        "quadratic-bomb": f'<!DOCTYPE mets [<!ENTITY e0 "{"a" * 100_000}">]>',
        "external-entity": '<!DOCTYPE mets [<!ENTITY e9 SYSTEM "file:///etc/passwd">]>',
        "parameter-entity": '<!DOCTYPE mets [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>',
        "external-dtd": '<!DOCTYPE mets SYSTEM "http://127.0.0.1:9/mets.dtd">',
        "empty-doctype": "<!DOCTYPE mets>",
    }
    for name, doctype in doctypes.items():
        yield Case(
            f"mets-{name}", _of(lambda doctype=doctype: mets("page.png", before=doctype)), REFUSED, "DOCTYPE"
        )
    late = "<!-- " + "x" * 200_000 + ' --><!DOCTYPE mets [<!ENTITY a "b">]>'
    yield Case("mets-late-doctype", _of(lambda: mets("page.png", before=late)), REFUSED)
    inclusion = mets("page.png").replace("</mets>", _INCLUDE + "</mets>")
    yield Case("mets-inclusion", _of(lambda: inclusion), READ)
    style = '<?xml-stylesheet href="http://127.0.0.1:9/x.xsl" type="text/xsl"?>'
    yield Case("mets-stylesheet", _of(lambda: mets("page.png", before=style)), READ)
    yield Case("mets-undeclared-entity", _of(lambda: mets("&page;.png")), REFUSED, "well-formed")


_INCLUDE = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'


def _forms() -> Iterator[Case]:
    def cut(share: float) -> Callable[[], bytes]:
        return lambda: mets("page.png").encode()[: int(len(mets("page.png")) * share)]

    yield Case("mets-cut", _of(cut(0.8)), REFUSED, "well-formed")
    yield Case("mets-cut-in-utf-16", _of(lambda: mets("page.png").encode("utf-16")[:-51]), REFUSED)
    yield Case("mets-utf-16", _of(lambda: mets("page.png").encode("utf-16")), READ)
    yield Case(
        "mets-wrong-encoding",
        _of(lambda: b'<?xml version="1.0" encoding="utf-8"?>' + mets("caf\xe9.png").encode("latin-1")),
        REFUSED,
    )
    yield Case(
        "mets-unknown-encoding",
        _of(lambda: b'<?xml version="1.0" encoding="klingon"?>' + mets("page.png").encode()),
        REFUSED,
    )
    yield Case(
        "mets-utf-7",
        _of(lambda: b'<?xml version="1.0" encoding="utf-7"?>' + mets("page.png").encode("utf-7")),
        REFUSED,
    )
    yield Case("mets-control-letters", _of(lambda: mets("pa\x01ge.png")), REFUSED, "well-formed")
    yield Case("mets-deep", _of(lambda: mets("page.png").replace("<div>", "<div>" * 20_000)), REFUSED)
    yield Case("mets-deep-and-closed", _of(_deep), REFUSED)
    yield Case("mets-names-nothing", _of(lambda: mets()), REFUSED, "names no page images")
    yield Case(
        "mets-double-ids", _of(lambda: mets("page.png").replace("</fileGrp>", _TWICE + "</fileGrp>")), READ
    )
    yield Case("mets-order-is-nan", _of(lambda: mets("page.png", "page.png", order="nan")), READ)
    yield Case("mets-order-is-infinite", _of(lambda: mets("page.png", "page.png", order="1e999")), READ)
    yield Case("mets-quarter-million-attributes", _of(_attributes), REFUSED)
    yield Case(
        "mets-other-namespace", _of(lambda: mets("page.png", head=_HEAD.replace("METS/", "METS9/"))), READ
    )
    yield Case("xml-of-another-kind", _of(lambda: "<rss><channel/></rss>"), REFUSED, "an XML file")
    alto = '<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"/>'
    yield Case("xml-that-is-text-already", _of(lambda: alto), REFUSED, "reflow")


_TWICE = '<file ID="f0" MIMETYPE="image/png"><FLocat xlink:href="page.png"/></file>'


def _deep() -> str:
    return (
        mets("page.png")
        .replace("<div>", "<div>" * 20_000)
        .replace("</div></structMap>", "</div>" * 20_000 + "</structMap>")
    )


def _attributes() -> str:
    many = " ".join(f'a{n}="{n}"' for n in range(250_000))
    return mets("page.png").replace("<fileSec>", f"<fileSec {many}>").replace("</mets>", "")
