"""`python -m tests.malformed FOLDER [NAME...]`: each file alone to the program; a line for each.

A name is that of a case or of a module of cases.

`!!` marks a line whose exit code, sentence, time, memory or traces are not as they should be.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.malformed import ACCESS, CONFIG, LOCKED, REFUSED, USAGE, Case, every_case

ROOT = Path(__file__).resolve().parents[2]
#: Processor time of what is refused, which a busy machine does not change; time of what hangs; memory.
_SECONDS, _HANGS, _MB = 10.0, 60.0, 1000.0
_SENTENCE = (USAGE, REFUSED, ACCESS, LOCKED, CONFIG, 20)


def main(folder: Path, names: list[str]) -> int:
    """Print a line for each case; the number of those that went wrong, at most 100."""
    wrong = 0
    for case in every_case():
        if names and not any(name in (case.name, case.make.__module__.rpartition(".")[2]) for name in names):
            continue
        faults, line = tried(case, folder)
        wrong += bool(faults)
        print(f"{'!!' if faults else '  '} {case.name:36} {line} {'; '.join(faults)}", flush=True)  # noqa: T201
    print(f"{wrong} went wrong")  # noqa: T201
    return min(wrong, 100)


def tried(case: Case, folder: Path) -> tuple[list[str], str]:
    """What was not as it should be, and what happened in a line."""
    place = folder / case.stem
    place.mkdir(parents=True)
    given = made_apart(case, place)
    before, out = traces(folder), folder / "out" / case.stem
    command = [
        sys.executable,
        "-m",
        "layout",
        "run",
        "-o",
        str(out),
        "--jobs",
        "1",
        "--progress",
        "plain",
        "--",
        given,
    ]
    started = time.perf_counter()
    with (folder / "said").open("w+", encoding="utf-8", errors="replace") as said:
        process = subprocess.Popen(
            command, cwd=ROOT, stderr=said, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds, peak_mb = time.perf_counter() - started, usage.ru_maxrss * 1024 / 1e6
        busy = usage.ru_utime + usage.ru_stime
        said.seek(0)
        text = said.read()
    errors = [line for line in text.split("\n") if line.startswith(("error: ", "newsreflow: "))]
    faults = _faults(case, process.returncode, text, errors)
    refused = process.returncode != 0
    faults += [f"{busy:.0f} s busy"] if refused and busy > _SECONDS else []
    faults += [f"{seconds:.0f} s"] if seconds > _HANGS else []
    faults += [f"{peak_mb:.0f} MB"] if refused and peak_mb > _MB else []
    faults += [f"left {name}" for name in sorted(traces(folder) - before)]
    cost = f"{seconds:5.1f} s ({busy:4.1f} busy) {peak_mb:5.0f} MB"
    return faults, f"{process.returncode:3d} {cost}  {errors[0] if errors else ''}"


def _faults(case: Case, code: int, text: str, errors: list[str]) -> list[str]:
    faults = [f"code {code}, not {case.code}"] if code != case.code else []
    if code in _SENTENCE and len(errors) != case.sentences:
        faults.append(f"{len(errors)} sentences")
    if code and errors and "; " not in errors[0]:
        faults.append("no remedy")
    if case.said not in text:
        faults.append(f"'{case.said}' was not said")
    if "Traceback" in text or "report it" in text:
        faults.append("a fault of ours")
    return faults


def made_apart(case: Case, place: Path) -> str:
    """Make a case in a process of its own: a program's peak memory begins with that of who started it."""
    mine, theirs = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.write(theirs, os.fsencode(case.make(place, case.stem)))
        finally:
            os._exit(0)
    os.close(theirs)
    with open(mine, "rb") as pipe:  # noqa: PTH123  # a descriptor
        given = pipe.read()
    os.waitpid(child, 0)
    return os.fsdecode(given)


def traces(folder: Path) -> set[str]:
    """Everything below a folder but its results."""
    found = set()
    for root, folders, files in os.walk(folder):
        here = Path(root).relative_to(folder)
        if here.parts[:1] != ("out",):
            found |= {str(here / name) for name in (*folders, *files)}
    return found - {"out", "said"}


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).absolute(), sys.argv[2:]))
