"""What git tracks, against git itself."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudlint.discovery import Repository
from cloudlint.git_index import Damaged, GitIndexes, tracked_paths

NAMES = [".env", "a/.env", "a/b/c.tf", "a/b/cd.tf", "a/bé.tf", "z" * 200 + ".tf", "zz"]
Git = Callable[..., None]

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="compares with git")


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")

    def run(*arguments: str, at: Path = tmp_path) -> None:
        command = ["git", "-c", "user.name=a", "-c", "user.email=a@b.example", *arguments]
        subprocess.run(command, cwd=at, check=True, capture_output=True)  # noqa: S603

    return run


def fill(folder: Path) -> None:
    for name in NAMES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x=1\n")


@pytest.mark.parametrize("version", [2, 3, 4])
@pytest.mark.parametrize("hashes", ["sha1", "sha256"])
def test_all_versions_are_read(git: Git, tmp_path: Path, version: int, hashes: str) -> None:
    fill(tmp_path)
    git("init", "-q", f"--object-format={hashes}")
    git("add", ".")
    if version == 3:
        (tmp_path / "later").write_text("")
        git("add", "--intent-to-add", "later")
    git("update-index", "--index-version", str(version))
    expected = sorted([*NAMES, *(["later"] if version == 3 else [])])
    index = (tmp_path / ".git" / "index").read_bytes()
    assert index[7] == version
    assert sorted(tracked_paths(index)) == expected


def test_extensions_are_passed_over(git: Git, tmp_path: Path) -> None:
    fill(tmp_path)
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "a")
    git("write-tree")
    assert b"TREE" in (tmp_path / ".git" / "index").read_bytes()
    assert GitIndexes(Repository(tmp_path)).tracks(".env") is True


def test_a_split_index_says_nothing(git: Git, tmp_path: Path) -> None:
    fill(tmp_path)
    git("init", "-q")
    git("add", ".")
    git("update-index", "--split-index")
    assert GitIndexes(Repository(tmp_path)).tracks(".env") is None


def test_without_a_repository_nothing_is_said(tmp_path: Path) -> None:
    assert GitIndexes(Repository(tmp_path)).tracks(".env") is None


def test_in_a_new_repository_nothing_is_tracked(git: Git, tmp_path: Path) -> None:
    git("init", "-q")
    assert GitIndexes(Repository(tmp_path)).tracks(".env") is False


def test_files_belong_to_the_nearest_repository(git: Git, tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    fill(inner)
    git("init", "-q")
    git("init", "-q", at=inner)
    git("add", "a", at=inner)
    indexes = GitIndexes(Repository(tmp_path))
    assert indexes.tracks("inner/a/.env") is True
    assert indexes.tracks("inner/.env") is False


def test_the_file_of_a_submodule_is_followed_inside_the_root(git: Git, tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    fill(inner)
    git("init", "-q")
    (tmp_path / ".git" / "modules").mkdir()
    git("init", "-q", "--separate-git-dir", str(tmp_path / ".git" / "modules" / "inner"), at=inner)
    git("add", ".", at=inner)
    (inner / ".git").write_text("gitdir: ../.git/modules/inner\n")
    assert GitIndexes(Repository(tmp_path)).tracks("inner/.env") is True
    (inner / ".git").write_text("gitdir: ../../elsewhere\n")
    assert GitIndexes(Repository(tmp_path)).tracks("inner/.env") is None


def test_links_out_of_the_root_are_not_followed(git: Git, tmp_path: Path) -> None:
    outside, root = tmp_path / "outside", tmp_path / "root"
    outside.mkdir()
    root.mkdir()
    fill(outside)
    git("init", "-q", at=outside)
    git("add", ".", at=outside)
    (root / ".git").symlink_to(outside / ".git")
    assert GitIndexes(Repository(root)).tracks(".env") is None


def test_damage_is_told_from_an_index(git: Git, tmp_path: Path) -> None:
    fill(tmp_path)
    git("init", "-q")
    git("add", ".")
    for version in ("2", "4"):
        git("update-index", "--index-version", version)
        index = (tmp_path / ".git" / "index").read_bytes()
        for length in range(0, len(index), 7):
            with pytest.raises(Damaged):
                tracked_paths(index[:length])


@given(st.binary(max_size=400), st.sampled_from([2, 3, 4]), st.integers(0, 2**32 - 1))
def test_any_bytes_are_survived(data: bytes, version: int, entries: int) -> None:
    index = b"DIRC" + version.to_bytes(4, "big") + entries.to_bytes(4, "big") + data
    with contextlib.suppress(Damaged):
        tracked_paths(index)


def test_names_that_repeat_each_other_are_bounded() -> None:
    entry = bytes(62)
    long = entry + b"\0" + b"x" * 1_000_000 + b"\0"
    index = b"DIRC" + (4).to_bytes(4, "big") + (1001).to_bytes(4, "big") + long
    index += (entry + b"\0" + b"\0") * 1000 + bytes(20)
    with pytest.raises(Damaged):
        tracked_paths(index)
