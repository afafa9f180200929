from __future__ import annotations

from pathlib import Path

from tests.sources.invented import ANNA, BERT, CARO, DIRK, NOW, ask
from vanzelf.rights import Origin
from vanzelf.sources import assemble
from vanzelf.sources.magda.standin import AnswerFiles, Standin, Switches

VT = "verhoogde tegemoetkoming"


def test_assemble_is_nested_as_rights_sees_it(standin: Standin) -> None:
    facts, origins = assemble(ask(standin.url, CARO, everyone=True))
    family, person = facts["gezin"], facts["persoon"]
    assert isinstance(family, dict)
    assert isinstance(person, dict)
    assert family["gemeente"] == "44021"
    assert family["personen ten laste"] == 2
    assert [each[VT] for each in family["leden"]] == [True, False, True]
    assert person == family["leden"][2]
    vt = origins[f"gezin.leden[1].{VT}"]
    assert isinstance(vt, Origin)
    assert (vt.source, vt.reason) == ("magda/GeefSociaalStatuut", None)
    assert origins[f"persoon.{VT}"].valid_until == vt.valid_until


def test_assemble_leaves_out_what_is_unknown_and_says_why(folder: Path) -> None:
    switches = Switches.parse([f"busy:{BERT}"])
    with Standin(AnswerFiles(folder), switches) as standin:
        facts, origins = assemble(ask(standin.url, ANNA, everyone=True))
    family = facts["gezin"]
    assert isinstance(family, dict)
    assert VT not in family["leden"][1]
    assert origins[f"gezin.leden[2].{VT}"].reason == "busy"
    assert origins[f"gezin.leden[2].{VT}"].as_of.tzinfo is not None


def test_assemble_household_that_is_not_known(folder: Path) -> None:
    with Standin(AnswerFiles(folder), Switches.parse([f"unavailable:{DIRK}"])) as standin:
        facts, origins = assemble(ask(standin.url, DIRK, everyone=True))
    assert facts == {"gezin": {}, "persoon": {}}
    assert origins["gezin.leden"].reason == "unavailable"
    assert origins["gezin.personen ten laste"].reason == "unavailable"
    assert origins["gezin.gemeente"].reason == "unavailable"
    assert all(origin.as_of <= origin.as_of.now(NOW.tzinfo) for origin in origins.values())
