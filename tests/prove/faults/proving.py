"""Asking while things go wrong, and comparing what comes of it with the truth."""

from __future__ import annotations

import logging
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from tests.prove.faults.kinds import ANYWHERE, SIGNED
from tests.prove.faults.proxy import BREAKS, Proxy, running
from tests.prove.faults.world import Keys, households
from tests.sources.invented import ALL_FACTS, NOW, ON, authorisation
from vanzelf.rights import Outcome, Regulation, load, shipped
from vanzelf.sources import Endpoints, Household, Patience, assemble, endurance, gather
from vanzelf.sources.endurance import InMemory, Limits
from vanzelf.sources.magda.settings import FileSettings, ServiceSettings, Signing
from vanzelf.sources.magda.standin import AnswerFiles, Secure, Standin

RIGHT = "gent/huisvuilzakken"
NEVER = Limits(failures=10**9)  # else most faults would not be met: nobody would ask


@dataclass
class Tally:
    """What was seen."""

    struck: Counter[str] = field(default_factory=Counter)  # faults, by kind
    gathers: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    doubts: Counter[str] = field(default_factory=Counter)  # why answers were not believed
    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)  # true, with faults
    problems: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        self.struck += other.struck
        self.gathers += other.gathers
        self.reasons += other.reasons
        self.doubts += other.doubts
        self.outcomes += other.outcomes
        self.problems += other.problems

    @property
    def faults(self) -> int:
        return self.struck.total()


def fault_kinds(signed: bool) -> list[str]:
    return [*BREAKS, *ANYWHERE, *(SIGNED if signed else ())]


@dataclass
class Bench:
    """One stand-in, one proxy before it, and who asks through them."""

    proxy: Proxy
    direct: Endpoints
    through: Endpoints
    right: Regulation
    homes: list[list[str]]
    truths: dict[tuple[str, bool], Household] = field(default_factory=dict)

    def ask(self, insz: str, endpoints: Endpoints, everyone: bool) -> Household:
        return gather(
            insz,
            ON,
            purpose="controle",
            authorisations=[authorisation()],
            endpoints=endpoints,
            now=NOW,
            everyone=everyone,
            patience=Patience(retries=1, pause=0),
            facts=ALL_FACTS,
        )

    def truth(self, insz: str, everyone: bool) -> Household:
        if (insz, everyone) not in self.truths:
            self.truths[insz, everyone] = self.ask(insz, self.direct, everyone)
        return self.truths[insz, everyone]

    def outcome(self, household: Household) -> Outcome:
        facts, origins = assemble(household)
        return self.right.check(facts, ON, origins=origins).outcome

    def strike(self, kind: str, rng: random.Random, tally: Tally) -> None:
        """Ask once while this goes wrong; note what is not as it should be."""
        home = rng.choice(self.homes)
        other = rng.choice([each for each in self.homes if each is not home])
        insz, everyone = rng.choice(home), rng.random() < 0.3
        truth = self.truth(insz, everyone)
        proxy = self.proxy
        proxy.kind, proxy.other, proxy.chance = kind, other[0], rng.choice((0.3, 0.6, 1.0))
        proxy.struck = []
        tally.gathers += 1
        try:
            household = self.ask(insz, self.through, everyone)
            problems = list(compare(truth, household, proxy.struck))
            before, after = self.outcome(truth), self.outcome(household)
        except Exception as error:
            tally.problems.append(f"{kind}, {insz}: it crashed: {error!r}")
            return
        if after not in (before, Outcome.UNKNOWN):
            problems.append(f"{before} became {after}")
        tally.problems += [f"{kind}, {insz}: {problem}" for problem in problems]
        tally.struck[kind] += len(proxy.struck)
        tally.outcomes[before.name, after.name] += 1
        struck = [each for each in household.questions if each.reference in proxy.struck]
        tally.reasons.update(each.outcome for each in struck)
        tally.doubts.update(each.doubt.replace("_", " ") for each in struck if each.doubt)


def compare(truth: Household, seen: Household, struck: Sequence[str]) -> Iterator[str]:
    """What is known is true; what is not, says why; each fault is told."""
    true = dict(_readings(truth))
    for path, reading in _readings(seen):
        if reading.known and (path not in true or reading.value != true[path].value):
            yield f"{path} is {reading.value!r}"
        if not reading.known and reading.reason is None:
            yield f"{path} is unknown without a reason"
    outcomes = {question.reference: question.outcome for question in seen.questions}
    doubts = {question.reference: question.doubt for question in seen.questions}
    for reference in struck:
        told = outcomes.get(reference)
        if told is None:
            yield "a question that was struck is not in the list"
        if told == "untrusted" and not doubts[reference]:
            yield "it is not said why an answer was not believed"
        if told == "answered":
            yield "a fault was taken for an answer"


def _readings(household: Household) -> Iterator[tuple[str, object]]:
    for member in household.members:
        for name, reading in member.readings.items():
            yield f"{member.insz}.{name}", reading
    for name, reading in household.readings.items():
        yield f"household.{name}", reading


@contextmanager
def bench(
    signed: bool,
    limits: Limits,
    seed: int,
    *,
    patience: float = 0.3,
    homes: int = 40,
    gullible: bool = False,
) -> Iterator[Bench]:
    """`patience`: seconds for an answer. `gullible`: answers are signed, and nobody looks."""
    keys = Keys.make() if signed else None
    trust = keys.trust if keys and not gullible else None
    settings = ServiceSettings(read_timeout=patience, trust=trust, limits=limits)
    file = FileSettings(settings)
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="vz-") as folder:
        made = households(Path(folder), homes, seed)
        secure = Secure(signing=Signing(keys.source.identity) if keys else None)
        standin = Standin(AnswerFiles(Path(folder)), secure=secure, now=lambda: NOW)
        kinds = {**ANYWHERE, **SIGNED}
        with standin, running(Proxy(standin.url, keys, patience, kinds, rng)) as proxy:
            yield Bench(
                proxy,
                Endpoints(standin.url, read_timeout=30, file=file),
                Endpoints(proxy.url, file=file),
                load(str(shipped()), cases=False)[RIGHT],
                made,
            )


def strike(faults: int, signed: bool, limits: Limits, seed: int) -> Tally:
    """So many faults at least, every kind in its turn."""
    tally, rng = Tally(), random.Random(seed)
    logging.disable(logging.WARNING)  # they would be thousands
    # Each time that is asked is ten seconds later: so pauses pass, and trials come.
    endurance.keep_in(InMemory(), lambda: time.time() + 10 * tally.gathers)
    with bench(signed, limits, seed) as made:
        kinds = fault_kinds(signed)
        while tally.faults < faults:
            rng.shuffle(kinds)
            for kind in kinds:
                made.strike(kind, rng, tally)
    return tally


def control(times: int, seed: int = 1, homes: int = 40) -> Tally:
    """Forgeries before someone who does not verify: the harness must see what they do."""
    tally, rng = Tally(), random.Random(seed)
    endurance.forget()
    with bench(True, NEVER, seed, homes=homes, gullible=True) as made:
        for _ in range(times):
            made.strike(rng.choice(["unsigned", "signed by a stranger"]), rng, tally)
    return tally


def strike_apart(faults: int, workers: int = 2) -> dict[str, Tally]:
    """Divided over processes: with signatures, without, and with the breaker as it is shipped."""
    shares: Mapping[str, tuple[float, bool, Limits]] = {
        "signed answers": (0.6, True, NEVER),
        "answers without signatures": (0.3, False, NEVER),
        "with the breaker as it is set": (0.1, True, Limits()),
    }
    tallies = {name: Tally() for name in shares}
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        tasks = [
            (name, pool.submit(strike, int(faults * share / 4) + 1, signed, limits, seed))
            for name, (share, signed, limits) in shares.items()
            for seed in range(4)
        ]
        for name, task in tasks:
            tallies[name].add(task.result())
    return tallies
