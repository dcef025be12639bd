"""Hiding secrets in values and in words that are shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from cloudlint.concepts.secrets import detection
from cloudlint.concepts.secrets.interpolations import secrets_in
from cloudlint.concepts.secrets.names import Secrecy, secrecy
from cloudlint.parsers.terraform.console import MAX_DEPTH
from cloudlint.source import Span
from cloudlint.values import Known, Template, Value
from cloudlint.values.model import MAPPINGS, SEQUENCES
from cloudlint.values.symbols import Applied, Choice


def hidden(value: Value, name: str, depth: int = 0) -> Value:
    """The value, with what is a secret in it marked as sensitive; `name` is what it is called.
    What is nested too deep to be shown stays as it is."""
    if depth > MAX_DEPTH:
        return value
    if isinstance(value, Known):
        return _known(value, name, depth)
    symbol = value.symbol
    if isinstance(value, Template):
        return value.marked_sensitive() if _is_secret(name, value.text) else value
    if isinstance(symbol, Choice):
        arms = (hidden(arm, name, depth + 1) for arm in (symbol.then, symbol.otherwise))
        return value.marked_sensitive() if any(arm.holds_sensitive() for arm in arms) else value
    if isinstance(symbol, Applied):
        given = (hidden(argument, name, depth + 1) for argument in symbol.arguments)
        return value.marked_sensitive() if any(one.holds_sensitive() for one in given) else value
    return value


def _known(value: Known, name: str, depth: int) -> Known:
    """Sets are hidden as a whole where they hold a secret: their order would tell."""
    if value.kind == "string":
        return value.marked_sensitive() if _is_secret(name, value.string()) else value
    inside: dict[str, Value] | tuple[Value, ...]
    if value.kind in MAPPINGS:
        inside = {key: hidden(item, key, depth + 1) for key, item in value.mapping.items()}
    elif value.kind in SEQUENCES:
        inside = tuple(hidden(item, name, depth + 1) for item in value.items)
    else:
        return value
    return Known(inside, value.kind, element=value.element, span=value.span, marks=value.marks)


def _is_secret(name: str, text: str) -> bool:
    return any(not match.is_example for match in secrets_in(name, text))


# -- words -----------------------------------------------------------------------------------------

_QUOTED = re.compile(r'\\?"(?P<text>[^"\\\n]{1,500})\\?"')
_COMPARED_WITH = re.compile(r"(?P<name>[A-Za-z_][\w-]{0,200})[\"\])]{0,3} [!=]= \Z")
_COMPARED_TO = re.compile(r" [!=]= \(?(?:[\w-]{1,200}\.)*(?P<name>[\w-]{1,200})")


def without_secrets(places: Iterable[Span]) -> Callable[[str], str]:
    """What takes the secrets that stand in these places out of words, where they are quoted; and
    what is compared with something that is called like one. Words of a language stay."""
    texts = {span.text for span in places}
    secrets = frozenset(text for text in texts if not (text.isalpha() and text.islower()))

    def hide(words: str) -> str:
        if '"' in words:
            words = _QUOTED.sub(lambda found: _hidden_quote(found, secrets), words)
        for match in sorted(detection.known_formats(words), key=lambda match: -match.start):
            words = f"{words[: match.start]}***{words[match.end :]}"
        return words

    return hide


def _hidden_quote(found: re.Match[str], secrets: frozenset[str]) -> str:
    before, after = found.string[: found.start()][-210:], found.string[found.end() :][:420]
    compared = _COMPARED_WITH.search(before) or _COMPARED_TO.match(after)
    is_compared = compared is not None and secrecy(compared["name"]) is not Secrecy.NONE
    if not (is_compared or found["text"] in secrets):
        return found[0]
    return found[0].replace(found["text"], "***")
