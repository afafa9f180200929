"""One message there, and one back that is an answer to it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from vanzelf.sources.magda.question import Header, Question, envelope
from vanzelf.sources.magda.reply import Reply, read_body, read_reply
from vanzelf.sources.magda.security import Distrusted, Doubt, Trust, sign, verified_body
from vanzelf.sources.magda.settings import ServiceSettings
from vanzelf.sources.magda.transport import post
from vanzelf.sources.magda.xml import UnreadableXml


def exchange(settings: ServiceSettings, question: Question, header: Header) -> Reply:
    """Ask once, as the settings of this service say.

    Raises `NoConnection`, `UnreadableXml`, `SoapFault`, and `Distrusted` for an answer that is not
    signed as it should be, that answers something else, or that is too old to be one to us.
    """
    asked = question.service
    service = replace(
        asked,
        version=settings.version or asked.version,
        namespace=settings.namespace or asked.namespace,
    )
    message = envelope(replace(question, service=service), header)
    if settings.signing:
        message = sign(message, settings.signing.identity, settings.signing.algorithm)
    reply = _believed(post(settings, service.name, message), settings.trust, header.at)
    _check(reply, service.name, header, settings)
    return reply


def _check(reply: Reply, service: str, header: Header, settings: ServiceSettings) -> None:
    """That it is the answer of this service, to this question, and new. Signed or not, every
    answer of the reference material says all three, also one that has errors only: an answer that
    leaves one out could be to anyone. Raises `Distrusted`."""
    if reply.service != service:
        raise Distrusted(Doubt.OTHER_ANSWER, f"of {reply.service or 'none by name'}")
    if reply.reference != header.reference:
        raise Distrusted(Doubt.OTHER_ANSWER, f"to {reply.reference or 'none by name'}")
    if reply.at is None:
        raise Distrusted(Doubt.OTHER_ANSWER, "it does not say when")
    if reply.at < header.at - settings.oldest_answer:
        raise Distrusted(Doubt.OLD, f"{reply.at:%Y-%m-%d %H:%M}")


def _believed(message: bytes, trust: Trust | None, now: datetime) -> Reply:
    """The answer; where answers are verified, out of what was signed."""
    if trust is None:
        return read_reply(message)
    try:
        return read_body(verified_body(message, trust, now))
    except Distrusted as error:
        if error.doubt is Doubt.UNSIGNED:
            with suppress(UnreadableXml):
                read_reply(message)  # a fault, which is seldom signed, says more; it says no facts
        raise
