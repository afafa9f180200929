"""What can go wrong with an answer on its way: changes to the message."""

from __future__ import annotations

import copy
import gzip
import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from tests.prove.faults.world import Keys
from tests.prove.faults.wrapping import SHAPES, wrapped
from vanzelf.sources.magda.nodes import Node, write
from vanzelf.sources.magda.question import SOAP
from vanzelf.sources.magda.security import Algorithm
from vanzelf.sources.magda.security.algorithms import DS, WSU
from vanzelf.sources.magda.xml import Element


@dataclass(frozen=True)
class Passing:
    """A question on its way back, answered."""

    question: bytes
    answer: bytes
    keys: Keys | None  # None: answers are not signed
    other: str  # someone who lives elsewhere
    ask: Callable[[bytes], bytes]  # the source, once more


Change = Callable[[Passing], bytes]


def _plain(passing: Passing) -> Element:
    """The answer without its signature, to change it as one likes."""
    root = etree.fromstring(passing.answer)
    for each in list(root.find(f"{{{SOAP}}}Header")):
        each.getparent().remove(each)
    root.find(f"{{{SOAP}}}Body").attrib.pop(f"{{{WSU}}}Id", None)
    return root


def _by_source(root: Element, passing: Passing) -> bytes:
    """As the source itself would send it."""
    message = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return passing.keys.signed(message, passing.keys.source) if passing.keys else message


def deny(body: Element) -> None:
    """What an attacker, or bad luck, would say: to nothing a right, living elsewhere."""
    for result in body.iter("Resultaat"):
        result.find("Code").text = "0"
    for periods in list(body.iter("Periodes")):
        periods.getparent().remove(periods)
    for code in body.iter("NISCodeGemeente"):
        code.text = "24062"


def _denied(passing: Passing) -> Element:
    root = _plain(passing)
    deny(root.find(f"{{{SOAP}}}Body"))
    return root


# Without signatures


def _text(text: str) -> Change:
    return lambda passing: text.encode()


def cut_in_the_middle(passing: Passing) -> bytes:
    return passing.answer[: len(passing.answer) * 2 // 3]


def in_another_encoding(passing: Passing) -> bytes:
    return passing.answer.decode().replace("UTF-8", "UTF-16").encode("utf-16")


def compressed(passing: Passing) -> bytes:
    return gzip.compress(passing.answer)


def wrong_person(passing: Passing) -> bytes:
    """A good answer, about someone else."""
    insz = re.search(rb"<(?:INSZ|ssin)>(\d{11})<", passing.question)
    return passing.ask(passing.question.replace(insz[1], passing.other.encode()))


def other_question(passing: Passing) -> bytes:
    """A good answer, to another question."""
    return passing.ask(
        re.sub(rb"(<Afzender>.*?<Referte>)[^<]*", rb"\g<1>another", passing.question, flags=re.S)
    )


def other_service(passing: Passing) -> bytes:
    root = _denied(passing)
    for name in root.iter("Naam"):
        if name.getparent().tag == "Context":
            name.text = "GeefIetsAnders"
    return _by_source(root, passing)


def stale(passing: Passing) -> bytes:
    """What the source said a year ago."""
    root = _denied(passing)
    for day in root.iter("Datum"):
        if day.getparent().tag == "Tijdstip":
            day.text = f"{int(day.text[:4]) - 1}{day.text[4:]}"
    return _by_source(root, passing)


def neither_answer_nor_error(passing: Passing) -> bytes:
    root = _plain(passing)
    for content in list(root.iter("Inhoud")):
        content.getparent().remove(content)
    return _by_source(root, passing)


def error(origin: str, code: str, kind: str = "FOUT") -> Change:
    """An error in the place of the answer."""

    def change(passing: Passing) -> bytes:
        root = _plain(passing)
        response = next(root.iter("Repliek"))
        for each in list(response.iter("Antwoorden")):
            response.remove(each)
        parts = {"Identificatie": code, "Oorsprong": origin, "Type": kind, "Diagnose": "invented"}
        told = Node("Uitzondering", [Node(name, text) for name, text in parts.items()])
        write(response, Node("Uitzonderingen", [told]))
        return _by_source(root, passing)

    return change


def fault(passing: Passing) -> bytes:
    return (
        f'<e:Envelope xmlns:e="{SOAP}"><e:Body><e:Fault><faultcode>e:Server</faultcode>'
        "<faultstring>Internal Error</faultstring></e:Fault></e:Body></e:Envelope>"
    ).encode()


ERRORS = (
    *(("MAGDA", code) for code in ("99994", "99995", "99996", "99997", "90000", "60006")),
    *(("KSZ", "60009"), ("MAGDA", "13001"), ("MAGDA", "40005"), ("RR", "30001")),
    *(("KSZ", "30003"), ("MAGDA", "20001"), ("RR", "40107"), ("ABC", "12345")),
)


def _times_ten(n: int) -> str:
    return f"&b{n - 1 or ''};" * 10


BOMBS: dict[str, str] = {
    "billion laughs": '<!DOCTYPE a [<!ENTITY b "ha">'
    + "".join(f'<!ENTITY b{n} "{_times_ten(n)}">' for n in range(1, 10))
    + "]><a>&b9;</a>",
    "quadratic": f'<!DOCTYPE a [<!ENTITY b "{"x" * 50_000}">]><a>{"&b;" * 50_000}</a>',
    "external entity": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    "external subset": '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>',
    "too large": f"<a>{'x' * 1_100_000}</a>",
    "too deep": "<a>" * 10_000 + "</a>" * 10_000,
    "many elements, just within bounds": f"<a>{'<b/>' * 39_990}</a>",
    "many attributes, just within bounds": "<a "
    + " ".join(f'b{n}=""' for n in range(39_990))
    + "/>",
    "many elements": f"<a>{'<b/>' * 240_000}</a>",
    "many attributes": "<a " + " ".join(f'b{n}=""' for n in range(90_000)) + "/>",
    "one long attribute": f'<a b="{"x" * 900_000}"/>',
    "many namespaces": "<a>" + '<b xmlns="c"/>' * 60_000 + "</a>",
    "many names": f"<a>{''.join(f'<b{n}/>' for n in range(90_000))}</a>",
    "many references": f"<a>{'&amp;' * 190_000}</a>",
}
ANYWHERE: dict[str, Change] = {
    "page of maintenance": _text("<html><body><h1>Onderhoud</h1></body></html>"),
    "no XML": _text("<<< \x00 nonsense"),
    "cut in the middle": cut_in_the_middle,
    "another encoding": in_another_encoding,
    "compressed": compressed,
    "wrong person": wrong_person,
    "answer to another question": other_question,
    "answer of another service": other_service,
    "stale": stale,
    "neither answer nor error": neither_answer_nor_error,
    "SOAP fault": fault,
    **{f"error {origin}/{code}": error(origin, code) for origin, code in ERRORS},
    **{f"bomb: {name}": _text(text) for name, text in BOMBS.items()},
}

# With signatures


def _signed_by(holder: str, algorithm: Algorithm = Algorithm.RSA_SHA256) -> Change:
    def change(passing: Passing) -> bytes:
        message = etree.tostring(_denied(passing), encoding="UTF-8", xml_declaration=True)
        return passing.keys.signed(message, getattr(passing.keys, holder), algorithm)

    return change


def unsigned(passing: Passing) -> bytes:
    return etree.tostring(_denied(passing), encoding="UTF-8", xml_declaration=True)


def altered(passing: Passing) -> bytes:
    root = etree.fromstring(passing.answer)
    deny(root.find(f"{{{SOAP}}}Body"))
    etree.SubElement(root.find(f"{{{SOAP}}}Body")[0], "Changed")  # also when nothing was denied
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def with_other_parts(*names: str) -> Change:
    """Parts of the signature from another answer of the same source: each is good by itself."""

    def change(passing: Passing) -> bytes:
        root = etree.fromstring(passing.answer)
        other = etree.fromstring(_by_source(_denied(passing), passing))
        for name in names:
            mine, theirs = (next(each.iter(f"{{{DS}}}{name}")) for each in (root, other))
            mine.getparent().replace(mine, copy.deepcopy(theirs))
        return etree.tostring(root, encoding="UTF-8", xml_declaration=True)

    return change


def _wrapping(shape: Callable[..., None]) -> Change:
    return lambda passing: wrapped(passing.answer, shape, deny)


SIGNED: dict[str, Change] = {
    "unsigned": unsigned,
    "altered": altered,
    "another signature": with_other_parts("SignatureValue"),
    "another digest": with_other_parts("DigestValue"),
    "signed by a stranger": _signed_by("stranger"),
    "signed by a neighbour": _signed_by("neighbour"),
    "signed with an expired certificate": _signed_by("expired"),
    "signed with SHA-1": _signed_by("source", Algorithm.RSA_SHA1),
    **{f"wrapping: {shape.__name__.replace('_', ' ')}": _wrapping(shape) for shape in SHAPES},
}
