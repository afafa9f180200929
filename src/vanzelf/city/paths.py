"""Where an installation keeps what is its own: `.data`, or the folder VANZELF_DATA names."""

from __future__ import annotations

import os
from pathlib import Path


def data_folder() -> Path:
    """The folder of this installation's data; made when it is not there."""
    folder = Path(os.environ.get("VANZELF_DATA", ".data")).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def city_folder() -> Path:
    """The folder with the city's population (Parquet), VANZELF_CITY or `city` among the data."""
    named = os.environ.get("VANZELF_CITY")
    return Path(named).resolve() if named else data_folder() / "city"


def keys_folder() -> Path:
    """The folder of the keys, outside the database; VANZELF_KEYS moves it to another disk."""
    named = os.environ.get("VANZELF_KEYS")
    folder = Path(named).resolve() if named else data_folder() / "keys"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def static_folder() -> Path:
    """Where `collectstatic` puts the pages' files; VANZELF_STATIC moves it."""
    named = os.environ.get("VANZELF_STATIC")
    folder = Path(named).resolve() if named else data_folder() / "static"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
