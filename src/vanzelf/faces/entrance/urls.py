from django.urls import path

from vanzelf.faces.entrance import views

app_name = "entrance"
urlpatterns = [
    path("", views.start, name="start"),
    path("aanmelden/", views.sign_in, name="sign-in"),
    path("afmelden/", views.sign_out, name="sign-out"),
    path("begin/", views.home, name="home"),
    path("taal/", views.language, name="language"),
    path("hulp/", views.help_page, name="help"),
    path("regels/", views.rules, name="rules"),
    path("regels/<path:right>/", views.rule, name="rule"),
]
