from django.apps import AppConfig


class SimulationsConfig(AppConfig):
    name = "vanzelf.city.simulations"
    label = "simulations"
    default_auto_field = "django.db.models.BigAutoField"
