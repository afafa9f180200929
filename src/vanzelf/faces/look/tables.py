"""Protected numbers as CSV: every number in a row of its own, by the names that code uses."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from vanzelf.population.simulation import Effect, Reach, Report
from vanzelf.population.statistics import LEAST, TOTAL

HIDDEN = f"<{LEAST}"
HEAD = ("right", "on", "unit", "dimension", "category", "measure", "value")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
Row = tuple[str, str, str, str, str, str, int | float | str | None]


def effect_csv(effect: Effect) -> str:
    """What a change would do; costs in cents, `<10` for what is hidden."""
    about = effect.right, effect.on.isoformat(), effect.unit
    return written((*about, *row) for row in effect.rows())


def report_csv(report: Report) -> str:
    """The reach of every right and the overlap; costs in cents, `<10` for what is hidden."""
    return written(_rows(report))


def _rows(report: Report) -> Iterator[Row]:
    on = report.on.isoformat()
    for reach in report.rights:
        for row in _of_right(reach):
            yield (reach.right, on, reach.unit, *row)
    together, told = report.overlap, {reach.right for reach in report.rights}
    for right, cells in zip(together.rights, together.matrix, strict=True):
        for other, cell in zip(together.rights, cells, strict=True):
            if right in told:
                yield right, on, "gezin", "overlap", other, "both", cell
    for number, cell in enumerate(together.by_number):
        yield "", on, "gezin", "number of rights", str(number), "households", cell


def _of_right(reach: Reach) -> Iterator[tuple[str, str, str, int | float | str | None]]:
    for dimension, names in reach.categories.items():
        missed = reach.missed_by(dimension)
        for place, name in enumerate(names):
            for measure, column in reach.counts.items():
                yield dimension, name, measure, column.cells[dimension][place]
            low, high = missed[place] or (None, None)
            yield dimension, name, "missed at least", low
            yield dimension, name, "missed at most", high
    if reach.take_up:
        yield TOTAL, TOTAL, "assumed take-up from", reach.take_up.low
        yield TOTAL, TOTAL, "assumed take-up to", reach.take_up.high
    if reach.cost:
        now = reach.costs.now if reach.costs else (None, None)
        spent = (("now from", now[0]), ("now to", now[1]), ("sure", reach.cost.sure),
                 ("at most", reach.cost.at_most))  # fmt: skip
        for name, cents in spent:
            yield TOTAL, TOTAL, f"cost {name}", cents


def written(rows: Iterable[Row]) -> str:
    """The rows with their head. A text is never a formula to a spreadsheet."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(HEAD)
    for *texts, value in rows:
        shown = HIDDEN if value is None else value
        writer.writerow([*(_plain(str(text)) for text in texts), shown])
    return stream.getvalue()


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
