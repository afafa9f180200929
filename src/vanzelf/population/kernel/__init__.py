"""The column kernel: typed FEEL trees as steps over NumPy arrays.

`planes` are truths per row, `column` is what a step gives, `graph` holds steps that are made once
and shared, `lowering` goes from trees to steps. NumPy only: no files, no Arrow.
"""
