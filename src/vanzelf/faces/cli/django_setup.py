"""Commands that touch the city start Django first."""

from __future__ import annotations

import os

SETTINGS = "vanzelf.site.settings"


def setup_django() -> None:
    """Load the settings and the city's apps; again: nothing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django  # imported here, so that `vanzelf --help` stays quick

    django.setup()
