"""What was found about scanning what residents hand in, in words: see condition.py."""

from django.utils.translation import gettext_noop

from vanzelf.city.operations.finding import Area

SAID: dict[tuple[Area, str], tuple[str, str]] = {
    (Area.MACHINE, "scanner"): (
        gettext_noop("What residents hand in is scanned for viruses (%(place)s)."),
        "",
    ),
    (Area.MACHINE, "no-scanner"): (
        gettext_noop("What residents hand in is not scanned for viruses; files: %(count)s."),
        gettext_noop("Install ClamAV (clamav-daemon) and set VANZELF_SCANNER to where it listens."),
    ),
    (Area.MACHINE, "scanner-away"): (
        gettext_noop("The virus scanner cannot be asked: %(why)s"),
        gettext_noop("Start clamd, or correct VANZELF_SCANNER. New files stay closed until then."),
    ),
    (Area.MACHINE, "scanner-old"): (
        gettext_noop("The virus scanner works with signatures of %(at)s."),
        gettext_noop("Is freshclam running? It fetches new ones every day."),
    ),
    (Area.MACHINE, "evidence-waits"): (
        gettext_noop("Files that nobody can open until they are scanned: %(count)s (%(since)s)."),
        gettext_noop("The worker of the checks scans them as soon as the scanner answers."),
    ),
    (Area.MACHINE, "evidence-unscanned"): (
        gettext_noop("Files of before there was a scanner: %(count)s."),
        gettext_noop("The worker of the checks scans them within minutes."),
    ),
}
