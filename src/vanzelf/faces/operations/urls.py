from django.urls import path

from vanzelf.faces.operations import views

app_name = "operations"
urlpatterns = [
    path("toestand/", views.state, name="state"),
    path("toestand/bronnen/", views.probe, name="probe"),
    path("metrics", views.metrics, name="metrics"),
]
