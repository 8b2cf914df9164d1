"""Options that several commands share, and what they become."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from layout.errors import ConfigError, UsageError

if TYPE_CHECKING:
    from layout.batch.progress import Progress
    from layout.config import Config


class ProgressKind(StrEnum):
    AUTO = "auto"
    PLAIN = "plain"
    JSON = "json"
    NONE = "none"


class OnPageError(StrEnum):
    SKIP = "skip"
    ABORT = "abort"


#: The names of the exporters; their table loads what they need.
FORMATS = "alto, tei, mets, text (usual), tei-light, page, hocr, pdf, iiif, jsonl, markdown"

Out = Annotated[Path, typer.Option("--out", "-o", metavar="FOLDER", help="Folder for the results.")]
Folder = Annotated[Path, typer.Argument(metavar="OUT", help="The folder of an earlier run.")]
Profile = Annotated[
    str | None, typer.Option("--config", "-c", metavar="PROFILE", help="A TOML file, or a profile's name.")
]
Language = Annotated[
    str | None, typer.Option("--language", "-l", metavar="CODE", help="Language, like fa; else detected.")
]
Verbose = Annotated[
    int, typer.Option("--verbose", "-v", count=True, show_default=False, help="Say more; twice: tracebacks.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say only what went wrong.")]
Jobs = Annotated[
    int | None,
    typer.Option("--jobs", "-j", metavar="N", min=0, help="Pages at once; 0: as the machine allows."),
]
Formats = Annotated[
    list[str] | None,
    typer.Option("--format", metavar="NAMES", help=f"What to write, parted by commas: {FORMATS}."),
]
AltoVersion = Annotated[
    str | None, typer.Option("--alto-version", metavar="N", help="ALTO 2.1, 3.1, 4.2 or 4.4 (usual).")
]
AltoUnit = Annotated[
    str | None, typer.Option("--alto-unit", metavar="UNIT", help="ALTO in pixel (usual), mm10 or inch1200.")
]
TeiLines = Annotated[
    bool | None, typer.Option("--tei-lines/--no-tei-lines", help="Lines of the page in TEI, or not.")
]
Force = Annotated[bool, typer.Option("--force", help="Do again what is done.")]
ProgressOption = Annotated[
    ProgressKind, typer.Option("--progress", metavar="auto|plain|json|none", help="How progress is shown.")
]
PageTimeout = Annotated[
    float | None, typer.Option("--page-timeout", metavar="S", help="Seconds a page may take.")
]
PageMemory = Annotated[
    str | None, typer.Option("--page-memory", metavar="SIZE", help="Memory a page may take, like 4G.")
]
MaxMegapixels = Annotated[
    float | None, typer.Option("--max-megapixels", metavar="N", help="The largest page that is opened.")
]
Engine = Annotated[
    str, typer.Option("--engine", metavar="NAME", help="What carries the work: local or dask.")
]
Scheduler = Annotated[
    str | None,
    typer.Option("--scheduler", metavar="ADDRESS", help="A running Dask scheduler, tcp://host:8786."),
]
Cluster = Annotated[
    str | None,
    typer.Option("--cluster", metavar="KIND", help="Start Dask on slurm, pbs, htcondor, sge."),
]
JournalFile = Annotated[
    Path | None,
    typer.Option("--journal", metavar="FILE", help="Where the journal lies, if not in the results' folder."),
]


def settings(profile: str | None, **said: Any) -> Config:
    """The profile's configuration with what the command line says over it."""
    from layout.config import from_tables, load_config, to_tables

    return over(to_tables(load_config(profile)), from_tables, **said)


def over(tables: dict[str, Any], make: Any, **said: Any) -> Config:
    """The configuration of these tables with what the command line says over them; None says nothing."""
    places = {
        "language": ("text", "language"),
        "formats": ("export", "formats"),
        "alto_version": ("export", "alto_version"),
        "alto_unit": ("export", "alto_unit"),
        "tei_lines": ("export", "tei_lines"),
        "base_url": ("export", "base_url"),
        "jobs": ("batch", "jobs"),
        "page_timeout": ("batch", "page_timeout_s"),
        "page_memory": ("batch", "page_memory_mb"),
        "on_page_error": ("batch", "on_page_error"),
        "max_failed": ("batch", "max_failed"),
        "max_megapixels": ("source", "max_megapixels"),
    }
    convert: dict[str, Callable[[Any], Any]] = {
        "formats": _parted,
        "page_memory": megabytes,
        "on_page_error": str,
    }
    for name, value in said.items():
        if value is not None and value != []:
            section, key = places[name]
            tables[section][key] = convert.get(name, lambda plain: plain)(value)
    try:
        config: Config = make(tables)
    except ConfigError as error:
        raise UsageError(error.problem, remedy=error.remedy) from error
    return config


def _parted(formats: list[str]) -> list[str]:
    return [name.strip() for text in formats for name in text.split(",") if name.strip()]


def megabytes(size: str) -> int:
    """``4G``, ``800M`` or a number of megabytes. Raises `UsageError` for anything else."""
    number, unit = size.strip().rstrip("Bb"), ""
    if number[-1:].upper() in ("K", "M", "G", "T"):
        number, unit = number[:-1], number[-1].upper()
    try:
        return int(float(number) * {"K": 1e-3, "": 1.0, "M": 1.0, "G": 1e3, "T": 1e6}[unit])
    except (ValueError, OverflowError):
        raise UsageError(f"'{size}' is no amount of memory", remedy="write it like 4G or 800M") from None


def listed(source: str | None) -> list[str]:
    """The inputs of a list, ``-`` being standard input."""
    from layout.batch.jobs import names_in

    if source is None:
        return []
    if source == "-":
        return names_in(sys.stdin.buffer)
    try:
        with Path(source).open("rb") as stream:
            return names_in(stream)
    except OSError as error:
        raise UsageError(
            f"the list cannot be read ({error.strerror})", file=source, remedy="check the path"
        ) from error


def log(verbose: int) -> None:
    level = (logging.WARNING, logging.INFO, logging.DEBUG)[min(verbose, 2)]
    logging.basicConfig(level=level, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s")


def progress(kind: ProgressKind, quiet: bool) -> Progress:
    """The display that was asked for: in a terminal a live one, else lines."""
    from rich.console import Console

    from layout.batch import progress

    def say(text: str) -> None:
        typer.echo(text, err=True)

    if kind is ProgressKind.NONE:
        return progress.Silent()
    if kind is ProgressKind.JSON:
        return progress.Lines(typer.echo)
    if quiet:
        return progress.Errors(say)
    console = Console(stderr=True)
    if kind is ProgressKind.AUTO and console.is_terminal:
        return progress.Live(console)
    return progress.Plain(say)
