"""Here-documents in RUN, COPY and ADD."""

from __future__ import annotations

import pytest

from cloudlint.parsers.dockerfile import Copy, Onbuild, Run
from cloudlint.parsers.dockerfile.heredocs import markers

from .helpers import messages, only, sound


def test_a_run_that_is_a_script() -> None:
    run = only("RUN <<EOF\napk add git \\\n# no comment\nFROM nothing\nEOF\nUSER app", Run)
    assert run.script is not None
    assert run.script.content == "apk add git \\\n# no comment\nFROM nothing\n"
    assert run.script.body.first == (3, 1)
    assert run.span.last == (6, 4)


def test_a_command_with_a_heredoc_is_no_script() -> None:
    run = only("RUN python3 <<EOF && echo\nprint(1)\nEOF", Run)
    assert run.script is None
    assert str(run.command) == "python3 <<EOF && echo"
    assert run.heredocs[0].span.text == "<<EOF"


def test_dashes_drop_tabs_and_quotes_keep_variables() -> None:
    run = only("RUN <<-'E O' cat\n\ta $b\n\t\tc\n\tE O\n", Run)
    (heredoc,) = run.heredocs
    assert (heredoc.name, heredoc.expand, heredoc.content) == ("E O", False, "a $b\nc\n")


def test_several_on_one_line() -> None:
    copy = only("COPY <<a.txt <<b.txt c.txt /srv/\none\na.txt\ntwo\nb.txt\nUSER app\n", Copy)
    assert [(h.name, h.content) for h in copy.heredocs] == [("a.txt", "one\n"), ("b.txt", "two\n")]
    assert copy.sources == ("c.txt",)
    assert copy.destination == "/srv/"


def test_a_marker_on_a_continuation_line() -> None:
    run = only("RUN true && \\\n  cat <<EOF\nx\nEOF\n", Run)
    assert run.heredocs[0].content == "x\n"


def test_heredocs_in_onbuild() -> None:
    onbuild = only("ONBUILD RUN <<EOF\nx\nEOF\nUSER app", Onbuild)
    assert onbuild.trigger.heredocs[0].content == "x\n"


def test_other_instructions_have_none() -> None:
    final = sound("FROM a:1\nENV A=<<EOF\nUSER app").final
    assert final is not None and final.user == "app"


def test_exec_form_has_none() -> None:
    assert only('RUN ["sh", "-c", "cat <<EOF"]\nUSER app', Run).heredocs == ()


def test_an_unterminated_heredoc_is_told_where_it_starts() -> None:
    assert messages("FROM a:1\nRUN <<EOF\nx\n") == [
        "Dockerfile:2:1 the here-document EOF has no end"
    ]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("RUN cat << EOF", ["EOF"]),
        ("RUN cat 3<<A <<'B'", ["A", "B"]),
        ("RUN cat <<<word", []),
        ("RUN echo $((1<<2))", []),
        ("RUN echo '<<A' \"<<B\"", []),
        ("RUN cat<<EOF", []),
        ("RUN it's <<EOF", []),
        ("RUN echo ${x:-y} <<EOF", ["EOF"]),
        ("RUN echo ${x[0]} <<EOF", []),
        ("RUN echo \\' <<EOF", ["EOF"]),
    ],
)
def test_what_is_a_marker(line: str, names: list[str]) -> None:
    assert [marker.name for marker in markers(line)] == names
