"""Functions on text. Of a text of which only parts are known, they answer what follows from the
known parts; characters are Unicode's grapheme clusters where Terraform counts them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from cloudlint.parsers.terraform.functions import formatting, patterns
from cloudlint.parsers.terraform.functions.limits import bounded, check_length, whole
from cloudlint.parsers.terraform.functions.registry import Context, Refused, function, unsettled
from cloudlint.parsers.terraform.functions.rendering import render
from cloudlint.parsers.terraform.templates import SPACES
from cloudlint.source import SourceFile
from cloudlint.values import (
    Known,
    Template,
    Undecided,
    Value,
    applied,
    known,
    template,
)
from cloudlint.values.numbers import Number
from cloudlint.values.types import BOOL, STRING

if TYPE_CHECKING:
    from regex import Pattern

__all__ = ["formatting", "graphemes", "patterns"]

_LINE_ENDS = "\r\n"
# Where the viramas of Indic scripts join consonants, Terraform's older Unicode does not.
_VIRAMAS = "\u094d\u09cd\u0a4d\u0acd\u0b4d\u0c4d\u0d4d"


def graphemes(text: str) -> list[str]:
    """The grapheme clusters of a text: what `length`, `substr` and `strrev` count."""
    if text.isascii() and "\r" not in text:
        return list(text)
    import regex

    clusters = regex.findall(r"\X", text)
    if not any(virama in text for virama in _VIRAMAS):
        return clusters
    return [part for cluster in clusters for part in _conjuncts().split(cluster)]


@cache
def _conjuncts() -> Pattern[str]:
    import regex

    return regex.compile(rf"(?V1)(?<=[{_VIRAMAS}]\p{{Mn}}*)(?=\p{{Lo}})")


# -- one character at a time -------------------------------------------------------------------


def _lowered(character: str) -> str:
    small = character.lower()
    return small if len(small) == 1 else small[0] if character == "\u0130" else character


def _raised(character: str) -> str:
    """One character for one: `ß` stays, `ᾳ` becomes its title case."""
    for big in (character.upper(), character.title()):
        if len(big) == 1:
            return big
    return character


def _titled(character: str) -> str:
    big = character.title()
    return big if len(big) == 1 else character


@function("lower", structural=True)
def lower(text: Value) -> Value:
    return _by_part("lower", text, lambda part: "".join(map(_lowered, part)))


@function("upper", structural=True)
def upper(text: Value) -> Value:
    return _by_part("upper", text, lambda part: "".join(map(_raised, part)))


def _by_part(name: str, text: Value, change: Callable[[str], str], *others: Value) -> Value:
    """A function that changes every character by itself, done for every part of the text."""
    if isinstance(text, Known):
        return known(bounded(change(text.string())))
    if not isinstance(text, Template):
        return unsettled(name, STRING, text, *others)
    return template(
        [
            change(part) if isinstance(part, str) else applied(name, part, *others, type_=STRING)
            for part in text.parts
        ]
    )


@function("title")
def title(text: str) -> str:
    before = " "
    result = []
    for character in text:
        result.append(_titled(character) if _separates(before) else character)
        before = character
    return bounded("".join(result))


def _separates(character: str) -> bool:
    if character.isascii():
        return not (character.isalnum() or character == "_")
    return character in SPACES


@function("strrev")
def strrev(text: str) -> str:
    return bounded("".join(reversed(graphemes(text))))


@function("indent")
def indent(spaces: Number, text: str) -> str:
    width = whole(spaces)
    if width < 0:
        raise Refused("the number of spaces must not be negative")
    check_length(len(text) + width * text.count("\n"))
    return text.replace("\n", "\n" + " " * width)


# -- ends --------------------------------------------------------------------------------------


@function("chomp", structural=True)
def chomp(text: Value) -> Value:
    return _stripped("chomp", (text,), _LINE_ENDS, start=False)


@function("trimspace", structural=True)
def trimspace(text: Value) -> Value:
    return _stripped("trimspace", (text,), SPACES)


@function("trim", structural=True)
def trim(text: Value, cutset: Value) -> Value:
    if not isinstance(cutset, Known):
        return unsettled("trim", STRING, text, cutset)
    return _stripped("trim", (text, cutset), cutset.string())


def _stripped(name: str, arguments: tuple[Value, ...], cutset: str, *, start: bool = True) -> Value:
    """The text without the characters of `cutset` at its end and, where asked, its start."""
    text = arguments[0]
    if isinstance(text, Known):
        right = text.string().rstrip(cutset) if cutset else text.string()
        return known(right.lstrip(cutset) if start and cutset else right)
    last = text.suffix.rstrip(cutset) if isinstance(text, Template) else ""
    first = text.prefix.lstrip(cutset) if isinstance(text, Template) else ""
    if not isinstance(text, Template) or not last or (start and not first):
        return unsettled(name, STRING, *arguments)
    inner = text.parts[1:-1] if start else text.parts[:-1]
    return template([*([first] if start else []), *inner, last])


@function("trimprefix", structural=True)
def trimprefix(text: Value, prefix: Value) -> Value:
    begins = _answer(text, prefix, _starts)
    if begins is None or not isinstance(prefix, Known):
        return unsettled("trimprefix", STRING, text, prefix) if begins is not False else text
    if not begins:
        return text
    size = len(prefix.string())
    if isinstance(text, Template):
        return template([text.prefix[size:], *text.parts[1:]]) if size else text
    return known(bounded(_text(text)[size:]))


@function("trimsuffix", structural=True)
def trimsuffix(text: Value, suffix: Value) -> Value:
    ends = _answer(text, suffix, _ends)
    if ends is None or not isinstance(suffix, Known):
        return unsettled("trimsuffix", STRING, text, suffix) if ends is not False else text
    size = len(suffix.string())
    if not ends or not size:
        return text
    if isinstance(text, Template):
        return template([*text.parts[:-1], text.suffix[:-size]])
    return known(_text(text)[:-size])


def _text(value: Value) -> str:
    return value.string()


@function("startswith", structural=True)
def startswith(text: Value, prefix: Value) -> Value:
    answer = _answer(text, prefix, _starts)
    return unsettled("startswith", BOOL, text, prefix) if answer is None else known(answer)


@function("endswith", structural=True)
def endswith(text: Value, suffix: Value) -> Value:
    answer = _answer(text, suffix, _ends)
    return unsettled("endswith", BOOL, text, suffix) if answer is None else known(answer)


@function("strcontains", structural=True)
def strcontains(text: Value, wanted: Value) -> Value:
    answer: bool | None = None
    if isinstance(wanted, Known):
        parts = text.parts if isinstance(text, Template) else _known_parts(text)
        if any(isinstance(part, str) and wanted.string() in part for part in parts):
            answer = True
        elif isinstance(text, Known):
            answer = False
    return unsettled("strcontains", BOOL, text, wanted) if answer is None else known(answer)


def _known_parts(text: Value) -> tuple[str, ...]:
    return (text.string(),) if isinstance(text, Known) else ()


def _starts(text: Value, prefix: str) -> bool:
    return text.startswith(prefix)


def _ends(text: Value, suffix: str) -> bool:
    return text.endswith(suffix)


def _answer(text: Value, end: Value, ask: Callable[[Value, str], bool]) -> bool | None:
    """Whether a text has this end; None where that cannot be told."""
    try:
        if isinstance(end, Known):
            return ask(text, end.string())
        if isinstance(end, Template) and isinstance(text, Known):
            sure = end.prefix if ask is _starts else end.suffix
            return None if ask(text, sure) else False
    except Undecided:
        pass
    return None


# -- parts -------------------------------------------------------------------------------------


@function("substr", structural=True)
def substr(text: Value, offset: Value, length: Value) -> Value:
    if isinstance(offset, Known) and isinstance(length, Known):
        start, size = whole(offset.number()), whole(length.number())
        if isinstance(text, Known):
            return known(bounded(_part(graphemes(text.string()), start, size)))
        part = _part_of_unknown(text, start, size)
        if part is not None:
            return part
    return unsettled("substr", STRING, text, offset, length)


def _part(characters: list[str], start: int, size: int) -> str:
    if start < 0:  # from there, Terraform takes a length of 0 for no limit
        start, size = max(start + len(characters), 0), size or -1
    return "".join(characters[start:] if size < 0 else characters[start : start + size])


def _part_of_unknown(text: Value, start: int, size: int) -> Value | None:
    """A part that lies in the known start or end of the text. What is unknown may begin with a
    combining character, so that the last known character of the start is not sure."""
    if start == 0 and size < 0:
        return text
    if not isinstance(text, Template):
        return None
    first, last = graphemes(text.prefix), graphemes(text.suffix)
    if start >= 0 and size >= 0 and start + size < len(first):
        return known(_part(first, start, size))
    if 0 < -start < len(last):
        return known(_part(last, start, size))
    return None


@function("replace", structural=True)
def replace(text: Value, wanted: Value, replacement: Value) -> Value:
    if not isinstance(wanted, Known) or not isinstance(replacement, Known):
        return unsettled("replace", STRING, text, wanted, replacement)
    old, new = wanted.string(), replacement.string()
    if len(old) > 1 and old[0] == old[-1] == "/":
        if not isinstance(text, Known):
            return unsettled("replace", STRING, text, wanted, replacement)
        return known(bounded(patterns.replaced(text.string(), old[1:-1], new)))
    if not isinstance(text, Known) and len(old) != 1:  # a match could begin in an unknown part
        return unsettled("replace", STRING, text, wanted, replacement)
    return _by_part("replace", text, lambda part: _replaced(part, old, new), wanted, replacement)


def _replaced(text: str, old: str, new: str) -> str:
    count = text.count(old) if old else len(text) + 1
    check_length(len(text) + count * (len(new) - len(old)))
    return text.replace(old, new)


@function("templatestring", structural=True, context=True)
def templatestring(context: Context, text: Value, variables: Value) -> Value:
    if not isinstance(text, Known):
        return unsettled("templatestring", STRING, text, variables)
    file = text.span.path if text.span else "<template>"
    source = SourceFile(file, text.string())
    return render(context, "templatestring", source, text, variables)
