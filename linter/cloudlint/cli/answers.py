"""What `cloudlint eval` answers, for people and for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cloudlint.concepts.secrets.hiding import hidden
from cloudlint.concepts.secrets.names import Secrecy, secrecy
from cloudlint.parsers.terraform import console
from cloudlint.parsers.terraform.functions import json_text
from cloudlint.parsers.terraform.functions.conversion import type_text
from cloudlint.parsers.terraform.problems import SyntaxProblem
from cloudlint.parsers.terraform.session import EXPRESSION, Session
from cloudlint.reporters.display import sentence, visible_character
from cloudlint.reporters.encode import well_formed
from cloudlint.reporters.frame import Masks, frame
from cloudlint.source import Span
from cloudlint.values import EvaluationError, Origin, Step, Value
from cloudlint.values.explanation import explained
from cloudlint.values.types import Type

_WIDTH = 120
_NOT_ASCII = re.compile(r"[^\x20-\x7e]")


@dataclass(frozen=True, slots=True)
class Decided:
    """A value: `shown` as the console shows it, `json` without what is sensitive, which is at
    `hidden`."""

    shown: str
    json: str
    hidden: list[console.Path]

    def text(self) -> str:
        return _safe(self.shown) + "\n"

    def line(self) -> str:
        if not self.hidden:
            return f'{{"value": {self.json}}}\n'
        return f'{{"value": {self.json}, "sensitive": {json.dumps(self.hidden)}}}\n'


@dataclass(frozen=True, slots=True)
class Undecided:
    """A value that is not known, or not all of it, and why."""

    shown: str
    origin: Origin
    chain: tuple[Step, ...]

    def text(self) -> str:
        return "".join(f"{line}\n" for line in self._lines())

    def _lines(self) -> Iterator[str]:
        yield _safe(self.shown)
        yield sentence(f"undecided: {self.origin}")
        for step in self.chain:
            place = f"{step.span.place}: " if step.span else ""
            yield f"  {sentence(place + step.text)}"
        if self.origin.settle:
            yield f"settle with: {sentence(self._settle)}"

    @property
    def _settle(self) -> str:
        return f"{self.origin.settle}=…"

    def line(self) -> str:
        chain = [{"text": step.text, "place": _place(step.span)} for step in self.chain]
        document: dict[str, Any] = {
            "origin": self.origin.name,
            "reason": self.origin.reason,
            "place": _place(self.origin.span),
            "chain": chain,
            "settle": self._settle if self.origin.settle else None,
            "shown": self.shown,
        }
        return _line("undecided", document)


@dataclass(frozen=True, slots=True)
class Failed:
    """An expression that Terraform would refuse."""

    message: str
    span: Span | None
    hint: str = ""

    def text(self) -> str:
        return "".join(f"{line}\n" for line in self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"error: {sentence(self.message)}"
        if self.span is not None:
            yield f" --> {sentence(self.span.place)}"
        if self.span is not None and self.span.path == EXPRESSION:
            yield "  |"
            for row in frame(self.span, Masks(()), _WIDTH):
                yield f"{row.number or '':>1} | {row.lead}{row.code}{row.marks}".rstrip()
        if self.hint:
            yield f"  = help: {sentence(self.hint)}"

    def line(self) -> str:
        place, hint = _place(self.span), self.hint or None
        return _line("error", {"message": self.message, "place": place, "hint": hint})


Answer = Decided | Undecided | Failed


def answer(session: Session, expression: str) -> Answer:
    """What an expression is, or why that is not known."""
    try:
        value = session.evaluate(expression)
        return _answer(value if isinstance(value, Type) else hidden(value, _called(expression)))
    except SyntaxProblem as problem:
        return Failed(problem.message, problem.span, problem.hint)
    except EvaluationError as error:
        return Failed(str(error), error.span)


def _called(expression: str) -> str:
    """What an expression's value is called: like a secret, if anything in it is; else empty."""
    names = re.findall(r"[A-Za-z_][\w-]{0,200}", expression)
    return next((name for name in names if secrecy(name) is not Secrecy.NONE), "")


def _answer(value: Value | Type) -> Answer:
    if isinstance(value, Type):
        shown = type_text(value)
        return Decided(shown, json_text.quoted(shown), [])
    shown = console.shown(value)
    explanation = explained(value)
    if explanation is not None:
        return Undecided(shown, *explanation)
    revealed, hidden = console.revealed(value)
    return Decided(shown, _ascii(json_text.encode(revealed)), hidden)


def _place(span: Span | None) -> str | None:
    return span.place if span else None


def _line(name: str, document: dict[str, Any]) -> str:
    return _ascii(json.dumps({name: document}, ensure_ascii=False)) + "\n"


def _ascii(text: str) -> str:
    """JSON in characters that every terminal and parser takes."""
    return _NOT_ASCII.sub(lambda match: _escape(match.group()), well_formed(text))


def _escape(character: str) -> str:
    units = character.encode("utf-16-be")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def _safe(text: str) -> str:
    """Without the characters that act on a terminal or hide from the reader."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if c in "\n\t" else visible_character(c) for c in text)
