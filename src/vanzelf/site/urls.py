"""Addresses of the site. None of them holds a person: no number, no name."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("vanzelf.faces.entrance.urls")),
    path("", include("vanzelf.faces.resident.urls")),
    path("loket/", include("vanzelf.faces.counter.urls")),
    path("controles/", include("vanzelf.faces.backoffice.urls")),
    path("", include("vanzelf.faces.operations.urls")),
    path("beleid/", include("vanzelf.faces.policy.urls")),
    path("", include("vanzelf.faces.privacy.urls")),
]
