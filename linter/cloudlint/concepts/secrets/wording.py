"""Hiding secrets in words about values: messages, conditions, reasons."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from cloudlint.concepts.secrets import detection
from cloudlint.concepts.secrets.names import Secrecy, secrecy
from cloudlint.source import Span

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
