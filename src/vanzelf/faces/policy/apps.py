from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "vanzelf.faces.policy"
    label = "policy"
