from django.urls import path

from vanzelf.faces.backoffice import inquiries, lists, questions, views

app_name = "backoffice"
urlpatterns = [
    path("", views.runs, name="runs"),
    path("nieuw/", views.start, name="start"),
    path("vragen/", questions.questions, name="questions"),
    path("vragen/<int:number>/", questions.question, name="question"),
    path("bevragingen/", inquiries.inquiries, name="inquiries"),
    path("bevragingen/<int:number>/", inquiries.inquiry, name="inquiry"),
    path("bevragingen/<int:number>/stoppen/", inquiries.stop, name="stop-inquiry"),
    path("lijsten/", lists.lists, name="lists"),
    path("lijsten/<slug:name>/", lists.one_list, name="list"),
    path("lijsten/<slug:name>/leveren/", lists.deliver, name="deliver-list"),
    path("lijsten/levering/<int:number>/", lists.delivery, name="delivery"),
    path("lijsten/levering/<int:number>/fouten.csv", lists.problems, name="list-problems"),
    path("lijsten/levering/<int:number>/weg/", lists.discard, name="discard-list"),
    path("lijsten/levering/<int:number>/terug/", lists.undo, name="undo-list"),
    path("<int:number>/", views.run, name="run"),
    path("<int:number>/dossier/<int:dossier>/", views.dossier, name="dossier"),
    path("<int:number>/goedkeuring-vragen/", views.request_approval, name="request"),
    path("<int:number>/goedkeuren/", views.approve, name="approve"),
    path("<int:number>/ongedaan-maken/", views.withdraw, name="withdraw"),
]
