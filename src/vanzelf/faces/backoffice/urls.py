from django.urls import path

from vanzelf.faces.backoffice import questions, views

app_name = "backoffice"
urlpatterns = [
    path("", views.runs, name="runs"),
    path("nieuw/", views.start, name="start"),
    path("vragen/", questions.questions, name="questions"),
    path("vragen/<int:number>/", questions.question, name="question"),
    path("<int:number>/", views.run, name="run"),
    path("<int:number>/dossier/<int:dossier>/", views.dossier, name="dossier"),
    path("<int:number>/goedkeuring-vragen/", views.request_approval, name="request"),
    path("<int:number>/goedkeuren/", views.approve, name="approve"),
    path("<int:number>/ongedaan-maken/", views.withdraw, name="withdraw"),
]
