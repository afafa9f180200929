"""Keeping and forgetting: how long each class of data is kept, and what makes it go."""

from vanzelf.city.retention.classes import DataClass, class_of, classes

__all__ = ["DataClass", "class_of", "classes"]
