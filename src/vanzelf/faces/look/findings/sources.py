"""What is found about the sources, the place for files and our own certificates, in words."""

from django.utils.translation import gettext_noop

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

SAID = {
    "answers": (
        gettext_noop("%(service)s answers, in %(milliseconds)s ms (%(at)s)."),
        "",
    ),
    "not-set-up": (
        gettext_noop("The sources cannot be asked: %(why)s"),
        gettext_noop("Correct the settings (VANZELF_MAGDA_…) and start again."),
    ),
    "never-probed": (
        gettext_noop("Nobody looked yet whether the sources answer."),
        gettext_noop("A worker of the checks does so every five minutes: is it there?"),
    ),
    "probe-old": (
        gettext_noop("Whether %(service)s answers was last looked at on %(at)s."),
        gettext_noop("A worker of the checks does so every five minutes: is it there?"),
    ),
    "silent-refused": (
        gettext_noop("%(service)s does not answer since %(since)s: the connection is refused."),
        MEANWHILE,
    ),
    "silent-slow": (
        gettext_noop("%(service)s does not answer in time since %(since)s."),
        MEANWHILE,
    ),
    "silent-gateway": (
        gettext_noop("%(service)s does not answer since %(since)s; the gateway before it does."),
        MEANWHILE,
    ),
    "silent-untrusted": (
        gettext_noop("The line to %(service)s is not trusted since %(since)s."),
        gettext_noop(
            "One of the certificates, ours or theirs, is not accepted: has one ended, or does the "
            "authority in the settings not belong to it?"
        ),
    ),
    "silent-no-address": (
        gettext_noop("%(service)s has no usable address or certificate in the settings."),
        gettext_noop("Correct the settings (VANZELF_MAGDA_…) and start again."),
    ),
    "certificate-ends": (
        gettext_noop("The certificate of %(service)s ends in %(days)s days, on %(ends)s."),
        gettext_noop("It is theirs: ask whether a new one follows, when it is less than a week."),
    ),
    "certificate-ended": (
        gettext_noop("The certificate of %(service)s ended on %(ends)s."),
        gettext_noop("It is theirs: tell them. Do not switch off the check."),
    ),
    "silent-login": (
        gettext_noop("%(service)s does not let us in since %(since)s."),
        gettext_noop("Is the user or the password (VANZELF_BULK_PASSWORD) another one now?"),
    ),
    "silent-folder": (
        gettext_noop("A folder of %(service)s cannot be looked into since %(since)s."),
        gettext_noop("Are its names in the settings right? Ask whether they are ours to use."),
    ),
    "mailbox": (
        gettext_noop(
            "%(service)s answers, in %(milliseconds)s ms (%(at)s). Files that wait for us: "
            "%(arrived)s; of ours, not yet taken: %(untaken)s."
        ),
        "",
    ),
    "signing-ends": (OWN_ENDS, CERTIFICATE),
    "signing-ends-later": (OWN_ENDS, LATER),
    "client-ends": (CLIENT_ENDS, CERTIFICATE),
    "client-ends-later": (CLIENT_ENDS, LATER),
    "client-ended": (
        gettext_noop("Our certificate for the line to %(service)s ended on %(ends)s."),
        CERTIFICATE,
    ),
    "signing-ended": (
        gettext_noop("Our certificate for questions to %(service)s ended on %(ends)s."),
        CERTIFICATE,
    ),
    "breaker-open": (
        gettext_noop(
            "%(service)s is left alone until %(until)s: %(failures)s questions in a row failed."
        ),
        MEANWHILE,
    ),
    "breaker-half-open": (
        gettext_noop(
            "%(service)s is tried again with the next question; %(failures)s in a row failed."
        ),
        "",
    ),
    "budget-full": (
        gettext_noop(
            "%(service)s was asked %(calls)s times in the last minute; %(limit)s are allowed."
        ),
        gettext_noop("Is it always so? Ask them for more, or spread the work."),
    ),
}
