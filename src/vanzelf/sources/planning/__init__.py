"""Asking the fewest, least intrusive facts that can still change a verdict.

    planner = planner_for(right, on, purpose="toekenning", authorisations=…, today=today)
    planner.stages                     # which facts, in which order: data
    while questions := planner.next(known, asked, who):      # {fact: rows}: a round
        …                              # ask; lay the answers in `known`, mark `asked`

`known` is a `Block` of a population (`population.people.block(planner.wanted)`), in which what
was not asked is not known; `asked` marks of whom each fact was asked, also where no answer came;
`who` has their positions and ages (`Who.of_population`). `next` stops where nothing that may be
asked can change a verdict. One person and household: `Planned`, as `gather(…, rights=…)` uses it.

A question is one fact of one person that leaves the city. Its own lists and register do not: they
are known before the first stage. After the last stage stands the resident.
"""

from vanzelf.sources.planning.data import Family, Knowledge, load_knowledge
from vanzelf.sources.planning.leaving import everything, left_out
from vanzelf.sources.planning.making import planner_for
from vanzelf.sources.planning.measuring import Measured, measure, play
from vanzelf.sources.planning.one_household import Planned
from vanzelf.sources.planning.people import Who
from vanzelf.sources.planning.planner import Planner
from vanzelf.sources.planning.questions import Questions
from vanzelf.sources.planning.stages import Kind, Stage, stages

__all__ = [
    "Family",
    "Kind",
    "Knowledge",
    "Measured",
    "Planned",
    "Planner",
    "Questions",
    "Stage",
    "Who",
    "everything",
    "left_out",
    "load_knowledge",
    "measure",
    "planner_for",
    "play",
    "stages",
]
