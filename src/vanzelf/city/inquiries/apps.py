from django.apps import AppConfig


class InquiriesConfig(AppConfig):
    name = "vanzelf.city.inquiries"
    label = "inquiries"
    default_auto_field = "django.db.models.BigAutoField"
