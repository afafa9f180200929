"""A file that someone hands in stays in memory: what it holds about people touches no disk."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers

from vanzelf.sources.lists.sheet import MOST_BYTES


class InMemory(FileUploadHandler):
    """Keeps one file of MOST_BYTES at most; a larger one is as if none was chosen."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.data = BytesIO()
        self.fits = True
        raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) > MOST_BYTES:
            self.fits, self.data = False, BytesIO()
        if self.fits:
            self.data.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile | None:
        if not self.fits:
            return None
        self.data.seek(0)
        return InMemoryUploadedFile(
            file=self.data,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
