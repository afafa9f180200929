"""A whole model: the definitions, and the imports among them (DMN 1.5, 6.3.2 and 6.3.3)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from vanzelf.dmn.checking import doubles, links
from vanzelf.dmn.definitions import Definitions, Import, Place
from vanzelf.dmn.errors import DmnError, Problem
from vanzelf.dmn.reading import graph
from vanzelf.dmn.reading.bounds import too_long
from vanzelf.dmn.reading.item_definitions import item_definition
from vanzelf.dmn.reading.node import Node, Source
from vanzelf.dmn.reading.schema import misplaced
from vanzelf.dmn.reading.versions import FEEL, VERSIONS
from vanzelf.dmn.reading.xml import Tag, root, tree

_Part = TypeVar("_Part")


def parse(data: bytes, name: str = "model.dmn") -> Definitions:
    """The model in this XML; `name` is the file's name in what goes wrong.

    Raises DmnError with every problem at once, for any bytes whatever.
    """
    node = node_of(tree(data, name), name)
    model = definitions(node)
    problems = [
        *node.source.problems,
        *misplaced(node),
        *doubles(model),
        *links(model),
        *too_long([model]),
    ]
    if problems:
        raise DmnError(sorted(problems, key=lambda problem: problem.place.line))
    return model


def namespace_of(data: bytes) -> str | None:
    """The namespace of the model that this XML begins; None when there is no model in it."""
    found = root(data)
    if found is None or found.namespace not in VERSIONS:
        return None
    return found.attributes.get("namespace")


def node_of(tag: Tag, file: str) -> Node:
    """The root as an element of its DMN version, with what the whole file shares."""
    version = VERSIONS.get(tag.namespace)
    if version is None or tag.name != "definitions":
        found = f"<{tag.name}> of the namespace {tag.namespace or 'none'!r}"
        hint = f"the root is <definitions> of one of the namespaces {', '.join(VERSIONS)}"
        raise DmnError([Problem(Place(file, tag.line), f"not a DMN model: {found}", hint)])
    return Node(tag, Source(file, version, tag.namespace))


def definitions(node: Node) -> Definitions:
    source = node.source
    source.model = node.required("namespace")
    language = node.get("expressionLanguage")
    source.language = None if language in FEEL else language
    imports = tuple(imported(each) for each in node.children("import"))
    source.import_names = {each.namespace: each.name for each in imports}
    source.locations = {each.location: each.namespace for each in imports if each.location}
    return Definitions(
        node.required("name"),
        source.model,
        source.version,
        imports,
        _all(node, "itemDefinition", item_definition),
        _all(node, "inputData", graph.input_data),
        _all(node, "decision", graph.decision),
        _all(node, "businessKnowledgeModel", graph.knowledge_model),
        _all(node, "decisionService", graph.service),
        _all(node, "knowledgeSource", graph.knowledge_source),
        **node.common(),
    )


def _all(node: Node, name: str, reader: Callable[[Node], _Part]) -> tuple[_Part, ...]:
    return tuple(map(reader, node.children(name)))


def imported(node: Node) -> Import:
    """Another model. In DMN 1.1 an import has no name: the prefix of its namespace is one."""
    namespace = node.required("namespace")
    name = node.get("name")
    if name is None:
        prefixes = node.tag.prefixes.items()
        name = next((prefix for prefix, bound in prefixes if bound == namespace), "")
    kind = node.get("importType")
    return Import(
        name,
        namespace,
        node.get("locationURI"),
        None if kind in VERSIONS else kind,
        **node.common(),
    )
