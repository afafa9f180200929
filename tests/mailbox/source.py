"""What MAGDA would do with the files: take them, once, and answer, in its own time."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from vanzelf.sources.magda import xml
from vanzelf.sources.magda.bulk.lists import SERVICE
from vanzelf.sources.magda.bulk.names import LIST, file_names, prefix_of
from vanzelf.sources.magda.bulk.streams import records

Statutes = Callable[[str, Sequence[str]], str]
"""The SociaalStatuut elements, as text, for a number and the names that are asked."""

NOTHING = "<SociaalStatuut><Naam>{}</Naam><Resultaat><Code>0</Code></Resultaat></SociaalStatuut>"
YES = "<SociaalStatuut><Naam>{}</Naam><Resultaat><Code>1</Code></Resultaat></SociaalStatuut>"


@dataclass
class Switches:
    """What may go wrong. `left_out` persons of a list are not in its answer."""

    left_out: frozenset[str] = frozenset()
    strangers: Sequence[str] = ()  # numbers that nobody asked for
    twice: bool = False  # every file is left under two names
    cut: bool = False  # the file ends in the middle
    in_two: bool = False  # half of the persons in one file, the rest in another
    error: str = ""  # an Uitzondering beside the answer, as text
    silent: bool = False  # it takes the files and says nothing


@dataclass
class Source:
    """Answers what stands in To_Vip. What it took is counted in `taken` and `asked`."""

    box: Path
    statutes: Statutes = lambda number, names: "".join(NOTHING.format(name) for name in names)
    switches: Switches = field(default_factory=Switches)
    taken: Counter[str] = field(default_factory=Counter)  # by reference
    asked: Counter[tuple[str, str]] = field(default_factory=Counter)  # by number and statute
    seed: int = 1
    seen: int = 0  # files it took
    counting: bool = True  # a whole city is too much to count person by person
    _last: str = ""
    _answered: list[tuple[str, list[str], list[str]]] = field(default_factory=list)

    def answer(self, reference: str = "") -> int:
        """Takes and answers all files that are there, or answers something that was not asked;
        returns how many it took."""
        files = [f for f in sorted((self.box / "To_Vip").iterdir()) if prefix_of(f.name) == LIST]
        for file in files:
            asked, names, numbers = self._take(file)
            self._answered.append((asked, names, numbers))
            if not self.switches.silent:
                self._leave(reference or asked, names, numbers)
        return len(files)

    def repeat(self) -> None:
        """Answers once more what it answered, or did not answer, before."""
        for asked in self._answered:
            self._leave(*asked)

    def _take(self, file: Path) -> tuple[str, list[str], list[str]]:
        reference, names, numbers = "", [], []
        wanted = ("Referte", "SociaalStatuut", "Persoon")
        content = file.read_bytes()
        file.unlink()
        self.seen += 1
        for name, element in records([content], SERVICE.name, wanted, 10**9):
            if name == "Referte":
                reference = xml.text(element) or ""
            elif name == "SociaalStatuut":
                names.append(xml.text(element, "Naam") or "")
            else:
                numbers.append(xml.text(element, "INSZ") or "")
        self.taken[reference] += 1
        if self.counting:
            self.asked.update((number, name) for number in numbers for name in names)
        return reference, names, numbers

    def _leave(self, reference: str, names: list[str], numbers: list[str]) -> None:
        told = [one for one in numbers if one not in self.switches.left_out]
        random.Random(self.seed).shuffle(told)
        told += self.switches.strangers
        half = len(told) // 2
        for part in (told[:half], told[half:]) if self.switches.in_two else (told,):
            text = "".join(self._text(reference, names, part)).encode()
            for _ in range(2 if self.switches.twice else 1):
                self._write(text[: len(text) // 2] if self.switches.cut else text)

    def _text(self, reference: str, names: list[str], numbers: list[str]) -> Iterator[str]:
        yield f'<web:{SERVICE.name}Response xmlns:web="{SERVICE.namespace}"><Repliek><Antwoorden>'
        yield f"<Antwoord><Referte>{reference}</Referte><Inhoud><Personen>"
        for number in numbers:
            statutes = self.statutes(number, names)
            yield f"<Persoon><INSZ>{number}</INSZ>"
            yield f"<SocialeStatuten>{statutes}</SocialeStatuten></Persoon>"
        yield "</Personen></Inhoud>"
        if self.switches.error:
            yield f"<Uitzonderingen>{self.switches.error}</Uitzonderingen>"
        yield f"</Antwoord></Antwoorden></Repliek></web:{SERVICE.name}Response>"

    def _write(self, content: bytes) -> None:
        """Under a name of its own, in one step."""
        (self._last,) = file_names(LIST, datetime.now(UTC), 1, after=self._last)
        draft = self.box / f"{self._last}.draft"
        draft.write_bytes(content)
        draft.rename(self.box / "From_Vip" / self._last)
