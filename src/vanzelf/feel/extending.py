"""The door for packages that add nodes to FEEL, such as decision tables.

A node is a frozen dataclass under `feel.ast.Node`, whose children are nodes or tuples of nodes
in its fields (so that what walks a tree finds them), and whose `str` is how it reads. The
function that compiles it is registered by its type:

    @compiles(Twice)
    def compile_twice(compiler: Compiler, node: Twice, scope: Scope) -> Code:
        operand = compiler.code(node.operand, scope)
        return lambda frame: double(operand(frame))

`compiler.code` compiles a child; `compiler.new_slot()` with `Scope(scope, {name: slot})` binds
a variable, whose value is put in `frame[slot]` before the child runs; `compiler.absent` is what
stands for a name or member that is not there. `frame[STATE].charge(n)` counts n steps of work
in a loop. Unknowns, limits, messages and traces then work inside it as anywhere in FEEL.
"""

from __future__ import annotations

from vanzelf.feel.compiler.core import Compiler, Scope, compiles
from vanzelf.feel.compiler.frame import CONTEXT, STATE, Code, Frame, State
from vanzelf.feel.compiler.functions import UserFunction, invoke
from vanzelf.feel.compiler.types import type_of
from vanzelf.feel.limits import LimitExceeded
from vanzelf.feel.messages import report
from vanzelf.feel.syntax.height import children
from vanzelf.feel.values.functions import FeelFunction

__all__ = [
    "CONTEXT",
    "STATE",
    "Code",
    "Compiler",
    "FeelFunction",
    "Frame",
    "LimitExceeded",
    "Scope",
    "State",
    "UserFunction",
    "children",
    "compiles",
    "invoke",
    "report",
    "type_of",
]
