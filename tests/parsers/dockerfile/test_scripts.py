"""Commands of instructions, in each of the forms that Docker knows."""

from __future__ import annotations

import pytest

from cloudlint.parsers.dockerfile import Run
from cloudlint.parsers.dockerfile.scripts import run_commands
from cloudlint.parsers.shell import ShellCommand

from .helpers import only


def commands(text: str) -> list[ShellCommand]:
    return run_commands(only(text, Run), {})


@pytest.mark.parametrize(
    "text",
    [
        "RUN a 1 && b 2",
        "RUN a 1 \\\n  # why\n  && b \\\n  2",
        "RUN <<EOF\na 1\nb 2\nEOF",
        "RUN <<-EOF\n\ta 1\n\tb 2\n\tEOF",
        "RUN <<EOF\n#!/usr/bin/env bash\na 1\nb 2\nEOF",
        "RUN --network=none a 1 && b 2",
    ],
)
def test_shell_and_scripts(text: str) -> None:
    assert [str(command) for command in commands(text)] == ["a 1", "b 2"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('RUN ["a", "1 && b"]', ["a 1 && b"]),
        ('RUN ["/bin/sh", "-c", "a 1 && b"]', ["/bin/sh -c a 1 && b", "a 1", "b"]),
        ("RUN bash <<EOF\na 1\nEOF", ["bash", "a 1"]),
        ("RUN <<EOF bash -e\na 1\nEOF", ["bash -e", "a 1"]),
        ("RUN bash script.sh <<EOF\na 1\nEOF", ["bash script.sh"]),
        ("RUN cat <<EOF > /etc/motd && b\na 1\nEOF", ["cat", "b"]),
        ("RUN <<EOF\n#!/usr/bin/env python3\nimport a\nEOF", []),
    ],
)
def test_other_forms(text: str, found: list[str]) -> None:
    assert [str(command) for command in commands(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "RUN a \\\n && pip install 'x y'",
        "RUN <<EOF\na\npip install 'x y'\nEOF",
        "RUN bash -c \\\n  'a && pip install \"x y\"'",
        'RUN ["pip", "install", "x y"]',
    ],
)
def test_places_are_those_in_the_file(text: str) -> None:
    word = commands(text)[-1].arguments[-1]
    assert word.text == "x y"
    assert word.span.text.strip("'\"") == "x y"
