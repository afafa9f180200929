"""The Java methods that a model may call, as functions of FEEL values: there are no others.

A FEEL number becomes the number of the signature's type (an `int` must be whole and fit in 32
bits), a string of one character a `char`; what comes back is a FEEL value again.
"""

from __future__ import annotations

import math
import operator
import re
import struct
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any, Final

from vanzelf.feel.values import numbers
from vanzelf.feel.values.text import text

Function = Callable[..., Any]

_SIGNATURE: Final = re.compile(r"\s*(\w{1,100})\s*\(([^()]{0,1000})\)\s*")
_BITS: Final = {"byte": 8, "short": 16, "int": 32, "long": 64}
_BOXED: Final = {
    "java.lang.Byte": "byte", "java.lang.Short": "short", "java.lang.Integer": "int",
    "java.lang.Long": "long", "java.lang.Float": "float", "java.lang.Double": "double",
    "java.lang.Boolean": "boolean", "java.lang.Character": "char",
    "java.lang.String": "string", "java.lang.CharSequence": "string",
    "java.math.BigDecimal": "decimal", "java.lang.Number": "decimal",
    "java.lang.Object": "any", "[Ljava.lang.Object;": "any...",
    "java.lang.Object...": "any...", "java.lang.Object[]": "any...",
}  # fmt: skip


class Unfit(ValueError):
    """An argument that the method does not take."""


def equivalent(java_class: str, signature: str) -> Function | None:
    """A static method as a function of FEEL values that may raise Unfit or ArithmeticError.

    None if it is not on the list.
    """
    parsed = _SIGNATURE.fullmatch(signature)
    if parsed is None:
        return None
    listed = [part.strip() for part in parsed[2].split(",") if part.strip()]
    types = tuple(_BOXED.get(name, name) for name in listed)
    found = _METHODS.get((java_class.strip(), parsed[1]))
    python = found(types) if found else None
    return None if python is None else _on_feel_values(python, types)


def _on_feel_values(python: Function, types: Sequence[str]) -> Function:
    def call(*arguments: object) -> object:
        repeats = bool(types) and types[-1].endswith("...")
        fixed = len(types) - repeats
        if len(arguments) < fixed or (len(arguments) > fixed and not repeats):
            raise Unfit(f"it takes {fixed} arguments, not {len(arguments)}")
        asked = [*types[:fixed], *(["any"] * (len(arguments) - fixed))]
        taken = [_taken(value, kind) for value, kind in zip(arguments, asked, strict=True)]
        return _given(python(*taken), types)

    return call


def _taken(value: object, kind: str) -> object:
    """A FEEL value as a method takes it that asks this type."""
    if kind == "any":
        return value
    if kind in ("string", "char"):
        if isinstance(value, str) and (kind == "string" or len(value) == 1):
            return value
    elif kind == "boolean":
        if isinstance(value, bool):
            return value
    elif isinstance(value, Decimal):
        return _number(value, kind)
    raise Unfit(f"an argument is no {kind}")


def _number(value: Decimal, kind: str) -> object:
    if kind == "decimal":
        return value
    if kind == "double":
        return float(value)
    if kind == "float":
        return _single(float(value))
    bits = _BITS.get(kind)
    if bits is None:
        raise Unfit(f"{kind} is not a type that is known here")
    return _whole(value, bits)


def _whole(value: Decimal, bits: int) -> int:
    if value != value.to_integral_value() or not -(2 ** (bits - 1)) <= value < 2 ** (bits - 1):
        raise Unfit(f"{value} is no whole number of {bits} bits")
    return int(value)


def _single(value: float) -> float:
    """The nearest number in 32 bits."""
    try:
        found: float = struct.unpack("<f", struct.pack("<f", value))[0]
    except OverflowError:
        raise Unfit(f"{value} is no number of 32 bits") from None
    return found


def _given(value: object, types: Sequence[str]) -> object:
    """What a method gave, as a FEEL value; of a `float` the shortest decimals that mean it."""
    if isinstance(value, float) and types and set(types) == {"float"}:
        return Decimal(next(t for t in _lengthening(value) if _single(float(t)) == value))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return numbers.from_python(value)
    return value


def _lengthening(value: float) -> list[str]:
    return [f"{value:.{digits}g}" for digits in range(6, 10)]


# --- formatting -------------------------------------------------------------------------------

_WIDEST: Final = 1000
_ROOMY: Final = Context(prec=8000)
_DIRECTIVE: Final = re.compile(r"%(\d{1,3}\$)?([-+ 0,]*)(\d{1,4})?(?:\.(\d{1,3}))?([A-Za-z%])")


def _format(pattern: str, *arguments: object) -> str:
    """`String.format` with %s %d %f %x %b %c %n %%, flags, width and precision."""
    position = 0

    def directive(found: re.Match[str]) -> str:
        nonlocal position
        index, flags, width, precision, letter = found.groups()
        if letter in "n%":
            return "\n" if letter == "n" else "%"
        if index is None:
            index, position = position, position + 1
        else:
            index = int(index[:-1]) - 1
        if not 0 <= index < len(arguments) or int(width or 0) > _WIDEST:
            raise Unfit(f"the format {found[0]} has no argument, or is too wide")
        shown = _shown(arguments[index], letter, flags, precision)
        return shown.ljust(int(width or 0)) if "-" in flags else _right(shown, flags, width)

    return _DIRECTIVE.sub(directive, pattern)


def _right(shown: str, flags: str, width: str | None) -> str:
    return shown.zfill(int(width or 0)) if "0" in flags else shown.rjust(int(width or 0))


def _shown(value: object, letter: str, flags: str, precision: str | None) -> str:
    if letter in "sSbBcC":
        shown = text(value) or "null"
        shown = shown[: int(precision)] if precision else shown
        return shown.upper() if letter.isupper() else shown
    sign = "+" if "+" in flags else " " if " " in flags else ""
    comma = "," if "," in flags else ""
    if letter == "d" and isinstance(value, Decimal):
        return format(_whole(value, 64), f"{sign}{comma}d")
    if letter == "f" and isinstance(value, Decimal):
        step = Decimal(1).scaleb(-int(precision or 6))
        rounded = value.quantize(step, ROUND_HALF_UP, _ROOMY)
        return format(rounded, f"{sign}{comma}f")
    if letter in "xX" and isinstance(value, Decimal):
        return format(_whole(value, 64), letter)
    raise Unfit(f"%{letter} does not take this value")


# --- the list ---------------------------------------------------------------------------------


def _only(python: Function, *signatures: tuple[str, ...]) -> Callable[..., Function | None]:
    return lambda types: python if types in signatures else None


def _numeric(python: Function, count: int) -> Callable[..., Function | None]:
    """A method that exists for int, long, float and double alike."""
    return _only(python, *(((kind,) * count) for kind in ("int", "long", "float", "double")))


def _whole_only(python: Function) -> Callable[..., Function | None]:
    return _only(python, ("int", "int"), ("long", "long"))


def _rounded(value: float) -> int:
    return math.floor(value + 0.5)


def _parse(kind: str) -> Function:
    def parse(value: str) -> object:
        number = numbers.parse_number(value.strip())
        if number is None:
            raise Unfit(f"{value!r} is no number")
        return number if kind == "decimal" else _given(_number(number, kind), (kind,))

    return parse


def _same(value: object) -> object:
    return value


def _signum(value: float) -> float:
    return math.copysign(1.0, value) if value else 0.0


def _of_numbers() -> dict[tuple[str, str], Callable[..., Function | None]]:
    """The static methods that the classes of numbers have alike."""
    found: dict[tuple[str, str], Callable[..., Function | None]] = {}
    for name, kind in _BOXED.items():
        if kind not in (*_BITS, "float", "double"):
            continue
        parse = "parseInt" if kind == "int" else f"parse{kind.capitalize()}"
        both = kind, kind
        found |= {
            (name, "valueOf"): _value_of(kind),
            (name, parse): _only(_parse(kind), ("string",)),
            (name, "toString"): _only(lambda value: text(numbers.from_python(value)), (kind,)),
            (name, "max"): _only(max, both),
            (name, "min"): _only(min, both),
            (name, "sum"): _only(operator.add, both),
        }
    return found


def _value_of(kind: str) -> Callable[..., Function | None]:
    taken = {("string",): _parse(kind), (kind,): _same}
    return lambda types: taken.get(types)


_ONE_DOUBLE: Final[dict[str, Function]] = {
    "sqrt": math.sqrt, "cbrt": math.cbrt, "exp": math.exp, "expm1": math.expm1,
    "log": math.log, "log10": math.log10, "log1p": math.log1p, "sin": math.sin,
    "cos": math.cos, "tan": math.tan, "asin": math.asin, "acos": math.acos,
    "atan": math.atan, "sinh": math.sinh, "cosh": math.cosh, "tanh": math.tanh,
    "ceil": math.ceil, "floor": math.floor, "rint": round, "signum": _signum,
    "toRadians": math.radians, "toDegrees": math.degrees,
}  # fmt: skip
_TWO_DOUBLES: Final[dict[str, Function]] = {
    "pow": math.pow,
    "atan2": math.atan2,
    "hypot": math.hypot,
}

_METHODS: Final[dict[tuple[str, str], Callable[[tuple[str, ...]], Function | None]]] = {
    **{("java.lang.Math", name): _only(f, ("double",)) for name, f in _ONE_DOUBLE.items()},
    **{
        ("java.lang.Math", name): _only(f, ("double", "double"))
        for name, f in _TWO_DOUBLES.items()
    },
    ("java.lang.Math", "abs"): _numeric(abs, 1),
    ("java.lang.Math", "max"): _numeric(max, 2),
    ("java.lang.Math", "min"): _numeric(min, 2),
    ("java.lang.Math", "round"): _only(_rounded, ("double",), ("float",)),
    ("java.lang.Math", "floorDiv"): _whole_only(operator.floordiv),
    ("java.lang.Math", "floorMod"): _whole_only(operator.mod),
    ("java.lang.String", "format"): _only(_format, ("string", "any...")),
    ("java.lang.String", "valueOf"): lambda types: text if len(types) == 1 else None,
    ("java.math.BigDecimal", "valueOf"): _only(_same, ("double",), ("long",)),
    ("java.lang.Boolean", "valueOf"): _only(
        lambda value: value is True or str(value).lower() == "true", ("string",), ("boolean",)
    ),
    ("java.lang.Boolean", "parseBoolean"): _only(
        lambda value: value.lower() == "true", ("string",)
    ),
    **_of_numbers(),
}  # fmt: skip
