"""Hiding what variables are never turns one answer into another, only into none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from recorded import ask

from cloudlint.values import EvaluationError, Value, known, same, template, unknown
from cloudlint.values.convert import convert
from cloudlint.values.types import BOOL, NUMBER, STRING, Type, list_of, map_of

TEXTS = st.sampled_from(["", "a", "b", "ab", "a,b", "1", "true"])
VALUES: dict[str, tuple[st.SearchStrategy[object], Type]] = {
    "s": (TEXTS, STRING),
    "t": (TEXTS, STRING),
    "n": (st.integers(-2, 3), NUMBER),
    "m": (st.integers(-2, 3), NUMBER),
    "f": (st.booleans(), BOOL),
    "g": (st.booleans(), BOOL),
    "l": (st.lists(TEXTS, max_size=3), list_of(STRING)),
    "k": (st.lists(TEXTS, max_size=3), list_of(STRING)),
    "o": (st.dictionaries(st.sampled_from("ab"), TEXTS), map_of(STRING)),
    "p": (st.dictionaries(st.sampled_from("ab"), TEXTS), map_of(STRING)),
}

EXPRESSIONS = """
    n + m
    n - n == 0
    n * m < n
    -n >= m
    !f
    f && g
    f || g
    f && !f
    s == t
    n == m
    l == k
    [s, t] == ["a", t]
    {a = s} == {a = t}
    "${s}-a" == "${t}-b"
    "${s}a" == "${t}b"
    "${s}${t}" == s
    f ? s : t
    (f ? l : k)[0]
    f ? [s] : [s, t]
    f ? {a = s} : {b = t}
    (f ? {a = 1} : {}).a
    try((f ? {a = 1} : {}).a, 2)
    try(l[1], s)
    try(l[0], k[0], "none")
    try(o.a, p.a, s)
    can(o.a)
    can(l[n])
    can(tonumber(s))
    try(tonumber(s), n)
    [s, t, "a"][n]
    {a = s, b = t}[s]
    l[*]
    [for x in l : upper(x)]
    [for x in [s, t] : x if f]
    {for x in [s, t] : x => n...}
    [{v = s}, {v = t}][*].v[0]
    alltrue([f, g])
    anytrue([f, g])
    chunklist([s, t, "x"], 2)
    coalesce(s, t, "z")
    coalescelist(l, k, ["z"])
    compact([s, "x", t])
    length(compact([s, t]))
    concat(l, k)
    concat([s], l)[0]
    concat(l, [s])[1]
    contains(l, s)
    contains([s, "a"], t)
    contains(concat(l, [s]), "a")
    contains(toset([s, "a"]), "a")
    contains(distinct(concat(["b"], l)), t)
    distinct([s, t, "a"])
    length(distinct([s, "x"]))
    element(l, n)
    element([s, t], n)
    element(concat(["z"], l), 0)
    element(concat(["z"], l), 1)
    flatten([l, [s], [[t]]])
    flatten([[s], l])[0]
    index([s, "a"], "a")
    index(["a", s], t)
    keys(merge(o, {z = 1}))
    length(l)
    length([s, t])
    length(o)
    lookup(o, "a", s)
    lookup({a = s, b = t}, s, "z")
    lookup(merge(o, {a = s}), "a", "z")
    lookup(merge({a = s}, o), "a", "z")
    matchkeys([s, t], [t, s], ["a"])
    max(n, m, 1)
    min(n, m)
    merge(o, p)
    merge(o, {a = s}).a
    merge({a = s}, o).a
    merge({a = "z"}, o, p).a
    merge(o, {b = 1}).a
    one([s])
    one(l)
    range(n)
    reverse(l)
    reverse([s, t])[0]
    setintersection([s], [t, "a"])
    setsubtract([s, "a"], [t])
    setunion([s], [t, "a"])
    length(setunion([s], [t]))
    setproduct([s, t], [n])
    slice(l, 0, 1)
    slice([s, t, "a"], n, m)
    sort([s, t, "a"])
    sort([s, "a"])[0]
    sum([n, 1, m])
    tolist(toset([s, "a"]))[0]
    tolist(toset([s, t]))
    toset(l) == toset(k)
    toset([s, "a"]) == toset([t, "a"])
    tostring(n) == s
    tostring(n) == "1"
    tonumber(s) == n
    tobool(s)
    transpose({a = l})
    values(o)
    values({a = s, b = t})
    zipmap(l, k)
    zipmap(["a", "b"], [s, t]).b
    zipmap(l, l)
    join(",", [s, t])
    join(s, l)
    join(",", l) == join(",", k)
    join("", [s, "x"]) == "ax"
    split(",", s)
    split(",", "a,${n},b")
    split(",", "z,${s}")[0]
    split(",", join(",", [n, m]))
    jsonencode({a = s, b = [n]})
    jsondecode(jsonencode({a = s})).a
    upper(s)
    upper("x${s}")
    lower(f ? "A" : "B")
    startswith("a${s}", "a")
    startswith("${s}a", t)
    endswith("${s}ab", "b")
    strcontains("${s}x", "x")
    trimprefix("a${s}", "a")
    trimsuffix("${s}a", "a")
    replace("x${s}", "x", "y")
    format("%s-%d", s, n)
    formatlist("%s", [s, t])
    substr("abc", n, 1)
""".strip().splitlines()


@st.composite
def bindings(draw: st.DrawFn) -> tuple[dict[str, Value], dict[str, Value]]:
    """Values for all variables, and the same with some of them hidden or hidden in part."""
    full: dict[str, Value] = {}
    hidden: dict[str, Value] = {}
    for name, (strategy, type_) in VALUES.items():
        data = draw(strategy)
        full[name] = convert(known(data), type_)  # type: ignore[arg-type]
        hidden[name] = draw(st.sampled_from([full[name], *_hiding(name, data, type_)]))
    return full, hidden


def _hiding(name: str, data: object, type_: Type) -> list[Value]:
    whole = unknown(f"var.{name}", "is hidden")
    result = [convert(whole, type_)]
    if not isinstance(data, list | dict):
        result.append(whole)
    if isinstance(data, str) and data:
        head = convert(unknown(f"head of {name}", "is hidden"), STRING)
        result.append(template([head, data[1:]]))
    if isinstance(data, list) and data:
        first = convert(unknown(f"first of {name}", "is hidden"), STRING)
        result.append(convert(known([first, *data[1:]]), type_))
    return result


def outcome(expression: str, bound: dict[str, Value]) -> Value | None:
    try:
        return ask(expression, **bound)
    except EvaluationError:
        return None


@pytest.mark.parametrize("expression", [line.strip() for line in EXPRESSIONS])
@settings(max_examples=25, deadline=None)
@given(bindings())
def test_hiding_variables_never_reverses_an_answer(
    expression: str, bound: tuple[dict[str, Value], dict[str, Value]]
) -> None:
    full, hidden = bound
    truth, answer = outcome(expression, full), outcome(expression, hidden)
    if truth is None:
        return
    assert answer is not None, "an error where Terraform finds a value"
    assert same(answer, truth) is not False, f"{answer} is not {truth}"
    if answer.is_wholly_known():
        assert answer.key == truth.key
