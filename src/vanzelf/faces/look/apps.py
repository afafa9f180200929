from django.apps import AppConfig


class LookConfig(AppConfig):
    name = "vanzelf.faces.look"
    label = "look"
