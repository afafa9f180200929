"""What must hold of any input: a function of bytes that raises when it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from random import Random
from typing import Final

from tests.dmn import test_properties as of_models
from tests.dmn.strategies import Models
from tests.feel import test_properties as of_expressions
from tests.feel.strategies import SCOPE, Expressions
from tests.prove.fuzz import words
from vanzelf import feel
from vanzelf.dmn import DmnError, Model, Outcome, reading, writing
from vanzelf.feel import UNKNOWN, Unknown

NOW: Final = datetime(2026, 1, 15, 10, tzinfo=UTC)
NAMES: Final = {"a": None, "b": {"c d": None}, "x": {"y": None, "z z": None}, **dict(SCOPE)}
CONTEXT: Final[Mapping[str, object]] = {
    "a": Decimal(1),
    "b": {"c d": Unknown({"b.c d"})},
    "x": [{"y": Decimal(2), "z z": "é"}, {"y": None}, Unknown({"x[2]"})],
    **Expressions(Random(1)).context(),
}
_STARTS: Final = ("expression", "unary tests")


class Drawn(Random):
    """Draws from bytes, so that what steers the bytes steers what is drawn; then at random."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.data = memoryview(data)

    def random(self) -> float:
        return self.getrandbits(16) / 65536

    def getrandbits(self, count: int, /) -> int:
        size = (count + 7) // 8
        taken, self.data = self.data[:size], self.data[size:]
        if len(taken) < size:
            return super().getrandbits(count)
        return int.from_bytes(taken, "big") >> (size * 8 - count)


def text(data: bytes) -> None:
    """Any text gives a value or FeelSyntaxError, in both modes, and reads as it is written."""
    written = data.decode("utf-8", "replace")
    for start in _STARTS:
        try:
            tree = feel.parse(written, NAMES, start=start)
        except feel.FeelSyntaxError as error:
            str(error)
            continue
        assert feel.parse(feel.unparse(tree), NAMES, start=start) == tree, "read otherwise"
        for absent in (None, UNKNOWN):
            feel.text(feel.compile(tree, absent=absent)({**CONTEXT, "?": Decimal(2)}))


def bounds(data: bytes) -> None:
    """One evaluation of any text, with the whole of its budget."""
    try:
        feel.text(feel.evaluate(data.decode("utf-8", "replace"), CONTEXT, messages=[]))
    except feel.FeelSyntaxError:
        return


def laws(data: bytes) -> None:
    """Random expressions and models keep the laws of unknowns."""
    draw = Drawn(data)
    if draw.random() < 0.5:
        _laws_of_expressions(Expressions(draw))
    else:
        models = Models(draw)
        definitions = models.table() if draw.random() < 0.5 else models.definitions(2)
        for asking in of_models.asked(models, definitions):
            for law in of_models.LAWS:
                law(asking)


def _laws_of_expressions(draw: Expressions) -> None:
    tree = draw.expression(draw.any_type(), 4)
    run, hidden = feel.compile(tree), of_expressions.Hidden(draw)
    before = run(hidden.context)
    causes = of_expressions.causes_in(before)
    for names in (hidden.types.keys(), causes):
        after = run(hidden.filled(names))
        assert of_expressions.agrees(before, after), (feel.unparse(tree), before, after)
        assert not of_expressions.causes_in(after), (feel.unparse(tree), before, after)
    others = run(hidden.filled(hidden.types.keys() - causes))
    assert of_expressions.same(before, others), (feel.unparse(tree), before, others)


def xml(data: bytes) -> None:
    """Any bytes give a model or DmnError; then each decision an outcome, in both modes."""
    try:
        definitions = reading.parse(data, "fuzz")
    except DmnError as error:
        str(error)
        return
    model = Model(definitions)
    str(model.problems)
    draw = Models(Random(data[-16:]))
    inputs: dict[str, object] = draw.inputs()
    inputs |= {name: draw.random.choice(list(inputs.values())) for name in model.inputs}
    for ask, names in ((model.decide, model.decisions), (model.call, model.services)):
        for name in names[:8]:
            _outcomes(ask, name, inputs)
    for name in model.knowledge_models[:8]:
        assert isinstance(model.invoke(name, list(inputs.values())[:2]), Outcome)
    try:
        written = writing.write(definitions)
    except DmnError:
        return
    reading.parse(written, "again")


def _outcomes(ask: Callable[..., Outcome], name: str, inputs: Mapping[str, object]) -> None:
    half = dict(list(inputs.items())[::2])
    for absent in (None, UNKNOWN):
        for given in (inputs, half):
            outcome = ask(name, given, absent=absent, now=NOW, explain=given is half)
            assert isinstance(outcome, Outcome)
            feel.text(outcome.value)
            str(outcome.messages)
            if outcome.missing:
                assert set().union(*outcome.settled_by) <= set(outcome.missing)


def _some_bytes() -> Iterator[bytes]:
    return (Random(seed).randbytes(400) for seed in range(60))


Seeds = Callable[[], Iterator[bytes]]
TARGETS: Final[Mapping[str, tuple[Callable[[bytes], None], Seeds]]] = {
    "text": (text, lambda: (one.encode() for one in words.texts())),
    "laws": (laws, _some_bytes),
    "xml": (xml, words.models),
    "bounds": (bounds, lambda: (one.encode() for one in words.HOSTILE)),
}
"""By name: what must hold, and what to start from."""
