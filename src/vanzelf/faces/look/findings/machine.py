"""What is found about the database, keys, disk, register and scanner, in words."""

from django.utils.translation import gettext_noop

SAID = {
    "database": (
        gettext_noop("PostgreSQL %(version)s; %(gigabytes)s GB in use."),
        "",
    ),
    "migrations": (
        gettext_noop("The database is not at this version yet; steps that it misses: %(count)s."),
        gettext_noop("vanzelf serve takes them at its start."),
    ),
    "keys": (
        gettext_noop("The keys are there, and nobody else can read them."),
        "",
    ),
    "no-keys": (gettext_noop("The keys cannot be read: %(why)s"), ""),
    "keys-open": (
        gettext_noop("Others on this machine can read the keys in %(file)s."),
        gettext_noop("Take that away (chmod 600), and think of who may have read them."),
    ),
    "keys-missing": (
        gettext_noop("Keys that values are sealed with and that are not there: %(count)s."),
        gettext_noop("Put back the copy of the keys. Without it those values are lost."),
    ),
    "terms": (
        gettext_noop("What is past its term was taken away on %(at)s."),
        "",
    ),
    "terms-never": (
        gettext_noop("Nobody looked yet at what is past its term."),
        gettext_noop("The worker does so at night; now: vanzelf retention --apply."),
    ),
    "terms-late": (
        gettext_noop("What is past its term was last taken away on %(at)s; left: %(count)s."),
        gettext_noop("Is the worker there? vanzelf retention says what is left and why."),
    ),
    "disk": (gettext_noop("%(gigabytes)s GB of the disk are free."), ""),
    "disk-full": (
        gettext_noop("Only %(gigabytes)s GB of the disk are free."),
        gettext_noop("Make room: a run over a whole city takes some gigabytes."),
    ),
    "register": (
        gettext_noop("The register of %(at)s: %(persons)s persons."),
        "",
    ),
    "register-old": (
        gettext_noop("The register is of %(at)s."),
        gettext_noop("Take in a newer delivery."),
    ),
    "no-register": (
        gettext_noop("No register was taken in yet."),
        gettext_noop("Take in a delivery; vanzelf demo invents one."),
    ),
    "scanner": (
        gettext_noop("What residents hand in is scanned for viruses (%(place)s)."),
        "",
    ),
    "no-scanner": (
        gettext_noop("What residents hand in is not scanned for viruses; files: %(count)s."),
        gettext_noop("Install ClamAV (clamav-daemon) and set VANZELF_SCANNER to where it listens."),
    ),
    "scanner-away": (
        gettext_noop("The virus scanner cannot be asked: %(why)s"),
        gettext_noop("Start clamd, or correct VANZELF_SCANNER. New files stay closed until then."),
    ),
    "scanner-old": (
        gettext_noop("The virus scanner works with signatures of %(at)s."),
        gettext_noop("Is freshclam running? It fetches new ones every day."),
    ),
    "evidence-waits": (
        gettext_noop("Files that nobody can open until they are scanned: %(count)s (%(since)s)."),
        gettext_noop("The worker of the checks scans them as soon as the scanner answers."),
    ),
    "evidence-unscanned": (
        gettext_noop("Files of before there was a scanner: %(count)s."),
        gettext_noop("The worker of the checks scans them within minutes."),
    ),
}
