"""Nothing is sent without a purpose and an authorisation: proven at a listening socket."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sources.invented import ALL_FACTS, ANNA, DIRK, SERVICES, STATUTES, ask, authorisation
from vanzelf.sources import Authorisation, NoAuthorisation, load_authorisations
from vanzelf.sources.data import DataError
from vanzelf.sources.lawfulness import permits
from vanzelf.sources.magda.standin import Standin


@contextmanager
def counting_socket() -> Iterator[tuple[str, list[object]]]:
    """A real listener that only counts who connects."""
    connections: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        stop = threading.Event()

        def count() -> None:
            while not stop.is_set():
                try:
                    connection, peer = server.accept()
                except TimeoutError:
                    continue
                connections.append(peer)
                connection.close()

        thread = threading.Thread(target=count)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", connections
        stop.set()
        thread.join()


refused = st.one_of(
    st.just(()),
    st.builds(
        lambda **kind: (authorisation(**kind),),
        valid_from=st.dates(date(2026, 1, 16), date(2030, 1, 1)),
    ),
    st.builds(
        lambda **kind: (authorisation(**kind),),
        valid_until=st.dates(date(2020, 1, 1), date(2026, 1, 14)),
    ),
    st.builds(
        lambda **kind: (authorisation(**kind),),
        purposes=st.lists(st.sampled_from(["toekenning", "fraude", ""]), max_size=2),
    ),
    st.builds(
        lambda **kind: (authorisation(**kind),),
        services=st.lists(st.sampled_from(["GeefAanslagbiljet", "lists/ocmw-budget"]), max_size=2),
    ),
    st.builds(
        lambda **kind: (authorisation(**kind),),
        facts=st.lists(st.sampled_from(["belastbaar inkomen", "afvalzone"]), max_size=2),
    ),
)


def test_no_connection_without_an_authorisation_that_covers() -> None:
    with counting_socket() as (url, connections):

        @given(refused)
        @settings(max_examples=300, deadline=None)
        def nothing_leaves(authorisations: tuple[Authorisation, ...]) -> None:
            household = ask(url, ANNA, authorisations=authorisations)
            readings = [*household.person.readings.values(), household.readings["leden"]]
            assert {reading.reason for reading in readings} == {"no-authorisation"}
            assert household.questions == ()
            assert household.refused

        nothing_leaves()
        assert connections == []
        # The control: with an authorisation the same question does reach the socket.
        ask(url, ANNA)
        assert connections != []


@given(
    st.sets(st.sampled_from(ALL_FACTS)),
    st.sets(st.sampled_from(SERVICES)),
    st.sets(st.sampled_from(STATUTES)),
)
def test_permits_cover_no_more_than_the_authorisation(
    facts: set[str], services: set[str], statutes: set[str]
) -> None:
    ground = authorisation(facts=tuple(facts), services=tuple(services), statutes=tuple(statutes))
    asked = {"leefloon": ("LIVING_WAGES_PCSA_HELP",), "parkeerkaart": STATUTES[3:]}
    given_, uncovered = permits(
        "controle", "GeefSociaalStatuut", asked, [ground], date(2026, 1, 15), asked
    )
    covered = {fact for permit in given_ for fact in permit.facts}
    assert covered | uncovered == set(asked)
    assert not covered & uncovered
    for fact in covered:
        assert fact in facts
        assert "GeefSociaalStatuut" in services
        assert statutes.issuperset(asked[fact])


def test_permits_use_the_widest_first_and_share_the_rest() -> None:
    narrow = authorisation(facts=("gemeente",), reference="narrow")
    wide = authorisation(facts=("postcode", "overleden"), reference="wide")
    given_, uncovered = permits(
        "controle",
        "GeefPersoon",
        ["gemeente", "postcode", "overleden", "leefloon"],
        [narrow, wide],
        date(2026, 1, 15),
    )
    assert [permit.authorisation.reference for permit in given_] == ["wide", "narrow"]
    assert uncovered == {"leefloon"}


def test_gather_drops_what_an_answer_has_beyond_the_authorisation(standin: Standin) -> None:
    ground = authorisation(facts=("gemeente",), services=("GeefPersoon",))
    household = ask(standin.url, DIRK, authorisations=[ground])
    known = {name for name, reading in household.person.readings.items() if reading.known}
    assert known == {"gemeente"}
    assert household.person.readings["postcode"].reason == "no-authorisation"
    assert household.readings["leden"].reason == "no-authorisation"
    shown = re.sub(r"reference='[^']*'", "", repr(household))  # drawn at random: any digits
    assert "9000" not in shown
    assert "1970" not in shown


def test_gather_asks_only_statutes_that_are_authorised(standin: Standin) -> None:
    ground = authorisation(statutes=("LIVING_WAGES_PCSA_HELP",))
    ask(standin.url, DIRK, authorisations=[ground])
    asked = {name for received in standin.received for name in received.request.statutes}
    assert asked == {"LIVING_WAGES_PCSA_HELP"}


def test_permit_of_yesterday_is_refused_at_the_last_moment() -> None:
    ground = authorisation(valid_until=date(2026, 1, 15))
    (permit,), _ = permits("controle", "GeefPersoon", ["gemeente"], [ground], date(2026, 1, 15))
    permit.check("GeefPersoon", date(2026, 1, 15))
    with pytest.raises(NoAuthorisation, match="gemeente"):
        permit.check("GeefPersoon", date(2026, 1, 16))
    with pytest.raises(NoAuthorisation):
        permit.check("GeefSociaalStatuut", date(2026, 1, 15))


def test_load_authorisations_shipped_are_flagged_as_invented() -> None:
    shipped = load_authorisations()
    assert set(shipped.purposes) == {"controle", "toekenning"}
    assert all(each.invented for each in shipped.all)


ACTIVITIES = """activities:
  rechten: {title: t, description: d, category: c, processor: p, ground: toestemming,
    clarification: l}
"""


def broken(**change: str) -> str:
    fields = {
        "reference": "X",
        "kind": "protocol",
        "title": "t",
        "purposes": "[controle]",
        "services": "[GeefPersoon]",
        "facts": "[gemeente]",
        "units": "[inwoners]",
        "activity": "rechten",
        "sender": "{identification: a}",
        "valid_from": "2020-01-01",
    } | change
    entry = "\n".join(f"    {key}: {value}" for key, value in fields.items() if value)
    return f"purposes: {{controle: Nagaan}}\n{ACTIVITIES}authorisations:\n  -\n{entry}\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (broken(kind="handshake"), "handshake"),
        (broken(purposes="[fraude]"), "fraude"),
        (broken(valid_from="2020-02-31"), "date that does not exist"),
        (broken(valid_from="soon"), "soon"),
        (broken(facts=""), "facts"),
        (broken(units=""), "units"),
        (broken(units="[iedereen]"), "iedereen is none of inwoners"),
        (broken(units="[]"), "units names nobody"),
        (broken(activity="vissen"), "activity vissen is none of rechten"),
        (broken(valid_until="2019-12-31"), "lies before"),
        (broken(regulations="gent/uitpas"), "regulations is a list"),
        (broken(sender="{capacity: a}"), "identification"),
        ("purposes: [", "not YAML"),
        ("- a", "mapping"),
    ],
)
def test_load_authorisations_broken(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "authorisations.yaml"
    path.write_text(text)
    with pytest.raises(DataError, match=says):
        load_authorisations(path)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("foo: 1", "needs purposes"),
        ("purposes: [a]\nauthorisations: 3", "needs purposes"),
        ("purposes: {a: b}\nauthorisations: [3]", "3 is no authorisation"),
    ],
)
def test_authorisations_of_another_shape(tmp_path: Path, content: str, says: str) -> None:
    file = tmp_path / "authorisations.yaml"
    file.write_text(content)
    with pytest.raises(DataError, match=says):
        load_authorisations(file)
