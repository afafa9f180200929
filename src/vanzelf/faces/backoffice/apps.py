from django.apps import AppConfig


class BackofficeConfig(AppConfig):
    name = "vanzelf.faces.backoffice"
    label = "backoffice"
