from django.urls import include, path

from vanzelf.faces.policy import saved, views

app_name = "policy"
urlpatterns = [
    path("bereik/", include("vanzelf.faces.policy.reach_urls")),
    path("", views.choose, name="choose"),
    path("bewaard/<int:number>/", saved.saved, name="saved"),
    path("bewaard/<int:number>/cijfers.csv", saved.table, name="saved-table"),
    path("bewaard/<int:number>/blad.pdf", saved.paper, name="saved-paper"),
    path("bewaard/<int:number>/naam/", saved.rename, name="rename"),
    path("bewaard/<int:number>/weg/", saved.remove, name="remove"),
    path("bewaard/<int:number>/terug/", saved.restore, name="restore"),
    path("vergelijken/", saved.compare, name="compare"),
    path("probeer/<path:right>/beeld/", views.picture, name="picture"),
    path("probeer/<path:right>/gezin/", views.line, name="family"),
    path("probeer/<path:right>/cijfers.csv", views.table, name="table"),
    path("probeer/<path:right>/blad.pdf", views.paper, name="paper"),
    path("probeer/<path:right>/bewaren/", saved.save, name="save"),
    path("probeer/<path:right>/", views.workbench, name="workbench"),
]
