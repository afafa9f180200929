from django.apps import AppConfig


class ResidentConfig(AppConfig):
    name = "vanzelf.faces.resident"
    label = "resident"
