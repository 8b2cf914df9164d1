"""Inputs from object storage, results to it: any of fsspec's file systems, here the local one."""

from __future__ import annotations

from pathlib import Path

import pytest

from layout.batch import remote
from layout.cli import main
from layout.errors import AccessError, DependencyError, InputError
from tests.malformed.pdfs import plain, raw

pytest.importorskip("fsspec", reason="the extra newsreflow[remote] is not installed")


@pytest.fixture
def bucket(tmp_path: Path) -> Path:
    made = tmp_path / "bucket"
    (made / "issues" / "deep").mkdir(parents=True)
    for name in ("issues/a.pdf", "issues/deep/b.pdf"):
        (made / name).write_bytes(raw(plain()))
    return made


def test_a_folder_is_fetched_once_and_what_changed_again(bucket: Path, tmp_path: Path) -> None:
    address, here = f"file://{bucket}/issues", tmp_path / "here"
    made = remote.fetch(address, here)
    files = [path for path in sorted(made.rglob("*")) if path.is_file()]
    assert [path.relative_to(made).as_posix() for path in files] == ["a.pdf", "deep/b.pdf"]
    assert remote.address_of(files[1], made, address) == f"{address}/deep/b.pdf"
    before = [path.stat().st_ino for path in files]
    (bucket / "issues" / "a.pdf").write_bytes(b"other")
    remote.fetch(address, here)
    after = [path.stat().st_ino for path in files]
    assert files[0].read_bytes() == b"other" and after[0] != before[0] and after[1] == before[1]


def test_what_an_address_may_not_be(bucket: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nothing at this address"):
        remote.fetch(f"file://{bucket}/nothing", tmp_path / "here")
    with pytest.raises((InputError, DependencyError)):
        remote.fetch("nonsense://bucket/x", tmp_path / "here")
    with pytest.raises(InputError, match="leads elsewhere"):
        remote._below(tmp_path, "a", "../../etc/passwd", "s3://b/a")


def test_a_copy_that_is_cut_is_no_copy(bucket: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from fsspec.implementations.local import LocalFileSystem

    monkeypatch.setattr(LocalFileSystem, "get_file", lambda self, key, to: Path(to).write_bytes(b"half"))
    with pytest.raises(AccessError, match="did not come whole"):
        remote.fetch(f"file://{bucket}/issues", tmp_path / "here")
    assert not [path for path in (tmp_path / "here").rglob("*") if path.is_file()]


def test_a_run_from_and_to_addresses(
    bucket: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, there = tmp_path / "out", tmp_path / "there"
    command = ["run", f"file://{bucket}/issues", "-o", str(out), "-j", "1", "--format", "tei"]
    assert main([*command, "-q"]) == 2, "only where it is asked for"
    command += ["--remote", "--publish", f"file://{there}"]
    assert main([*command, "-q"]) == 0
    assert sorted(path.name for path in there.iterdir()) == ["a", "b"]
    assert (there / "a" / "receipt.json").read_bytes() == (out / "a" / "receipt.json").read_bytes()
    assert (there / "b" / "tei.xml").read_bytes() == (out / "b" / "tei.xml").read_bytes()
    assert str(tmp_path) not in (there / "a" / "tei.xml").read_text()
    (there / "a" / "receipt.json").unlink()
    capsys.readouterr()
    assert main(command) == 0
    assert "2 unchanged" in capsys.readouterr().out
    assert (there / "a" / "receipt.json").is_file(), "what was not put up is, without being read again"


def test_a_storage_that_fails_leaves_the_issue_to_be_put_up(bucket: Path, tmp_path: Path) -> None:
    command = ["run", str(bucket / "issues"), "-o", str(tmp_path / "out"), "-j", "1", "-q", "--format", "tei"]
    taken = tmp_path / "taken"
    taken.write_text("")
    assert main([*command, "--publish", f"file://{taken}/below"]) == 5
    assert main([*command, "--publish", f"file://{tmp_path}/free"]) == 0
    assert (tmp_path / "free" / "a" / "receipt.json").is_file()
