"""Against zen-engine (PyPI): a decision table, and ten expressions of equal meaning.

Each side gets a context in the form that suits it best: FEEL values here, Python's own there.
"""

from __future__ import annotations

import importlib
import itertools
import json
import statistics
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from tests.bench.measure import Race, race, timer
from vanzelf import dmn, feel

Evaluate = Callable[[dict[str, Any]], Any]
MODEL = Path(__file__).parent / "models" / "afvalbedrag.dmn"
HOUSEHOLD: dict[str, Any] = {
    "naam": "Lore",
    "straat": "Sint-Pietersplein",
    "geboren": "2008-03-01",
    "leeftijd": 41,
    "inkomen": 1850.5,
    "grens": 2000,
    "vakantiegeld": 1500,
    "personen": 4,
    "bedrag": 84,
    "huur": 650,
    "kosten": 120.5,
    "leden": [
        {"leeftijd": 41, "inkomen": 1850.5, "vt": False},
        {"leeftijd": 38, "inkomen": 900, "vt": False},
        {"leeftijd": 9, "inkomen": 0, "vt": True},
    ],
}
PAIRS = {
    "inkomen * 12 + vakantiegeld - 250": "inkomen * 12 + vakantiegeld - 250",
    "leeftijd >= 18 and inkomen < grens": "leeftijd >= 18 and inkomen < grens",
    'upper case(naam) = "LORE" and starts with(straat, "Sint")': (
        'upper(naam) == "LORE" and startsWith(straat, "Sint")'
    ),
    "sum(leden[leeftijd >= 18].inkomen)": "sum(map(filter(leden, #.leeftijd >= 18), #.inkomen))",
    "count(leden[leeftijd < 18])": "count(leden, #.leeftijd < 18)",
    "some lid in leden satisfies lid.vt": "some(leden, #.vt)",
    'date(geboren) + duration("P18Y") <= date("2026-01-15")': (
        'd(geboren).add(18, "y") <= d("2026-01-15")'
    ),
    "if personen > 2 then bedrag + 21 * (personen - 2) else bedrag": (
        "personen > 2 ? bedrag + 21 * (personen - 2) : bedrag"
    ),
    "leeftijd in [18..65)": "leeftijd in [18..65)",
    "{totaal: huur + kosten, laag: huur + kosten < grens}": (
        "{totaal: huur + kosten, laag: huur + kosten < grens}"
    ),
}
"""FEEL, and what means the same in the expression language of zen-engine."""


def against_zen() -> Iterator[Race | str]:
    try:
        zen = importlib.import_module("zen")
    except ImportError:
        yield "zen-engine is not installed, so nothing is measured against it"
        return
    yield "One decision table of ten rows: `model.decide`, against zen-engine's one call of"
    yield from _table(zen)
    single, compiled = _single_call, zen.compile_expression
    yield "Ten expressions, compiled, each with the names it uses, against zen-engine's single call"
    yield from _expressions(partial(single, zen), None)
    yield "The same, against an expression that zen-engine compiled before"
    yield from _expressions(lambda text: compiled(text).evaluate, None)
    yield "The same, with a whole household in the context"
    yield from _expressions(lambda text: compiled(text).evaluate, HOUSEHOLD)


def _single_call(zen: Any, text: str) -> Evaluate:
    return partial(zen.evaluate_expression, text)


def _expressions(
    prepare: Callable[[str], Evaluate], context: dict[str, Any] | None
) -> Iterator[Race | str]:
    races = []
    for ours, theirs in PAIRS.items():
        given = context or {name: value for name, value in HOUSEHOLD.items() if name in ours}
        adopted = feel.evaluate("given", {"given": given})
        assert isinstance(adopted, dict)
        run = feel.compile(feel.parse(ours, adopted))
        evaluate = prepare(theirs)
        found, other = run(adopted), evaluate(given)
        if not _same(found, other):
            raise AssertionError(f"{ours}: {found!r}; {theirs}: {other!r}")
        races.append(
            race(
                ours,
                timer(partial(run, adopted)),
                timer(partial(evaluate, given)),
            )
        )
        yield races[-1]
    yield f"  median of the ten: {statistics.median(one.ratio for one in races):.3g} ×"


def _same(ours: object, theirs: Any) -> bool:
    if isinstance(ours, dict):
        return ours.keys() == theirs.keys() and all(_same(ours[key], theirs[key]) for key in ours)
    if isinstance(ours, Decimal):
        return bool(abs(float(ours) - theirs) < 1e-9)
    return bool(ours == theirs)


# --- the table --------------------------------------------------------------------------------


def _table(zen: Any) -> Iterator[Race]:
    model = dmn.read(MODEL)
    text = json.dumps(_same_table(model))
    content = zen.ZenDecisionContent(text)
    prepared = zen.ZenEngine({"loader": lambda key: content})
    ways = {
        "a decision (`create_decision(…).evaluate`)": zen.ZenEngine()
        .create_decision(text)
        .evaluate,
        "an engine whose loader gives `ZenDecisionContent`": partial(prepared.evaluate, "table"),
    }
    for dependants, low_income in itertools.product(range(13), (True, False)):
        ours = _decide(model, dependants, low_income)
        for evaluate in ways.values():
            theirs = evaluate({"personen": dependants, "verhoogd": low_income})["result"]
            if not _same(ours, theirs["bedrag"]):
                raise AssertionError(f"{dependants}, {low_income}: {ours!r}, {theirs!r}")
    ours = partial(
        model.decide,
        "bedrag per gezin",
        {"personen ten laste": Decimal(3), "verhoogde tegemoetkoming": False},
    )
    for name, evaluate in ways.items():
        theirs = partial(evaluate, {"personen": 3, "verhoogd": False})
        yield race(name, timer(ours), timer(theirs))


def _decide(model: dmn.Model, dependants: int, low_income: bool) -> object:
    given = {"personen ten laste": dependants, "verhoogde tegemoetkoming": low_income}
    return model.decide("bedrag per gezin", given).value


def _same_table(model: dmn.Model) -> dict[str, Any]:
    """Our table as a decision of zen-engine: its cells are written the same there."""
    (decision,) = model.definitions.decisions
    table: Any = decision.logic
    fields = ("personen", "verhoogd", "bedrag")
    rules = [
        {
            "_id": str(number),
            **dict(zip(fields, [*rule.tests, *(one.text for one in rule.outputs)], strict=True)),
        }
        for number, rule in enumerate(table.rules)
    ]
    content = {
        "hitPolicy": "first",
        "inputs": [{"id": name, "name": name, "field": name} for name in fields[:2]],
        "outputs": [{"id": name, "name": name, "field": name} for name in fields[2:]],
        "rules": rules,
    }
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in"},
        {"id": "table", "type": "decisionTableNode", "name": "table", "content": content},
        {"id": "out", "type": "outputNode", "name": "out"},
    ]
    edges = [
        {"id": f"{one}-{other}", "type": "edge", "sourceId": one, "targetId": other}
        for one, other in (("in", "table"), ("table", "out"))
    ]
    return {"nodes": nodes, "edges": edges}
