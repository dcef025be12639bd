"""Trees are the same from the parser, from the cache, and from other processes."""

from __future__ import annotations

from pathlib import Path

import pytest

from cloudlint.cache import Cache
from cloudlint.discovery import Repository
from cloudlint.parsers.terraform import hcl, project, trees
from cloudlint.parsers.terraform.problems import SyntaxProblem
from cloudlint.parsers.terraform.syntax import File

GOOD = 'resource "aws_vpc" "main" {\n  cidr_block = "10.${1 + 1}.0.0/16" # é\n}\n'
BAD = 'resource "aws_vpc" {\n'


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    root = tmp_path / "repository"
    root.mkdir()
    (root / "good.tf").write_text(GOOD, encoding="utf-8")
    (root / "bad.tf").write_text(BAD)
    (root / "latin.tf").write_bytes(b"# \xe9\n")
    (root / "good.tf.json").write_text('{"locals": {"a": 1}}')
    return Repository(root)


PATHS = ["good.tf", "bad.tf", "latin.tf", "good.tf.json"]


def test_every_readable_file_has_a_tree_or_a_problem(repository: Repository) -> None:
    loaded = trees.load(repository, PATHS, None)
    assert loaded["good.tf"] == hcl.parse(repository.read("good.tf"))
    assert isinstance(loaded["good.tf.json"], File)
    problem = loaded["bad.tf"]
    assert isinstance(problem, SyntaxProblem)
    assert problem.span.file is repository.read("bad.tf")
    assert "latin.tf" not in loaded


def test_the_cache_gives_the_same_trees(repository: Repository, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache", trees.KIND)
    cold = trees.load(repository, PATHS, cache)
    assert cache.get("hcl\n" + GOOD) is not None
    warm = trees.load(repository, PATHS, cache)
    assert warm["good.tf"] == cold["good.tf"]
    assert isinstance(warm["bad.tf"], SyntaxProblem)


def test_an_entry_that_is_no_tree_is_a_miss(repository: Repository, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache", trees.KIND)
    cache.put("hcl\n" + GOOD, b"\x93\x01\x02\x03")
    loaded = trees.load(repository, PATHS, cache)
    assert loaded["good.tf"] == hcl.parse(repository.read("good.tf"))


def test_processes_give_the_same_trees(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = trees.load(repository, PATHS, None)
    monkeypatch.setattr(trees, "PARALLEL_FROM", 0)
    monkeypatch.setattr(trees, "_BATCH", 1)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    together = trees.load(repository, PATHS, None)
    assert together["good.tf"] == alone["good.tf"]
    problem = together["bad.tf"]
    assert isinstance(problem, SyntaxProblem)
    assert str(problem) == str(alone["bad.tf"])


def test_stubs_of_known_modules_are_kept_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = 'module "m" {\n source = "terraform-aws-modules/sns/aws"\n}\n'
    (tmp_path / "main.tf").write_text(call)
    cache = Cache(tmp_path / "cache", trees.KIND)

    def addresses() -> list[str]:
        terraform = project.load(Repository(tmp_path), ["main.tf"], cache=cache)
        return [resource.address for resource in terraform.resources()]

    cold = addresses()
    monkeypatch.delattr(hcl, "parse")
    assert addresses() == cold
    assert any(address.startswith("module.m.aws_sns_topic.") for address in cold)
