"""A folder of lists, with a manifest that says which, of what day, and whether they are whole."""

from __future__ import annotations

from pathlib import Path

from vanzelf.sources.data import DataError, as_date, load_yaml
from vanzelf.sources.lists.layout import load_layout
from vanzelf.sources.lists.own import OwnList
from vanzelf.sources.lists.reader import read_list


def load_folder(folder: Path, *, allow_test: bool = False) -> list[OwnList]:
    """Every list that `lists.yaml` in this folder names, with its date and completeness:

        ocmw-budget: {file: budget.csv, as_of: 2026-01-05, complete: true}

    Raises `DataError` or `ListError`; then nothing of the folder is taken.
    """
    manifest = load_yaml(folder / "lists.yaml")
    taken = []
    for name, entry in manifest.items():
        where = f"{folder / 'lists.yaml'}, {name}"
        try:
            file, complete = folder / entry["file"], entry["complete"]
            as_of = as_date(entry["as_of"], where)
        except (KeyError, TypeError) as error:
            raise DataError(f"{where}: give file, as_of and complete ({error})") from None
        if not isinstance(complete, bool):
            raise DataError(f"{where}: complete is true or false, not {complete!r}")
        if not file.is_file():
            raise DataError(f"{where}: there is no {file}")
        layout = load_layout(name)
        taken.append(read_list(file, layout, as_of=as_of, complete=complete, allow_test=allow_test))
    return taken
