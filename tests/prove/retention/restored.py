"""Applying the terms to a database that was put back, in a process of its own:
`python -m tests.prove.retention.restored 2037-11-30`, with VANZELF_DATABASE naming it."""

from __future__ import annotations

import os
import sys
from datetime import datetime


def main(moment: str) -> None:
    """Prints what was past its term, and what still is."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "vanzelf.site.settings"
    import django

    django.setup()
    from vanzelf.city import clock
    from vanzelf.city.retention import sweeping

    with clock.fixed(datetime.fromisoformat(moment)):
        before = sweeping.report().past
        problems = [one.problem for one in sweeping.apply() if one.problem]
        sys.stdout.write(f"{before} {sweeping.report().past} {len(problems)}\n")


if __name__ == "__main__":
    main(sys.argv[1])
