"""Which issues a path holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from layout.errors import ConfigError, EncryptedError, InputError
from layout.source import IssueInput, PageRef, find_issues, list_pages, load_page
from layout.source.pdf import mupdf
from layout.source.refs import natural_key
from tests.source import test_mets


def image(path: Path, pages: int = 1) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    one = Image.new("L", (100, 140), 255)
    one.save(path, **({"save_all": True, "append_images": [one] * (pages - 1)} if pages > 1 else {}))


def pdf(path: Path, pages: int = 1, **options: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    document = mupdf.open()
    for _ in range(pages):
        document.new_page()
    document.save(path, **options)


def told(issues: tuple[IssueInput, ...]) -> dict[str, int]:
    return {issue.issue_id: len(issue.pages) for issue in issues}


def test_one_file(tmp_path: Path) -> None:
    pdf(tmp_path / "gazette-1900.pdf", 3)
    image(tmp_path / "1900.tif", 2)
    assert told(find_issues(tmp_path / "gazette-1900.pdf")) == {"gazette-1900": 3}
    assert told(find_issues(tmp_path / "1900.tif")) == {"n1900": 2}


def test_a_folder_of_images_in_natural_order(tmp_path: Path) -> None:
    folder = tmp_path / "Gazette 1900.01.02"
    for name in ("page10.png", "page9.jpg", "Page1.tif", ".hidden.png", "._page2.png"):
        image(folder / name, 2 if name == "Page1.tif" else 1)
    (folder / "issue.toml").write_text('title = "Gazette"', encoding="utf-8")
    (folder / "page9.xml").write_text("<alto/>", encoding="utf-8")
    (folder / "checksums.md5").write_text("d41d8cd9  page9.jpg", encoding="utf-8")
    (folder / "__MACOSX").mkdir()
    (issue,) = find_issues(folder)
    assert issue.issue_id == "Gazette-1900.01.02"
    assert [(ref.file.name, ref.index, ref.page_id) for ref in issue.pages] == [
        ("Page1.tif", 0, "p0001"),
        ("Page1.tif", 1, "p0002"),
        ("page9.jpg", 0, "p0003"),
        ("page10.png", 0, "p0004"),
    ]
    assert issue.pages == list_pages(folder)
    assert issue.metadata.title == "Gazette"


def test_natural_order_in_any_digits() -> None:
    names = ["صفحه۱۰", "صفحه۹", "a2b", "a10b", "a1b", "10", "9", "a"]
    assert sorted(names, key=natural_key) == ["9", "10", "a", "a1b", "a2b", "a10b", "صفحه۹", "صفحه۱۰"]


def test_damaged_pages_keep_their_place(tmp_path: Path) -> None:
    """An HTML error page named .tif is a page that fails, not a page less."""
    image(tmp_path / "1.png")
    (tmp_path / "2.tif").write_bytes(b"<html>404</html>")
    (tmp_path / "3.jpg").write_bytes(b"")
    image(tmp_path / "4.png")
    refs = list_pages(tmp_path)
    assert [ref.file.name for ref in refs] == ["1.png", "2.tif", "3.jpg", "4.png"]
    for ref, said in zip(refs[1:3], ("an HTML page", "is empty"), strict=True):
        with pytest.raises(InputError, match=said):
            load_page(ref)


def test_a_folder_of_everything(tmp_path: Path) -> None:
    pdf(tmp_path / "a.pdf", 2)
    pdf(tmp_path / "b.pdf", 1)
    image(tmp_path / "loose2.png")
    image(tmp_path / "loose1.png")
    image(tmp_path / "c" / "1.png")
    image(tmp_path / "d" / "e" / "1.png")
    pdf(tmp_path / "d" / "f.pdf", 4)
    delivery = tmp_path / "g"
    image(delivery / "images" / "1.tif")
    image(delivery / "images" / "2.tif")
    test_mets.write(
        delivery,
        test_mets.group("m", test_mets.file("x", "images/1.tif"), test_mets.file("y", "images/2.tif")),
        test_mets.page("x") + test_mets.page("y"),
    )
    (tmp_path / "readme.txt").write_text("words")
    (tmp_path / "empty").mkdir()
    issues = find_issues(tmp_path)
    loose = issues[0].issue_id
    assert [ref.file.name for ref in issues[0].pages] == ["loose1.png", "loose2.png"]
    assert told(issues) == {loose: 2, "a": 2, "b": 1, "c": 1, "e": 1, "f": 4, "g": 2}


def test_images_beside_a_mets_file(tmp_path: Path) -> None:
    """Those it names are its own; others are an issue of the folder; one that names text only names none."""
    folder = tmp_path / "issue"
    image(folder / "1.tif")
    image(folder / "2.tif")
    test_mets.one(folder, "1.tif").rename(folder / "first.xml")
    issues = find_issues(folder)
    assert told(issues) == {"issue": 1, "first": 1}
    assert [ref.file.name for ref in issues[0].pages] == ["2.tif"]
    (folder / "first.xml").unlink()
    test_mets.write(folder, test_mets.group("FULLTEXT", test_mets.file("a", "1.xml", "text/xml")), "")
    assert told(find_issues(folder)) == {"issue": 2}


def test_a_mets_file_that_is_called_that_takes_its_folder_s_name(tmp_path: Path) -> None:
    image(tmp_path / "gazette-1900" / "1.tif")
    test_mets.one(tmp_path / "gazette-1900", "1.tif")
    assert told(find_issues(tmp_path / "gazette-1900")) == {"gazette-1900": 1}
    assert told(find_issues(tmp_path / "gazette-1900" / "mets.xml")) == {"gazette-1900": 1}


def test_ids_are_safe_names(tmp_path: Path) -> None:
    pdf(tmp_path / "روزنامه شرق.pdf")
    pdf(tmp_path / "روزنامه غرب.pdf")
    pdf(tmp_path / "1900-01-02.pdf")
    pdf(tmp_path / "a b&c.pdf")
    ids = sorted(issue.issue_id for issue in find_issues(tmp_path))
    assert len(set(ids)) == 4
    assert "n1900-01-02" in ids
    assert "a-b-c" in ids


def test_the_identifier_of_issue_toml_is_the_id(tmp_path: Path) -> None:
    pdf(tmp_path / "scan0001.pdf")
    (tmp_path / "scan0001.toml").write_text('identifier = "gazette/1900-01-02"', encoding="utf-8")
    assert told(find_issues(tmp_path / "scan0001.pdf")) == {"gazette-1900-01-02": 1}


def test_one_bad_issue_does_not_stop_the_others(tmp_path: Path) -> None:
    pdf(tmp_path / "good.pdf")
    pdf(tmp_path / "locked.pdf", encryption=mupdf.PDF_ENCRYPT_AES_256, owner_pw="o", user_pw="u")
    (tmp_path / "empty.pdf").write_bytes(b"")
    (tmp_path / "page.pdf").write_bytes(b"<html></html>")
    pdf(tmp_path / "typo.pdf")
    (tmp_path / "typo.toml").write_text('titel = "Gazette"', encoding="utf-8")
    found = {issue.issue_id: issue for issue in find_issues(tmp_path)}
    assert sorted(found) == ["empty", "good", "locked", "page", "typo"]
    assert found["good"].problem is None
    problems = {name: type(issue.problem) for name, issue in found.items() if issue.problem}
    assert problems == {
        "empty": InputError,
        "locked": EncryptedError,
        "page": InputError,
        "typo": ConfigError,
    }
    assert all(not found[name].pages for name in problems)


def test_links_out_of_a_folder(tmp_path: Path) -> None:
    image(tmp_path / "elsewhere" / "secret.tif")
    pdf(tmp_path / "elsewhere" / "secret.pdf")
    folder = tmp_path / "delivery"
    image(folder / "images" / "1.tif")
    (folder / "images" / "2.tif").symlink_to(tmp_path / "elsewhere" / "secret.tif")
    (folder / "more").symlink_to(tmp_path / "elsewhere")
    (folder / "x.pdf").symlink_to(tmp_path / "elsewhere" / "secret.pdf")
    (folder / "images" / "loop").symlink_to(folder)
    issues = find_issues(folder)
    assert {issue.issue_id for issue in issues} == {"images", "more", "x"}
    assert all("link to outside its folder" in str(issue.problem) for issue in issues)
    with pytest.raises(InputError, match=r"2\.tif: is a link to outside"):
        list_pages(folder / "images")


def test_links_inside_a_folder_are_followed(tmp_path: Path) -> None:
    image(tmp_path / "1.tif")
    (tmp_path / "2.tif").symlink_to("1.tif")
    assert len(list_pages(tmp_path)) == 2


def test_nothing_to_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        find_issues(tmp_path / "nowhere")
    with pytest.raises(InputError, match="holds no PDF, page image or METS file"):
        find_issues(tmp_path)
    with pytest.raises(InputError, match="holds no page images"):
        list_pages(tmp_path)


def test_a_page_s_place_in_json() -> None:
    ref = PageRef(Path("a/ب.tif"), 3, "p0004")
    assert PageRef.from_json(ref.to_json()) == ref
