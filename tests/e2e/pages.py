"""Every page of the site, and as whom one sees it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from tests.faces.world import BAGS, SCHOOL, World

AMINA, BRAM, YARA, DIRK, SAM, LIES, AN, NELE, JOKE = (
    "Amina",
    "Bram",
    "Yara",
    "Dirk",
    "Sam De Wilde",
    "Lies Maes",
    "An Peeters",
    "Nele Claes",
    "Joke Maertens",
)


@dataclass(frozen=True)
class Place:
    """A page: its name in test reports, who opens it, and its route with arguments."""

    name: str
    who: str | None
    route: str
    arguments: tuple[str, ...] = ()

    def address(self, world: World) -> str:
        """The path of the page in this world."""
        given = {
            "right": BAGS,
            "school": SCHOOL,
            "school_check": world.school.check_ref_id,
            "school_advice": world.school.pk,
            "done": world.done.pk,
            "preview": world.preview.pk,
            "requested": world.requested.pk,
            "withdrawn": world.withdrawn.pk,
            "check": world.advice.check_ref_id,
            "advice": world.advice.pk,
            "decided_check": world.decided.check_ref_id,
            "decided": world.decided.pk,
            "given_check": world.given.check_ref_id,
            "given": world.given.pk,
            "question": world.question.pk,
            "asked": world.asked.pk,
            "failed": world.failed.pk,
            "listed": world.listed.pk,
            "wrong": world.wrong.pk,
            "budget": world.listed.name,
            "contradicted": world.contradicted.pk,
            "contradiction": world.contradiction,
            "inquiry": world.inquiry.pk,
            "running": world.running.pk,
            "1": 1,
            "ground": "DEMO-IVC 21/120",
            "activity": "rechten-toekennen",
        }
        return reverse(self.route, args=[given[name] for name in self.arguments])


PLACES = (
    Place("start", None, "entrance:start"),
    Place("sign in", None, "entrance:sign-in"),
    Place("help", None, "entrance:help"),
    Place("rules", None, "entrance:rules"),
    Place("rule", None, "entrance:rule", ("right",)),
    Place("rule with tables", None, "entrance:rule", ("school",)),
    Place("overview", AMINA, "resident:overview"),
    Place("overview unsure", BRAM, "resident:overview"),
    Place("why", AMINA, "resident:why", ("right",)),
    Place("why by a table", YARA, "resident:why", ("school",)),
    Place("my data", AMINA, "resident:facts"),
    Place("my evidence", DIRK, "resident:facts"),
    Place("who looked", BRAM, "resident:looks"),
    Place("check", SAM, "counter:search"),
    Place("today", SAM, "counter:today"),
    Place("asking the sources", SAM, "counter:waiting", ("asked",)),
    Place("no answer", SAM, "counter:waiting", ("failed",)),
    Place("advice", SAM, "counter:advice", ("check",)),
    Place("decide", SAM, "counter:decide", ("check", "advice")),
    Place("decide by a table", SAM, "counter:decide", ("school_check", "school_advice")),
    Place("decided", SAM, "counter:decide", ("decided_check", "decided")),
    Place("awarded here", SAM, "counter:decide", ("given_check", "given")),
    Place("had already", SAM, "counter:advice", ("given_check",)),
    Place("undo an award", SAM, "counter:undo", ("given_check", "given")),
    Place("evidence beside an answer", SAM, "counter:advice", ("contradicted",)),
    Place("who is right", SAM, "counter:dispute", ("contradicted", "contradiction")),
    Place("own lists", LIES, "backoffice:lists"),
    Place("an own list", LIES, "backoffice:list", ("budget",)),
    Place("deliver a list", LIES, "backoffice:deliver-list", ("budget",)),
    Place("a list to take in", LIES, "backoffice:delivery", ("listed",)),
    Place("a list with mistakes", LIES, "backoffice:delivery", ("wrong",)),
    Place("back to the previous list", LIES, "backoffice:undo-list", ("listed",)),
    Place("runs", LIES, "backoffice:runs"),
    Place("start a run", LIES, "backoffice:start"),
    Place("preview", LIES, "backoffice:run", ("preview",)),
    Place("run done", LIES, "backoffice:run", ("done",)),
    Place("run undone", LIES, "backoffice:run", ("withdrawn",)),
    Place("dossier", LIES, "backoffice:dossier", ("preview", "1")),
    Place("inquiries", LIES, "backoffice:inquiries"),
    Place("inquiry", LIES, "backoffice:inquiry", ("inquiry",)),
    Place("inquiry waits", LIES, "backoffice:inquiry", ("running",)),
    Place("stop an inquiry", LIES, "backoffice:stop-inquiry", ("running",)),
    Place("reach", NELE, "policy:reach"),
    Place("reach of a right", NELE, "policy:reach-right", ("right",)),
    Place("approve", AN, "backoffice:approve", ("requested",)),
    Place("state", AN, "operations:state"),
    Place("questions", LIES, "backoffice:questions"),
    Place("question", AN, "backoffice:question", ("question",)),
    Place("undo", LIES, "backoffice:withdraw", ("preview",)),
    Place("what if", NELE, "policy:choose"),
    Place("sliders", NELE, "policy:workbench", ("right",)),
    Place("sliders of limits", NELE, "policy:workbench", ("school",)),
    Place("save a change", NELE, "policy:save", ("right",)),
    Place("authorisations", JOKE, "privacy:authorisations"),
    Place("authorisation", JOKE, "privacy:authorisation", ("ground",)),
    Place("assessment", JOKE, "privacy:assessment"),
    Place("what is kept", JOKE, "privacy:keeping"),
    Place("register", None, "privacy:register"),
    Place("activity", None, "privacy:activity", ("activity",)),
)
