"""The control of the kill harness: awards in one commit, the mark that they are done in another."""

from __future__ import annotations

import sys

import django
from django.db import transaction


def main(run_id: int) -> None:
    """Awards a run as one should not."""
    django.setup()
    from vanzelf.city.runs import awarding, work
    from vanzelf.city.runs.models import Run, RunChunk
    from vanzelf.city.runs.writing import mark_done

    def award_piece(run: Run, piece: awarding.Piece) -> None:
        with transaction.atomic():
            awarding.write_awards(run, piece)
        with transaction.atomic():
            mark_done(run, RunChunk.Phase.AWARD, piece.number, piece.units)

    awarding.award_piece = award_piece
    work.award(run_id)


if __name__ == "__main__":
    main(int(sys.argv[1]))
