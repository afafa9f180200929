from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "vanzelf.faces.operations"
    label = "operations_pages"  # city.operations has the plain one
