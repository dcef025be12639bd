"""The root modules of a repository, and the values given to their variables."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial
from posixpath import dirname

from cloudlint.cache import Cache
from cloudlint.discovery import Deployment, Inputs, Repository, Unreadable
from cloudlint.parsers.terraform import given, known_modules, syntax, trees
from cloudlint.parsers.terraform.calls import literal_source, literal_version
from cloudlint.parsers.terraform.config import (
    ConfigLoader,
    Declaration,
    ModuleConfig,
    parse_file,
)
from cloudlint.parsers.terraform.evaluate import Scope, evaluate
from cloudlint.parsers.terraform.functions.registry import Context
from cloudlint.parsers.terraform.generators import Generators
from cloudlint.parsers.terraform.module import (
    ModuleInstance,
    ResourceInstance,
    RootHandle,
)
from cloudlint.parsers.terraform.problems import SyntaxProblem
from cloudlint.parsers.terraform.repository_files import RepositoryFiles
from cloudlint.source import Diagnostic, SourceFile, Span
from cloudlint.values import EvaluationError, Origin, Symbolic, Value, known, symbols, unknown

MAX_DEPTH = 32
"""How deep module calls are followed."""
STACK = 10_000
"""Python's frames for evaluating: resources that refer to each other go deep. They are no frames
of the machine's stack."""
MAX_INSTANCES = 50_000
"""How many repeated blocks and module calls are followed in a repository."""
MAX_STEPS = 1_000_000
"""How often loops may go round in a repository."""


class Terraform:
    """All Terraform of a repository: its roots, evaluated lazily, and what is wrong with it."""

    def __init__(
        self,
        repository: Repository,
        loader: ConfigLoader,
        tfvars: Sequence[str],
        inputs: Inputs,
        parse: known_modules.Parse = parse_file,
    ) -> None:
        self.repository = repository
        self.parse = parse
        self.files = RepositoryFiles(repository)
        self.loader = loader
        self.diagnostics: list[Diagnostic] = []
        self._tfvars = tfvars
        self._inputs = inputs
        self.steps = 0
        self.instances = 0
        self._manifests: dict[str, dict[str, str]] = {}
        self._variable_files: dict[SourceFile, syntax.Body] = {}
        self.roots = [
            Root(self, directory, deployment)
            for directory in self._root_directories()
            for deployment in self._deployments_of(directory)
        ]

    def resources(self) -> Iterator[ResourceInstance]:
        for root in self.roots:
            yield from root.module.all_resources()

    def root(self, directory: str) -> Root | None:
        return next((root for root in self.roots if root.directory == directory), None)

    def _deployments_of(self, directory: str) -> Sequence[Deployment | None]:
        """How a root is deployed; None for the one way of a root that names none."""
        return [d for d in self._inputs.deployments if d.root == directory] or [None]

    def _root_directories(self) -> list[str]:
        """Directories that no other calls, or that are deployed all the same; of a ring of calls
        that nothing else enters, the first one."""
        callees = {
            directory: list(self._local_callees(directory)) for directory in self.loader.directories
        }
        called = {c for directory, cs in callees.items() for c in cs if c != directory}
        called -= {deployment.root for deployment in self._inputs.deployments}
        roots = [directory for directory in callees if directory not in called]
        reached: set[str] = set()
        for directory in (*roots, *callees):
            if directory in reached:
                continue
            if directory not in roots:
                roots.append(directory)
            _reach(directory, callees, reached)
        return sorted(roots)

    def _local_callees(self, directory: str) -> Iterator[str]:
        for call in self.loader.load(directory).calls.values():
            source = literal_source(call)
            if source is not None and is_local(source):
                target = self.repository.join(directory, source)
                if target is not None:
                    yield target

    def manifest(self, root: str) -> dict[str, str]:
        """Directories of installed modules by call path (`vpc`, `a.b`), as `terraform init`
        wrote them down."""
        if root not in self._manifests:
            self._manifests[root] = _read_manifest(self.repository, root)
        return self._manifests[root]

    def tfvars_of(self, directory: str) -> list[str]:
        """The variable files that Terraform reads by itself, in its order."""
        here = [path for path in self._tfvars if (dirname(path) or ".") == directory]
        plain = [p for p in here if p.endswith(("/terraform.tfvars", "/terraform.tfvars.json"))]
        plain += [p for p in here if p in ("terraform.tfvars", "terraform.tfvars.json")]
        automatic = [p for p in here if p.endswith((".auto.tfvars", ".auto.tfvars.json"))]
        return [*sorted(plain), *sorted(automatic)]

    @cached_property
    def generators(self) -> Generators:
        return Generators(self.repository)

    def bodies(self) -> Iterator[tuple[SourceFile, syntax.Body]]:
        """What stands in every file of the repository, variable files included; of installed
        modules nothing. Files that cannot be read are left out, and told of in the diagnostics."""
        for directory in self.loader.directories:
            yield from self.loader.load(directory).bodies
        for path in self._tfvars:
            try:
                file = self.repository.read(path)
                yield file, self.variable_file(file)
            except Unreadable as unreadable:
                self._tell(unreadable.diagnostic)
            except SyntaxProblem as problem:
                self._tell(Diagnostic(problem.message, path, problem.span, problem.hint))

    def variable_file(self, file: SourceFile) -> syntax.Body:
        """What stands in a variable file; raises `SyntaxProblem`."""
        body = self._variable_files.get(file)
        if body is None:
            body = self._variable_files[file] = _parse_variables(file)
        return body

    def _tell(self, diagnostic: Diagnostic) -> None:
        told = (told for root in self.roots for told in root.diagnostics)
        if diagnostic not in self.diagnostics and diagnostic not in told:
            self.diagnostics.append(diagnostic)

    @property
    def inputs(self) -> Inputs:
        return self._inputs


def _parse_variables(file: SourceFile) -> syntax.Body:
    if file.path.endswith(".json"):
        return parse_file(file).body
    from cloudlint.parsers.terraform import hcl

    return hcl.parse_tfvars(file).body


def _reach(directory: str, callees: Mapping[str, list[str]], reached: set[str]) -> None:
    stack = [directory]
    while stack:
        current = stack.pop()
        if current not in reached:
            reached.add(current)
            stack.extend(callees.get(current, ()))


def is_local(source: str) -> bool:
    return source.startswith(("./", "../")) or source in (".", "..")


class Root(RootHandle):
    """One root module with the values of its variables, in one deployment of those declared."""

    def __init__(
        self, terraform: Terraform, directory: str, deployment: Deployment | None = None
    ) -> None:
        self.terraform_ = terraform
        self.directory = directory
        self.deployment = deployment
        self.scope = f"{directory}@{deployment.name}#" if deployment else f"{directory}#"
        self.diagnostics: list[Diagnostic] = []
        self.running = {}
        self.shared = {}
        self._is_full = False
        self._said: set[tuple[str, Span]] = set()
        config = terraform.loader.load(directory)
        self.module = ModuleInstance(config, root=self, arguments=given.arguments(self, config))

    def terraform(self, name: str) -> Value:
        if name == "workspace":
            return self._workspace()
        if name == "applying":
            return unknown("terraform.applying", "depends on the phase", scope=self.scope)
        raise EvaluationError(f"there is no `terraform.{name}`")

    @property
    def generator(self) -> str:
        return self.terraform_.generators.of(self.directory)

    @property
    def workspace(self) -> str:
        """The workspace it is deployed in; empty where that is not known."""
        deployed = self.deployment.workspace if self.deployment else ""
        return deployed or self.terraform_.inputs.workspace

    def _workspace(self) -> Value:
        if self.workspace:
            return known(self.workspace)
        origin = Origin("terraform.workspace", "depends on the workspace", settle="--workspace")
        return Symbolic(symbols.Root(origin, scope=self.scope))

    def problem(self, message: str, span: Span) -> None:
        if (message, span) not in self._said:
            self._said.add((message, span))
            self.diagnostics.append(Diagnostic(message, span.path, span, severity="warning"))

    def error(self, message: str, span: Span, hint: str) -> None:
        if (message, span) not in self._said:
            self._said.add((message, span))
            self.diagnostics.append(Diagnostic(message, span.path, span, hint))

    def spend(self, steps: int) -> None:
        self.terraform_.steps += steps
        if self.terraform_.steps > MAX_STEPS:
            raise EvaluationError(f"loops take more than the {MAX_STEPS} steps that cloudlint does")

    def admit(self, instances: int) -> bool:
        if self.terraform_.instances + instances > MAX_INSTANCES:
            self._is_full = True
        if not self._is_full:
            self.terraform_.instances += instances
        return not self._is_full

    def context(self, directory: str) -> Context:
        return Context(self.terraform_.files, directory, self.directory, self._template)

    def _template(self, file: SourceFile, variables: Mapping[str, Value]) -> Value:
        """The value of a template's text; it sees `variables` and nothing else."""
        from cloudlint.parsers.terraform import hcl

        try:
            tree = hcl.parse_template(file, file.text, lambda offset: offset)
        except SyntaxProblem as problem:
            raise EvaluationError(f"{file.path} is no valid template: {problem.message}") from None
        return evaluate(tree, Scope(given.NoNames(self, "a template"), file, variables))

    # -- modules -------------------------------------------------------------------------------

    def source_of(self, caller: ModuleInstance, call: Declaration) -> ModuleConfig | None:
        source = literal_source(call)
        if source is None:
            return None
        if caller.config.is_stub:
            return known_modules.inside(caller.config, source, self.terraform_.parse)
        located = call.attribute("source")
        place = located.span if located else call.header
        directory = self._directory_of(caller, call, source, place)
        if directory is None:
            return known_modules.find(source, literal_version(call), self.terraform_.parse)
        ancestors = list(_ancestors(caller))
        if directory in ancestors:
            self.error(
                f"module calls form a cycle: {' → '.join([*reversed(ancestors), directory])}",
                place,
                "A module cannot call itself, directly or through others; break the ring.",
            )
            return None
        if len(ancestors) > MAX_DEPTH:
            self.error(
                f"module calls are nested more than {MAX_DEPTH} deep",
                place,
                "cloudlint does not follow them further.",
            )
            return None
        return self.terraform_.loader.load(directory)

    def _directory_of(
        self, caller: ModuleInstance, call: Declaration, source: str, place: Span
    ) -> str | None:
        repository = self.terraform_.repository
        if not is_local(source):
            path = ".".join(_call_path(caller, call))
            installed = self.terraform_.manifest(self.directory).get(path)
            if installed and self.terraform_.loader.exists(installed):
                return installed
            return None
        directory = repository.join(caller.config.directory, source)
        if directory is None:
            self.problem(f"the module source {source} leads outside of the repository", place)
            return None
        if not self.terraform_.loader.exists(directory):
            self.error(
                f"the module source {source} does not exist: {directory} holds no Terraform files",
                place,
                "Correct the path, or exclude the calling directory.",
            )
            return None
        return directory


def _ancestors(module: ModuleInstance) -> Iterator[str]:
    current: ModuleInstance | None = module
    while current is not None:
        yield current.config.directory
        current = current.parent


def _call_path(caller: ModuleInstance, call: Declaration) -> list[str]:
    names = [call.labels[0]]
    current: ModuleInstance | None = caller
    while current is not None and current.call is not None:
        names.append(current.call.labels[0])
        current = current.parent
    return names[::-1]


def _read_manifest(repository: Repository, root: str) -> dict[str, str]:
    import json

    path = repository.join(root, ".terraform/modules/modules.json")
    if path is None or not repository.is_file(path):
        return {}
    try:
        entries = json.loads(repository.read(path).text)["Modules"]
        found = {str(entry["Key"]): repository.join(root, str(entry["Dir"])) for entry in entries}
    except (Unreadable, ValueError, KeyError, TypeError, RecursionError):
        return {}
    return {key: directory for key, directory in found.items() if key and directory}


def load(
    repository: Repository,
    files: Sequence[str],
    tfvars: Sequence[str] = (),
    inputs: Inputs | None = None,
    cache: Cache | None = None,
) -> Terraform:
    """The Terraform of a repository; `files` and `tfvars` are paths found beforehand."""
    sys.setrecursionlimit(max(STACK, sys.getrecursionlimit()))
    loader = ConfigLoader(repository, files, trees.load(repository, files, cache))
    parse = parse_file if cache is None else partial(trees.parse, cache=cache)
    return Terraform(repository, loader, tfvars, inputs or Inputs(), parse)
