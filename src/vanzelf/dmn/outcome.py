"""What comes out of asking a model something."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Outcome:
    """A value, and what there is to say about it.

    `explanation`: on request, the decisions in the order in which they were evaluated.
    In rights mode, of a value that is (partly) unknown: `missing` are the inputs that could
    still change it, as paths; `settled_by` the smallest sets of these that make it known,
    however they turn out; `search_complete` is false when the search for sets was stopped.
    """

    value: object
    messages: tuple[Message, ...] = ()
    explanation: tuple[Explained, ...] = ()
    missing: tuple[str, ...] = ()
    settled_by: tuple[tuple[str, ...], ...] = ()
    search_complete: bool = True
