"""Java methods that are computed here, and all others that are not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from vanzelf import feel
from vanzelf.dmn.equivalents import Unfit, equivalent

MATH, STRING = "java.lang.Math", "java.lang.String"
FORMAT = "format(java.lang.String, [Ljava.lang.Object;)"


@pytest.mark.parametrize(
    ("java_class", "signature", "arguments", "value"),
    [
        (MATH, "abs(int)", "[-3]", "3"),
        (MATH, "max(double,double)", "[123.45, 456.78]", "456.78"),
        (MATH, "min( long , long )", "[1, 2]", "1"),
        (MATH, "max(float, float)", "[123.46, 456.78]", "456.78"),
        (MATH, "pow(double, double)", "[2, 10]", "1024"),
        (MATH, "sqrt(double)", "[2]", "1.4142135623730951"),
        (MATH, "cos(double)", "[0]", "1"),
        (MATH, "round(double)", "[2.5]", "3"),
        (MATH, "round(double)", "[-2.5]", "-2"),
        (MATH, "floorMod(int, int)", "[-7, 3]", "2"),
        (MATH, "signum(double)", "[-5]", "-1"),
        (MATH, "hypot(double, double)", "[3, 4]", "5"),
        (STRING, "valueOf(char)", '["a"]', '"a"'),
        (STRING, "valueOf(int)", "[12]", '"12"'),
        (STRING, "valueOf(java.lang.Object)", "[true]", '"true"'),
        (STRING, FORMAT, '["foo %s", "bar"]', '"foo bar"'),
        (STRING, "format(java.lang.String, java.lang.Object...)", '["%2$s-%1$s", 1, 2]', '"2-1"'),
        (STRING, FORMAT, '["%05d|%-4s|%.2f%%", 42, "x", 1.005]', '"00042|x   |1.01%"'),
        (STRING, FORMAT, '["%,d %+d %x", 1234567, 5, 255]', '"1,234,567 +5 ff"'),
        (STRING, FORMAT, '["%f|%6.1f|%07.1f", 9, 2.25, -2.25]', '"9.000000|   2.3|-0002.3"'),
        ("java.lang.Integer", "valueOf(java.lang.String)", '["123"]', "123"),
        ("java.lang.Integer", "parseInt(java.lang.String)", '["-5"]', "-5"),
        ("java.lang.Integer", "max(int, int)", "[1, 2]", "2"),
        ("java.lang.Long", "sum(long, long)", "[1, 2]", "3"),
        ("java.lang.Float", "valueOf(java.lang.String)", '["1234.56"]', "1234.56"),
        ("java.lang.Double", "parseDouble(java.lang.String)", '["1234.56"]', "1234.56"),
        ("java.lang.Short", "valueOf(short)", "[123]", "123"),
        ("java.lang.Boolean", "parseBoolean(java.lang.String)", '["TRUE"]', "true"),
        ("java.math.BigDecimal", "valueOf(double)", "[1.5]", "1.5"),
    ],
)  # fmt: skip
def test_method_gives_what_java_gives(
    java_class: str, signature: str, arguments: str, value: str
) -> None:
    method = equivalent(java_class, signature)
    assert method is not None
    taken = feel.evaluate(arguments)
    assert isinstance(taken, list)
    assert method(*taken) == feel.evaluate(value)


@pytest.mark.parametrize(
    ("java_class", "signature"),
    [
        (MATH, "foo(double)"),
        (MATH, "max(java.lang.String, java.lang.String)"),
        (MATH, "max"),
        (MATH, "sqrt(double, double)"),
        ("java.lang.Foo", "valueOf(double)"),
        ("java.lang.Runtime", "getRuntime()"),
        ("java.lang.System", "exit(int)"),
        ("builtins", "eval(java.lang.String)"),
        ("", ""),
    ],
)
def test_method_that_is_not_listed_has_no_equivalent(java_class: str, signature: str) -> None:
    assert equivalent(java_class, signature) is None


@pytest.mark.parametrize(
    ("java_class", "signature", "arguments"),
    [
        (MATH, "abs(int)", [Decimal("1.5")]),
        (MATH, "abs(int)", [Decimal(2**31)]),
        (MATH, "abs(int)", ["1"]),
        (MATH, "abs(int)", [None]),
        (MATH, "abs(int)", []),
        (MATH, "abs(int)", [Decimal(1), Decimal(2)]),
        (MATH, "max(float, float)", [Decimal("1e300"), Decimal(1)]),
        (STRING, "valueOf(char)", ["abc"]),
        (STRING, FORMAT, ["%s"]),
        (STRING, FORMAT, ["%9999s", "x"]),
        (STRING, FORMAT, ["%d", "x"]),
        ("java.lang.Byte", "valueOf(byte)", [Decimal(128)]),
        ("java.lang.Integer", "valueOf(java.lang.String)", ["twee"]),
    ],
)
def test_argument_that_java_would_not_take_is_refused(
    java_class: str, signature: str, arguments: list[object]
) -> None:
    method = equivalent(java_class, signature)
    assert method is not None
    with pytest.raises(Unfit):
        method(*arguments)
