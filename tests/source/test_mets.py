"""METS files: which images, in which order, and nothing from elsewhere."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from PIL import Image

from layout.errors import InputError
from layout.source import list_pages, load_page
from layout.source.mets import local_file

HEAD = '<mets:mets xmlns:mets="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink">'


def image(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("L", (100, 140), 255).save(path)


def file(key: str, href: str, mime: str = "image/tiff", **attributes: str) -> str:
    more = "".join(f' {name}="{value}"' for name, value in attributes.items())
    place = f'<mets:FLocat LOCTYPE="URL" xlink:href="{href}"/>'
    return f'<mets:file ID="{key}" MIMETYPE="{mime}"{more}>{place}</mets:file>'


def group(use: str, *files: str) -> str:
    return f'<mets:fileGrp USE="{use}">{"".join(files)}</mets:fileGrp>'


def page(*keys: str, order: str = "") -> str:
    pointers = "".join(f'<mets:fptr FILEID="{key}"/>' for key in keys)
    number = f' ORDER="{order}"' if order else ""
    return f'<mets:div TYPE="page"{number}>{pointers}</mets:div>'


def write(folder: Path, groups: str, pages: str, structure: str = "PHYSICAL", head: str = "") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "mets.xml"
    body = (
        f"{head}{HEAD}<mets:fileSec>{groups}</mets:fileSec>"
        f'<mets:structMap TYPE="{structure}"><mets:div TYPE="issue">{pages}</mets:div></mets:structMap>'
        "</mets:mets>"
    )
    path.write_text(body, encoding="utf-8")
    return path


def names(path: Path) -> list[str]:
    return [ref.file.name for ref in list_pages(path)]


def one(folder: Path, href: str) -> Path:
    return write(folder, group("master", file("a", href)), page("a"))


def test_order_of_the_physical_structure(tmp_path: Path) -> None:
    for n in (1, 2, 10):
        image(tmp_path / f"{n}.tif")
    files = group("master", file("a", "10.tif"), file("b", "1.tif"), file("c", "2.tif"))
    assert names(write(tmp_path, files, page("a") + page("b") + page("c"))) == ["10.tif", "1.tif", "2.tif"]
    ordered = page("a", order="10") + page("b", order="1") + page("c", order="2")
    path = write(tmp_path, files, ordered)
    assert names(path) == ["1.tif", "2.tif", "10.tif"]
    assert [ref.page_id for ref in list_pages(path)] == ["p0001", "p0002", "p0003"]
    assert load_page(list_pages(path)[0]).width == 100


def test_without_a_structure_the_order_of_the_files(tmp_path: Path) -> None:
    for name in ("b.tif", "a.tif"):
        image(tmp_path / name)
    groups = group("master", file("x", "b.tif"), file("y", "a.tif")) + group("THUMBS", file("z", "a.tif"))
    assert names(write(tmp_path, groups, "", structure="LOGICAL")) == ["b.tif", "a.tif"]


def test_the_best_file_of_a_page(tmp_path: Path) -> None:
    for name in ("t/1.jpg", "d/1.jpg", "m/1.tif", "1.pdf", "2.jp2", "2.pdf"):
        image(tmp_path / name) if not name.endswith("pdf") else (tmp_path / name).write_bytes(b"%PDF-1.4")
    groups = (
        group("THUMBS", file("t1", "t/1.jpg", "image/jpeg"))
        + group("DEFAULT", file("d1", "d/1.jpg", "image/jpeg"))
        + group("FULLTEXT", file("x1", "1.xml", "text/xml"))
        + group("DOWNLOAD", file("p1", "1.pdf", "application/pdf"), file("p2", "2.pdf", "application/pdf"))
        + group("MASTER", file("m1", "m/1.tif"), file("m2", "m/2.tif"))
        + group("service", file("s2", "2.jp2", "image/jp2"))
    )
    pages = page("t1", "x1", "d1", "p1", "m1") + page("m2", "p2", "s2")
    found = [ref.file.relative_to(tmp_path).as_posix() for ref in list_pages(write(tmp_path, groups, pages))]
    assert found == ["m/1.tif", "2.jp2"]  # the master of page 2 is not there


def test_a_delivery_with_uses_on_the_files(tmp_path: Path) -> None:
    """The National Digital Newspaper Program: a group for each page, the use on each file."""
    image(tmp_path / "1.jp2")
    (tmp_path / "1.pdf").write_bytes(b"%PDF-1.4")
    files = (
        file("m", "./1.tif", USE="master")
        + file("s", "./1.jp2", "image/jp2", USE="service")
        + file("d", "./1.pdf", "application/pdf", USE="derivative")
        + file("o", "./1.xml", "text/xml", USE="ocr")
    )
    path = write(
        tmp_path, f'<mets:fileGrp ID="pageFileGrp1">{files}</mets:fileGrp>', page("m", "s", "d", "o")
    )
    assert names(path) == ["1.jp2"]


def test_areas_of_pages_that_name_images(tmp_path: Path) -> None:
    """ENMAP: a page points to its image and its text in parallel."""
    image(tmp_path / "images" / "1.tif")
    groups = group("Images", file("i", "file://./images/1.tif")) + group(
        "Text", file("t", "1.xml", "text/xml")
    )
    parallel = (
        '<mets:div TYPE="PAGE"><mets:fptr><mets:par><mets:area FILEID="i"/><mets:area FILEID="t"/>'
        "</mets:par></mets:fptr></mets:div>"
    )
    assert names(write(tmp_path, groups, parallel)) == ["1.tif"]


def test_a_missing_page_stays_as_one_that_fails(tmp_path: Path) -> None:
    image(tmp_path / "1.tif")
    groups = group("master", file("a", "1.tif"), file("b", "2.tif"))
    refs = list_pages(write(tmp_path, groups, page("a") + page("b")))
    assert [ref.file.name for ref in refs] == ["1.tif", "2.tif"]
    with pytest.raises(InputError, match=r"2\.tif.*there is no such file"):
        load_page(refs[1])


def test_pages_of_one_pdf(tmp_path: Path) -> None:
    (tmp_path / "issue.pdf").write_bytes(b"%PDF-1.4")
    pdf = "application/pdf"
    groups = group("x", file("a", "issue.pdf#page=1", pdf), file("b", "issue.pdf#page=2", pdf))
    refs = list_pages(write(tmp_path, groups, page("a") + page("b")))
    assert [(ref.file.name, ref.index) for ref in refs] == [("issue.pdf", 0), ("issue.pdf", 1)]


@pytest.mark.parametrize(
    "name", ["صفحه ۱.tif", "نیم‌فاصله.tif", "a#b.tif", "100%.tif", "a b.tif", "Müller.tif"]
)
def test_names_are_percent_encoded(tmp_path: Path, name: str) -> None:
    image(tmp_path / "in folder" / name)
    (ref,) = list_pages(one(tmp_path, quote(f"in folder/{name}")))
    assert load_page(ref).source.file == name


def test_names_in_the_other_normal_form(tmp_path: Path) -> None:
    image(tmp_path / "Mu\u0308ller.tif")
    assert len(list_pages(one(tmp_path, "M%C3%BCller.tif"))) == 1


@pytest.mark.parametrize(
    "href",
    [
        "../secret.tif",
        "images/../../secret.tif",
        "%2e%2e/secret.tif",
        "..%2Fsecret.tif",
        "/etc/hostname.tif",
        "file:///etc/hostname.tif",
        "file:/etc/hostname.tif",
        "http://example.org/1.tif",
        "https://example.org/1.tif",
        "ftp://example.org/1.tif",
        "data:image/png;base64,AAAA",
        "C:/scans/1.tif",
        "C%3A%5Cscans%5C1.tif",
        "..\\secret.tif",
        "a%00.tif",
        "//server/share/1.tif",
        "",
    ],
)
def test_references_to_elsewhere_are_refused(tmp_path: Path, href: str) -> None:
    image(tmp_path / "secret.tif")
    (tmp_path / "delivery").mkdir()
    with pytest.raises(InputError, match="not a file in or below its own folder") as caught:
        local_file(href, tmp_path / "delivery" / "mets.xml")
    assert caught.value.remedy
    if href:
        with pytest.raises(InputError, match="not a file in or below its own folder"):
            list_pages(one(tmp_path / "delivery", href))


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    image(tmp_path / "secret.tif")
    (tmp_path / "delivery").mkdir()
    (tmp_path / "delivery" / "1.tif").symlink_to(tmp_path / "secret.tif")
    with pytest.raises(InputError, match="not a file in or below its own folder"):
        list_pages(one(tmp_path / "delivery", "1.tif"))


def test_a_remote_copy_does_not_hinder_where_a_local_file_is(tmp_path: Path) -> None:
    image(tmp_path / "1.tif")
    groups = group("MAX", file("r", "https://example.org/1.jpg")) + group("LOCAL", file("l", "1.tif"))
    assert names(write(tmp_path, groups, page("r", "l"))) == ["1.tif"]


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE mets [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE mets [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE mets SYSTEM "http://example.org/mets.dtd">',
    ],
)
def test_any_doctype_is_refused(tmp_path: Path, doctype: str) -> None:
    image(tmp_path / "1.tif")
    path = one(tmp_path, "1.tif")
    for head in (doctype, f"<?xml version='1.0' encoding='UTF-8'?>\n<!-- before -->\n{doctype}"):
        path.write_text(head + path.read_text(encoding="utf-8").split("-->")[-1], encoding="utf-8")
        with pytest.raises(InputError, match="DOCTYPE"):
            list_pages(path)


def test_a_doctype_in_utf_16_is_refused(tmp_path: Path) -> None:
    path = one(tmp_path, "1.tif")
    path.write_bytes(f'<!DOCTYPE x [<!ENTITY a "b">]>{path.read_text()}'.encode("utf-16"))
    with pytest.raises(InputError, match="DOCTYPE"):
        list_pages(path)


def test_utf_16_is_read(tmp_path: Path) -> None:
    image(tmp_path / "1.tif")
    path = one(tmp_path, "1.tif")
    path.write_bytes(path.read_text().encode("utf-16"))
    assert names(path) == ["1.tif"]


@pytest.mark.parametrize("share", [0.5, 0.9])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_cut_off_file(tmp_path: Path, encoding: str, share: float) -> None:
    path = one(tmp_path, "1.tif")
    data = path.read_text().encode(encoding)
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(InputError, match="not well-formed XML"):
        list_pages(path)


def test_a_file_that_names_no_images(tmp_path: Path) -> None:
    path = write(tmp_path, group("FULLTEXT", file("a", "1.xml", "text/xml")), page("a"))
    with pytest.raises(InputError, match="names no page images") as caught:
        list_pages(path)
    assert "newsreflow reflow" in str(caught.value)


def test_a_file_none_of_whose_images_is_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"not there, such as 1\.tif"):
        list_pages(one(tmp_path, "images/1.tif"))


def test_deep_nesting(tmp_path: Path) -> None:
    path = write(tmp_path, group("x", file("a", "1.tif")), "<mets:div>" * 20000 + "</mets:div>" * 20000)
    with pytest.raises(InputError):
        list_pages(path)
