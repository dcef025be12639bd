"""What the meaning of an instruction depends on, and the readers of what many have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cloudlint.parsers.dockerfile import words
from cloudlint.parsers.dockerfile.expansion import Expander, shortened
from cloudlint.parsers.dockerfile.links import Links
from cloudlint.parsers.dockerfile.model import Command, Source, StageLink
from cloudlint.parsers.dockerfile.problems import Problems
from cloudlint.parsers.dockerfile.scope import Scope
from cloudlint.parsers.dockerfile.words import Word
from cloudlint.values import Known, Value, unknown

_EXPANDED_FLAGS = ("platform", "chown", "chmod", "checksum")


class Refused(Exception):
    """Docker would refuse the instruction; the message is a sentence for people."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class FlagWords:
    """The flags of an instruction: as values, as words, and where the other arguments begin."""

    def __init__(self, start: int) -> None:
        self.values: dict[str, tuple[Value, ...]] = {}
        self.words: dict[str, list[Word]] = {}
        self.start = start

    def add(self, name: str, word: Word, value: Value) -> None:
        self.values[name] = (*self.values.get(name, ()), value)
        self.words.setdefault(name, []).append(word)


@dataclass(slots=True, eq=False)
class Context:
    """The variables in force (`outer` are those before the first FROM), the references between
    stages, and what the build gives to arguments."""

    expander: Expander
    problems: Problems
    scope: Scope
    outer: Scope
    links: Links
    given: Mapping[str, Value]

    def expand(self, source: Source, word: Word, scope: Scope | None = None) -> Value:
        """The value of a word, in the current scope unless another is given."""
        return self.expander.expand(word.raw, source.at(word), scope or self.scope)

    def literal(self, source: Source, word: Word) -> Value:
        """The word as it is."""
        return Known(word.raw, "string", span=source.at(word))

    def words(self, source: Source, start: int) -> list[Value]:
        """The words between blanks, or the strings of a JSON array, expanded."""
        strings = words.json_strings(source.text, start)
        if strings is None:
            found = words.bare_words(source.text, start)
            markers = {heredoc.span.start for heredoc in source.heredocs}
            return [
                self.expand(source, word)
                for word in found
                if source.text.place(word.start) not in markers
            ]
        expand = self.expander.expand
        return [expand(text, source.at(word), self.scope) for text, word in strings]

    def flags(self, source: Source, scope: Scope | None = None) -> FlagWords:
        found, start = words.flags(source.text, self.expander.escape, source.start)
        flags = FlagWords(start)
        for flag in found:
            name, equals, _ = flag.raw[2:].partition("=")
            word = flag.after(2 + len(name) + len(equals))
            if name in _EXPANDED_FLAGS:
                value = self.expand(source, word, scope)
            else:
                text = unquoted(word.raw) if equals else "true"
                value = Known(text, "string", span=source.at(word))
            flags.add(name, word, value)
        return flags

    def command(self, source: Source, start: int) -> Command:
        strings = words.json_strings(source.text, start)
        arguments = None
        if strings is not None:
            arguments = tuple(Known(text, "string", span=source.at(word)) for text, word in strings)
        return Command(source.text.stripped(start), arguments)

    def reference(self, source: Source, word: Word) -> tuple[Value, StageLink | None]:
        """What `from=` names, variables not allowed, and the way to the stage where it is one."""
        span, raw = source.at(word), unquoted(word.raw)
        trouble = hint = ""
        if "$" in raw:
            trouble = "is not expanded: `from=` takes no variables"
            hint = "Give the image a stage of its own: FROM with the variable, AS a name."
        elif self.links.is_stage(raw.lower()):
            return Known(raw, "string", span=span), self.links.to(raw.lower(), span)
        elif raw.isdigit() and not source.onbuild:
            trouble, hint = "is no stage of this file", "Stages are counted from 0."
        if not trouble:
            return Known(raw, "string", span=span), None
        name = f"`{shortened(raw)}`"
        self.problems.error(f"{name} {trouble}", span, hint)
        return unknown(name, trouble, span), None


def unquoted(raw: str) -> str:
    """The text of a flag without its quotes."""
    return raw.replace('"', "").replace("'", "")
