"""Registrations with MAGDA: for whom we tell that we hold a file, as long as we do, and no longer.

Who is awarded a right that comes from the sources has a lasting interest: their answers may change,
and MAGDA lets only those be asked (and tells changes only of those) who are registered. Who left,
died, or whose awards ended is taken back.

    domain.plan()                      # what is to be registered, and what to be taken back
    work.work(seconds=60)              # does it, one person at a time; killed anywhere, it goes on
"""
