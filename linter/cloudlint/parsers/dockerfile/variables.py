"""ENV, ARG and LABEL: names and values, and what they define."""

from __future__ import annotations

from cloudlint.parsers.dockerfile import words
from cloudlint.parsers.dockerfile.context import Context, Refused
from cloudlint.parsers.dockerfile.model import Arg, Env, Label, Pair, Source
from cloudlint.parsers.dockerfile.scope import Scope, argument, bounded, defined, through
from cloudlint.parsers.dockerfile.words import Word
from cloudlint.source import Span
from cloudlint.values import Value


def env(source: Source, context: Context) -> Env:
    pairs = _pairs(source, context)
    for pair in pairs:
        if pair.value is not None:
            _define(context.scope, pair.name, pair.value, f"ENV {pair.name}", pair.name_span)
    return Env(source, tuple(pairs))


def label(source: Source, context: Context) -> Label:
    return Label(source, tuple(_pairs(source, context)))


def arg(source: Source, context: Context) -> Arg:
    """Each argument sees those before it, on the same line too."""
    found = words.quoted_words(source.text, context.expander.escape, source.start)
    if not found:
        raise Refused("needs a name")
    pairs = []
    for word in found:
        name, value = _parted(word)
        default = context.expand(source, value) if value is not None else None
        pair = _pair(source, name, default, context)
        _declare(pair, context)
        pairs.append(pair)
    return Arg(source, tuple(pairs))


def _pairs(source: Source, context: Context) -> list[Pair]:
    """`name=value …`, or the old `name value`; all in the scope before the instruction."""
    found = words.quoted_words(source.text, context.expander.escape, source.start)
    if not found:
        raise Refused("needs a name and a value")
    if "=" not in found[0].raw:
        return [_old_pair(source, context)]
    pairs = []
    for word in found:
        name, value = _parted(word)
        if value is None or not name.raw:
            hint = "Every argument has the form name=value; quote values with blanks."
            message = "a name or its value is missing"
            context.problems.error(message, source.at(word), hint)
        else:
            pairs.append(_pair(source, name, context.expand(source, value), context))
    return pairs


def _parted(word: Word) -> tuple[Word, Word | None]:
    """The name and, after `=`, the value."""
    name, equals, _ = word.raw.partition("=")
    written = Word(name, word.start, word.start + len(name))
    return written, word.after(len(name) + 1) if equals else None


def _old_pair(source: Source, context: Context) -> Pair:
    name = words.bare_words(source.text, source.start)[0]
    value = words.rest(source.text, name.end)
    if value is None:
        raise Refused("needs a value", "The form is name=value.")
    return _pair(source, name, context.expand(source, value), context)


def _pair(source: Source, name: Word, value: Value | None, context: Context) -> Pair:
    expanded = context.expand(source, name).known_or(name.raw)
    return Pair(str(expanded), source.at(name), value)


def _define(scope: Scope, name: str, value: Value, step: str, at: Span) -> None:
    span = value.place or at
    scope.set(name, defined(through(bounded(value, name, span), step, span)))


def _declare(pair: Pair, context: Context) -> None:
    """What the build gives comes before the default. Without one the value is that of a global
    argument, or what ENV says."""
    name, scope = pair.name, context.scope
    if name in context.given:
        _define(scope, name, context.given[name], f"ARG {name}", pair.name_span)
        return
    if pair.value is not None:
        _define(scope, name, pair.value, f"the default of ARG {name}", pair.name_span)
        return
    variable = context.outer.find(name)
    if variable is None:
        variable = argument(name, pair.name_span, pair.name_span.path)
    if variable.is_set or scope.find(name) is None:
        scope.set(name, variable)
