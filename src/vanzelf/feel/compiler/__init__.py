"""From tree to closures: each node becomes a Python function of a frame of variables."""
