"""Of a photo only the picture is kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.city.photos import SECRET, jpeg, png
from vanzelf.city.evidence.images import MOST_PIXELS, ImageError, bare
from vanzelf.city.evidence.kinds import EvidenceError, defused

TAIL = b"PK\x03\x04 <script>alert(1)</script>"


@pytest.mark.parametrize("made", [png, jpeg])
def test_bare_leaves_out_notes_and_what_comes_after(made: Callable[..., bytes]) -> None:
    kept = bare(made(note=SECRET, after=TAIL))
    assert (SECRET in kept, TAIL in kept, b"script" in kept) == (False, False, False)


def test_bare_png_without_notes_is_as_it_was() -> None:
    assert bare(png(note=SECRET, after=TAIL)) == png()


def test_bare_jpeg_keeps_tables_frame_and_scan_as_they_were() -> None:
    whole = jpeg()
    picture = whole[whole.index(b"\xff\xdb") :]
    kept = bare(jpeg(note=SECRET, after=TAIL))
    assert kept.endswith(picture)
    assert b"\x7f\x7f\x7f" not in kept  # the small picture in its head


@pytest.mark.parametrize("way_up", range(1, 9))
def test_bare_jpeg_keeps_the_way_up(way_up: int) -> None:
    kept = bare(jpeg(note=SECRET, way_up=way_up))
    assert b"\x01\x12\0\x03\0\0\0\x01" + bytes((0, way_up)) in kept
    assert SECRET not in kept


@pytest.mark.parametrize("way_up", [9, 65535])
def test_bare_jpeg_with_a_way_up_that_is_none(way_up: int) -> None:
    assert b"Exif" not in bare(jpeg(way_up=way_up))


@pytest.mark.parametrize(
    "content",
    [
        png(20_000, 20_000),
        png(0, 5),
        jpeg(60_000, 60_000),
        jpeg(0, 0),
        png()[:-5],
        jpeg()[:-2],
        png()[:8],
        b"\xff\xd8\xff",
        b"\xff\xd8\xff\xd9",
        b"\xff\xd8\xff\xe1\0\0",
        png().replace(b"IDAT", b"IDAX"),
    ],
)
def test_bare_of_what_is_no_picture_or_too_large(content: bytes) -> None:
    with pytest.raises(ImageError):
        bare(content)


def test_bare_takes_the_largest_photo() -> None:
    assert bare(jpeg(10_000, MOST_PIXELS // 10_000))


def test_defused_tells_what_to_do() -> None:
    with pytest.raises(EvidenceError, match="nieuwe foto"):
        defused(png()[:-5], "image/png")


@given(
    whole=st.sampled_from([png(note=SECRET), jpeg(note=SECRET, way_up=6)]),
    changes=st.dictionaries(st.integers(3, 300), st.integers(0, 255), max_size=4),
    end=st.integers(3, 400),
)
def test_bare_of_a_damaged_photo_is_bare_or_refused(
    whole: bytes, changes: dict[int, int], end: int
) -> None:
    """Nothing else is raised, and what was bared is bare."""
    content = bytearray(whole)
    for place, value in changes.items():
        content[place % len(content)] = value
    try:
        kept = bare(bytes(content[:end]))
    except ImageError:
        return
    assert bare(kept) == kept
