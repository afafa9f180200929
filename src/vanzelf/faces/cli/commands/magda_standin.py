"""`vanzelf magda-standin`: answers as MAGDA would, from files or from the invented city."""

from __future__ import annotations

import signal
import threading
from pathlib import Path

import click

from vanzelf.sources.magda.settings import EndpointError, ServiceSettings, read_settings
from vanzelf.sources.magda.standin import (
    AnswerFiles,
    City,
    Secure,
    Standin,
    SwitchError,
    Switches,
    SwitchFile,
)
from vanzelf.sources.magda.standin.switches import KINDS, MAX_DELAY


@click.command()
@click.option(
    "--answers",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder with answer files: …/<Naam>/<Versie>/<INSZ>.xml.",
)
@click.option(
    "--city",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of the invented city (persons.parquet, households.parquet).",
)
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="0: any free port.")
@click.option(
    "--fault",
    "faults",
    multiple=True,
    metavar="KIND[:INSZ[=NEW]]",
    help=f"Go wrong for one person, or for all. Kinds: {', '.join(KINDS)}.",
)
@click.option(
    "--delay",
    type=click.FloatRange(0, MAX_DELAY),
    default=0.0,
    help="Seconds to wait before each answer.",
)
@click.option(
    "--fail-first",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Go wrong (busy, unless --fault says how) the first N times per service and person.",
)
@click.option(
    "--switches",
    "switch_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help='JSON file, read again when it changes: {"fault": [], "delay": 0, "fail_first": 0}.',
)
@click.option(
    "--secure",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Settings file, as VANZELF_MAGDA_SETTINGS: certificate and authority for TLS, sign for "
    "answers, verify for questions.",
)
@click.option(
    "--log", type=click.Path(path_type=Path, dir_okay=False), help="One line per request."
)
def command(
    answers: Path | None,
    city: Path | None,
    port: int,
    faults: tuple[str, ...],
    delay: float,
    fail_first: int,
    switch_file: Path | None,
    secure: Path | None,
    log: Path | None,
) -> None:
    """Answer questions as MAGDA would, on this machine only.

    Prints READY with the address, and ends on Ctrl-C.
    """
    if (answers is None) == (city is None):
        raise click.UsageError("give --answers DIR or --city DIR")
    if switch_file and (faults or delay or fail_first):
        raise click.UsageError("give --switches, or --fault, --delay and --fail-first")
    try:
        switches = (
            SwitchFile(switch_file) if switch_file else Switches.parse(faults, delay, fail_first)
        )
        if isinstance(switches, SwitchFile):
            switches.current()
        source = AnswerFiles(answers) if answers else City(city or Path())
        settings = read_settings(secure).general if secure else ServiceSettings()
    except (SwitchError, FileNotFoundError, NotADirectoryError, EndpointError) as error:
        raise click.UsageError(str(error)) from None
    standin = Standin(source, switches, port, log, secure=Secure.of(settings))
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    try:
        with standin:
            click.echo(f"READY {standin.url}")
            stop.wait()
    except OSError as error:
        raise click.ClickException(f"port {port} cannot be used: {error.strerror}") from None
