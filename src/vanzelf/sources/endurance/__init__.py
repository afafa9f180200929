"""Outlasting a source that is slow, busy or dead: retries, a pause for all, a budget of calls.

    with endurance.asking("magda/GeefPersoon", "magda.example", limits) as question:
        question.spend(wait=5)      # before each call; raises `OverBudget`
        ...
        question.failed = False     # or True: what was learned of the source

`asking` raises `Paused` when the source failed too often in a row: nobody waits for it until one
question gets through again. `states()` tells how each source is doing. What is remembered is kept
in this process, unless `keep_in` gave it a place that all processes share.
"""

from vanzelf.sources.endurance.condition import Condition, Limits, Stance
from vanzelf.sources.endurance.guard import (
    OverBudget,
    Paused,
    Question,
    SourceState,
    asking,
    forget,
    keep_in,
    states,
)
from vanzelf.sources.endurance.keeping import InMemory, Keeper
from vanzelf.sources.endurance.patience import Patience

__all__ = [
    "Condition",
    "InMemory",
    "Keeper",
    "Limits",
    "OverBudget",
    "Patience",
    "Paused",
    "Question",
    "SourceState",
    "Stance",
    "asking",
    "forget",
    "keep_in",
    "states",
]
