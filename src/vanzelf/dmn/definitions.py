"""What a decision model says: the elements of the DMN standard (DMN 1.5, chapters 6 to 10).

Plain data, as read from a file or as made by a program; nothing here is parsed or evaluated
yet. FEEL texts stand as they were written. References between elements are `Reference`s.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Place:
    """Where an element stands: the file (as the reader was told it) and the line, from 1."""

    file: str
    line: int


NOWHERE = Place("", 0)
"""The place of an element that a program made."""


@dataclass(frozen=True, slots=True)
class Reference:
    """An element in this model (`namespace` None) or in one that it imports, by its id."""

    id: str
    namespace: str | None = None
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    id: str | None = None
    label: str | None = None
    description: str | None = None
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Variable(Element):
    """An information item: a name, and the name of its type (None: not said)."""

    name: str
    type_ref: str | None = None


# --- types ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FunctionItem(Element):
    """The type of a function: its parameters, and the type of what it gives."""

    parameters: tuple[Variable, ...]
    output_type_ref: str | None = None


@dataclass(frozen=True, slots=True)
class ItemDefinition(Element):
    """A named type: another one (`type_ref`), a structure (`components`) or a function.

    `allowed_values` and `type_constraint` are unary tests; with `is_collection` the first holds
    for each element (DMN 1.5, 7.3.3), the second for the whole list.
    """

    name: str
    type_ref: str | None = None
    components: tuple[ItemDefinition, ...] = ()
    function: FunctionItem | None = None
    allowed_values: str | None = None
    type_constraint: str | None = None
    is_collection: bool = False


# --- boxed expressions ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression(Element):
    type_ref: str | None = None


@dataclass(frozen=True, slots=True)
class Literal(Expression):
    """A FEEL text (`language` None, or its namespace)."""

    text: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class ContextEntry(Element):
    """An entry of a boxed context; without variable it is the context's result."""

    variable: Variable | None
    value: Expression


@dataclass(frozen=True, slots=True)
class Context(Expression):
    entries: tuple[ContextEntry, ...]


@dataclass(frozen=True, slots=True)
class ListExpression(Expression):
    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Relation(Expression):
    """A table of data: each row gives a context with the columns as keys."""

    columns: tuple[Variable, ...]
    rows: tuple[tuple[Expression, ...], ...]


class FunctionKind(enum.StrEnum):
    FEEL = "FEEL"
    JAVA = "Java"
    PMML = "PMML"


@dataclass(frozen=True, slots=True)
class FunctionDefinition(Expression):
    parameters: tuple[Variable, ...]
    body: Expression | None
    kind: FunctionKind = FunctionKind.FEEL


@dataclass(frozen=True, slots=True)
class Binding(Element):
    parameter: Variable
    value: Expression | None


@dataclass(frozen=True, slots=True)
class Invocation(Expression):
    function: Expression
    bindings: tuple[Binding, ...]


@dataclass(frozen=True, slots=True)
class Conditional(Expression):
    condition: Expression
    then: Expression
    otherwise: Expression


@dataclass(frozen=True, slots=True)
class Filter(Expression):
    source: Expression
    match: Expression


@dataclass(frozen=True, slots=True)
class For(Expression):
    """A boxed iterator: `for iterator in source return result`."""

    iterator: str
    source: Expression
    result: Expression
    iterator_type_ref: str | None = None


class Quantifier(enum.StrEnum):
    SOME = "some"
    EVERY = "every"


@dataclass(frozen=True, slots=True)
class Quantified(Expression):
    quantifier: Quantifier
    iterator: str
    source: Expression
    condition: Expression
    iterator_type_ref: str | None = None


# --- decision tables --------------------------------------------------------------------------


class HitPolicy(enum.StrEnum):
    UNIQUE = "UNIQUE"
    FIRST = "FIRST"
    PRIORITY = "PRIORITY"
    ANY = "ANY"
    COLLECT = "COLLECT"
    RULE_ORDER = "RULE ORDER"
    OUTPUT_ORDER = "OUTPUT ORDER"


class Aggregation(enum.StrEnum):
    SUM = "SUM"
    COUNT = "COUNT"
    MIN = "MIN"
    MAX = "MAX"


@dataclass(frozen=True, slots=True)
class InputClause(Element):
    """A column that is tested: its expression, and the values it may have (unary tests)."""

    expression: Literal
    allowed_values: str | None = None


@dataclass(frozen=True, slots=True)
class OutputClause(Element):
    """A column that is given. `allowed_values` in order of priority, highest first."""

    name: str | None = None
    type_ref: str | None = None
    allowed_values: str | None = None
    default: Literal | None = None


@dataclass(frozen=True, slots=True)
class Rule(Element):
    """A row: one unary test per input, one expression per output, one text per annotation."""

    tests: tuple[str, ...]
    outputs: tuple[Literal, ...]
    annotations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionTable(Expression):
    inputs: tuple[InputClause, ...]
    outputs: tuple[OutputClause, ...]
    rules: tuple[Rule, ...]
    hit_policy: HitPolicy = HitPolicy.UNIQUE
    aggregation: Aggregation | None = None
    annotations: tuple[str, ...] = ()
    output_label: str | None = None


# --- the graph --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class InputData(Element):
    """What is put in. The variable has the input's name, unless the file says otherwise."""

    name: str
    variable: Variable


@dataclass(frozen=True, slots=True)
class KnowledgeSource(Element):
    """Where a decision comes from: a law, a person, a policy."""

    name: str
    location: str | None = None
    authorities: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision(Element):
    """A decision; `logic` None when the model does not say how it is taken."""

    name: str
    variable: Variable
    logic: Expression | None = None
    question: str | None = None
    allowed_answers: str | None = None
    required_inputs: tuple[Reference, ...] = ()
    required_decisions: tuple[Reference, ...] = ()
    required_knowledge: tuple[Reference, ...] = ()
    authorities: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class BusinessKnowledgeModel(Element):
    """A function that decisions share."""

    name: str
    variable: Variable
    logic: FunctionDefinition | None = None
    required_knowledge: tuple[Reference, ...] = ()
    authorities: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionService(Element):
    """Decisions that can be called as one function: input data first, then input decisions."""

    name: str
    variable: Variable
    output_decisions: tuple[Reference, ...] = ()
    encapsulated_decisions: tuple[Reference, ...] = ()
    input_decisions: tuple[Reference, ...] = ()
    input_data: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Import(Element):
    """Another model, whose elements are known here as `name.…`; an empty name adds them as is.

    `kind` is None for a decision model, else the namespace that says what it is.
    """

    name: str
    namespace: str
    location: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Definitions(Element):
    """One model. `version` is the DMN version that its namespace stands for, such as "1.5"."""

    name: str
    namespace: str
    version: str = "1.5"
    imports: tuple[Import, ...] = ()
    item_definitions: tuple[ItemDefinition, ...] = ()
    input_data: tuple[InputData, ...] = ()
    decisions: tuple[Decision, ...] = ()
    knowledge_models: tuple[BusinessKnowledgeModel, ...] = ()
    services: tuple[DecisionService, ...] = ()
    knowledge_sources: tuple[KnowledgeSource, ...] = ()
