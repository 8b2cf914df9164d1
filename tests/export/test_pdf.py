"""The searchable PDF: other people's programs find our text in it, in our order, whichever way it runs."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import numpy as np
import pikepdf
import pymupdf
import pytest

from layout.document import Direction, Issue
from layout.export import Illustrated, exporter
from layout.export.outline import Outline, flat
from layout.export.pdf_text import visual, visual_order
from layout.export.settings import ExportSettings
from layout.export.settle import settled
from layout.image import Scan
from layout.image.picture import packed
from tests.any_issues import any_issue
from tests.dice import Dice
from tests.export.issues import HEIGHT, WIDTH, small_issue
from tests.export.viewers import PDFJS, VIEWERS, needs_pdfjs
from tests.truth import SYNTHETIC, load_truth, needs_shared
from tests.truth_issue import true_issue

#: Marks that poppler adds around what runs the other way.
_MARKS = re.compile("[\u200c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def written(issue: Issue, folder: Path, scan: Scan | None = None) -> Path:
    made = exporter("pdf")(ExportSettings())
    assert isinstance(made, Illustrated)
    made.scans = lambda _: packed(scan.gray if scan.color is None else scan.color) if scan else None
    (path,) = made.write(issue, folder)
    return path


def words_of(text: str) -> list[str]:
    """Words without marks, punctuation and half-spaces, which no viewer keeps."""
    return re.findall(r"\w+", _MARKS.sub("", unicodedata.normalize("NFC", text)))


def our_lines(issue: Issue) -> list[str]:
    """The text of each line in the order of the PDF."""
    outline = Outline(settled(issue))
    found = []
    for page in outline.pages:
        regions = dict.fromkeys([*flat(outline.reading(page)), *page.running, *page.page.walk()])
        found += [line.text for region in regions for line in region.lines if line.words]
    return found


def our_words(issue: Issue) -> list[str]:
    return [word for line in our_lines(issue) for word in words_of(line)]


def pdftotext(path: Path, *options: str) -> str:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed (apt install poppler-utils)")
    done = subprocess.run(["pdftotext", *options, str(path), "-"], capture_output=True, check=True)
    return done.stdout.decode()


def test_poppler_finds_each_line(tmp_path: Path) -> None:
    """In its own order of columns, but each line as it is read; spaces beside numbers it puts elsewhere."""
    issue = small_issue()
    text = pdftotext(written(issue, tmp_path))
    found = {"".join(words_of(line)) for line in text.splitlines()}
    joined = "".join(words_of(text))
    for line in our_lines(issue):
        letters = "".join(words_of(line))
        assert letters in found or letters in joined, line


@needs_pdfjs
def test_pdfjs_reads_our_words_in_our_order(tmp_path: Path) -> None:
    issue = small_issue()
    script = str(VIEWERS / "pdf_text.mjs")
    path = written(issue, tmp_path)
    done = subprocess.run(["node", script, str(path), str(PDFJS)], capture_output=True, check=True)
    assert words_of(done.stdout.decode()) == our_words(issue)


def test_mupdf_reads_our_words(tmp_path: Path) -> None:
    issue = small_issue()
    with pymupdf.open(written(issue, tmp_path)) as file:
        text = "\n".join(page.get_text() for page in file)
    joined = "".join(words_of(text))
    for word in our_words(issue):  # the runs of a mixed line it puts in an order of its own
        assert word in joined, word
    assert joined.index("نوشتم") > joined.index("آبکار"), "the left column comes second"


@needs_shared
@pytest.mark.parametrize("page", ["dev-fa-008", "dev-en-003", "dev-de-001"])
def test_poppler_finds_the_words_of_a_dense_page(page: str, tmp_path: Path) -> None:
    issue = true_issue([load_truth(SYNTHETIC / "pages" / page / "clean.json")])
    joined = "".join(words_of(pdftotext(written(issue, tmp_path))))
    lost = [line for line in our_lines(issue) if "".join(words_of(line)).rstrip("-") not in joined]
    assert len(lost) <= 0.05 * len(our_lines(issue)), lost  # lines that it breaks into its own columns


def test_it_is_tagged(tmp_path: Path) -> None:
    with pikepdf.open(written(small_issue(), tmp_path)) as pdf:
        root = pdf.Root
        assert root.MarkInfo.Marked and str(root.Lang) == "fa"
        assert str(root.ViewerPreferences.Direction) == "/R2L"
        (document,) = root.StructTreeRoot.K
        kinds = [str(part.S) for part in document.K]
        assert kinds == ["/H1", "/Art", "/Art", "/Art", "/Sect", "/Sect"]
        article = document.K[1]
        assert [str(part.S) for part in article.K][:4] == ["/H2", "/P", "/P", "/P"]
        turned = article.K[4]
        assert [piece.Pg.StructParents for piece in turned.K] == [0, 1], "one paragraph over two pages"
        numbers = root.StructTreeRoot.ParentTree.Nums
        for page, owners in zip(numbers[::2], numbers[1::2], strict=True):
            content = pdf.pages[page].Contents.read_bytes()
            assert content.count(b"/MCID") == len(owners) and all(owner is not None for owner in owners)
        assert b"/Artifact <</Type /Pagination>> BDC" in pdf.pages[0].Contents.read_bytes()
        assert [str(label.P) for label in root.PageLabels.Nums[1::2]] == ["۳۱", "۳۲", "[3]"]


@pytest.mark.parametrize(
    ("level", "color", "coding"),
    [(255, False, "/FlateDecode"), (128, False, "/DCTDecode"), (255, True, "/DCTDecode")],
)
def test_the_scan_lies_under_the_text(level: int, color: bool, coding: str, tmp_path: Path) -> None:
    gray = np.full((HEIGHT, WIDTH), level, np.uint8)
    gray[100:200, 100:200] = 0
    scan = Scan("p0001", gray, np.dstack([gray] * 3) if color else None)
    with pikepdf.open(written(small_issue(), tmp_path, scan)) as pdf:
        page = pdf.pages[0]
        image = page.Resources.XObject.Scan
        assert (image.Width, image.Height, str(image.Filter)) == (WIDTH, HEIGHT, coding)
        assert [round(float(side)) for side in page.MediaBox] == [
            0,
            0,
            round(WIDTH * 0.24),
            round(HEIGHT * 0.24),
        ]
        assert "/XObject" not in pdf.pages[2].Resources, "a page that failed has no picture"
    with pymupdf.open(tmp_path / "issue.pdf") as file:
        drawn = file[0].get_pixmap(dpi=75, colorspace="gray")
        assert drawn.pixel(37, 37)[0] < 40 and abs(drawn.pixel(300, 300)[0] - level) < 10


def test_words_lie_on_their_boxes(tmp_path: Path) -> None:
    issue = small_issue()
    box = issue.pages[0].regions[3].lines[0].words[0].box
    with pymupdf.open(written(issue, tmp_path)) as file:
        found = [pymupdf.Rect(word[:4]) for word in file[0].get_text("words") if "نرگس" in word[4]]
        near = [rect * (300 / 72) for rect in found]
    wanted = issue.pages[0].regions[3].lines[0].words[2].box
    assert box.x0 > wanted.x1, "the first word stands to the right"
    assert any(abs(rect.x0 - wanted.x0) < 10 and abs(rect.x1 - wanted.x1) < 10 for rect in near)


def test_the_same_issue_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = (written(small_issue(), tmp_path / name).read_bytes() for name in "ab")
    assert one == two


@pytest.mark.parametrize(
    ("word", "printed"),
    [
        ("کتاب", "باتک"),
        ("ferry", "ferry"),
        ("۱۴۰۲", "۱۴۰۲"),
        ("سال۱۴۰۲م", "م۱۴۰۲لاس"),
        ("(شهر)", ")رهش("),
        ("۱۴۰۲.", "۱۴۰۲."),
    ],
)
def test_letters_from_left_to_right(word: str, printed: str) -> None:
    assert visual(word) == printed


def test_words_from_left_to_right() -> None:
    words = ["شهر", "night", "ferry", "2", "ما", "۱۰", "۲۰"]
    order = visual_order(words, Direction.RTL)
    assert [words[place] for place in order] == ["۲۰", "۱۰", "ما", "night", "ferry", "2", "شهر"]
    assert visual_order(words, Direction.LTR) == list(range(7))


@pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not installed (apt install qpdf)")
@pytest.mark.parametrize("seed", [3, 5, 92])
def test_any_issue_gives_a_sound_pdf(seed: int, tmp_path: Path) -> None:
    """Also one with items of which nothing is tagged, whose elements are not written."""
    issue = any_issue(Dice(seed))
    assert issue.pages and issue.items
    done = subprocess.run(
        ["qpdf", "--check", str(written(issue, tmp_path))], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    with pikepdf.open(tmp_path / "issue.pdf") as pdf, pdf.open_metadata() as told:
        assert told["dc:title"] == str(pdf.docinfo.Title)
