"""Trying a change on everyone, and keeping what came of it."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from vanzelf.city import clock
from vanzelf.city.reasons import without_number
from vanzelf.city.regulations import regulation
from vanzelf.city.simulations import budget, workbench
from vanzelf.city.simulations.basis import basis
from vanzelf.city.simulations.models import NAME, NOTE, SavedSimulation
from vanzelf.city.staff.models import StaffMember
from vanzelf.city.staff.permissions import require
from vanzelf.population.simulation import Change, Effect

PATIENCE = 2.0
"""Seconds to wait for a simulator that is being made, before NotReady."""


def try_out(
    *, by: StaffMember, right: str, on: date, change: Change, patience: float = PATIENCE
) -> Effect:
    """What a change would do: protected numbers. A new question is written down, and counts.

    Raises PermissionDenied, OwnHand for who brought a list that is looked at, NotReady while the
    simulator is made, BudgetSpent beyond the budget, NoPopulation, LookupError for a right that is
    not there, ChangeError and NotColumnar.
    """
    require(by, "simulations.try")
    seen = basis([regulation(right)], on)
    seen.require_other_hands(by)
    question = budget.Question(seen.stamp, right, on, change)
    known = budget.answered(by, question)
    if not known:
        budget.require_left(by, question)  # before the work; it is asked again after it
    found = workbench.simulator(right, on, patience=patience, seen=seen)
    if found is None:
        raise workbench.NotReady("De bevolking wordt nog geladen. Nog even geduld.")
    effect = found.effect(change)
    if not known:
        budget.spend(by, question)  # nothing leaves before it is written down
    return effect


def save(
    *, by: StaffMember, name: str, note: str, right: str, on: date, change: Change
) -> SavedSimulation:
    """Keeps a simulation, with its numbers as they are now. Raises as `try_out` and `rename`."""
    require(by, "simulations.save")
    name, note = _named(name, note)
    effect = try_out(by=by, right=right, on=on, change=change)
    return SavedSimulation.objects.create(
        name=name,
        note=note,
        by=by,
        at=clock.now(),
        right=right,
        on=on,
        change=change.as_data(),
        numbers=effect.as_data(),
    )


def rename(*, simulation: SavedSimulation, by: StaffMember, name: str, note: str) -> None:
    """Another name and note. Raises ValueError (Dutch) for what cannot be one."""
    require(by, "simulations.save")
    simulation.name, simulation.note = _named(name, note)
    simulation.save(update_fields=["name", "note"])


@transaction.atomic
def remove(*, simulation: SavedSimulation, by: StaffMember) -> None:
    """Takes it from the list; `restore` puts it back. Again: nothing."""
    require(by, "simulations.save")
    SavedSimulation.objects.filter(pk=simulation.pk, removed_at=None).update(
        removed_at=clock.now(), removed_by=by
    )
    simulation.refresh_from_db()


@transaction.atomic
def restore(*, simulation: SavedSimulation, by: StaffMember) -> None:
    """Puts it back in the list. Again: nothing."""
    require(by, "simulations.save")
    SavedSimulation.objects.filter(pk=simulation.pk).update(removed_at=None, removed_by=None)
    simulation.refresh_from_db()


def _named(name: str, note: str) -> tuple[str, str]:
    name, note = " ".join(name.split()), note.strip()
    if not name:
        raise ValueError("Geef de simulatie een naam.")
    if len(name) > NAME:
        raise ValueError(f"De naam is te lang: hou het op {NAME} tekens.")
    if len(note) > NOTE:
        raise ValueError(f"De nota is te lang: hou het op {NOTE} tekens.")
    return without_number(name), without_number(note)
