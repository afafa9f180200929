from django.urls import path

from vanzelf.faces.policy import reach

urlpatterns = [
    path("", reach.rights, name="reach"),
    path("cijfers.csv", reach.table, name="reach-table"),
    path("blad.pdf", reach.paper, name="reach-paper"),
    path("<path:right>/cijfers.csv", reach.table, name="reach-right-table"),
    path("<path:right>/blad.pdf", reach.paper, name="reach-right-paper"),
    path("<path:right>/", reach.right, name="reach-right"),
]
