"""Each element of the graph as a tree, in the scope of what it requires."""

from __future__ import annotations

from collections.abc import Mapping
from threading import RLock

from vanzelf.dmn.definitions import BusinessKnowledgeModel, Decision
from vanzelf.dmn.errors import Problem
from vanzelf.dmn.graph import Element, Graph
from vanzelf.dmn.lowering.boxed import lower, lower_function
from vanzelf.dmn.lowering.here import Here
from vanzelf.dmn.lowering.nodes import Broken
from vanzelf.dmn.lowering.shapes import shape_of
from vanzelf.dmn.types import Report
from vanzelf.feel import ast
from vanzelf.feel.syntax.height import too_high
from vanzelf.feel.syntax.names import Shape
from vanzelf.feel.types import FunctionOf, Type


class Lowering:
    """The trees of a graph's decisions and knowledge models, each made once, when asked for."""

    def __init__(self, graph: Graph, report: Report) -> None:
        self.graph = graph
        self._report = report
        self._trees: dict[Element, ast.Node] = {}
        self.lock = RLock()
        """Held while something of the model is made for the first time, for threads share it."""

    def tree(self, element: Element) -> ast.Node:
        """What evaluates the element, with its requirements in context."""
        with self.lock:
            if element not in self._trees:
                self._trees[element] = self._bounded(element)
            return self._trees[element]

    def _bounded(self, element: Element) -> ast.Node:
        try:
            tree: ast.Node | None = self._lower(element)
        except RecursionError:
            tree = None
        if tree is not None and too_high(tree) is None:
            return tree
        message = f"{element} nests too deep"
        self._report(Problem(element.part.place, message, "split it"))
        return Broken(message)

    def type_of(self, element: Element) -> Type:
        """The declared type of an element's value."""
        variable = element.part.variable
        place = variable.place if variable.place.line else element.part.place
        return self.graph.types(element.home).named(variable.type_ref, place)

    def result_type(self, element: Element) -> Type:
        """Of a knowledge model or service: the type of what it gives when called.

        Its variable's type is that of the function; models of old give the result's itself.
        """
        return _result(self.type_of(element))

    def _lower(self, element: Element) -> ast.Node:
        part, here = element.part, self._here(element)
        if isinstance(part, Decision):
            return lower(part.logic, here, part.name, part.variable.type_ref)
        if isinstance(part, BusinessKnowledgeModel) and part.logic is not None:
            said = here.type_of(part.logic.type_ref, part.logic.place)
            results = (self.result_type(element), _result(said))
            return lower_function(part.logic, here, part.name, *dict.fromkeys(results))
        return Broken(f"{part.name}: the model does not say what it is")

    def _here(self, element: Element) -> Here:
        names: dict[str, Shape] = {}
        if isinstance(element.part, BusinessKnowledgeModel):
            names[element.name] = None  # it may call itself
        for required in self.graph.required(element):
            shape = self._shape(required)
            for path in self.graph.names(required, element.home):
                _enter(names, path, shape)
        own = self.graph.names_in(element.home)
        return Here(names, self.graph.types(element.home), self._report, str(element), own)

    def _shape(self, element: Element) -> Shape:
        """The members' names of an element's value; a function has none."""
        part = element.part
        logic = part.logic if isinstance(part, Decision) else None
        return shape_of(logic, part.variable.type_ref, self.graph.types(element.home))


def _result(declared: Type) -> Type:
    """What a function gives, if this is its type; else the type of that itself."""
    return declared.result if isinstance(declared, FunctionOf) else declared


def _enter(names: dict[str, Shape], path: tuple[str, ...], shape: Shape) -> None:
    """Puts a shape under a path of names."""
    for step in path[:-1]:
        inner = names.get(step)
        names[step] = fresh = dict(inner) if isinstance(inner, Mapping) else {}
        names = fresh
    names[path[-1]] = shape
