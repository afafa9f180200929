"""How the registrations stand."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from vanzelf.city.registrations.models import WAITING, DeregistrationFile, Registration


@dataclass(frozen=True, slots=True)
class Standing:
    """Counts of persons under an identity; `problems` by code, of those that wait. `under_way`: of
    those to take back, in a file that was not answered yet; `unsent`: files."""

    registered: int
    to_register: int
    to_take_back: int
    under_way: int
    ended: int
    unsent: int
    problems: dict[str, int]


def standing() -> Standing:
    """All registrations together; names nobody."""
    told = Registration.objects.aggregate(
        registered=Count("pk", filter=Q(ended_at=None, ending="") & ~Q(registered_at=None)),
        to_register=Count("pk", filter=Q(ended_at=None, ending="", registered_at=None)),
        to_take_back=Count("pk", filter=Q(ended_at=None) & ~Q(ending="")),
        under_way=Count("pk", filter=Q(ended_at=None) & ~Q(file=None)),
        ended=Count("pk", filter=~Q(ended_at=None)),
    )
    failing = Registration.objects.filter(WAITING).exclude(problem="")
    problems = failing.values_list("problem").annotate(Count("pk")).order_by("problem")
    files = DeregistrationFile.objects.filter(ended_at=None)
    unsent = files.exclude(state=DeregistrationFile.State.SENT).count()
    return Standing(**told, unsent=unsent, problems=dict(problems))
