"""`vanzelf card`: the helper on a clerk's own computer that reads identity cards."""

from __future__ import annotations

import threading
from urllib.parse import urlsplit

import click

from vanzelf.sources.eid import CardError, Handover, read_card, waiting_for_card
from vanzelf.sources.eid.handover import PORT


@click.command()
@click.option("--site", help="Address of the site whose pages may ask, as https://host.")
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(0, 65535))
@click.option("--wait", default=15.0, show_default=True, help="Seconds to wait for a card.")
@click.option("--check", is_flag=True, help="Read the card in the reader once, to see it works.")
def command(site: str | None, port: int, wait: float, check: bool) -> None:
    """Hand the number on an identity card to the page at the counter that asks for it.

    Runs on the computer with the reader, until Ctrl-C. Each question of a page gets one answer;
    nothing is kept. Without it, the clerk types the number.
    """
    if check:
        _check(wait)
        return
    helper = Handover(_origin(site), port=port, patience=wait, told=click.echo)
    try:
        with helper:
            click.echo(f"Cards are read for {helper.site} on port {helper.port}. Ctrl-C ends it.")
            threading.Event().wait()
    except KeyboardInterrupt:
        pass
    except OSError as error:
        raise click.ClickException(
            f"port {port} cannot be used ({error.strerror}): is the helper running already?"
        ) from None


def _check(wait: float) -> None:
    """What is on a card is not for a terminal: only that it was read, and until when it holds."""
    click.echo("Put a card in the reader.")
    try:
        with waiting_for_card(wait) as channel:
            card = read_card(channel)
    except CardError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"Read: identity and address. The card is valid until {card.identity.valid_until}.")


def _origin(site: str | None) -> str:
    """As a browser names it: scheme, host and port."""
    parts = urlsplit(site or "")
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise click.UsageError("give --site, the address of the site: https://host")
    return f"{parts.scheme}://{parts.netloc}"
