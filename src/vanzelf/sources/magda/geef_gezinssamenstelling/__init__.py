"""GeefGezinssamenstelling 02.02: who lives together, the reference person first."""

from vanzelf.sources.magda.geef_gezinssamenstelling.client import SERVICE, question, read

__all__ = ["SERVICE", "question", "read"]
