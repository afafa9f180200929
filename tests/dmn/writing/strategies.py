"""Any definitions that the schema allows: what a file can say, not what it means.

Models that make sense are drawn in tests/dmn/strategies.py.
"""

from __future__ import annotations

from typing import TypeVar

from hypothesis import strategies as st

from vanzelf.dmn.definitions import (
    Aggregation,
    Binding,
    BusinessKnowledgeModel,
    Conditional,
    Context,
    ContextEntry,
    Decision,
    DecisionService,
    DecisionTable,
    Definitions,
    Element,
    Expression,
    Filter,
    For,
    FunctionDefinition,
    FunctionItem,
    FunctionKind,
    HitPolicy,
    Import,
    InputClause,
    InputData,
    Invocation,
    ItemDefinition,
    KnowledgeSource,
    ListExpression,
    Literal,
    OutputClause,
    Quantified,
    Quantifier,
    Reference,
    Relation,
    Rule,
    Variable,
)

_Part = TypeVar("_Part", bound=Element)
_Value = TypeVar("_Value")

characters = st.sampled_from("\t\n\r \x85\u2028<>&\"'#-]") | st.characters(
    exclude_categories=["Cs"],
    exclude_characters=[*map(chr, range(32)), "\ufffe", "\uffff"],
)
"""All that XML can hold, the awkward ones often."""

texts = st.text(characters, max_size=12)
names = texts.filter(str.strip)
types = st.sampled_from(["number", "string", "fietssoort", "list<number>", "context<a: Any>"])
languages = st.none() | st.just("https://example.org/language")
locations = st.sampled_from(["andere.dmn", "map/andere.dmn", "https://example.org/wet"])
namespaces = st.sampled_from(["https://example.org/other", "urn:other:1"])


def maybe(strategy: st.SearchStrategy[_Value]) -> st.SearchStrategy[_Value | None]:
    return st.none() | strategy


def some(
    strategy: st.SearchStrategy[_Value], most: int = 3
) -> st.SearchStrategy[tuple[_Value, ...]]:
    return st.lists(strategy, max_size=most).map(tuple)


def part(kind: type[_Part], /, **fields: st.SearchStrategy[object]) -> st.SearchStrategy[_Part]:
    """An element of this kind, with or without a label and a description."""
    return st.builds(kind, label=maybe(texts), description=maybe(texts), **fields)


variables = part(Variable, name=names, type_ref=maybe(types))
literals = part(Literal, text=texts, language=languages, type_ref=maybe(types))


@st.composite
def relations(draw: st.DrawFn, inner: st.SearchStrategy[Expression]) -> Relation:
    columns = draw(some(variables))
    row = st.tuples(*[inner] * len(columns))
    return draw(part(Relation, columns=st.just(columns), rows=some(row), type_ref=maybe(types)))


@st.composite
def tables(draw: st.DrawFn) -> DecisionTable:
    inputs = draw(some(part(InputClause, expression=literals, allowed_values=maybe(texts))))
    outputs = draw(
        st.lists(
            part(
                OutputClause,
                name=maybe(texts),
                type_ref=maybe(types),
                allowed_values=maybe(texts),
                default=maybe(literals),
            ),
            min_size=1,
            max_size=2,
        )
    )
    rules = part(
        Rule,
        tests=st.tuples(*[texts] * len(inputs)),
        outputs=st.tuples(*[literals] * len(outputs)),
        annotations=some(texts, 2),
    )
    return draw(
        part(
            DecisionTable,
            inputs=st.just(inputs),
            outputs=st.just(tuple(outputs)),
            rules=some(rules),
            hit_policy=st.sampled_from(HitPolicy),
            aggregation=maybe(st.sampled_from(Aggregation)),
            annotations=some(texts, 2),
            output_label=maybe(texts),
            type_ref=maybe(types),
        )
    )


def functions(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[FunctionDefinition]:
    return part(
        FunctionDefinition,
        parameters=some(variables),
        body=maybe(inner),
        kind=st.sampled_from(FunctionKind),
        type_ref=maybe(types),
    )


def boxed(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    """Every boxed expression, around these."""
    type_ref = maybe(types)
    entries = part(ContextEntry, variable=maybe(variables), value=inner)
    bindings = st.builds(Binding, parameter=variables, value=maybe(inner))
    iterating = {
        "iterator": names,
        "source": inner,
        "iterator_type_ref": maybe(types),
        "type_ref": type_ref,
    }
    return st.one_of(
        part(Context, entries=some(entries), type_ref=type_ref),
        part(ListExpression, items=some(inner), type_ref=type_ref),
        relations(inner),
        functions(inner),
        part(Invocation, function=inner, bindings=some(bindings), type_ref=type_ref),
        part(Conditional, condition=inner, then=inner, otherwise=inner, type_ref=type_ref),
        part(Filter, source=inner, match=inner, type_ref=type_ref),
        part(For, result=inner, **iterating),
        part(Quantified, quantifier=st.sampled_from(Quantifier), condition=inner, **iterating),
    )


expressions = st.recursive(literals | tables(), boxed, max_leaves=5)


def item_definitions(depth: int = 2) -> st.SearchStrategy[ItemDefinition]:
    """A type of another, of components or of a function: never two of these."""
    said: dict[str, st.SearchStrategy[object]] = {"name": names, "is_collection": st.booleans()}
    function = part(FunctionItem, parameters=some(variables), output_type_ref=maybe(types))
    kinds = [
        part(
            ItemDefinition,
            **said,
            type_ref=types,
            allowed_values=maybe(texts),
            type_constraint=maybe(texts),
        ),
        part(ItemDefinition, **said, function=function),
    ]
    if depth:
        components = some(item_definitions(depth - 1))
        kinds.append(part(ItemDefinition, **said, components=components))
    return st.one_of(kinds)


@st.composite
def graphs(draw: st.DrawFn) -> Definitions:
    """A model of a few parts, whose references lead to parts of the right kind."""
    imports = draw(st.lists(namespaces, max_size=2, unique=True))
    count = {kind: draw(st.integers(0, 2)) for kind in ("input", "decision", "bkm", "law")}
    ids = {kind: [f"_{kind}.{n}" for n in range(number)] for kind, number in count.items()}
    fresh = iter(draw(st.lists(names, min_size=12, max_size=12, unique=True)))

    def to(*kinds: str) -> st.SearchStrategy[tuple[Reference, ...]]:
        here = [Reference(id) for kind in kinds for id in ids[kind]]
        there = [Reference("elders.1", namespace) for namespace in imports]
        return some(st.sampled_from([*here, *there]), 2) if here or there else st.just(())

    def named(kind: type[_Part], id: str | None, **said: st.SearchStrategy[object]) -> _Part:
        return draw(part(kind, id=st.just(id), name=st.just(next(fresh)), **said))

    def all_of(
        kind: type[_Part], what: str, **said: st.SearchStrategy[object]
    ) -> tuple[_Part, ...]:
        return tuple(named(kind, id, **said) for id in ids[what])

    authorities = to("law", "decision", "input").map(_without_imported)
    return draw(
        part(
            Definitions,
            name=names,
            namespace=st.just("https://example.org/model"),
            imports=st.just(
                tuple(
                    named(Import, None, namespace=st.just(each), location=maybe(locations))
                    for each in imports
                )
            ),
            item_definitions=some(item_definitions()).map(_of_unlike_names),
            input_data=st.just(all_of(InputData, "input", variable=variables)),
            decisions=st.just(
                all_of(
                    Decision,
                    "decision",
                    variable=variables,
                    logic=maybe(expressions),
                    question=maybe(texts),
                    allowed_answers=maybe(texts),
                    required_inputs=to("input"),
                    required_decisions=to("decision"),
                    required_knowledge=to("bkm"),
                    authorities=authorities,
                )
            ),
            knowledge_models=st.just(
                all_of(
                    BusinessKnowledgeModel,
                    "bkm",
                    variable=variables,
                    logic=maybe(functions(expressions)),
                    required_knowledge=to("bkm"),
                    authorities=authorities,
                )
            ),
            services=st.just(
                (
                    named(
                        DecisionService,
                        None,
                        variable=variables,
                        output_decisions=to("decision"),
                        encapsulated_decisions=to("decision"),
                        input_decisions=to("decision"),
                        input_data=to("input"),
                    ),
                )
            ),
            knowledge_sources=st.just(
                all_of(KnowledgeSource, "law", location=maybe(locations), authorities=authorities)
            ),
        )
    )


def _without_imported(references: tuple[Reference, ...]) -> tuple[Reference, ...]:
    """What an imported element is cannot be seen, so it is written as a knowledge source."""
    return tuple(each for each in references if each.namespace is None)


def _of_unlike_names(items: tuple[ItemDefinition, ...]) -> tuple[ItemDefinition, ...]:
    return tuple({each.name: each for each in items}.values())
