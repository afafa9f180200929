from django.apps import AppConfig


class CounterConfig(AppConfig):
    name = "vanzelf.faces.counter"
    label = "counter"
