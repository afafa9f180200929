"""Parsing, against feelin (npm): the ten expressions, and the criteria of the regulations.

feelin runs in a Node process of its own and times itself, so that asking it costs nothing.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from tests.bench.measure import Race, race, timer
from tests.bench.zen import HOUSEHOLD, PAIRS
from vanzelf import feel, rights
from vanzelf.rights.model import CriteriaNode, Criterion
from vanzelf.rights.trees import names_in

PEERS = Path(__file__).parents[2] / "build" / "peers"
FEELIN = PEERS / "node_modules" / "feelin" / "dist" / "index.js"
SCRIPT = Path(__file__).parent / "peers" / "parse.mjs"
WARM = 2000
"""Parses before anything is timed, so that Node has compiled what it runs."""


def against_feelin(regulations: rights.Regulations) -> Iterator[Race | str]:
    node = shutil.which("node")
    if node is None or not FEELIN.is_file():
        missing = "Node is" if node is None else "feelin is"
        yield f"{missing} not installed, so parsing is measured against nothing"
        return
    with Feelin(node) as feelin:
        yield "Parsing the ten expressions, against feelin's parse, warm"
        yield from _race(feelin, dict.fromkeys(PAIRS, HOUSEHOLD))
        yield "Parsing the criteria of the regulations, against feelin's parse, warm"
        yield from _summary(list(_race(feelin, criteria(regulations))))


class Feelin:
    """A Node process that parses on request."""

    def __init__(self, node: str) -> None:
        command = [node, str(SCRIPT), str(FEELIN)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __enter__(self) -> Feelin:
        return self

    def __exit__(self, *error: object) -> None:
        self._process.communicate()

    def time(self, text: str, context: Mapping[str, Any], times: int) -> float:
        """Seconds that parsing so often takes. Raises ValueError if it cannot be parsed."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(
            json.dumps({"text": text, "context": context, "times": times}),
            file=self._process.stdin,
            flush=True,
        )
        answer = json.loads(self._process.stdout.readline())
        if "error" in answer:
            raise ValueError(answer["error"])
        return float(answer["seconds"])


def _race(feelin: Feelin, texts: Mapping[str, Mapping[str, Any]]) -> Iterator[Race | str]:
    for text, context in texts.items():
        try:
            feelin.time(text, context, WARM)
        except ValueError as error:
            yield f"  {error}"
            continue
        yield race(
            " ".join(text.split()),
            timer(partial(feel.parse, text, context)),
            partial(feelin.time, text, context),
        )


def _summary(results: list[Race | str]) -> Iterator[Race | str]:
    """The slowest and the fastest beside feelin, what could not be raced, and the median."""
    races = sorted((one for one in results if isinstance(one, Race)), key=lambda one: one.ratio)
    yield from (one for one in results if isinstance(one, str))
    yield from (races[0], races[-1])
    middle = statistics.median(one.ratio for one in races)
    slower = sum(one.ratio < 1 for one in races)
    yield f"  median of {len(races)}: {middle:.3g} ×; slower than feelin on {slower}"


def criteria(regulations: rights.Regulations) -> dict[str, dict[str, Any]]:
    """The texts of all criteria, each with a context that has the names it uses."""
    found: dict[str, dict[str, Any]] = {}
    for right in regulations.values():
        for criterion in _criteria(right.content.criteria):
            when = criterion.when
            context: dict[str, Any] = dict.fromkeys(names_in(when.written))
            for path in when.facts:
                _place(context, path.split("."))
            found[when.text] = context
    return found


def _criteria(node: CriteriaNode) -> Iterator[Criterion]:
    if isinstance(node, Criterion):
        yield node
    else:
        for inner in node.nodes:
            yield from _criteria(inner)


def _place(into: dict[str, Any], path: list[str]) -> None:
    """Makes room for a fact such as `gezin.leden[].leefloon`, of which a list has one member."""
    name, many = path[0].removesuffix("[]"), path[0].endswith("[]")
    if len(path) == 1:
        into.setdefault(name, None)
        return
    inner: Any = into.get(name) or ([{}] if many else {})
    into[name] = inner
    _place(inner[0] if many else inner, path[1:])
