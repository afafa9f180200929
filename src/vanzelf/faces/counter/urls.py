from django.urls import path

from vanzelf.faces.counter import disputing, views, waiting

app_name = "counter"
urlpatterns = [
    path("", views.search, name="search"),
    path("vandaag/", views.today, name="today"),
    path("bezig/<int:number>/", waiting.waiting, name="waiting"),
    path("bezig/<int:number>/stoppen/", waiting.stop, name="stop"),
    path("nazicht/<int:check>/", views.advice, name="advice"),
    path("nazicht/<int:check>/<int:number>/", views.decide, name="decide"),
    path("nazicht/<int:check>/<int:number>/ongedaan-maken/", views.undo, name="undo"),
    path("nazicht/<int:check>/tegenspraak/<int:number>/", disputing.dispute, name="dispute"),
    path("nazicht/<int:check>/bewijs/<int:number>/", disputing.evidence, name="evidence"),
]
