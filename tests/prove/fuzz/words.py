"""What the fuzzer starts from: FEEL texts, decision models, and words to put in them."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Final

from tests.dmn.strategies import Models
from tests.feel.strategies import BUILT_INS, SCOPE, Expressions
from tests.feel.trees import FUNCTIONS, Trees
from vanzelf import feel
from vanzelf.dmn import writing

GROW: Final = "{f: function(x, n) if n = 0 then x else f(%s, n - 1), big: f(%s, %s), r: %s}.r"
"""Doubles a value n times, and then does something with it."""

HOSTILE: Final = (
    "10**999999", "(1/3)**999999999", "1.0000000001**99999999999", "exp(100000000)",
    "1e999999999999999999999999", "string(10**6144)", "decimal(1/3, 6000)",
    "for i in 1..900000 return string(10**6144)", "for i in 1..900000 return decimal(1/3, 6000)",
    "for i in 1..200000 return modulo(10**5900, 7)", "modulo(10**6000, 7)",
    "for i in 1..10**12 return i", "some i in 1..10**12 satisfies i = -1", "count([1..10**12])",
    "for i in 1..1000, j in 1..1000, k in 1..1000 return 1", "for i in 0..100000 return partial",
    "for i in 1..900000 return [1, [2, 3], {a: i, b: [i, i]}]",
    'for i in @"0001-01-01"..@"9999-12-31" return i', 'date("999999999-12-31") + @"P999999999Y"',
    '@"P999999999999999999999Y"', '@"PT99999999999999999999999999S" * 10**6000',
    '@"-999999999-01-01" - @"999999999-12-31"',
    "sort(for i in 1..100000 return -i)", "sort(for i in 1..30000 return i, function(a, b) true)",
    'sort([3, 1, 2], function(a, b) "x")', "sort([[1], {a: 1}, null])",
    'matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "(a|aa)+$")',
    'for i in 1..100000 return matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "(a|aa)+$")',
    'matches("a", "a{1000000000}")', 'matches("a", "((a{1,1000}){1,1000}){1,1000}")',
    'replace("aaaa", "a", "$0$0$0$0$0")', 'split("a;b;;c", ";")',
    'for i in 1..1000 return matches("a", "\\\\p{L}\\\\P{Lu}[\\\\p{IsGreek}-[a]]" + string(i))',
    GROW % ("x + x", '"ab"', "18", 'for i in 1..900000 return big + "a"'),
    GROW % ("x + x", '"ab"', "40", "big"),
    GROW % ("x + x", '"ab"', "18", 'replace(big, "[ab]+", "$0$0$0$0$0$0$0$0$0$0$0$0")'),
    GROW % ("x + x", '"ab"', "18", 'for i in 1..10000 return string join(split(big, "a"), "c")'),
    GROW % ("x + x", '"ab"', "18", 'count(for i in 1..900000 return contains(big, "bb"))'),
    GROW % ("concatenate(x, x)", "[1]", "40", "big"),
    GROW % ("[x, x]", "[1]", "40", "big = f([1], 40)"),
    GROW % ("[x, x]", "[{a: 1}]", "40", "big.a"),
    GROW % ("[x, x]", "[1]", "40", "string(big)"),
    GROW % ("[x, x]", "[1]", "40", "flatten(big)"),
    GROW % ("[x, x]", "[1]", "40", "big instance of list<list<list<list<number>>>>"),
    GROW % ("{a: x, b: x}", "1", "40", "string(big)"),
    GROW % ("context put(x, string(n), x)", "{}", "100", "big = big"),
    "{f: function(n) f(n + 1), r: f(0)}.r", "{f: function(g) g(g), r: f(f)}.r",
    "{f: function(n) if n = 0 then 1 else f(n - 1) + f(n - 1), r: f(60)}.r",
    "{a: a}", "{a: b, b: a}", "{x: x, f: function() x, g: f()}.g",
    "{big: for i in 1..400000 return i, r: every i in 1..500000 satisfies big = big}.r",
    "{c: context(for i in 1..100000 return {key: string(i), value: i}),"
    ' r: for i in 1..500000 return context put(c, "a", i)}.r',
    "{l: for i in 1..300000 return function(x) i, r: l[1](3)}.r",
    "x[x[x[x[x[x[x[x[x[x[x[x[x[x[x[x[x[x[1]]]]]]]]]]]]]]]]]]",
    "((((((((((((((((((((((((((((((((1))))))))))))))))))))))))))))))))",
    "union(for i in 1..1000 return [i], for i in 1..1000 return [i])",
    "list replace(for i in 1..999 return i, function(a, b) count(for k in 1..999 return k) > 0, 3)",
    "range(string join(for i in 1..30000 return \"[\"))", "partial + partial", "item[item]",
    "if ? then ? else ?", "external", "function(x) external {java: {class: \"os\"}}",
)  # fmt: skip
"""Texts that try to take all time or memory."""

PLAIN: Final = (
    "if a > 1 then b c.d else null", "[1..5]", "x in (1, 2, [3..7), > 9)", "not(x)", "-",
    "some y in x satisfies y > 1", "for i in 1..3, j in [i, i] return i * j", "x[item > 1]",
    'date and time("2026-01-15T10:00:00@Europe/Brussels").time offset', "{a b: 1, c: a b + 1}",
    "function(a: number, b: list<string>) a + count(b)", "a between 1 and 2", '"\\u00e9\\n"',
    "x instance of context<a: number, b c: list<Any>>", "x[1].y z[a = 1]", "-x ** 2",
    '@"P1Y2M" + date(2026, 1, 31)', 'get value({a: 1}, "a")', 'number("1 000,5", " ", ",")',
    "substring(string: \"abc\", start position: 2)", "> 1, < -3", "not(1, [2..3])",
)  # fmt: skip

WORDS: Final = (
    " and ", " or ", " in ", " of ", "if ", " then ", " else ", "for ", " return ", "some ",
    "every ", " satisfies ", " between ", " instance of ", "function(", " external ", "true",
    "false", "null", "not(", "(", ")", "[", "]", "{", "}", ",", ".", "..", "+", "-", "*", "**",
    "/", "=", "!=", "<", "<=", ">", ">=", ":", "?", "->", "@", '"', "//", "/*", "*/", "list<",
    "context<", "range<", "partial", "item", "a", "b c", "x", "i", "0", "1", "-1", "0.5", "1e9",
    "1000000", "10**6144", '"a"', '"[a-z]+"', '"$1"', '@"2026-01-15"', '@"P1Y"', '@"PT1H"',
    '"2026-01-15T10:00:00Z"', "\u00e9", "\u2028", "\U0001f600", "\x00", "'", ";", "\\",
    *(f"{name}(" for name in sorted({name for name, _, _ in BUILT_INS} | FUNCTIONS.keys())),
    *SCOPE,
)  # fmt: skip

MARKUP: Final = (
    "<", ">", "/>", "</", "<!--", "-->", "<![CDATA[", "]]>", "<?xml version='1.0'?>", "&lt;",
    "&#0;", "&#x10FFFF;", "&x;", '<!DOCTYPE a [<!ENTITY x "xx">]>', "xmlns:a='b'",
    "<decision id='d' name='d'>", "<inputData id='i' name='i'/>", "<variable name='v'/>",
    "<requiredInput href='#i'/>", "<requiredDecision href='#d'/>", "<requiredKnowledge href='#k'/>",
    "<literalExpression><text>", "</text></literalExpression>", "<context>", "<contextEntry>",
    "<invocation>", "<binding>", "<list>", "<relation>", "<column/>", "<row>", "<decisionTable",
    "<input>", "<inputExpression>", "<inputEntry>", "<output/>", "<outputEntry>", "<rule>",
    "<conditional>", "<filter>", "<for iteratorVariable='i'>", "<some iteratorVariable='i'>",
    "<functionDefinition kind='Java'>", "<encapsulatedLogic>", "<formalParameter name='p'/>",
    "<decisionService", "<outputDecision href='#d'/>", "<businessKnowledgeModel", "<itemDefinition",
    "<itemComponent", "<typeRef>", "<allowedValues>", "isCollection='true'", "hitPolicy='COLLECT'",
    "hitPolicy='PRIORITY'", "aggregation='SUM'", "<import", "locationURI='../../etc/passwd'",
    "locationURI='http://x/'", "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd", "typeRef='number'", "id='d'", "href='#'",
)  # fmt: skip


def texts(seed: int = 1) -> Iterator[str]:
    """FEEL texts: of our own making, and what random trees read as."""
    yield from PLAIN
    trees, sensible = Trees(Random(seed)), Expressions(Random(seed))
    for _ in range(200):
        yield feel.unparse(trees.tree())
        yield feel.unparse(sensible.expression(sensible.any_type(), 3))


def models(seed: int = 1, count: int = 40) -> Iterator[bytes]:
    """Decision models as XML."""
    for number in range(count):
        yield writing.write(Models(Random(seed + number)).definitions())
    for text in PLAIN:
        yield writing.write(Models(Random(seed)).one_decision(text))
