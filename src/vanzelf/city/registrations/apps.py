from django.apps import AppConfig


class RegistrationsConfig(AppConfig):
    name = "vanzelf.city.registrations"
    label = "registrations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Answers to our files come in with those of lists."""
        from vanzelf.city.bulk import work
        from vanzelf.city.registrations.answers import take
        from vanzelf.sources.magda.bulk.deregistrations import PREFIX

        work.TAKERS[PREFIX] = take
