"""The command line end to end: exit codes, one sentence for each error, everything else still done."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pymupdf
import pytest
from PIL import Image

from layout import __version__
from layout.cli import main
from layout.cli.options import megabytes
from layout.errors import UsageError
from layout.export import EXPORTERS

ROOT = Path(__file__).resolve().parents[1]
Write = Callable[[Path], None]


def _pdf(path: Path, *texts: str, **how: object) -> Path:
    document = pymupdf.open()
    for text in texts:
        page = document.new_page()
        page.insert_text((72, 90), text, fontsize=11)
        page.insert_text((72, 104), "It is set in two lines, so that there is a paragraph.", fontsize=11)
    document.save(path, **how)
    return path


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return _pdf(tmp_path / "good.pdf", "The council met on Tuesday evening in the hall.", "The second page.")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def _run(*arguments: object) -> int:
    return main(["run", *map(str, arguments), "--format", "tei", "--jobs", "1"])


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"newsreflow {__version__}\n"
    for arguments in ([], ["--help"], ["run", "--help"]):
        assert main(arguments) == 0
        assert "Usage: newsreflow" in capsys.readouterr().out


def test_the_help_says_each_command_whole_and_each_format(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--help"])
    assert "...\n" not in capsys.readouterr().out.partition("Commands:")[2]
    main(["run", "--help"])
    told = capsys.readouterr().out
    assert all(f" {name}," in told or f" {name} " in told or f" {name}." in told for name in EXPORTERS)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nonsense"], "No such command"),
        (["run", "--nonsense"], "No such option"),
        (["run", "x.pdf"], "--out"),
        (["run", "-o", "OUT"], "no input was given"),
        (["run", "", "-o", "OUT"], "an empty name"),
        (["run", "x.pdf", "-o", "OUT", "--pages", "4-1"], "no list of pages"),
        (["run", "x.pdf", "-o", "OUT", "--shard", "9/8"], "no shard"),
        (["run", "x.pdf", "-o", "OUT", "--page-memory", "much"], "no amount of memory"),
        (["run", "x.pdf", "-o", "OUT", "--format", "altoo"], "did you mean 'alto'?"),
        (["run", "x.pdf", "-o", "OUT", "--max-failed", "3"], "a share from 0 to 1"),
        (["run", "x.pdf", "-o", "OUT", "--jobs", "many"], "--jobs"),
        (["run", "-o", "OUT", "--from-file", "nowhere.txt"], "the list cannot be read"),
    ],
)
def test_wrong_arguments_end_with_1_and_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert main([str(tmp_path / "out") if text == "OUT" else text for text in arguments]) == 1
    told = capsys.readouterr().err
    assert said in told and told.count("\n") == 1
    assert "see: " not in told or "see: newsreflow run --help" in told or arguments == ["nonsense"]
    assert not (tmp_path / "out").exists()


def test_a_run_writes_an_issue_and_says_where(
    good: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(good, "-o", out) == 0
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == 6
    assert "good: 2 pages" in said.err
    assert "council met on Tuesday" in (out / "good" / "tei.xml").read_text()
    assert json.loads((out / "run.json").read_text())["folder"]["pages"] == {"done": 2}
    assert (out / "report.html").is_file() and (out / "failed.csv").is_file()


def test_nothing_of_this_machine_is_in_the_archive(good: Path, out: Path) -> None:
    _run(good, "-o", out)
    for path in (out / "good").rglob("*"):
        if path.is_file():
            assert str(good.parent) not in path.read_text(), path


def test_pages_dry_run_and_lists(
    good: Path, out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(good, "-o", out, "--dry-run") == 0
    assert capsys.readouterr().out == "good: 2 pages\n"
    assert not out.exists()
    listing = tmp_path / "list"
    listing.write_bytes(bytes(good) + b"\0")
    assert _run("-o", out, "--from-file", listing, "--pages", "2") == 0
    assert [path.name for path in (out / "good" / "pages").iterdir()] == ["p0002.json"]


def test_progress_as_json(good: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _run(good, "-o", out, "--progress", "json")
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [event["event"] for event in events] == ["begin", "page", "page", "issue"]


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _cut(path: Path) -> None:
    Image.effect_noise((800, 900), 90).save(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _html(path: Path) -> None:
    path.write_text("<!DOCTYPE html><html><body>Not found</body></html>")


def _tiny(path: Path) -> None:
    Image.new("L", (1, 1)).save(path)


def _huge(path: Path) -> None:
    Image.new("1", (30_000, 30_000), 1).save(path, compression="group4")


def _locked(path: Path) -> None:
    _pdf(path, "secret", encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="x", owner_pw="y")


def _no_pdf(path: Path) -> None:
    path.write_text("this is no PDF")


BAD: list[tuple[str, Write, int, str]] = [
    ("empty.pdf", _empty, 2, "empty"),
    ("empty.tif", _empty, 2, "empty"),
    ("cut.jpg", _cut, 2, "cut off"),
    ("page.tif", _html, 2, "HTML"),
    ("tiny.png", _tiny, 2, "1 x 1"),
    ("huge.tif", _huge, 2, "400 megapixels"),
    ("locked.pdf", _locked, 8, "encrypted"),
    ("text.pdf", _no_pdf, 2, "although its name ends in .pdf"),
]


@pytest.mark.parametrize(("name", "write", "code", "said"), BAD, ids=[bad[0] for bad in BAD])
def test_a_bad_input_alone(
    tmp_path: Path,
    out: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    write: Write,
    code: int,
    said: str,
) -> None:
    path = tmp_path / name
    write(path)
    assert _run(path, "-o", out) == code
    told = [line for line in capsys.readouterr().err.splitlines() if line.startswith("error: ")]
    assert len(told) == 1
    assert str(path) in told[0] and said in told[0] and "; " in told[0]


def test_bad_inputs_among_good_ones(good: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = [good]
    for name, write, _, _ in BAD:
        paths.append(good.with_name(name))
        write(paths[-1])
    paths.append(good.with_name("absent.pdf"))
    assert _run(*paths, "-o", out) == 20
    told = [line for line in capsys.readouterr().err.splitlines() if line.startswith("error: ")]
    assert len(told) == len(BAD) + 1
    assert "council met" in (out / "good" / "tei.xml").read_text()


def test_a_name_that_is_not_utf8(good: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = good.parent / "folder"
    folder.mkdir()
    odd = Path(os.fsdecode(bytes(folder) + b"/caf\xe9.pdf"))
    odd.write_bytes(good.read_bytes())
    assert _run(good, folder, odd, "-o", out) == 20
    told = capsys.readouterr().err
    assert told.count("caf\\udce9.pdf: has a name that is not UTF-8; rename it") == 1


def test_results_inside_the_input_are_no_input(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = good.parent / "results"
    assert main(["run", str(good.parent), "-o", str(out)]) == 0
    assert (out / "good" / "mets.xml").exists()
    assert main(["run", str(good.parent), "-o", str(out)]) == 0
    assert "1 issue, 2 pages" in capsys.readouterr().err


def test_names_in_other_letters(good: Path, out: Path) -> None:
    names = ("روزنامه‌ی شهر ۱۲.pdf", "100 % #1?.pdf", "a & b <c>.pdf")
    for name in names:
        good.with_name(name).write_bytes(good.read_bytes())
    assert _run(*(good.with_name(name) for name in names), "-o", out, "--pages", "1") == 0
    folders = [path.name for path in out.iterdir() if path.is_dir() and path.name != ".newsreflow"]
    assert len(folders) == 3 and all(name.isascii() for name in folders)


def test_an_unknown_key_of_a_profile_ends_with_9(
    good: Path, out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    profile = tmp_path / "mine.toml"
    profile.write_text("[source]\ndip = 300\n")
    assert _run(good, "-o", out, "-c", profile) == 9
    assert capsys.readouterr().err.endswith("unknown key 'dip' in [source]; did you mean 'dpi'?\n")
    assert _run(good, "-o", out, "-c", "nobody's") == 9


def test_an_output_folder_that_cannot_be_made_ends_with_5(
    good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken = tmp_path / "taken"
    taken.write_text("")
    for folder in (taken, taken / "below", Path("/proc/nothing")):
        assert _run(good, "-o", folder) == 5
        told = capsys.readouterr().err
        assert "cannot be written" in told and "-o" in told


@pytest.mark.ocr
def test_a_missing_language_pack_ends_with_3(
    tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    scan = tmp_path / "scan.png"
    pixmap = pymupdf.open(_pdf(tmp_path / "a.pdf", "Some words in a scan."))[0].get_pixmap(dpi=150)
    pixmap.save(scan)
    (tmp_path / "tessdata").mkdir()
    (tmp_path / "tessdata" / "osd.traineddata").write_bytes(b"")
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path / "tessdata"))
    assert _run(scan, "-o", out, "-l", "he") == 3
    told = capsys.readouterr().err
    assert "apt-get install" in told and "heb" in told


def test_status_retry_reflow_and_rebuild(good: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = good.with_name("bad.pdf")
    bad.write_bytes(b"")
    assert _run(good, bad, "-o", out) == 20
    capsys.readouterr()
    assert main(["status", str(out)]) == 0
    said = capsys.readouterr().out
    assert "pages: 2 done" in said and "failed: 1 input: input" in said
    _pdf(bad, "Now it is a PDF with a sentence in it.")
    assert main(["retry", str(out), "-q"]) == 0
    assert "with a sentence" in (out / "bad" / "tei.xml").read_text()
    before = (out / "good" / "tei.xml").read_bytes()
    (out / "good" / "tei.xml").unlink()
    assert main(["reflow", str(out), "-q", "--format", "tei"]) == 0
    assert (out / "good" / "tei.xml").read_bytes() == before
    (out / ".newsreflow" / "journal.sqlite").unlink()
    assert main(["journal", "rebuild", str(out)]) == 0
    assert main(["status", str(out)]) == 0
    assert "pages: 3 done" in capsys.readouterr().out


def test_reflow_of_alto_and_of_a_mets_with_alto(
    good: Path, out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", str(good), "-o", str(out), "-q", "--format", "alto,mets"]) == 0
    other = tmp_path / "other"
    assert main(["reflow", str(out / "good" / "mets.xml"), "-o", str(other), "-q"]) == 0
    assert "council met on Tuesday" in (other / "good" / "text.txt").read_text()
    single = out / "good" / "alto" / "p0002.xml"
    assert main(["reflow", str(single), "-o", str(tmp_path / "one"), "-q", "--format", "tei"]) == 0
    assert "second page" in (tmp_path / "one" / "p0002" / "tei.xml").read_text()
    assert main(["reflow", str(good), "-o", str(other), "-q"]) == 2
    assert "holds no text" in capsys.readouterr().err


def test_check_finds_what_was_changed(good: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(good), "-o", str(out), "-q"]) == 0
    assert main(["check", str(out)]) == 0
    tei = out / "good" / "tei.xml"
    tei.write_text(tei.read_text().replace("Tuesday", "Monday"))
    assert main(["check", str(out)]) == 4
    assert "was changed since it was written" in capsys.readouterr().out
    assert main(["check", str(out / "absent")]) == 2


@pytest.mark.parametrize(("schemas", "said"), [(False, "holds no results"), (True, "holds no schema")])
def test_nothing_to_check_or_nothing_to_check_by_is_not_well(
    good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], schemas: bool, said: str
) -> None:
    """A wrong path was once answered by "no faults found"."""
    arguments = [str(tmp_path), "--schemas", str(tmp_path / "absent")] if schemas else [str(good.parent)]
    assert main(["check", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_status_of_what_is_no_result(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["status"], ["retry"], ["review"], ["journal", "rebuild"]):
        assert main([*command, str(tmp_path)]) == 2
        assert str(tmp_path) in capsys.readouterr().err


def test_page_writes_alto_and_text(good: Path, tmp_path: Path, capfdbinary: object) -> None:
    alto = tmp_path / "page.xml"
    assert main(["page", str(good), "--page", "2", "--alto", str(alto)]) == 0
    assert b"second" in alto.read_bytes()
    assert main(["page", str(good), "--page", "3", "--alto", str(alto)]) == 2


def test_page_takes_the_folder_of_one_issue_as_run_does(
    good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["page", str(good.parent), "--alto", str(good.with_suffix(".xml"))]) == 0
    good.with_name("other.pdf").write_bytes(good.read_bytes())
    assert main(["page", str(good.parent)]) == 2
    assert "holds 2 issues" in capsys.readouterr().err


def test_engines_and_doctor(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["engines"]) == 0
    assert "tesseract" in capsys.readouterr().out
    assert main(["doctor", str(out)]) in (0, 3)
    said = capsys.readouterr().out
    assert "memory" in said and "OpenJPEG" in said
    assert main(["profiles", "defaults"]) == 0
    assert "[geometry]" in capsys.readouterr().out


def test_repair_reads_standard_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = tmp_path / "a.txt"
    text.write_text("plain text\n", encoding="utf-8")
    assert main(["repair", str(text)]) == 0
    assert capsys.readouterr().out == "plain text\n"
    text.write_bytes(b"\xff\xfe")
    assert main(["repair", str(text)]) == 2


def test_a_fault_of_ours_is_a_sentence_and_with_vv_a_traceback(
    monkeypatch: pytest.MonkeyPatch, good: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*arguments: object, **named: object) -> None:
        raise ZeroDivisionError("one by nothing")

    monkeypatch.setattr("layout.batch.start.start", broken)
    assert _run(good, "-o", out) == 15
    told = capsys.readouterr().err
    assert "ZeroDivisionError" in told and "report it" in told and "Traceback" not in told
    assert _run(good, "-o", out, "-vv") == 15
    assert "Traceback" in capsys.readouterr().err


def test_as_a_program(good: Path, out: Path) -> None:
    command = [sys.executable, "-m", "layout", "run", "-", "-o", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert done.returncode == 2
    assert "there is no such file" in done.stderr and "Traceback" not in done.stderr
    command = [sys.executable, "-m", "layout", "run", "--from-file", "-", "-o", str(out), "--format", "tei"]
    done = subprocess.run(command, capture_output=True, input=os.fsencode(f"{good}\n"), cwd=ROOT, timeout=60)
    assert done.returncode == 0, done.stderr


def test_memory_is_read_as_people_write_it() -> None:
    assert [megabytes(text) for text in ("4G", "800M", "800", "1.5g", "2GB")] == [4000, 800, 800, 1500, 2000]
    with pytest.raises(UsageError):
        megabytes("lots")
