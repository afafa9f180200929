from django.apps import AppConfig


class EntranceConfig(AppConfig):
    name = "vanzelf.faces.entrance"
    label = "entrance"
