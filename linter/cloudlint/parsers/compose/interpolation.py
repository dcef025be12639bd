"""Variables in texts: `$NAME`, `${NAME}`, `${NAME:-default}` and their kin, `$$` for a dollar.

A variable is what an environment file says. One that no file sets comes from the shell of whoever
starts the project: it is a symbol, unless the text says what is used in its place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from cloudlint.source import Span
from cloudlint.values import Known, Step, Template, Value, applied, choice, known, template, unknown
from cloudlint.values.types import STRING

MAX_NESTING = 20
MAX_TEXT = 100_000
_NAME = "[A-Za-z_][A-Za-z0-9_]*"
_REFERENCE = re.compile(
    rf"\$(?:(?P<escaped>\$)|(?P<name>{_NAME})"
    rf"|(?P<brace>\{{)(?:(?P<braced>{_NAME})(?P<operator>\}}|:?[-+?]))?)"
)
_BRACE = re.compile("[{}]")
_VARIABLE = re.compile(_NAME)

Part = str | Value


class Invalid(Exception):
    """A text that Compose refuses to interpolate; the message is a sentence for people."""


@dataclass(frozen=True, slots=True, eq=False)
class Environment:
    """The variables that texts are interpolated with.

    `where` names the files they are read from; variables in the same `scope` with the same name
    are the same unknown. `budget` is what all texts may grow by together.
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    where: str = "`.env`"
    scope: str = ""
    budget: Budget = field(default_factory=lambda: Budget())

    def over(self, others: Mapping[str, Value]) -> Environment:
        """This environment with `others` for what it does not have."""
        return replace(self, values={**others, **self.values})


@dataclass(slots=True, eq=False)
class Budget:
    """Characters that substitution may still produce: variables that hold variables grow fast."""

    left: int = 20_000_000

    def spend(self, size: int) -> None:
        self.left -= size
        if size > MAX_TEXT or self.left < 0:
            raise Invalid("the variables in this text grow it beyond all bounds")


def interpolate(text: str, span: Span | None, environment: Environment) -> Value:
    """The value of a text in which variables are replaced; raises `Invalid`.

    `span` is where the text is written: the value is used there. It is written there too, unless
    it is one variable's value and nothing else.
    """
    if "$" not in text:
        return known(text, span)
    parts = _Substitution(environment, span).parts(text, 0)
    environment.budget.spend(sum(_size(part) for part in parts))
    if len(parts) == 1 and isinstance(parts[0], Value):
        return parts[0].used_at(span)
    steps = [step for part in parts if isinstance(part, Value) for step in part.marks.trail]
    result = template(parts, span)
    return result._copy(span, replace(result.marks, trail=tuple(dict.fromkeys(steps))))


def _size(part: Part) -> int:
    if isinstance(part, Template):
        return sum(_size(inner) for inner in part.parts)
    if isinstance(part, Known):
        return len(part.string())
    return len(part) if isinstance(part, str) else 1


def is_empty(value: Value) -> bool | None:
    """Whether a text is empty; None where that is not known."""
    if isinstance(value, Known):
        return not value.data
    texts = value.parts if isinstance(value, Template) else ()
    return False if any(isinstance(part, str) for part in texts) else None


class _Substitution:
    """Replaces the references of one text; finds their places by reading on in the source."""

    def __init__(self, environment: Environment, span: Span | None) -> None:
        self.environment = environment
        self.span = span
        self._at = span.start if span else 0

    def parts(self, text: str, depth: int) -> list[Part]:
        if depth > MAX_NESTING:
            raise Invalid(f"its variables are nested deeper than {MAX_NESTING} levels")
        parts: list[Part] = []
        at = 0
        while match := _REFERENCE.search(text, at):
            if match.start() > at:
                parts.append(text[at : match.start()])
            part, at = self._replaced(text, match, depth)
            parts += part
        return [*parts, text[at:]] if at < len(text) else parts

    def _replaced(self, text: str, match: re.Match[str], depth: int) -> tuple[list[Part], int]:
        """What stands for a reference, and where the text goes on."""
        if match["escaped"]:
            return ["$"], match.end()
        if match["name"]:
            return [self._plain(match["name"], self._place(match[0]))], match.end()
        operator = match["operator"]
        if not operator:
            raise Invalid(_why_not(text, match))
        if operator == "}":
            return [self._plain(match["braced"], self._place(match[0]))], match.end()
        end = _closing(text, match)
        place = self._place(text[match.start() : end + 1])
        operand = text[match.end() : end]
        return self._operated(match["braced"], operator, operand, place, depth), end + 1

    def _plain(self, name: str, place: Span | None) -> Value:
        value = self._lookup(name)
        return self._unset(name, place) if value is None else value

    def _operated(
        self, name: str, operator: str, operand: str, place: Span | None, depth: int
    ) -> list[Part]:
        value = self._lookup(name)
        empty = is_empty(value) if value is not None and operator[0] == ":" else False
        missing = value is None or empty is True
        if operator[-1] == "?":
            return [self._unset(name, place) if value is None or missing else value]
        if operator[-1] == "-":
            substitute, kept = self._operand(operand, depth, place), value
        else:
            nothing = known("", place)
            substitute, kept = [nothing], template(self._operand(operand, depth, place), place)
        if value is None or missing:
            what = "default is used" if operator[-1] == "-" else "alternative is not used"
            reason = f"`{name}` has no value in {self.environment.where}: its {what}"
            return [part.via(Step(reason, place)) for part in substitute]
        if kept is None or empty is False:
            return [value if kept is None else kept]
        condition = applied("==", value, known(""))
        return [choice(condition, template(substitute, place), kept, STRING)]

    def _operand(self, operand: str, depth: int, place: Span | None) -> list[Value]:
        """The parts of a default; one at least."""
        parts = self.parts(operand, depth + 1) or [""]
        return [known(part, place) if isinstance(part, str) else part for part in parts]

    def _lookup(self, name: str) -> Value | None:
        value = self.environment.values.get(name)
        if value is None or value.span is None or value.symbol is not None:
            return value
        return value.via(Step(f"`{name}` is set in `{value.span.path}`", value.span))

    def _unset(self, name: str, place: Span | None) -> Value:
        reason = f"has no value in {self.environment.where}"
        return unknown(name, reason, place, scope=self.environment.scope)

    def _place(self, reference: str) -> Span | None:
        """Where a reference is written; the whole text where escapes and folding hide it."""
        if self.span is None:
            return None
        at = self.span.file.text.find(reference, self._at, self.span.end)
        if at == -1:
            return self.span
        self._at = at + 1
        return self.span.file.span(at, at + len(reference))


def _why_not(text: str, opening: re.Match[str]) -> str:
    """What is wrong with a reference that begins with `${` and does not go on as one."""
    name = _VARIABLE.match(text, opening.end())
    if name is None:
        return f"`{opening[0]}` is not followed by the name of a variable"
    return f"`{opening[0]}{name[0]}` is followed neither by a closing brace nor by an operator"


def _closing(text: str, opening: re.Match[str]) -> int:
    """The offset of the brace that closes a reference."""
    depth = 1
    for match in _BRACE.finditer(text, opening.end()):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return match.start()
    raise Invalid(f"`{opening[0]}` has no closing brace")
