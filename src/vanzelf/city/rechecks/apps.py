from django.apps import AppConfig


class RechecksConfig(AppConfig):
    name = "vanzelf.city.rechecks"
    label = "rechecks"
    default_auto_field = "django.db.models.BigAutoField"
