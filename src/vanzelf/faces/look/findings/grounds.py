"""What is found about authorisations, in words."""

from django.utils.translation import gettext_noop

SAID = {
    "valid": (gettext_noop("Authorisations that hold today: %(count)s."), ""),
    "none": (
        gettext_noop("No authorisation holds today: nothing may be asked."),
        gettext_noop("Take in the authorisations of the city: vanzelf authorisations."),
    ),
    "unreadable": (
        gettext_noop("The authorisations cannot be read, so nothing is asked: %(why)s"),
        gettext_noop("Correct them; vanzelf authorisations check says where."),
    ),
    "ends": (
        gettext_noop("%(reference)s ends in %(days)s days, on %(ends)s."),
        gettext_noop("Ask for a new one now: that takes months. The officer's page says what for."),
    ),
    "ended": (
        gettext_noop("%(reference)s ended on %(ends)s: nothing is asked on it any more."),
        gettext_noop("Is there a new one? Take it in. Else take it off the list."),
    ),
}
