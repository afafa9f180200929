"""The course of a run: which step may follow which."""

from __future__ import annotations

from vanzelf.city.runs.models import Run, State

NEXT: dict[State, frozenset[State]] = {
    State.PREPARED: frozenset({State.EVALUATING, State.WITHDRAWN}),
    State.EVALUATING: frozenset({State.PREVIEW, State.FAILED, State.WITHDRAWN}),
    State.PREVIEW: frozenset({State.REQUESTED, State.WITHDRAWN}),
    State.REQUESTED: frozenset({State.APPROVED, State.WITHDRAWN}),
    State.APPROVED: frozenset({State.AWARDING, State.FAILED, State.WITHDRAWN}),
    State.AWARDING: frozenset({State.DONE, State.FAILED, State.WITHDRAWN}),
    State.DONE: frozenset({State.WITHDRAWN}),
    State.FAILED: frozenset({State.WITHDRAWN}),
    State.WITHDRAWN: frozenset(),
}
WORKING = (State.PREPARED, State.EVALUATING, State.APPROVED, State.AWARDING)
"""States in which a worker has something to do, also after it was killed."""


class NotNow(ValueError):
    """What was asked does not fit where the run stands; the message says why."""


def locked(run_id: int) -> Run:
    """The run as it is now, locked until the end of the transaction."""
    return Run.objects.select_for_update().get(pk=run_id)


def move(run: Run, to: State) -> None:
    """Brings a locked run into its next state; the caller saves. Raises NotNow."""
    if to not in NEXT[State(run.state)]:
        here = State(run.state).label
        raise NotNow(f"Run {run.pk} is {here!r} and cannot become {to.label!r}.")
    run.state = to
