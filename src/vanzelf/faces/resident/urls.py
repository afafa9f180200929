from django.urls import path

from vanzelf.faces.resident import evidence, views

app_name = "resident"
urlpatterns = [
    path("mijn-rechten/", views.overview, name="overview"),
    path("mijn-rechten/<path:right>/waarom/", views.why, name="why"),
    path("mijn-rechten/<path:right>/vraag/", views.question, name="question"),
    path("mijn-gegevens/", views.facts, name="facts"),
    path("mijn-gegevens/bewijs/<int:number>/", evidence.look, name="evidence"),
    path("mijn-gegevens/bewijs/<int:number>/weg/", evidence.remove, name="remove-evidence"),
    path("wie-keek/", views.looks, name="looks"),
]
