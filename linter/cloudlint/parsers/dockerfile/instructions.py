"""Making instructions out of their text: one function per form of arguments."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cloudlint.parsers.dockerfile import words
from cloudlint.parsers.dockerfile.expansion import Expander, shortened
from cloudlint.parsers.dockerfile.model import (
    Arg,
    Cmd,
    Command,
    Copy,
    Entrypoint,
    Env,
    Expose,
    From,
    Healthcheck,
    Heredoc,
    Instruction,
    Label,
    Maintainer,
    Mount,
    Onbuild,
    Pair,
    Run,
    Shell,
    Stage,
    Stopsignal,
    User,
    Volume,
    Workdir,
)
from cloudlint.parsers.dockerfile.problems import Problems
from cloudlint.parsers.dockerfile.scope import (
    Scope,
    argument,
    bounded,
    deferred,
    defined,
    through,
)
from cloudlint.parsers.dockerfile.text import Text
from cloudlint.parsers.dockerfile.words import Word
from cloudlint.source import Span
from cloudlint.values import Known, Value, unknown

_STAGE_NAME = re.compile(r"[a-z][a-z0-9_.-]*\Z")
_LONG_NAMES = {"src": "source", "dst": "target", "destination": "target"}
_LONG_NAMES |= {"ro": "readonly", "rw": "readwrite"}
_EXPANDED_FLAGS = ("platform", "chown", "chmod", "checksum")


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """What is given of an instruction before its arguments are read; `start` is where they
    begin in `text`."""

    keyword: str
    span: Span
    text: Text
    start: int
    heredocs: tuple[Heredoc, ...]
    onbuild: bool = False

    def at(self, word: Word) -> Span:
        return self.text.span(word.start, word.end)

    @property
    def keyword_span(self) -> Span:
        return self.text.span(self.start - len(self.keyword), self.start)


@dataclass(slots=True, eq=False)
class Surroundings:
    """What the meaning of an instruction depends on: the variables in force (`outer` are those
    before the first FROM), the stages before it by name and index, and the names of all stages
    of the file."""

    scope: Scope
    outer: Scope
    stages: Mapping[str, Stage]
    names: frozenset[str]


class Refused(Exception):
    """Docker would refuse the instruction; the message is a sentence for people."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class Reader:
    """Reads the instructions of one file."""

    def __init__(self, expander: Expander, problems: Problems) -> None:
        self._expander = expander
        self._problems = problems
        self._forms: dict[str, Callable[[Source, Surroundings], Instruction]] = {
            "FROM": self._from,
            "RUN": self._run,
            "COPY": self._copy,
            "ADD": self._copy,
            "ENV": self._env,
            "LABEL": self._label,
            "ARG": self._arg,
            "CMD": self._cmd,
            "ENTRYPOINT": self._cmd,
            "HEALTHCHECK": self._healthcheck,
            "USER": self._single,
            "WORKDIR": self._single,
            "STOPSIGNAL": self._single,
            "MAINTAINER": self._single,
            "EXPOSE": self._expose,
            "VOLUME": self._volume,
            "SHELL": self._shell,
            "ONBUILD": self._onbuild,
        }

    def read(self, source: Source, around: Surroundings) -> Instruction:
        """The instruction; a plain `Instruction`, and a diagnostic, where Docker refuses it."""
        form = self._forms.get(source.keyword)
        if form is None:
            return self._unknown(source)
        try:
            return form(source, around)
        except Refused as problem:
            message = f"{source.keyword} {problem}"
            self._problems.error(message, source.span.header, problem.hint)
        except words.NotStrings:
            message = f"the JSON array of {source.keyword} holds something else than strings"
            self._problems.error(message, source.span.header, "Put every element in quotes.")
        return Instruction(
            source.keyword, source.span, source.text,
            heredocs=source.heredocs, onbuild=source.onbuild,
        )  # fmt: skip

    def _unknown(self, source: Source) -> Instruction:
        from difflib import get_close_matches

        near = get_close_matches(source.keyword[:40], self._forms, n=1)
        hint = f"Did you mean {near[0]}?" if near else "A line that goes on ends with a backslash."
        self._problems.error(
            f"unknown instruction {shortened(source.keyword)}", source.keyword_span, hint
        )
        return Instruction(source.keyword, source.span, source.text, onbuild=source.onbuild)

    # -- words and flags -----------------------------------------------------------------------

    def _expand(self, source: Source, word: Word, scope: Scope) -> Value:
        return self._expander.expand(word.raw, source.at(word), scope)

    def _flags(
        self, source: Source, scope: Scope
    ) -> tuple[dict[str, tuple[Value, ...]], dict[str, list[Word]], int]:
        """The flags as values and as words, and where the other arguments begin."""
        found, start = words.flags(source.text, self._expander.escape, source.start)
        flags: dict[str, tuple[Value, ...]] = {}
        raw: dict[str, list[Word]] = {}
        for word in found:
            name, equals, _ = word.raw[2:].partition("=")
            value = word.after(2 + len(name) + len(equals))
            flags[name] = (*flags.get(name, ()), self._flag(source, name, equals, value, scope))
            raw.setdefault(name, []).append(value)
        return flags, raw, start

    def _flag(self, source: Source, name: str, equals: str, word: Word, scope: Scope) -> Value:
        span = source.at(word)
        if not equals:
            return Known("true", "string", span=span)
        if name in _EXPANDED_FLAGS:
            return self._expander.expand(word.raw, span, scope)
        return Known(_unquoted(word.raw), "string", span=span)

    def _command(self, source: Source, start: int) -> Command:
        text = source.text.stripped(start)
        strings = words.json_strings(source.text, start)
        if strings is None:
            return Command(text)
        return Command(text, tuple(_literal(source, item) for item in strings))

    # -- instructions --------------------------------------------------------------------------

    def _from(self, source: Source, around: Surroundings) -> Instruction:
        flags, _, start = self._flags(source, around.outer)
        arguments = words.bare_words(source.text, start)
        if len(arguments) not in (1, 3) or (
            len(arguments) == 3 and arguments[1].raw.upper() != "AS"
        ):
            hint = "FROM takes an image, or an image AS a name."
            message = "FROM names no image" if not arguments else "FROM has too many arguments"
            self._problems.error(message, source.span.header, hint)
        name, name_span = "", None
        if len(arguments) >= 3 and arguments[1].raw.upper() == "AS":
            name, name_span = arguments[2].raw.lower(), source.at(arguments[2])
            if not _STAGE_NAME.match(name):
                self._problems.error("the name of a stage begins with a letter and has letters, "
                                     "digits, `-`, `_` and `.`", name_span)  # fmt: skip
        image: Value = unknown("FROM", "names no image", source.span.header)
        if arguments:
            image = self._expand(source, arguments[0], around.outer)
        return From(
            source.keyword, source.span, source.text,
            flags=flags, words=(image,), name=name, name_span=name_span,
        )  # fmt: skip

    def _run(self, source: Source, around: Surroundings) -> Instruction:
        flags, raw, start = self._flags(source, around.scope)
        command = self._command(source, start)
        if not command.text.text:
            raise Refused("has no command")
        return Run(
            source.keyword, source.span, source.text, flags=flags, heredocs=source.heredocs,
            onbuild=source.onbuild, words=command.arguments or (), command=command,
            mounts=tuple(self._mount(source, word, around) for word in raw.get("mount", ())),
        )  # fmt: skip

    def _mount(self, source: Source, word: Word, around: Surroundings) -> Mount:
        options: dict[str, Value] = {}
        stage = None
        for option in _comma_separated(word):
            name, equals, _ = option.raw.partition("=")
            value = option.after(len(name) + len(equals))
            name = _LONG_NAMES.get(name.lower(), name.lower())
            if not equals:
                options[name] = Known("true", "string", span=source.at(option))
            elif name == "from":
                options[name], stage = self._reference(source, value, around)
            else:
                options[name] = self._expand(source, value, around.scope)
        return Mount(source.at(word), options, stage)

    def _copy(self, source: Source, around: Surroundings) -> Instruction:
        flags, raw, start = self._flags(source, around.scope)
        strings = words.json_strings(source.text, start)
        markers = {heredoc.span.start for heredoc in source.heredocs}
        if strings is None:
            found = [
                word
                for word in words.bare_words(source.text, start)
                if source.text.place(word.start) not in markers
            ]
            paths = [self._expand(source, word, around.scope) for word in found]
        else:
            paths = self._expanded(source, strings, around.scope)
        if not paths or len(paths) + len(source.heredocs) < 2:
            raise Refused("needs a source and a destination")
        stage = None
        if "from" in raw:
            image, stage = self._reference(source, raw["from"][-1], around)
            flags["from"] = (image,)
        return Copy(
            source.keyword, source.span, source.text, flags=flags, words=tuple(paths),
            heredocs=source.heredocs, onbuild=source.onbuild, stage=stage,
        )  # fmt: skip

    def _expanded(
        self, source: Source, strings: list[tuple[str, Word]], scope: Scope
    ) -> list[Value]:
        """The strings of a JSON array with their variables expanded."""
        return [self._expander.expand(text, source.at(word), scope) for text, word in strings]

    def _reference(
        self, source: Source, word: Word, around: Surroundings
    ) -> tuple[Value, Stage | None]:
        """What `from=` names, variables not allowed, and the stage where it is one."""
        span, raw = source.at(word), _unquoted(word.raw)
        stage = around.stages.get(raw.lower())
        trouble = None
        if "$" in raw:
            trouble = "is not expanded: `from=` takes no variables"
            hint = "Give the image a stage of its own: FROM with the variable, AS a name."
        elif stage is None and raw.lower() in around.names:
            trouble, hint = "is a stage that is defined later", "Move that stage before this one."
        elif stage is None and raw.isdigit() and not source.onbuild:
            trouble, hint = "is no stage before this one", "Stages are counted from 0."
        if trouble is None:
            return Known(raw, "string", span=span), stage
        self._problems.error(f"`{shortened(raw)}` {trouble}", span, hint)
        return unknown(f"`{shortened(raw)}`", trouble, span), None

    def _cmd(self, source: Source, around: Surroundings) -> Instruction:
        flags, _, start = self._flags(source, around.scope)
        command = self._command(source, start)
        kind = Cmd if source.keyword == "CMD" else Entrypoint
        return kind(
            source.keyword, source.span, source.text, flags=flags, onbuild=source.onbuild,
            words=command.arguments or (), command=command,
        )  # fmt: skip

    def _healthcheck(self, source: Source, around: Surroundings) -> Instruction:
        flags, _, start = self._flags(source, around.scope)
        arguments = words.bare_words(source.text, start)
        type_ = arguments[0].raw.upper() if arguments else ""
        if type_ not in ("CMD", "NONE"):
            raise Refused("needs CMD and a command, or NONE")
        command = self._command(source, arguments[0].end) if type_ == "CMD" else None
        if command is not None and not command.text.text:
            raise Refused("has no command after CMD")
        return Healthcheck(
            source.keyword, source.span, source.text, flags=flags, onbuild=source.onbuild,
            words=(command.arguments or ()) if command else (), command=command,
        )  # fmt: skip

    def _single(self, source: Source, around: Surroundings) -> Instruction:
        """USER, WORKDIR, STOPSIGNAL, MAINTAINER: the whole rest is the argument."""
        word = words.rest(source.text, source.start)
        if word is None:
            raise Refused("needs an argument")
        if source.keyword == "MAINTAINER":
            value: Value = Known(word.raw, "string", span=source.at(word))
        else:
            value = self._expand(source, word, around.scope)
        kinds = {"USER": User, "WORKDIR": Workdir, "STOPSIGNAL": Stopsignal}
        kind = kinds.get(source.keyword, Maintainer)
        return _plain(kind, source, (value,))

    def _expose(self, source: Source, around: Surroundings) -> Instruction:
        ports = words.bare_words(source.text, source.start)
        if not ports:
            raise Refused("needs a port")
        return _plain(
            Expose, source, tuple(self._expand(source, word, around.scope) for word in ports)
        )

    def _volume(self, source: Source, around: Surroundings) -> Instruction:
        strings = words.json_strings(source.text, source.start)
        if strings is None:
            found = words.bare_words(source.text, source.start)
            paths = [self._expand(source, word, around.scope) for word in found]
        else:
            paths = self._expanded(source, strings, around.scope)
        if not paths:
            raise Refused("needs a path")
        return _plain(Volume, source, tuple(paths))

    def _shell(self, source: Source, around: Surroundings) -> Instruction:
        strings = words.json_strings(source.text, source.start)
        if not strings:
            raise Refused("needs a JSON array of strings", 'As in SHELL ["/bin/bash", "-c"].')
        return _plain(Shell, source, tuple(_literal(source, item) for item in strings))

    # -- variables -----------------------------------------------------------------------------

    def _env(self, source: Source, around: Surroundings) -> Instruction:
        pairs = self._pairs(source, around.scope)
        if not source.onbuild:
            for pair in pairs:
                if pair.value is not None:
                    _define(around.scope, pair, f"ENV {pair.name}")
        return _paired(Env, source, pairs)

    def _label(self, source: Source, around: Surroundings) -> Instruction:
        return _paired(Label, source, self._pairs(source, around.scope))

    def _pairs(self, source: Source, scope: Scope) -> list[Pair]:
        """`name=value …`, or the old `name value`; all in the scope before the instruction."""
        found = words.quoted_words(source.text, self._expander.escape, source.start)
        if not found:
            raise Refused("needs a name and a value")
        if "=" not in found[0].raw:
            return [self._old_pair(source, scope)]
        return [self._pair(source, word, scope) for word in found if self._has_value(source, word)]

    def _has_value(self, source: Source, word: Word) -> bool:
        if "=" in word.raw[1:]:
            return True
        hint = "Every argument has the form name=value; quote values with blanks."
        self._problems.error("a name or its value is missing", source.at(word), hint)
        return False

    def _pair(self, source: Source, word: Word, scope: Scope) -> Pair:
        name, _, _ = word.raw.partition("=")
        value = self._expand(source, word.after(len(name) + 1), scope)
        return self._named(source, Word(name, word.start, word.start + len(name)), value, scope)

    def _old_pair(self, source: Source, scope: Scope) -> Pair:
        name = words.bare_words(source.text, source.start)[0]
        value = words.rest(source.text, name.end)
        if value is None:
            raise Refused("needs a value", "The form is name=value.")
        return self._named(source, name, self._expand(source, value, scope), scope)

    def _named(self, source: Source, word: Word, value: Value | None, scope: Scope) -> Pair:
        name = self._expand(source, word, scope).known_or(word.raw)
        return Pair(str(name), source.at(word), value)

    def _arg(self, source: Source, around: Surroundings) -> Instruction:
        """Each argument sees those before it, on the same line too."""
        found = words.quoted_words(source.text, self._expander.escape, source.start)
        if not found:
            raise Refused("needs a name")
        pairs = []
        for word in found:
            name, equals, _ = word.raw.partition("=")
            value = word.after(len(name) + 1) if equals else None
            default = self._expand(source, value, around.scope) if value else None
            written = Word(name, word.start, word.start + len(name))
            pairs.append(self._named(source, written, default, around.scope))
            if not source.onbuild:
                self._declare(source, pairs[-1], around)
        return _paired(Arg, source, pairs)

    def _declare(self, source: Source, pair: Pair, around: Surroundings) -> None:
        """Without a default, a global argument of the name, or what ENV says, is the value."""
        if pair.value is not None:
            _define(around.scope, pair, f"the default of ARG {pair.name}")
            return
        variable = around.outer.find(pair.name)
        if variable is None and around.scope.find(pair.name) is None:
            variable = argument(pair.name, pair.name_span, source.span.path)
        if variable is not None and around.scope is not around.outer:
            around.scope.set(pair.name, variable)
        elif variable is not None and around.outer.find(pair.name) is None:
            around.outer.set(pair.name, variable)

    # -- ONBUILD -------------------------------------------------------------------------------

    def _onbuild(self, source: Source, around: Surroundings) -> Instruction:
        text = source.text.stripped(source.start)
        if not text.text:
            raise Refused("needs an instruction")
        keyword, start = words.keyword(text)
        keyword = keyword.upper()
        if keyword in ("ONBUILD", "FROM", "MAINTAINER"):
            raise Refused(f"cannot hold {keyword}")
        span = Span(source.span.file, text.place(0), source.span.end)
        inner = Source(keyword, span, text, start, source.heredocs, onbuild=True)
        scope = Scope(deferred(source.span.path))
        trigger = self.read(inner, Surroundings(scope, scope, {}, frozenset()))
        return Onbuild(
            source.keyword, source.span, source.text, heredocs=source.heredocs, trigger=trigger
        )


def _plain(kind: type[Instruction], source: Source, values: tuple[Value, ...]) -> Instruction:
    return kind(source.keyword, source.span, source.text, words=values, onbuild=source.onbuild)


def _paired(kind: type[Env | Label | Arg], source: Source, pairs: list[Pair]) -> Instruction:
    return kind(
        source.keyword, source.span, source.text, pairs=tuple(pairs), onbuild=source.onbuild,
        words=tuple(pair.value for pair in pairs if pair.value is not None),
    )  # fmt: skip


def _literal(source: Source, item: tuple[str, Word]) -> Value:
    return Known(item[0], "string", span=source.at(item[1]))


def _define(scope: Scope, pair: Pair, step: str) -> None:
    if pair.value is not None:
        span = pair.value.place or pair.name_span
        value = through(bounded(pair.value, pair.name, span), step, span)
        scope.set(pair.name, defined(value))


def _unquoted(raw: str) -> str:
    return raw.replace('"', "").replace("'", "") if '"' in raw or "'" in raw else raw


def _comma_separated(word: Word) -> list[Word]:
    """The fields of a flag's value; a quoted field may hold commas."""
    found = []
    for match in re.finditer(r'(?:[^,"]|"[^"]*+(?:"|\Z))++', word.raw):
        raw, start = match[0], word.start + match.start()
        if len(raw) > 1 and raw[0] == raw[-1] == '"':
            found.append(Word(raw[1:-1], start + 1, start + len(raw) - 1))
        else:
            found.append(Word(raw, start, start + len(raw)))
    return found
