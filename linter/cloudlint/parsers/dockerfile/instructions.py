"""Making instructions out of their text: one function per form of arguments."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from cloudlint.parsers.dockerfile import variables, words
from cloudlint.parsers.dockerfile.context import Context, Refused
from cloudlint.parsers.dockerfile.expansion import shortened
from cloudlint.parsers.dockerfile.links import Links
from cloudlint.parsers.dockerfile.model import (
    Cmd,
    Copy,
    Entrypoint,
    Expose,
    From,
    Healthcheck,
    Instruction,
    Maintainer,
    Mount,
    Onbuild,
    Run,
    Shell,
    Source,
    Stopsignal,
    User,
    Volume,
    Workdir,
)
from cloudlint.parsers.dockerfile.scope import Scope, deferred
from cloudlint.parsers.dockerfile.words import Word
from cloudlint.source import Span
from cloudlint.values import Known, Value, unknown

Form = Callable[[Source, Context], Instruction]
_STAGE_NAME = re.compile(r"[a-z][a-z0-9_.-]*\Z")
_LONG_NAMES = {"src": "source", "dst": "target", "destination": "target"}
_LONG_NAMES |= {"ro": "readonly", "rw": "readwrite"}


def read(source: Source, context: Context) -> Instruction:
    """The instruction; a plain `Instruction`, and a diagnostic, where Docker refuses it."""
    form = _FORMS.get(source.keyword)
    if form is None:
        _report_unknown(source, context)
        return Instruction(source)
    try:
        return form(source, context)
    except Refused as problem:
        context.problems.error(f"{source.keyword} {problem}", source.span.header, problem.hint)
    except words.NotStrings:
        message = f"the JSON array of {source.keyword} holds something else than strings"
        context.problems.error(message, source.span.header, "Put every element in quotes.")
    return Instruction(source)


def _report_unknown(source: Source, context: Context) -> None:
    from difflib import get_close_matches

    near = get_close_matches(source.keyword[:40], _FORMS, n=1)
    hint = f"Did you mean {near[0]}?" if near else "A line that goes on ends with a backslash."
    written, span = source.text.text[: source.start], source.text.span(0, source.start)
    context.problems.error(f"unknown instruction {shortened(written)}", span, hint)


# -- FROM --------------------------------------------------------------------------------------


def _from(source: Source, context: Context) -> From:
    flags = context.flags(source, context.outer)
    arguments = words.bare_words(source.text, flags.start)
    has_name = len(arguments) > 2 and arguments[1].raw.upper() == "AS"
    if len(arguments) != (3 if has_name else 1):
        message = "FROM has too many arguments" if arguments else "FROM names no image"
        hint = "FROM takes an image, or an image AS a name."
        context.problems.error(message, source.span.header, hint)
    image = _image(source, arguments, context)
    name, span = _stage_name(source, arguments[2], context) if has_name else ("", None)
    return From(source, flags.values, image, name, span)


def _image(source: Source, arguments: list[Word], context: Context) -> Value:
    nothing = unknown("FROM", "names no image", source.span.header)
    if not arguments:
        return nothing
    image = context.expand(source, arguments[0], context.outer)
    if image.known_or(None) != "":
        return image
    hint = "Give the variable a default before the first FROM."
    context.problems.error("the image of FROM is empty", source.at(arguments[0]), hint)
    return nothing


def _stage_name(source: Source, word: Word, context: Context) -> tuple[str, Span]:
    name, span = word.raw.lower(), source.at(word)
    if not _STAGE_NAME.match(name):
        hint = "It begins with a letter and has letters, digits, `-`, `_` and `.`."
        context.problems.error(f"`{shortened(name)}` cannot name a stage", span, hint)
    return name, span


# -- commands ----------------------------------------------------------------------------------


def _run(source: Source, context: Context) -> Run:
    flags = context.flags(source)
    command = context.command(source, flags.start)
    if not command.text.text:
        raise Refused("has no command")
    mounts = (_mount(source, word, context) for word in flags.words.get("mount", ()))
    return Run(source, flags.values, command, tuple(mounts))


def _mount(source: Source, word: Word, context: Context) -> Mount:
    options: dict[str, Value] = {}
    link = None
    for option in _comma_separated(word):
        name, equals, _ = option.raw.partition("=")
        value = option.after(len(name) + len(equals))
        name = _LONG_NAMES.get(name.lower(), name.lower())
        if not equals:
            options[name] = Known("true", "string", span=source.at(option))
        elif name == "from":
            options[name], link = context.reference(source, value)
        else:
            options[name] = context.expand(source, value)
    return Mount(source.at(word), options, link)


def _comma_separated(word: Word) -> Iterator[Word]:
    """The fields of a flag's value; a quoted field may hold commas."""
    for match in re.finditer(r'(?:[^,"]|"[^"]*+(?:"|\Z))++', word.raw):
        raw, start = match[0], word.start + match.start()
        quoted = len(raw) > 1 and raw[0] == raw[-1] == '"'
        yield Word(raw[quoted : len(raw) - quoted], start + quoted, start + len(raw) - quoted)


def _cmd(source: Source, context: Context) -> Cmd:
    flags = context.flags(source)
    return Cmd(source, flags.values, context.command(source, flags.start))


def _entrypoint(source: Source, context: Context) -> Entrypoint:
    flags = context.flags(source)
    return Entrypoint(source, flags.values, context.command(source, flags.start))


def _healthcheck(source: Source, context: Context) -> Healthcheck:
    flags = context.flags(source)
    arguments = words.bare_words(source.text, flags.start)
    kind = arguments[0].raw.upper() if arguments else ""
    if kind == "NONE":
        return Healthcheck(source, flags.values, None)
    if kind != "CMD":
        raise Refused("needs CMD and a command, or NONE")
    command = context.command(source, arguments[0].end)
    if not command.text.text:
        raise Refused("has no command after CMD")
    return Healthcheck(source, flags.values, command)


def _shell(source: Source, context: Context) -> Shell:
    arguments = context.command(source, source.start).arguments
    if not arguments:
        raise Refused("needs a JSON array of strings", 'As in SHELL ["/bin/bash", "-c"].')
    return Shell(source, words=arguments)


# -- files and settings ------------------------------------------------------------------------


def _copy(source: Source, context: Context) -> Copy:
    flags = context.flags(source)
    paths = context.words(source, flags.start)
    if not paths or len(paths) + len(source.heredocs) < 2:
        raise Refused("needs a source and a destination")
    link = None
    if "from" in flags.words:
        image, link = context.reference(source, flags.words["from"][-1])
        flags.values["from"] = (image,)
    return Copy(source, flags.values, tuple(paths), link)


def _single(kind: type[Instruction]) -> Form:
    """An instruction whose argument is all that follows."""

    def form(source: Source, context: Context) -> Instruction:
        word = words.rest(source.text, source.start)
        if word is None:
            raise Refused("needs an argument")
        read = context.literal if kind is Maintainer else context.expand
        return kind(source, words=(read(source, word),))

    return form


def _several(kind: type[Instruction], what: str) -> Form:
    """An instruction with any number of arguments."""

    def form(source: Source, context: Context) -> Instruction:
        found = context.words(source, source.start)
        if not found:
            raise Refused(f"needs a {what}")
        return kind(source, words=tuple(found))

    return form


def _onbuild(source: Source, context: Context) -> Onbuild:
    text = source.text.stripped(source.start)
    if not text.text:
        raise Refused("needs an instruction")
    keyword, start = words.keyword(text)
    keyword = keyword.upper()
    if keyword in ("ONBUILD", "FROM", "MAINTAINER"):
        raise Refused(f"cannot hold {shortened(keyword)}")
    span = Span(source.span.file, text.place(0), source.span.end)
    inner = Source(keyword, span, text, start, source.heredocs, onbuild=True)
    scope = Scope(deferred(source.span.path))
    later = replace(context, scope=scope, outer=scope, links=Links())
    return Onbuild(source, read(inner, later))


_FORMS: Mapping[str, Form] = {
    "FROM": _from,
    "RUN": _run,
    "COPY": _copy,
    "ADD": _copy,
    "ENV": variables.env,
    "LABEL": variables.label,
    "ARG": variables.arg,
    "CMD": _cmd,
    "ENTRYPOINT": _entrypoint,
    "HEALTHCHECK": _healthcheck,
    "USER": _single(User),
    "WORKDIR": _single(Workdir),
    "STOPSIGNAL": _single(Stopsignal),
    "MAINTAINER": _single(Maintainer),
    "EXPOSE": _several(Expose, "port"),
    "VOLUME": _several(Volume, "path"),
    "SHELL": _shell,
    "ONBUILD": _onbuild,
}
