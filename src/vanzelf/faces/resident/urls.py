from django.urls import path

from vanzelf.faces.resident import views

app_name = "resident"
urlpatterns = [
    path("mijn-rechten/", views.overview, name="overview"),
    path("mijn-rechten/<path:right>/waarom/", views.why, name="why"),
    path("mijn-rechten/<path:right>/vraag/", views.question, name="question"),
    path("mijn-gegevens/", views.facts, name="facts"),
    path("wie-keek/", views.looks, name="looks"),
]
