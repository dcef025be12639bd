"""Environment files: `.env` and what `env_file` names, as Compose reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from cloudlint.parsers.compose.interpolation import Environment, Invalid, interpolate
from cloudlint.source import Diagnostic, SourceFile, Span
from cloudlint.values import Value, known, unknown

_NAME = re.compile(r"(?:export[^\S\n]+)?(?P<name>[\w.\-\[\]]+)[^\S\n]*(?P<end>[=:]|\n|\Z)")
_BLANKS = re.compile(r"[^\S\n]*")
_SKIPPED = re.compile(r"(?:\s+|#[^\n]*)*")
_ESCAPE = re.compile(r'\\(?:([abcfnrtv$"\\])|0([0-7]{1,3}))')
_ESCAPES = {"a": "\a", "b": "\b", "c": "\\c", "f": "\f", "n": "\n", "r": "\r", "t": "\t"} | {
    "v": "\v", "$": "$$", '"': '"', "\\": "\\",
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Variable:
    """One variable of an environment file. `value` is None for a bare name, which is handed over
    from the shell; the span of the value holds its quotes."""

    name: str
    value: Value | None
    span: Span


@dataclass(slots=True, eq=False)
class EnvironmentFile:
    """The variables in the order written, and what could not be read."""

    variables: list[Variable] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)

    @property
    def values(self) -> dict[str, Value]:
        """The last value of each name that has one."""
        return {v.name: v.value for v in self.variables if v.value is not None}


def parse(file: SourceFile, environment: Environment, *, raw: bool = False) -> EnvironmentFile:
    """The variables of a file; their values may use those of `environment`, which win, and those
    above them. `raw` is Compose's `format: raw`: neither quotes nor variables mean anything."""
    result = EnvironmentFile()
    if raw:
        result.variables.extend(_raw_variables(file))
        return result
    parser = _Parser(file, environment, result)
    while parser.at < len(file.text):
        parser.statement()
    return result


def _raw_variables(file: SourceFile) -> Iterator[Variable]:
    for number in range(1, len(file.line_starts) + 1):
        line, start = file.line(number), file.offset(number)
        name, equals, text = line.partition("=")
        if equals and name.strip() and not name.lstrip().startswith("#"):
            value = known(text, file.span(start + len(name) + 1, start + len(line)))
            yield Variable(name.strip(), value, file.span(start, start + len(name)))


class _Parser:
    def __init__(self, file: SourceFile, environment: Environment, result: EnvironmentFile) -> None:
        self.file = file
        self.text = file.text
        self.result = result
        self.known: dict[str, Value] = dict(environment.values)
        self.given = frozenset(environment.values)
        self.environment = Environment(
            self.known, environment.where, environment.scope, environment.budget
        )
        self.at = 0

    def statement(self) -> None:
        self.at = self._after(_SKIPPED, self.at)
        if self.at == len(self.text):
            return
        match = _NAME.match(self.text, self.at)
        if match is None:
            self._problem("this line is neither a comment nor `NAME=value`")
            return
        span = self.file.span(match.start("name"), match.end("name"))
        self.at = match.end()
        value = self._value(match["name"]) if match["end"] in ("=", ":") else None
        self.result.variables.append(Variable(match["name"], value, span))
        if value is not None and match["name"] not in self.given:
            self.known[match["name"]] = value

    def _after(self, pattern: re.Pattern[str], at: int) -> int:
        match = pattern.match(self.text, at)
        return match.end() if match else at

    def _value(self, name: str) -> Value:
        self.at = self._after(_BLANKS, self.at)
        quote = self.text[self.at : self.at + 1]
        if quote and quote in "'\"":
            end = self._closing(quote)
            if end is None:
                span = self._problem("this value has no closing quote")
                return unknown(name, "has no closing quote", span, scope=f"{self.file.path}:")
            return self._quoted(name, quote, end)
        end = self._line_end()
        text = self.text[self.at : end].partition(" #")[0].rstrip()
        span = self.file.span(self.at, self.at + len(text))
        self.at = end
        return self._interpolated(name, text, span)

    def _closing(self, quote: str) -> int | None:
        at = self.at + 1
        while at < len(self.text) and self.text[at] != quote:
            at += 2 if self.text[at] == "\\" else 1
        return at if at < len(self.text) else None

    def _quoted(self, name: str, quote: str, end: int) -> Value:
        span = self.file.span(self.at, end + 1)
        text = self.text[self.at + 1 : end].replace(f"\\{quote}", quote)
        self.at = end + 1
        if quote == "'":
            return known(text, span)
        return self._interpolated(name, _ESCAPE.sub(_unescaped, text), span)

    def _interpolated(self, name: str, text: str, span: Span) -> Value:
        try:
            return interpolate(text, span, self.environment)
        except Invalid as error:
            self._warn(f"in `{name}`, {error}", span)
            return unknown(name, "could not be read", span, scope=f"{self.file.path}:")

    def _line_end(self) -> int:
        end = self.text.find("\n", self.at)
        return len(self.text) if end == -1 else end

    def _problem(self, message: str) -> Span:
        """Tell what is wrong with the rest of the line, and leave it."""
        span = self.file.span(self.at, self._line_end()).header
        self._warn(message, span)
        self.at = self._line_end()
        return span

    def _warn(self, message: str, span: Span) -> None:
        hint = "Write `NAME=value`, with the value in quotes where it holds blanks."
        problem = Diagnostic(message, self.file.path, span, hint, "warning")
        self.result.problems.append(problem)


def _unescaped(match: re.Match[str]) -> str:
    if match[2]:
        return chr(int(match[2], 8))
    return _ESCAPES[match[1]]
