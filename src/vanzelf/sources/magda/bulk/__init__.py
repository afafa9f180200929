"""MAGDA by file: a list of persons goes out, answers come back later, over FTPS.

    with Mailbox.open(settings) as box:
        box.upload(name, written(order))          # under a name that MAGDA does not take
        box.release(name)                         # and now it does
        for name in box.arrived("gssvl"):
            for said in read_answers(box.download(name), settings.limit): ...

What is known of these files: their names, the folders To_Vip and From_Vip, and the elements of
Criteria and Personen. There is no schema here: what had to be inferred is said where it is written.
Nothing here keeps what was asked or answered: that is for who calls.
"""

from vanzelf.sources.magda.bulk.lists import MAX_STATUTES, SERVICE, ListQuestion, written
from vanzelf.sources.magda.bulk.mailbox import Mailbox, MailboxError
from vanzelf.sources.magda.bulk.names import LIST, file_names, prefix_of
from vanzelf.sources.magda.bulk.reading import Problem, Said, read_answers
from vanzelf.sources.magda.bulk.settings import BulkSettings

__all__ = [
    "LIST",
    "MAX_STATUTES",
    "SERVICE",
    "BulkSettings",
    "ListQuestion",
    "Mailbox",
    "MailboxError",
    "Problem",
    "Said",
    "file_names",
    "prefix_of",
    "read_answers",
    "written",
]
