"""Finding and reading regulations: folders with a regulation.yaml, at any depth."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from vanzelf.rights.case_file import Case, CaseReader
from vanzelf.rights.common_files import read_authorities, read_facts, stands_beside_shipped
from vanzelf.rights.decision_file import DecisionFiles
from vanzelf.rights.document import Item, read
from vanzelf.rights.facts import Catalogue, Fact, FactError
from vanzelf.rights.model import Authority, Content
from vanzelf.rights.problems import Place, Problem, Problems, did_you_mean
from vanzelf.rights.reader import Reader
from vanzelf.rights.regulation import Regulation
from vanzelf.rights.regulation_file import RegulationReader

REGULATION = "regulation.yaml"
CASES = "cases.yaml"
FACTS = "facts.yaml"
AUTHORITIES = "authorities.yaml"


def shipped() -> Path:
    """The regulations that come with the package."""
    return Path(str(files("vanzelf.regulations")))


@dataclass(frozen=True, slots=True)
class Regulations(Mapping[str, Regulation]):
    """Regulations by id, with the facts they may name and their worked examples."""

    regulations: Mapping[str, Regulation]
    facts: Catalogue
    authorities: Mapping[str, Authority]
    cases: Mapping[str, tuple[Case, ...]]
    files: tuple[DecisionFiles, ...] = ()
    """The DMN files of each."""

    @property
    def warnings(self) -> list[Problem]:
        """What DMN files warn of: worth a look, no reason to refuse a regulation."""
        return sorted({warning for files in self.files for warning in files.warnings()})

    def __getitem__(self, regulation_id: str) -> Regulation:
        found = self.regulations.get(regulation_id)
        if found is None:
            hint = did_you_mean(regulation_id, self.regulations)
            raise KeyError(f"there is no regulation {regulation_id!r}" + (f": {hint}" * bool(hint)))
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self.regulations)

    def __len__(self) -> int:
        return len(self.regulations)


def load(*paths: str | os.PathLike[str], cases: bool = True) -> Regulations:
    """The regulations in these folders; without any, the shipped ones.

    A folder without a facts.yaml (in it or above it) uses the shipped facts: a city's own rights
    are loaded beside the shipped ones as `load(shipped(), "ours")`. Raises `RegulationError` with
    every problem of every file at once; nothing is loaded then. Without `cases` their files are
    left unread, which is a good deal faster.
    """
    loader = _Loader(Reader(Problems()), cases)
    for path in [Path(path) for path in paths] or [shipped()]:
        loader.load(path)
    loader.reader.problems.stop_if_any()
    return Regulations(
        dict(sorted(loader.regulations.items())),
        Catalogue(loader.facts),
        loader.authorities,
        loader.cases,
        tuple(loader.files),
    )


def beside_shipped(folders: str) -> tuple[Path, ...]:
    """What to load for a setting that lists a city's own folders: these beside the shipped ones.

    Folders are separated as in PATH; an empty setting adds none.
    """
    return (shipped(), *(Path(folder) for folder in folders.split(os.pathsep) if folder))


def read_facts_file(path: Path, catalogue: Catalogue) -> dict[str, object]:
    """The facts of one person or household from a YAML or JSON file, in the types of `check`.

    Raises `RegulationError` with file and line for what is not listed or not of its type.
    """
    problems = Problems()
    item = read(path, _shown(path), problems)
    plain = item.plain() if item else None
    facts: dict[str, object] = {}
    if item and not isinstance(plain, dict):
        problems.add(item.place, "facts are expected here", "gezin: {…}")
    elif item and isinstance(plain, dict):
        try:
            facts = catalogue.coerce(plain)
        except FactError as error:
            problems.add(item.place_of(error.path), str(error))
    problems.stop_if_any()
    return facts


@dataclass(slots=True)
class _Loader:
    reader: Reader
    with_cases: bool
    regulations: dict[str, Regulation] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    authorities: dict[str, Authority] = field(default_factory=dict)
    cases: dict[str, tuple[Case, ...]] = field(default_factory=dict)
    places: dict[str, Path] = field(default_factory=dict)
    files: list[DecisionFiles] = field(default_factory=list)

    def load(self, path: Path) -> None:
        """All the regulations at or below a path."""
        if not path.is_dir():
            self.reader.problems.add(Place(_shown(path), 1), "there is no such folder")
            return
        facts = self._common_facts(path)
        authorities = self._common_authorities(path)
        self.facts.update(facts)
        self.authorities.update(authorities)
        found = sorted(path.rglob(REGULATION))
        if not found and not (path / "lists").is_dir():  # a city may lay out only its own lists
            place = Place(_shown(path), 1)
            self.reader.problems.add(place, f"no {REGULATION} in this folder or below it")
        for file in found:
            self._regulation(file, Catalogue(facts), authorities)

    def _regulation(
        self, file: Path, catalogue: Catalogue, authorities: Mapping[str, Authority]
    ) -> None:
        item = self._read(file)
        if item is None:
            return
        folder = file.parent.resolve().as_posix()
        files = DecisionFiles(file.parent, _shown(file.parent), self.reader.problems)
        self.files.append(files)
        content = RegulationReader(self.reader, catalogue, authorities, files).read(item, folder)
        cases = self._cases(file.parent / CASES, catalogue, content) if self.with_cases else ()
        if content is None:
            return
        if content.id in self.places:
            message = f'"{content.id}" is the id of {_shown(self.places[content.id])} too'
            self.reader.problems.add(
                Place(_shown(file), 1), message, "every regulation stands once"
            )
        self.places[content.id] = file
        self.regulations[content.id] = Regulation(content, catalogue)
        self.cases[content.id] = cases

    def _cases(self, file: Path, catalogue: Catalogue, content: Content | None) -> tuple[Case, ...]:
        if not file.is_file():
            place = Place(_shown(file.parent / REGULATION), 1)
            message = f"there is no {CASES} beside it"
            self.reader.problems.add(
                place, message, "give at least one case of YES, NO and UNKNOWN"
            )
            return ()
        item = self._read(file)
        return CaseReader(self.reader, catalogue, content).read(item) if item else ()

    def _common_facts(self, path: Path) -> dict[str, Fact]:
        own = self._own(path, FACTS)
        if own is None:
            return _shipped_facts(self.reader)
        facts = read_facts(own, self.reader)
        return {**_shipped_facts(self.reader), **facts} if stands_beside_shipped(own) else facts

    def _common_authorities(self, path: Path) -> dict[str, Authority]:
        own = self._own(path, AUTHORITIES)
        if own is None:
            return _shipped_authorities(self.reader)
        found = read_authorities(own, self.reader)
        return (
            {**_shipped_authorities(self.reader), **found} if stands_beside_shipped(own) else found
        )

    def _own(self, path: Path, name: str) -> Item | None:
        """The document with that name in the folder, or in one above it that has facts.yaml."""
        for folder in (path, *path.absolute().parents):
            if (folder / name).is_file() and (folder == path or (folder / FACTS).is_file()):
                return self._read(folder / name)
        return None

    def _read(self, file: Path) -> Item | None:
        return read(file, _shown(file), self.reader.problems)


def _shipped_facts(reader: Reader) -> dict[str, Fact]:
    item = read(shipped() / FACTS, FACTS, reader.problems)
    return read_facts(item, reader) if item else {}


def _shipped_authorities(reader: Reader) -> dict[str, Authority]:
    item = read(shipped() / AUTHORITIES, AUTHORITIES, reader.problems)
    return read_authorities(item, reader) if item else {}


def _shown(path: Path) -> str:
    """A path as a reader finds it: from the working directory where that is shorter."""
    try:
        return path.absolute().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()
