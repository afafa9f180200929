"""An installation apart, for what measures or proves at full size."""

from __future__ import annotations

import os
from pathlib import Path


def set_up(folder: Path) -> None:
    """Start Django on a database, keys and city in this folder, so that nothing else is touched."""
    for name in ("DATABASE_URL", "VANZELF_KEYS", "VANZELF_DATABASE"):
        os.environ.pop(name, None)
    os.environ.update(
        DJANGO_SETTINGS_MODULE="vanzelf.site.settings",
        VANZELF_DATA=str(folder),
        VANZELF_CITY=str(folder / "city"),
        VANZELF_DEMO="1",
        VANZELF_DATABASE_END="delete",
    )
    import django

    django.setup()
