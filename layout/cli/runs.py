"""Commands that work on an output folder: run, reflow, retry, status, rebuild."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from layout.cli import options
from layout.cli.options import OnPageError, ProgressKind
from layout.errors import UsageError

if TYPE_CHECKING:
    from layout.batch.outcome import Outcome
    from layout.config import Config


def run(
    out: options.Out,
    inputs: Annotated[
        list[str] | None,
        typer.Argument(metavar="INPUT...", help="PDFs, images, METS files, folders of them."),
    ] = None,
    config: options.Profile = None,
    jobs: options.Jobs = None,
    formats: options.Formats = None,
    alto_version: options.AltoVersion = None,
    alto_unit: options.AltoUnit = None,
    tei_lines: options.TeiLines = None,
    language: options.Language = None,
    pages: Annotated[
        str | None, typer.Option(metavar="LIST", help="Only these pages of each issue, like 1-4,8.")
    ] = None,
    force: options.Force = False,
    verify: Annotated[
        bool, typer.Option("--verify", help="Take all checksums again to see what is done.")
    ] = False,
    progress: options.ProgressOption = ProgressKind.AUTO,
    page_timeout: options.PageTimeout = None,
    page_memory: options.PageMemory = None,
    max_megapixels: options.MaxMegapixels = None,
    on_page_error: Annotated[
        OnPageError | None,
        typer.Option("--on-page-error", metavar="skip|abort", help="Go on without a failed page, or stop."),
    ] = None,
    max_failed: Annotated[
        float | None,
        typer.Option(
            "--max-failed", metavar="SHARE", help="Stop when a larger share of pages fails, like 0.1."
        ),
    ] = None,
    shard: Annotated[
        str | None, typer.Option(metavar="K/N", help="Only the k-th of n parts of the issues.")
    ] = None,
    from_file: Annotated[
        str | None,
        typer.Option("--from-file", metavar="FILE", help="Read inputs from a list; - is standard input."),
    ] = None,
    remote: Annotated[
        bool, typer.Option("--remote", help="Inputs may be addresses of object storage, like s3://bucket/x.")
    ] = False,
    publish: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Put finished issues up there as well.")
    ] = None,
    engine: options.Engine = "local",
    scheduler: options.Scheduler = None,
    cluster: options.Cluster = None,
    time_limit: Annotated[
        float | None, typer.Option("--time-limit", metavar="S", help="Begin no page after so many seconds.")
    ] = None,
    journal: options.JournalFile = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")] = False,
    verbose: options.Verbose = 0,
    quiet: options.Quiet = False,
) -> None:
    """Read issues and write ALTO, TEI, METS and text. The same command again goes on where it stopped."""
    from layout.batch import start
    from layout.batch.engines import Where
    from layout.batch.jobs import Pages, Shard
    from layout.batch.request import Request
    from layout.batch.stop import Stop

    options.log(verbose)
    settings = options.settings(
        config,
        jobs=jobs,
        formats=formats,
        alto_version=alto_version,
        alto_unit=alto_unit,
        tei_lines=tei_lines,
        language=language,
        page_timeout=page_timeout,
        page_memory=page_memory,
        max_megapixels=max_megapixels,
        on_page_error=on_page_error,
        max_failed=max_failed,
    )
    names = [*(inputs or []), *options.listed(from_file)]
    if not names:
        problem = "the list names no input" if from_file else "no input was given"
        raise UsageError(problem, remedy="name PDFs, images, METS files or folders")
    if "" in names:  # what an unset variable of a shell gives; it would mean the current folder
        raise UsageError("an input has an empty name", remedy="name it, or . for the current folder")
    request = Request(
        tuple(names),
        out,
        settings,
        pages=Pages.parse(pages),
        shard=Shard.parse(shard),
        force=force,
        verify=verify,
        remote=remote,
        publish=publish,
    )
    where = Where(engine, scheduler, cluster)
    display = options.progress(progress, quiet)
    if dry_run:
        outcome, found = start.look(request, display)
        for name, count in found:
            typer.echo(f"{name}: {count} page{'s' * (count != 1)}")
        raise typer.Exit(outcome.exit_code)
    outcome = start.start(request, display, where=where, journal_file=journal, stop=Stop(time_limit))
    _close(outcome, out, quiet or progress is ProgressKind.JSON)


def reflow(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...",
            help="The folder of an earlier run, or ALTO, PAGE or hOCR files, folders of them.",
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", metavar="FOLDER", help="Folder for the results; else the earlier run's own."
        ),
    ] = None,
    config: options.Profile = None,
    jobs: options.Jobs = None,
    formats: options.Formats = None,
    alto_version: options.AltoVersion = None,
    alto_unit: options.AltoUnit = None,
    tei_lines: options.TeiLines = None,
    force: options.Force = False,
    progress: options.ProgressOption = ProgressKind.AUTO,
    verbose: options.Verbose = 0,
    quiet: options.Quiet = False,
) -> None:
    """Find articles and reading order again, without OCR.

    On the pages of an earlier run, or on those of other programs.
    """
    from layout.batch import start
    from layout.batch.again import is_output, stored_issues
    from layout.batch.request import Request

    options.log(verbose)
    settings = options.settings(
        config,
        jobs=jobs,
        formats=formats,
        alto_version=alto_version,
        alto_unit=alto_unit,
        tei_lines=tei_lines,
    )
    target = out or (Path(inputs[0]) if len(inputs) == 1 and is_output(Path(inputs[0])) else None)
    if target is None:
        raise UsageError("no output folder was given", remedy="name one with -o")
    names = [name for text in inputs for name in stored_issues(Path(text))]
    request = Request(tuple(names), target, settings, force=force, source="text")
    _close(start.start(request, options.progress(progress, quiet)), target, quiet)


def retry(
    out: options.Folder,
    failed: Annotated[
        bool, typer.Option("--failed", help="What failed; this is meant where nothing else is said.")
    ] = False,
    reason: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only what failed for this reason, like timeout.")
    ] = None,
    below_confidence: Annotated[
        float | None,
        typer.Option("--below-confidence", metavar="X", help="Pages read with less confidence than this."),
    ] = None,
    changed_profile: Annotated[
        bool,
        typer.Option("--changed-profile", help="Pages that the settings or engines of now read otherwise."),
    ] = False,
    config: options.Profile = None,
    jobs: options.Jobs = None,
    progress: options.ProgressOption = ProgressKind.AUTO,
    page_timeout: options.PageTimeout = None,
    page_memory: options.PageMemory = None,
    journal: options.JournalFile = None,
    verbose: options.Verbose = 0,
    quiet: options.Quiet = False,
) -> None:
    """Do failed or doubtful pages again.

    With the inputs of the last run, and its settings where no others are said.
    """
    from layout.batch import again, start
    from layout.config import from_tables

    options.log(verbose)
    said = {"jobs": jobs, "page_timeout": page_timeout, "page_memory": page_memory}
    other = below_confidence is not None or changed_profile
    wanted = again.Wanted(
        failed or reason is not None or not other, reason, below_confidence, changed_profile
    )

    def adjust(tables: dict[str, Any]) -> Config:
        if config is not None:
            return options.settings(config, **said)
        return options.over(tables, from_tables, **said)

    codes = []
    for request in again.last_requests(out, journal, wanted, adjust):
        outcome = start.start(request, options.progress(progress, quiet), journal_file=journal)
        codes.append(_said(outcome, out, quiet))
    raise typer.Exit(next((code for code in codes if code), 0))


def status(out: options.Folder, journal: options.JournalFile = None) -> None:
    """Say what is done, what failed and why."""
    from layout.batch import again

    for line in again.status_lines(out, journal):
        typer.echo(line)


def review(
    out: options.Folder,
    csv: Annotated[bool, typer.Option("--csv", help="All pages as a table.")] = False,
    top: Annotated[int, typer.Option(min=1, metavar="N", help="So many pages.")] = 20,
    journal: options.JournalFile = None,
) -> None:
    """Name the pages that a person should look at first, and why."""
    from layout.batch import again

    for line in again.review_lines(out, journal, csv, top):
        typer.echo(line)


def rebuild(out: options.Folder, journal: options.JournalFile = None) -> None:
    """Make the journal of a folder again from its receipts."""
    from layout.batch import again

    typer.echo(f"{again.rebuild(out, journal)} units are in the journal again")


def _close(outcome: Outcome, out: Path, quiet: bool) -> None:
    raise typer.Exit(_said(outcome, out, quiet))


def _said(outcome: Outcome, out: Path, quiet: bool) -> int:
    """The last six lines are said; the exit code."""
    if not quiet:
        for line in outcome.lines(out):
            typer.echo(line)
    return outcome.exit_code
