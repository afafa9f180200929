"""The door for gunicorn: `gunicorn vanzelf.site.wsgi:application`."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vanzelf.site.settings")
application = get_wsgi_application()
