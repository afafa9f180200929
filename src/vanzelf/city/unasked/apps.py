from django.apps import AppConfig


class UnaskedConfig(AppConfig):
    name = "vanzelf.city.unasked"
    label = "unasked"
    default_auto_field = "django.db.models.BigAutoField"
