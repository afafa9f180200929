from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "vanzelf.city.evidence"
    label = "evidence"
    default_auto_field = "django.db.models.BigAutoField"
