"""What comes out of asking a model something."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from vanzelf.dmn.settling import Settling
from vanzelf.feel.compiler.tracing import Trace


@dataclass(frozen=True, slots=True)
class Message:
    """Why something is null, and the element that was at work, such as `decision 'Fee'`."""

    text: str
    element: str

    def __str__(self) -> str:
        return f"{self.element}: {self.text}" if self.element else self.text


@dataclass(frozen=True, slots=True)
class Explained:
    """One element that was evaluated: its value, and the trace of where that came from."""

    element: str
    value: object
    trace: Trace


@dataclass(frozen=True)
class Outcome:
    """A value, and what there is to say about it.

    `explanation`: on request, the decisions in the order in which they were evaluated.
    `missing`: in rights mode, of a value that is (partly) unknown, the inputs that could still
    change it, as paths such as `gezin.inkomen` or `leden[1].naam`.
    """

    value: object
    messages: tuple[Message, ...] = ()
    explanation: tuple[Explained, ...] = ()
    missing: tuple[str, ...] = ()
    settle: Callable[[], Settling] = field(default=Settling, repr=False, compare=False)

    def __getstate__(self) -> dict[str, object]:
        """For pickle: what settles it is searched for now, for the model does not go along."""
        return {**self.__dict__, "settle": Settling, "_settling": self._settling}

    @cached_property
    def _settling(self) -> Settling:
        return self.settle()

    @property
    def settled_by(self) -> tuple[tuple[str, ...], ...]:
        """The smallest sets of what is missing that make it known, however they turn out.

        They are searched for when first asked for, which may take many evaluations.
        """
        return self._settling.sets

    @property
    def search_complete(self) -> bool:
        """Whether the search for these sets saw all of them, or was stopped."""
        return self._settling.complete
