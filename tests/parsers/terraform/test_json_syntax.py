"""The JSON syntax ends in the tree that the native syntax ends in."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudlint.parsers.terraform import json_syntax, syntax
from cloudlint.parsers.terraform.problems import SyntaxProblem
from cloudlint.source import SourceFile


def parsed(text: str, path: str = "main.tf.json") -> syntax.File:
    return json_syntax.parse(SourceFile(path, text))


def headers(body: syntax.Body) -> list[tuple[str, ...]]:
    return [(b.type, *(label.value for label in b.labels)) for b in body.blocks]


def value(text: str) -> syntax.Expression:
    """The expression of one local value, given in JSON."""
    return parsed('{"locals":{"a":' + text + "}}").body.blocks[0].body.attributes[0].expression


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '{"resource":{"a":{"x":{},"y":{}},"b":{"z":{}}}}',
            [("resource", "a", "x"), ("resource", "a", "y"), ("resource", "b", "z")],
        ),
        (
            '{"resource":[{"a":[{"x":{}}]},{"a":{"y":[{}]}}]}',
            [("resource", "a", "x"), ("resource", "a", "y")],
        ),
        ('[{"locals":{}},{"locals":{}}]', [("locals",)] * 2),
        ('{"locals":{},"locals":{}}', [("locals",)] * 2),
        ('{"provider":{"aws":[{"region":"x"},{"alias":"y"}]}}', [("provider", "aws")] * 2),
        ('{"locals":null,"//":"no"}', []),
        ("{}", []),
    ],
)
def test_blocks_may_be_objects_or_lists_on_every_level(
    text: str, expected: list[tuple[str, ...]]
) -> None:
    assert headers(parsed(text).body) == expected


def test_nested_blocks_that_terraform_knows_are_blocks_and_others_arguments() -> None:
    body = {
        "lifecycle": {"prevent_destroy": True},
        "provisioner": [{"local-exec": {"command": "x"}}],
        "dynamic": {"ingress": {"for_each": "${var.x}", "content": {"a": 1}}},
        "egress": [{"from_port": 0}],
    }
    [block] = parsed(json.dumps({"resource": {"t": {"n": body}}})).body.blocks
    assert headers(block.body) == [
        ("lifecycle",),
        ("provisioner", "local-exec"),
        ("dynamic", "ingress"),
    ]
    assert headers(block.body.blocks[2].body) == [("content",)]
    [egress] = block.body.attributes
    assert egress.name == "egress"
    assert isinstance(egress.expression, syntax.Tuple)


def test_everything_has_its_place() -> None:
    text = '{"resource": {"aws_instance": {"web": {"ami": "x-${var.a}"}}}, "//": "why not"}'
    tree = parsed(text)
    [block] = tree.body.blocks
    [ami] = block.body.attributes
    assert text[block.start : block.end] == '"web": {"ami": "x-${var.a}"}'
    assert text[block.start : block.header_end] == '"web"'
    assert [text[label.start : label.end] for label in block.labels] == ['"aws_instance"', '"web"']
    assert text[ami.start : ami.end] == '"ami": "x-${var.a}"'
    assert text[ami.start : ami.name_end] == '"ami"'
    assert isinstance(ami.expression, syntax.Template)
    assert [text[p.start : p.end] for p in ami.expression.parts] == ["x-", "var.a"]
    assert [text[c.start : c.end] for c in tree.comments] == ["why not"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-5", syntax.Unary(15, 17, "-", syntax.Number(16, 17, "5"))),
        ("1.5e3", syntax.Number(15, 20, "1.5e3")),
        ("null", syntax.Literal(15, 19, None)),
        (r'"\n\\n $${x} %%{y} ${"', None),
        (r'"\n\\n\u00e9"', syntax.Literal(15, 28, "\n\\né")),
        ('"${5}"', syntax.TemplateWrap(15, 21, syntax.Number(18, 19, "5"))),
        ('"$${x}"', syntax.Literal(15, 22, "${x}")),
        (
            r'"\ud800 ${1}"',
            syntax.Template(
                15, 28, [syntax.Literal(16, 23, "\ufffd "), syntax.Number(25, 26, "1")]
            ),
        ),
    ],
)
def test_values(text: str, expected: syntax.Expression | None) -> None:
    if expected is None:
        with pytest.raises(SyntaxProblem):
            value(text)
    else:
        assert value(text) == expected


def test_strings_inside_of_an_interpolation_are_escaped_for_json() -> None:
    text = r'{"locals":{"a":"\t${lookup(x, \"k\ud83d\ude00\")}-${y}"}}'
    template = parsed(text).body.blocks[0].body.attributes[0].expression
    assert isinstance(template, syntax.Template)
    _, call, _, name = template.parts
    assert isinstance(call, syntax.Call)
    key = call.arguments[1]
    assert isinstance(key, syntax.Literal)
    assert key.value == "k\U0001f600"
    assert text[key.start : key.end] == r"\"k\ud83d\ude00\""
    assert text[name.start : name.end] == "y"


def test_keys_of_objects_are_templates_too() -> None:
    item = value('{"${var.k}": 1, "//": 2}')
    assert isinstance(item, syntax.Object)
    assert isinstance(item.items[0].key, syntax.TemplateWrap)
    assert item.items[1].key == syntax.Literal(31, 35, "//")


def test_some_strings_are_references() -> None:
    body = {"provider": "aws.west", "depends_on": ["aws_vpc.a"], "name": "aws_vpc.a"}
    [block] = parsed(json.dumps({"data": {"t": {"n": body}}})).body.blocks
    provider, depends_on, name = (a.expression for a in block.body.attributes)
    assert isinstance(provider, syntax.GetAttr)
    assert isinstance(depends_on, syntax.Tuple)
    assert isinstance(depends_on.items[0], syntax.GetAttr)
    assert isinstance(name, syntax.Literal)
    [variable] = parsed('{"variable":{"a":{"type":"list(string)"}}}').body.blocks
    assert isinstance(variable.body.attributes[0].expression, syntax.Call)


def test_some_strings_are_no_templates() -> None:
    [block] = parsed('{"variable":{"a":{"default":{"k":"${x}"}}}}').body.blocks
    default = block.body.attributes[0].expression
    assert isinstance(default, syntax.Object)
    assert default.items[0].value == syntax.Literal(33, 39, "${x}")
    tree = parsed('{"a": "${x", "//": "c"}', "prod.tfvars.json")
    assert tree.body.attributes[0].expression == syntax.Literal(6, 11, "${x")


@pytest.mark.parametrize(
    ("text", "marked", "message"),
    [
        ('{"a":1,}', "}", "`}` where a property name in double quotes was expected"),
        ('{"a"', "", "the end of the file where `:` was expected"),
        ('{"a":1 "b":2}', '"', "a string where `,` or `}` was expected"),
        ('{"a":swordfish}', "swordfish", "a word where a value was expected"),
        ('{"a":01}', "01", "a number where a value was expected"),
        ('{"a":"x\ny"}', "\n", "an invalid control character in a string"),
        ('{"a":"\\q"}', "\\", "an invalid escape in a string"),
        ('{"a":"x', '"', "this string is never closed"),
        ('{"locals":{"a":1,"a":2}}', '"a"', "`a` is set twice"),
        ('{"locals":{"a":{"b":1,"b":2}}}', '"b"', "`b` is set twice"),
        ('{"resource":5}', "5", "an object was expected here"),
        ('{"locals":{"a":"${x"}}', "${", "`${` is never closed"),
        ('{"locals":{"a":"\\n${x +}"}}', "}", "was expected"),
        ("", "", "the end of the file where a value was expected"),
        ("{} x", "x", "a word where the end of the file was expected"),
        ("[" * 100_000, "[", "nested more than 100 levels deep"),
        ('{"a":' * 100_000, "{", "nested more than 100 levels deep"),
    ],
    ids=lambda text: text[:16],
)
def test_problems_say_what_was_met_and_where(text: str, marked: str, message: str) -> None:
    with pytest.raises(SyntaxProblem) as caught:
        parsed(text)
    assert message in caught.value.message
    assert caught.value.span.text == marked


@given(st.text(alphabet='{}[]":,${}\\%u0d8 an/', max_size=40))
def test_any_text_parses_or_is_a_problem_in_the_file(text: str) -> None:
    for document in (text, json.dumps({"locals": {"a": text}})):
        try:
            parsed(document)
        except SyntaxProblem as found:
            assert 0 <= found.span.start <= found.span.end <= len(document)
