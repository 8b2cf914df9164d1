"""The command line: arguments -> config -> batch -> exit code. No logic of its own.

Results go to standard output, everything else to standard error. Exit codes are those of
`layout.errors`, 20 for a run that finished with failed pages, 21 for one that was stopped because of
them, 130 after Ctrl-C.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from typing import Annotated, Any

import typer

from layout import __version__
from layout.cli import runs, tools
from layout.errors import LayoutError, UsageError, printable

app = typer.Typer(
    name="newsreflow",
    help="Newspaper issues, scanned or digital, to ALTO, TEI and METS in reading order.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
_COMMANDS: tuple[Callable[..., None], ...] = (
    *(runs.run, runs.reflow, runs.retry, runs.status, runs.review),
    *(tools.page, tools.check, tools.convert, tools.repair, tools.engines, tools.doctor, tools.profiles),
)
for _command in _COMMANDS:
    app.command()(_command)
_journal = typer.Typer(help="Make the index of a folder's runs again.", rich_markup_mode=None)
_journal.command()(runs.rebuild)
app.add_typer(_journal, name="journal")


@_journal.callback()
def _of_the_journal() -> None:
    """With a callback its only command keeps its name."""


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


def main(argv: list[str] | None = None) -> int:
    """Run a command line; the exit code."""
    arguments = (sys.argv[1:] if argv is None else argv) or ["--help"]
    command = typer.main.get_command(app)
    try:
        code: Any = command.main(args=arguments, prog_name="newsreflow", standalone_mode=False)
        sys.stdout.flush()
    except LayoutError as error:
        return _failed(str(error), error.exit_code, arguments)
    except (KeyboardInterrupt, typer.Abort):
        return _failed("stopped", 130, arguments)
    except BrokenPipeError:
        # the reader of our output has gone; there is nobody to tell
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        return _failed(*_told(error), arguments)
    return code if isinstance(code, int) else 0


def _told(error: Exception) -> tuple[str, int]:
    """The sentence and the exit code for what is no `LayoutError`."""
    if hasattr(error, "format_message"):  # a wrong option or argument, in every version of typer
        text = " ".join(str(error.format_message()).split()).rstrip(".") or "wrong arguments"
        context = getattr(error, "ctx", None)
        command = context.command_path if context else "newsreflow"
        return f"{text}; see: {command} --help", UsageError.exit_code
    if isinstance(error, OSError):
        return f"{error.filename or 'a file'}: {error.strerror or error}; check the path and its rights", 5
    problem = f"an unexpected {type(error).__name__}: {error}"
    return f"{problem}; this is a fault of the program, please report it", LayoutError.exit_code


def _failed(message: str, code: int, arguments: list[str]) -> int:
    if "-vv" in arguments or arguments.count("-v") + arguments.count("--verbose") > 1:
        traceback.print_exc()
    typer.echo(f"newsreflow: {printable(message)}", err=True)
    return code
