"""XML text → a tree of elements, within bounds; no entity, DTD, inclusion or network.

Expat tells of each part as it comes by, so that a bomb is refused before it goes off.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from vanzelf.dmn.definitions import Place
from vanzelf.dmn.errors import DmnError, Problem

MAX_BYTES: Final = 10_000_000
MAX_ELEMENTS: Final = 200_000
MAX_DEPTH: Final = 100
"""Elements inside one another; a boxed expression takes one to four of them."""
MAX_PREFIXES: Final = 1_000_000
"""Namespace prefixes, counted anew at each element that declares one."""

HEAD: Final = 100_000
"""Bytes in which a root must stand to be found without reading on."""
_SEPARATOR: Final = "\n"
"""Between namespace and name; neither can contain it."""


@dataclass(slots=True, eq=False)
class Tag:
    """An element as it stands: `prefixes` says what each prefix means there."""

    namespace: str
    name: str
    attributes: dict[str, str]
    prefixes: dict[str, str]
    line: int
    children: list[Tag] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its own text, exactly; without that of its children."""
        return "".join(self.texts)


def tree(data: bytes, file: str) -> Tag:
    """The root of this XML; DmnError when it is not XML, or more than the bounds allow."""
    if len(data) > MAX_BYTES:
        raise DmnError([Problem(Place(file, 1), f"the file is larger than {MAX_BYTES:,} bytes")])
    builder = _Builder(file)
    try:
        builder.parser.Parse(data, True)
    except expat.ExpatError as error:
        what = f"this is not well-formed XML: {expat.ErrorString(error.code)}"
        raise builder.refusal(what, line=error.lineno) from None
    except DmnError:  # which is a ValueError
        raise
    except (LookupError, ValueError) as error:
        raise builder.refusal(f"this encoding cannot be read: {error}") from None
    return builder.root.children[0]


def root(data: bytes) -> Tag | None:
    """The root alone, without what stands in it; None when this is no XML."""
    builder = _Builder("", only_root=True)
    with contextlib.suppress(expat.ExpatError, LookupError, ValueError, _RootSeen):
        builder.parser.Parse(data[:HEAD], True)
    return builder.root.children[0] if builder.root.children else None


class _RootSeen(Exception):
    """Enough is read."""


class _Builder:
    """Takes what the parser tells and makes the tree."""

    def __init__(self, file: str, *, only_root: bool = False) -> None:
        self.file, self.elements, self.prefixes = file, 0, 0
        self.only_root = only_root
        self.root = Tag("", "", {}, {}, 0)
        self.open = [self.root]
        self.declared: dict[str, str] = {}
        self.parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.StartNamespaceDeclHandler = self.declare
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters

    def doctype(self, *_: object) -> None:
        raise self.refusal("a DOCTYPE stands here", "a decision model has none: take it out")

    def declare(self, prefix: str | None, namespace: str | None) -> None:
        self.declared[prefix or ""] = namespace or ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        if self.elements > MAX_ELEMENTS:
            raise self.refusal(f"there are more than {MAX_ELEMENTS:,} elements")
        if len(self.open) > MAX_DEPTH:
            raise self.refusal(f"elements stand more than {MAX_DEPTH} deep")
        parent = self.open[-1]
        prefixes = parent.prefixes
        if self.declared:
            prefixes, self.declared = {**prefixes, **self.declared}, {}
            self.prefixes += len(prefixes)
            if self.prefixes > MAX_PREFIXES:
                raise self.refusal(f"there are more than {MAX_PREFIXES:,} namespace prefixes")
        namespace, _, local = name.rpartition(_SEPARATOR)
        tag = Tag(namespace, local, attributes, prefixes, self.parser.CurrentLineNumber)
        parent.children.append(tag)
        self.open.append(tag)
        if self.only_root:
            raise _RootSeen

    def end(self, _: str) -> None:
        self.open.pop()

    def characters(self, text: str) -> None:
        self.open[-1].texts.append(text)

    def refusal(self, message: str, hint: str = "", *, line: int | None = None) -> DmnError:
        place = Place(self.file, line or self.parser.CurrentLineNumber)
        return DmnError([Problem(place, message, hint)])
