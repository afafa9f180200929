"""PubliceerMutatieSocialeStatuten-02.00: what the source tells by itself, a change at a time.

Known: at most 1,000,000 Onderwerp{Bron, INSZ, SocialeStatuten[@VolledigOverzicht]/
SociaalStatuut{Naam{Code}, Waarden, Periodes, Betaling} | Annulering}. Inferred: the root and its
namespace, that Naam/Code is the name by which a statute is asked, and that Periodes are those in
which it applies. Only that is believed: a statute without periods, or an annulment, only says that
what we knew is no longer sure. A full overview that leaves a statute out says nothing of it here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from vanzelf.sources.magda import xml
from vanzelf.sources.magda.bulk.streams import records
from vanzelf.sources.magda.geef_sociaal_statuut import Statute, read_statute
from vanzelf.sources.magda.xml import Element, UnreadableXml

ROOT: Final = "PubliceerMutatieSocialeStatuten"
MOST: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Mutation:
    """What changed of one person; `statutes` is None when all we knew was annulled."""

    insz: str
    statutes: tuple[Statute, ...] | None


def read_mutations(pieces: Iterable[bytes], limit: int) -> Iterator[Mutation]:
    """The mutations in a file, in its order. Raises `UnreadableXml`, also after some of them: a
    file that is not whole, or is longer than agreed, is not to be believed in part."""
    for number, (_, element) in enumerate(records(pieces, ROOT, ("Onderwerp",), limit), start=1):
        if number > MOST:
            raise UnreadableXml(f"the file has more than {MOST} mutations")
        yield Mutation(xml.text(element, "INSZ") or "", _statutes(element))


def _statutes(element: Element) -> tuple[Statute, ...] | None:
    listed = xml.child(element, "SocialeStatuten")
    if listed is None:
        return None
    return tuple(_statute(one) for one in xml.children(listed, "SociaalStatuut"))


def _statute(element: Element) -> Statute:
    read = read_statute(element)
    name = xml.text(element, "Naam", "Code") or read.name
    return replace(read, name=name, result="1" if read.periods else None)
