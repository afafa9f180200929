"""Files to keep: a spreadsheet or a document."""

from __future__ import annotations

from django.http import HttpResponse


def csv_file(right: str, text: str) -> HttpResponse:
    """UTF-8 with a mark at its beginning: spreadsheets read letters with accents by it."""
    return _kept(("\ufeff" + text).encode(), "text/csv; charset=utf-8", right, "csv")


def pdf_file(right: str, made: bytes) -> HttpResponse:
    return _kept(made, "application/pdf", right, "pdf")


def _kept(content: bytes, kind: str, right: str, ending: str) -> HttpResponse:
    name = f"wat-als-{right.rpartition('/')[2]}.{ending}"
    return HttpResponse(
        content,
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
