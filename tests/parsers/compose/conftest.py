"""A repository made of the texts of its files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import pytest

from cloudlint.discovery import Repository, kind_of
from cloudlint.parsers.compose import ComposeProject, Service, load_projects
from cloudlint.source import Diagnostic


class Scan(NamedTuple):
    projects: list[ComposeProject]
    problems: list[Diagnostic]

    @property
    def project(self) -> ComposeProject:
        (project,) = self.projects
        return project

    def service(self, name: str = "web") -> Service:
        return self.project.services[name]

    def told(self) -> list[str]:
        return [f"{p.severity} {p.place} {p.message}" for p in self.problems]


Files = Mapping[str, str]
Scanner = Callable[[str | Files], Scan]


@pytest.fixture
def scan(tmp_path: Path) -> Scanner:
    """Load the compose files among `files`; a text alone is `compose.yaml`."""

    def run(files: str | Files) -> Scan:
        named = {"compose.yaml": files} if isinstance(files, str) else files
        for name, text in named.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        paths = [name for name in named if kind_of(PurePosixPath(name).name) == "compose"]
        return Scan(*load_projects(Repository(tmp_path), paths))

    return run
