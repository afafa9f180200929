"""Reading case files: what goes into a model, and what it must give (TCK `testCases.xsd`)."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from vanzelf.dmn.conformance.values import (
    NAMESPACE,
    ValueProblem,
    child,
    children,
    line_of,
    read_value,
)

MOST_BYTES = 10_000_000


class CasesError(ValueError):
    """A folder without cases, or a case file that cannot be read: what, where (file:line)."""


class Kind(enum.StrEnum):
    """What a case calls."""

    DECISION = "decision"
    SERVICE = "decisionService"
    KNOWLEDGE = "bkm"


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a decision must give. `error`: it fails, and its value is null."""

    name: str
    value: object
    error: bool = False
    kind: Kind = Kind.DECISION


@dataclass(frozen=True, slots=True)
class Input:
    """A value that is put in. `namespace` if it is an input of an imported model."""

    name: str
    value: object
    namespace: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One question to a model, and what must come out of it.

    `invocable` is the service or knowledge model that is called. `problem` says why the case
    itself could not be read; it then counts as failed.
    """

    id: str
    kind: Kind
    invocable: str | None
    inputs: tuple[Input, ...]
    expectations: tuple[Expectation, ...]
    line: int
    description: str = ""
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class CaseFile:
    """The cases of one file, with the file of the model they are about."""

    path: Path
    model: Path
    cases: tuple[Case, ...]


def read_cases(path: Path) -> CaseFile | None:
    """The cases in a file; None if it is XML of something else.

    Raises CasesError for a file that is not XML, or that names no model in its folder.
    """
    root = _root(path)
    if root.tag != f"{NAMESPACE}testCases":
        return None
    named = (root.findtext(f"{NAMESPACE}modelName") or "").strip()
    model = path.parent / (Path(named).name or path.with_suffix(".dmn").name)
    return CaseFile(path, model, tuple(_case(node) for node in children(root, "testCase")))


def _root(path: Path) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise CasesError(f"{path}: larger than {MOST_BYTES:,} bytes")
        tree = etree.parse(path, parser)
    except etree.XMLSyntaxError as error:
        raise CasesError(f"{path}:{error.lineno or 1}: not XML: {error.msg}") from None
    except OSError as error:
        raise CasesError(f"{path}: cannot be read: {error.strerror}") from None
    information: Any = tree.docinfo
    if information.doctype:
        raise CasesError(f"{path}:1: a document type is not allowed in a case file")
    return tree.getroot()


def _case(node: etree._Element) -> Case:
    kind, problem = Kind.DECISION, None
    inputs: tuple[Input, ...] = ()
    expectations: tuple[Expectation, ...] = ()
    try:
        kind = _kind(node, Kind.DECISION)
        inputs = tuple(map(_input, children(node, "inputNode")))
        expectations = tuple(_expectation(one, kind) for one in children(node, "resultNode"))
    except ValueProblem as error:
        problem = str(error)
    return Case(
        id=node.get("id") or f"line {line_of(node)}",
        kind=kind,
        invocable=node.get("invocableName"),
        inputs=inputs,
        expectations=expectations,
        line=line_of(node),
        description=(node.findtext(f"{NAMESPACE}description") or "").strip(),
        problem=problem if problem or expectations else "the case expects nothing",
    )


def _kind(node: etree._Element, default: Kind) -> Kind:
    said = node.get("type")
    try:
        return Kind(said) if said else default
    except ValueError:
        kinds = ", ".join(Kind)
        raise ValueProblem(node, f"type {said!r} is none of {kinds}") from None


def _input(node: etree._Element) -> Input:
    return Input(_name(node), read_value(node), node.get("namespace"))


def _expectation(node: etree._Element, default: Kind) -> Expectation:
    expected = child(node, "expected")
    value = None if expected is None else read_value(expected)
    error = node.get("errorResult", "false").strip() in ("true", "1")
    return Expectation(_name(node), value, error, _kind(node, default))


def _name(node: etree._Element) -> str:
    name = node.get("name")
    if not name:
        raise ValueProblem(node, "has no name")
    return name
