"""Commands that look at one thing: page, check, repair, engines, doctor, profiles."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from layout.cli import options
from layout.errors import AccessError, InputError, LayoutError, OutputError, printable

#: Before what is well, what is missing and not needed by all, and what is to be looked at.
_MARKS = {True: "ok  ", None: "-   ", False: "LOOK"}


def page(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A PDF, an image, a METS file or a folder.")],
    number: Annotated[int, typer.Option("--page", "-p", metavar="N", min=1, help="Which page of it.")] = 1,
    draw: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Draw regions, kinds and reading order into this PNG.")
    ] = None,
    alto: Annotated[Path | None, typer.Option(metavar="FILE", help="Write ALTO to this file.")] = None,
    tei: Annotated[Path | None, typer.Option(metavar="FILE", help="Write TEI to this file.")] = None,
    config: options.Profile = None,
    language: options.Language = None,
    verbose: options.Verbose = 0,
) -> None:
    """Read one page; draw, write or print what was found."""
    from layout.batch.single import read_single, write_single

    options.log(verbose)
    settings = options.settings(config, language=language)
    issue, scan = read_single(file, number, settings)
    if draw is not None:
        from layout.export.overlay import draw as draw_page

        for page in issue.pages:  # two, where the scan shows two
            to = draw if len(issue.pages) == 1 else draw.with_stem(f"{draw.stem}-{page.id}")
            draw_page(issue, page.id, scan.gray if scan.color is None else scan.color, to)
    for name, path in (("alto", alto), ("tei", tei)):
        if path is not None:
            write_single(issue, name, path, settings)
    for what, path in (("picture", draw), ("ALTO", alto), ("TEI", tei)):
        if path is not None:
            typer.echo(f"{what}: {path}")
    if draw is alto is tei is None:
        write_single(issue, "text", None, settings)


def check(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A folder of results, or one issue of it.")],
    schemas: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="A folder of schemas; each file is then validated as well."),
    ] = None,
) -> None:
    """Check results: ids, boxes, order, text and checksums.

    Each file is also validated where schemas are given.
    """
    from layout.export.check import check as check_files

    if not out.is_dir():
        raise InputError("there is no such folder", file=str(out), remedy="give the folder of a run")
    findings = check_files(out, schemas)
    for finding in findings:
        typer.echo(str(finding))
    if findings:
        raise OutputError(
            f"{len(findings)} fault{'s' * (len(findings) != 1)} found",
            file=str(out),
            remedy="run again with --force",
        )
    typer.echo(f"{out}: no faults found")


def _said(error: LayoutError) -> int:
    """Tell it; its exit code."""
    typer.echo(f"newsreflow: {printable(str(error))}", err=True)
    return error.exit_code


def convert(
    inputs: Annotated[
        list[Path], typer.Argument(metavar="INPUT...", help="Folders of results, or of single issues.")
    ],
    out: options.Out,
    formats: options.Formats = None,
    alto_version: options.AltoVersion = None,
    alto_unit: options.AltoUnit = None,
    tei_lines: options.TeiLines = None,
    images: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Where the page images lie, for PDF and IIIF.")
    ] = None,
    base_url: Annotated[
        str | None, typer.Option("--base-url", metavar="URL", help="Where the results will stand, for IIIF.")
    ] = None,
    config: options.Profile = None,
    verbose: options.Verbose = 0,
) -> None:
    """Write finished issues in other formats.

    From their ALTO, TEI and METS, or PAGE or hOCR, as they are.
    """
    from layout.batch.convert import Converter, written_issues

    options.log(verbose)
    settings = options.settings(
        config,
        base_url=base_url,
        formats=formats,
        alto_version=alto_version,
        alto_unit=alto_unit,
        tei_lines=tei_lines,
    )
    converter = Converter(out, settings, images)
    codes = [0]
    for path in inputs:
        try:
            folders = written_issues(path)
        except LayoutError as error:
            codes.append(_said(error))
            continue
        for folder in folders:
            try:
                written = converter.write(folder)
            except LayoutError as error:
                codes.append(_said(error))
            else:
                typer.echo(f"{folder}: {len(written)} file{'s' * (len(written) != 1)} written")
    raise typer.Exit(next(filter(None, codes), 0))


def repair(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A text as a PDF gave it; - is standard input.")
    ],
    language: options.Language = None,
    verbose: options.Verbose = 0,
) -> None:
    """Put right a text copied out of a PDF.

    Its letters, their order, marks and lost half-spaces.
    """
    from layout.text.repair import repair as repair_text

    try:
        data = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("is not UTF-8 text", file=str(file), remedy="convert it first") from error
    except OSError as error:
        raise AccessError(
            f"cannot be read ({error.strerror})", file=str(file), remedy="check the path"
        ) from error
    made = repair_text(text, language)
    typer.echo(made.text, nl=not made.text.endswith("\n"))
    for change in made.changes if verbose else ():
        sure = "" if change.sure else " (a guess)"
        typer.echo(f"line {change.line}: {change.kind}: {change.before} -> {change.after}{sure}", err=True)


def engines(config: options.Profile = None) -> None:
    """Say which engines and languages are installed.

    And by which command what is missing is installed.
    """
    from layout.text import installed

    for status in installed(options.settings(config).text):
        typer.echo(f"{status.name} {status.version or 'is not installed'}")
        if status.languages:
            typer.echo(f"  languages: {', '.join(status.languages)}")
        for thing, command in status.missing:
            typer.echo(f"  missing: {thing}; install it by: {command}")


def doctor(
    out: Annotated[
        Path | None, typer.Argument(metavar="OUT", help="A folder where results shall go.")
    ] = None,
) -> None:
    """Look at the machine: versions, languages, memory, disk, locale."""
    from layout.batch.doctor import examine

    troubles = 0
    for finding in examine(out or Path()):
        troubles += finding.well is False
        typer.echo(f"{_MARKS[finding.well]} {finding.what}: {finding.said}")
    raise typer.Exit(3 if troubles else 0)


def profiles(
    name: Annotated[
        str | None, typer.Argument(metavar="PROFILE", help="Show this one, with all defaults.")
    ] = None,
) -> None:
    """List the profiles, or show all settings of one.

    `defaults` shows what holds where no profile is named.
    """
    from layout.config import load_config, profile_names, to_toml

    if name is None:
        for known in profile_names():
            typer.echo(known)
    elif name == "defaults":
        typer.echo(to_toml(load_config()), nl=False)
    else:
        typer.echo(to_toml(load_config(name)), nl=False)
