"""What the pages show of a change: figures, costs, who, where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from vanzelf.city.lists.laying import changed_since
from vanzelf.city.simulations.basis import basis
from vanzelf.city.simulations.knobs import Knob, knobs, switches
from vanzelf.city.simulations.models import SavedSimulation
from vanzelf.faces.look import statistics, wording
from vanzelf.faces.look.language import current
from vanzelf.faces.look.regulations import name_of, said
from vanzelf.faces.policy.asked import AUTO, KNOB, MEASURES, PERCENTS, Asked, families
from vanzelf.faces.policy.drawing import bars, share_map
from vanzelf.population.simulation import Effect, TakeUp
from vanzelf.population.statistics.dimensions import AGE, DECILE, HOUSEHOLD, NEIGHBOURHOOD
from vanzelf.rights import Regulation

FLOWS = (
    "gain", "lose", "more", "less", "settled yes", "settled no", "become unknown", "stay unknown",
)  # fmt: skip


def controls(asked: Asked) -> dict[str, Any]:
    """The sliders and switches, each where the question puts it."""
    left_out = set(asked.without)
    return {
        "knobs": [_knob(one, asked.values) for one in knobs(asked.regulation, asked.on)],
        "unknown": _not_known(asked),
        "switches": [
            {"id": name, "says": text, "out": name in left_out}
            for name, text in switches(asked.regulation)
        ],
    }


def lists(rights: Sequence[Regulation], on: date) -> dict[str, Any]:
    """The own lists that were looked at beside the register, each with its day, as they stood when;
    and whether lists came or went since."""
    seen = basis(rights, on)
    looked_at = [
        {"title": use.own.layout.called(current()), "as_of": use.own.as_of, "stale": use.stale}
        for use in seen.lists
    ]
    return {"lists": looked_at, "since": seen.since, "overtaken": changed_since(rights, seen.since)}


def _knob(knob: Knob, values: dict[str, str]) -> dict[str, Any]:
    text = values.get(knob.key, str(knob.value))
    points = [str(point) for point in knob.points]
    return {
        "field": KNOB + knob.key,
        "label": knob.label,
        "kind": knob.kind,
        "now": _quantity(knob, knob.value),
        "text": text,
        "points": "|".join(points),
        "words": "|".join(_quantity(knob, point) for point in knob.points),
        "last": len(points) - 1,
        "place": points.index(text) if text in points else knob.place,
        "sign": {"money": "€", "percent": "%"}.get(knob.kind, ""),
    }


def _quantity(knob: Knob, value: object) -> str:
    kind = "percentage" if knob.kind == "percent" else knob.kind
    return wording.quantity(value, kind, knob.per)


def _not_known(asked: Asked) -> list[str]:
    """Parameters without a value on this day: they cannot be turned."""
    reference = asked.regulation.reference_date(asked.on)
    found = []
    for parameter in asked.regulation.content.parameters.values():
        dated = parameter.on(reference)
        if dated is None or dated.value is None:
            found.append(said(parameter.names) or parameter.name)
    return found


def picture(effect: Effect, asked: Asked) -> dict[str, Any]:
    """Everything that follows a slider."""
    return {
        "query": asked.query,
        "right": asked.right,
        **figures(effect, asked.regulation),
        "take_up": _take_up(effect, asked.take_up),
        "map": share_map(effect, mapped(effect, asked.measure)),
        "bars": [bars(effect, name) for name in (HOUSEHOLD, AGE, DECILE)],
        "places": places(effect),
    }


def figures(effect: Effect, regulation: Regulation) -> dict[str, Any]:
    """The numbers of everyone together."""
    return {
        "unit": statistics.units(effect.unit),
        "figures": list(_figures(effect)),
        "cost": _cost(effect),
        "changes": list(statistics.changes(effect, regulation)),
        "flows": [
            {"what": statistics.measure(name), "count": statistics.count(effect.count(name))}
            for name in FLOWS
        ],
    }


def _figures(effect: Effect) -> Iterator[dict[str, str]]:
    """Who gains and loses; who keeps it with more or less, when someone does; who is not sure."""
    for kind, measure, always in (
        ("yes", "gain", True),
        ("stop", "lose", True),
        ("yes", "more", False),
        ("stop", "less", False),
        ("ask", "after unknown", True),
    ):
        if always or effect.count(measure):
            count = statistics.count(effect.count(measure))
            yield {"kind": kind, "title": _short(measure), "figure": count}


def _short(measure: str) -> str:
    """A word or two, for a mark."""
    words = {
        "gain": _("Win"),
        "lose": _("Lose out"),
        "more": _("More"),
        "less": _("Less"),
        "after unknown": _("Not sure"),
    }
    return words[measure]


def _cost(effect: Effect) -> dict[str, str] | None:
    if effect.per is None:
        return None
    return {
        "now": statistics.spread(effect.cost("before")),
        "then": statistics.spread(effect.cost("after")),
        "per": statistics.per(effect.per),
    }


def _take_up(effect: Effect, assumed: TakeUp) -> dict[str, Any]:
    """What it costs if only some ask, as now, against by itself."""
    low, high = round(100 * assumed.low), round(100 * assumed.high)
    cost = effect.cost("after")
    costs = assumed.costs(cost) if cost else None
    missed = assumed.missed(effect.count("after yes"), effect.count("after unknown"))
    return {
        "lows": [(one, one == low) for one in PERCENTS],
        "highs": [(one, one == high) for one in PERCENTS],
        "money": effect.per is not None,
        "asked": statistics.costs(costs, "now"),
        "by_itself": statistics.costs(costs, "by_itself"),
        "missed": statistics.bounds(missed, assumed=True),
    }


def mapped(effect: Effect, measure: str) -> str:
    """The measure that was chosen; else who gains or loses, when someone does."""
    if measure != AUTO:
        return measure
    return next((one for one in ("gain", "lose", "more", "less") if effect.count(one)), "after yes")


def measures(chosen: str) -> list[tuple[str, str, bool]]:
    """What a map can show."""
    named = [(one, statistics.measure(one), one == chosen) for one in MEASURES]
    return [(AUTO, _("What changes most"), chosen == AUTO), *named]


def places(effect: Effect) -> list[dict[str, str]]:
    """The table behind the map."""
    names = ("before yes", "after yes", "gain", "lose")
    cells = [effect.by(name, NEIGHBOURHOOD) for name in names]
    return [
        {
            "name": name,
            **{
                key: statistics.count(cells[column][place])
                for column, key in enumerate(("now", "then", "gain", "lose"))
            },
        }
        for place, name in enumerate(effect.categories[NEIGHBOURHOOD])
    ]


def choices(asked: Asked) -> dict[str, Any]:
    """What is chosen beside the change itself."""
    return {"measures": measures(asked.measure), "families": families(asked.family)}


def saved(found: Iterable[SavedSimulation]) -> list[dict[str, Any]]:
    """Lines of the list of what was saved."""
    return [
        {"pk": one.pk, "name": one.name, "note": one.note, "by": one.by, "at": one.at,
         "title": name_of(one.right)}
        for one in found
    ]  # fmt: skip
