"""Terraform's native syntax, read with python-hcl2.

The only module that imports python-hcl2 and lark. The library parses a mask of the text (see
`masking`); its tree is lowered to our own, and words and strings are taken from the text itself.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from functools import cache, partial
from operator import itemgetter
from typing import Any, Final, TypeVar, cast

from hcl2.parser import parser as grammar
from lark import Token
from lark.exceptions import UnexpectedCharacters, UnexpectedToken
from lark.grammar import Rule
from lark.parse_tree_builder import ParseTreeBuilder
from msgspec import Struct

from cloudlint.source import SourceFile, Span

from . import syntax
from .masking import Mask, mask_body, mask_expression, mask_template
from .problems import SyntaxProblem, described
from .syntax import BinaryOperator, Expression
from .templates import Kind, Sequence, TemplateSource, assemble


class _Branch:
    """A node of the library's tree, for as much of it as the lowering asks.

    An empty one has no place; the lowering takes the place of bodies from their blocks.
    """

    __slots__ = ("children", "data", "end_pos", "start_pos")

    def __init__(self, data: str, children: list[_Child]) -> None:
        self.data = data
        self.children = children
        if children:
            self.start_pos: int = children[0].start_pos or 0
            self.end_pos: int = children[-1].end_pos or 0


_Child = Token | _Branch

_MAX_DEPTH = 150
"""How deep expressions may be, operators and references counted too: `a + b + c` is 3 deep."""

_TRAVERSALS = frozenset(
    {"get_attr_expr_term", "index_expr_term", "attr_splat_expr_term", "full_splat_expr_term"}
)
_CONSTANTS: Final = {"null": None, "true": True, "false": False}
_BINARY: Final[dict[str, BinaryOperator]] = {
    "DOUBLE_PIPE": "||",
    "DOUBLE_AMP": "&&",
    "DOUBLE_EQ": "==",
    "NEQ": "!=",
    "LT": "<",
    "GT": ">",
    "LEQ": "<=",
    "GEQ": ">=",
    "PLUS": "+",
    "MINUS": "-",
    "ASTERISK": "*",
    "SLASH": "/",
    "PERCENT": "%",
}

_PREFIX = "_="
"""Makes an attribute of an expression; the library parses bodies only."""


def parse(file: SourceFile) -> syntax.File:
    """Parse a `.tf` file; raises SyntaxProblem and nothing else."""
    try:
        mask = mask_body(file)
        return syntax.File(_Lowering(file, mask).file_body(), mask.comments)
    except RecursionError:
        raise _too_deep(file.span(0, 0)) from None


def parse_tfvars(file: SourceFile) -> syntax.File:
    """Parse a `.tfvars` file, a body of attributes; raises SyntaxProblem and nothing else."""
    parsed = parse(file)
    for block in parsed.body.blocks:
        raise SyntaxProblem(
            "a file with variable values holds no blocks",
            file.span(block.start, block.header_end),
            "write `name = value`",
        )
    return parsed


def parse_expression(file: SourceFile, start: int, end: int) -> Expression:
    """Parse the expression that is `file.text[start:end]`; its offsets are those of the file.

    Raises SyntaxProblem and nothing else.
    """
    return _parse_part(file, file.text[start:end], mask_expression, lambda offset: offset + start)


def parse_text(file: SourceFile, text: str, place: Callable[[int], int]) -> Expression:
    """Parse an expression that stands in a file in another form, like a string of JSON.

    `place` tells which offset of the file an offset of `text` is. Raises SyntaxProblem and
    nothing else.
    """
    return _parse_part(file, text, mask_expression, place)


def parse_template(file: SourceFile, text: str, place: Callable[[int], int]) -> Expression:
    """Parse a template without delimiters, as the strings of JSON are; otherwise `parse_text`."""
    return _parse_part(file, text, mask_template, place)


def _parse_part(
    file: SourceFile,
    text: str,
    make_mask: Callable[[SourceFile, int], Mask],
    place: Callable[[int], int],
) -> Expression:
    part = SourceFile(file.path, _PREFIX + text)

    def placed(offset: int) -> int:
        return place(max(0, min(offset - len(_PREFIX), len(text))))

    try:
        mask = make_mask(part, len(_PREFIX))
        return _moved(_Lowering(part, mask).single_expression(), placed)
    except SyntaxProblem as problem:
        span = file.span(placed(problem.span.start), placed(problem.span.end))
        raise SyntaxProblem(problem.message, span, problem.hint) from None
    except RecursionError:
        raise _too_deep(file.span(placed(0), placed(len(part.text)))) from None


_Tree = TypeVar("_Tree")


def _moved(value: _Tree, place: Callable[[int], int]) -> _Tree:
    """A copy of a tree with all its offsets translated."""
    if isinstance(value, list):
        return cast(_Tree, [_moved(item, place) for item in value])
    if not isinstance(value, Struct):
        return value
    fields = [_moved(getattr(value, name), place) for name in value.__struct_fields__]
    if isinstance(value, syntax.Node):
        fields[:2] = place(value.start), place(value.end)
    return type(value)(*fields)


class _Lowering:
    """Turns a tree of python-hcl2 into ours.

    Where the mask hides something, the first character in the text tells what it is: a quote or
    `<<` begins a string or heredoc, a digit a number.
    """

    def __init__(self, file: SourceFile, mask: Mask) -> None:
        self._file = file
        self._text = file.text
        self._mask = mask
        self._depth = 0
        self._handlers: dict[str, Callable[[_Branch], Expression]] = {
            "identifier": self._word,
            "string": self._string,
            "literal_value": self._constant,
            "int_lit": self._number,
            "float_lit": self._number,
            "tuple": self._tuple,
            "object": self._object,
            "conditional": self._conditional,
            "binary_op": self._binary,
            "unary_op": self._unary,
            "for_tuple_expr": self._for_tuple,
            "for_object_expr": self._for_object,
            "function_call": self._call,
            **dict.fromkeys(_TRAVERSALS, self._traversal),
        }

    def file_body(self) -> syntax.Body:
        start = _read(self._file, self._mask.text)
        return self._body(cast(_Branch, start.children[0]))

    def single_expression(self) -> Expression:
        """The expression of a text that is `_PREFIX` and an expression or bare template."""
        template = self._mask.templates.get(len(_PREFIX))
        if template and template.kind is Kind.BARE and template.masked == -1:
            return assemble(template, iter(()), self._file)
        body = self.file_body()
        expression = body.attributes[0].expression
        end = body.attributes[0].end
        if rest := self._mask.text[end:].strip():
            start = self._mask.text.index(rest, end)
            raise _unexpected(self._file, start, [])
        return expression

    # Bodies.

    def _body(self, tree: _Branch) -> syntax.Body:
        attributes: list[syntax.Attribute] = []
        blocks: list[syntax.Block] = []
        for child in _branches(tree):
            if child.data == "attribute":
                attributes.append(self._attribute(child))
            else:
                blocks.append(self._block(child))
        return syntax.Body(attributes, blocks)

    def _attribute(self, tree: _Branch) -> syntax.Attribute:
        name, _, value = cast(list[_Branch], tree.children)
        word = self._name(name, "an argument name")
        return syntax.Attribute(
            tree.start_pos, self._end(tree), word, name.end_pos, self._expression(value)
        )

    def _block(self, tree: _Branch) -> syntax.Block:
        keyword, *labels, body = _branches(tree)
        return syntax.Block(
            tree.start_pos,
            tree.end_pos,
            self._name(keyword, "a block type"),
            [self._label(label) for label in labels],
            self._body(body),
            (labels[-1] if labels else keyword).end_pos,
        )

    def _label(self, tree: _Branch) -> syntax.Label:
        start, end = tree.start_pos, tree.end_pos
        if self._text[start] != '"':
            return syntax.Label(start, end, self._name(tree, "a block label"))
        literal = self._hidden(start, end)
        if isinstance(literal, syntax.Literal) and isinstance(literal.value, str):
            return syntax.Label(start, end, literal.value)
        raise _problem(self._file, start, end, "a block label holds no interpolations")

    def _name(self, tree: _Branch, what: str) -> str:
        """The word a tree of one token stands for; strings and numbers are none."""
        start, end = tree.start_pos, tree.end_pos
        word = self._text[start:end]
        if word[0] in '"<' or word[0].isdigit() or "." in word:
            raise _problem(self._file, start, end, f"{what} was expected", "write a plain word")
        return word

    def _end(self, tree: _Branch) -> int:
        """Where a tree ends, without the line break that may be part of it."""
        end = min(tree.end_pos, len(self._text))  # the library adds a line break
        while self._mask.text[end - 1] in " \t\r\n":
            end -= 1
        return end

    # Expressions. Parentheses vanish, but belong to the extent of what they are in.

    def _expression(self, tree: _Branch) -> Expression:
        while tree.data == "expr_term":
            tree = (
                cast(_Branch, tree.children[0]) if len(tree.children) == 1 else _branches(tree)[0]
            )
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise _too_deep(self._file.span(tree.start_pos, tree.end_pos))
        expression = self._handlers[tree.data](tree)
        self._depth -= 1
        return expression

    def _word(self, tree: _Branch) -> Expression:
        token = cast(Token, tree.children[0])
        start, end = cast(int, token.start_pos), cast(int, token.end_pos)
        first = self._text[start]
        if first in '"<':
            return self._hidden(start, end)
        if first.isdigit():
            return syntax.Number(start, end, self._text[start:end])
        return self._reference(start, end)

    def _reference(self, start: int, end: int) -> Expression:
        """A word, or a dotted reference, which is one word in the mask."""
        root, *names = self._text[start:end].split(".")
        self._check_length(start, end, len(names))
        start_of_name = start + len(root)
        expression: Expression = syntax.Name(start, start_of_name, root)
        for name in names:
            start_of_name += 1 + len(name)
            expression = syntax.GetAttr(start, start_of_name, expression, name)
        return expression

    def _string(self, tree: _Branch) -> Expression:
        return self._hidden(tree.start_pos, tree.end_pos)

    def _hidden(self, start: int, end: int) -> Expression:
        """A string or heredoc without interpolations."""
        if template := self._mask.templates.get(start):
            return assemble(template, iter(()), self._file)
        return syntax.Literal(start, end, self._text[start + 1 : end - 1])

    def _constant(self, tree: _Branch) -> Expression:
        token = cast(Token, tree.children[0])
        start, end = cast(int, token.start_pos), cast(int, token.end_pos)
        return syntax.Literal(start, end, _CONSTANTS[self._text[start:end]])

    def _number(self, tree: _Branch) -> Expression:
        start, end = tree.start_pos, tree.end_pos
        return syntax.Number(start, end, self._text[start:end])

    def _tuple(self, tree: _Branch) -> Expression:
        start = tree.start_pos
        if template := self._mask.templates.get(start):
            return self._template(tree, template)
        items = [self._expression(item) for item in _branches(tree)]
        return syntax.Tuple(start, tree.end_pos, items)

    def _template(self, tree: _Branch, template: TemplateSource) -> Expression:
        """A template stands in the mask as a list of its expressions: one for every slot."""
        items = iter(_branches(tree))
        expressions = []
        for slot in template.slots():
            item = next(items, None)
            if item is None or not self._fills(item, slot):
                message = "one expression was expected in this part of the template"
                raise _problem(self._file, slot.start, slot.end, message)
            expressions.append(self._expression(item))
        return assemble(template, iter(expressions), self._file)

    def _fills(self, item: _Branch, slot: Sequence) -> bool:
        start, end = item.start_pos, item.end_pos
        rest = self._mask.text[end : slot.inner_end]
        return slot.inner <= start and end <= slot.inner_end and not rest.strip()

    def _object(self, tree: _Branch) -> Expression:
        items = []
        for item in _branches(tree):
            key, value = _branches(item)
            items.append(syntax.ObjectItem(self._key(key), self._expression(value)))
        return syntax.Object(tree.start_pos, tree.end_pos, items)

    def _key(self, tree: _Branch) -> Expression:
        """A bare word as key is its own name, whatever it means elsewhere."""
        term = cast(_Branch, tree.children[0])
        start, end = term.start_pos, term.end_pos
        if term.data in ("keyword", "literal_value"):
            return syntax.Literal(start, end, self._text[start:end])
        key = self._expression(term)
        if term.data == "identifier" and isinstance(key, syntax.Name):
            return syntax.Literal(start, end, key.name)
        return key

    def _conditional(self, tree: _Branch) -> Expression:
        condition, then, otherwise = map(self._expression, _branches(tree))
        start = min(tree.start_pos, condition.start)
        return syntax.Conditional(start, self._end(tree), condition, then, otherwise)

    def _binary(self, tree: _Branch) -> Expression:
        left_tree, term = _branches(tree)
        operator, right_tree = _branches(term)
        sign = _BINARY[cast(Token, operator.children[0]).type]
        left, right = self._expression(left_tree), self._expression(right_tree)
        # Signs that the mask hides may begin before what the library saw.
        start = min(tree.start_pos, left.start)
        return syntax.Binary(start, self._end(tree), sign, left, right)

    def _unary(self, tree: _Branch) -> Expression:
        sign, operand = cast(tuple[Token, _Branch], tree.children)
        start, end = tree.start_pos, tree.end_pos
        expression: Expression = syntax.Unary(
            start, end, "-" if sign.type == "MINUS" else "!", self._expression(operand)
        )
        outer = self._mask.signs.get(start, ())
        self._check_length(start, end, len(outer))
        for start, operator in reversed(outer):
            expression = syntax.Unary(start, end, "-" if operator == "-" else "!", expression)
        return expression

    def _for_tuple(self, tree: _Branch) -> Expression:
        start, end = tree.start_pos, tree.end_pos
        if start in self._mask.templates:
            message = "`for` in a template needs brackets of its own"
            raise _problem(self._file, start, end, message, 'write `"${[for …]}"`')
        intro, result, *condition = _branches(tree)
        return syntax.For(
            start,
            end,
            *self._for_intro(intro),
            None,
            self._expression(result),
            self._for_condition(condition),
            False,
        )

    def _for_object(self, tree: _Branch) -> Expression:
        intro, key, result, *condition = _branches(tree)
        return syntax.For(
            tree.start_pos,
            tree.end_pos,
            *self._for_intro(intro),
            self._expression(key),
            self._expression(result),
            self._for_condition(condition),
            any(isinstance(c, Token) and c.type == "ELLIPSIS" for c in tree.children),
        )

    def _for_intro(self, tree: _Branch) -> tuple[str, str, Expression]:
        *names, collection = _branches(tree)
        words = [self._name(name, "a variable name") for name in names]
        key, value = words if len(words) == 2 else ("", words[0])
        return key, value, self._expression(collection)

    def _for_condition(self, trees: list[_Branch]) -> Expression | None:
        return self._expression(_branches(trees[0])[0]) if trees else None

    def _call(self, tree: _Branch) -> Expression:
        function, *rest = _branches(tree)
        name = "".join(self._name(function, "a function name").split())
        items = rest[0].children if rest else []
        expands = any(isinstance(item, Token) and item.type == "ELLIPSIS" for item in items)
        arguments = [self._expression(item) for item in _branches(rest[0])] if rest else []
        return syntax.Call(tree.start_pos, tree.end_pos, name, arguments, expands)

    # References: what follows an operand is flattened to steps and built up again, since splats
    # reach over the steps after them.

    def _traversal(self, tree: _Branch) -> Expression:
        steps: list[_Step] = []
        base = tree
        while base.data in _TRAVERSALS:
            base, step = cast(list[_Branch], base.children)
            steps += reversed(step.children) if step.data in _SPLATS else (step,)
        self._check_length(tree.start_pos, tree.end_pos, len(steps))
        steps.reverse()
        return self._follow(self._expression(base), tree.start_pos, steps)

    def _follow(self, base: Expression, start: int, steps: list[_Step]) -> Expression:
        for i, step in enumerate(steps):
            if not isinstance(step, Token):
                base = self._step(base, start, step)
            elif step.type == "FULL_SPLAT_START":
                each = self._each(step, steps[i + 1 :])
                return syntax.Splat(start, each.end, base, each, True)
            else:
                reach = i + 1
                while reach < len(steps) and _is_attribute(steps[reach]):
                    reach += 1
                each = self._each(step, steps[i + 1 : reach])
                splat = syntax.Splat(start, each.end, base, each, False)
                return self._follow(splat, start, steps[reach:])
        return base

    def _each(self, splat: Token, steps: list[_Step]) -> Expression:
        start, end = cast(int, splat.start_pos), cast(int, splat.end_pos)
        return self._follow(syntax.SplatItem(start, end), start, steps)

    def _step(self, base: Expression, start: int, tree: _Branch) -> Expression:
        end = tree.end_pos
        if tree.data == "get_attr":
            name = self._name(cast(_Branch, tree.children[1]), "an attribute name")
            return syntax.GetAttr(start, end, base, name)
        if tree.data == "short_index":
            token = cast(Token, tree.children[1])
            number_start = cast(int, token.start_pos)
            number = syntax.Number(number_start, end, self._text[number_start:end])
            return syntax.Index(start, end, base, number)
        if tree.start_pos in self._mask.templates:
            raise _unexpected(self._file, tree.start_pos, ())
        return syntax.Index(start, end, base, self._expression(_branches(tree)[0]))

    def _check_length(self, start: int, end: int, length: int) -> None:
        if self._depth + length > _MAX_DEPTH:
            raise _too_deep(self._file.span(start, end))


_SPLATS = ("attr_splat", "full_splat")
_Step = Token | _Branch


def _is_attribute(step: _Step) -> bool:
    """Whether an attribute-only splat reaches over a step: `.name` and `.0`, not `[0]`."""
    return not isinstance(step, Token) and step.data != "braces_index"


def _branches(tree: _Branch) -> list[_Branch]:
    return [child for child in tree.children if isinstance(child, _Branch)]


# The library's tree.


class _Builders:
    """Tells lark how to build the node of a rule; line breaks stay tokens."""

    def __getattr__(self, rule: str) -> Callable[[list[_Child]], _Child]:
        if rule == "new_line_or_comment":
            return itemgetter(0)
        return partial(_Branch, sys.intern(str(rule)))


@cache
def _builders() -> dict[Rule, Any]:
    """What to build for every rule of the grammar.

    The library itself builds a node with a position for each of the ten levels of precedence
    around every operand, only to drop most of them again: half of the time of parsing.
    """
    rules = grammar().rules
    tree_builder = cast(Any, ParseTreeBuilder)(rules, _Branch)
    builders: dict[Rule, Any] = tree_builder.create_callback(_Builders())
    for rule in rules:
        name = rule.origin.name
        is_level = rule.options.expand1 and not rule.alias
        if len(rule.expansion) == 1 and (is_level or name == "expr_term"):
            builders[rule] = itemgetter(0)
    return builders


def _read(file: SourceFile, mask: str) -> _Branch:
    """The library's tree of a mask; whatever it raises becomes a SyntaxProblem."""
    try:
        parsing = cast(Any, grammar().parse_interactive(mask + "\n"))
        parsing.parser_state.parse_conf.callbacks = _builders()
        for _ in parsing.iter_parse():
            pass
        return cast(_Branch, parsing.feed_eof())
    except UnexpectedToken as error:
        at_end = error.token.type == "$END" or error.pos_in_stream is None
        start = len(mask) if at_end else cast(int, error.pos_in_stream)
        problem = _unexpected(file, start, parsing.accepts())
    except UnexpectedCharacters as error:
        problem = _unexpected(file, error.pos_in_stream or 0, error.allowed or ())
    except RecursionError:
        problem = _too_deep(file.span(0, 0))
    except Exception as error:  # a fault of the library must not end a scan
        message = f"python-hcl2 could not read this file ({type(error).__name__})"
        problem = SyntaxProblem(message, file.span(0, 0))
    raise problem


# Problems, in people's words.

_SPELLINGS = {
    "EQ": "`=`",
    "LBRACE": "`{`",
    "COMMA": "`,`",
    "COLON": "`:`",
    "RPAR": "`)`",
    "RSQB": "`]`",
    "RBRACE": "`}`",
    "FOR_OBJECT_ARROW": "`=>`",
    "IN": "`in`",
    "NL_OR_COMMENT": "a new line",
}
_EXPRESSION_STARTS = {"LBRACE", "COMMA", "IN", "NL_OR_COMMENT"}
_HINTS = {
    "'": "strings are written with double quotes",
    ";": "arguments are separated by new lines",
    "\u00a0": "this is a no-break space; write a plain one",
    "\u201c": 'write plain quotes: "',
    "\u201d": 'write plain quotes: "',
    "&": "the operator is `&&`",
    "|": "the operator is `||`",
}
_WORD = re.compile(r"[\w-]+|[=!<>]=|=>|&&|\|\||\.\.\.|.", re.DOTALL)


def _unexpected(file: SourceFile, start: int, terminals: Iterable[str]) -> SyntaxProblem:
    """What was met at `start`, and what the grammar takes there instead."""
    text = file.text
    while text[start : start + 1] in (" ", "\t", "\r"):
        start += 1
    match = _WORD.match(text, start)
    met = match[0] if match else ""
    expected = _expected(set(terminals))
    message = f"{described(met)} was not expected here"
    if expected:
        message = f"{described(met)} where {expected} was expected"
    return _problem(file, start, start + len(met), message, _HINTS.get(met, ""))


def _expected(terminals: set[str]) -> str:
    words = []
    if "INT_LITERAL" in terminals:
        words.append("an expression")
        terminals -= _EXPRESSION_STARTS
    elif "NAME" in terminals and not {"EQ", "LBRACE"} <= terminals:
        words.append("a name")
    words += [spelling for name, spelling in _SPELLINGS.items() if name in terminals]
    return ", ".join(words[:-1]) + " or " + words[-1] if len(words) > 1 else "".join(words)


def _problem(file: SourceFile, start: int, end: int, message: str, hint: str = "") -> SyntaxProblem:
    return SyntaxProblem(message, file.span(start, min(end, len(file.text))), hint)


def _too_deep(span: Span) -> SyntaxProblem:
    return SyntaxProblem(
        f"an expression nested more than {_MAX_DEPTH} levels deep",
        span,
        "split it up with local values",
    )
