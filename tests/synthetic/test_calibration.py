from __future__ import annotations

from vanzelf.synthetic import Calibration, City


def test_calibration_of_the_full_city_is_met(city: City) -> None:
    missed = [(f.name, f.target, f.got) for f in city.calibration if not f.met]
    assert missed == []


def test_calibration_names_source_and_kind(city: City) -> None:
    assert all(figure.source for figure in city.calibration)
    kinds = {figure.kind for figure in city.calibration}
    assert kinds == {"hard", "soft", "least", "planted"}
    assert len({figure.name for figure in city.calibration}) == len(city.calibration)


def test_calibration_knows_when_it_is_not_met() -> None:
    assert not Calibration("x", 100, 99, "hard", "s").met
    assert Calibration("x", 100, 99, "soft", "s", 0.01).met
    assert not Calibration("x", 100, 98, "soft", "s", 0.01).met
    assert not Calibration("x", 0.33, 0.32, "least", "s").met
    assert Calibration("x", None, 7, "planted", "s").met


def test_calibration_as_data_carries_the_verdict() -> None:
    data = Calibration("residents", 10, 10, "hard", "stad.gent").as_data()
    assert data == {
        "name": "residents",
        "target": 10,
        "got": 10,
        "kind": "hard",
        "source": "stad.gent",
        "tolerance": 0.0,
        "met": True,
    }
