"""The cache gives back what was stored, and nothing else, whatever happened to its files."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudlint.cache import Cache


def entries(directory: Path) -> list[Path]:
    return [path for path in directory.rglob("*") if path.is_file() and path.name != "pruned"]


def test_what_was_stored_comes_back(tmp_path: Path) -> None:
    cache = Cache(tmp_path, "trees")
    cache.put("text", b"tree")
    assert cache.get("text") == b"tree"
    assert cache.get("other text") is None


def test_kinds_are_kept_apart(tmp_path: Path) -> None:
    Cache(tmp_path, "trees-1").put("text", b"old")
    assert Cache(tmp_path, "trees-2").get("text") is None


@given(at=st.integers(0, 60), byte=st.integers(0, 255))
def test_any_damage_is_a_miss(tmp_path_factory: pytest.TempPathFactory, at: int, byte: int) -> None:
    directory = tmp_path_factory.mktemp("cache")
    cache = Cache(directory, "trees")
    cache.put("text", b"some payload of some length")
    (entry,) = entries(directory)
    data = bytearray(entry.read_bytes())
    at %= len(data)
    unchanged = data[at] == byte
    data[at] = byte
    entry.write_bytes(data)
    assert cache.get("text") == (b"some payload of some length" if unchanged else None)


def test_a_truncated_entry_is_a_miss(tmp_path: Path) -> None:
    cache = Cache(tmp_path, "trees")
    cache.put("text", b"payload")
    (entry,) = entries(tmp_path)
    entry.write_bytes(entry.read_bytes()[:5])
    assert cache.get("text") is None


def test_only_the_user_can_read_entries(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache", "trees")
    cache.put("text", b"payload")
    (entry,) = entries(tmp_path)
    assert entry.stat().st_mode & 0o077 == 0


def test_a_directory_that_cannot_be_made_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = Cache(tmp_path / "file", "trees")
    cache.put("text", b"payload")
    assert cache.get("text") is None
    cache.prune()


def test_what_is_old_is_pruned_once_a_day(tmp_path: Path) -> None:
    cache = Cache(tmp_path, "trees")
    cache.put("old", b"1")
    (old,) = entries(tmp_path)
    month_ago = time.time() - 31 * 24 * 3600
    os.utime(old, (month_ago, month_ago))
    cache.put("new", b"2")
    cache.prune()
    assert cache.get("old") is None
    assert cache.get("new") == b"2"
    cache.put("old", b"1")
    os.utime(old, (month_ago, month_ago))
    cache.prune()
    assert cache.get("old") == b"1"
