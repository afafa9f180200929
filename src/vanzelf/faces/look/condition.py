"""What was found about the installation, in words: a sentence, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from vanzelf.city.operations.finding import Area, Finding, Level, Value
from vanzelf.faces.look import condition_scanner, sources
from vanzelf.faces.look.wording import day, moment, number

AREAS = {
    Area.SOURCES: gettext_noop("Sources"),
    Area.GROUNDS: gettext_noop("Authorisations"),
    Area.LISTS: gettext_noop("Own lists"),
    Area.WORK: gettext_noop("What waits"),
    Area.MACHINE: gettext_noop("Database, keys and disk"),
}
LEVELS = {
    Level.WELL: ("yes", gettext_noop("In order")),
    Level.SOON: ("ask", gettext_noop("To do")),
    Level.BROKEN: ("stop", gettext_noop("Broken")),
}
MEANWHILE = gettext_noop(
    "Meanwhile nobody loses anything: what it would say is not known, and never a no. Look at the "
    "network and at the source's own status page."
)
CERTIFICATE = gettext_noop(
    "Ask for a new certificate and put it in the place that the settings name."
)
OWN_ENDS = gettext_noop(
    "Our certificate for questions to %(service)s ends in %(days)s days, on %(ends)s."
)
CLIENT_ENDS = gettext_noop(
    "Our certificate for the line to %(service)s ends in %(days)s days, on %(ends)s."
)
LATER = gettext_noop(
    "Ask for a new one now: it takes weeks, and both ends have to put it in place."
)
WORKER = gettext_noop("Start it: vanzelf serve does, or vanzelf worker (with --checks).")
CALL = gettext_noop("The log of this moment says why.")

SAID: dict[tuple[Area, str], tuple[str, str]] = condition_scanner.SAID | {
    (Area.SOURCES, "answers"): (
        gettext_noop("%(service)s answers, in %(milliseconds)s ms (%(at)s)."),
        "",
    ),
    (Area.SOURCES, "not-set-up"): (
        gettext_noop("The sources cannot be asked: %(why)s"),
        gettext_noop("Correct the settings (VANZELF_MAGDA_…) and start again."),
    ),
    (Area.SOURCES, "never-probed"): (
        gettext_noop("Nobody looked yet whether the sources answer."),
        gettext_noop("A worker of the checks does so every five minutes: is it there?"),
    ),
    (Area.SOURCES, "probe-old"): (
        gettext_noop("Whether %(service)s answers was last looked at on %(at)s."),
        gettext_noop("A worker of the checks does so every five minutes: is it there?"),
    ),
    (Area.SOURCES, "silent-refused"): (
        gettext_noop("%(service)s does not answer since %(since)s: the connection is refused."),
        MEANWHILE,
    ),
    (Area.SOURCES, "silent-slow"): (
        gettext_noop("%(service)s does not answer in time since %(since)s."),
        MEANWHILE,
    ),
    (Area.SOURCES, "silent-gateway"): (
        gettext_noop("%(service)s does not answer since %(since)s; the gateway before it does."),
        MEANWHILE,
    ),
    (Area.SOURCES, "silent-untrusted"): (
        gettext_noop("The line to %(service)s is not trusted since %(since)s."),
        gettext_noop(
            "One of the certificates, ours or theirs, is not accepted: has one ended, or does the "
            "authority in the settings not belong to it?"
        ),
    ),
    (Area.SOURCES, "silent-no-address"): (
        gettext_noop("%(service)s has no usable address or certificate in the settings."),
        gettext_noop("Correct the settings (VANZELF_MAGDA_…) and start again."),
    ),
    (Area.SOURCES, "certificate-ends"): (
        gettext_noop("The certificate of %(service)s ends in %(days)s days, on %(ends)s."),
        gettext_noop("It is theirs: ask whether a new one follows, when it is less than a week."),
    ),
    (Area.SOURCES, "certificate-ended"): (
        gettext_noop("The certificate of %(service)s ended on %(ends)s."),
        gettext_noop("It is theirs: tell them. Do not switch off the check."),
    ),
    (Area.SOURCES, "silent-login"): (
        gettext_noop("%(service)s does not let us in since %(since)s."),
        gettext_noop("Is the user or the password (VANZELF_BULK_PASSWORD) another one now?"),
    ),
    (Area.SOURCES, "silent-folder"): (
        gettext_noop("A folder of %(service)s cannot be looked into since %(since)s."),
        gettext_noop("Are its names in the settings right? Ask whether they are ours to use."),
    ),
    (Area.SOURCES, "mailbox"): (
        gettext_noop(
            "%(service)s answers, in %(milliseconds)s ms (%(at)s). Files that wait for us: "
            "%(arrived)s; of ours, not yet taken: %(untaken)s."
        ),
        "",
    ),
    (Area.SOURCES, "signing-ends"): (OWN_ENDS, CERTIFICATE),
    (Area.SOURCES, "signing-ends-later"): (OWN_ENDS, LATER),
    (Area.SOURCES, "client-ends"): (CLIENT_ENDS, CERTIFICATE),
    (Area.SOURCES, "client-ends-later"): (CLIENT_ENDS, LATER),
    (Area.SOURCES, "client-ended"): (
        gettext_noop("Our certificate for the line to %(service)s ended on %(ends)s."),
        CERTIFICATE,
    ),
    (Area.SOURCES, "signing-ended"): (
        gettext_noop("Our certificate for questions to %(service)s ended on %(ends)s."),
        CERTIFICATE,
    ),
    (Area.SOURCES, "breaker-open"): (
        gettext_noop(
            "%(service)s is left alone until %(until)s: %(failures)s questions in a row failed."
        ),
        MEANWHILE,
    ),
    (Area.SOURCES, "breaker-half-open"): (
        gettext_noop(
            "%(service)s is tried again with the next question; %(failures)s in a row failed."
        ),
        "",
    ),
    (Area.SOURCES, "budget-full"): (
        gettext_noop(
            "%(service)s was asked %(calls)s times in the last minute; %(limit)s are allowed."
        ),
        gettext_noop("Is it always so? Ask them for more, or spread the work."),
    ),
    (Area.GROUNDS, "valid"): (gettext_noop("Authorisations that hold today: %(count)s."), ""),
    (Area.GROUNDS, "none"): (
        gettext_noop("No authorisation holds today: nothing may be asked."),
        gettext_noop("Take in the authorisations of the city: vanzelf authorisations."),
    ),
    (Area.GROUNDS, "unreadable"): (
        gettext_noop("The authorisations cannot be read, so nothing is asked: %(why)s"),
        gettext_noop("Correct them; vanzelf authorisations check says where."),
    ),
    (Area.GROUNDS, "ends"): (
        gettext_noop("%(reference)s ends in %(days)s days, on %(ends)s."),
        gettext_noop("Ask for a new one now: that takes months. The officer's page says what for."),
    ),
    (Area.GROUNDS, "ended"): (
        gettext_noop("%(reference)s ended on %(ends)s: nothing is asked on it any more."),
        gettext_noop("Is there a new one? Take it in. Else take it off the list."),
    ),
    (Area.LISTS, "known"): (
        gettext_noop("Lists of the city itself that are known: %(count)s."),
        "",
    ),
    (Area.LISTS, "absent"): (
        gettext_noop("The list %(list)s was never delivered: what it says is not known."),
        gettext_noop("Ask who keeps it for a delivery."),
    ),
    (Area.LISTS, "stale"): (
        gettext_noop("The list %(list)s is past its date: what it says is not known any more."),
        gettext_noop("Ask who keeps it for a new delivery."),
    ),
    (Area.LISTS, "ends"): (
        gettext_noop("The list %(list)s holds for %(days)s more days."),
        gettext_noop("Ask who keeps it for a new delivery."),
    ),
    (Area.WORK, "worker"): (gettext_noop("The worker “%(lane)s” is there."), ""),
    (Area.WORK, "no-worker"): (
        gettext_noop("The worker “%(lane)s” is not there (last seen: %(at)s)."),
        WORKER,
    ),
    (Area.WORK, "queue"): (
        gettext_noop(
            "Jobs that wait in the queue “%(queue)s”: %(count)s, the first since %(since)s."
        ),
        "",
    ),
    (Area.WORK, "queue-late"): (
        gettext_noop(
            "Jobs that wait in the queue “%(queue)s”: %(count)s, the first since %(since)s."
        ),
        gettext_noop("That is long. Is its worker there, and what is it busy with?"),
    ),
    (Area.WORK, "failed"): (
        gettext_noop("Jobs that failed in the last 24 hours: %(count)s."),
        CALL,
    ),
    (Area.WORK, "checks"): (
        gettext_noop(
            "Checks of the counter that are being asked: %(count)s, the first since %(since)s."
        ),
        "",
    ),
    (Area.WORK, "run"): (gettext_noop("Run %(run)s is at work: %(right)s, %(on)s."), ""),
    (Area.WORK, "run-stopped"): (
        gettext_noop("Run %(run)s (%(right)s, %(on)s) stopped with a problem."),
        gettext_noop("Its page says which; a worker that starts takes it up again."),
    ),
    (Area.WORK, "approval"): (gettext_noop("Runs that wait for approval: %(count)s."), ""),
    (Area.WORK, "questions"): (gettext_noop("Questions of rechecks that wait: %(count)s."), ""),
    (Area.WORK, "files"): (
        gettext_noop(
            "By file, since %(since)s: %(unsent)s to send, %(unanswered)s to be answered, "
            "%(untaken)s to take in, %(rechecks)s to recheck, %(feedback)s words to send back."
        ),
        "",
    ),
    (Area.WORK, "files-refused"): (
        gettext_noop("Files that came in and could not be read: %(count)s."),
        gettext_noop("vanzelf bulk says what is wrong with them. What they hold is not known."),
    ),
    (Area.WORK, "registrations"): (
        gettext_noop("Registrations at the sources that are to be made or taken back: %(count)s."),
        "",
    ),
    (Area.WORK, "registrations-fail"): (
        gettext_noop("Registrations that a source did not take: %(count)s (%(why)s)."),
        gettext_noop("They are tried again. Does it stay so? Ask the source about these codes."),
    ),
    (Area.MACHINE, "database"): (
        gettext_noop("PostgreSQL %(version)s; %(gigabytes)s GB in use."),
        "",
    ),
    (Area.MACHINE, "migrations"): (
        gettext_noop("The database is not at this version yet; steps that it misses: %(count)s."),
        gettext_noop("vanzelf serve takes them at its start."),
    ),
    (Area.MACHINE, "keys"): (
        gettext_noop("The keys are there, and nobody else can read them."),
        "",
    ),
    (Area.MACHINE, "no-keys"): (gettext_noop("The keys cannot be read: %(why)s"), ""),
    (Area.MACHINE, "keys-open"): (
        gettext_noop("Others on this machine can read the keys in %(file)s."),
        gettext_noop("Take that away (chmod 600), and think of who may have read them."),
    ),
    (Area.MACHINE, "keys-missing"): (
        gettext_noop("Keys that values are sealed with and that are not there: %(count)s."),
        gettext_noop("Put back the copy of the keys. Without it those values are lost."),
    ),
    (Area.MACHINE, "terms"): (
        gettext_noop("What is past its term was taken away on %(at)s."),
        "",
    ),
    (Area.MACHINE, "terms-never"): (
        gettext_noop("Nobody looked yet at what is past its term."),
        gettext_noop("The worker does so at night; now: vanzelf retention --apply."),
    ),
    (Area.MACHINE, "terms-late"): (
        gettext_noop("What is past its term was last taken away on %(at)s; left: %(count)s."),
        gettext_noop("Is the worker there? vanzelf retention says what is left and why."),
    ),
    (Area.MACHINE, "disk"): (gettext_noop("%(gigabytes)s GB of the disk are free."), ""),
    (Area.MACHINE, "disk-full"): (
        gettext_noop("Only %(gigabytes)s GB of the disk are free."),
        gettext_noop("Make room: a run over a whole city takes some gigabytes."),
    ),
    (Area.MACHINE, "register"): (
        gettext_noop("The register of %(at)s: %(persons)s persons."),
        "",
    ),
    (Area.MACHINE, "register-old"): (
        gettext_noop("The register is of %(at)s."),
        gettext_noop("Take in a newer delivery."),
    ),
    (Area.MACHINE, "no-register"): (
        gettext_noop("No register was taken in yet."),
        gettext_noop("Take in a delivery; vanzelf demo invents one."),
    ),
}
ANY: dict[str, tuple[str, str]] = {
    "no-database": (
        gettext_noop("The database does not answer, so this cannot be told."),
        gettext_noop("Is it running, and is DATABASE_URL right?"),
    ),
    "cannot-tell": (gettext_noop("This could not be looked at (%(why)s)."), CALL),
}


@dataclass(frozen=True)
class Told:
    """A finding in words."""

    level: Level
    kind: str  # of the tag
    state: str
    text: str
    todo: str


def told(finding: Finding) -> Told:
    """The words for a finding, in the language of this moment."""
    text, todo = ANY.get(finding.code) or SAID[finding.area, finding.code]
    values = {name: _spelled(name, value) for name, value in finding.values.items()}
    kind, state = LEVELS[finding.level]
    return Told(finding.level, kind, _(state), _(text) % values, _(todo) if todo else "")


def _spelled(name: str, value: Value) -> str:
    if name == "service":
        known = sources.NAMES.get(f"magda/{value}")
        return f"{_(known)} ({value})" if known else str(value)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, float):
        return number(Decimal(value), 1)
    if isinstance(value, int):
        return number(value)
    return "—" if value is None else value
