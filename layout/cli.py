"""The command line: arguments -> config -> batch -> exit code. No logic of its own.

Results go to standard output, everything else to standard error. Exit codes are those of
`layout.errors`, 20 for a run that finished with failed pages, 21 for one that was stopped because of
them, 130 after Ctrl-C.
"""

from __future__ import annotations

import logging
import sys
import traceback
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from layout import __version__
from layout.errors import ConfigError, LayoutError, UsageError

if TYPE_CHECKING:
    from layout.batch.outcome import Outcome
    from layout.batch.progress import Progress
    from layout.config import Config

app = typer.Typer(
    name="newsreflow",
    help="Newspaper issues, scanned or digital, to ALTO, TEI and METS in reading order.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

#: Shown with -vv: where an error came from.
_DEEP = 2


class ProgressKind(StrEnum):
    AUTO = "auto"
    PLAIN = "plain"
    JSON = "json"
    NONE = "none"


class OnPageError(StrEnum):
    SKIP = "skip"
    ABORT = "abort"


Out = Annotated[Path, typer.Option("--out", "-o", help="Folder for the results.")]
Profile = Annotated[
    str | None, typer.Option("--config", "-c", metavar="PROFILE", help="A TOML file, or a profile's name.")
]
Verbose = Annotated[int, typer.Option("--verbose", "-v", count=True, help="Say more; twice: tracebacks.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say only what went wrong.")]
Jobs = Annotated[
    int | None, typer.Option("--jobs", "-j", min=0, help="Pages at once; 0: as the machine allows.")
]
Formats = Annotated[
    list[str] | None, typer.Option("--format", help="What to write (repeat it, or part by commas).")
]
ProgressOption = Annotated[ProgressKind, typer.Option("--progress", help="How progress is shown.")]
PageTimeout = Annotated[
    float | None, typer.Option("--page-timeout", metavar="S", help="Seconds a page may take.")
]
PageMemory = Annotated[
    str | None, typer.Option("--page-memory", metavar="SIZE", help="Memory a page may take, like 4G.")
]
JournalFile = Annotated[
    Path | None, typer.Option("--journal", help="Where the journal lies, if not in the results' folder.")
]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"newsreflow {__version__}")
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    pass


@app.command()
def run(
    out: Out,
    inputs: Annotated[
        list[str] | None,
        typer.Argument(metavar="INPUT...", help="PDFs, images, METS files or folders of them."),
    ] = None,
    config: Profile = None,
    jobs: Jobs = None,
    formats: Formats = None,
    language: Annotated[
        str | None,
        typer.Option("--language", "-l", help="Language of the pages, like fa; else it is detected."),
    ] = None,
    pages: Annotated[str | None, typer.Option(help="Only these pages of each issue, like 1-4,8.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Do again what is done.")] = False,
    progress: ProgressOption = ProgressKind.AUTO,
    page_timeout: PageTimeout = None,
    page_memory: PageMemory = None,
    on_page_error: Annotated[
        OnPageError | None, typer.Option("--on-page-error", help="Go on without a failed page, or stop.")
    ] = None,
    max_failed: Annotated[
        float | None, typer.Option("--max-failed", help="Stop when a larger share of pages fails, like 0.1.")
    ] = None,
    shard: Annotated[str | None, typer.Option(help="Only the k-th of n parts of the issues, as k/n.")] = None,
    from_file: Annotated[
        str | None, typer.Option("--from-file", help="Read inputs from a list (- is standard input).")
    ] = None,
    journal: JournalFile = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")] = False,
    verbose: Verbose = 0,
    quiet: Quiet = False,
) -> None:
    """Read issues and write ALTO, TEI, METS and text. The same command again goes on where it stopped."""
    from layout.batch import start
    from layout.batch.jobs import Pages, Shard
    from layout.batch.run import Request

    _log(verbose)
    settings = _settings(
        config, jobs, formats, language, page_timeout, page_memory, on_page_error, max_failed
    )
    names = [*(inputs or []), *_listed(from_file)]
    if not names:
        raise UsageError("no input was given", remedy="name PDFs, images, METS files or folders")
    request = Request(
        tuple(names), out, settings, pages=Pages.parse(pages), shard=Shard.parse(shard), force=force
    )
    if dry_run:
        outcome, jobs_found = start.look(request, _progress(progress, quiet))
        for name, count in jobs_found:
            typer.echo(f"{name}: {count} page{'s' * (count != 1)}")
        raise typer.Exit(outcome.exit_code)
    outcome = start.start(request, _progress(progress, quiet), journal_file=journal)
    _close(outcome, out, quiet or progress is ProgressKind.JSON)


def main(argv: list[str] | None = None) -> int:
    """Run a command line; the exit code."""
    arguments = (sys.argv[1:] if argv is None else argv) or ["--help"]
    command = typer.main.get_command(app)
    try:
        code: Any = command.main(args=arguments, prog_name="newsreflow", standalone_mode=False)
    except LayoutError as error:
        return _failed(str(error), error.exit_code, arguments)
    except (KeyboardInterrupt, typer.Abort):
        return _failed("stopped", 130, arguments)
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except Exception as error:
        if hasattr(error, "format_message"):  # a wrong option or argument, in every version of typer
            return _failed(f"{_sentence(error)}; see: newsreflow --help", UsageError.exit_code, arguments)
        if isinstance(error, OSError):
            return _failed(f"{error.filename or 'a file'}: {error.strerror or error}", 5, arguments)
        problem = (
            f"an unexpected {type(error).__name__}: {error}; this is a fault of the program, please report it"
        )
        return _failed(problem, LayoutError.exit_code, arguments)
    return code if isinstance(code, int) else 0


def _sentence(error: Any) -> str:
    text = str(error.format_message()).strip() or str(error)
    return " ".join(text.split()).rstrip(".") or "wrong arguments"


def _failed(message: str, code: int, arguments: list[str]) -> int:
    if sum(argument.count("v") for argument in arguments if argument in ("-v", "-vv", "-vvv")) >= _DEEP:
        traceback.print_exc()
    typer.echo(f"newsreflow: {message}", err=True)
    return code


def _log(verbose: int) -> None:
    level = (logging.WARNING, logging.INFO, logging.DEBUG)[min(verbose, _DEEP)]
    logging.basicConfig(level=level, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s")


def _settings(
    profile: str | None,
    jobs: int | None = None,
    formats: list[str] | None = None,
    language: str | None = None,
    page_timeout: float | None = None,
    page_memory: str | None = None,
    on_page_error: OnPageError | None = None,
    max_failed: float | None = None,
) -> Config:
    """The profile's configuration with what the command line says over it."""
    from layout.config import from_tables, load_config, to_tables

    tables = to_tables(load_config(profile))
    said = {
        ("export", "formats"): [name for text in formats or () for name in text.split(",")] or None,
        ("text", "language"): language,
        ("batch", "jobs"): jobs,
        ("batch", "page_timeout_s"): page_timeout,
        ("batch", "page_memory_mb"): _megabytes(page_memory),
        ("batch", "on_page_error"): on_page_error.value if on_page_error else None,
        ("batch", "max_failed"): max_failed,
    }
    for (section, key), value in said.items():
        if value is not None:
            tables[section][key] = value
    try:
        return from_tables(tables)
    except ConfigError as error:
        raise UsageError(error.problem, remedy=error.remedy) from error


def _megabytes(size: str | None) -> int | None:
    if size is None:
        return None
    number, unit = size.strip().rstrip("Bb"), ""
    if number[-1:].upper() in ("K", "M", "G", "T"):
        number, unit = number[:-1], number[-1].upper()
    try:
        return int(float(number) * {"K": 1e-3, "": 1.0, "M": 1.0, "G": 1e3, "T": 1e6}[unit])
    except ValueError:
        raise UsageError(f"'{size}' is no amount of memory", remedy="write it like 4G or 800M") from None


def _listed(source: str | None) -> list[str]:
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


def _progress(kind: ProgressKind, quiet: bool) -> Progress:
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


def _close(outcome: Outcome, out: Path, quiet: bool) -> None:
    """The last six lines, and the exit code."""
    if not quiet:
        for line in _closing(outcome, out):
            typer.echo(line)
    raise typer.Exit(outcome.exit_code)


def _closing(outcome: Outcome, out: Path) -> list[str]:
    def counted(counts: Any) -> str:
        return ", ".join(
            f"{counts[state]} {state}" for state in ("done", "unchanged", "failed") if counts[state]
        )

    done = outcome.pages["done"]
    each = f", {outcome.seconds / done:.1f} s a page" if done else ""
    reasons = ", ".join(f"{count} {reason}" for reason, count in sorted(outcome.failures.items()))
    ended = {"interrupted": "stopped on request", "max-failed": "stopped: too many pages failed"}
    lines = [
        f"issues:   {counted(outcome.issues) or 'none'}",
        f"pages:    {counted(outcome.pages) or 'none'}",
        f"failures: {reasons or 'none'}",
        f"time:     {outcome.seconds:.1f} s{each}, at most {outcome.peak_mb:.0f} MB",
        f"results:  {out}",
        f"report:   {out / 'report.html'}",
    ]
    if outcome.stop:
        lines.append(f"{ended.get(outcome.stop, 'stopped at a failed page')}; the same command goes on")
    return lines
