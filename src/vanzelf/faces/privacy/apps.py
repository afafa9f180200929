from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "vanzelf.faces.privacy"
    label = "privacy"
