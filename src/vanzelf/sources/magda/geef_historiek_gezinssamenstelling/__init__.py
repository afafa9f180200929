"""GeefHistoriekGezinssamenstelling 02.02: who lived together on a day that has passed."""

from vanzelf.sources.magda.geef_historiek_gezinssamenstelling.client import SERVICE, question, read

__all__ = ["SERVICE", "question", "read"]
