"""A stand-in for MAGDA: answers over real HTTP, from files or from the invented city.

    with Standin(files=AnswerFiles(folder), switches=Switches.parse(["busy:84640618997"])) as magda:
        Endpoints(default=magda.url)
        magda.received                      # every request, as it came

Loopback only. It can be busy, down, slow, cut short, or answer about the wrong person.
"""

from vanzelf.sources.magda.standin.city import City
from vanzelf.sources.magda.standin.files import AnswerFiles
from vanzelf.sources.magda.standin.secure import Secure
from vanzelf.sources.magda.standin.server import Standin
from vanzelf.sources.magda.standin.switches import Fault, SwitchError, Switches, SwitchFile

__all__ = [
    "AnswerFiles",
    "City",
    "Fault",
    "Secure",
    "Standin",
    "SwitchError",
    "SwitchFile",
    "Switches",
]
