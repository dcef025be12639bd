"""From the instructions of a file to its stages."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cloudlint.parsers.dockerfile import words
from cloudlint.parsers.dockerfile.context import Context
from cloudlint.parsers.dockerfile.expansion import Budget, Expander
from cloudlint.parsers.dockerfile.folding import instruction_lines
from cloudlint.parsers.dockerfile.instructions import read
from cloudlint.parsers.dockerfile.links import Links
from cloudlint.parsers.dockerfile.model import (
    Arg,
    BaseImage,
    Dockerfile,
    From,
    Heredoc,
    Instruction,
    ParsedDockerfile,
    Scratch,
    Source,
    Stage,
)
from cloudlint.parsers.dockerfile.outline import Body, Outline, outline
from cloudlint.parsers.dockerfile.problems import Problems
from cloudlint.parsers.dockerfile.scope import Scope, Variable, from_image, undeclared, unset
from cloudlint.parsers.dockerfile.text import Text
from cloudlint.source import SourceFile, Span
from cloudlint.values import Known, Template, Value, unknown

MAX_STAGES = 300


_NOTHING: Mapping[str, Value] = {}


def parse(file: SourceFile, given: Mapping[str, Value] = _NOTHING) -> ParsedDockerfile:
    """The Dockerfile as far as it can be read; `given` is what a build sets its arguments to.
    Never raises; what Docker would refuse, and so is not checked, is among the diagnostics."""
    problems = Problems(file)
    if "\0" in file.text:
        span = file.span(file.text.index("\0"), file.text.index("\0") + 1)
        problems.error("the file holds NUL bytes", span, "Save it as UTF-8 text.")
        return ParsedDockerfile(Dockerfile(file), problems.list())
    lines = outline(file, problems)
    found = _sources(file, lines)
    build = _Build(file, lines, problems, _links(found), given)
    for source in found:
        build.add(source)
    return ParsedDockerfile(build.finish(), problems.list())


def _sources(file: SourceFile, lines: Outline) -> list[Source]:
    """The instructions of the file, their arguments not yet read."""
    found = instruction_lines("\n".join((*lines.shape, "")))
    made = (_source(file, lines, first, last) for first, last in found)
    return [source for source in made if source.keyword]


def _source(file: SourceFile, lines: Outline, first: int, last: int) -> Source:
    text = lines.text(file, first, last).stripped()
    keyword, start = words.keyword(text)
    bodies = lines.bodies.get(first, [])
    span = Span(file, text.place(0), bodies[-1].end if bodies else text.whole.end)
    return Source(keyword.upper(), span, text, start, tuple(_heredoc(text, b) for b in bodies))


def _heredoc(text: Text, body: Body) -> Heredoc:
    marker = body.marker
    span = text.span(marker.start, marker.end)
    return Heredoc(marker.name, span, body.span, marker.expand, marker.chomp)


def _links(found: list[Source]) -> Links:
    """For references to any of the stages, `FROM … AS name`."""
    froms = [source.text.text.lower().split() for source in found if source.keyword == "FROM"]
    names = (parts[-1] for parts in froms if len(parts) > 3 and parts[-2] == "as")
    return Links(frozenset(names), len(froms))


class _Build:
    """Puts instructions into stages, one after the other."""

    def __init__(
        self,
        file: SourceFile,
        lines: Outline,
        problems: Problems,
        links: Links,
        given: Mapping[str, Value],
    ) -> None:
        self.file = file
        self.lines = lines
        self.problems = problems
        self.outer = Scope(undeclared(file.path))
        self.scopes: list[Scope] = []
        self.stages: list[Stage] = []
        self.by_name: dict[str, Stage] = {}
        expander = Expander(lines.escape, Budget(), problems.error)
        outer = self.outer
        self.context = Context(expander, problems, outer, outer, links, given)
        self.global_args: list[Arg] = []
        self.current: tuple[From, BaseImage | Stage | Scratch] | None = None
        self.instructions: list[Instruction] = []
        self.misplaced = False
        self.full = False

    def add(self, source: Source) -> None:
        if self.full:
            return
        if source.keyword == "FROM":
            self._begin(source)
            return
        instruction = read(source, self.context)
        if self.current is not None:
            self.instructions.append(instruction)
        elif isinstance(instruction, Arg):
            self.global_args.append(instruction)
        elif type(instruction) is not Instruction and not self.misplaced:
            self.misplaced = True
            hint = "Only ARG and comments come before FROM."
            message = f"there is no FROM before {source.keyword}"
            self.problems.error(message, source.span.header, hint)

    def finish(self) -> Dockerfile:
        self._end()
        self.context.links.resolve(self.by_name, self.problems)
        if not self.stages and not self.misplaced:
            self.problems.error("there is no FROM in this file", hint="Is it a Dockerfile?")
        directives = self.lines.directives
        return Dockerfile(
            self.file,
            tuple(self.stages),
            tuple(self.global_args),
            self.lines.escape,
            directives.get("syntax", ""),
            tuple(self.lines.comments),
        )

    # -- stages --------------------------------------------------------------------------------

    def _begin(self, source: Source) -> None:
        self._end()
        if len(self.stages) == MAX_STAGES:
            message = f"there are more than {MAX_STAGES} stages; the rest was not read"
            self.problems.error(message, source.span.header)
            self.full = True
            return
        instruction = read(source, self.context)
        if isinstance(instruction, From):
            base = self._base(instruction)
            self.current = instruction, base
            self.context.scope = self._scope(base)
            self.context.links.owner = len(self.stages)

    def _end(self) -> None:
        if self.current is None:
            return
        from_, base = self.current
        stage = Stage(len(self.stages), from_, base, tuple(self.instructions))
        self.stages.append(stage)
        self.scopes.append(self.context.scope)
        self.by_name[str(stage.index)] = stage
        if stage.name:
            self.by_name[stage.name] = stage
        self.current = None
        self.instructions = []

    def _base(self, instruction: From) -> BaseImage | Stage | Scratch:
        image = instruction.image
        if isinstance(image, Known):
            name = image.string()
            if not name.isdigit() and name.lower() in self.by_name:
                return self.by_name[name.lower()]
            return Scratch.SCRATCH if name == "scratch" else BaseImage(image)
        return BaseImage(self._perhaps_a_stage(image))

    def _perhaps_a_stage(self, image: Value) -> Value:
        """`base-${TARGETARCH}` is an image only where no stage has such a name."""
        if not isinstance(image, Template):
            return image
        names = [name for name in self.by_name if _could_be(image, name)]
        if not names:
            return image
        reason = f"may be one of the stages {', '.join(names[:5])}"
        name = f"`{image.text}`"
        return unknown(name, reason, image.place).used_at(image.place)

    def _scope(self, base: BaseImage | Stage | Scratch) -> Scope:
        if isinstance(base, Stage):
            return self.scopes[base.index].child()
        return Scope(self._fallback(base))

    def _fallback(self, base: BaseImage | Scratch) -> Callable[[str], Variable]:
        if isinstance(base, Scratch):
            return unset
        span = base.reference.place or self.file.span(0, 0)
        return from_image(self.file.path, len(self.stages), span)


def _could_be(image: Template, name: str) -> bool:
    known = len(image.prefix) + len(image.suffix)
    return len(name) >= known and name.startswith(image.prefix) and name.endswith(image.suffix)
