"""Settings of the site. Strict by default; what an installation differs in comes from VANZELF_*.

VANZELF_DATA         folder of the embedded database, keys and city   (.data)
VANZELF_KEYS         folder of the keys                              (<data>/keys)
VANZELF_CITY         folder of the population                        (<data>/city)
VANZELF_DEMO         1: sign-in as invented people, cookies over plain HTTP
VANZELF_CITY_NAME    the authority's name, at the top of each page    (Stad Gent)
VANZELF_HOSTS        host names, separated by commas
VANZELF_SECRET_KEY   secret of sessions and forms; else derived from the keys
VANZELF_LOG          least level that is logged; a site logs INFO    (WARNING)
VANZELF_SCANNER      virus scanner of what residents hand in: unix:/run/clamav/clamd.ctl
VANZELF_METRICS_TOKEN  who shows it may read /metrics; without: this machine only
VANZELF_STATIC       folder where `collectstatic` puts its files     (<data>/static)
DATABASE_URL         an own PostgreSQL server instead of the embedded one
"""

from __future__ import annotations

import os
from importlib.util import find_spec

from csp.constants import NONE, SELF
from django.utils.functional import SimpleLazyObject

from vanzelf.city.operations import logs
from vanzelf.city.paths import static_folder
from vanzelf.city.secrets.keyring import keyring
from vanzelf.site.static import add_headers

VANZELF_DEMO = os.environ.get("VANZELF_DEMO") == "1"
VANZELF_CITY_NAME = os.environ.get("VANZELF_CITY_NAME", "Stad Gent")
VANZELF_RUN_BREAKER_PERCENT = int(os.environ.get("VANZELF_RUN_BREAKER_PERCENT", "10"))
VANZELF_RUN_PIECE = int(os.environ.get("VANZELF_RUN_PIECE", "20000"))  # households at a time
VANZELF_CARD_PORT = int(os.environ.get("VANZELF_CARD_PORT", "41952"))  # of `vanzelf card`
VANZELF_PROCESSES = int(os.environ.get("VANZELF_PROCESSES", "0"))  # 0: one per core
# Different changes of one right that are tried: by one person on a day, by all in thirty days.
VANZELF_SIMULATION_BUDGET = int(os.environ.get("VANZELF_SIMULATION_BUDGET", "40"))
VANZELF_SIMULATION_BUDGET_TOGETHER = int(
    os.environ.get("VANZELF_SIMULATION_BUDGET_TOGETHER", "200")
)

DEBUG = False
SECRET_KEY = os.environ.get("VANZELF_SECRET_KEY") or SimpleLazyObject(
    lambda: keyring().derive("site", "secret key")
)
HOSTS = [name for name in os.environ.get("VANZELF_HOSTS", "").split(",") if name]
ALLOWED_HOSTS = [*HOSTS, "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"https://{name}" for name in HOSTS]

FACES = ("look", "entrance", "resident", "counter", "backoffice", "policy", "privacy", "operations")
INSTALLED_APPS = [
    *(f"vanzelf.faces.{name}" for name in FACES if find_spec(f"vanzelf.faces.{name}")),
    "vanzelf.city.people",
    "vanzelf.city.staff",
    "vanzelf.city.verdicts",
    "vanzelf.city.runs",
    "vanzelf.city.access",
    "vanzelf.city.awards",
    "vanzelf.city.checks",
    "vanzelf.city.unasked",
    "vanzelf.city.operations",
    "vanzelf.city.endurance",
    "vanzelf.city.rechecks",
    "vanzelf.city.simulations",
    "vanzelf.city.evidence",
    "vanzelf.city.disputes",
    "vanzelf.city.retention",
    "vanzelf.city.lawfulness",
    "vanzelf.city.bulk",
    "vanzelf.city.inquiries",
    "vanzelf.city.lists",
    "vanzelf.city.registrations",
    "django.contrib.postgres",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    "vanzelf.site.middleware.MeasureMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "vanzelf.site.middleware.NoStoreMiddleware",
    "vanzelf.site.middleware.IdleSessionMiddleware",
    "vanzelf.faces.look.language.LanguageMiddleware",
    "vanzelf.site.guard.GuardMiddleware",
]
ROOT_URLCONF = "vanzelf.site.urls"
WSGI_APPLICATION = "vanzelf.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "vanzelf.site.guard.page",
            ],
        },
    }
]

# The backend fills in server, role and password at the first connection: city/database.
_BACKEND = {"ENGINE": "vanzelf.city.database.backend", "NAME": "vanzelf", "CONN_MAX_AGE": 0}
DATABASES = {
    "default": {
        **_BACKEND,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "pool": {"min_size": 0, "max_size": 16, "timeout": 10, "max_idle": 60},
            # A run puts everyone in temporary tables, which would spill to files otherwise.
            "options": "-c work_mem=32MB -c temp_buffers=64MB",
        },
    },
    "owner": {**_BACKEND, "TEST": {"MIRROR": "default"}},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
TIME_ZONE = "Europe/Brussels"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = static_folder()
WHITENOISE_USE_FINDERS = True
WHITENOISE_ADD_HEADERS_FUNCTION = add_headers
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # nothing is uploaded yet
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 3600  # at most; idle sessions end sooner, below
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not VANZELF_DEMO
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
VANZELF_IDLE_STAFF = 15 * 60
VANZELF_IDLE_RESIDENT = 30 * 60

SECURE_SSL_REDIRECT = not VANZELF_DEMO
SECURE_REDIRECT_EXEMPT = [r"^metrics$"]  # read on this machine, or with a token
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HOSTS else None
SECURE_HSTS_SECONDS = 0 if VANZELF_DEMO else 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not VANZELF_DEMO
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# Lines of JSON with only what is listed there; values of persons are not among it.
LOGGING = logs.settings(os.environ.get("VANZELF_LOG", "WARNING"))
