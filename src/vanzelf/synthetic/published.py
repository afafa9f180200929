"""What has been published about Ghent, and the weights that are ours: the city is drawn from these.

Every figure says where it was read. `invented` marks a weight that no source gives; it shapes the
city but is no statistic.
"""

from __future__ import annotations

from dataclasses import dataclass

RESIDENTS = 269_191
HOUSEHOLDS = 118_700
NIS_GHENT = "44021"

CITY_2023 = "stad.gent, Gentse bevolking blijft groeien, 31-12-2023"
HOUSEHOLDS_2020 = "hoeveelin.stad.gent, prognoses, meer gezinnen (2020)"
FAMILIES = "hoeveelin.stad.gent, tendensen, gezinnen in Gent"
SITUATION_2023 = "stad Gent, proactieve dienstverlening, situatie 2023"
OCMW_2019 = "OCMW Gent, jaaroverzicht 2019 (stad.gent)"
IVAGO_2020 = "persruimte.stad.gent, 20.000 kwetsbare gezinnen (2020)"
SCHOOL = "stad Gent, proactieve dienstverlening, school en opvang"
MOVES = "hoeveelin.stad.gent, verhuisbewegingen"
NEW_GHENT = "hoeveelin.stad.gent, wijken, Nieuw Gent - UZ"
INVENTED = "invented"

UNDER_20 = 55_964 / 269_182  # the three published age groups add up to 269,182
OVER_64 = 44_740 / 269_182
CENTENARIANS = 67
BIRTHS = 2_815
INCREASED_REIMBURSEMENT = 54_243
LIVING_WAGE = 9_170
POOR = RESIDENTS // 7 + 1  # one in seven: 38,456
WASTE_BAG_HOUSEHOLDS = 30_767
IN_COLLECTIVE = 0.02

# Poverty line per consumption unit and year, in euro; the level is invented, only the share below
# it is published.
POVERTY_LINE = 18_000


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """One of the 25 `wijken`: weight = residents, clients = share of residents known to the OCMW,
    urban = how strongly single people live there (0 village to 1 centre; invented)."""

    name: str
    postcode: str
    weight: int
    clients: float
    urban: float
    zone: str = "Z"


# Names as in the open data of the city; weights are synthetic seeds, not statistics. Client
# shares of Nieuw Gent, Rabot, Muide, Drongen, the canal villages and Oostakker: OCMW 2019; the
# others are invented.
NEIGHBOURHOODS = (
    Neighbourhood("Binnenstad", "9000", 18228, 0.050, 1.0),
    Neighbourhood("Bloemekenswijk", "9000", 9163, 0.130, 0.5),
    Neighbourhood("Brugse Poort - Rooigem", "9000", 18228, 0.130, 0.6),
    Neighbourhood("Dampoort", "9000", 10740, 0.095, 0.6),
    Neighbourhood("Drongen", "9031", 13203, 0.016, 0.0, "container"),
    Neighbourhood(
        "Elisabethbegijnhof - Prinsenhof - Papegaai - Sint-Michiels", "9000", 7784, 0.070, 0.9
    ),
    Neighbourhood("Gentbrugge", "9050", 8670, 0.050, 0.2),
    Neighbourhood("Gentse Kanaaldorpen en -zone", "9042", 3547, 0.022, 0.0, "container"),
    Neighbourhood("Ledeberg", "9050", 9360, 0.125, 0.6),
    Neighbourhood("Macharius - Heirnis", "9000", 6798, 0.085, 0.7),
    Neighbourhood("Mariakerke", "9030", 13794, 0.035, 0.1, "container"),
    Neighbourhood("Moscou - Vogelhoek", "9050", 6207, 0.070, 0.4),
    Neighbourhood("Muide - Meulestede - Afrikalaan", "9000", 6897, 0.160, 0.5),
    Neighbourhood("Nieuw Gent - UZ", "9000", 9262, 0.192, 0.6),
    Neighbourhood("Oostakker", "9041", 13991, 0.023, 0.0, "container"),
    Neighbourhood("Oud Gentbrugge", "9050", 8473, 0.070, 0.5),
    Neighbourhood("Rabot - Blaisantvest", "9000", 8192, 0.170, 0.7),
    Neighbourhood("Sint-Amandsberg", "9040", 23153, 0.065, 0.3),
    Neighbourhood("Sint-Denijs-Westrem - Afsnee", "9051", 8079, 0.025, 0.1, "container"),
    Neighbourhood("Sluizeken - Tolhuis - Ham", "9000", 11429, 0.130, 0.7),
    Neighbourhood("Stationsbuurt-Noord", "9000", 10148, 0.050, 0.9),
    Neighbourhood("Stationsbuurt-Zuid", "9000", 9163, 0.040, 0.8),
    Neighbourhood("Watersportbaan - Ekkergem", "9000", 9656, 0.120, 0.9),
    Neighbourhood("Wondelgem", "9032", 16750, 0.050, 0.2, "container"),
    Neighbourhood("Zwijnaarde", "9052", 8276, 0.030, 0.2, "container"),
)
NEW_GHENT_RATE = 0.36  # "more than a third of residents"; the city must show at least 33 %

# Kind of household, size (4 = four or more) and how many. The sizes are published (2020); the split
# over kinds follows "24 % couples with children, 8 % lone parents, 1/5 of residents in a couple".
STRUCTURE = (
    ("single", 1, 49_068),
    ("couple", 2, 26_900),
    ("lone", 2, 5_300),
    ("other", 2, 3_814),
    ("family", 3, 9_300),
    ("lone", 3, 2_900),
    ("other", 3, 550),
    ("family", 4, 19_155),
    ("lone", 4, 1_300),
    ("other", 4, 400),
)
# Sizes within "four or more": invented, with the mean (5.0) that closes the population.
LARGE = {4: 0.46, 5: 0.27, 6: 0.14, 7: 0.07, 8: 0.04, 9: 0.02}

# Residents by nationality (31-12-2023); the four groups without a published figure share the rest.
NATIONALITIES = {
    "BG": 11_582,
    "TR": 3_953,
    "NL": 3_013,
    "other-eu": 28_410 - 11_582 - 3_013,
    "other": 46_500 - 28_410 - 3_953,
}
OTHER_EU = {"FR": 18, "ES": 15, "IT": 14, "PL": 13, "RO": 13, "SK": 9, "PT": 9, "DE": 9}
OTHER = {"GH": 12, "UA": 20, "MA": 10, "AF": 14, "SY": 12, "IN": 12, "CN": 10, "RU": 5, "DZ": 5}
