"""A scan from request to report: find, read, judge, suppress, and keep what was asked for."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from time import perf_counter

from cloudlint import config as configuration
from cloudlint import suppress
from cloudlint.concepts.registry import occurs
from cloudlint.config import Config, Settings
from cloudlint.context import narrowed
from cloudlint.discovery import (
    Deployment,
    Inputs,
    Inventory,
    Repository,
    Unreadable,
    find_root,
    kind_of,
    take_inventory,
)
from cloudlint.engine import Judgement, Verdicts, judge, rule_of
from cloudlint.graph import Graph
from cloudlint.graph.build import build_graph
from cloudlint.graph.environment import Rules
from cloudlint.plugins import Catalogue, Selection
from cloudlint.policy import Policy
from cloudlint.redaction import redact
from cloudlint.report import Report, Reported, Rule
from cloudlint.scope import Scope
from cloudlint.severity import Severity
from cloudlint.source import Diagnostic, SourceFile
from cloudlint.usage import Misuse

Watch = Callable[[str, int, int], None]
"""Is told how far a scan has come: what it does, steps done, steps in all (0: not known)."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to scan and how; what is left out is up to the configuration.

    `paths` exist. `environment` holds `TF_VAR_*` without their prefix. `today` decides which
    suppressions have expired and how old things are.
    """

    paths: Sequence[Path]
    config: Path | None = None
    policies: Sequence[str] = ()
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    strict: bool = False
    include_staging: bool = False
    variables: Mapping[str, str] = field(default_factory=dict)
    var_files: Sequence[Path] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    workspace: str = ""
    today: date | None = None
    use_cache: bool = False
    """Whether syntax trees are kept between scans, in the user's cache directory."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A finished scan: its report, the repository root it is about, and the configuration."""

    report: Report
    root: Path
    config: Config


def scan(request: Request, watch: Watch = lambda step, done, total: None) -> Scan:
    """Scan as requested; raises `Misuse` where that cannot be done."""
    start = perf_counter()
    watch("finding files", 0, 0)
    paths = [_located(path) for path in request.paths]
    repository, config = _opened(request, paths)
    plan = _plan(request, config)
    inputs = _inputs(request, repository, config)
    plans = {path: _relative(repository, path) for path in paths if _is_plan(path)}
    paths = [path for path in paths if path not in plans]
    inventory = narrowed(repository, take_inventory(repository, paths, config.excluded))
    watch("reading files", 0, 0)
    cache = _cache_directory() if request.use_cache and inventory.of("terraform") else None
    rules = Rules(config.environments)
    graph, diagnose = build_graph(repository, inventory, inputs, rules, cache)
    graph.today = request.today or date.today()
    problems = _add_plans(graph, repository, plans.values(), rules, inventory)
    policies = plan.catalogue.running(plan.selection, lambda concept: occurs(concept, graph))
    verdicts = judge(graph, _watched(policies, watch), plan.judgement)
    scope = Scope(inventory, config.excluded)
    problems += [*inventory.diagnostics, *diagnose(), *_unchecked(paths, scope.files)]
    verdicts.errors += problems
    report = _report(plan, policies, repository, scope, verdicts, request.today)
    report.seconds = perf_counter() - start
    return Scan(report, repository.root, config)


def _cache_directory() -> Path:
    from cloudlint.cache import user_cache_directory

    return user_cache_directory()


_PLAN_PREFIX = 4096


def _is_plan(path: Path) -> bool:
    """Whether a file that was asked for is a Terraform plan as JSON, whatever it is called."""
    if path.suffix != ".json" or kind_of(path.name) is not None or not path.is_file():
        return False
    from cloudlint.parsers.plan.reader import is_plan

    try:
        with path.open("rb") as stream:
            return is_plan(stream.read(_PLAN_PREFIX).decode("utf-8", "replace"))
    except OSError:
        return False


def _relative(repository: Repository, path: Path) -> str:
    return path.relative_to(repository.root).as_posix()


def _add_plans(
    graph: Graph,
    repository: Repository,
    plans: Collection[str],
    rules: Rules,
    inventory: Inventory,
) -> list[Diagnostic]:
    """Load plans into the graph. What they plan is asked for wherever its sources stand."""
    if not plans:
        return []
    from cloudlint.graph import plan

    problems: list[Diagnostic] = []
    for path in plans:
        problems += plan.add(graph, repository, path, rules)
        if inventory.requested is not None:
            planned = {r.span.path for r in graph.resources if r.root == f"{path}#"}
            inventory.requested |= {*planned, path}
    return problems


def terraform_inputs(request: Request) -> tuple[Repository, Inputs]:
    """The repository of the requested paths, and what a scan of them gives to the variables of its
    root modules. Raises `Misuse`."""
    repository, config = _opened(request, [_located(path) for path in request.paths])
    return repository, _inputs(request, repository, config)


def _opened(request: Request, paths: Sequence[Path]) -> tuple[Repository, Config]:
    repository = Repository(find_root(paths))
    return repository, _configuration(request, repository, paths)


def _located(path: Path) -> Path:
    """Folders as they really are, for links to them are not followed; files as they are called."""
    return path.resolve() if path.is_dir() else path.parent.resolve() / path.name


def _watched(policies: Sequence[Policy], watch: Watch) -> Iterator[Policy]:
    for number, policy in enumerate(policies):
        watch("asking policies", number, len(policies))
        yield policy


# -- what the user and the configuration want ----------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Plan:
    """Which policies judge, and how."""

    catalogue: Catalogue
    selection: Selection
    settings: Mapping[str, Settings]
    judgement: Judgement

    def rules(self, policies: Iterable[Policy]) -> dict[str, Rule]:
        rules = {}
        for policy in policies:
            rule = rule_of(policy)
            rules[rule.name] = replace(rule, severity=self.severity(rule.name) or rule.severity)
        if self.selection.admits(suppress.RULE.name, suppress.RULE.pillar):
            rules[suppress.RULE.name] = suppress.RULE
        return rules

    def severity(self, name: str) -> Severity | None:
        """The severity that the configuration gives to all findings of a policy."""
        setting = self.settings.get(name)
        return setting.severity if setting else None


def _configuration(request: Request, repository: Repository, paths: Sequence[Path]) -> Config:
    if request.config is not None:
        return configuration.read(request.config)
    folders = [path if path.is_dir() else path.parent for path in paths]
    common = Path(os.path.commonpath(folders)) if folders else repository.root
    return configuration.find(repository, common.relative_to(repository.root).as_posix())


def _plan(request: Request, config: Config) -> _Plan:
    catalogue = Catalogue(request.policies)
    selection = _selection(request, config, catalogue)
    settings = configuration.settings(config, _configured(config, catalogue))
    options = {name: setting.options for name, setting in settings.items()}
    judgement = Judgement(options, request.include_staging or config.include_staging)
    return _Plan(catalogue, selection, settings, judgement)


def _selection(request: Request, config: Config, catalogue: Catalogue) -> Selection:
    """A selection on the command line takes the place of the configured one."""
    own = {suppress.RULE.name, suppress.RULE.pillar}
    catalogue.check((*request.select, *request.ignore), own)
    for key, words in (("select", config.select), ("ignore", config.ignore)):
        try:
            catalogue.check(words, own)
        except Misuse as misuse:
            raise config.misuse(misuse.message, key, hint=misuse.hint) from None
    configured = Selection() if request.select else Selection(
        frozenset(config.select), frozenset(config.ignore)
    )  # fmt: skip
    return Selection(
        frozenset(request.select) or configured.select,
        configured.ignore | frozenset(request.ignore),
        request.strict or config.strict,
    )


def _configured(config: Config, catalogue: Catalogue) -> Iterator[Policy]:
    for name in config.tables:
        try:
            yield catalogue.policy(name)
        except Misuse as misuse:
            raise config.misuse(misuse.message, "policies", name, hint=misuse.hint) from None


def _inputs(request: Request, repository: Repository, config: Config) -> Inputs:
    configured = [_configured_file(path, repository, config) for path in config.var_files]
    given = [_given_file(path, repository) for path in request.var_files]
    deployments = [
        Deployment(
            deployed.root,
            deployed.name,
            [_configured_file(path, repository, config) for path in deployed.var_files],
            deployed.environment,
            deployed.workspace,
        )
        for deployed in config.deployments
    ]
    return Inputs(
        [*configured, *given],
        request.variables,
        request.environment,
        deployments,
        request.workspace,
    )


def _configured_file(path: str, repository: Repository, config: Config) -> SourceFile:
    try:
        return repository.read(path)
    except Unreadable as problem:
        raise config.misuse(problem.diagnostic.message, "var-files") from None


def _given_file(path: Path, repository: Repository) -> SourceFile:
    """A file that the user names; it may be outside of the repository."""
    real = path.resolve()
    try:
        if real.is_relative_to(repository.root):
            return repository.read(real.relative_to(repository.root).as_posix())
        return SourceFile(path.as_posix(), Repository(real.parent).read(real.name).text)
    except Unreadable as problem:
        raise Misuse(f"the variable file {problem.diagnostic.message}") from None


# -- what the report is about --------------------------------------------------------------------


def _report(
    plan: _Plan,
    policies: Sequence[Policy],
    repository: Repository,
    scope: Scope,
    verdicts: Verdicts,
    today: date | None,
) -> Report:
    report = Report(plan.rules(policies), passed=verdicts.passed, files=len(scope.files))
    report.diagnostics = scope.diagnostics(verdicts.errors)
    report.undecided = [check for check in verdicts.undecided if scope.concerns(check)]
    found = (_with_severity(plan, finding) for finding in verdicts.findings)
    broken = {d.path for d in report.diagnostics if d.severity == "error"}
    outcome = suppress.apply(
        (finding for finding in found if scope.concerns(finding)),
        report.undecided,
        _readable(repository, scope.files - broken),
        suppress.Judged(plan.catalogue.knows, {policy.name for policy in policies}),
        today,
    )
    report.suppressed = outcome.suppressed
    faults = outcome.faults if suppress.RULE.name in report.rules else []
    report.findings = sorted([*outcome.findings, *faults], key=_order)
    redact(report, verdicts.secrets)
    return report


def _with_severity(plan: _Plan, finding: Reported) -> Reported:
    severity = plan.severity(finding.policy)
    return replace(finding, severity=severity) if severity else finding


def _order(finding: Reported) -> tuple[str, int, int, str]:
    return finding.span.path, finding.span.start, finding.span.end, finding.policy


def _readable(repository: Repository, paths: Iterable[str]) -> Iterator[SourceFile]:
    for path in sorted(paths):
        try:
            yield repository.read(path)
        except Unreadable:
            continue


def _unchecked(paths: Iterable[Path], files: Collection[str]) -> Iterator[Diagnostic]:
    """Paths that were asked for and hold nothing that cloudlint reads."""
    hint = "cloudlint reads Terraform files, Dockerfiles and compose files, told by their names."
    for path in paths:
        if path.is_dir():
            if not files:
                message = f"nothing to check in {path.name or path}"
                yield Diagnostic(message, str(path), hint=hint, severity="warning")
        elif kind_of(path.name) is None:
            message = f"{path.name} is not a kind of file that cloudlint reads"
            yield Diagnostic(message, str(path), hint=hint, severity="warning")
