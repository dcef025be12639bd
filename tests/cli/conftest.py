from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from cloudlint.cli import main

HOUSE = Path(__file__).parents[1] / "data" / "policies"


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty repository, the current folder."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    for variable in ("NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(variable, raising=False)
    return tmp_path


@pytest.fixture
def run(project: Path, few_policies: None, capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs a command line in the project, and hands back what it said."""

    def run(*arguments: str) -> Result:
        capfd.readouterr()
        code = main(arguments)
        said = capfd.readouterr()
        return Result(code, said.out, said.err)

    return run
