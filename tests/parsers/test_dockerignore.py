"""Docker's rules, as its documentation and its matcher have them."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cloudlint.parsers.dockerignore import MAX_PATTERNS, IgnoreFile
from cloudlint.source import SourceFile


def ignore(text: str) -> IgnoreFile:
    return IgnoreFile(SourceFile(".dockerignore", text))


@pytest.mark.parametrize(
    ("text", "excluded", "kept"),
    [
        (
            "node_modules/",
            ["node_modules", "node_modules/a/b"],
            ["x/node_modules", "node_modules2"],
        ),
        ("**/node_modules", ["node_modules", "a/b/node_modules/c"], ["xnode_modules"]),
        ("*/temp*", ["some/temporary.txt", "some/temp/x"], ["temp", "a/b/temp"]),
        ("temp?", ["tempa"], ["temp", "tempab", "temp/"]),
        ("*.md\n!README*.md\nREADME-secret.md", ["a.md", "README-secret.md"], ["README.md"]),
        ("*\n!src\nsrc/*.log", ["a", "b/c", "src/x.log"], ["src", "src/a/b.c"]),
        ("/.env*\n !.env.example", [".env", ".env.local"], [".env.example", "a/.env"]),
        ("# all\n #kept", [" #kept".strip()], ["all"]),
        ("./foo/../bar//baz/", ["bar/baz", "bar/baz/x"], ["foo", "bar"]),
        ("**", ["a", "a/b", ".git"], []),
        ("a/**", ["a/b", "a/b/c"], ["a", "ab"]),
        ("a/**/b", ["a/b", "a/x/y/b", "a/b/c"], ["a/xb", "b"]),
        ("**.log", ["a.log", "x/b.log", ".log"], ["a.logs"]),
        ("**/*.go", ["x.go", "a/b/x.go"], ["x.got"]),
        ("[a-c]x\n[^d]y\n\\#z\n\\!w", ["bx", "ay", "#z", "!w"], ["dx", "dy", "z"]),
        ("a.b", ["a.b"], ["axb"]),
        (".git\n\n\r\n", [".git/config"], [".gitignore"]),
        ("[", [], ["["]),
        ("!x", [], ["x"]),
    ],
)
def test_patterns(text: str, excluded: list[str], kept: list[str]) -> None:
    patterns = ignore(text)
    assert [path for path in excluded + kept if patterns.excludes(path)] == excluded


def test_the_line_that_decides_can_be_shown() -> None:
    pattern = ignore("*\n\n!.env.production\n").deciding(".env.production")
    assert pattern is not None
    assert pattern.brings_back
    assert (pattern.span.text, pattern.span.first.line) == ("!.env.production", 3)


def test_more_patterns_than_anybody_writes_are_refused() -> None:
    with pytest.raises(ValueError, match="patterns"):
        ignore("a\n" * (MAX_PATTERNS + 1))


def reference(pattern: str, path: str) -> bool:
    """The same by way of an expression, which takes what it takes."""
    out, at = "", 0
    if re.fullmatch(r"\*\*[^/*?]+[^*?]*", pattern):
        return any(p.endswith(pattern[2:]) for p in prefixes(path))
    while at < len(pattern):
        if pattern.startswith("**", at):
            at += 3 if pattern.startswith("**/", at) else 2
            out += "(.*/)?" if at < len(pattern) else ".*"
            continue
        out += {"*": "[^/]*", "?": "[^/]"}.get(pattern[at], re.escape(pattern[at]))
        at += 1
    return any(re.fullmatch(out, p) for p in prefixes(path))


def prefixes(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[: n + 1]) for n in range(len(parts))]


_PATHS = st.lists(st.text("ab.", min_size=1, max_size=3), min_size=1, max_size=4).map("/".join)


@given(st.text("ab.*?/", min_size=1, max_size=8), _PATHS)
def test_it_answers_as_the_expressions_that_docker_makes(pattern: str, path: str) -> None:
    segments = pattern.split("/")
    assume(all(segments) and not {".", ".."} & {*segments, *path.split("/")})
    assume("***" not in pattern)
    assert ignore(pattern).excludes(path) == reference(pattern, path)


def test_no_pattern_takes_long() -> None:
    assert not ignore("**/*a*" * 50 + "x").excludes("a/" * 500)
