"""What a Dockerfile says: stages and their instructions, words as values with exact places.

Everything is immutable. A word's value has its variables expanded where Docker expands them; its
`span` is where its text was written, its `place` the word in the instruction.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final, NamedTuple, TypeVar

from cloudlint.parsers.dockerfile.text import Text
from cloudlint.parsers.dockerfile.words import Word
from cloudlint.source import Diagnostic, SourceFile, Span
from cloudlint.values import Known, Value

I = TypeVar("I", bound="Instruction")  # noqa: E741 - an instruction
Flags = Mapping[str, tuple[Value, ...]]


class Heredoc(NamedTuple):
    """`<<EOF` and its lines: `span` is the marker, `body` the lines without the terminator's.

    `expand`: whether variables are expanded in the body; `chomp`: whether the tabs at the
    beginning of its lines are dropped.
    """

    name: str
    span: Span
    body: Span
    expand: bool
    chomp: bool

    @property
    def content(self) -> str:
        """The body as the command or the file gets it, variables not expanded."""
        if not self.chomp:
            return self.body.text
        return "\n".join(line.lstrip("\t") for line in self.body.text.split("\n"))


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Command:
    """A command line. `arguments` are the strings of the exec form, None in the shell form;
    variables are left to the shell that runs it."""

    text: Text
    arguments: tuple[Value, ...] | None = None

    @property
    def is_exec(self) -> bool:
        return self.arguments is not None

    @property
    def span(self) -> Span:
        return self.text.whole

    def __str__(self) -> str:
        return self.text.text


@dataclass(slots=True, eq=False, repr=False)
class StageLink:
    """The stage that a `from=` in the stage with the index `owner` names. It may be defined below,
    so that it is known only when all of the file is read."""

    name: str
    span: Span
    owner: int
    stage: Stage | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Mount:
    """`--mount=type=…,from=…`: the options by their long names (`source`, `target`, `readonly`)."""

    span: Span
    options: Mapping[str, Value]
    link: StageLink | None = None

    @property
    def stage(self) -> Stage | None:
        """The stage of this file that `from` names, None where it names an image."""
        return self.link.stage if self.link else None

    @property
    def type(self) -> Value:
        given = self.options.get("type")
        return Known("bind", "string", span=self.span) if given is None else given

    @property
    def from_(self) -> Value | None:
        return self.options.get("from")

    @property
    def target(self) -> Value | None:
        return self.options.get("target")

    @property
    def source(self) -> Value | None:
        return self.options.get("source")


class Pair(NamedTuple):
    """A name and its value, in ENV, LABEL or ARG. `value` is None for an ARG without default."""

    name: str
    name_span: Span
    value: Value | None


# -- instructions ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Source:
    """What is given of an instruction before its arguments are read; `start` is where they
    begin in `text`."""

    keyword: str
    span: Span
    text: Text
    start: int
    heredocs: tuple[Heredoc, ...] = ()
    onbuild: bool = False

    def at(self, word: Word) -> Span:
        """The place of a word of `text`."""
        return self.text.span(word.start, word.end)


class Instruction:
    """An instruction; one that Docker does not know, or would refuse, is of this very class.

    `keyword` is in upper case; `span` reaches to the end of the last line, here-documents
    included, and `text` is the joined line; `words` are the positional arguments except those of
    a command in shell form. A flag without `=` has the value "true". `onbuild`: it is what an
    ONBUILD holds.
    """

    __slots__ = ("flags", "heredocs", "keyword", "onbuild", "span", "text", "words")

    def __init__(
        self, source: Source, *, flags: Flags | None = None, words: tuple[Value, ...] = ()
    ) -> None:
        self.keyword: Final = source.keyword
        self.span: Final = source.span
        self.text: Final = source.text
        self.heredocs: Final = source.heredocs
        self.onbuild: Final = source.onbuild
        self.flags: Final[Flags] = flags or {}
        self.words: Final = words

    def __repr__(self) -> str:
        return f"<{self.text.text} at {self.span.place}>"

    @property
    def header(self) -> Span:
        """The first line of the instruction."""
        return self.span.header

    def flag(self, name: str) -> Value | None:
        """The value of a flag, the last one where it is repeated."""
        given = self.flags.get(name)
        return given[-1] if given else None

    def is_set(self, name: str) -> bool:
        """Whether a boolean flag (`--link`) is given and not `false`."""
        value = self.flag(name)
        return value is not None and value.known_or("true") != "false"


class From(Instruction):
    """`FROM image AS name`; what it is built from is `Stage.base`. `name` is in lower case,
    empty where there is none."""

    __slots__ = ("name", "name_span")

    def __init__(
        self, source: Source, flags: Flags, image: Value, name: str, name_span: Span | None
    ) -> None:
        super().__init__(source, flags=flags, words=(image,))
        self.name: Final = name
        self.name_span: Final = name_span

    @property
    def image(self) -> Value:
        return self.words[0]

    @property
    def platform(self) -> Value | None:
        return self.flag("platform")


class Run(Instruction):
    """`RUN command`, in shell or exec form."""

    __slots__ = ("command", "mounts")

    def __init__(
        self, source: Source, flags: Flags, command: Command, mounts: tuple[Mount, ...]
    ) -> None:
        super().__init__(source, flags=flags, words=command.arguments or ())
        self.command: Final = command
        self.mounts: Final = mounts

    @property
    def script(self) -> Heredoc | None:
        """The here-document that *is* the command: `RUN <<EOF` with nothing beside it."""
        alone = len(self.heredocs) == 1 and self.heredocs[0].span == self.command.span
        return self.heredocs[0] if alone else None


class Copy(Instruction):
    """COPY or ADD, by `keyword`. Files given as here-documents are `heredocs`, not `sources`."""

    __slots__ = ("_link",)

    def __init__(
        self, source: Source, flags: Flags, paths: tuple[Value, ...], link: StageLink | None
    ) -> None:
        super().__init__(source, flags=flags, words=paths)
        self._link: Final = link

    @property
    def stage(self) -> Stage | None:
        """The stage of this file that `--from` names, None where it names an image."""
        return self._link.stage if self._link else None

    @property
    def sources(self) -> tuple[Value, ...]:
        return self.words[:-1]

    @property
    def destination(self) -> Value:
        return self.words[-1]

    @property
    def from_(self) -> Value | None:
        return self.flag("from")

    @property
    def chown(self) -> Value | None:
        return self.flag("chown")

    @property
    def chmod(self) -> Value | None:
        return self.flag("chmod")

    @property
    def checksum(self) -> Value | None:
        return self.flag("checksum")

    @property
    def link(self) -> bool:
        return self.is_set("link")


class Pairs(Instruction):
    """ENV, LABEL or ARG."""

    __slots__ = ("pairs",)

    def __init__(self, source: Source, pairs: tuple[Pair, ...]) -> None:
        values = tuple(pair.value for pair in pairs if pair.value is not None)
        super().__init__(source, words=values)
        self.pairs: Final = pairs


class Env(Pairs):
    __slots__ = ()


class Label(Pairs):
    __slots__ = ()


class Arg(Pairs):
    __slots__ = ()


class Commanding(Instruction):
    """CMD, ENTRYPOINT or HEALTHCHECK; no `command` in `HEALTHCHECK NONE`."""

    __slots__ = ("command",)

    def __init__(self, source: Source, flags: Flags, command: Command | None) -> None:
        arguments = command.arguments if command else None
        super().__init__(source, flags=flags, words=arguments or ())
        self.command: Final = command


class Cmd(Commanding):
    __slots__ = ()


class Entrypoint(Commanding):
    __slots__ = ()


class Healthcheck(Commanding):
    __slots__ = ()

    @property
    def is_none(self) -> bool:
        """Whether it switches off the health check of the base image."""
        return self.command is None


class User(Instruction):
    __slots__ = ()

    @property
    def user(self) -> Value:
        return self.words[0]


class Workdir(Instruction):
    __slots__ = ()

    @property
    def path(self) -> Value:
        return self.words[0]


class Stopsignal(Instruction):
    __slots__ = ()

    @property
    def signal(self) -> Value:
        return self.words[0]


class Maintainer(Instruction):
    __slots__ = ()

    @property
    def name(self) -> Value:
        return self.words[0]


class Expose(Instruction):
    """`words` are the ports."""

    __slots__ = ()


class Volume(Instruction):
    """`words` are the paths."""

    __slots__ = ()


class Shell(Instruction):
    """`words` are the strings of the JSON array."""

    __slots__ = ()


class Onbuild(Instruction):
    """`trigger` is the instruction that builds from this image begin with; its variables are not
    known."""

    __slots__ = ("trigger",)

    def __init__(self, source: Source, trigger: Instruction) -> None:
        super().__init__(source)
        self.trigger: Final = trigger


# -- stages ------------------------------------------------------------------------------------


class Scratch(Enum):
    """The empty image."""

    SCRATCH = "scratch"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class BaseImage:
    """An image from elsewhere, by its reference."""

    reference: Value


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Stage:
    """A build stage. `name` is in lower case, empty where it has none; what the stages it is
    built from say is theirs: see `lineage`."""

    index: int
    from_: From
    base: BaseImage | Stage | Scratch
    instructions: tuple[Instruction, ...]

    @property
    def name(self) -> str:
        return self.from_.name

    @property
    def span(self) -> Span:
        """The FROM line."""
        return self.from_.header

    @property
    def platform(self) -> Value | None:
        return self.from_.platform

    def lineage(self) -> Iterator[Stage]:
        """This stage, the one it is built from, and so on."""
        stage: BaseImage | Stage | Scratch = self
        while isinstance(stage, Stage):
            yield stage
            stage = stage.base

    @property
    def root(self) -> BaseImage | Scratch:
        """What the first stage of the lineage is built from."""
        base = self.base
        while isinstance(base, Stage):
            base = base.base
        return base

    def of(self, kind: type[I]) -> Iterator[I]:
        """The instructions of a kind, in order; not those in ONBUILD."""
        return (item for item in self.instructions if isinstance(item, kind))

    def last(self, kind: type[I]) -> I | None:
        """The last instruction of a kind."""
        backwards = reversed(self.instructions)
        return next((item for item in backwards if isinstance(item, kind)), None)

    @property
    def user(self) -> Value | None:
        """What its last USER says."""
        last = self.last(User)
        return last.user if last else None

    @property
    def workdir(self) -> Value | None:
        """What its last WORKDIR says, which may be relative."""
        last = self.last(Workdir)
        return last.path if last else None

    @property
    def healthcheck(self) -> Healthcheck | None:
        return self.last(Healthcheck)

    @property
    def exposed(self) -> tuple[Value, ...]:
        return tuple(port for item in self.of(Expose) for port in item.words)

    @property
    def environment(self) -> dict[str, Value]:
        """Its own ENV variables, the last value of each."""
        return _values(self.of(Env))

    @property
    def labels(self) -> dict[str, Value]:
        return _values(self.of(Label))


def _values(instructions: Iterator[Env] | Iterator[Label]) -> dict[str, Value]:
    pairs = (pair for item in instructions for pair in item.pairs)
    return {pair.name: pair.value for pair in pairs if pair.value is not None}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Dockerfile:
    """A parsed file. `global_args` are the ARGs before the first FROM; `syntax` is the frontend
    that `# syntax=` names, or empty; `comments` are all comment lines outside here-documents."""

    file: SourceFile
    stages: tuple[Stage, ...] = ()
    global_args: tuple[Arg, ...] = ()
    escape: str = "\\"
    syntax: str = ""
    comments: tuple[Span, ...] = ()

    @property
    def final(self) -> Stage | None:
        """The stage that a build without `--target` makes."""
        return self.stages[-1] if self.stages else None

    def stage(self, target: str) -> Stage | None:
        """The stage by name or index, as `--target` has it."""
        wanted = target.lower()
        named = [stage for stage in self.stages if stage.name == wanted]
        if named:
            return named[-1]
        index = int(target) if target.isascii() and target.isdigit() and len(target) < 6 else -1
        return self.stages[index] if 0 <= index < len(self.stages) else None


class ParsedDockerfile(NamedTuple):
    """A Dockerfile as far as it could be read, and what could not."""

    dockerfile: Dockerfile
    diagnostics: list[Diagnostic]
