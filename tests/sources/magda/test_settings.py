"""Settings per service: what is read, what goes before what, and what is told when it is wrong."""

from __future__ import annotations

import ssl
from datetime import timedelta
from pathlib import Path

import pytest

from tests.sources.invented import ANNA, NOW, ask, authorisation
from tests.sources.magda.authority import Authority
from vanzelf.sources import EndpointError, Endpoints, gather
from vanzelf.sources.magda.security import Algorithm
from vanzelf.sources.magda.standin import Standin

CA = Authority()
CITY, SOURCE = CA.issue("stad.example"), CA.issue("magda.example")
WHOLE = """
every service:
  url: https://magda.example/soap
  certificate: city.pem
  authority: authority.pem
  identification: stad.example/ipdc1
  capacity: ipdc1
  connect timeout: 3
  sign: {certificate: city.pem, algorithm: rsa-sha1}
  verify: {signer: source.pem, algorithms: [rsa-sha1, rsa-sha256]}
  calls per minute: 300
  failures: 4
  pause: 10
  oldest answer: 3600
services:
  GeefPersoon: {url: "https://magda.example/persoon", version: 02.02.0001, sign: false}
  GeefSociaalStatuut:
    verify: {authority: authority.pem, subject: magda.example}
    read timeout: 60
    calls per minute: 10
"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    CITY.write(tmp_path, "city")
    SOURCE.write(tmp_path, "source")
    CA.write(tmp_path, "authority")
    return tmp_path


def read(files: Path, text: str, **environment: str) -> Endpoints:
    path = files / "magda.yaml"
    path.write_text(text)
    named = {f"VANZELF_MAGDA_{key}": value for key, value in environment.items()}
    return Endpoints.from_env({"VANZELF_MAGDA_SETTINGS": str(path), **named})


def test_from_env_reads_what_holds_for_every_service(files: Path) -> None:
    settings = read(files, WHOLE).service("GeefGezinssamenstelling")
    assert settings.url == "https://magda.example/soap"
    assert (settings.connect_timeout, settings.read_timeout) == (3, 30)
    assert settings.sender is not None
    assert (settings.sender.identification, settings.sender.capacity) == (
        "stad.example/ipdc1",
        "ipdc1",
    )
    assert settings.signing is not None
    assert settings.signing.algorithm is Algorithm.RSA_SHA1
    assert settings.signing.identity.chain == (CITY.certificate, CA.certificate)
    assert settings.trust is not None
    assert settings.trust.pinned == (SOURCE.certificate, CA.certificate)
    assert (settings.limits.calls_per_minute, settings.limits.failures) == (300, 4)
    assert settings.oldest_answer == timedelta(hours=1)
    assert settings.tls.context().minimum_version >= ssl.TLSVersion.TLSv1_2


def test_from_env_one_service_differs(files: Path) -> None:
    endpoints = read(files, WHOLE)
    person, social = endpoints.service("GeefPersoon"), endpoints.service("GeefSociaalStatuut")
    assert (person.url, person.version) == ("https://magda.example/persoon", "02.02.0001")
    assert person.signing is None
    assert person.trust is not None
    assert (social.read_timeout, social.limits.calls_per_minute) == (60, 10)
    assert social.limits.pause == 10
    assert social.trust is not None
    assert (social.trust.authorities, social.trust.subject) == (
        (CA.certificate,),
        "magda.example",
    )
    endpoints.check()
    assert not endpoints.loopback


def test_from_env_the_environment_goes_before_the_file(files: Path) -> None:
    endpoints = read(
        files,
        WHOLE,
        URL="http://127.0.0.1:1",
        URL_GEEFPERSOON="http://127.0.0.1:2",
        READ_TIMEOUT="7",
        CERTIFICATE="other.pem",
        KEY="other.key",
    )
    assert endpoints.of("GeefSociaalStatuut") == "http://127.0.0.1:1"
    assert endpoints.of("GeefPersoon") == "http://127.0.0.1:2"
    assert endpoints.service("GeefSociaalStatuut").read_timeout == 7
    tls = endpoints.service("GeefPersoon").tls
    assert (tls.certificate, tls.key) == ("other.pem", "other.key")
    assert tls.authority == str(files / "authority.pem")


def test_from_env_reads_the_file_again_when_it_changes(files: Path) -> None:
    first = read(files, "every service: {url: https://one.example}")
    second = read(files, "every service: {url: https://another.example}")
    assert (first.of("A"), second.of("A")) == ("https://one.example", "https://another.example")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- a", "mapping of names"),
        ("every services: {}", "unknown: every services"),
        ("every service: [a]", "expected names with values"),
        ("services: {GeefPersoon: {adress: x}}", "GeefPersoon: unknown: adress; what can be set"),
        ("every service: {url: 3}", "url is a text, not 3"),
        ("every service: {read timeout: 0}", "read timeout is a number of seconds above 0: 0"),
        ("every service: {read timeout: soon}", "read timeout is a number of seconds"),
        ("every service: {calls per minute: many}", "calls per minute is a whole number above 0"),
        ("every service: {failures: 0}", "failures is a whole number above 0: 0"),
        ("every service: {certificate: none.pem}", "certificate: there is no file"),
        ("every service: {capacity: a}", "needs the identification"),
        ("every service: {version: 2}", "version is a text, not 2"),
        ("every service: {version: '2.2'}", "written as 02.02.0000, not '2.2'"),
        ("every service: {sign: yes}", "sign: expected names with values"),
        ("every service: {sign: {}}", "sign: certificate is missing"),
        ("every service: {sign: {certificate: authority.pem}}", "no private key"),
        (
            "every service: {sign: {certificate: source.pem, algorithm: md5}}",
            "rsa-sha1, rsa-sha256",
        ),
        ("every service: {sign: {certificate: authority.pem, key: city.pem}}", "not that of the"),
        ("every service: {verify: {}}", "name the signer's own certificate"),
        ("every service: {verify: {authority: authority.pem}}", "whom it must vouch for"),
        ("every service: {verify: {signer: source.pem, subject: a}}", "name the signer's own"),
        ("every service: {verify: {signer: source.pem, algorithms: []}}", "algorithms is a list"),
        ("every service: {verify: {signer: magda.yaml}}", "no certificates in PEM form"),
    ],
)
def test_from_env_says_what_is_wrong_and_where(files: Path, text: str, told: str) -> None:
    with pytest.raises(EndpointError, match=r"magda\.yaml.*") as raised:
        read(files, text)
    assert told in str(raised.value)


def test_check_tells_of_an_address_in_the_file(files: Path) -> None:
    endpoints = read(files, "services: {GeefPersoon: {url: http://magda.example}}")
    with pytest.raises(EndpointError, match="geefpersoon must begin with https"):
        endpoints.check()


def test_gather_asks_as_whom_the_settings_say(standin: Standin, files: Path) -> None:
    endpoints = read(
        files,
        """
        every service: {identification: stad.example/ipdc1}
        services:
          GeefPersoon: {identification: stad.example/ipdc2, capacity: ipdc2, version: 02.02.0001}
        """,
        URL=standin.url,
    )
    gather(
        ANNA,
        NOW.date(),
        purpose="controle",
        authorisations=[authorisation()],
        endpoints=endpoints,
        now=NOW,
        everyone=False,
    )
    asked = {each.request.service: each.request for each in standin.received}
    assert dict(asked["GeefPersoon"].sender)["Identificatie"] == "stad.example/ipdc2"
    assert dict(asked["GeefPersoon"].sender)["Hoedanigheid"] == "ipdc2"
    assert asked["GeefPersoon"].version == "02.02.0001"
    social = dict(asked["GeefSociaalStatuut"].sender)
    assert (social["Identificatie"], social.get("Hoedanigheid")) == ("stad.example/ipdc1", None)
    ask(standin.url, ANNA)
    again = dict(standin.received[-1].request.sender)
    assert again["Identificatie"] == "test.vanzelf.be"
