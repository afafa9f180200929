"""The city's own lists: a file or a view with a declared layout, taken wholly or not at all.

    layout = load_layout("ocmw-budget")
    own = read_list(path, layout, as_of=date(2026, 1, 5), complete=True)   # raises ListError
    own.readings(["84640618997"], on=date(2026, 1, 15))   # fact → Reading
    checked = check_file(data, "budget.xlsx", layout)     # rows and problems, to look at first
    differences(before, checked.rows, on, personal=True)  # what it would change

Whoever is not on a complete list: false. On a list that is not complete: unknown (no-data). On a
day after the list's last day (`as_of` + `fresh_days`): unknown (stale).
"""

from vanzelf.sources.lists.differences import Differences, differences
from vanzelf.sources.lists.folder import load_folder
from vanzelf.sources.lists.layout import Column, Layout, load_layout, read_layout
from vanzelf.sources.lists.own import OwnList, Row, Rows
from vanzelf.sources.lists.problems import ListError, Problem
from vanzelf.sources.lists.reader import Checked, check_file, check_view, read_list
from vanzelf.sources.lists.size import is_small, rows_in

__all__ = [
    "Checked",
    "Column",
    "Differences",
    "Layout",
    "ListError",
    "OwnList",
    "Problem",
    "Row",
    "Rows",
    "check_file",
    "check_view",
    "differences",
    "is_small",
    "load_folder",
    "load_layout",
    "read_layout",
    "read_list",
    "rows_in",
]
