"""Tests of the city run against the real database."""

from tests.installation import *  # noqa: F403 - fixtures are found by their names here
