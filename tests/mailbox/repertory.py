"""What MAGDA's repertory would do with files that take registrations back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.mailbox.server import deliver
from vanzelf.sources.magda import xml
from vanzelf.sources.magda.bulk.deregistrations import PREFIX, ROOT
from vanzelf.sources.magda.bulk.names import prefix_of
from vanzelf.sources.magda.bulk.streams import records
from vanzelf.sources.magda.registreer_uitschrijving import SERVICE

Key = tuple[str, str, str]  # Identificatie, Hoedanigheid, INSZ: as the stand-in of messages has it


@dataclass
class Repertory:
    """Takes whoever stands in a file out of `held`. `told` counts whom it was told of."""

    box: Path
    held: dict[Key, tuple[str, str | None]]
    told: Counter[Key] = field(default_factory=Counter)
    taken: list[str] = field(default_factory=list)  # the files
    fails: dict[str, str] = field(default_factory=dict)  # by INSZ the code of an error
    skips: frozenset[str] = frozenset()  # INSZ of whom it says nothing
    silent: bool = False
    in_two: bool = False  # half of the answers in one file, the rest in another
    cut: bool = False  # the file ends in the middle
    _answers: list[list[str]] = field(default_factory=list)

    def answer(self) -> int:
        """Takes and answers all files that are there; returns how many it took."""
        folder = self.box / "To_Vip"
        files = [file for file in sorted(folder.iterdir()) if prefix_of(file.name) == PREFIX]
        for file in files:
            content = file.read_bytes()
            file.unlink()
            self.taken.append(file.name)
            self._answers.append([self._one(each) for each in _questions(content)])
            if not self.silent:
                self._leave(self._answers[-1])
        return len(files)

    def repeat(self) -> None:
        """Answers once more what it answered, or did not answer, before."""
        for answers in self._answers:
            self._leave(answers)

    def _one(self, asked: tuple[str, Key]) -> str:
        reference, key = asked
        self.told[key] += 1
        if key[2] in self.skips:
            return ""
        code = self.fails.get(key[2]) or ("" if key in self.held else "40003")
        if code:
            error = f"<Identificatie>{code}</Identificatie><Oorsprong>MAGDA</Oorsprong>"
            said = f"<Uitzonderingen><Uitzondering>{error}</Uitzondering></Uitzonderingen>"
        else:
            del self.held[key]
            said = "<Inhoud><Resultaat>1</Resultaat></Inhoud>"
        return f"<Antwoord><Referte>{reference}</Referte>{said}</Antwoord>"

    def _leave(self, answers: list[str]) -> None:
        half = len(answers) // 2
        for part in (answers[:half], answers[half:]) if self.in_two else (answers,):
            inside = f"<Repliek><Antwoorden>{''.join(part)}</Antwoorden></Repliek>"
            text = f'<web:{ROOT} xmlns:web="{SERVICE.namespace}">{inside}</web:{ROOT}>'
            deliver(self.box, PREFIX, text[: len(text) // 2] if self.cut else text)


def _questions(content: bytes) -> list[tuple[str, Key]]:
    found = []
    for _, each in records([content], SERVICE.name, ("Vraag",), 10**9):
        about = xml.child(each, "Inhoud", "Uitschrijving")
        key = tuple(
            xml.text(about, name) or "" for name in ("Identificatie", "Hoedanigheid", "INSZ")
        )
        found.append((xml.text(each, "Referte") or "", (key[0], key[1], key[2])))
    return found
