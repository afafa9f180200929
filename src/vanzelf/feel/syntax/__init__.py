"""From text to tree and back: lexer, names in scope, parser, printer."""
