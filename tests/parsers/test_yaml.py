"""Nodes, spans and limits of the YAML reader."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudlint.parsers import yaml
from cloudlint.source import Diagnostic, SourceFile


def compose(text: str) -> yaml.Composed:
    return yaml.compose(SourceFile("a.yaml", text))


def document(text: str) -> yaml.Node:
    (node,) = compose(text).documents
    return node


def value_of(text: str) -> yaml.Node:
    """The value of the only key."""
    node = document(text)
    assert isinstance(node, yaml.Mapping)
    ((_, value),) = node.entries
    return value


def malformed(text: str) -> Diagnostic:
    with pytest.raises(yaml.Malformed) as caught:
        compose(text)
    return caught.value.diagnostic


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 'x y'", "'x y'"),
        ('é: "😀"   # note', '"😀"'),
        ("a: &mark !!str plain", "plain"),
        ("a: one\n  two\nb: 1", "one\n  two"),
        ("a: |\n  one\n  two\n\n\nb: 1", "|\n  one\n  two"),
        ("a: [1,\r\n  2]\r\nb: 1", "[1,\r\n  2]"),
        ("a: &x\n  b: 1\n  c:\n    - 2\n\nd: 1", "b: 1\n  c:\n    - 2"),
    ],
)
def test_a_span_is_what_is_written_and_no_more(text: str, expected: str) -> None:
    node = document(text)
    assert isinstance(node, yaml.Mapping)
    assert node.entries[0][1].span.text == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("yes", "yes"),
        ("on", "on"),
        ("true", True),
        ("FALSE", False),
        ("~", None),
        ("''", ""),
        ("8080:80", "8080:80"),
        ("2001-12-14", "2001-12-14"),
        ("0755", 0o755),
        ("0o17", 15),
        ("0x1F", 31),
        ("-1_000", -1000),
        ("089", 89.0),
        ("1.10", 1.1),
        (".5e2", 50.0),
        ("1e999", "1e999"),
        ("1.2.3", "1.2.3"),
        ("'5'", "5"),
        ("!!str 5", "5"),
        ("!!int '5'", 5),
        ("9" * 5000, "9" * 5000),
    ],
)
def test_scalars_mean_what_they_mean_to_compose(text: str, expected: object) -> None:
    scalar = value_of(f"a: {text}")
    assert isinstance(scalar, yaml.Scalar)
    resolved = yaml.resolve(scalar)
    assert (resolved, type(resolved)) == (expected, type(expected))


def test_merge_keys_yield_to_what_is_written() -> None:
    text = "x: &x {a: 1, b: 1}\ny: &y {<<: *x, b: 2, c: 2}\nz: {<<: [*y, {d: 3}], c: 4}"
    node = document(text)
    assert isinstance(node, yaml.Mapping)
    merged = node.entries[2][1]
    assert isinstance(merged, yaml.Mapping)
    found = {e.key.text: e for e in yaml.entries(merged) if isinstance(e.key, yaml.Scalar)}
    values = {name: entry.value.span.text for name, entry in found.items()}
    assert values == {"c": "4", "b": "2", "a": "1", "d": "3"}
    assert [alias.name for alias in found["a"].aliases] == ["y", "x"]


def test_a_merge_of_no_mapping_stays_an_entry() -> None:
    node = document("<<: 5")
    assert isinstance(node, yaml.Mapping)
    assert [entry.value.span.text for entry in yaml.entries(node)] == ["5"]


def test_comments_are_not_what_looks_like_one() -> None:
    text = "# a\nx: 'b # c' # d\ny: e#f\nz: | # g\n  # h\n  i\n# j\nk: '#l'\n"
    assert [comment.text for comment in compose(text).comments] == ["# a", "# d", "# g", "# j"]


def test_a_duplicate_key_is_told_and_the_last_one_counts() -> None:
    composed = compose("a: 1\nb: 2\na: 3")
    (problem,) = composed.problems
    assert problem.place == "a.yaml:3:1"
    assert "line 1" in problem.message
    (node,) = composed.documents
    assert isinstance(node, yaml.Mapping)
    assert [entry.value.span.text for entry in yaml.entries(node)] == ["3", "2"]


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ("a:\n\tb: 1", "a.yaml:2:1", "tab"),
        ("a: b: c", "a.yaml:1:5", "mapping values"),
        ("a: [1", "a.yaml:1:6", "flow sequence"),
        ("a: 'x", "a.yaml:1:6", "quoted scalar"),
        ("a: \x01", "a.yaml:1:4", "U+0001"),
        ("a: *b", "a.yaml:1:4", "`b` is not defined"),
        ("a: &b [*b]", "a.yaml:1:8", "inside of itself"),
        ("[" * 900, "a.yaml:1:101", "deeper"),
        ("- " * 5000, "a.yaml:1:201", "deeper"),
    ],
)
def test_what_is_no_yaml_is_told_with_its_place(text: str, place: str, says: str) -> None:
    problem = malformed(text)
    assert problem.place == place
    assert says in problem.message


def test_nesting_is_bounded_whatever_bound_the_library_has() -> None:
    assert "deeper" in malformed("[" * 100_000).message


def test_aliases_of_aliases_end_in_a_diagnostic() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    assert "aliases" in malformed("\n".join(lines)).message


def test_nesting_through_aliases_is_nesting() -> None:
    lines = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 200)]
    assert "deeper" in malformed("\n".join(lines)).message


@given(st.text(alphabet="a: -[]{}#&*!|>'\"\n\t?,<é", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        composed = compose(text)
    except yaml.Malformed as error:
        assert error.diagnostic.message
    else:
        assert all(comment.text.startswith("#") for comment in composed.comments)
