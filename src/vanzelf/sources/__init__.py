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

With `rights=[…]` and `checked_on=…`, `gather` asks only what can still change their verdicts (see
`planning`), and `Household.not_asked` says what was left and why.

`gather` asks about a person *and* the household; with `everyone=False` only about that person
(and who they live with). It does not raise for what a source does: every fact is a `Reading`,
known or unknown with a reason (`Reason`). Unknown facts are left out of `facts`; `origins` has
them all the same, and `Origin.reason` says why. `Household.questions` lists every question that
was sent (service, about whom, authorisation, reference, outcome) for the log of who looked;
`Household.refused` what was not sent for want of an authorisation.

`Household.members` stands in the order of `facts["gezin"]["leden"]`: the reference person first.
When it is not known who lives together, `members` holds only the person asked about and
`gezin.leden` is unknown.
"""

from vanzelf.sources.assembling import assemble
from vanzelf.sources.gathering import gather
from vanzelf.sources.lawfulness import (
    Authorisation,
    NoAuthorisation,
    Purpose,
    Sender,
    load_authorisations,
)
from vanzelf.sources.magda.client import Patience
from vanzelf.sources.magda.transport import EndpointError, Endpoints
from vanzelf.sources.types import Asked, Household, Member, Reading, Reason

__all__ = [
    "Asked",
    "Authorisation",
    "EndpointError",
    "Endpoints",
    "Household",
    "Member",
    "NoAuthorisation",
    "Patience",
    "Purpose",
    "Reading",
    "Reason",
    "Sender",
    "assemble",
    "gather",
    "load_authorisations",
]
