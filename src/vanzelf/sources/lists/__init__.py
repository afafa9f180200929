"""The city's own lists: CSV with a declared layout, taken wholly or not at all.

    layout = load_layout("ocmw-budget")
    own = read_list(path, layout, as_of=date(2026, 1, 5), complete=True)   # raises ListError
    own.readings(["84640618997"], on=date(2026, 1, 15))   # fact → Reading

Whoever is not on a complete list: false. On a list that is not complete: unknown (no-data). On a
day after the list's last day (`as_of` + `fresh_days`): unknown (stale).
"""

from vanzelf.sources.lists.folder import load_folder
from vanzelf.sources.lists.layout import Column, Layout, load_layout
from vanzelf.sources.lists.own import OwnList
from vanzelf.sources.lists.reader import ListError, Problem, read_list

__all__ = [
    "Column",
    "Layout",
    "ListError",
    "OwnList",
    "Problem",
    "load_folder",
    "load_layout",
    "read_list",
]
