"""The configuration of one module directory: its files merged, nothing evaluated yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from posixpath import basename, dirname
from typing import Literal

from cloudlint.discovery import Repository, Unreadable
from cloudlint.parsers.terraform import local_values, syntax
from cloudlint.parsers.terraform.constraints import Constraint
from cloudlint.parsers.terraform.problems import SyntaxProblem
from cloudlint.source import Diagnostic, SourceFile, Span

Mode = Literal["managed", "data", "ephemeral"]
MODES: dict[str, Mode] = {"resource": "managed", "data": "data", "ephemeral": "ephemeral"}
"""The modes of resources by the word that declares them, and that references may begin with."""

_LABELS = {"resource": 2, "data": 2, "ephemeral": 2, "variable": 1, "output": 1, "module": 1}
_LABELS |= {"provider": 1, "check": 1, "action": 2}


@dataclass(frozen=True, slots=True)
class Located:
    """An attribute and the file it stands in."""

    file: SourceFile
    attribute: syntax.Attribute

    @property
    def expression(self) -> syntax.Expression:
        return self.attribute.expression

    @property
    def span(self) -> Span:
        return self.file.span(self.attribute.start, self.attribute.end)


@dataclass(frozen=True, slots=True)
class BodyView:
    """A block's body as merged from a file and the override files after it.

    An attribute of a later part replaces that of an earlier one; blocks of a type in a later
    part replace all earlier blocks of that type.
    """

    parts: tuple[tuple[SourceFile, syntax.Body], ...]

    def attribute(self, name: str) -> Located | None:
        for file, body in reversed(self.parts):
            for attribute in body.attributes:
                if attribute.name == name:
                    return Located(file, attribute)
        return None

    def attributes(self) -> dict[str, Located]:
        return {
            attribute.name: Located(file, attribute)
            for file, body in self.parts
            for attribute in body.attributes
        }

    def blocks(self) -> dict[str, list[tuple[SourceFile, syntax.Block]]]:
        """Blocks by type, a `dynamic` block under the type it makes."""
        merged: dict[str, list[tuple[SourceFile, syntax.Block]]] = {}
        for file, body in self.parts:
            here: dict[str, list[tuple[SourceFile, syntax.Block]]] = {}
            for block in body.blocks:
                here.setdefault(_made_type(block), []).append((file, block))
            merged |= here
        return merged

    def block(self, type_: str) -> BodyView | None:
        """The body of the first block of a type."""
        found = self.blocks().get(type_)
        return BodyView(((found[0][0], found[0][1].body),)) if found else None

    def with_part(self, file: SourceFile, body: syntax.Body) -> BodyView:
        return BodyView((*self.parts, (file, body)))


def _made_type(block: syntax.Block) -> str:
    if block.type == "dynamic" and len(block.labels) == 1:
        return block.labels[0].value
    return block.type


@dataclass(slots=True)
class Declaration:
    """A labelled top-level block: a resource, variable, output, module call or provider."""

    file: SourceFile
    block: syntax.Block
    body: BodyView

    @property
    def labels(self) -> list[str]:
        return [label.value for label in self.block.labels]

    @property
    def header(self) -> Span:
        """The block's header line, without the brace."""
        return self.file.span(self.block.start, self.block.header_end)

    def attribute(self, name: str) -> Located | None:
        return self.body.attribute(name)


@dataclass(slots=True)
class ModuleConfig:
    """All declarations of a directory, by kind and name."""

    directory: str
    is_stub: bool = False
    """Whether it is cloudlint's own description of a module whose source is not at hand."""
    resources: dict[tuple[Mode, str, str], Declaration] = field(default_factory=dict)
    variables: dict[str, Declaration] = field(default_factory=dict)
    outputs: dict[str, Declaration] = field(default_factory=dict)
    calls: dict[str, Declaration] = field(default_factory=dict)
    locals: dict[str, Located] = field(default_factory=dict)
    providers: list[Declaration] = field(default_factory=list)
    settings: list[Declaration] = field(default_factory=list)
    """The `terraform` blocks."""
    bodies: list[tuple[SourceFile, syntax.Body]] = field(default_factory=list)
    """What stands in each file, override files last."""
    comments: dict[str, list[Span]] = field(default_factory=dict)
    """Comments by file path."""
    local_references: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The other locals that each local value refers to."""
    circular_locals: set[str] = field(default_factory=set)
    """Locals that depend on themselves."""
    constraints: dict[str, Constraint] = field(default_factory=dict)
    """The types of variables that were read so far."""
    diagnostics: list[Diagnostic] = field(default_factory=list)


class ConfigLoader:
    """Reads and merges module directories, each once. `parsed` holds syntax trees made
    beforehand (in other processes, or from a cache), by path."""

    def __init__(
        self,
        repository: Repository,
        files: Iterable[str],
        parsed: Mapping[str, syntax.File | SyntaxProblem] | None = None,
    ) -> None:
        self._repository = repository
        self._parsed = parsed or {}
        self._files: dict[str, list[str]] = {}
        self._loaded: dict[str, ModuleConfig] = {}
        for path in files:
            self._files.setdefault(dirname(path) or ".", []).append(path)

    @property
    def directories(self) -> list[str]:
        """The directories with Terraform files that were found."""
        return sorted(self._files)

    def exists(self, directory: str) -> bool:
        return bool(self._paths(directory))

    def load(self, directory: str) -> ModuleConfig:
        """The configuration of a directory; what is wrong with it is in its diagnostics."""
        config = self._loaded.get(directory)
        if config is None:
            config = self._loaded[directory] = self._merge(directory)
        return config

    def loaded(self) -> Iterator[ModuleConfig]:
        yield from self._loaded.values()

    def _paths(self, directory: str) -> list[str]:
        """Also of a directory that was not searched (`.terraform/modules/…`)."""
        if directory not in self._files:
            prefix = "" if directory == "." else f"{directory}/"
            names = self._repository.names(directory)
            self._files[directory] = [prefix + n for n in names if is_module_file(n)]
        return self._files[directory]

    def _merge(self, directory: str) -> ModuleConfig:
        config = ModuleConfig(directory)
        paths = _effective(self._paths(directory))
        for path in sorted(paths, key=lambda path: (is_override(path), path)):
            tree = self._parse(path, config)
            if tree is not None:
                take_in(config, self._repository.read(path), tree)
        relate_locals(config)
        return config

    def _parse(self, path: str, config: ModuleConfig) -> syntax.File | None:
        try:
            parsed = self._parsed.get(path)
            if isinstance(parsed, SyntaxProblem):
                raise parsed
            if parsed is not None:
                return parsed
            return parse_file(self._repository.read(path))
        except Unreadable as problem:
            config.diagnostics.append(problem.diagnostic)
        except SyntaxProblem as problem:
            config.diagnostics.append(Diagnostic(problem.message, path, problem.span, problem.hint))
        return None


def take_in(config: ModuleConfig, file: SourceFile, tree: syntax.File) -> None:
    """Add what a file declares; override files come after the others."""
    config.bodies.append((file, tree.body))
    config.comments[file.path] = [file.span(c.start, c.end) for c in tree.comments]
    add = _override if is_override(file.path) else _add
    for block in tree.body.blocks:
        add(config, file, block)
    for attribute in tree.body.attributes:
        config.diagnostics.append(_stray_attribute(file, attribute))


def relate_locals(config: ModuleConfig) -> None:
    """Find out how the locals refer to each other, when all files are taken in."""
    for name, located in config.locals.items():
        found = local_values.references(located.expression)
        config.local_references[name] = tuple(other for other in found if other in config.locals)
    for ring in local_values.rings(config.local_references):
        config.circular_locals.update(ring)
        config.diagnostics.append(_circular(ring, config.locals[ring[0]].span))


def _circular(ring: list[str], place: Span) -> Diagnostic:
    chain = " → ".join(f"local.{name}" for name in [*ring, ring[0]])
    hint = "Terraform refuses what depends on itself: break the ring."
    return Diagnostic(f"local values form a cycle: {chain}", place.path, place, hint)


def parse_file(file: SourceFile) -> syntax.File:
    """The syntax tree of a file in either syntax; raises `SyntaxProblem`."""
    if file.path.endswith(".json"):
        from cloudlint.parsers.terraform import json_syntax

        return json_syntax.parse(file)
    from cloudlint.parsers.terraform import hcl

    return hcl.parse(file)


def is_module_file(name: str) -> bool:
    return name.endswith((".tf", ".tofu", ".tf.json", ".tofu.json"))


def is_override(path: str) -> bool:
    stem = basename(path)
    for suffix in (".json", ".tf", ".tofu"):
        stem = stem.removesuffix(suffix)
    return stem == "override" or stem.endswith("_override")


def _effective(paths: list[str]) -> list[str]:
    """OpenTofu reads `x.tofu` instead of an `x.tf` beside it; so do we."""
    replaced = {path.replace(".tofu", ".tf") for path in paths if ".tofu" in basename(path)}
    return [path for path in paths if path not in replaced]


def _stray_attribute(file: SourceFile, attribute: syntax.Attribute) -> Diagnostic:
    return Diagnostic(
        f"`{attribute.name}` stands outside of any block",
        file.path,
        file.span(attribute.start, attribute.end),
        "Terraform has no arguments at the top level of a file; values belong in a `.tfvars` file.",
    )


def _add(config: ModuleConfig, file: SourceFile, block: syntax.Block) -> None:
    """Take a top-level block in; a second one of the same name is reported and dropped."""
    declaration = Declaration(file, block, BodyView(((file, block.body),)))
    if len(block.labels) != _LABELS.get(block.type, len(block.labels)):
        config.diagnostics.append(_wrong_labels(declaration))
        return
    match block.type:
        case "locals":
            _add_locals(config, file, block)
        case "terraform":
            config.settings.append(declaration)
        case "provider":
            config.providers.append(declaration)
        case _:
            table, key = _slot(config, declaration)
            if table is None:
                return
            if key in table:
                config.diagnostics.append(_duplicate(declaration, table[key]))
            else:
                table[key] = declaration


def _slot(
    config: ModuleConfig, declaration: Declaration
) -> tuple[dict[object, Declaration] | None, object]:
    """The table a block belongs in and its key there; no table for blocks that declare nothing."""
    labels = declaration.labels
    tables: dict[str, dict[str, Declaration]] = {
        "variable": config.variables,
        "output": config.outputs,
        "module": config.calls,
    }
    mode = MODES.get(declaration.block.type)
    if mode is not None:
        return config.resources, (mode, labels[0], labels[1])  # type: ignore[return-value]
    if declaration.block.type in tables:
        return tables[declaration.block.type], labels[0]  # type: ignore[return-value]
    return None, ""


def _add_locals(config: ModuleConfig, file: SourceFile, block: syntax.Block) -> None:
    for attribute in block.body.attributes:
        located = Located(file, attribute)
        if attribute.name in config.locals and not is_override(file.path):
            first = config.locals[attribute.name].span
            config.diagnostics.append(
                Diagnostic(
                    f"local.{attribute.name} is already declared at {first.place}",
                    file.path,
                    located.span,
                    "Remove one of the two.",
                )
            )
        else:
            config.locals[attribute.name] = located


def _override(config: ModuleConfig, file: SourceFile, block: syntax.Block) -> None:
    """Merge a block of an override file into what it overrides."""
    declaration = Declaration(file, block, BodyView(((file, block.body),)))
    if block.type == "locals":
        _add_locals(config, file, block)
        return
    table, key = _slot(config, declaration)
    overridden = table.get(key) if table is not None else _same_provider(config, declaration)
    if overridden is not None:
        overridden.body = overridden.body.with_part(file, block.body)
    else:
        _add(config, file, block)


def _same_provider(config: ModuleConfig, declaration: Declaration) -> Declaration | None:
    """The configuration of the same provider under the same alias."""
    if declaration.block.type != "provider":
        return None
    name = (declaration.labels, _alias(declaration))
    return next((d for d in config.providers if (d.labels, _alias(d)) == name), None)


def _alias(declaration: Declaration) -> object:
    located = declaration.attribute("alias")
    written = located.expression if located else None
    return written.value if isinstance(written, syntax.Literal) else None


def _duplicate(second: Declaration, first: Declaration) -> Diagnostic:
    name = ".".join(second.labels)
    return Diagnostic(
        f"{second.block.type} {name} is already declared at {first.header.place}",
        second.file.path,
        second.header,
        "Rename or remove one of the two; the first one is used.",
    )


def _wrong_labels(declaration: Declaration) -> Diagnostic:
    block = declaration.block
    return Diagnostic(
        f"a {block.type} block has {_LABELS[block.type]} label(s), this one has "
        f"{len(block.labels)}",
        declaration.file.path,
        declaration.header,
        f"Write it as: {block.type} {' '.join(['<label>'] * _LABELS[block.type])} {{ … }}".replace(
            "<label>", '"…"'
        ),
    )
