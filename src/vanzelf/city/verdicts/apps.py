from django.apps import AppConfig


class VerdictsConfig(AppConfig):
    name = "vanzelf.city.verdicts"
    label = "verdicts"
    default_auto_field = "django.db.models.BigAutoField"
