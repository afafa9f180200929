"""Arithmetic on numbers, strings, dates, times and durations (DMN 1.5, tables 55 to 58).

What the standard does not define is null; with an unknown operand the result is unknown, and
keeps its bounds as far as they follow.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from vanzelf.feel.ast import BinaryOperator as Op
from vanzelf.feel.limits import CHARACTERS, charge
from vanzelf.feel.messages import report
from vanzelf.feel.values import moving, wide
from vanzelf.feel.values.comparison import bounds, unknown_of
from vanzelf.feel.values.durations import YearsMonths, years_months
from vanzelf.feel.values.kinds import adopt, kind
from vanzelf.feel.values.numbers import ARITHMETIC_ERRORS, CONTEXT
from vanzelf.feel.values.unknown import Unknown
from vanzelf.feel.values.wide import Duration

MAX_STRING: Final = 1_000_000
"""Characters; a longer string is null, so that no expression fills the memory."""


def operate(operator: Op, left: object, right: object) -> object:
    """The result of an arithmetic operator on two FEEL values."""
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return _unknown(operator, left, right)
    kinds = kind(left), kind(right)
    if "other" in kinds:
        return operate(operator, adopt(left), adopt(right))
    operation = OPERATIONS.get((operator, *kinds))
    if operation is None:
        return report(f"no {kinds[0]} {operator} {kinds[1]}")
    try:
        return operation(left, right)
    except (*ARITHMETIC_ERRORS, OverflowError):
        if operator is Op.DIVIDE and right == 0:
            return report("division by zero")
        return report(f"{operator} gives no value here: too large, or undefined")


def _unknown(operator: Op, left: object, right: object) -> Unknown:
    unknown = unknown_of(left, right)
    low_left, high_left = bounds(left)
    low_right, high_right = bounds(right)
    if operator is Op.SUBTRACT:
        low_right, high_right = _opposite(high_right), _opposite(low_right)
    elif operator is not Op.ADD:
        return unknown
    low, high = _sum(low_left, low_right), _sum(high_left, high_right)
    return Unknown(unknown.causes, low, high)


def _sum(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    try:
        return None if left is None or right is None else CONTEXT.add(left, right)
    except ARITHMETIC_ERRORS:
        return None


def _opposite(value: Decimal | None) -> Decimal | None:
    return None if value is None else CONTEXT.minus(value)


def negate(value: object) -> object:
    """Unary minus: of numbers and durations."""
    if isinstance(value, Unknown):
        return Unknown(value.causes, _opposite(value.high), _opposite(value.low))
    value = adopt(value)
    if isinstance(value, Decimal):
        return CONTEXT.minus(value)
    if isinstance(value, YearsMonths):
        return YearsMonths(-value.months)
    if isinstance(value, wide.DURATION):
        return moving.negated(value)
    return report(f"no minus {kind(value)}")


# --- operations by kind -----------------------------------------------------------------------


def _concatenate(left: str, right: str) -> str | None:
    length = len(left) + len(right)
    if length > MAX_STRING:
        return report(f"a string longer than {MAX_STRING} characters")
    if length > CHARACTERS:
        charge(length // CHARACTERS)
    return left + right


def _power(left: Decimal, right: Decimal) -> Decimal | None:
    if not left and right <= 0:
        return Decimal(1) if not right else report("zero to a negative power")
    return CONTEXT.power(left, right)


def _months(count: int) -> YearsMonths:
    found = years_months(count)
    if found is None:
        raise OverflowError(count)
    return found


def _whole(number: Decimal) -> int:
    """A number without its fraction. Raises OverflowError when it has absurdly many digits."""
    if number.adjusted() > 40:
        raise OverflowError(number)
    return int(number)


def _scale_days(length: Duration, factor: Decimal) -> Duration:
    return wide.duration_of(_whole(CONTEXT.multiply(Decimal(wide.nanoseconds(length)), factor)))


def _scale_months(length: YearsMonths, factor: Decimal) -> YearsMonths:
    return _months(_whole(CONTEXT.multiply(Decimal(length.months), factor)))


def _divide_days(length: Duration, by: Decimal) -> Duration:
    return wide.duration_of(_whole(CONTEXT.divide(Decimal(wide.nanoseconds(length)), by)))


def _divide_months(length: YearsMonths, by: Decimal) -> YearsMonths:
    return _months(_whole(CONTEXT.divide(Decimal(length.months), by)))


def _days_ratio(left: Duration, right: Duration) -> Decimal:
    return CONTEXT.divide(Decimal(wide.nanoseconds(left)), Decimal(wide.nanoseconds(right)))


def _months_ratio(left: YearsMonths, right: YearsMonths) -> Decimal:
    return CONTEXT.divide(Decimal(left.months), Decimal(right.months))


Operation = Callable[[Any, Any], object]
_N, _S, _D, _T, _DT = "number", "string", "date", "time", "date and time"
_YM, _DTD = "years and months duration", "days and time duration"

OPERATIONS: Final[dict[tuple[Op, str, str], Operation]] = {
    (Op.ADD, _N, _N): CONTEXT.add,
    (Op.SUBTRACT, _N, _N): CONTEXT.subtract,
    (Op.MULTIPLY, _N, _N): CONTEXT.multiply,
    (Op.DIVIDE, _N, _N): CONTEXT.divide,
    (Op.POWER, _N, _N): _power,
    (Op.ADD, _S, _S): _concatenate,
    (Op.ADD, _D, _YM): lambda day, length: moving.add_months(day, length.months),
    (Op.ADD, _YM, _D): lambda length, day: moving.add_months(day, length.months),
    (Op.SUBTRACT, _D, _YM): lambda day, length: moving.add_months(day, -length.months),
    (Op.ADD, _DT, _YM): lambda moment, length: moving.add_months(moment, length.months),
    (Op.ADD, _YM, _DT): lambda length, moment: moving.add_months(moment, length.months),
    (Op.SUBTRACT, _DT, _YM): lambda moment, length: moving.add_months(moment, -length.months),
    (Op.ADD, _D, _DTD): moving.add_days,
    (Op.ADD, _DTD, _D): lambda length, day: moving.add_days(day, length),
    (Op.SUBTRACT, _D, _DTD): lambda day, length: moving.add_days(day, moving.negated(length)),
    (Op.ADD, _DT, _DTD): moving.shift,
    (Op.ADD, _DTD, _DT): lambda length, moment: moving.shift(moment, length),
    (Op.SUBTRACT, _DT, _DTD): lambda moment, length: moving.shift(moment, moving.negated(length)),
    (Op.ADD, _T, _DTD): moving.shift_time,
    (Op.ADD, _DTD, _T): lambda length, start: moving.shift_time(start, length),
    (Op.SUBTRACT, _T, _DTD): lambda start, length: moving.shift_time(start, moving.negated(length)),
    (Op.SUBTRACT, _D, _D): moving.between_dates,
    (Op.SUBTRACT, _DT, _DT): moving.between_date_times,
    (Op.SUBTRACT, _D, _DT): moving.between_date_times,
    (Op.SUBTRACT, _DT, _D): moving.between_date_times,
    (Op.SUBTRACT, _T, _T): moving.between_times,
    (Op.ADD, _DTD, _DTD): moving.sum_of,
    (Op.SUBTRACT, _DTD, _DTD): moving.difference_of,
    (Op.ADD, _YM, _YM): lambda left, right: _months(left.months + right.months),
    (Op.SUBTRACT, _YM, _YM): lambda left, right: _months(left.months - right.months),
    (Op.MULTIPLY, _DTD, _N): _scale_days,
    (Op.MULTIPLY, _N, _DTD): lambda factor, length: _scale_days(length, factor),
    (Op.MULTIPLY, _YM, _N): _scale_months,
    (Op.MULTIPLY, _N, _YM): lambda factor, length: _scale_months(length, factor),
    (Op.DIVIDE, _DTD, _N): _divide_days,
    (Op.DIVIDE, _YM, _N): _divide_months,
    (Op.DIVIDE, _DTD, _DTD): _days_ratio,
    (Op.DIVIDE, _YM, _YM): _months_ratio,
}
