from django.apps import AppConfig


class EnduranceConfig(AppConfig):
    name = "vanzelf.city.endurance"
    label = "endurance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """From now on, breakers and budgets are those of all processes together."""
        from vanzelf.city.endurance.keeping import InDatabase
        from vanzelf.sources import endurance

        endurance.keep_in(InDatabase())
