"""Headers of static files, which whitenoise answers before any other middleware."""

from __future__ import annotations

from wsgiref.headers import Headers

HEADERS = {
    # A file that is opened by itself, an SVG above all, may do nothing and be framed nowhere.
    "Content-Security-Policy": (
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def add_headers(headers: Headers, path: str, url: str) -> None:
    """What whitenoise calls for each file."""
    for name, value in HEADERS.items():
        headers[name] = value
