"""Answers from a folder: .../<Naam>/<Versie>/<INSZ>.xml, as the reference mock keeps them."""

from __future__ import annotations

import codecs
import re
from collections import defaultdict
from pathlib import Path

from vanzelf.sources.magda import xml
from vanzelf.sources.magda.nodes import Node, write
from vanzelf.sources.magda.standin import enrolment, replies
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
        self._folders: defaultdict[tuple[str, str], list[Path]] = defaultdict(list)
        for path in sorted(folder.rglob("*")):
            if path.is_dir():
                self._folders[path.parent.name, path.name].append(path)

    def services(self) -> list[tuple[str, str]]:
        """The (Naam, Versie) that have answers."""
        return [
            key
            for key, paths in self._folders.items()
            if any(next(path.rglob("*.xml"), None) for path in paths)
        ]

    def find(self, request: Request) -> Element:
        """The content of the Body, not yet addressed to the one who asks."""
        folders = self._folders.get((request.service, request.version), [])
        if request.subject:
            deeper = [folder / request.subject for folder in folders]
            folders = [folder for folder in deeper if folder.is_dir()] or folders
        # The INSZ is eleven digits (read_request), so it cannot lead out of the folder.
        names = [f"{request.insz}.xml"]
        if request.service not in enrolment.SERVICES:
            names += ["notfound.xml", "default.xml"]
        for name in names:
            for folder in folders:
                if (folder / name).is_file():
                    return _stored(folder / name, request)
        if request.service in enrolment.SERVICES:
            return replies.registered(request)
        return replies.no_data(request)


def _stored(path: Path, request: Request) -> Element:
    """The answer in a file; a SOAP fault that says why when it cannot be read."""
    try:
        response = _body(xml.parse(_as_utf8(path.read_bytes())))
    except (OSError, UnicodeError, LookupError, xml.UnreadableXml) as error:
        return replies.fault("Server", f"{path.name} in {path.parent} cannot be read: {error}")
    if request.service == STATUSES:
        _only_asked(response, request)
    return response


def _as_utf8(data: bytes) -> bytes:
    """A file in whatever encoding it declares."""
    declared = re.match(rb"<\?xml[^>]*encoding=[\"']([A-Za-z0-9._-]+)", data)
    encoding = declared[1].decode() if declared else "utf-8"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    return data if encoding.lower() == "utf-8" else data.decode(encoding).encode()


def _body(root: Element) -> Element:
    """What stands in the Body, for a file that was kept with its envelope."""
    inside = xml.child(root, "Body") if xml.local(root) == "Envelope" else None
    return root if inside is None or not len(inside) else inside[0]


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
