"""Which lines make up an instruction, and where its words are in the file."""

from __future__ import annotations

from cloudlint.parsers.dockerfile import Copy, Expose, Label, Run, User
from cloudlint.source import Span

from .helpers import messages, only, parsed, sound


def placed(span: Span | None) -> tuple[int, int, str]:
    assert span is not None
    return (*span.first, span.text)


def test_words_have_exact_places() -> None:
    copy = only("FROM alpine:3\n\tCOPY  --chown=app:app\ta.txt   b.txt /srv/", Copy)
    assert placed(copy.chown and copy.chown.span) == (2, 16, "app:app")
    assert [placed(word.span) for word in copy.words] == [
        (2, 24, "a.txt"),
        (2, 32, "b.txt"),
        (2, 38, "/srv/"),
    ]
    assert placed(copy.header) == (2, 2, "COPY  --chown=app:app\ta.txt   b.txt /srv/")


def test_words_have_exact_places_across_continuations() -> None:
    text = "FROM alpine:3\nEXPOSE 80 \\\n  # the secure one\n\n  443 \\  \n\t8080/udp\n"
    ports = only(text, Expose).words
    assert [placed(port.span) for port in ports] == [
        (2, 8, "80"),
        (5, 3, "443"),
        (6, 2, "8080/udp"),
    ]


def test_a_word_may_itself_be_continued() -> None:
    final = sound("FROM ngi\\\nnx:1.27\n").final
    assert final is not None
    image = final.from_.image
    assert image == "nginx:1.27"
    assert placed(image.span) == (1, 6, "ngi\\\nnx:1.27")


def test_a_keyword_may_be_continued() -> None:
    final = sound("FR\\\nOM alpine:3").final
    assert final is not None and final.from_.keyword == "FROM"


def test_the_command_maps_to_the_file() -> None:
    command = only("RUN apt-get update && \\\n    # then\n    apt-get install curl\n", Run).command
    assert str(command) == "apt-get update &&     apt-get install curl"
    start = str(command).index("install")
    assert placed(command.text.span(start, start + 12)) == (4, 13, "install curl")


def test_crlf_is_a_line_ending() -> None:
    text = "FROM alpine:3\r\nRUN a \\\r\n b\r\nENV A=1\r\nRUN <<EOF\r\nx\r\nEOF\r\nUSER app\r\n"
    final = sound(text).final
    assert final is not None
    first, second = final.of(Run)
    assert str(first.command) == "a  b"
    assert second.heredocs[0].content == "x\r\n"
    assert final.user == "app"
    assert placed(final.user.span) == (8, 6, "app")


def test_an_escaped_escape_does_not_continue() -> None:
    final = sound("FROM alpine:3\nCOPY a C:\\\\\nUSER app").final
    assert final is not None
    assert [item.keyword for item in final.instructions] == ["COPY", "USER"]


def test_escape_directive() -> None:
    text = "# syntax=docker/dockerfile:1\n# Escape = `\nFROM windows:1\nCOPY a `\n  C:\\app\\\n"
    dockerfile = sound(text)
    assert (dockerfile.escape, dockerfile.syntax) == ("`", "docker/dockerfile:1")
    assert dockerfile.final is not None
    (copy,) = dockerfile.final.of(Copy)
    assert copy.destination == "C:\\app\\"


def test_directives_come_first() -> None:
    assert sound("# a comment\n# escape=`\nFROM a:1").escape == "\\"
    assert sound("\n# escape=`\nFROM a:1").escape == "\\"
    assert sound("# unknown=1\n# escape=`\nFROM a:1").escape == "\\"


def test_wrong_directives() -> None:
    assert messages("# escape=x\nFROM a:1") == [
        "Dockerfile:1:1 the escape character must be \\ or `"
    ]
    assert messages("# escape=`\n# escape=`\nFROM a:1") == [
        "Dockerfile:2:1 only one escape directive can be used"
    ]


def test_comments_keep_their_places() -> None:
    text = "# one\nFROM a:1\n  # two\nRUN x \\\n# three\n  y\nRUN <<EOF\n# not this\nEOF\n"
    comments = sound(text).comments
    assert [placed(comment) for comment in comments] == [
        (1, 1, "# one"),
        (3, 3, "# two"),
        (5, 1, "# three"),
    ]


def test_a_hash_within_a_line_is_no_comment() -> None:
    assert only("LABEL a=b#c", Label).pairs[0].value == "b#c"


def test_the_file_may_end_within_an_instruction() -> None:
    assert only("USER app \\", User).user == "app"
    assert only("USER app \\\n# done", User).user == "app"


def test_long_lines_are_refused_as_docker_does() -> None:
    text = f"FROM a:1\nRUN {'x' * 70_000}\nUSER app\n"
    assert messages(text) == [
        "Dockerfile:2:1 the line is longer than 65,535 bytes, which Docker refuses"
    ]
    final = parsed(text).dockerfile.final
    assert final is not None and final.user == "app"
