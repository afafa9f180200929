"""What all processes of the city know of a source: its breaker and its budget, in the database.

Nothing to call: once the app is installed, `vanzelf.sources.endurance` keeps its conditions here,
and `endurance.states()` tells in any process how every source is doing.
"""
