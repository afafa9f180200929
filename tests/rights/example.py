"""A small complete folder of regulations, to load, to break and to check."""

from __future__ import annotations

from pathlib import Path

FACTS = """\
persoon:
  geboortedatum:
    {id: birth_date, type: date, time: moment,
     sensitivity: basis, ask: value, sources: [register],
     names: {nl: geboortedatum, en: date of birth}}
  leefloon:
    {id: living_wage, type: boolean, time: period,
     sensitivity: social, ask: yes-no, sources: [register],
     names: {nl: leefloon, en: living wage}}
  schuldhulp:
    {id: debt_help, type: boolean, time: period,
     sensitivity: social, ask: city, sources: [list],
     names: {nl: schuldhulp, en: debt help}}
gezin:
  leden:
    {id: members, type: list of persoon, time: period,
     sensitivity: basis, ask: value, sources: [register],
     names: {nl: gezinsleden, en: members}}
  gemeente:
    {id: municipality, type: text, time: period,
     sensitivity: basis, ask: value, sources: [register],
     names: {nl: gemeente, en: municipality}}
  zone:
    {id: zone, type: text, values: [Z, C], time: period,
     sensitivity: basis, ask: city, sources: [list],
     names: {nl: zone, en: zone}}
  personen ten laste:
    {id: dependants, type: number, time: period,
     sensitivity: basis, ask: value, sources: [register],
     names: {nl: personen ten laste, en: dependants}}
  jaarinkomen:
    {id: yearly_income, type: money, per: jaar, time: period,
     sensitivity: financial, ask: value, sources: [tax],
     names: {nl: jaarinkomen, en: yearly income}}
  maandinkomen:
    {id: monthly_income, type: money, per: maand, time: period,
     sensitivity: financial, ask: resident, sources: [declared],
     names: {nl: maandinkomen, en: monthly income}}
  spaargeld:
    {id: savings, type: money, time: moment,
     sensitivity: financial, ask: resident, sources: [declared],
     names: {nl: spaargeld, en: savings}}
"""

AUTHORITIES = """\
stad:
  names: {nl: De stad, en: The city}
  level: gent
  appeal:
    body: {nl: de Raad van State, en: the Council of State}
    within: 60 dagen
    clause: {nl: Ga in beroep binnen 60 dagen., en: Appeal within 60 days.}
"""

REGULATION = """\
regulation: gent/proef
names: {nl: Proef, en: Trial}
summary: {nl: Een proef., en: A trial.}
unit: gezin
authority: stad
reference_date: day of the check
once_per: kalenderjaar
checked: [15-01, 15-07]
law:
  reglement: {title: Reglement, link: https://example.org/reglement}
parameters:
  inkomensgrens:
    type: money
    per: jaar
    values:
      - {from: 2024-01-01, until: 2024-12-31, is: 20000, source: reglement art. 2, verified: true}
      - {from: 2025-01-01, is: 21000.50, source: reglement art. 2, verified: true}
  bedrag:
    type: money
    by: number
    values:
      - from: 2024-01-01
        table: {0: 42, 1: 63, 2 tot en met 3: 84, 4 of meer: 126}
        source: reglement
        verified: false
        note: {nl: Niet zeker., en: Not certain.}
definitions:
  met leefloon: {is: some lid in gezin.leden satisfies lid.leefloon}
criteria:
  all:
    - in Gent:
        when: gezin.gemeente = "44021"
        says: {nl: Je woont in Gent., en: You live in Ghent.}
        law: reglement art. 1
    - any:
        says: {nl: "Een van deze:", en: "One of these:"}
        of:
          - leefloon:
              when: met leefloon
              says: {nl: Iemand heeft leefloon., en: Someone has a living wage.}
              law: reglement
          - schuldhulp:
              when: some lid in gezin.leden satisfies (lid.schuldhulp or lid.leefloon)
              says: {nl: Iemand heeft schuldhulp., en: Someone has debt help.}
              law: reglement
          - laag inkomen:
              when: gezin.jaarinkomen < inkomensgrens
              says: {nl: Het inkomen is laag., en: The income is low.}
              law: reglement
              evidence: {nl: Een attest., en: A certificate.}
amount:
  kind: money
  per: jaar
  is: bedrag(gezin.personen ten laste)
  says: {nl: Per persoon ten laste., en: By dependants.}
  law: reglement
delivery:
  - bon:
      when: gezin.zone = "Z"
      says: {nl: Een bon., en: A voucher.}
  - krediet:
      when: gezin.zone = "C"
      says: {nl: Een krediet., en: A credit.}
"""

CASES = """\
- case: Leefloon in Gent
  on: 2026-01-15
  facts: {gezin: {gemeente: "44021", zone: Z, personen ten laste: 0, leden: [{leefloon: true}]}}
  expect: {outcome: YES, amount: 42, delivery: bon, reasons: [in Gent, leefloon]}
- case: Niet in Gent
  on: 2026-01-15
  facts: {gezin: {gemeente: "44043"}}
  expect: {outcome: NO, reasons: [in Gent]}
- case: Inkomen niet gekend
  on: 2026-01-15
  facts: {gezin: {gemeente: "44021", leden: [{leefloon: false, schuldhulp: false}]}}
  expect: {outcome: UNKNOWN, settled_by: [[gezin.jaarinkomen]], next_question: gezin.jaarinkomen}
"""

FILES = {
    "facts.yaml": FACTS,
    "authorities.yaml": AUTHORITIES,
    "gent/proef/regulation.yaml": REGULATION,
    "gent/proef/cases.yaml": CASES,
}


def write(folder: Path, files: dict[str, str] | None = None) -> Path:
    """The example in a folder, some files replaced."""
    for name, text in {**FILES, **(files or {})}.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder
