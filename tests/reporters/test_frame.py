"""Code frames: the marks stand under what they mark, whatever the line looks like."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from cloudlint.reporters.display import cells
from cloudlint.reporters.frame import Masks, frame
from cloudlint.source import SourceFile, Span

NOTHING = Masks([])


def drawn(span: Span, masks: Masks = NOTHING, room: int = 80, label: str = "") -> str:
    """The frame as the text report shows it, without gutter and colours."""
    lines = (line.lead + line.code + line.marks for line in frame(span, masks, room, "^", label))
    return "\n" + "\n".join(line.rstrip() for line in lines) + "\n"


def marked(text: str, mark: str) -> Span:
    start = text.index(mark)
    return SourceFile("a.tf", text).span(start, start + len(mark))


def test_one_line() -> None:
    text = "a = 1\n  multi_az = false # why\nb = 2\n"
    assert (
        drawn(marked(text, "multi_az = false"))
        == """
  multi_az = false # why
  ^^^^^^^^^^^^^^^^
"""
    )


def test_a_label_stands_behind_the_marks() -> None:
    assert (
        drawn(marked("a = b\n", "a"), label="set here")
        == """
a = b
^ set here
"""
    )


def test_tabs_and_wide_characters() -> None:
    text = "\timage = 東京🚀\t:latest\n"
    assert (
        drawn(marked(text, "🚀\t:l"))
        == """
    image = 東京🚀    :latest
                ^^^^^^^^
"""
    )


def test_combining_characters_take_no_room() -> None:
    assert (
        drawn(marked("cafe\u0301 = 1", "= 1"))
        == """
cafe\u0301 = 1
     ^^^
"""
    )


def test_replaced_characters_are_marked_as_wide_as_they_are_shown() -> None:
    assert (
        drawn(marked('a = "x\u202e\x1b" # b', '"x\u202e\x1b"'))
        == """
a = "x<U+202E>␛" # b
    ^^^^^^^^^^^^
"""
    )


def test_carriage_returns_are_no_part_of_a_line() -> None:
    assert (
        drawn(marked("a = 1\r\nb = 2\r\n", "b = 2\r\n"))
        == """
b = 2
^^^^^
"""
    )


def test_nothing_is_marked_by_one_mark() -> None:
    file = SourceFile("a.tf", "a\nb")
    assert drawn(file.span(1, 1)) == "\na\n ^\n"
    assert drawn(file.span(3, 3)) == "\nb\n ^\n"
    assert drawn(SourceFile("a.tf", "").span(0, 0)) == "\n\n^\n"


def test_a_block() -> None:
    assert (
        drawn(marked("a {\n  b = 1\n}\nc = 2\n", "a {\n  b = 1\n}\n"), label="here")
        == """
/ a {
|   b = 1
| }
|_^ here
"""
    )


def test_a_long_block_is_elided() -> None:
    block = "a {\n" + "".join(f"  b{number} = 1\n" for number in range(9)) + "}"
    assert (
        drawn(marked(block, block))
        == """
/ a {
|   b0 = 1
|   b1 = 1
|
| }
|_^
"""
    )


def test_a_span_of_lines_that_begins_within_one() -> None:
    assert (
        drawn(marked("a = [\n  1,\n]\n", "[\n  1,\n]"))
        == """
  a = [
 _____^
|   1,
| ]
|_^
"""
    )


def test_a_long_line_is_cut_around_the_span() -> None:
    text = "x" * 100 + " target " + "y" * 100
    assert (
        drawn(marked(text, "target"), room=42)
        == """
…xxxxxxxxxxxxxxxxx target yyyyyyyyyyyyyyy…
                   ^^^^^^
"""
    )


def test_a_long_line_is_cut_behind_a_span_at_its_beginning() -> None:
    assert (
        drawn(marked("target " + "y" * 100, "target"), room=24)
        == """
target yyyyyyyyyyyyyyy…
^^^^^^
"""
    )


def test_of_a_span_that_does_not_fit_the_beginning_is_shown() -> None:
    text = "a = " + "x" * 100 + "y" * 100
    assert (
        drawn(marked(text, "x" * 100 + "y" * 100), room=24)
        == """
a = xxxxxxxxxxxxxxxxxx…
    ^^^^^^^^^^^^^^^^^^
"""
    )


def test_a_line_as_long_as_a_file_takes_no_time() -> None:
    text = "x = 1, " * 300_000
    span = SourceFile("a.tf", text).span(1_000_000, 1_900_000)
    assert span.first.line == 1
    begin = time.perf_counter()
    for _ in range(100):
        list(frame(span, NOTHING, 80))
    assert time.perf_counter() - begin < 1


def test_secrets_are_masked_as_wide_as_they_are() -> None:
    span = marked('password = "hunter🚀2\x1b" # no', 'password = "hunter🚀2\x1b"')
    secret = marked(span.file.text, "hunter🚀2\x1b")
    masks = Masks([Span(span.file, secret.start, secret.end)])
    assert (
        drawn(span, masks)
        == """
password = "**********" # no
^^^^^^^^^^^^^^^^^^^^^^^
"""
    )


def test_secrets_of_several_lines_are_masked_in_every_frame_of_the_file() -> None:
    text = "key = <<EOF\nBEGIN\nabc\nEND\nEOF\nother = 1\n"
    secret = marked(text, "BEGIN\nabc\nEND\n")
    again = SourceFile("a.tf", text)
    shown = drawn(again.span(0, text.index("other")), Masks([secret]))
    assert (
        shown
        == """
/ key = <<EOF
| *****
| ***
|
| EOF
|___^
"""
    )


def test_overlapping_secrets() -> None:
    file = SourceFile("a.tf", "0123456789")
    masks = Masks([file.span(4, 6), file.span(1, 5), file.span(8, 9)])
    assert drawn(file.span(0, 1), masks).splitlines()[1] == "0*****67*9"


def test_the_secrets_of_other_files_change_nothing() -> None:
    file = SourceFile("a.tf", "0123")
    assert "0123" in drawn(file.span(0, 1), Masks([SourceFile("b.tf", "0123").span(0, 4)]))


@given(st.text(max_size=200), st.integers(0, 220), st.integers(0, 220), st.integers(0, 60))
def test_any_span_of_any_text_fits(text: str, start: int, length: int, room: int) -> None:
    span = SourceFile("a.tf", text).span(start, start + length)
    for line in frame(span, NOTHING, room):
        assert cells(line.lead + line.code) <= max(room, 20)
        assert cells(line.lead + line.marks) <= max(room, 20) + 1


@given(st.text(st.sampled_from("ab 東\u0301\t\x1b"), min_size=1, max_size=90), st.data())
def test_the_marks_are_under_the_span(text: str, data: st.DataObject) -> None:
    """Where a span is one visible character that stands nowhere else, the mark is under it."""
    at = data.draw(st.integers(0, len(text)))
    span = SourceFile("a.tf", text[:at] + "X" + text[at:]).span(at, at + 1)
    code, marks = (line.code + line.marks for line in frame(span, NOTHING, 30))
    assert cells(code[: code.index("X")]) == len(marks) - 1
    assert marks.lstrip() == "^"
