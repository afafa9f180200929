"""Taking in what a source told by itself, of those whom we know and the facts that we may know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice

from vanzelf.city import clock, secrets
from vanzelf.city.bulk import columns, numbers
from vanzelf.city.bulk.looks import TOLD, log
from vanzelf.city.bulk.models import Order, Received
from vanzelf.city.bulk.once import take_once
from vanzelf.city.bulk.taking import SOURCE, Heard
from vanzelf.city.lawfulness.queries import in_force
from vanzelf.sources import statuses
from vanzelf.sources.catalogue import Catalogue, shipped
from vanzelf.sources.lawfulness import permits
from vanzelf.sources.magda.bulk.mutations import ROOT, Mutation, read_mutations
from vanzelf.sources.types import Reading, Reason

PURPOSE = "toekenning"
TOGETHER = 5_000  # mutations whose persons are looked up at once
ByFact = Mapping[str, Mapping[int, Reading]]


def take(received: Received) -> Received:
    """Takes in a file of mutations, wholly or not at all; whom it is about is looked at again."""
    return take_once(received, _told, _keep)


def _keep(received: Received, told: ByFact) -> None:
    for fact, readings in sorted(told.items()):
        log(
            actor=None,
            persons=sorted(readings),
            purpose=TOLD,
            rights=(),
            facts=[fact],
            reason=f"De bron meldde een wijziging ({ROOT}).",
        )
        columns.write(received, None, fact, readings)
    received.recheck = sorted({person for one in told.values() for person in one})
    received.matched = len(received.recheck)


def _told(received: Received, content: Iterable[bytes]) -> ByFact:
    """Per fact what was told of each person; of two mutations of one person the last holds."""
    catalogue = shipped()
    given, _ = permits(
        PURPOSE, ROOT, catalogue.statutes, in_force().all, clock.today(), catalogue.statutes
    )
    allowed = sorted({fact for permit in given for fact in permit.facts})
    latest = Order.objects.order_by("-pk").first()
    on = latest.on if latest else clock.today()
    found: defaultdict[str, dict[int, Reading]] = defaultdict(dict)
    heard = Heard(received.at)
    mutations = read_mutations(content, received.size)
    for person, mutation in _known(mutations, received):
        for fact, reading in _readings(mutation, allowed, heard, on, catalogue):
            found[fact][person] = reading
    return found


def _known(mutations: Iterable[Mutation], received: Received) -> Iterator[tuple[int, Mutation]]:
    """Those about someone we know; the others are counted, and dropped."""
    left = iter(mutations)
    while some := list(islice(left, TOGETHER)):
        indexes = secrets.blind_indexes(one.insz for one in some)
        persons = numbers.persons_of(indexes)
        for index, mutation in zip(indexes, some, strict=True):
            if index in persons:
                yield persons[index], mutation
            else:
                received.strangers += 1


def _readings(
    mutation: Mutation, facts: Sequence[str], heard: Heard, on: date, catalogue: Catalogue
) -> Iterator[tuple[str, Reading]]:
    statutes = mutation.statutes
    for fact in facts:
        if statutes is None:
            yield fact, Reading.unknown(Reason.NO_DATA, SOURCE, heard.at)
            continue
        names = set(catalogue.statutes[fact])
        about = [one for one in statutes if one.name in names]
        if not about:
            continue
        clear = [one for one in about if one.result is not None]
        read = statuses.statuses([fact], clear, heard, on, catalogue)[fact]
        doubtful = len(clear) < len(about) and read.value is not True
        yield fact, read.doubted(Reason.NO_DATA) if doubtful else read
