"""Reading files by commands: any size, and whatever the card answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.eid.virtual_card import IDENTITY as WHERE
from tests.sources.eid.virtual_card import VirtualCard
from vanzelf.sources.eid.card import IDENTITY, read_file
from vanzelf.sources.eid.errors import CardError, Trouble


@dataclass
class Straight:
    """A card without a reader between."""

    answer: Callable[[bytes], bytes]

    def transmit(self, command: Sequence[int]) -> tuple[list[int], int, int]:
        answer = self.answer(bytes(command))
        return list(answer[:-2]), answer[-2], answer[-1]


@given(st.binary(min_size=1, max_size=2000))
def test_read_file_of_any_size(content: bytes) -> None:
    assert read_file(Straight(VirtualCard({WHERE: content}).answer), IDENTITY) == content


@pytest.mark.parametrize(
    ("answers", "trouble"),
    [
        ([b"\x6a\x82"], Trouble.NOT_AN_EID),
        ([b"\x90\x00", b"\x69\x82"], Trouble.UNREADABLE),
        ([b"\x90\x00", b"\x6c\x03", b"\x6c\x03"], Trouble.UNREADABLE),
        ([b"\x90\x00"] + [b"x" * 0xF8 + b"\x90\x00"] * 40, Trouble.UNREADABLE),
    ],
    ids=["no such file", "not allowed", "never the right length", "without an end"],
)
def test_read_file_of_a_card_that_answers_oddly(answers: list[bytes], trouble: Trouble) -> None:
    given_in_turn = iter(answers)
    with pytest.raises(CardError) as error:
        read_file(Straight(lambda _command: next(given_in_turn)), IDENTITY)
    assert error.value.trouble is trouble
