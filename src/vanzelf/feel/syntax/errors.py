"""The one error that FEEL raises: a text that is not FEEL."""

from __future__ import annotations

_SHOWN = 60
"""Characters of a long line that are shown on either side of the place."""


class FeelSyntaxError(ValueError):
    """The text is not FEEL. `line` and `column` count from 1; `expected` says what would do."""

    def __init__(self, message: str, line: int, column: int, expected: str, text: str) -> None:
        super().__init__(message, line, column, expected, text)
        self.message = message
        self.line = line
        self.column = column
        self.expected = expected
        self.text = text

    def __str__(self) -> str:
        lines = self.text.splitlines() or [""]
        source = lines[self.line - 1] if self.line <= len(lines) else ""
        first = max(0, self.column - _SHOWN)
        source, before = source[first : self.column + _SHOWN], source[first : self.column - 1]
        pad = "".join("\t" if char == "\t" else " " for char in before)
        expected = f"; expected {self.expected}" if self.expected else ""
        return (
            f"line {self.line}, column {self.column}: {self.message}{expected}\n"
            f"    {source}\n    {pad}^"
        )


def syntax_error(message: str, text: str, position: int, expected: str = "") -> FeelSyntaxError:
    """The error for a character position (from 0) in the text."""
    before = text[:position].splitlines(keepends=True) or [""]
    if before[-1].endswith(("\n", "\r")):
        before.append("")
    return FeelSyntaxError(message, len(before), len(before[-1]) + 1, expected, text)
