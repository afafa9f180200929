"""What is found about the workers and what waits, in words."""

from django.utils.translation import gettext_noop

WORKER = gettext_noop("Start it: vanzelf serve does, or vanzelf worker (with --checks).")
CALL = gettext_noop("The log of this moment says why.")

SAID = {
    "worker": (gettext_noop("The worker “%(lane)s” is there."), ""),
    "no-worker": (
        gettext_noop("The worker “%(lane)s” is not there (last seen: %(at)s)."),
        WORKER,
    ),
    "queue": (
        gettext_noop(
            "Jobs that wait in the queue “%(queue)s”: %(count)s, the first since %(since)s."
        ),
        "",
    ),
    "queue-late": (
        gettext_noop(
            "Jobs that wait in the queue “%(queue)s”: %(count)s, the first since %(since)s."
        ),
        gettext_noop("That is long. Is its worker there, and what is it busy with?"),
    ),
    "failed": (
        gettext_noop("Jobs that failed in the last 24 hours: %(count)s."),
        CALL,
    ),
    "checks": (
        gettext_noop(
            "Checks of the counter that are being asked: %(count)s, the first since %(since)s."
        ),
        "",
    ),
    "run": (gettext_noop("Run %(run)s is at work: %(right)s, %(on)s."), ""),
    "run-stopped": (
        gettext_noop("Run %(run)s (%(right)s, %(on)s) stopped with a problem."),
        gettext_noop("Its page says which; a worker that starts takes it up again."),
    ),
    "approval": (gettext_noop("Runs that wait for approval: %(count)s."), ""),
    "questions": (gettext_noop("Questions of rechecks that wait: %(count)s."), ""),
    "files": (
        gettext_noop(
            "By file, since %(since)s: %(unsent)s to send, %(unanswered)s to be answered, "
            "%(untaken)s to take in, %(rechecks)s to recheck, %(feedback)s words to send back."
        ),
        "",
    ),
    "files-refused": (
        gettext_noop("Files that came in and could not be read: %(count)s."),
        gettext_noop("vanzelf bulk says what is wrong with them. What they hold is not known."),
    ),
    "inquiry": (
        gettext_noop("Inquiry %(inquiry)s asks by file: %(rights)s, %(on)s."),
        "",
    ),
    "inquiry-stopped": (
        gettext_noop("Inquiry %(inquiry)s (%(rights)s, %(on)s) does not go on: %(why)s"),
        gettext_noop("It tries again every ten minutes. Take away what is in its way."),
    ),
    "inquiry-idle": (
        gettext_noop(
            "Nobody went on with inquiry %(inquiry)s (%(rights)s, %(on)s) since %(since)s."
        ),
        gettext_noop(
            "A worker does so every ten minutes. Start one, or go on yourself: vanzelf bulk go-on."
        ),
    ),
    "registrations": (
        gettext_noop("Registrations at the sources that are to be made or taken back: %(count)s."),
        "",
    ),
    "registrations-fail": (
        gettext_noop("Registrations that a source did not take: %(count)s (%(why)s)."),
        gettext_noop("They are tried again. Does it stay so? Ask the source about these codes."),
    ),
}
