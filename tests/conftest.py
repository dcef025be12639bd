"""Small projects, scanned with a policy."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import settings

from cloudlint import plugins
from cloudlint.discovery import Inputs, Repository, take_inventory
from cloudlint.engine import Judgement, judge
from cloudlint.graph import Environment, Graph
from cloudlint.graph.build import build_graph
from cloudlint.graph.environment import Rules
from cloudlint.policy import Policy
from cloudlint.source import Diagnostic
from judging import Judge, Judged

# What loading Terraform sets anyway; hypothesis objects when a test changes it.
sys.setrecursionlimit(max(10_000, sys.getrecursionlimit()))

# The same tests give the same answer twice; whoever asks for more examples gets new ones.
settings.register_profile("repeatable", derandomize=True, database=None)
if "CLOUDLINT_EXAMPLES" not in os.environ:
    settings.load_profile("repeatable")


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests leave the user's cache alone, and what they find does not depend on it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


FEW = frozenset(
    {
        "cpu-only-scaling",
        "floating-image-tag",
        "hard-coded-password",
        "root-container",
        "single-az-data-store",
        "static-cloud-key",
        "unordered-startup",
        "unpinned-image",
        "wildcard-iam-statement",
    }
)


@pytest.fixture
def few_policies(monkeypatch: pytest.MonkeyPatch) -> None:
    """A handful of the built-in policies, so that tests of scanning are about scanning and stay
    as they are when a policy is added."""
    offers = plugins._offers

    def few(package: str) -> list[plugins._Offer]:
        return [o for o in offers(package) if package != "cloudlint_policies" or o.name in FEW]

    monkeypatch.setattr(plugins, "_offers", few)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[Mapping[str, str]], Path]:
    """Write the files of a project, their common indentation taken off; returns its folder."""

    def files(texts: Mapping[str, str]) -> Path:
        for name, text in texts.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(text).lstrip("\n"))
        return tmp_path

    return files


@pytest.fixture
def read(write: Callable[[Mapping[str, str]], Path]) -> Callable[..., Graph]:
    """The graph of a project: `read({"main.tf": …})`."""

    def graph(
        files: Mapping[str, str], environments: Iterable[tuple[str, Environment]] = ()
    ) -> Graph:
        return _graph(write(files), Inputs(), list(environments))[0]

    return graph


@pytest.fixture
def judged(write: Callable[[Mapping[str, str]], Path]) -> Judge:
    """Scan a project: `judged({"main.tf": …}, policy, …)`; `options` and `include_staging` as in
    `Judgement`, `variables` as on the command line."""

    def scan(
        files: Mapping[str, str],
        *policies: Policy,
        options: Mapping[str, Mapping[str, object]] | None = None,
        include_staging: bool = False,
        environments: Iterable[tuple[str, Environment]] = (),
        variables: Mapping[str, str] | None = None,
    ) -> Judged:
        inputs = Inputs(variables=variables or {})
        graph, diagnose = _graph(write(files), inputs, list(environments))
        verdicts = judge(graph, policies, Judgement(options or {}, include_staging))
        return Judged(verdicts, list(diagnose()))

    return scan


def _graph(
    folder: Path, inputs: Inputs, environments: list[tuple[str, Environment]]
) -> tuple[Graph, Callable[[], Iterable[Diagnostic]]]:
    repository = Repository(folder)
    inventory = take_inventory(repository, [folder], lambda path: False)
    return build_graph(repository, inventory, inputs, Rules(environments))
