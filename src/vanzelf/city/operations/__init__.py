"""How the installation itself is doing: logs, metrics, and what an administrator must know."""
