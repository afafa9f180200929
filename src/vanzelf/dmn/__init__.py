"""Decision models of the DMN standard (DMN 1.5; files of 1.1 to 1.5).

    model = vanzelf.dmn.read("korting.dmn")
    outcome = model.decide("Korting", {"Inkomen": 18000})
    outcome.value, outcome.messages

This package knows no regulation, no city, no clock and no network.
"""

from __future__ import annotations

from pathlib import Path

from vanzelf.dmn import reading
from vanzelf.dmn.errors import DmnError, Problem
from vanzelf.dmn.model import Model
from vanzelf.dmn.outcome import Explained, Message, Outcome

__all__ = ["DmnError", "Explained", "Message", "Model", "Outcome", "Problem", "read"]


def read(path: Path | str, *, within: Path | str | None = None) -> Model:
    """The model in a file, with the models that it imports.

    Only files in the folder `within` are opened, by default the one that the file is in.
    Raises DmnError, with every problem at its file and line, for what is no decision model. A
    text in it that is no FEEL is not one of these: see `Model.problems`.
    """
    definitions, imported = reading.read_all(path, within=within)
    return Model(definitions, imported)
