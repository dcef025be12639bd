"""What templates stand for. The expected values were recorded from `terraform console` 1.11."""

from __future__ import annotations

import pytest

from cloudlint.parsers.terraform import hcl, syntax
from cloudlint.parsers.terraform.problems import SyntaxProblem
from cloudlint.source import SourceFile


def expression(text: str) -> syntax.Expression:
    return hcl.parse(SourceFile("main.tf", f"v = {text}\n")).body.attributes[0].expression


def rendered(part: syntax.TemplatePart) -> str:
    """A template whose interpolations are literals, as Terraform renders it."""
    match part:
        case syntax.Literal(value=str(value)):
            return value
        case syntax.Literal(value=bool(truth)):
            return str(truth).lower()
        case syntax.Number(text=text):
            return text
        case syntax.Template(parts=parts):
            return "".join(map(rendered, parts))
        case syntax.TemplateWrap(expression=inner):
            return rendered(inner)
        case syntax.TemplateIf(condition=syntax.Literal(value=truth)):
            return "".join(map(rendered, part.then if truth else part.otherwise))
        case syntax.TemplateFor(collection=syntax.Tuple(items=items), body=body):
            return "".join(map(rendered, body)) * len(items)
    raise AssertionError(part)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('<<EOT\n  ${"x" ~}\n   foo\nEOT', "  x   foo\n"),
        ('<<EOT\n   bar\n   ${~ "x"}\nEOT', "   bar\nx\n"),
        ('<<EOT\n   bar\n\n\n${~ "x" ~}\n\n\n foo\nEOT', "   bar\n\nx\n\n foo\n"),
        ("<<EOT\n${5 ~}\nEOT", "5"),
        ('"a ${~ "x" ~} b"', "axb"),
        ('"  ${~ 5 ~}  "', "5"),
        ('"a%{ if false }b%{ else }  c%{~ endif }"', "a  c"),
        ("<<EOT\r\n    a\r\n  ${1 ~}\r\n y\r\n   EOT\r\n", "    a\r\n  1 y\r\n"),
    ],
)
def test_strip_markers_reach_to_the_end_of_the_line(text: str, value: str) -> None:
    assert rendered(expression(text)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("<<-EOT\n     a\n\n   \n      b\n  EOT", "a\n\n   \n b\n"),
        ("<<-EOT\n\ta\n\t  b\n  EOT", "a\n  b\n"),
        ('<<-EOT\n${"a"}\n  b\n  EOT', "a\n  b\n"),
        ('<<-EOT\n  ${"a"}\n    b\n  EOT', "a\n  b\n"),
        ("<<-EOT\n  x\n    EOT", "x\n"),
        ("<<-EOT\n   a\u00a0\n \u00a0 b\n   EOT", "a\u00a0\nb\n"),
        ("<<-EOT\r\n    a\r\n  b\r\n   EOT\r\n", "  a\r\nb\r\n"),
        ('<<-EOT\n   bar\n     ${~ "x"}\n   y\n   EOT', "   bar\nx\n   y\n"),
        ('<<-EOT\n   bar\n     ${"x" ~}\n y\n   EOT', "bar\n  x y\n"),
        ("<<-EOT\n     %{ if true ~}\n   y\n     %{ endif ~}\n  EOT", "   y\n"),
        ("<<-EOT\n     %{~ if true ~}\n   y\n     %{~ endif ~}\n  EOT", "   y\n"),
        (
            "<<-EOT\n  %{ for x in [1,2] }\n    n\n  %{ endfor }\n  EOT",
            "\n  n\n\n  n\n\n",
        ),
    ],
)
def test_a_flush_heredoc_loses_its_common_indentation(text: str, value: str) -> None:
    assert rendered(expression(text)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("<<EOT\nEOT", ""),
        ("<<-EOT\nEOT", ""),
        ("<<EOT\na EOT\nEOT b\n  EOT  ", "a EOT\nEOT b\n"),
        ('<<-EOT\n  a\n EOT${"q"}\n  ${"z"}EOT\n EOT', " a\nEOTq\n zEOT\n"),
        ("<<é\nx\né", "x\n"),
        ("<<E-F\nE\nE-F", "E\n"),
        ("<<A\n${<<B\ninner\nB\n}A\n  A", "inner\nA\n"),
        ('"${<<B\ninner\nB\n}"', "inner\n"),
    ],
)
def test_a_heredoc_ends_at_its_marker_alone_on_a_line(text: str, value: str) -> None:
    assert rendered(expression(text)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('"$${a} %%{b} $$ %% $ % $$$ {"', "${a} %{b} $$ %% $ % $$$ {"),
        ('"$$${a} $$$${b} ${1}"', "$${a} $$${b} 1"),
        ('<<EOT\n$${a} %%{b} $$$${y} \\n \\" $\nEOT', '${a} %{b} $$${y} \\n \\" $\n'),
        (r'"\u00e9 \U0001F600 \t \r\n \" \\"', 'é \U0001f600 \t \r\n " \\'),
        ('"$${~ x}"', "${~ x}"),
        (r'"\ud800"', "\ufffd"),
    ],
)
def test_escapes(text: str, value: str) -> None:
    assert rendered(expression(text)) == value


def test_a_string_without_interpolation_is_a_literal() -> None:
    assert expression(r'"a\n$${b}"') == syntax.Literal(4, 14, "a\n${b}")
    assert expression("<<EOT\nx\n\ny\nEOT") == syntax.Literal(4, 18, "x\n\ny\n")


def test_one_interpolation_alone_keeps_its_type() -> None:
    assert expression('"${~ 5 ~}"') == syntax.TemplateWrap(4, 14, syntax.Number(9, 10, "5"))
    assert expression("<<EOT\n${5 ~}\nEOT") == syntax.Template(4, 20, [syntax.Number(12, 13, "5")])


def test_parts_stand_where_they_are_written() -> None:
    text = 'a = "x-${var.b}\\n%{ for k, v in c }${v}%{ endfor }"'
    template = hcl.parse(SourceFile("main.tf", text)).body.attributes[0].expression
    assert isinstance(template, syntax.Template)
    assert [text[p.start : p.end] for p in template.parts] == [
        "x-",
        "var.b",
        "\\n",
        "%{ for k, v in c }${v}%{ endfor }",
    ]
    loop = template.parts[-1]
    assert isinstance(loop, syntax.TemplateFor)
    assert (loop.key, loop.value, loop.collection) == ("k", "v", syntax.Name(32, 33, "c"))


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ('"%{ if x }"', "%{ if x }"),
        ('"%{ for x in y }"', "%{ for x in y }"),
        ('"%{ endif }"', "%{ endif }"),
        ('"%{ if x }a%{ else }b%{ else }c%{ endif }"', "%{ else }"),
        ('"%{ foo }"', "%{"),
        ('"${}"', "${}"),
        ('"${x, y}"', "${x, y}"),
        ('"${x,}"', "${x,}"),
        ('"${for x in y: x}"', '"${for x in y: x}"'),
        ('"${ ~x}"', "~"),
        (r'"\q"', r"\q"),
        (r'"\u12"', r"\u"),
        ('"open', '"open'),
        ("<<EOT\nx\n", "<<EOT"),
        ("<<EOT x\nEOT\n", "<<"),
    ],
)
def test_broken_templates_are_pointed_at(text: str, marked: str) -> None:
    with pytest.raises(SyntaxProblem) as caught:
        expression(text)
    assert caught.value.span.text == marked
