"""The syntax tree of a Terraform file: small, immutable, with the offsets of every node.

Nodes hold offsets only (`start`, `end`, in code points, the end exclusive); which file they
belong to is known to whoever holds the tree. They are msgspec structures, so that a tree can be
written to and read from a cache without pickle.
"""

from __future__ import annotations

from typing import Literal as OneOf

from msgspec import Struct


class Node(Struct, frozen=True, array_like=True, tag=True, tag_field="node", gc=False):
    """Base of all nodes."""

    start: int
    end: int


class Number(Node, frozen=True):
    """A number literal, with its digits as written: `1.5e3`."""

    text: str


class Literal(Node, frozen=True):
    """`null`, `true`, `false`, or a string with its escapes resolved."""

    value: str | bool | None


class Template(Node, frozen=True):
    """A quoted string or heredoc with interpolations or directives.

    Literal text stands as `Literal` parts, escapes, indentation of flush heredocs and strip
    markers (`~`) already resolved.
    """

    parts: list[TemplatePart]


class TemplateWrap(Node, frozen=True):
    """A quoted string that is one interpolation, `"${x}"`: the value of `x`, unconverted."""

    expression: Expression


class TemplateIf(Node, frozen=True):
    """`%{ if condition }…%{ else }…%{ endif }`."""

    condition: Expression
    then: list[TemplatePart]
    otherwise: list[TemplatePart]


class TemplateFor(Node, frozen=True):
    """`%{ for key, value in collection }…%{ endfor }`; `key` is empty when not named."""

    key: str
    value: str
    collection: Expression
    body: list[TemplatePart]


class Tuple(Node, frozen=True):
    """`[a, b]`."""

    items: list[Expression]


class ObjectItem(Struct, frozen=True, array_like=True, gc=False):
    """`key = value`. A bare word as key is a `Literal`; `(key)` is the expression inside.

    So is a reference without parentheses, which a module's `providers` may hold as key.
    """

    key: Expression
    value: Expression


class Object(Node, frozen=True):
    """`{ a = 1, (b) = 2 }`. In JSON it may as well be a block, which only the provider knows."""

    items: list[ObjectItem]
    may_be_block: bool = False


class Conditional(Node, frozen=True):
    """`condition ? then : otherwise`."""

    condition: Expression
    then: Expression
    otherwise: Expression


BinaryOperator = OneOf["||", "&&", "==", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/", "%"]


class Binary(Node, frozen=True):
    """`left operator right`."""

    operator: BinaryOperator
    left: Expression
    right: Expression


class Unary(Node, frozen=True):
    """`-operand` or `!operand`."""

    operator: OneOf["-", "!"]
    operand: Expression


class For(Node, frozen=True):
    """`[for k, v in collection : result if condition]`, or with braces and `key => result...`.

    `key` is empty when not named; `result_key` is None for a tuple; `group` is the trailing `...`.
    """

    key: str
    value: str
    collection: Expression
    result_key: Expression | None
    result: Expression
    condition: Expression | None
    group: bool


class Call(Node, frozen=True):
    """`name(a, b...)`; `name` may be namespaced (`core::upper`, `provider::aws::arn_parse`)."""

    name: str
    arguments: list[Expression]
    expand_last: bool


class Name(Node, frozen=True):
    """A bare word at the root of a reference: `var`, `aws_instance`, a `for` variable."""

    name: str


class GetAttr(Node, frozen=True):
    """`base.name`."""

    base: Expression
    name: str


class Index(Node, frozen=True):
    """`base[key]`; the legacy `base.0` is the same with a `Number`."""

    base: Expression
    key: Expression


class SplatItem(Node, frozen=True):
    """Stands for the element at hand inside the `each` of a `Splat`."""


class Splat(Node, frozen=True):
    """`base[*].a[0]`, or `base.*.a` where `full` is false.

    `each` is what to evaluate for every element: traversals whose root is a `SplatItem`.
    """

    base: Expression
    each: Expression
    full: bool


Expression = (
    Number
    | Literal
    | Template
    | TemplateWrap
    | Tuple
    | Object
    | Conditional
    | Binary
    | Unary
    | For
    | Call
    | Name
    | GetAttr
    | Index
    | Splat
    | SplatItem
)
TemplatePart = Expression | TemplateIf | TemplateFor


class Attribute(Node, frozen=True):
    """`name = expression`; the node spans all of it, the name ends at `name_end`."""

    name: str
    name_end: int
    expression: Expression


class Label(Node, frozen=True):
    """A label of a block header, quotes included in the span but not in `value`."""

    value: str


class Block(Node, frozen=True):
    """`type "label" … { body }`; the node spans all of it, the header ends at `header_end`
    (before the opening brace and the blanks in front of it)."""

    type: str
    labels: list[Label]
    body: Body
    header_end: int


class Body(Struct, frozen=True, array_like=True, gc=False):
    """What stands between braces, or in a whole file, in the order written.

    `attributes` may hold a name twice where the file does; Terraform refuses that.
    """

    attributes: list[Attribute]
    blocks: list[Block]


class Comment(Node, frozen=True):
    """A comment with its delimiters (`#`, `//`, `/* */`), without the line ending."""


class File(Struct, frozen=True, array_like=True, gc=False):
    """A parsed file."""

    body: Body
    comments: list[Comment]
