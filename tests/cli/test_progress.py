"""The progress bar: for people at a terminal who have waited, and nobody else."""

from __future__ import annotations

import io
import time

import pytest

from cloudlint.cli import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_nothing_is_shown_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 0)
    stream = io.StringIO()
    with progress.watching(stream) as watch:
        watch("asking policies", 1, 2)
    with progress.watching(None) as watch:
        watch("asking policies", 1, 2)
    assert stream.getvalue() == ""


def test_nothing_is_shown_for_a_short_wait() -> None:
    stream = Terminal()
    with progress.watching(stream) as watch:
        watch("asking policies", 1, 2)
    assert stream.getvalue() == ""


def test_a_long_wait_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 0.01)
    stream = Terminal()
    with progress.watching(stream) as watch:
        watch("asking policies", 1, 2)
        deadline = time.monotonic() + 10
        while "asking policies" not in stream.getvalue() and time.monotonic() < deadline:
            time.sleep(0.05)
    assert "asking policies" in stream.getvalue()
