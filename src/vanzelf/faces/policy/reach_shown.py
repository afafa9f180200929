"""The reach of rights in words, bars and a map."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from vanzelf.faces.look import statistics
from vanzelf.faces.look.paper.report import assumed
from vanzelf.faces.look.regulations import name_of
from vanzelf.faces.policy.drawing import LENGTH, tile_map
from vanzelf.population.simulation import Reach, Report
from vanzelf.population.statistics import DIMENSIONS
from vanzelf.population.statistics.dimensions import NEIGHBOURHOOD


def overview(report: Report) -> dict[str, Any]:
    """A line per right, those that are missed most first."""
    rights = sorted(report.rights, key=lambda one: -(one.missed or (0, 0))[0])
    return {"on": report.on, "rights": [_line(one) for one in rights]}


def _line(reach: Reach) -> dict[str, Any]:
    return {
        "id": reach.right,
        "name": name_of(reach.right),
        "unit": statistics.units(reach.unit),
        "measured": reach.measured,
        "yes": statistics.count(reach.count("yes")),
        "unknown": statistics.count(reach.count("unknown")),
        "missed": statistics.bounds(reach.missed, assumed=not reach.measured),
        "now": statistics.costs(reach.costs, "now"),
        "by_itself": statistics.spread(reach.cost),
        "per": statistics.per(reach.per) if reach.cost and reach.cost.sure is not None else "",
    }


def one(report: Report) -> dict[str, Any]:
    """The page of one right: the first of the report."""
    reach = report.rights[0]
    return {
        "on": report.on,
        **_line(reach),
        "basis": assumed(reach),
        "words": _words(reach),
        "reached": statistics.count(reach.count("reached")) if reach.measured else "",
        "map": tile_map(
            reach.categories[NEIGHBOURHOOD], reach.per_hundred(NEIGHBOURHOOD), _words(reach)
        ),
        "most": [
            {"what": statistics.dimension(name), "where": places}
            for name in DIMENSIONS
            if (places := _most(reach, name))
        ],
        "groups": [_group(reach, name) for name in DIMENSIONS],
    }


def _words(reach: Reach) -> str:
    """What the map and the bars show."""
    return _("Miss it") if reach.measured else _("Are entitled")


def _most(reach: Reach, dimension: str) -> list[str]:
    return [
        f"{statistics.category(dimension, one.category)} ({statistics.share(one.per_hundred)})"
        for one in reach.most[dimension]
    ]


def _group(reach: Reach, dimension: str) -> dict[str, Any]:
    """A table by one dimension, with a bar for the share of a hundred."""
    shares, missed = reach.per_hundred(dimension), reach.missed_by(dimension)
    highest = max((one for one in shares if one), default=1.0)
    rows = [
        {
            "label": statistics.category(dimension, category),
            "yes": statistics.count(reach.by("yes", dimension)[place]),
            "missed": statistics.bounds(missed[place], assumed=not reach.measured),
            "share": statistics.share(shares[place]),
            "length": str(round(LENGTH * (shares[place] or 0) / highest, 1)),
        }
        for place, category in enumerate(reach.categories[dimension])
    ]
    return {"title": statistics.dimension(dimension), "name": dimension, "rows": rows}
