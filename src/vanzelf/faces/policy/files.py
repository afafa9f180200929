"""Files to keep: a spreadsheet or a document."""

from __future__ import annotations

from django.http import HttpResponse

WHAT_IF = "wat-als"


def csv_file(right: str, text: str, what: str = WHAT_IF) -> HttpResponse:
    """UTF-8 with a mark at its beginning: spreadsheets read letters with accents by it."""
    return _kept(
        ("\ufeff" + text).encode(), "text/csv; charset=utf-8", f"{what}-{_last(right)}.csv"
    )


def pdf_file(right: str, made: bytes, what: str = WHAT_IF) -> HttpResponse:
    return _kept(made, "application/pdf", f"{what}-{_last(right)}.pdf")


def _last(right: str) -> str:
    return right.rpartition("/")[2]


def _kept(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
