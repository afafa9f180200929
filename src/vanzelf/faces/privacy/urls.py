from django.urls import path

from vanzelf.faces.privacy import assessing, keeping, register, views

app_name = "privacy"
urlpatterns = [
    path("gegevensbescherming/", views.authorisations, name="authorisations"),
    path("gegevensbescherming/dpia/", assessing.assessment, name="assessment"),
    path("gegevensbescherming/dpia/blad.pdf", assessing.paper, name="assessment-paper"),
    path("gegevensbescherming/bewaren/", keeping.keeping, name="keeping"),
    path(
        "gegevensbescherming/machtiging/<path:reference>/",
        views.authorisation,
        name="authorisation",
    ),
    path("verwerkingsregister/", register.register, name="register"),
    path("verwerkingsregister/register.jsonld", register.data, name="register-data"),
    path("verwerkingsregister/blad.pdf", register.paper, name="register-paper"),
    path("verwerkingsregister/<slug:activity>/", register.activity, name="activity"),
]
