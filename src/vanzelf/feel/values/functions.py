"""Functions as values: FEEL's own, the built-in ones, and Python functions given to FEEL."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from vanzelf.feel.messages import report
from vanzelf.feel.values.unknown import merge


class FeelFunction:
    """A callable value. `parameters` are its names in order; None when any number will do."""

    __slots__ = ("name", "parameters")

    def __init__(self, name: str, parameters: tuple[str, ...] | None) -> None:
        self.name = name
        self.parameters = parameters

    def call(self, arguments: Sequence[object]) -> object:
        """The result for positional arguments; null if they do not fit."""
        raise NotImplementedError

    def call_named(self, arguments: Mapping[str, object]) -> object:
        """The result for named arguments; null if they do not fit."""
        if self.parameters is None or set(arguments) != set(self.parameters):
            return report(f"{self.name} has no parameters named {', '.join(arguments)}")
        return self.call([arguments[name] for name in self.parameters])

    def __repr__(self) -> str:
        return f"<FEEL function {self.name}({', '.join(self.parameters or ('…',))})>"


class PythonFunction(FeelFunction):
    """A Python function that a caller puts in the context."""

    __slots__ = ("python", "takes_unknown")

    def __init__(
        self,
        name: str,
        parameters: tuple[str, ...],
        python: Callable[..., object],
        takes_unknown: bool,
    ) -> None:
        super().__init__(name, parameters)
        self.python = python
        self.takes_unknown = takes_unknown

    def call(self, arguments: Sequence[object]) -> object:
        assert self.parameters is not None
        if len(arguments) != len(self.parameters):
            return report(f"{self.name} takes {len(self.parameters)} arguments")
        if not self.takes_unknown:
            unknown = merge(arguments)
            if unknown is not None:
                return unknown
        try:
            return self.python(*arguments)
        except Exception as error:  # an expression never raises: what fails is null
            return report(f"{self.name} failed: {error}")


def function(
    name: str,
    parameters: tuple[str, ...],
    python: Callable[..., object],
    *,
    takes_unknown: bool = False,
) -> FeelFunction:
    """A Python function as a FEEL value, to be put in a context under its name.

    It gets FEEL values by position and gives a FEEL value; an error in it gives null. When an
    argument is unknown the result is unknown without calling it, unless `takes_unknown`.
    """
    return PythonFunction(name, parameters, python, takes_unknown)
