"""A regulation as a decision model of the DMN standard, for tools that do not know rights.

What the standard has no words for is told in the remarks, never dropped in silence.
"""

from vanzelf.rights.export.naming import ExportError
from vanzelf.rights.export.regulation import SUMMARY, Exported, export

__all__ = ["SUMMARY", "ExportError", "Exported", "export"]
