"""What reaches a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudlint.reporters.display import cells, count, listed, sentence, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain `text` ünïcode 東京 🚀", "plain `text` ünïcode 東京 🚀"),
        ("\x1b[31mred", "␛[31mred"),
        ("a\x00\x07\x7fb", "a␀␇␡b"),
        ("\x9b31m", "<U+009B>31m"),
        ("a\u202eb\u2066c", "a<U+202E>b<U+2066>c"),
        ("a\u200bb\ufeffc\u00add", "a<U+200B>b<U+FEFF>c<U+00AD>d"),
        ("a\u3164b\u115fc\U000e0041d\U000e0100e", "a<U+3164>b<U+115F>c<U+E0041>d<U+E0100>e"),
        ("line\r\nline\u2028line", "line␍␊line<U+2028>line"),
        ("\ud800\ue000\uffff", "<U+D800><U+E000><U+FFFF>"),
        ("a\tb", "a    b"),
        ("⚠\ufe0f e\u0301 a\u00a0b", "⚠ e\u0301 a\u00a0b"),
    ],
)
def test_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_a_sentence_is_on_one_line() -> None:
    assert sentence("one\n  two\r\n\tthree\x1b") == "one two three␛"


@given(st.text())
def test_visible_text_stays_as_it_is(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@pytest.mark.parametrize(
    ("text", "expected"), [("abc", 3), ("東京", 4), ("🚀", 2), ("e\u0301", 1), ("ü", 1), ("", 0)]
)
def test_cells(text: str, expected: int) -> None:
    assert cells(text) == expected


def test_counts_and_lists_read_well() -> None:
    assert [count(number, "file") for number in (0, 1, 2)] == ["0 files", "1 file", "2 files"]
    assert listed(["a", "b"], 2) == "a, b"
    assert listed(("a", "b", "c", "d"), 2) == "a, b and 2 more"
