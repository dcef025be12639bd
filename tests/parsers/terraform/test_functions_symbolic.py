"""Functions on what is not known: identities survive, and what is sure is answered."""

from __future__ import annotations

import pytest
from recorded import ask

from cloudlint.values import (
    EvaluationError,
    Known,
    Origin,
    Root,
    Symbolic,
    Template,
    Undecided,
    Value,
    known,
    unknown,
)
from cloudlint.values.convert import convert
from cloudlint.values.types import ANY, BOOL, NUMBER, STRING, Type, list_of, map_of

X = unknown("var.x", "has no value")
Y = unknown("var.y", "has no value")


def symbol(name: str, type_: Type) -> Value:
    return convert(unknown(name, "has no value"), type_)


def resource(address: str) -> Symbolic:
    kind = address.split(".")[0]
    root = Root(
        Origin(address, "is known after apply"),
        kind=kind,
        address=address,
        unique=frozenset({"id"}),
    )
    return Symbolic(root)


ZONES = Symbolic(
    Root(
        Origin("data.aws_availability_zones.all", "is read on apply"),
        kind="aws_availability_zones",
        address="data.aws_availability_zones.all",
        distinct=frozenset({"names"}),
    )
)
BOUND = {
    "x": X,
    "y": Y,
    "text": symbol("var.text", STRING),
    "number": symbol("var.number", NUMBER),
    "flag": symbol("var.flag", BOOL),
    "names": symbol("var.names", list_of(STRING)),
    "tags": symbol("var.tags", map_of(STRING)),
    "a": resource("aws_subnet.a"),
    "b": resource("aws_subnet.b"),
    "zones": ZONES,
    "many": resource("aws_subnet.many"),
}


def same(expression: str, other: str) -> bool:
    return ask(expression, **BOUND).key == ask(other, **BOUND).key


@pytest.mark.parametrize(
    ("expression", "identity"),
    [
        ("concat([a.id], names)[0]", "a.id"),
        ("concat(names, [a.id])", "concat(names, [], [a.id])"),
        ("concat(names)", "names"),
        ("element([a.id, b.id], 3)", "b.id"),
        ("element(names, 0)", "names[0]"),
        ("element(concat([a.id], names), 0)", "a.id"),
        ("flatten([[a.id], [b.id]])[1]", "b.id"),
        ("flatten([a.id, [b.id]])", "[a.id, b.id]"),
        ("flatten([[a.id], names])[0]", "a.id"),
        ("slice(names, 1, 3)[1]", "names[2]"),
        ("reverse([a.id, b.id])[0]", "b.id"),
        ("one([a.id])", "a.id"),
        ("tolist([a.id])[0]", "a.id"),
        ("one(toset([a.id]))", "a.id"),
        ("distinct([a.id, b.id, a.id])", "tolist([a.id, b.id])"),
        ("compact([a.id, null, b.id, \"\"])", "tolist([a.id, b.id])"),
        ("coalesce(null, a.id)", "a.id"),
        ("coalesce(a.id, b.id)", "a.id"),
        ("coalescelist([], [a.id])[0]", "a.id"),
        ("values({z = a.id, y = b.id})", "[b.id, a.id]"),
        ("lookup({k = a.id}, \"k\", null)", "a.id"),
        ("lookup({}, \"k\", a.id)", "a.id"),
        ("merge(tags, {k = a.id}).k", "a.id"),
        ("merge(tags, {k = a.id})[\"k\"]", "a.id"),
        ("merge({k = a.id}, x, {l = 1}).l", "1"),
        ("merge(tags, {k = 1}).other", "tags.other"),
        ("merge(tags)", "tags"),
        ("merge(merge(tags, {k = a.id}), {l = b.id}).k", "a.id"),
        ("lookup(merge(tags, {k = a.id}), \"k\", null)", "a.id"),
        ("zipmap([\"k\"], [a.id]).k", "a.id"),
        ("zipmap([\"k\", \"l\"], names).l", "names[1]"),
        ("split(\",\", join(\",\", [x, y]))", "tolist([x, y])"),
        ("split(\",\", join(\",\", names))", "names"),
        ("split(\",\", join(\",\", [a.id, b.id]))[1]", "a.id == b.id ? \"\" : b.id"),
        ("split(\":\", \"arn:aws:${x}\")[1]", "\"aws\""),
        ("chunklist([a.id, b.id], 1)[1][0]", "b.id"),
        ("(many[*].id)[0]", "many[0].id"),
        ("setproduct([a.id], [1])[0][0]", "a.id"),
        ("tostring(x)", "x"),
        ("sensitive(a.id)", "a.id"),
        ("nonsensitive(a.id)", "a.id"),
        ("try(a.id, null)", "a.id"),
        ("max(number, 1, 2)", "max(2, number)"),
        ("sum([1, number, 2])", "sum([number, 3])"),
        ("anytrue([false, false])", "false"),
        ("matchkeys([a.id, b.id], [\"x\", \"y\"], [\"y\"])[0]", "b.id"),
        ("!!flag", "flag"),
    ],
)  # fmt: skip
def test_it_is_the_same_value(expression: str, identity: str) -> None:
    assert same(expression, identity)


@pytest.mark.parametrize(
    ("expression", "answer"),
    [
        ("length([x, y])", 2),
        ("length({a = x})", 1),
        ('length(cidrsubnets(text, 4, 4, 8))', 3),
        ('length(cidrsubnets("10.0.0.0/16", number, 4))', 2),
        ("length(distinct([a.id, b.id]))", 2),
        ("length(toset([zones.names[0], zones.names[1]]))", 2),
        ("length(setunion([a.id], [b.id]))", 2),
        ("length(setintersection([a.id], [b.id]))", 0),
        ("length(sort([x, y]))", 2),
        ("length(tolist(toset([a.id, b.id])))", 2),
        ("contains([x, \"k\"], \"k\")", True),
        ("contains(concat(names, [\"k\"]), \"k\")", True),
        ("contains([a.id], b.id)", False),
        ("contains(toset([x, \"k\"]), \"k\")", True),
        ("alltrue([flag, false])", False),
        ("anytrue([flag, true])", True),
        ("index([a.id, b.id], b.id)", 1),
        ("flag || true", True),
        ("true || flag", True),
        ("flag && false", False),
        ("a.id == b.id", False),
        ("a.id != b.id", True),
        ("x == x", True),
        ("\"${x}-a\" == \"${x}-b\"", False),
        ("number == \"1\"", False),
        ("zones.names[0] == zones.names[1]", False),
        ("element(zones.names, 0) == element(zones.names, 1)", False),
        ("slice(zones.names, 0, 3)[2] == zones.names[1]", False),
        ("can(a.id)", True),
        ("can([1][2])", False),
        ("length(flag ? [1] : [2])", 1),
        ("(flag ? [1] : [1, 2])[0]", 1),
        ("{prod = 1, dev = 1}[text]", 1),
        ("flag ? 1 : 1", 1),
        ("merge({k = 1}, flag ? {l = 2} : {}).k", 1),
        ("[for v in [x, y] : 1][1]", 1),
        ("x[*] == x[*]", True),
    ],
)  # fmt: skip
def test_it_is_known_nevertheless(expression: str, answer: object) -> None:
    assert ask(expression, **BOUND).python() == answer


@pytest.mark.parametrize(
    "expression",
    [
        "length(names)",
        "length(toset([x, y]))",
        "length(distinct([x, \"k\"]))",
        "length(compact([x]))",
        "contains(names, \"k\")",
        "contains([x], \"k\")",
        "x == y",
        "element(names, 1) == names[1]",
        "element(zones.names, 0) == element(zones.names, 2)",
        "element([1, 2], number)",
        "merge({k = 1}, tags).k",
        "merge({k = 1}, x)[\"k\"]",
        "lookup(tags, \"k\", \"d\")",
        "coalesce(x, \"d\")",
        "try(x.y, \"d\")",
        "can(x.y)",
        "tolist(toset([a.id, \"k\"]))[0]",
        "sort([a.id, \"k\"])[0]",
        "flag ? 1 : 2",
        "flag && true",
        "number + 1",
        "number < 1",
        "upper(text)",
        "max(number, 1)",
        "jsondecode(text).k",
        "concat(names, [1])[0]",
        "tonumber(\"${x}1\")",
        "one(names)",
        "try((flag ? {k = 1} : {})[\"k\"], 2)",
    ],
)  # fmt: skip
def test_it_is_undecided(expression: str) -> None:
    with pytest.raises(Undecided):
        ask(expression, **BOUND).python()


@pytest.mark.parametrize(
    "expression",
    ["length(number)", "keys(text)", "merge(names)", "concat(tags, [])", "names.k", "text[0]",
     "flag + 1", "upper(names)", "toset([x])[0]", "element(tags, 0)", "number ? 1 : 2",
     "flag ? 1 : []", "flag && null", "tonumber(names)", "max(names)", "flag ? [][0] : [][0]"],
)  # fmt: skip
def test_the_type_alone_is_an_error(expression: str) -> None:
    with pytest.raises(EvaluationError):
        ask(expression, **BOUND)


def test_the_elements_of_a_shuffled_list_lead_back_to_all_of_its_members() -> None:
    value = ask("sort([a.id, b.id])", **BOUND)
    addresses = {reference.address for reference in value.references() if reference.path}
    assert addresses == {"aws_subnet.a", "aws_subnet.b"}


def test_an_unknown_key_leaves_the_elements_as_candidates() -> None:
    value = ask('{prod = "db.r6g", dev = "db.t4g"}[text]', **BOUND)
    assert value.startswith("db.")
    with pytest.raises(Undecided):
        value.startswith("db.t")


def test_an_attempt_that_may_fail_keeps_both_candidates() -> None:
    assert not ask("try(x.y, 5) == 5", **{**BOUND, "x": known({"y": 4})})
    assert ask('try(tags.size, "db.t3") == "db.t3" || true', **BOUND)
    value = ask('try("db.${x.y}", "db.t3")', **BOUND)
    assert value.startswith("db.")


def test_a_choice_goes_through_functions() -> None:
    value = ask('upper(flag ? "a" : "b")', **BOUND)
    assert ask('v == "A" || v == "B" || flag', v=value, flag=known(True))
    assert ask('v == "C"', v=value).python() is False


def test_two_choices_by_the_same_condition_are_taken_together() -> None:
    value = ask('"${flag ? 1 : 2}" == "x" || (flag ? 1 : 2) == (flag ? 1 : 2)', **BOUND)
    assert value.python() is True
    assert ask("concat(flag ? [1] : [2], flag ? [3] : [4])[1] == 5", **BOUND).python() is False


def test_results_carry_sensitivity_and_references() -> None:
    secret = known("s").marked_sensitive()
    assert ask("upper(s)", s=secret).sensitive
    assert ask("jsonencode([s])", s=secret).sensitive
    assert ask('"${s}-x"', s=secret).sensitive
    assert ask("merge({a = s}, {b = 1}).a", s=secret).sensitive
    assert not ask("merge({a = s}, {b = 1}).b", s=secret).sensitive
    assert ask("concat(l, [1])[0]", l=known(["s"]).marked_sensitive()).sensitive


def test_joined_texts_are_templates() -> None:
    value = ask('join("-", [x, "end"])', **BOUND)
    assert isinstance(value, Template)
    assert value.endswith("-end")


def test_unknown_arguments_spread_over_a_call() -> None:
    assert isinstance(ask("merge(x...)", **BOUND), Symbolic)
    assert isinstance(ask("max(names...)", **BOUND), Symbolic)
    with pytest.raises(EvaluationError):
        ask("max(text...)", **BOUND)


def test_an_origin_is_found_through_functions() -> None:
    value = ask("element(concat(names, [for n in names : upper(n)]), number)", **BOUND)
    with pytest.raises(Undecided) as undecided:
        value.string()
    assert undecided.value.origin.name in ("var.names", "var.number")


def test_results_are_limited() -> None:
    big = Known(tuple(known(at) for at in range(1000)), "tuple")
    with pytest.raises(EvaluationError):
        ask("setproduct(l, l)", l=big)
    with pytest.raises(EvaluationError):
        ask("setproduct(l, l, l, l, l, l, l, l)", l=big)
    assert isinstance(ask("slice(names, 0, 1000000000)", **BOUND), Symbolic)


def test_many_unknown_elements_cost_little() -> None:
    many = Known(tuple(unknown(f"var.x{at}", "has no value") for at in range(20_000)), "tuple")
    assert isinstance(ask("toset(l)", l=many), Symbolic)
    assert isinstance(ask("distinct(l)", l=many), Symbolic)
    assert len(ask("flatten([l, [1]])", l=Known(many.items, "tuple", element=ANY)).type.name) > 0
