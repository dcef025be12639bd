"""The native syntax: what parses, what it becomes, and where everything stands."""

from __future__ import annotations

import time
from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudlint.parsers.terraform import hcl, syntax
from cloudlint.parsers.terraform.problems import SyntaxProblem
from cloudlint.source import SourceFile


def parsed(text: str) -> syntax.File:
    return hcl.parse(SourceFile("main.tf", text))


def expression(text: str) -> syntax.Expression:
    return parsed(f"v = {text}\n").body.attributes[0].expression


def problem(text: str) -> SyntaxProblem:
    with pytest.raises(SyntaxProblem) as caught:
        parsed(text)
    return caught.value


def shape(node: object) -> object:
    """An expression in a form that is short to write down."""
    match node:
        case syntax.Number(text=text):
            return float(text)
        case syntax.Literal(value=value):
            return value
        case syntax.Name(name=name):
            return f"<{name}>"
        case syntax.GetAttr():
            return ("get", shape(node.base), node.name)
        case syntax.Index():
            return ("index", shape(node.base), shape(node.key))
        case syntax.SplatItem():
            return "each"
        case syntax.Splat():
            return ("[*]" if node.full else ".*", shape(node.base), shape(node.each))
        case syntax.Unary():
            return (node.operator, shape(node.operand))
        case syntax.Binary():
            return (node.operator, shape(node.left), shape(node.right))
        case syntax.Conditional():
            return ("?", shape(node.condition), shape(node.then), shape(node.otherwise))
        case syntax.Call():
            dots = ("...",) if node.expand_last else ()
            return (node.name + "()", *map(shape, node.arguments), *dots)
        case syntax.Tuple():
            return [shape(item) for item in node.items]
        case syntax.Object():
            return {str(shape(item.key)): shape(item.value) for item in node.items}
        case syntax.TemplateWrap():
            return ("wrap", shape(node.expression))
        case syntax.Template():
            return ("template", *map(shape, node.parts))
    raise AssertionError(node)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-5", ("-", 5.0)),
        ("1-1", ("-", 1.0, 1.0)),
        ("5-12", ("-", 5.0, 12.0)),
        ("x -12", ("-", "<x>", 12.0)),
        ("a-1", "<a-1>"),
        ("-12.5e3", ("-", 12500.0)),
        ("1e-12", 1e-12),
        ("1.5E-3", 1.5e-3),
        ("!!x", ("!", ("!", "<x>"))),
        ("- -1", ("-", ("-", 1.0))),
        ("1 - -1", ("-", 1.0, ("-", 1.0))),
        ("1--1", ("-", 1.0, ("-", 1.0))),
        ("1 - - - x", ("-", 1.0, ("-", ("-", "<x>")))),
        ("-x[0]", ("-", ("index", "<x>", 0.0))),
        ("!x.y", ("!", ("get", "<x>", "y"))),
        ("-a * b", ("*", ("-", "<a>"), "<b>")),
        ("a + b * c - d", ("-", ("+", "<a>", ("*", "<b>", "<c>")), "<d>")),
        ("a || b && c == d < e", ("||", "<a>", ("&&", "<b>", ("==", "<c>", ("<", "<d>", "<e>"))))),
        ("(a || b) && c", ("&&", ("||", "<a>", "<b>"), "<c>")),
        ("a ? b : c ? d : e", ("?", "<a>", "<b>", ("?", "<c>", "<d>", "<e>"))),
        ('"5"-12', ("-", "5", 12.0)),
        ("1 == -12 ? 1 : 2", ("?", ("==", 1.0, ("-", 12.0)), 1.0, 2.0)),
    ],
)
def test_operators(text: str, expected: object) -> None:
    assert shape(expression(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a.b.c", ("get", ("get", "<a>", "b"), "c")),
        ("a . b", ("get", "<a>", "b")),
        ("(a\n  .b)", ("get", "<a>", "b")),
        ("x.for.null.in", ("get", ("get", ("get", "<x>", "for"), "null"), "in")),
        ("a.0.b", ("get", ("index", "<a>", 0.0), "b")),
        ("a.0.1", ("index", ("index", "<a>", 0.0), 1.0)),
        ("a[0].b", ("get", ("index", "<a>", 0.0), "b")),
        ('a["k"].b[c.d]', ("index", ("get", ("index", "<a>", "k"), "b"), ("get", "<c>", "d"))),
        ("a.*.b[0]", ("index", (".*", "<a>", ("get", "each", "b")), 0.0)),
        ("a.*.0.b", (".*", "<a>", ("get", ("index", "each", 0.0), "b"))),
        ("a.b.*", (".*", ("get", "<a>", "b"), "each")),
        ("a[*].b[0].c", ("[*]", "<a>", ("get", ("index", ("get", "each", "b"), 0.0), "c"))),
        ("a[*].b[*].c", ("[*]", "<a>", ("[*]", ("get", "each", "b"), ("get", "each", "c")))),
        ("(a[*]).b", ("get", ("[*]", "<a>", "each"), "b")),
        ("a[ * ].b", ("[*]", "<a>", ("get", "each", "b"))),
        ('"x".y', ("get", "x", "y")),
        ("f(x).y", ("get", ("f()", "<x>"), "y")),
        ("é.ü", ("get", "<é>", "ü")),
    ],
)
def test_references(text: str, expected: object) -> None:
    assert shape(expression(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('core::upper("x")', ("core::upper()", "x")),
        ("provider::aws::parse( x )", ("provider::aws::parse()", "<x>")),
        ('core :: upper("x")', ("core::upper()", "x")),
        ("f()", ("f()",)),
        ("f(x...)", ("f()", "<x>", "...")),
        ("f(x,)", ("f()", "<x>")),
        ("f(\n  x, /* c */ y # d\n  , z\n)", ("f()", "<x>", "<y>", "<z>")),
        ('"${lookup(x, "a")}"', ("wrap", ("lookup()", "<x>", "a"))),
        ("f(<<EOT\nx\nEOT\n, 1)", ("f()", "x\n", 1.0)),
    ],
)
def test_calls(text: str, expected: object) -> None:
    assert shape(expression(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[]", []),
        ("[1,\n# c\n2 # d\n,]", [1.0, 2.0]),
        ("[<<A\nx\nA\n, <<-B\n B\n]", ["x\n", ""]),
        ("[x ?\n1 :\n2]", [("?", "<x>", 1.0, 2.0)]),
        ("{}", {}),
        ("{ # c\n\n}", {}),
        ("{a=1,\nb=2\n\n# c\nc : 3,\n}", {"a": 1.0, "b": 2.0, "c": 3.0}),
        ("{b = <<EOT\nx\nEOT\n c = 1\n}", {"b": "x\n", "c": 1.0}),
        ("{a = x -12\nb = 2}", {"a": ("-", "<x>", 12.0), "b": 2.0}),
        ("{a = x + y\n(z) = 2}", {"a": ("+", "<x>", "<y>"), "<z>": 2.0}),
        ('{"a b" = 1, 1 = 2, null = 3}', {"a b": 1.0, "1.0": 2.0, "null": 3.0}),
        ('{"${x}" = 1}', {"('wrap', '<x>')": 1.0}),
        ("{if = 1, in = 2, true = 3}", {"if": 1.0, "in": 2.0, "true": 3.0}),
        ("{aws.west = aws}", {"('get', '<aws>', 'west')": "<aws>"}),
        ("{é = 1}", {"é": 1.0}),
    ],
)
def test_collections(text: str, expected: object) -> None:
    assert shape(expression(text)) == expected


def test_a_bare_key_is_a_name_and_one_in_parentheses_an_expression() -> None:
    value = expression("{ a = 1, (b) = 2 }")
    assert isinstance(value, syntax.Object)
    assert [item.key for item in value.items] == [
        syntax.Literal(6, 7, "a"),
        syntax.Name(14, 15, "b"),
    ]


def test_for_expressions() -> None:
    value = expression("{\n  for k, v in var.m : # c\n  k => v...\n  if v != null\n}")
    assert isinstance(value, syntax.For)
    assert (value.key, value.value, value.group) == ("k", "v", True)
    assert shape(value.collection) == ("get", "<var>", "m")
    assert shape(value.result_key) == "<k>"
    assert shape(value.condition) == ("!=", "<v>", None)
    value = expression("[for x in y : x]")
    assert isinstance(value, syntax.For)
    assert (value.key, value.value, value.result_key, value.condition) == ("", "x", None, None)


@pytest.mark.parametrize(
    "text",
    [
        "a = 1",
        "a = 1 // c",
        "a /* c */ = /* d\n */ 1\n",
        "a = 1\r\nb = 2\r\n",
        "for = 1\nin = 2\nnull = 3\n",
        "é = 1\n",
        'b"x""y"{}\n',
        "b x y {}",
        "b { a = [\n1] }\n",
        "b {\n\n# c\n}\n",
        "b { // c\n }\n",
        "for_each {\n  for = 1\n}\n",
        "#c\x00\n",
        "",
    ],
)
def test_valid_files_parse(text: str) -> None:
    parsed(text)


BLOCK = """\
# who
resource "aws_instance" web /* a */ {
  ami = ("x") // what
  tags = {
    a = 1 + 2
  }

  lifecycle {}
}
"""


def test_everything_has_its_place() -> None:
    def at(node: syntax.Node) -> str:
        return BLOCK[node.start : node.end]

    tree = parsed(BLOCK)
    assert [at(comment) for comment in tree.comments] == ["# who", "/* a */", "// what"]
    [block] = tree.body.blocks
    assert at(block) == BLOCK[6:-1]
    assert BLOCK[block.start : block.header_end] == 'resource "aws_instance" web'
    assert [(at(label), label.value) for label in block.labels] == [
        ('"aws_instance"', "aws_instance"),
        ("web", "web"),
    ]
    ami, tags = block.body.attributes
    assert at(ami) == 'ami = ("x")'
    assert BLOCK[ami.start : ami.name_end] == "ami"
    assert at(ami.expression) == '"x"'
    assert isinstance(tags.expression, syntax.Object)
    assert at(tags.expression.items[0].value) == "1 + 2"
    assert at(block.body.blocks[0]) == "lifecycle {}"


def test_the_extent_of_operators_includes_parentheses_and_signs() -> None:
    text = "v = (a + b) * (c)\nw = !!x && y\n"
    product, both = (a.expression for a in parsed(text).body.attributes)
    assert text[product.start : product.end] == "(a + b) * (c)"
    assert text[both.start : both.end] == "!!x && y"


def test_comments_in_strings_are_none() -> None:
    assert parsed('a = "# ${x /* y */} //"\nb = <<E\n# z\nE\n').comments == [syntax.Comment(11, 18)]


@pytest.mark.parametrize(
    ("text", "marked", "message"),
    [
        ("a {\n  b = [1\n}\n", "}", "`}` where `]` was expected"),
        ("a {\n  b {\n    c = 1\n\n}\n\nd {\n}\n", "{", "`{` is never closed"),
        ("a = 1 }\n", "}", "`}` closes nothing"),
        ('a = "x\nb = 2\n', '"x', "this string is not closed on its line"),
        ("a =\n", "\n", "the end of the line where an expression was expected"),
        ("a = 1 /* x\n", "/*", "this comment is never closed"),
        ('"a" = 1\n', '"a"', "an argument name was expected"),
        ("a.b = 1\n", "a.b", "an argument name was expected"),
        ("a = b.c(1)\n", "b.c", "a function name was expected"),
        ('b "${x}" {}\n', '"', "a string where `=`, `{`"),
        ('a = x "${y}"\n', '"', "a string was not expected here"),
        ("a = [1 2]\n", "2", "a number where `,`, `]`"),
        ("a = [correct horse]\n", "horse", "a word where `,`"),
        ("a = {,}\n", ",", "`,` where an expression or `}` was expected"),
        ("a = 'x'\n", "'", "`'` where an expression was expected"),
        ("a\u00a0= 1\n", "\u00a0", "the character U+00A0 where `=`"),
        ("a = b::c\n", "\n", "the end of the line was not expected"),
        (r'a = "${f(\"x\")}"', "\\", "a `\\` stands only in strings"),
        ("b {", "{", "`{` is never closed"),
    ],
)
def test_problems_say_what_was_met_and_where(text: str, marked: str, message: str) -> None:
    found = problem(text)
    assert found.message.startswith(message) or message in found.message
    assert found.span.text == marked


def test_an_unclosed_brace_is_found_by_indentation() -> None:
    found = problem('resource "a" "b" {\n  tags = {\n    x = 1\n}\n\nlocals {\n}\n')
    assert found.span.place == "main.tf:2:10"


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 10_000,
        "a = " + "[" * 10_000 + "]" * 10_000,
        "a = " + "(" * 10_000,
        "a {\n" * 10_000,
        'a = "' + '${"' * 10_000,
        'a = "' + "%{if x}" * 10_000 + '"',
        "a = " + "!" * 10_000 + "x",
        "a = x" + ".y" * 10_000,
        "a = x" + "[0]" * 10_000,
        "a = x" + "[*]" * 10_000,
        "a = 1" + " + 1" * 10_000,
        "a = " + "x ? 1 : " * 5_000 + "1",
    ],
    ids=lambda text: text[:12],
)
def test_deep_nesting_is_a_problem(text: str) -> None:
    assert "deep" in problem(text).message


@pytest.mark.parametrize(
    "text",
    [
        'a = "' + "x" * 1_000_000 + '"',
        'a = "' + "$" * 1_000_000 + '"',
        "a = " + "x" * 1_000_000,
        "/**/" * 250_000,
        "\n" * 1_000_000,
        "a = " + "é" * 1_000_000,
        "a = {" + " " * 1_000_000 + "}",
    ],
    ids=lambda text: repr(text[:8]),
)
def test_a_long_line_takes_no_longer_than_a_long_file(text: str) -> None:
    started = time.process_time()
    parsed(text)
    assert time.process_time() - started < 3


def test_files_survive_msgpack() -> None:
    text = (
        BLOCK
        + 'v = { for k, v in x[*].y : k => "a${!v}%{ if a }b%{ endif }" if f(1.5, true...) }\n'
    )
    tree = parsed(text)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(tree), type=syntax.File) == tree


def test_an_expression_inside_of_a_file_keeps_its_offsets() -> None:
    file = SourceFile("x", "eval: f(a,\n  b) + <<E\nc\nE\n end")
    start, end = 6, len(file.text) - 4
    value = hcl.parse_expression(file, start, end)
    assert shape(value) == ("+", ("f()", "<a>", "<b>"), "c\n")
    assert isinstance(value, syntax.Binary)
    assert file.text[value.left.start : value.left.end] == "f(a,\n  b)"


@pytest.mark.parametrize(
    ("text", "marked"),
    [("", ""), ("1 +", ""), ("a\nb = 1", "b"), ("a }", "}"), ("f(a, 'b')", "'")],
)
def test_an_expression_is_all_of_the_text_given(text: str, marked: str) -> None:
    with pytest.raises(SyntaxProblem) as caught:
        hcl.parse_expression(SourceFile("x", f">> {text}"), 3, 3 + len(text))
    assert caught.value.span.text == marked


def test_a_template_without_delimiters() -> None:
    file = SourceFile("x.tftpl", "a\n${b ~}\n\n c")
    value = hcl.parse_template(file, file.text, lambda offset: offset)
    assert shape(value) == ("template", "a\n", "<b>", "\n c")


def test_variable_files_hold_no_blocks() -> None:
    assert hcl.parse_tfvars(SourceFile("a.tfvars", "a = 1\n")).body.attributes[0].name == "a"
    with pytest.raises(SyntaxProblem):
        hcl.parse_tfvars(SourceFile("a.tfvars", "a {}\n"))


WORDS = """
a b.c 1 - ! + == ? : :: = => ... , . * [*] ( ) [ ] { } ${ %{ ~ " \\ $ % é # // /* */
for in if else endif "x" null 0 ' ; && || \u00a0 \U0001f600 \x00
"""
SNIPPETS = st.sampled_from([*WORDS.split(), " ", "\n", "\r\n", "<<E\n", "<<-E\n", "E\n", "a = "])


@given(st.lists(SNIPPETS, max_size=30).map("".join))
def test_any_text_parses_or_is_a_problem_in_the_file(text: str) -> None:
    try:
        tree = parsed(text)
    except SyntaxProblem as found:
        assert 0 <= found.span.start <= found.span.end <= len(text)
        assert found.message
    else:
        check_nesting(tree.body, 0, len(text))


def check_nesting(node: object, start: int, end: int) -> None:
    """Every node stands inside of the one it belongs to."""
    if isinstance(node, syntax.Node):
        assert start <= node.start <= node.end <= end
        start, end = node.start, node.end
    for child in children(node):
        check_nesting(child, start, end)


def children(node: object) -> Iterator[object]:
    if isinstance(node, msgspec.Struct):
        yield from (getattr(node, name) for name in node.__struct_fields__)
    elif isinstance(node, list):
        yield from node
