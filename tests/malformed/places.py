"""What is wrong with where a file lies, what it is called or what stands beside it."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.malformed import CONFIG, READ, REFUSED, Case
from tests.malformed.pdfs import plain, raw
from tests.malformed.rasters import encoded

Make = Callable[[Path, str], Path | str]


def cases() -> Iterator[Case]:
    yield from _no_files()
    yield from _folders()
    yield from _names()
    yield from _beside()


def _no_files() -> Iterator[Case]:
    yield Case("absent", lambda folder, stem: folder / f"{stem}.pdf", REFUSED, "no such file")
    yield Case("absent-below-a-file", _below_a_file, REFUSED)
    yield Case("pipe", _pipe, REFUSED, "not a file")
    yield Case("socket", _socket, REFUSED, "not a file")
    for name in ("zero", "null", "random", "full"):
        yield Case(f"device-{name}", lambda folder, stem, name=name: f"/dev/{name}", REFUSED, "not a file")
    yield Case("memory-of-a-process", lambda folder, stem: "/proc/self/mem", REFUSED)
    yield Case("link-to-itself", _self_link, REFUSED)
    yield Case("link-to-nothing", _dangling, REFUSED, "no such file")
    yield Case("name-too-long", lambda folder, stem: folder / ("a" * 300 + ".pdf"), REFUSED)
    yield Case("path-too-long", lambda folder, stem: folder / "/".join(["a" * 100] * 60), REFUSED)


def _folders() -> Iterator[Case]:
    yield Case("folder-empty", lambda folder, stem: _made(folder / stem), REFUSED, "holds no")
    yield Case("folder-of-other-things", _other_things, REFUSED, "holds no")
    yield Case("folder-that-holds-itself", _holds_itself, READ)
    yield Case("folder-called-a-picture", _folder_picture, READ)
    yield Case("folder-with-a-pipe", _folder_pipe, 20, "not a file")
    yield Case("folder-with-a-link-out", _folder_link_out, REFUSED, "outside its folder")
    yield Case("folder-with-a-link-loop", _folder_link_loop, 20)
    yield Case("folder-three-hundred-deep", _deep, READ)
    yield Case("folder-with-one-bad-page", _one_bad, 20, "empty")


def _names() -> Iterator[Case]:
    names = {
        "spaces": "  a  b  .pdf",
        "line-break": "a\nb.pdf",
        "escape": "a\x1b[31mred\x07.pdf",
        "markup": "<script>alert(1)</script>&amp;'\".pdf".replace("/", "_"),
        "percent": "100%25 #1?.pdf",
        "shell": "$(touch touched);`id`|x&.pdf",
        "dashes": "-rf --help.pdf",
        "dots": "....pdf",
        "device": "CON.pdf",
        "reversed": "a\u202efdp.\u202c.pdf",
        "half-space": "روزنامه\u200cی شهر.pdf",
        "emoji": "🗞️🗞️.pdf",
        "combining": "e\u0301\u0301\u0301.pdf",
        "long": "ب" * 120 + ".pdf",
        "comma": 'a,"b",c.pdf',
        "receipt": "receipt.pdf",
    }
    for name, file in names.items():
        yield Case(f"name-of-{name}", lambda folder, stem, file=file: _page_at(folder / file), READ)
    yield Case("name-hidden", lambda folder, stem: _page_at(folder / ".hidden.pdf"), READ)
    yield Case("name-not-utf-8", _not_utf8, REFUSED, "not UTF-8")


def _beside() -> Iterator[Case]:
    tomls = {
        "noise": bytes(range(256)),
        "cut": b'title = "The',
        "unknown-key": b'titel = "The Lantern"',
        "a-list": b"title = [1, 2]",
        "not-a-day": b'date = "1931-02-30"',
        "deep": b"title = " + b"[" * 5000 + b"]" * 5000,
        "large": b"# " + b"x" * 30_000_000 + b"\ntitel = 1",
    }
    for name, data in tomls.items():
        yield Case(f"issue-toml-{name}", _with_toml(data), CONFIG, "issue.toml")
    identifiers = {
        "up": "../../../evil",
        "absolute": "/etc/evil",
        "nul": "a\\u0000b",
        "slashes": "a/b\\\\c",
        "long": "x" * 3000,
    }
    for name, text in identifiers.items():
        yield Case(f"issue-id-{name}", _with_toml(f'identifier = "{text}"'.encode()), READ)
    yield Case("issue-title-of-controls", _with_toml(b'title = "a\\u0001\\u202E\\uFFFE<b>&"'), READ)


def _page_at(path: Path) -> Path:
    path.write_bytes(raw(plain()))
    return path


def _picture_at(path: Path) -> Path:
    path.write_bytes(encoded("PNG"))
    return path


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _below_a_file(folder: Path, stem: str) -> Path:
    return _page_at(folder / "a.pdf") / f"{stem}.pdf"


def _pipe(folder: Path, stem: str) -> Path:
    path = folder / f"{stem}.pdf"
    os.mkfifo(path)
    return path


def _socket(folder: Path, stem: str) -> Path:
    path = folder / f"{stem}.pdf"
    with socket.socket(socket.AF_UNIX) as made:
        here = Path.cwd()
        os.chdir(folder)  # a socket's name may have 100 letters
        try:
            made.bind(path.name)
        finally:
            os.chdir(here)
    return path


def _self_link(folder: Path, stem: str) -> Path:
    path = folder / f"{stem}.pdf"
    path.symlink_to(path.name)
    return path


def _dangling(folder: Path, stem: str) -> Path:
    path = folder / f"{stem}.pdf"
    path.symlink_to("nowhere.pdf")
    return path


def _other_things(folder: Path, stem: str) -> Path:
    made = _made(folder / stem)
    (made / "notes.txt").write_text("no pages here")
    (made / "Thumbs.db").write_bytes(bytes(900))
    return made


def _holds_itself(folder: Path, stem: str) -> Path:
    made = _made(folder / stem)
    _picture_at(made / "1.png")
    (made / "again").symlink_to(".", target_is_directory=True)
    return made


def _folder_picture(folder: Path, stem: str) -> Path:
    made = _made(folder / f"{stem}.tif")
    _picture_at(made / "1.png")
    (made / "2.png").mkdir()
    return made


def _folder_pipe(folder: Path, stem: str) -> Path:
    made = _made(folder / stem)
    _picture_at(made / "1.png")
    os.mkfifo(made / "2.png")
    return made


def _folder_link_out(folder: Path, stem: str) -> Path:
    made = _made(folder / stem)
    _picture_at(folder / "elsewhere.png")
    (made / "1.png").symlink_to("../elsewhere.png")
    return made


def _folder_link_loop(folder: Path, stem: str) -> Path:
    made = _made(folder / stem)
    _picture_at(made / "1.png")
    (made / "2.png").symlink_to("2.png")
    return made


def _deep(folder: Path, stem: str) -> Path:
    made = _made(folder / stem)
    here = made
    for _ in range(300):
        here = _made(here / "a")
    _picture_at(here / f"{stem}.png")
    return made


def _one_bad(folder: Path, stem: str) -> Path:
    made = _made(folder / stem)
    _picture_at(made / "1.png")
    (made / "2.png").write_bytes(b"")
    return made


def _not_utf8(folder: Path, stem: str) -> Path:
    return _page_at(Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.pdf")))


def _with_toml(data: bytes) -> Make:
    def make(folder: Path, stem: str) -> Path:
        made = _made(folder / stem)
        _picture_at(made / "1.png")
        (made / "issue.toml").write_bytes(data)
        return made

    return make
