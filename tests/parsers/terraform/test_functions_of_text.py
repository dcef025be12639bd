"""Functions on text that is partly known, and on what is too large."""

from __future__ import annotations

import base64
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recorded import ask

from cloudlint.parsers.terraform.functions.encoding import structure
from cloudlint.parsers.terraform.functions.strings import graphemes
from cloudlint.parsers.terraform.functions.yaml_text import read
from cloudlint.values import (
    EvaluationError,
    Symbolic,
    Template,
    Value,
    applied,
    known,
    of,
    same,
    template,
    unknown,
)
from cloudlint.values.types import NUMBER, STRING, Type, list_of


def symbol(name: str = "x", type_: Type = STRING) -> Symbolic:
    return Symbolic(unknown(f"var.{name}", "has no value").symbol, type_)


X, Y, N = symbol("x"), symbol("y"), symbol("n", NUMBER)
HOST = template(["web-", X, ".example.com"])


# -- what follows from the known parts ---------------------------------------------------------


@pytest.mark.parametrize(
    ("expression", "answer"),
    [
        ('startswith(t, "web")', True),
        ('startswith(t, "db")', False),
        ('startswith("db", "${t}")', False),
        ('endswith(t, ".com")', True),
        ('endswith(t, ".org")', False),
        ('strcontains(t, "example")', True),
        ("substr(t, 0, 2)", "we"),
        ("substr(t, -3, 3)", "com"),
        ('format("%s", t) == t', True),
        ("jsondecode(jsonencode({ a = x, b = [1] })).b", [1]),
        ("base64decode(base64encode(t)) == t", True),
        ('yamldecode(yamlencode({ a = x, b = "c" })).b', "c"),
        ("upper(x) == upper(x)", True),
        ('format("%s-a", x) == "${x}-a"', True),
        ('format("%s-a", x) == format("%s-b", x)', False),
        ('formatlist("%s-a", [x, "b"])[1]', "b-a"),
        ('formatlist("%s-a", [x, "b"])[0] == "${x}-a"', True),
    ],
)
def test_known_parts_decide(expression: str, answer: object) -> None:
    assert ask(expression, t=HOST, x=X).python() == answer


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("lower(upper(t))", "web-${lower(upper(var.x))}.example.com"),
        ("upper(t)", "WEB-${upper(var.x)}.EXAMPLE.COM"),
        ('replace(t, "-", "_")', 'web_${replace(var.x, "-", "_")}.example.com'),
        ('trimprefix(t, "web-")', "${var.x}.example.com"),
        ('trimprefix(t, "db-")', "web-${var.x}.example.com"),
        ('trimsuffix(t, ".example.com")', "web-${var.x}"),
        ('trimspace(" ${t}\\n")', "web-${var.x}.example.com"),
        ('chomp("${t}\\n")', "web-${var.x}.example.com"),
        ('trim("/${t}/", "/")', "web-${var.x}.example.com"),
        ('format("%s:%d", t, 8080)', "web-${var.x}.example.com:8080"),
        ('format("%03d-%s", 7, x)', "007-${var.x}"),
        ('format("%5s!", x)', '${format("%5s", var.x)}!'),
        ('format("%02d!", n)', '${format("%02d", var.n)}!'),
    ],
)
def test_the_rest_stays_a_template(expression: str, text: str) -> None:
    value = ask(expression, t=HOST, x=X, n=N)
    assert isinstance(value, Template)
    assert value.text == text


@pytest.mark.parametrize(
    "expression",
    [
        'strcontains(t, "q")',
        'startswith(x, "a")',
        'startswith(t, "web-q")',
        'replace(t, "-w", "_")',
        'replace(t, "/w/", "v")',
        "title(t)",
        "strrev(t)",
        "substr(t, 0, 4)",
        'trimprefix(x, "a")',
        'trimspace("${x}\\n")',
        "indent(2, t)",
        'regex("w", t)',
        "md5(x)",
        "base64gzip(t)",
        'base64gzip("a")',
        "jsondecode(x)",
        "cidrsubnet(x, 8, 1)",
        "parseint(x, 10)",
        "templatefile(x, {})",
        'format("%s", null)',
        "pow(10, 400)",
        "log(0, 10)",
        'abspath("a")',
        'pathexpand("~/a")',
        'yamldecode(".inf")',
        "timestamp()",
        "plantimestamp()",
        "uuid()",
        'bcrypt("a")',
        'rsadecrypt("YQ==", "-----BEGIN RSA PRIVATE KEY-----")',
    ],
)
def test_what_cannot_be_told_is_symbolic(expression: str) -> None:
    value = ask(expression, t=HOST, x=symbol("x", STRING))
    assert isinstance(value, Symbolic)


def test_a_list_is_no_text() -> None:
    assert isinstance(ask('formatlist("%s", x)', x=symbol("x", list_of(STRING))), Symbolic)
    with pytest.raises(EvaluationError, match="string required"):
        ask('format("%s", x)', x=symbol("x", list_of(STRING)))


def test_two_uuids_are_not_known_to_be_the_same() -> None:
    assert same(ask("uuid()"), ask("uuid()")) is None
    assert same(ask('bcrypt("a")'), ask('bcrypt("a")')) is None
    assert same(ask("plantimestamp()"), ask("plantimestamp()")) is True


def test_encoded_objects_can_be_read_through_the_symbol() -> None:
    encoded = ask('jsonencode({ Action = "*", Resource = x })', x=X)
    inside = structure(encoded)
    assert inside is not None
    assert inside["Action"] == "*"
    assert inside["Resource"].symbol is X.symbol


# -- JSON with unknown parts -------------------------------------------------------------------


def test_a_json_text_with_unknown_parts_has_a_structure() -> None:
    text = template(['{"a": "arn:', X, ':*", "b": ', N, ', "c": ["', Y, '", "\\"', X, '"]}'])
    value = structure(text)
    assert value is not None
    assert value["a"].startswith("arn:")
    assert value["b"].symbol is N.symbol
    assert value["c"][0].symbol is Y.symbol
    assert value["c"][1].startswith('"')


@pytest.mark.parametrize("text", [known("{"), known(1), X, template(["{", X]), known(None)])
def test_what_is_no_json_has_no_structure(text: Value) -> None:
    assert structure(text) is None


# -- sizes -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "expression",
    [
        'format("%9999999d", 1)',
        'format("%99999999999999999999d", 1)',
        'format("%.9999999f", 1)',
        "indent(1000000, t)",
        'replace(t, "", t)',
        'replace(t, "/x/", t)',
        'base64encode("${t}${t}${t}")',
        'regex("${t}", "a")',
        "jsonencode([t, t, t])",
        "parseint(t, 10)",
        "jsondecode(j)",
        "yamldecode(j)",
    ],
)
def test_results_have_a_size(expression: str) -> None:
    with pytest.raises(EvaluationError):
        ask(expression, t=known("x\n" * 200_000), j=known("[" * 100_000))


def test_regular_expressions_take_linear_time() -> None:
    assert ask('can(regex("^(a+)+$", t))', t=known("a" * 50_000 + "!")).python() is False


@given(st.text(alphabet="ab\\/$()[]{}*+?|^.x1é", max_size=12), st.text(max_size=8))
def test_any_pattern_is_answered_or_refused(pattern: str, text: str) -> None:
    for expression in ("regexall(p, t)", 'replace(t, "/${p}/", p)', "format(p, t)", "csvdecode(p)"):
        try:
            ask(expression, p=known(pattern), t=known(text))
        except EvaluationError as error:
            assert str(error)


@given(st.text(max_size=40))
def test_any_text_survives_its_encodings(text: str) -> None:
    text = ask('t == t ? format("%s", t) : t', t=known(text)).string()
    for there, back in (
        ("jsonencode", "jsondecode"),
        ("base64encode", "base64decode"),
    ):
        assert ask(f"{back}({there}(t))", t=known(text)).string() == text


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=10),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
        ),
        max_leaves=8,
    )
)
def test_yaml_is_read_as_it_was_written(data: object) -> None:
    value = ask("jsondecode(jsonencode(v))", v=of(data))
    assert ask("yamldecode(yamlencode(v))", v=value).key == value.key


# -- details -----------------------------------------------------------------------------------


def test_clusters_are_what_terraform_counts() -> None:
    assert graphemes("a👨\u200d👩\u200d👧e\u0301\r\n") == [
        "a",
        "👨\u200d👩\u200d👧",
        "e\u0301",
        "\r\n",
    ]
    assert graphemes("क्षि") == ["क्", "षि"]
    assert graphemes("각") == ["각"]


def test_powers_are_written_with_a_floats_digits_and_calculated_exactly() -> None:
    assert str(ask("pow(2, 70)")) == "1180591620717411300000"
    assert ask("pow(2, 70) == 1180591620717411303424").truth() is True


def test_yaml_aliases_do_not_explode() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    with pytest.raises(EvaluationError):
        read("\n".join(lines))


# -- files -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "expression",
    [
        'file("/etc/hostname")',
        'file("../../../../pyproject.toml")',
        'file("files/../../strings.txt")',
        'fileexists("/etc/hostname")',
        'filemd5("~/.profile")',
        'templatefile("/etc/hostname", {})',
        'fileset("/etc", "*")',
        'fileset("files", "../../*.txt")',
        'fileset(".", "/etc/*")',
    ],
)
def test_files_outside_of_the_repository_are_not_read(expression: str) -> None:
    with suppress(EvaluationError):
        assert not ask(expression).python()


def test_binary_files_are_read_as_base64() -> None:
    path = Path(__file__).parents[2] / "data/functions/module/files/bytes.bin"
    expected = base64.b64encode(path.read_bytes()).decode()
    assert ask('filebase64("files/bytes.bin")') == expected


def test_a_template_sees_symbols() -> None:
    value = ask('templatefile("files/hi.tftpl", { name = x })', x=X)
    assert isinstance(value, Template)
    assert value.text == "hi ${var.x}"


def test_symbols_are_told_apart_by_their_function() -> None:
    assert same(applied("md5", X), applied("md5", X)) is True
    assert same(ask("md5(x)", x=X), ask("sha1(x)", x=X)) is None
