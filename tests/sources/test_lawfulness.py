"""Nothing is sent without a purpose and an authorisation: proven at a listening socket."""

from __future__ import annotations

import json
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.prove.ground.asking import judged, room
from tests.sources.invented import ALL_FACTS, ANNA, DIRK, SERVICES, STATUTES, ask, authorisation
from vanzelf.sources import Authorisation, NoAuthorisation, load_authorisations
from vanzelf.sources.data import DataError
from vanzelf.sources.lawfulness import Group, State, expiring, group_of, permits, state
from vanzelf.sources.lawfulness.groups import reached
from vanzelf.sources.lawfulness.loading import read_authorisation
from vanzelf.sources.lawfulness.permits import ForRights
from vanzelf.sources.lawfulness.processing import read_activity
from vanzelf.sources.lawfulness.writing import activity_data, authorisation_data
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
        @settings(max_examples=40, deadline=None)
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


def test_nothing_is_asked_or_known_without_ground(tmp_path: Path) -> None:
    """A small form of the proof in tests/prove/ground, with the same judge."""
    with room(tmp_path) as place:
        found = judged(place, range(60), seed=1)
        control = judged(place, range(6), seed=1, honest=False)
    assert found.problems == []
    assert found.messages
    assert found.silent
    assert found.sighted
    assert control.problems  # the judge sees what was asked as if everything were authorised


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


EVERY_DAY = date(2026, 1, 15)


@pytest.mark.parametrize(
    ("units", "about", "allowed"),
    [
        ((Group.RESIDENTS,), Group.RESIDENTS, True),
        ((Group.RESIDENTS,), Group.CHILDREN, False),
        ((Group.RESIDENTS,), None, False),  # who it is, is not known
        ((Group.MEMBERS,), Group.CHILDREN, True),  # members are of every age
        ((Group.CHILDREN,), Group.MEMBERS, False),  # of an age that is not known
        ((Group.CHILDREN,), Group.ADULTS, False),
        ((Group.RESIDENTS, Group.MEMBERS), None, True),
    ],
)
def test_permits_only_about_the_persons_that_are_named(
    units: tuple[Group, ...], about: Group | None, allowed: bool
) -> None:
    ground = replace(authorisation(), units=reached(units))
    given_, _ = permits("controle", "GeefPersoon", ["gemeente"], [ground], EVERY_DAY, about=about)
    assert bool(given_) == allowed
    assert all(permit.about == about for permit in given_)


@pytest.mark.parametrize(
    ("regulation", "allowed"),
    [
        (None, set()),
        ("gent/uitpas", {"gemeente", "postcode"}),
        ("gent/schoolkorting", set()),
        ({"gemeente": ("gent/schoolkorting", "gent/uitpas"), "postcode": ()}, {"gemeente"}),
    ],
)
def test_permits_of_a_limited_authorisation_only_for_its_rights(
    regulation: ForRights, allowed: set[str]
) -> None:
    ground = replace(authorisation(), regulations=frozenset({"gent/uitpas"}))
    given_, uncovered = permits(
        "controle", "GeefPersoon", ["gemeente", "postcode"], [ground], EVERY_DAY,
        regulation=regulation,
    )  # fmt: skip
    assert {fact for permit in given_ for fact in permit.facts} == allowed
    assert uncovered == {"gemeente", "postcode"} - allowed


def test_permit_about_someone_else_is_refused_at_the_last_moment() -> None:
    (permit,), _ = permits(
        "controle", "GeefPersoon", ["gemeente"], [authorisation()], EVERY_DAY, about=Group.CHILDREN
    )
    narrowed = replace(
        permit, authorisation=replace(authorisation(), units=reached([Group.ADULTS]))
    )
    with pytest.raises(NoAuthorisation, match="about kinderen"):
        narrowed.check("GeefPersoon", EVERY_DAY)
    with pytest.raises(NoAuthorisation, match="leefloon"):
        replace(permit, facts=frozenset({"leefloon", "een ander feit"})).check(
            "GeefPersoon", EVERY_DAY
        )


@pytest.mark.parametrize(
    ("own", "born", "group"),
    [
        (True, date(2020, 1, 1), Group.RESIDENTS),
        (False, None, Group.MEMBERS),
        (False, date(2008, 1, 15), Group.ADULTS),  # eighteen today
        (False, date(2008, 1, 16), Group.CHILDREN),
    ],
)
def test_group_of_a_person_is_the_closest_that_is_known(
    own: bool, born: date | None, group: Group
) -> None:
    assert group_of(own=own, born=born, on=EVERY_DAY) == group


@pytest.mark.parametrize(
    ("valid_from", "valid_until", "expected"),
    [
        (date(2020, 1, 1), None, State.VALID),
        (date(2026, 1, 16), None, State.NOT_YET),
        (date(2020, 1, 1), date(2026, 1, 14), State.EXPIRED),
        (date(2020, 1, 1), date(2026, 1, 15), State.EXPIRING),  # its last day
        (date(2020, 1, 1), date(2026, 4, 15), State.EXPIRING),  # in ninety days
        (date(2020, 1, 1), date(2026, 4, 16), State.VALID),
    ],
)
def test_state_warns_ninety_days_ahead(
    valid_from: date, valid_until: date | None, expected: State
) -> None:
    ground = authorisation(valid_from=valid_from, valid_until=valid_until)
    assert state(ground, EVERY_DAY) is expected
    warned = [expiry.authorisation for expiry in expiring([ground], EVERY_DAY)]
    assert (warned == [ground]) == (expected is State.EXPIRING)


def test_expiring_tells_the_first_to_end_first() -> None:
    grounds = [
        authorisation(reference=f"{days}", valid_until=EVERY_DAY + timedelta(days=days))
        for days in (80, 0, 7)
    ]
    assert [expiry.days for expiry in expiring(grounds, EVERY_DAY)] == [0, 7, 80]
    assert [expiry.days for expiry in expiring(grounds, EVERY_DAY, days=7)] == [0, 7]


def test_data_of_an_authorisation_reads_back_the_same() -> None:
    found = load_authorisations()
    for one in found.all:
        data = json.loads(json.dumps(authorisation_data(one)))
        assert read_authorisation(data, "again", found.purposes, found.activities) == one
    for name, activity in found.activities.items():
        assert read_activity(name, json.loads(json.dumps(activity_data(activity))), "") == activity


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
    ("before", "after", "says"),
    [
        ("title: t", "titel: t", "title is missing"),
        ("ground: toestemming", "ground: zin", "'zin' is none of toestemming"),
        ("title: t", "title: t, audience: iedereen", "'iedereen' is none of burger"),
        ("title: t", "title: t, recipients: bank", "recipients is a list"),
        ("title: t", "title: t, data: [naam]", "by about whom"),
        ("title: t", "title: t, data: {inwoners: naam}", "data is a list"),
    ],
)
def test_load_activity_broken(tmp_path: Path, before: str, after: str, says: str) -> None:
    path = tmp_path / "authorisations.yaml"
    path.write_text(broken().replace(before, after, 1))
    with pytest.raises(DataError, match=says):
        load_authorisations(path)


def test_load_authorisation_twice(tmp_path: Path) -> None:
    path = tmp_path / "authorisations.yaml"
    text = broken()
    path.write_text(text + text[text.index("  -\n") :])
    with pytest.raises(DataError, match="X stands there twice"):
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
