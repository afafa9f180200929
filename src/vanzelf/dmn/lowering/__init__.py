"""From what a model says to FEEL trees: one tree per decision, knowledge model or service.

Every boxed expression becomes nodes of `vanzelf.feel.ast`, or nodes of our own that register
how they compile (`vanzelf.feel.compiler.core.compiles`). What stands in the model as text is
parsed in a *place*, which knows the names in scope there and the types of the model:

    here.parse(text, place, start="unary tests", extra={"?": shape(kind)}) -> ast.Node
        Never raises: of a text that is no FEEL, the node is null plus a message when evaluated,
        and the model's problems name the file, line and column. `place` is the `Place` of the
        element that holds the text. `extra`: names besides those in scope, with their shapes
        (the members known of a value: a mapping of names to shapes, or None); `"?"` stands for
        the tested value.
    here.foreign(literal, what) -> ast.Node | None
        What stands for a text in another language than FEEL: null, and a problem says so.
    here.type_of(type_ref, place) -> vanzelf.feel.types.Type
        The type that a `typeRef` names: `ANY` for None; a name that is unknown is a problem,
        and then `Undetermined`. `vanzelf.dmn.types` says more of one: `shape(kind)` is what
        `extra` wants, `allowed(kind)` its allowed values as parsed unary tests, or None.
    here.conforming(node, type_ref, what, place) -> ast.Node
        The node, with its value converted to the type (DMN 1.5, 10.3.2.9.4), null plus a
        message that names `what` if it does not conform; the node itself if nothing is to do.
    here.problem(place, message, hint)
        Something that is wrong in the model, to be told in `Model.problems`.

Decision tables are lowered by `vanzelf.dmn.tables.lower(table, here) -> ast.Node`: it parses
input expressions, cells and outputs with `here`. The table's own typeRef and that of the
decision's variable are checked around it, here.

What comes out with unknowns in rights mode is settled by `vanzelf.dmn.settling`, which asks the
question again with inputs filled in (`vanzelf.dmn.questions.Asked`).
"""
