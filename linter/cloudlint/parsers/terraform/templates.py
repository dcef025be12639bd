"""Templates: quoted strings, heredocs, and the strings of the JSON syntax.

Scanning splits a template into a flat list of tokens, literal texts and `${…}`/`%{…}` sequences.
`assemble` turns these and the expressions parsed from the sequences into template parts, with the
rules of HCL for strip markers, flush heredocs and directives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise
from typing import Literal as OneOf

from cloudlint.source import SourceFile

from .problems import SyntaxProblem
from .syntax import (
    Expression,
    Literal,
    Template,
    TemplateFor,
    TemplateIf,
    TemplatePart,
    TemplateWrap,
)

# What Go's unicode.IsSpace takes for a space; str.isspace knows four separators more.
SPACES = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)

Keyword = OneOf["value", "if", "else", "endif", "for", "endfor"]


class Kind(Enum):
    """Where a template stands, which decides about escapes and line ends."""

    QUOTED = "string"
    HEREDOC = "heredoc"
    FLUSH_HEREDOC = "flush heredoc"
    BARE = "template"


@dataclass(slots=True)
class Text:
    """A stretch of literal text, its escapes resolved; at most one line."""

    start: int
    end: int
    value: str


@dataclass(slots=True)
class Sequence:
    """One `${…}` or `%{…}` from `start` to `end`.

    The expression inside, where the keyword has one, stands from `inner` to `inner_end`.
    """

    keyword: Keyword
    start: int
    inner: int
    strips_before: bool
    names: tuple[str, str] = ("", "")
    inner_end: int = -1
    end: int = -1
    strips_after: bool = False

    @property
    def has_expression(self) -> bool:
        return self.keyword in ("value", "if", "for")


@dataclass(slots=True)
class TemplateSource:
    """A template as scanned; `end` is known once its end was met.

    While it is scanned, `depth` counts its open directives, and `masked` is the end of its last
    expression, -1 before there is one.
    """

    kind: Kind
    start: int
    end: int = -1
    marker: str = ""
    tokens: list[Text | Sequence] = field(default_factory=list)
    depth: int = 0
    masked: int = -1

    def slots(self) -> list[Sequence]:
        """The sequences that hold an expression, in the order written."""
        return [t for t in self.tokens if isinstance(t, Sequence) and t.has_expression]


def assemble(
    source: TemplateSource, expressions: Iterator[Expression], file: SourceFile
) -> Expression:
    """The expression a template stands for; `expressions` are those of its `slots()`, in order.

    Raises SyntaxProblem for directives that are not closed, or close nothing.
    """
    tokens = source.tokens
    if len(tokens) == 1 and isinstance(tokens[0], Sequence) and tokens[0].keyword == "value":
        inner = next(expressions)
        if source.kind in (Kind.QUOTED, Kind.BARE):
            return TemplateWrap(source.start, source.end, inner)
        return Template(source.start, source.end, [inner])
    _strip(tokens)
    if source.kind is Kind.FLUSH_HEREDOC:
        _flush(tokens)
    parts = _Assembly(tokens, expressions, file).parts()
    if not parts:
        return Literal(source.start, source.end, "")
    if len(parts) == 1 and isinstance(parts[0], Literal) and not source.slots():
        return Literal(source.start, source.end, parts[0].value)
    return Template(source.start, source.end, parts)


def _strip(tokens: list[Text | Sequence]) -> None:
    """Apply `~`: it reaches to the neighbouring token only, in a heredoc thus to the line end."""
    for before, after in pairwise(tokens):
        if isinstance(before, Sequence) and before.strips_after and isinstance(after, Text):
            after.value = after.value.lstrip(SPACES)
        if isinstance(after, Sequence) and after.strips_before and isinstance(before, Text):
            before.value = before.value.rstrip(SPACES)


def _flush(tokens: list[Text | Sequence]) -> None:
    """Take the common indentation off the lines of a `<<-` heredoc.

    Lines of blanks only neither count nor change. What `~` has joined to the line before is no
    line start any more and keeps its blanks; a sequence at a line start means no indentation.
    """
    indentation: int | None = None
    indented: list[Text] = []
    at_line_start = True
    for token in tokens:
        text = token.value if isinstance(token, Text) else ""
        if at_line_start:
            rest = text.lstrip(SPACES)
            if rest or not text.endswith("\n"):
                width = len(text) - len(rest)
                indentation = width if indentation is None else min(indentation, width)
                if isinstance(token, Text):
                    indented.append(token)
        at_line_start = text.endswith("\n")
    for line in indented:
        line.value = line.value[indentation or 0 :]


class _Assembly:
    """Builds nested parts from flat tokens; the nesting is bounded by the scanner."""

    def __init__(
        self, tokens: list[Text | Sequence], expressions: Iterator[Expression], file: SourceFile
    ) -> None:
        self._tokens = iter(tokens)
        self._expressions = expressions
        self._file = file

    def parts(self) -> list[TemplatePart]:
        return self._until(())[0]

    def _until(self, closers: tuple[Keyword, ...]) -> tuple[list[TemplatePart], Sequence | None]:
        """Parts up to one of the closing keywords, and the sequence that holds it."""
        parts: list[TemplatePart] = []
        texts: list[Text] = []
        for token in self._tokens:
            if isinstance(token, Text):
                texts.append(token)
                continue
            _append(parts, texts)
            if token.keyword == "value":
                parts.append(next(self._expressions))
            elif token.keyword == "if":
                parts.append(self._if(token))
            elif token.keyword == "for":
                parts.append(self._for(token))
            elif token.keyword in closers:
                return parts, token
            else:
                raise self._stray(token)
        _append(parts, texts)
        return parts, None

    def _if(self, opening: Sequence) -> TemplateIf:
        condition = next(self._expressions)
        then, closing = self._until(("else", "endif"))
        otherwise: list[TemplatePart] = []
        if closing and closing.keyword == "else":
            otherwise, closing = self._until(("endif",))
        end = self._closed(opening, closing)
        return TemplateIf(opening.start, end, condition, then, otherwise)

    def _for(self, opening: Sequence) -> TemplateFor:
        collection = next(self._expressions)
        body, closing = self._until(("endfor",))
        key, value = opening.names
        end = self._closed(opening, closing)
        return TemplateFor(opening.start, end, key, value, collection, body)

    def _closed(self, opening: Sequence, closing: Sequence | None) -> int:
        if closing:
            return closing.end
        raise SyntaxProblem(
            f"`%{{ {opening.keyword} }}` is never closed",
            self._file.span(opening.start, opening.end),
            f"add `%{{ end{opening.keyword} }}` before the template ends",
        )

    def _stray(self, token: Sequence) -> SyntaxProblem:
        opener = "for" if token.keyword == "endfor" else "if"
        return SyntaxProblem(
            f"`%{{ {token.keyword} }}` has no `%{{ {opener} }}` that it belongs to",
            self._file.span(token.start, token.end),
            f"remove it, or open it with `%{{ {opener} … }}`",
        )


def _append(parts: list[TemplatePart], texts: list[Text]) -> None:
    """Add adjacent texts as one literal part, unless nothing is left of them."""
    if value := "".join([text.value for text in texts]):
        parts.append(Literal(texts[0].start, texts[-1].end, value))
    texts.clear()


# A run of two or more `$` before a brace loses one of them and begins nothing. The atomic groups
# keep a long run of `$` without a brace linear.
_ESCAPED_OPENING = r"\$(?>\$+)\{?|%(?>%+)\{?"
_LONE_SIGN = r"\$(?!\{)|%(?!\{)"
_QUOTED_ESCAPE = re.compile(
    rf"{_ESCAPED_OPENING}|\\(?:u[0-9a-fA-F]{{4}}|U[0-9a-fA-F]{{8}}|(.|\Z))", re.DOTALL
)
_TEMPLATE_ESCAPE = re.compile(_ESCAPED_OPENING)
_SIMPLE_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}

_LINE = re.compile(rf"(?:[^$%\n]++|{_ESCAPED_OPENING}|{_LONE_SIGN})*+\n?")

LITERAL_RUN = {
    Kind.QUOTED: re.compile(rf'(?:[^"\\$%\n]++|\\[^\n]|{_ESCAPED_OPENING}|{_LONE_SIGN})*+'),
    Kind.HEREDOC: _LINE,
    Kind.FLUSH_HEREDOC: _LINE,
    Kind.BARE: _LINE,
}


def unescape(kind: Kind, file: SourceFile, start: int, end: int) -> str:
    """The literal text from `start` to `end` with its escapes resolved."""
    text = file.text[start:end]
    if kind is not Kind.QUOTED:
        if "${" not in text and "%{" not in text:
            return text
        return _TEMPLATE_ESCAPE.sub(lambda match: _opening(match[0]), text)
    if "\\" not in text and "${" not in text and "%{" not in text:
        return text

    def resolved(match: re.Match[str]) -> str:
        escape = match[0]
        if escape[0] != "\\":
            return _opening(escape)
        if match[1] in _SIMPLE_ESCAPES:
            return _SIMPLE_ESCAPES[match[1]]
        if match[1] is None and (code := int(escape[2:], 16)) < 0x110000:
            # Half a surrogate pair is no character; Terraform puts the replacement character.
            return "\ufffd" if 0xD800 <= code < 0xE000 else chr(code)
        raise SyntaxProblem(
            f"`{escape}` is not an escape sequence",
            file.span(start + match.start(), start + match.end()),
            r"strings know \n, \r, \t, \", \\, \uNNNN and \UNNNNNNNN; write `\\` for a backslash",
        )

    return _QUOTED_ESCAPE.sub(resolved, text)


def _opening(run: str) -> str:
    return run[1:] if run.endswith("{") else run
