"""The documents, read back from the PDF."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation
from pypdf import PdfReader

from vanzelf import population, rights
from vanzelf.faces.look import statistics, tables
from vanzelf.faces.look.paper import blocks, effect_pdf, report_pdf
from vanzelf.faces.look.paper.press import Document, PaperError, pressed
from vanzelf.population.simulation import Effect, Report, Simulator, read_change, report
from vanzelf.population.statistics import Secret
from vanzelf.synthetic import build

ON, MADE = date(2026, 1, 15), date(2026, 11, 22)
BAGS, WATER, CARD = "gent/huisvuilzakken", "vlaanderen/sociaal-watertarief", "gent/uitpas"
WICKED = '#read("/etc/passwd") $x$ *vet* <b> \\ @bron'


@pytest.fixture(scope="module")
def regulations() -> rights.Regulations:
    return rights.load(cases=False)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> population.Population:
    folder: Path = tmp_path_factory.mktemp("paper")
    build(residents=6_000).write(folder)
    return population.read(folder)


@pytest.fixture(scope="module")
def secret() -> Secret:
    return Secret(b"an invented secret of 32 bytes..")


@pytest.fixture(scope="module")
def simulated(
    city: population.Population, regulations: rights.Regulations, secret: Secret
) -> Callable[..., Effect]:
    simulator = Simulator(city, regulations[BAGS], ON, secret)

    def effect(*sets: str, without: tuple[str, ...] = ()) -> Effect:
        return simulator.effect(read_change(regulations[BAGS], ON, sets, without))

    return effect


@pytest.fixture(scope="module")
def reached(city: population.Population, regulations: rights.Regulations, secret: Secret) -> Report:
    results = population.check(city, [regulations[BAGS]], ON, why=False)
    given = {BAGS: results.units(BAGS)[results.outcomes(BAGS) == population.YES][::2]}
    chosen = [regulations[right] for right in (BAGS, WATER, CARD)]
    return report(city, chosen, ON, secret, reached=given)


def read_pdf(made: bytes) -> tuple[PdfReader, str]:
    reader = PdfReader(io.BytesIO(made))
    text = " ".join(page.extract_text() for page in reader.pages)
    return reader, " ".join(text.replace("\u00a0", " ").split())


def in_dutch(words: Callable[..., str], *about: object) -> str:
    with translation.override("nl"):
        return words(*about).replace("\u00a0", " ")


def read_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def document(*parts: dict[str, object]) -> Document:
    return Document("Titel", "Stad Gent", "boven", "onder", "Blad", "nl", (), tuple(parts))


def test_effect_prints_its_figures(
    simulated: Callable[..., Effect], regulations: rights.Regulations
) -> None:
    effect = simulated("bedrag per gezin[0]=50", without=("hulp bij budget",))
    reader, text = read_pdf(effect_pdf(effect, regulations[BAGS], made=MADE))
    assert "Wat als: Gratis huisvuilzakken" in text
    assert "15 januari 2026" in text
    assert "Gemaakt op 22 november 2026" in text
    assert "€ 42 € 50" in text
    for measure in ("before yes", "after yes", "more"):
        told = in_dutch(statistics.count, effect.count(measure))
        assert f"{in_dutch(statistics.measure, measure)} {told}" in text
    assert in_dutch(statistics.spread, effect.cost("after")) in text
    for neighbourhood in effect.categories["neighbourhood"]:
        assert neighbourhood.replace(" ", "") in text.replace(" ", "")  # it may take two lines
    assert "< 10" in text
    assert "celsleutels" in text
    assert regulations[BAGS].content_hash[:12] in text
    assert reader.metadata is not None
    assert reader.metadata.title == "Wat als: Gratis huisvuilzakken of ophaalkrediet"


def test_effect_beside_another_prints_both(
    simulated: Callable[..., Effect], regulations: rights.Regulations
) -> None:
    one, other = simulated("bedrag per gezin[0]=50"), simulated("bedrag per gezin[1]=90")
    _, text = read_pdf(effect_pdf(one, regulations[BAGS], other, made=MADE))
    pair = [in_dutch(statistics.count, effect.count("more")) for effect in (one, other)]
    assert f"Houden het en krijgen meer {' '.join(pair)}" in text
    assert "Waarmee je vergelijkt" in text


def test_effect_without_change_says_so(
    simulated: Callable[..., Effect], regulations: rights.Regulations
) -> None:
    _, text = read_pdf(effect_pdf(simulated(), regulations[BAGS], made=MADE))
    assert "Er is niets veranderd: zo is het nu." in text


def test_report_prints_reach_of_every_right(
    reached: Report, regulations: rights.Regulations
) -> None:
    _, text = read_pdf(report_pdf(reached, regulations, made=MADE))
    assert "Wat als iedereen het vroeg?" in text
    for reach in reached.rights:
        assert regulations[reach.right].content.names["nl"] in text
        assert in_dutch(statistics.count, reach.count("yes")) in text
    assert "Wie het krijgt, weten we uit de toekenningen van deze periode." in text
    assert "vragen 30 tot 60 het aan" in text
    assert in_dutch(statistics.bounds, reached.rights[0].missed) in text
    assert "Wie wat samen krijgt" in text


def test_report_of_one_right_has_no_overlap(
    reached: Report, regulations: rights.Regulations
) -> None:
    _, text = read_pdf(report_pdf(replace(reached, rights=reached.rights[:1]), regulations,
                                  made=MADE))  # fmt: skip
    assert "Wie wat samen krijgt" not in text


def test_documents_are_archived_and_tagged(
    reached: Report, regulations: rights.Regulations
) -> None:
    made = report_pdf(reached, regulations, made=MADE)
    reader, _ = read_pdf(made)
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "nl-BE"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    claims = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in claims
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in claims
    assert "<pdfuaid:part>1</pdfuaid:part>" in claims
    fonts = {
        font.get_object()["/BaseFont"]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert all("+AtkinsonHyperlegibleNext" in name for name in fonts)


def test_same_numbers_on_the_same_day_give_the_same_bytes(
    reached: Report, regulations: rights.Regulations
) -> None:
    first, again = (report_pdf(reached, regulations, made=MADE) for _ in range(2))
    assert first == again


def test_text_is_printed_and_never_read(
    simulated: Callable[..., Effect], regulations: rights.Regulations
) -> None:
    effect = simulated("bedrag per gezin[0]=50")
    wicked = replace(
        effect,
        categories={**effect.categories,
                    "neighbourhood": (WICKED, *effect.categories["neighbourhood"][1:])},
        change={"parameters": {WICKED: "5"}, "without": [WICKED], "instead": {WICKED: WICKED}},
    )  # fmt: skip
    _, text = read_pdf(effect_pdf(wicked, regulations[BAGS], made=MADE))
    assert text.count('#read("/etc/passwd")') >= 5
    assert WICKED in text
    assert "root:" not in text


@pytest.mark.parametrize(
    ("written", "printed"),
    [("Žižka, Łódź, Ålesund", "Žižka, Łódź, Ålesund"), ("أمينة 漢字 🎈", "?????"),
     ("Ελλάδα", "Ελλάδα")],
)  # fmt: skip
def test_other_letters_print_or_become_question_marks(written: str, printed: str) -> None:
    _, text = read_pdf(pressed(document(blocks.heading(written, 1)), on=MADE))
    assert printed in text


def test_a_block_that_the_template_does_not_know_is_an_error_of_ours() -> None:
    with pytest.raises(PaperError, match="no such block: picture"):
        pressed(document({"kind": "picture"}), on=MADE)


def test_csv_has_every_number_of_an_effect(simulated: Callable[..., Effect]) -> None:
    effect = simulated("bedrag per gezin[0]=50")
    rows = read_csv(tables.effect_csv(effect))
    assert len(rows) == len(list(effect.rows()))
    [more] = [row for row in rows if (row["category"], row["measure"]) == ("total", "more")]
    assert (more["right"], more["on"], more["unit"]) == (BAGS, "2026-01-15", "gezin")
    assert more["value"] == str(effect.count("more"))
    assert {row["right"] for row in read_csv(tables.effect_csv(replace(effect, right="=1")))} == {
        "'=1"
    }


def test_csv_has_the_reach_of_every_right(reached: Report) -> None:
    rows = read_csv(tables.report_csv(reached))
    assert {row["right"] for row in rows} == {BAGS, WATER, CARD, ""}
    told = {(row["right"], row["category"], row["measure"]): row["value"] for row in rows}
    assert told[BAGS, "total", "missed"] == str(reached.rights[0].count("missed"))
    assert told[WATER, "total", "assumed take-up from"] == "0.3"
    assert told[BAGS, WATER, "both"] == str(reached.overlap.matrix[0][1])
    assert "<10" in told.values()


def test_a_map_of_nothing_known_says_so() -> None:
    nothing: list[float | None] = [None, None]
    block = blocks.tile_map(
        ["Dampoort", "Elders"], nothing, ["<10", "<10"],
        title="t", explained="e", unknown="te weinig", alt="a",
    )  # fmt: skip
    assert {tile["step"] for tile in block["tiles"]} == {0}
    assert block["legend"][-1] == {"step": 0, "label": "te weinig"}
    _, text = read_pdf(pressed(document(blocks.heading("Kaart", 1), block), on=MADE))
    assert "Elders" in text
