"""Fuzzing of FEEL and DMN: whatever comes in, a value or an error that is meant to be one.

`words` are the texts that it starts from, `mutation` changes them, `targets` say what must hold
of any input, `worker` feeds one target in a process of its own (with atheris, which steers by
the code that an input reaches, or without) and `record` tells what came of it.
"""
