"""Reading `decision: table.dmn#Name`: from a reference to a checked expression."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from vanzelf import dmn
from vanzelf.dmn.definitions import Decision, DecisionTable, InputData
from vanzelf.dmn.definitions import Place as DmnPlace
from vanzelf.dmn.errors import DmnError
from vanzelf.dmn.errors import Problem as DmnProblem
from vanzelf.dmn.model import Model
from vanzelf.dmn.tables import Table
from vanzelf.feel import ast
from vanzelf.rights.checking import Checker, Report
from vanzelf.rights.decided import Decided, Steps
from vanzelf.rights.decision_inputs import InputTypes
from vanzelf.rights.decision_types import DecisionChecker, without_types
from vanzelf.rights.document import Item
from vanzelf.rights.expressions import Expressions
from vanzelf.rights.model import Expression, UsedTable
from vanzelf.rights.problems import Place, Problem, Problems, did_you_mean
from vanzelf.rights.types import ERROR, Type

SUFFIX = ".dmn"
EXAMPLE = "write decision: table.dmn#Name"


@dataclass(slots=True)
class DecisionFiles:
    """The DMN files of one regulation's folder, each read once."""

    folder: Path
    shown: str
    """The folder as messages name it."""
    problems: Problems
    models: dict[str, Model | None] = field(default_factory=dict)
    """By file name; None for one with problems."""

    def model(self, file: str, item: Item, what: str) -> Model | None:
        if file not in self.models:
            self.models[file] = self._read(file, item, what)
        return self.models[file]

    def _read(self, file: str, item: Item, what: str) -> Model | None:
        path = self.folder / file
        beside = sorted(one.name for one in self.folder.glob(f"*{SUFFIX}"))
        if Path(file).name != file or path.resolve().parent != self.folder.resolve():
            message = f'{what}: "{file}" is not in the folder of the regulation'
            self.problems.add(item.place, message, "put the file beside regulation.yaml")
            return None
        if not path.is_file():
            message = f'{what}: there is no file "{file}" beside the regulation'
            self.problems.add(item.place, message, did_you_mean(file, beside))
            return None
        try:
            model = dmn.read(path)
        except DmnError as error:
            self._add(error.problems)
            return None
        imports = tuple(
            DmnProblem(one.place, f'the model "{one.name}" is imported', "copy what is needed")
            for one in model.definitions.imports
        )
        self._add(imports + model.problems)
        return None if imports or model.problems else model

    def _add(self, found: tuple[DmnProblem, ...]) -> None:
        for problem in found:
            self.problems.add(self.place(problem.place), problem.message, problem.hint)

    def place(self, place: DmnPlace) -> Place:
        """A place in one of the files, as messages name it."""
        return Place(f"{self.shown}/{Path(place.file).name}", place.line or 1)

    def warnings(self) -> Iterator[Problem]:
        """Where standard DMN would turn data that is absent into an answer: null, never unknown."""
        for model in self.models.values():
            for warning in model.warnings if model else ():
                place = self.place(warning.place)
                message = f"{warning.element}: `{warning.expression}`: {warning.why}"
                yield Problem(place.file, place.line, message, warning.instead)

    def contents(self) -> dict[str, bytes]:
        """Every DMN file of the folder when one is used: what the regulation also says."""
        files = self.folder.rglob(f"*{SUFFIX}") if self.models else ()
        return {file.relative_to(self.folder).as_posix(): file.read_bytes() for file in files}


@dataclass(slots=True)
class DecisionReader:
    """Reads references to decisions in the scope of one regulation."""

    files: DecisionFiles
    expressions: Expressions

    def read(self, item: Item | None, what: str) -> Expression | None:
        """The value of a decision as an expression; every problem is noted."""
        found = None if item is None else self._read(item, what)
        if item is not None and found is None:
            # What it would have used is not told as unused besides.
            self.expressions.used |= self.expressions.scope.keys()
        return found

    def _read(self, item: Item, what: str) -> Expression | None:
        problems = self.expressions.problems
        before = len(problems.found)
        file, hashed, name = item.text.partition("#") if item.kind == "scalar" else ("", "", "")
        if not hashed or not name or not file.endswith(SUFFIX):
            problems.add(item.place, f"{what}: a decision of a DMN file is expected here", EXAMPLE)
            return None
        model = self.files.model(file, item, what)
        if model is None:
            return None
        if name not in model.decisions:
            hint = did_you_mean(name, model.decisions)
            problems.add(item.place, f'{what}: "{file}" has no decision "{name}"', hint)
            return None
        found = _Reading(self, model, file, item, what).expression(name)
        return found if len(problems.found) == before else None


@dataclass(slots=True)
class _Reading:
    """Reading one reference."""

    reader: DecisionReader
    model: Model
    file: str
    item: Item
    what: str

    def expression(self, name: str) -> Expression | None:
        expressions = self.reader.expressions
        arguments: list[ast.NamedArgument] = []
        scope: dict[str, Type] = {}
        facts: Counter[str] = Counter()
        required: list[tuple[str, ast.Node]] = []
        tables: list[UsedTable] = []
        kind: Type = ERROR
        for known_as, part, tree in self.model.trees(name):
            place = self.reader.files.place(part.place)
            if isinstance(part, InputData):
                argument, scope[known_as] = self._input(part, known_as, place, facts)
                if argument is not None:
                    arguments.append(argument)
                continue
            assert tree is not None, "only input data have no tree"
            tree = without_types(tree)
            checker = self._checker(place, part.name)
            kind = scope[known_as] = checker.type_of(tree, scope)
            facts += checker.facts
            required.append((known_as, tree))
            if isinstance(part, Decision):
                tables += self._tables(part, tree, checker)
        if not required:
            return None
        (*steps, (_, result)) = required
        call = Decided(
            self.item.text, tuple(arguments), Steps(tuple(steps), result, self.model, name)
        )
        found = expressions.complete(self.item.text, call, kind, facts)
        every = dict.fromkeys((*found.tables, *tables))
        # A table tests a fact in row after row, so that it may pull in more than one direction.
        return replace(found, tables=tuple(every), repeated=frozenset(found.facts))

    def _input(
        self, part: InputData, name: str, place: Place, facts: Counter[str]
    ) -> tuple[ast.NamedArgument | None, Type]:
        """What the regulation puts in, and its type there."""
        expressions = self.reader.expressions
        expressions.used.add(name)
        tree = self._named(name)
        if tree is None:
            known = {*expressions.scope, *(fact.name for fact in expressions.catalogue.values())}
            message = f'input "{name}" is not a fact, a parameter or a definition'
            self._add(place, message, did_you_mean(name, known))
            return None, ERROR
        checker = Checker(expressions.catalogue.types(), name, self._report(place, name))
        kind = checker.type_of(tree, expressions.scope)
        facts += checker.facts
        types = InputTypes(self.model.definitions, expressions.catalogue)
        for where, message, hint in types.problems(part, kind):
            self._add(self.reader.files.place(where), message, hint)
        return ast.NamedArgument(name, tree), kind

    def _named(self, name: str) -> ast.Node | None:
        """A name of the regulation's own, or a fact of the one section that has it."""
        expressions = self.reader.expressions
        if name in expressions.scope:
            return ast.Name(name)
        sections = [
            section
            for section in ("gezin", "persoon")
            if section in expressions.scope and f"{section}.{name}" in expressions.catalogue
        ]
        return ast.Path(ast.Name(sections[0]), name) if len(sections) == 1 else None

    def _checker(self, place: Place, name: str) -> DecisionChecker:
        types = self.reader.expressions.catalogue.types()
        return DecisionChecker(types, "", self._report(place, name))

    def _report(self, place: Place, name: str) -> Report:
        def report(node: ast.Node, message: str, hint: str) -> None:
            self._add(place, f'"{name}": {message}', hint)

        return report

    def _add(self, place: Place, message: str, hint: str) -> None:
        self.reader.expressions.problems.add(place, f"{self.what}: {message}", hint)

    def _tables(
        self, part: Decision, tree: ast.Node, checker: DecisionChecker
    ) -> Iterator[UsedTable]:
        """The table that a decision consists of."""
        node = tree
        while not isinstance(node, Table) and hasattr(node, "value"):
            node = node.value
        if isinstance(part.logic, DecisionTable) and isinstance(node, Table):
            inputs, outputs = checker.columns[id(node)]
            yield UsedTable(self.file, part.name, part.logic, node, inputs, outputs)
