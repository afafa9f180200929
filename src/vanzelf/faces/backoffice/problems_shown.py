"""What is wrong with a row of a list, in the words of who has to correct it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from vanzelf.sources.lists import Problem

WORDS = {
    "empty-file": gettext_noop("The file is empty. Even a list of nobody has a header."),
    "nul-byte": gettext_noop("This is not a text file, or it is damaged. Save the list again."),
    "encoding": gettext_noop("Save the file as %(encoding)s: some letters cannot be read."),
    "stray-quote": gettext_noop("There is a quotation mark too many, or one is missing."),
    "no-header": gettext_noop("There is no header in row %(line)s."),
    "missing-column": gettext_noop("This column is missing. Add it, spelled the same."),
    "extra-column": gettext_noop("This column does not belong here: leave it out. There is room "
                                 "for: %(columns)s."),
    "double-column": gettext_noop("This column is there more than once: keep one."),
    "fields": gettext_noop("This row has %(found)s cells, and the header %(expected)s."),
    "required": gettext_noop("This cell is empty. Fill it in."),
    "code": gettext_noop('"%(value)s" is not one of these: %(codes)s.'),
    "pattern": gettext_noop('"%(value)s" does not have the right form.'),
    "date": gettext_noop('"%(value)s" is not a day. Write it as %(example)s.'),
    "cell": gettext_noop("The formula in this cell gives an error. Fill in the value itself."),
    "order": gettext_noop("The first day is after the last. Look which one is wrong."),
    "repeated": gettext_noop("This says the same as row %(line)s, or overlaps with it: keep one."),
    "characters": gettext_noop("A national number has only digits: leave out the rest."),
    "length": gettext_noop("A national number has 11 digits; this one has %(digits)s."),
    "insz-date": gettext_noop("The third and fourth digit of this number cannot be right."),
    "test-number": gettext_noop("This is the number of an invented person."),
    "check-digits": gettext_noop("This national number has a typing error."),
    "too-big": gettext_noop("The list is too big: more than %(most)s. Deliver it in parts."),
    "not-a-workbook": gettext_noop("This is not an Excel workbook. Save it as .xlsx, without a "
                                   "password."),
    "unpacks-too-big": gettext_noop("The workbook is too big to open safely. Remove what stands "
                                    "outside the table, or save it as a new file."),
    "no-sheet": gettext_noop('There is no sheet "%(sheet)s". There is: %(sheets)s.'),
    "more": gettext_noop("There is more. Only the first %(most)s mistakes are told."),
    "view": gettext_noop("The view could not be read (%(why)s). Ask who looks after it."),
}  # fmt: skip


def told(problem: Problem) -> str:
    """One problem, with what to do."""
    return _(WORDS[problem.code]) % dict(problem.given)
