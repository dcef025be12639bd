"""Variables in words: `$NAME`, `${NAME:-default}` and their kin, quotes and escapes.

The rules are BuildKit's. A variable that is set by nothing but an argument of the build counts as
unset: `${NAME:-default}` is the default, as in a build without arguments.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from cloudlint.parsers.dockerfile import patterns
from cloudlint.parsers.dockerfile.scope import Scope, Variable
from cloudlint.source import Span
from cloudlint.values import Known, Symbolic, Template, Value, applied, choice, template, unknown
from cloudlint.values.types import BOOL

MAX_NESTING = 20
MAX_TEXT = 65_536
MAX_PARTS = 200
MAX_TOTAL = 5_000_000
_NAME = re.compile(r"\d+|[@*#?$!-]|[^\W\d]\w*")
_ACTIVE = re.compile(r"[$'\"\\`]")
_PLAIN = {escape: re.compile(rf"[^$'\"{re.escape(escape)}/}}]+") for escape in "\\`"}
Part = str | Value


class Invalid(ValueError):
    """A word that Docker refuses to expand; the message is a sentence for people."""


class Budget:
    """What the words of one file may grow by together: variables made of variables grow fast."""

    def __init__(self) -> None:
        self._left = MAX_TOTAL

    def spend(self, size: int) -> bool:
        """Whether that much is left."""
        self._left -= size
        return self._left >= 0


class Expander:
    """Expands words in a scope; `refuse` is told of words that Docker would refuse."""

    def __init__(self, escape: str, budget: Budget, refuse: Callable[[str, Span], None]) -> None:
        self.escape = escape
        self._budget = budget
        self._refuse = refuse

    def expand(self, raw: str, span: Span, scope: Scope) -> Value:
        """The value of a word written as `raw` at `span`.

        Where the word is nothing but one variable, the value's span is where that was written.
        """
        if not _ACTIVE.search(raw):
            return Known(raw, "string", span=span)
        reader = _Reader(raw, self.escape, scope, self._budget)
        try:
            parts = reader.parts()
        except Invalid as problem:
            self._refuse(str(problem), span)
            return unknown(f"`{shortened(raw)}`", "is not well-formed", span)
        return self._together(parts, raw, span)

    def _together(self, parts: list[Part], raw: str, span: Span) -> Value:
        if len(parts) == 1 and isinstance(parts[0], Value):
            return parts[0].used_at(span)
        size = sum(_size(part) for part in parts)
        pieces = sum(len(part.parts) if isinstance(part, Template) else 1 for part in parts)
        within = size <= MAX_TEXT and pieces <= MAX_PARTS
        if not self._budget.spend(size) or not within:
            return unknown(f"`{shortened(raw)}`", "grows beyond all bounds", span)
        value = template(parts, span)
        return value.used_at(span) if any(isinstance(part, Value) for part in parts) else value


def _size(part: Part) -> int:
    if isinstance(part, str):
        return len(part)
    if isinstance(part, Known):
        return len(part.string())
    return sum(map(_size, part.parts)) if isinstance(part, Template) else 8


def shortened(raw: str) -> str:
    """The text, or its beginning where it is too long for a message."""
    return raw if len(raw) <= 40 else f"{raw[:39]}…"


class _Reader:
    """Reads one word from left to right."""

    def __init__(self, raw: str, escape: str, scope: Scope, budget: Budget) -> None:
        self.raw = raw
        self.at = 0
        self.escape = escape
        self.scope = scope
        self.budget = budget
        self.plain = _PLAIN[escape]
        self.depth = 0

    def parts(self, stop: str = "", keep_escapes: bool = False) -> list[Part]:
        """Everything up to `stop`, which is taken too, or to the end of the word."""
        found: list[Part] = []
        while self.at < len(self.raw):
            char = self.raw[self.at]
            if char == stop:
                self.at += 1
                return _merged(found)
            if char == "$":
                found.append(self._dollar())
            elif char == "'":
                found.append(self._single_quoted())
            elif char == '"':
                found += self._double_quoted()
            else:
                found.append(self._text(keep_escapes))
        if stop:
            raise Invalid(f"the substitution has no closing `{stop}`")
        return _merged(found)

    def _text(self, keep_escapes: bool) -> str:
        match = self.plain.match(self.raw, self.at)
        if match:
            self.at = match.end()
            return match[0]
        start = self.at
        if self.raw[start] != self.escape:
            self.at += 1
            return self.raw[start]
        self.at = min(start + 2, len(self.raw))
        return self.raw[start + (not keep_escapes) : self.at]

    # -- quotes --------------------------------------------------------------------------------

    def _single_quoted(self) -> str:
        end = self.raw.find("'", self.at + 1)
        if end == -1:
            raise Invalid("the quote ' has no end")
        start, self.at = self.at + 1, end + 1
        return self.raw[start:end]

    def _double_quoted(self) -> list[Part]:
        self.at += 1
        found: list[Part] = [""]
        while self.at < len(self.raw):
            char = self.raw[self.at]
            if char == '"':
                self.at += 1
                return found
            if char == "$":
                found.append(self._dollar())
                continue
            match = self.plain.match(self.raw, self.at)
            if match is None and char == self.escape:
                following = self.raw[self.at + 1 : self.at + 2]
                if following and following in f'"${self.escape}':
                    self.at += 1
                    char = following
            found.append(match[0] if match else char)
            self.at = match.end() if match else self.at + 1
        raise Invalid('the quote " has no end')

    # -- variables -----------------------------------------------------------------------------

    def _dollar(self) -> Part:
        self.at += 1
        if self.raw.startswith("{", self.at):
            self.at += 1
            return self._braced()
        match = _NAME.match(self.raw, self.at)
        if match is None:
            return "$"
        self.at = match.end()
        return self.scope.get(match[0]).value

    def _braced(self) -> Part:
        match = _NAME.match(self.raw, self.at)
        if match is None:
            raise Invalid("the substitution names no variable")
        self.at = match.end()
        operator = self._operator()
        if operator == "}":
            return self.scope.get(match[0]).value
        self.depth += 1
        if self.depth > MAX_NESTING:
            raise Invalid("the substitutions are nested too deeply")
        variable = self.scope.get(match[0])
        result = self._modified(variable, operator)
        self.depth -= 1
        return result

    def _operator(self) -> str:
        width = 2 if self.raw[self.at : self.at + 1] == ":" else 1
        operator = self.raw[self.at : self.at + width]
        if operator not in ("}", "-", "+", "?", "#", "%", "/", ":-", ":+", ":?"):
            closed = "}" in self.raw[self.at :]
            reason = f"has an unknown modifier `{operator}`" if closed else "has no closing `}`"
            raise Invalid(f"the substitution {reason}")
        self.at += width
        return operator

    def _modified(self, variable: Variable, operator: str) -> Part:
        if operator in ("#", "%"):
            return self._trimmed(variable, operator)
        if operator == "/":
            return self._replaced(variable)
        word = self._joined(self.parts("}"))
        given = _given(variable, operator.startswith(":"))
        if operator.endswith("?"):
            return variable.value
        used, otherwise = (variable.value, word)
        if operator.endswith("+"):
            used, otherwise = word, Known("", "string")
        if given is None:
            condition = applied("is_set", variable.value, type_=BOOL)
            return choice(condition, used, otherwise)
        return used if given else otherwise

    def _joined(self, parts: list[Part]) -> Value:
        """The parts as one value, not larger than any other."""
        if len(parts) == 1 and isinstance(parts[0], Value):
            return parts[0]
        size = sum(map(_size, parts))
        if not self.budget.spend(size) or size > MAX_TEXT or len(parts) > MAX_PARTS:
            raise Invalid("the substitution grows beyond all bounds")
        return template(parts)

    # -- patterns ------------------------------------------------------------------------------

    def _trimmed(self, variable: Variable, operator: str) -> Part:
        longest = self.raw.startswith(operator, self.at)
        self.at += longest
        pattern = self._joined(self.parts("}", keep_escapes=True))
        name = operator * (2 if longest else 1)
        if not isinstance(variable.value, Known) or not isinstance(pattern, Known):
            return _unresolved(name, variable, pattern)
        text, tokens = variable.value.string(), _tokens(pattern)
        if not self.budget.spend(patterns.cost(text, tokens)):
            raise Invalid("the substitution takes too long")
        trim = patterns.without_prefix if operator == "#" else patterns.without_suffix
        return _edited(variable.value, trim(text, tokens, longest))

    def _replaced(self, variable: Variable) -> Part:
        everywhere = self.raw.startswith("/", self.at)
        self.at += everywhere
        pattern = self._joined(self.parts("/", keep_escapes=True))
        by = self._joined(self.parts("}", keep_escapes=True))
        known = isinstance(pattern, Known) and isinstance(by, Known)
        if not isinstance(variable.value, Known) or not known:
            return _unresolved("//" if everywhere else "/", variable, pattern, by)
        text, tokens = variable.value.string(), _tokens(pattern)
        if not self.budget.spend(patterns.cost(text, tokens) * (len(text) + len(by) + 1)):
            raise Invalid("the substitution takes too long")
        result = patterns.replaced(text, tokens, by.string(), everywhere)
        return _edited(variable.value, result)


def _merged(parts: list[Part]) -> list[Part]:
    """The parts with neighbouring texts put together."""
    merged: list[Part] = []
    run: list[str] = []
    for part in parts:
        if isinstance(part, str):
            run.append(part)
            continue
        if run:
            merged.append("".join(run))
            run = []
        merged.append(part)
    return [*merged, "".join(run)] if run else merged


def _given(variable: Variable, empty_is_unset: bool) -> bool | None:
    """Whether the variable counts as set; None where that is not known."""
    if not empty_is_unset or not variable.is_set:
        return variable.is_set
    return None if variable.is_empty is None else not variable.is_empty


def _tokens(pattern: Value) -> list[patterns.Token]:
    try:
        return patterns.tokens(pattern.string())
    except patterns.InvalidPattern as problem:
        raise Invalid(f"the pattern has an {problem}") from None


def _unresolved(operator: str, variable: Variable, *arguments: Value) -> Symbolic:
    return applied(operator, variable.value, *arguments)


def _edited(value: Known, text: str) -> Known:
    return Known(text, "string", span=value.span, marks=value.marks)
