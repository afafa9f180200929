"""PubliceerFeedbackSocialeStatuten-02.00: word to the source about persons.

Known: {INSZ, Reden, ProjectIdentificator} per person. Inferred: the root, its namespace, and that
each stands in an Onderwerp, as in the mutations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from vanzelf.sources.magda.nodes import Node, write

NAME = "PubliceerFeedbackSocialeStatuten"
NAMESPACE = (
    "http://webservice.publiceerfeedbacksocialestatutendienst-02_00.soczek-02_00.vip.vlaanderen.be"
)


def written_feedback(words: Iterable[tuple[str, str]], project: str) -> Iterator[bytes]:
    """The file: for each number the reason."""
    root = etree.Element(f"{{{NAMESPACE}}}{NAME}", nsmap={"web": NAMESPACE})
    for number, reason in words:
        about = [
            Node("INSZ", number),
            Node("Reden", reason),
            Node("ProjectIdentificator", project),
        ]
        write(root, Node("Onderwerp", about))
    yield etree.tostring(root, encoding="UTF-8", xml_declaration=True)
