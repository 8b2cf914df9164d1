"""The command line of the generator."""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.console import Console
from rich.progress import track

from tests.bench.pages.issues import make_issue
from tests.bench.pages.press import Press
from tests.bench.pages.produce import make_single, write_json


def main() -> None:
    """Make the pages and issues that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.pages", description="Pages with truth.")
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=0, help="single pages")
    parser.add_argument("--issues", type=int, default=0, help="issues of six pages")
    parser.add_argument("--scans", action="store_true", help="a degraded scan of every page, too")
    given = parser.parse_args()
    console = Console(stderr=True)
    with Press() as press:
        numbers = track(range(given.count), "pages", console=console)
        pages = [make_single(press, given.out, given.seed, number, given.scans) for number in numbers]
        issues = []
        for number in track(range(given.issues), "issues", console=console):
            issue, of_issue = make_issue(press, given.out, given.seed, number, given.scans)
            issues.append(issue)
            pages += of_issue
    name = f"gen{given.seed}"
    manifest = {
        "schema": "newsbench-manifest/1",
        "set": name,
        "seed": given.seed,
        "pages": pages,
        "issues": issues,
    }
    write_json(given.out / "manifest.json", manifest)


if __name__ == "__main__":
    main()
