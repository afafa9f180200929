"""Where facts come from: MAGDA, the city's own lists, and (later) the resident's declaration.

Knows no framework and no database; time, authorisations and addresses are handed down.

    household = gather(
        insz, on,
        purpose="toekenning",                        # a purpose id
        authorisations=load_authorisations().all,    # or the city's own
        endpoints=Endpoints.from_env(os.environ),
        lists=[...],                                 # OwnList, read with lists.read_list
        now=clock.now(),                             # aware datetime: the moment of asking
        user=None,                                   # INSZ of the member of staff who looks, if any
    )
    facts, origins = assemble(household)             # rights' nested shape, rights.Origin per path
    verdict = regulation.check(facts, on, origins=origins)

`gather` asks about a person *and* the household; `ask_person` only about that person (and who
they live with). Neither raises for what a source does: every fact is a `Reading`, known or
unknown with a reason (`Reason`). Unknown facts are left out of `facts`, and `origins` says why:
`Origin.reason` is the code. `Household.questions` lists every question that was sent (service,
about whom, authorisation, reference, outcome) for the log of who looked; `Household.refused` what
was not sent for want of an authorisation.

`Household.members` stands in the order of `facts["gezin"]["leden"]`: the reference person first.
When it is not known who lives together, `members` holds only the person asked about and
`gezin.leden` is unknown.
"""

from vanzelf.sources.types import Asked, Household, Member, Reading, Reason

__all__ = ["Asked", "Household", "Member", "Reading", "Reason"]
