"""Answers from a folder: .../<Naam>/<Versie>/<INSZ>.xml, as the reference mock keeps them."""

from __future__ import annotations

from pathlib import Path

from vanzelf.sources.magda import xml
from vanzelf.sources.magda.nodes import Node, write
from vanzelf.sources.magda.standin import replies
from vanzelf.sources.magda.standin.request import Request
from vanzelf.sources.magda.xml import Element

REGISTRATION = "RegistreerInschrijving"
STATUSES = "GeefSociaalStatuut"


class AnswerFiles:
    """Finds the stored answer to a request.

    (Naam, Versie) name the folder, anywhere below; for RegistreerInschrijving 02.01 one level
    deeper (PERS). Then <INSZ>.xml, notfound.xml, default.xml; else an answer that there is no data.
    Raises `NotADirectoryError`.
    """

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise NotADirectoryError(f"no folder with answers: {folder}")
        self._folders = {
            (path.parent.name, path.name): path
            for path in sorted(folder.rglob("*"))
            if path.is_dir()
        }

    def services(self) -> list[tuple[str, str]]:
        """The (Naam, Versie) that have answers."""
        return [key for key, path in self._folders.items() if any(path.rglob("*.xml"))]

    def find(self, request: Request) -> Element:
        """The content of the Body, not yet addressed to the one who asks."""
        folder = self._folders.get((request.service, request.version))
        if folder is not None and request.subject and (folder / request.subject).is_dir():
            folder = folder / request.subject
        if folder is not None:
            # The INSZ is eleven digits (read_request), so it cannot lead out of the folder.
            person = folder / f"{request.insz}.xml"
            if person.is_file():
                return _stored(person, request)
            if request.service != REGISTRATION:
                for name in ("notfound.xml", "default.xml"):
                    if (folder / name).is_file():
                        return _stored(folder / name, request)
        if request.service == REGISTRATION:
            return replies.registered(request)
        return replies.no_data(request)


def _stored(path: Path, request: Request) -> Element:
    response = xml.parse(path.read_bytes())
    if request.service == STATUSES:
        _only_asked(response, request)
    return response


def _only_asked(response: Element, request: Request) -> None:
    """Drop the statutes that were not asked, add those asked but absent as "not applicable"."""
    listed = next(response.iter("SocialeStatuten"), None)
    if listed is None:
        return
    present = set()
    for statute in list(listed):
        name = xml.text(statute, "Naam") or ""
        if name in request.statutes:
            present.add(name)
        else:
            listed.remove(statute)
    for name in request.statutes:
        if name not in present:
            write(listed, not_applicable(name))


def not_applicable(name: str) -> Node:
    result = [Node("Code", "0"), Node("Omschrijving", "Niet van toepassing")]
    return Node("SociaalStatuut", [Node("Naam", name), Node("Resultaat", result)])
