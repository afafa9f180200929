"""Who people are and where they live: nationality, names, civil status, address."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vanzelf.synthetic import names, published
from vanzelf.synthetic.ages import People
from vanzelf.synthetic.draw import Bools, Floats, Ints, fill, gumbel_key, labels
from vanzelf.synthetic.structure import (
    ADULT,
    CHILD,
    COLLECTIVE,
    COUPLE,
    FAMILY,
    INMATE,
    PARTNER,
    Structure,
)

ORIGIN_OF = {"BG": 2, "TR": 1, "NL": 4, "MA": 3, "DZ": 3}
LEZ = ("Binnenstad",)  # the low-emission zone is (roughly) the old centre
SAME_PLACE, ELSEWHERE, ABROAD = (
    0.24,
    0.15,
    0.15,
)  # moves in ten years: in Ghent, from Belgium, abroad


def draw_nationality(
    rng: np.random.Generator, structure: Structure, scale: float
) -> tuple[list[str], Ints]:
    """Codes, and per household an index into them; each code fills a set number of residents."""
    counts = {code: n for code, n in published.NATIONALITIES.items() if len(code) == 2}
    for group, parts in (("other-eu", published.OTHER_EU), ("other", published.OTHER)):
        total = published.NATIONALITIES[group]
        counts |= {code: round(total * part / sum(parts.values())) for code, part in parts.items()}
    codes = ["BE", *counts]
    index = np.zeros(len(structure.kind), dtype=np.int64)
    clients = np.array([place.clients for place in published.NEIGHBOURHOODS])
    pull: Floats = clients[structure.neighbourhood] * 9.0
    size = np.where(structure.private, structure.size, 0)
    for i, code in enumerate(counts, start=1):
        free = np.where(index == 0, size, 0)
        index[fill(gumbel_key(rng, pull), free, round(counts[code] * scale))] = i
    return codes, index


def draw_origin(rng: np.random.Generator, codes: list[str], nationality: Ints) -> Ints:
    """Per household its list of names; one Belgian household in six has other roots."""
    european = set(published.OTHER_EU)
    by_code = np.array(
        [0] + [ORIGIN_OF.get(code, 4 if code in european else 5) for code in codes[1:]]
    )
    origin = by_code[nationality]
    rooted = (nationality == 0) & (rng.random(len(origin)) < 0.17)
    origin[rooted] = rng.choice(
        [1, 2, 3, 4, 5], size=int(rooted.sum()), p=[0.3, 0.1, 0.3, 0.1, 0.2]
    )
    return origin


def draw_names(
    rng: np.random.Generator, structure: Structure, people: People, origin: Ints, on_year: int
) -> tuple[pa.Array, pa.Array]:
    """First and last names; children bear the name of one parent, partners keep their own."""
    household, role = structure.household, structure.role
    own = origin[household]
    stranger = np.isin(role, (PARTNER, ADULT)) & (rng.random(len(role)) < 0.25)
    own = np.where(
        stranger | (role == INMATE), origin[rng.integers(0, len(origin), len(role))], own
    )
    first = np.zeros(len(role), dtype=np.int64)
    last = np.zeros(len(role), dtype=np.int64)
    first_names: list[str] = []
    last_names: list[str] = []
    older = people.age > on_year - 1965
    for i, lists in enumerate(names.ORIGINS):
        of_origin = own == i
        for female in (True, False):
            young = lists.female if female else lists.male
            old = (lists.older_female if female else lists.older_male) or young
            for mask, choice in ((older, old), (~older, young)):
                chosen = np.flatnonzero(of_origin & mask & (people.female == female))
                first[chosen] = len(first_names) + rng.integers(0, len(choice), len(chosen))
                first_names += choice
        chosen = np.flatnonzero(of_origin)
        last[chosen] = len(last_names) + rng.integers(0, len(lists.family), len(chosen))
        last_names += lists.family
    _family_name(structure, people.female, last)
    return pa.array(first_names).take(pa.array(first)), pa.array(last_names).take(pa.array(last))


def _family_name(structure: Structure, female: Bools, last: Ints) -> None:
    """Children take the father's name where there is one, else that of the reference person."""
    start = structure.start
    source = start.copy()
    two = (structure.kind == FAMILY) & female[start]
    source[two] += 1
    child = structure.role == CHILD
    last[child] = last[source[structure.household[child]]]


def draw_civil_status(
    rng: np.random.Generator, structure: Structure, people: People
) -> tuple[pa.Array, pa.Array]:
    """Civil status and position codes: couples are married, legal cohabitants or neither."""
    household, role = structure.household, structure.role
    tie = rng.choice(3, size=len(structure.kind), p=[0.6, 0.18, 0.22])  # married, legal, neither
    paired = np.isin(structure.kind, (COUPLE, FAMILY))[household] & (role < CHILD)
    alone = np.where(
        people.age >= 65,
        rng.choice(4, size=len(role), p=[0.2, 0.0, 0.5, 0.3]),
        rng.choice(4, size=len(role), p=[0.8, 0.0, 0.02, 0.18]),
    )
    alone = np.where(people.age < 25, 0, alone)
    status = np.where(paired, np.array([1, 4, 0])[tie[household]], alone)
    step = (structure.kind == FAMILY) & (rng.random(len(structure.kind)) < 0.07)
    position = np.select(
        [role == PARTNER, role == CHILD, role == ADULT, role == INMATE],
        [
            np.array([1, 3, 2])[tie[household]],
            np.where(step[household], 5, 4),
            rng.choice([6, 7, 8], size=len(role)),
            9,
        ],
        0,
    )
    codes = pa.array(["01", "02", "21", "22", "03", "13", "09", "12", "15", "20"])
    return (
        pa.array(["10", "20", "30", "40", "80"]).take(pa.array(status)),
        codes.take(pa.array(position)),
    )


def draw_addresses(
    rng: np.random.Generator, structure: Structure, on: np.datetime64
) -> dict[str, pa.Array]:
    """Address columns of the households; a private household moved in at most some decades ago."""
    count, where = len(structure.kind), structure.neighbourhood
    places = published.NEIGHBOURHOODS
    street = (where * 53 + rng.integers(0, 45, count) * 7) % len(names.STREETS)
    number = pa.array(rng.integers(1, 220, count)).cast(pa.string())
    urban = np.array([place.urban for place in places])[where]
    boxed = rng.random(count) < 0.15 + 0.45 * urban
    box = pc.binary_join_element_wise(
        pa.array(rng.integers(0, 9, count)).cast(pa.string()),
        pa.array(rng.integers(1, 5, count)).cast(pa.string()),
        "0",
    )
    since, origin = _moves(rng, structure, on)
    take = pa.array(where)
    return {
        "street": pa.array(names.STREETS).take(pa.array(street)),
        "number": number,
        "box": pc.if_else(pa.array(boxed), box, None),
        "neighbourhood": pa.array([place.name for place in places]).take(take),
        "postcode": pa.array([place.postcode for place in places]).take(take),
        "waste_zone": pa.array([place.zone for place in places]).take(take),
        "lives_in_lez": pa.array([place.name in LEZ for place in places]).take(take),
        "address_since": pa.array(since),
        "previous_municipality": pa.array(
            [published.NIS_GHENT, "44043", "44012", "46021", "11002", "41002", None]
        ).take(pa.array(origin)),
    }


def _moves(
    rng: np.random.Generator, structure: Structure, on: np.datetime64
) -> tuple[np.ndarray, Ints]:
    count = len(structure.kind)
    kinds = labels(rng, count, [SAME_PLACE, ELSEWHERE, ABROAD, 1 - SAME_PLACE - ELSEWHERE - ABROAD])
    recent = kinds < 3
    years = np.where(recent, 10 * rng.random(count) ** 1.6, 10 + rng.exponential(12, count))
    days = np.minimum(years, 60) * 365.2425
    origin = np.select(
        [kinds == 0, kinds == 1, kinds == 2], [0, rng.integers(1, 6, count), 6], np.int64(0)
    )
    origin[(structure.kind == COLLECTIVE)] = 6
    return on - days.astype("timedelta64[D]"), origin
