"""An XML element while it is written, and what cannot be written."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, final

from lxml import etree

from vanzelf.dmn.definitions import NOWHERE, Element, Place
from vanzelf.dmn.errors import Problem

MODEL: Final = {
    "1.3": "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "1.4": "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "1.5": "https://www.omg.org/spec/DMN/20230324/MODEL/",
}
"""The versions that are written, and the namespace of each."""

_SINCE: Final = {
    **dict.fromkeys(("conditional", "filter", "for", "some", "every"), "1.4"),
    "typeConstraint": "1.5",
}
"""Elements that not every version has."""

_FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML text contains (XML 1.0, 2.2)."""


@dataclass(slots=True)
class Sheet:
    """The file that is being written."""

    version: str
    problems: list[Problem] = field(default_factory=list)

    @property
    def namespace(self) -> str:
        return MODEL[self.version]

    def problem(self, place: Place, message: str, hint: str = "") -> None:
        self.problems.append(Problem(place, message, hint))

    def fit(self, text: str, what: str, place: Place) -> str:
        """This text, if XML can hold it."""
        found = _FORBIDDEN.search(text)
        if found is None:
            return text
        message = f"{what} has the character U+{ord(found[0]):04X}, which XML cannot hold"
        self.problem(place, message, "take it out of the text")
        return ""


@final
@dataclass(frozen=True, slots=True)
class Out:
    """An element in the namespace of the DMN version, in the order in which it is made."""

    tag: etree._Element
    sheet: Sheet
    place: Place = NOWHERE

    def child(self, name: str, said: Element | None = None, /, **attributes: str | None) -> Out:
        """A new element inside this one; attributes that are None are left out.

        `said` gives its id, label and description.
        """
        since = _SINCE.get(name, "")
        if since > self.sheet.version:
            message = f"DMN {self.sheet.version} has no <{name}>"
            self.sheet.problem(self.place, message, f"write DMN {since}, or say it in FEEL")
        tag = etree.SubElement(self.tag, f"{{{self.sheet.namespace}}}{name}")
        out = Out(tag, self.sheet, self.place if said is None else said.place)
        if said is not None:
            out.identify(said)
        out.set(**attributes)
        if said is not None:
            out.text("description", said.description)
        return out

    def identify(self, said: Element) -> None:
        self.set(id=said.id, label=said.label)

    def set(self, **attributes: str | None) -> None:
        for name, value in attributes.items():
            if value is not None:
                self.tag.set(name, self.sheet.fit(value, name, self.place))

    def text(self, name: str, text: str | None) -> None:
        """An element with only a text in it, exactly; none for None."""
        if text is not None:
            self.child(name).tag.text = self.sheet.fit(text, f"<{name}>", self.place)
