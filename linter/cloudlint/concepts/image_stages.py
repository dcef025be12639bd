"""Build stages: what their instructions put into an image, and what they leave there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeVar

from cloudlint.concepts import image_data
from cloudlint.concepts.base import Concept
from cloudlint.concepts.command_data import BUILD_VARIABLES, server
from cloudlint.concepts.images import ImageName, image_name
from cloudlint.concepts.layers import Layer, is_shell, pairs_by_certainty, relative_program
from cloudlint.concepts.stage_commands import started
from cloudlint.concepts.stage_systems import is_windows
from cloudlint.parsers.dockerfile.model import (
    BaseImage,
    Cmd,
    Commanding,
    Copy,
    Dockerfile,
    Entrypoint,
    Expose,
    Instruction,
    Pairs,
    Run,
    Scratch,
    Shell,
    Stage,
    Workdir,
)
from cloudlint.source import Span
from cloudlint.values import Known, Origin, Symbolic, Template, Undecided, Value

if TYPE_CHECKING:
    from cloudlint.concepts.copied_contexts import CopiedContext
    from cloudlint.graph.build_contexts import BuildContext
    from cloudlint.parsers.compose.model import Port
    from cloudlint.parsers.shell import ShellCommand

__all__ = ["ImageStage", "is_relative"]

MAX_LEVELS = 30
"""How many stages that build on each other are looked at."""
MAX_VARIABLES = 1_000

Place = Value | Span
I = TypeVar("I", bound=Instruction)  # noqa: E741 - an instruction

_DEVELOPMENT = frozenset(
    "dev devel development devenv devcontainer debug test tests testing lint ci e2e".split()
)


@dataclass(eq=False)
class ImageStage(Concept):
    """A stage of a Dockerfile.

    `runs`: it is the final one, or a compose service runs it. `ships`: its layers are part of such
    an image. `may_run` and `may_ship` are why it may nevertheless. `ports` are those that compose
    services publish of it, `lost` is why these may not be all; `mapped` are those that containers
    in Terraform say they answer on. `contexts` are the folders it is built from. The last two raise
    `Undecided` where that is not known.
    """

    dockerfile: Dockerfile
    stage: Stage
    runs: bool
    may_run: Undecided | None
    ships: bool
    may_ship: Undecided | None
    ports: tuple[Port, ...]
    lost: Undecided | None
    mapped: Callable[[], list[Value]]
    contexts: Callable[[], list[BuildContext]]

    @property
    def name(self) -> str:
        """What people call it."""
        return f"the stage `{self.stage.name}`" if self.stage.name else "the image"

    @property
    def is_runtime(self) -> bool:
        """Whether it runs; raises `Undecided`."""
        if not self.runs and self.may_run is not None:
            raise self.may_run
        return self.runs

    @property
    def is_shipped(self) -> bool:
        """Whether its layers are part of an image that runs; raises `Undecided`."""
        if not self.ships and self.may_ship is not None:
            raise self.may_ship
        return self.ships

    @property
    def is_for_development(self) -> bool:
        """Whether the names of the stage, its file or its folder say that it is no production."""
        return _is_for_development(self.dockerfile, self.stage)

    def is_final_ones(self, place: Place) -> bool:
        """Whether a place is in a stage that this one and the final one are built from, so that
        it is the final one's matter."""
        final = self.dockerfile.final
        if final is None or final is self.stage or _is_for_development(self.dockerfile, final):
            return False
        shared = set(final.lineage()).intersection(self.stage.lineage())
        span = place if isinstance(place, Span) else place.place
        return span is not None and any(span in _whole_span(level) for level in shared)

    @property
    def earlier(self) -> tuple[Stage, ...]:
        """The stages of the file before it."""
        return self.dockerfile.stages[: self.stage.index]

    # -- the base image ------------------------------------------------------------------------

    @property
    def base(self) -> Value | None:
        """The image that the lineage begins with; None for scratch."""
        root = self.stage.root
        return root.reference if isinstance(root, BaseImage) else None

    @property
    def base_label(self) -> str:
        """The base image as people call it, without a digest."""
        text = str(self.base).strip('"').partition("@")[0]
        return f"`{text}`"

    @property
    def base_name(self) -> ImageName | None:
        """It taken apart, None for scratch; raises `Undecided` where it is not wholly known."""
        if self.base is None:
            return None
        name = image_name(self.base)
        if name.unknown is not None:
            raise name.unknown.undecided()
        return name

    @property
    def _base_tag(self) -> str:
        """Raises `Undecided` where there is a tag that is not known, or only a digest."""
        name = self.base_name
        if name is None:
            return ""
        return "" if name.tag.is_null else name.tag.string()

    @property
    def toolchain(self) -> str:
        """What the base image carries to build with; raises `Undecided`."""
        name = self.base_name
        return "" if name is None else image_data.toolchain(name.path, self._base_tag)

    @property
    def smaller_variant(self) -> str:
        """The variant of the base image to prefer; raises `Undecided`."""
        name = self.base_name
        if name is None or not image_data.smaller_variant(name.path, ""):
            return ""
        if name.has_digest and name.tag.is_null and self.base is not None:
            raise self.base.misfit("a reference with a tag")
        return image_data.smaller_variant(name.path, self._base_tag)

    @property
    def base_directory(self) -> str | None:
        """Where the base image works, `/` where it sets nothing to be used; None where it is not
        known. Raises `Undecided`."""
        name = self.base_name
        if name is None:
            return "/"
        return image_data.working_directory(name.path, self._base_tag)

    @property
    def base_exposes(self) -> bool | None:
        """Whether the base image has an `EXPOSE`; None where it is not known. Raises
        `Undecided`."""
        name = self.base_name
        return False if name is None else image_data.exposes(name.path, self._base_tag)

    @property
    def known_base_directory(self) -> str:
        """Where the base image works; raises `Undecided`."""
        directory = self.base_directory
        if directory is None:
            raise self._unknown_of_base("where {} works")
        return directory

    @property
    def known_base_exposes(self) -> bool:
        """Whether the base image has an `EXPOSE`; raises `Undecided`."""
        exposes = self.base_exposes
        if exposes is None:
            raise self._unknown_of_base("whether {} exposes a port")
        return exposes

    def _unknown_of_base(self, question: str) -> Undecided:
        path = self.base_name.path if self.base_name else "scratch"
        return Undecided(Origin(question.format(path), "is not known"), self.base)

    @property
    def is_windows(self) -> bool:
        """Whether it is known to be of Windows."""
        return is_windows(self.dockerfile, self.stage)

    # -- instructions --------------------------------------------------------------------------

    @property
    def instructions(self) -> Iterator[Instruction]:
        """Those of the stages it is built from first, then its own."""
        levels = list(islice(self.stage.lineage(), MAX_LEVELS))
        return chain.from_iterable(level.instructions for level in reversed(levels))

    @cached_property
    def _own(self) -> frozenset[Instruction]:
        return frozenset(self.stage.instructions)

    def all(self, kind: type[I]) -> Iterator[I]:
        """Its instructions of a kind, with those of the stages it is built from."""
        return (item for item in self.instructions if isinstance(item, kind))

    @property
    def context_copies(self) -> Iterator[Copy]:
        """Its own COPYs and ADDs of files from the build context."""
        return (copy for copy in self.stage.of(Copy) if copy.from_ is None)

    @cached_property
    def layers(self) -> dict[Run, Layer]:
        """What its RUNs do, in order, with those of the stages it is built from."""
        variables, doubts = self._given_variables(), dict[str, Value]()
        defaults = self._global_defaults()
        shell = not self.is_windows
        found: dict[Run, Layer] = {}
        for instruction in self.instructions:
            if isinstance(instruction, Pairs) and len(variables) < MAX_VARIABLES:
                names = {pair.name for pair in instruction.pairs} - variables.keys() - doubts.keys()
                new = {name: defaults[name] for name in names & defaults.keys()}
                sure, unsure = pairs_by_certainty(instruction, new)
                variables = {n: v for n, v in variables.items() if n not in unsure} | sure
                doubts = {n: v for n, v in doubts.items() if n not in sure} | unsure
            elif isinstance(instruction, Shell):
                shell = is_shell(instruction)
            elif isinstance(instruction, Run):
                found[instruction] = Layer(instruction, variables, doubts, shell)
        return found

    def _global_defaults(self) -> dict[str, Value]:
        """What an ARG without a default takes from the ARGs before the first FROM."""
        pairs = (pair for argument in self.dockerfile.global_args for pair in argument.pairs)
        return {pair.name: pair.value for pair in pairs if pair.value is not None}

    @property
    def own_layers(self) -> list[Layer]:
        """What its own RUNs do."""
        return [self.layers[run] for run in self.stage.of(Run)]

    def _given_variables(self) -> Mapping[str, str]:
        image = str(self.base.known_or("")) if self.base is not None else ""
        php = image.partition(":")[0].rpartition("/")[2] == "php"
        return BUILD_VARIABLES if php else {}

    # -- what runs -----------------------------------------------------------------------------

    @property
    def started(self) -> list[ShellCommand]:
        """The commands of its ENTRYPOINT and CMD, the last of each."""
        return [] if self.is_windows else started(self.stage)

    @property
    def server(self) -> str:
        """The server that it starts, empty where it is not known to start one."""
        names = (server([word.text for word in command.words]) for command in self.started)
        return next((name for name in names if name), "")

    def served(self) -> list[tuple[str, Place]]:
        """Where others say that it answers on a port, each as a phrase with its place. Raises
        `Undecided`."""
        by, mapped = "a compose service publishes", () if self.ports else self.mapped()
        if mapped:
            return [("a container in Terraform maps", port) for port in mapped]
        return [(by, port.span or self.stage.span) for port in self.published()]

    def published(self) -> tuple[Port, ...]:
        """The ports that compose services publish of it; raises `Undecided` where none is known,
        but there may be some."""
        if not self.ports and self.lost is not None:
            raise self.lost
        return self.ports

    @property
    def exposed(self) -> list[Value]:
        """The ports of its EXPOSEs."""
        return [port for expose in self.all(Expose) for port in expose.words]

    @property
    def only_exports(self) -> bool:
        """Whether it hands over files only: on scratch, with nothing to run."""
        return self.stage.root is Scratch.SCRATCH and not any(True for _ in self.all(Commanding))

    # -- working directories -------------------------------------------------------------------

    @property
    def first_workdir(self) -> Value | None:
        """The path of its first WORKDIR; None where a stage it is built from has one."""
        first = next(self.all(Workdir), None)
        return first.path if first is not None and first in self._own else None

    @property
    def has_known_directory(self) -> bool:
        """Whether the base image is known to stand somewhere that is meant to be worked in. Raises
        `Undecided` where an earlier stage may be the base."""
        try:
            return self.base is None or self.base_directory not in (None, "/")
        except Undecided:
            if self.earlier and isinstance(self.base, Symbolic):
                raise
            return False

    @property
    def relative_use(self) -> Place | None:
        """Its first use of a relative path before any WORKDIR. Raises `Undecided` where there is
        none but a path that is not known."""
        doubt: Undecided | None = None
        for instruction in () if self.is_windows else self.instructions:
            if isinstance(instruction, Workdir):
                break
            if instruction in self._own:
                try:
                    place = self._relative_place(instruction)
                except Undecided as undecided:
                    doubt = undecided
                else:
                    if place is not None:
                        return place
        if doubt is not None:
            raise doubt
        return None

    def _relative_place(self, instruction: Instruction) -> Place | None:
        if isinstance(instruction, Copy):
            return instruction.destination if is_relative(instruction.destination) else None
        if isinstance(instruction, Run):
            return self.layers[instruction].relative_use()
        if isinstance(instruction, Cmd | Entrypoint) and instruction.command is not None:
            from cloudlint.parsers.dockerfile.scripts import commands

            return relative_program(commands(instruction.command, {}))
        return None

    # -- copies and downloads ------------------------------------------------------------------

    def remote_sources(self) -> Iterator[Value]:
        """What its ADDs download with no checksum; raises `Undecided` for what is not known where
        nothing else is."""
        sources = (s for add in self._adds if add.checksum is None for s in add.sources)
        return _sure(sources, is_download)

    def plainly_added(self) -> Iterator[Value]:
        """What its ADDs only copy; raises `Undecided` likewise."""
        return _sure((s for add in self._adds for s in add.sources), is_plain_file)

    @property
    def _adds(self) -> Iterator[Copy]:
        return (copy for copy in self.context_copies if copy.keyword == "ADD")

    def busting_copies(self) -> Iterator[tuple[Value, str, ShellCommand]]:
        """Copies of the whole context before dependencies are installed for the first time, with
        the tool and the command that does. Raises `Undecided` where it is not known what is
        copied."""
        copies: list[Copy] = []
        fetched: set[str] = set()
        reported: set[Copy] = set()
        for instruction in self.instructions:
            if isinstance(instruction, Copy) and instruction.from_ is None:
                copies.append(instruction)
            elif isinstance(instruction, Run):
                layer = self.layers[instruction]
                tools = layer.dependencies()
                new = [tool for tool in tools if tool not in fetched]
                fetched |= set(tools)
                own = instruction in self._own and not layer.has_dependency_cache
                if not (new and own and self._has_dependencies(new[0])):
                    continue
                for copy, source in whole_context(copies)[:1]:
                    if copy not in reported:
                        reported.add(copy)
                        yield source, new[0], tools[new[0]]

    def _has_dependencies(self, tool: str) -> bool:
        """Go has none where there is no `go.sum`, or where they are part of the source."""
        if tool != "go":
            return True
        try:
            contexts = self.contexts()
        except Undecided:
            return True
        return not any(
            context.has("vendor") or (context.has("go.mod") and not context.has("go.sum"))
            for context in contexts
        )

    def whole_contexts(self) -> Iterator[tuple[Value, CopiedContext]]:
        """The build contexts that it copies as a whole, unless an earlier stage of the file does.
        Raises `Undecided`."""
        for copy, source in whole_context(self.context_copies)[:1]:
            if any(_copies_all(stage) for stage in self.earlier):
                return
            from cloudlint.concepts.copied_contexts import CopiedContext

            for context in self.contexts():
                yield source, CopiedContext(context, copy.flags.get("exclude", ()))

    # -- build tools ---------------------------------------------------------------------------

    def build_tools(self) -> list[tuple[str, Place]]:
        """What it carries to build with, each as a phrase with its place. Raises `Undecided` where
        nothing is known but something may be."""
        found: list[tuple[str, Place]] = []
        doubt: Undecided | None = None
        if self._is_tool:
            return found
        for part in (self._toolchains, self._build_packages, self._builds):
            try:
                found += part()
            except Undecided as undecided:
                doubt = doubt or undecided
        if not found and doubt is not None:
            raise doubt
        return [(phrase, place) for phrase, place in found if not self.is_final_ones(place)]

    @property
    def _is_tool(self) -> bool:
        """Whether it is an image to build with: it starts nothing and holds nothing of its own, on
        a base that starts nothing, either."""
        copies = any(copy.from_ is None for copy in self.all(Copy))
        if copies or any(True for _ in self.all(Commanding)) or self.published():
            return False
        try:
            return bool(self.toolchain) or self.base_exposes is False
        except Undecided:
            return False

    def _toolchains(self) -> list[tuple[str, Place]]:
        if not self.toolchain or self.base is None:
            return []
        place = self.base if isinstance(self.stage.base, BaseImage) else self.stage.span
        return [(f"is built on {self.base_label}, which carries {self.toolchain}", place)]

    def _build_packages(self) -> list[tuple[str, Place]]:
        found: list[tuple[str, Place]] = []
        doubt: Undecided | None = None
        for layer in self.layers.values():
            try:
                words = layer.build_packages()
            except Undecided as undecided:
                doubt = undecided
                continue
            if words:
                names = ", ".join(dict.fromkeys(f"`{word.text}`" for word in words))
                found.append((f"keeps compilers, headers or build tools: {names}", words[0].span))
        if not found and doubt is not None:
            raise doubt
        return found

    def _builds(self) -> list[tuple[str, Place]]:
        """Builds of what was copied from the context."""
        found: list[tuple[str, Place]] = []
        copied = whole = False
        for instruction in self.instructions:
            if isinstance(instruction, Copy) and instruction.from_ is None:
                copied = True
                whole = whole or any(is_whole(source) for source in instruction.sources)
            elif isinstance(instruction, Run) and copied:
                commands = self.layers[instruction].builds(whole_source=whole)
                found += [(f"builds the program itself (`{c}`)", c.span) for c in commands]
        return found[:1]


def _is_for_development(dockerfile: Dockerfile, stage: Stage) -> bool:
    path = dockerfile.file.path.lower()
    file = path.rpartition("/")[2]
    tokens = re.split(r"[-_.]", stage.name) + re.split(r"[-_.]", file)
    folders = {folder.lstrip(".") for folder in path.split("/")[:-1]}
    if "ci" in folders and any(server([w.text for w in one.words]) for one in started(stage)):
        folders.remove("ci")  # holds what the pipeline builds, too
    return bool(_DEVELOPMENT & {*tokens, *folders})


def _whole_span(stage: Stage) -> Span:
    """From its FROM to the end of its last instruction."""
    first = stage.from_.span
    last = stage.instructions[-1].span if stage.instructions else first
    return Span(first.file, first.start, last.end)


# -- paths and sources -----------------------------------------------------------------------------

_WHOLE = frozenset({".", "./", "*", "./*", "/", "/*", "./."})
_REMOTE = re.compile(r"https?://|ftp://", re.IGNORECASE)
_GIT = re.compile(r"git@|git://|ssh://|https?://[^#?]*\.git(?:[#?]|\Z)", re.IGNORECASE)
_ARCHIVE = re.compile(r"\.(?:tar|tgz|tbz2?|txz|tzst|tlz|gz|xz|bz2|zst)(?:[.*].*)?\Z", re.IGNORECASE)
_ABSOLUTE = re.compile(r"/|[A-Za-z]:|\\")


_FILLED_IN = ("{{", "<%", "%", "@")
"""What begins with it is filled in by a template language before Docker reads it."""


def is_relative(path: Value) -> bool:
    """Raises `Undecided`."""
    if isinstance(path, Known):
        if path.string().startswith(_FILLED_IN):
            raise path.misfit("a path")
        return not _ABSOLUTE.match(path.string())
    return not path.startswith("/")


def is_whole(source: Value) -> bool:
    """Whether a source is known to be all of the build context."""
    return isinstance(source, Known) and source.data in _WHOLE


def _copies_all(stage: Stage) -> bool:
    return any(
        is_whole(source) for copy in stage.of(Copy) if copy.from_ is None for source in copy.sources
    )


def whole_context(copies: Iterable[Copy]) -> list[tuple[Copy, Value]]:
    """The copies of everything in the build context, with the word that says so. Raises
    `Undecided` where there is none but one whose source is not known."""
    sources = [(copy, source) for copy in copies for source in copy.sources]
    found = [(copy, source) for copy, source in sources if is_whole(source)]
    for _, source in sources if not found else ():
        text = source.prefix if isinstance(source, Template) else ""
        if not isinstance(source, Known) and text in ("", "./"):
            raise source.undecided()
    return found


def is_download(source: Value) -> bool:
    """Whether an ADD downloads it, git repositories apart; raises `Undecided`."""
    text, opens = _visible(source)
    return bool(_REMOTE.match(text)) and not (_GIT.match(text) and not opens)


def is_plain_file(source: Value) -> bool:
    """Whether an ADD only copies it; raises `Undecided`."""
    text, _ = _visible(source)
    if _REMOTE.match(text) or _GIT.match(text):
        return False
    if isinstance(source, Template) and not source.suffix:
        raise source.undecided()
    return not _ARCHIVE.search(text)


def _visible(source: Value) -> tuple[str, bool]:
    """The text of a source as far as it is known, and whether that is not all; raises `Undecided`
    where not even its beginning is."""
    if isinstance(source, Template) and source.prefix:
        return source.text, True
    return source.string(), False


def _sure(sources: Iterable[Value], ask: Callable[[Value], bool]) -> Iterator[Value]:
    """Those for which the answer is yes; raises `Undecided` where there is none, and one for which
    it is not known."""
    doubt: Undecided | None = None
    found = False
    for source in sources:
        try:
            if ask(source):
                yield source
                found = True
        except Undecided as undecided:
            doubt = undecided
    if doubt is not None and not found:
        raise doubt
