from __future__ import annotations

import pytest

from vanzelf.sources.magda.transport import EndpointError, Endpoints


def test_from_env_one_address_for_all_but_one() -> None:
    endpoints = Endpoints.from_env(
        {
            "VANZELF_MAGDA_URL": "http://127.0.0.1:1",
            "VANZELF_MAGDA_URL_GEEFPERSOON": "https://magda.example/persoon?v=2",
            "VANZELF_MAGDA_READ_TIMEOUT": "3",
            "OTHER": "x",
        }
    )
    assert endpoints.of("GeefPersoon") == "https://magda.example/persoon?v=2"
    assert endpoints.of("GeefSociaalStatuut") == "http://127.0.0.1:1"
    settings = endpoints.service("GeefPersoon")
    assert (settings.connect_timeout, settings.read_timeout) == (15, 3)


def test_from_env_defaults_are_those_of_the_connector() -> None:
    endpoints = Endpoints.from_env({})
    settings = endpoints.service("GeefPersoon")
    assert (settings.connect_timeout, settings.read_timeout) == (15, 30)
    with pytest.raises(EndpointError, match="VANZELF_MAGDA_URL_GEEFPERSOON"):
        endpoints.of("GeefPersoon")


@pytest.mark.parametrize(
    "url", ["magda", "ftp://a", "http://", "http://a:b", "http://[::1", "http://magda.example"]
)
def test_of_refuses_what_is_no_address(url: str) -> None:
    with pytest.raises(EndpointError):
        Endpoints(default=url).of("GeefPersoon")


@pytest.mark.parametrize(
    ("endpoints", "loopback"),
    [
        (Endpoints(), False),
        (Endpoints("http://127.0.0.1:1"), True),
        (Endpoints("http://localhost"), True),
        (Endpoints("http://[::1]:3"), True),
        (Endpoints("https://magda.example"), False),
        (Endpoints("http://127.0.0.1:1", {"geefpersoon": "https://magda.example"}), False),
        (Endpoints("http://127.0.0.1.example"), False),
    ],
)
def test_loopback_only_when_every_address_is(endpoints: Endpoints, loopback: bool) -> None:
    assert endpoints.loopback is loopback
