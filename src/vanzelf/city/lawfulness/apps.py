from django.apps import AppConfig


class LawfulnessConfig(AppConfig):
    name = "vanzelf.city.lawfulness"
    label = "lawfulness"
    default_auto_field = "django.db.models.BigAutoField"
