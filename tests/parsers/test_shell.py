"""Scripts as people write them in RUN, taken apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudlint.parsers.shell import MAX_COMMANDS, MAX_HEREDOCS, MAX_SCRIPT, ShellCommand, parse
from cloudlint.source import SourceFile


def commands(text: str, **variables: str) -> list[ShellCommand]:
    return parse(text, SourceFile("script.sh", text).span, variables)


def words(text: str, **variables: str) -> list[list[str]]:
    return [[word.text for word in command.words] for command in commands(text, **variables)]


@pytest.mark.parametrize(
    "text",
    [
        "a 1 && b 2",
        "a 1; b 2",
        "a 1 || b 2",
        "a 1 | b 2",
        "a 1 & b 2",
        "(a 1; b 2)",
        "{ a 1; b 2; }",
        "if a 1; then b 2; fi",
        "while a 1; do b 2; done",
        "for x in y z; do a 1; b 2; done",
        "case x in y) a 1 ;; *) b 2 ;; esac",
        "f() { a 1; }; b 2",
        "! a 1 && b 2 > /dev/null 2>&1",
        "a 1 # a comment\nb 2",
        "a `# a comment` 1 && b 2",
        "A=1 a 1\nexport B=2\nb 2",
        '[ -n "$X" ] && a 1 && [[ $Y == z* ]] && b 2',
        "sudo -E a 1 && env -u Z C=3 b 2",
        "timeout 30 a 1 && xargs -n 1 b 2",
        "gosu app a 1; exec b 2",
        "'a' \"1\"; b \\2",
    ],
)
def test_commands_are_found_in_whatever_holds_them(text: str) -> None:
    assert words(text) == [["a", "1"], ["b", "2"]]


@pytest.mark.parametrize("shell", ["sh -c", "/bin/bash -exc", "bash -o pipefail -c", "su app -c"])
def test_a_script_given_to_another_shell_is_read(shell: str) -> None:
    found = commands(f"{shell} 'a 1 && b \"2\"'")
    assert [str(command) for command in found[1:]] == ["a 1", "b 2"]
    assert found[2].span.text == 'b "2"'


def test_options_before_the_command_are_not_the_script() -> None:
    assert words("bash script.sh -c a") == [["bash", "script.sh", "-c", "a"]]


def test_quotes_are_taken_off_and_places_are_kept() -> None:
    command = commands("  pip install 'flask'==\"3.1\" é")[0]
    word = command.arguments[1]
    assert (word.text, word.is_literal) == ("flask==3.1", True)
    assert word.span.text == "'flask'==\"3.1\""
    assert command.arguments[2].span.text == "é"


def test_what_is_not_known_is_said_to_be_open() -> None:
    command = commands("a \"x$Y\" $(date) `date` ${Z:-1} '$Q'")[0]
    assert [word.is_literal for word in command.arguments] == [False, False, False, False, True]


def test_variables_are_followed_as_far_as_they_are_known() -> None:
    assert words("deps='gcc make'; a $deps \"$deps\" $X", X="x y")[0] == [
        "a", "gcc", "make", "gcc make", "x", "y"
    ]  # fmt: skip


def test_sh_keeps_what_is_assigned_before_a_special_builtin() -> None:
    assert words("deps='gcc make' set -x && a $deps")[1] == ["a", "gcc", "make"]


@pytest.mark.parametrize(
    "text",
    [
        "if a; then X=1; fi; b $X",
        "X=1; X=2; b $X",
        "X=$(a); b $X",
        "for X in 1 2; do b $X; done",
        "X=1 a; b $X",
    ],
)
def test_a_variable_that_may_be_something_else_stays_open(text: str) -> None:
    assert (
        not commands(text, **({"X": "0"} if text.startswith("for") else {}))[-1].words[1].is_literal
    )


def test_commands_of_a_pipeline_know_each_other() -> None:
    curl, _, tee, sh, after = commands("curl x | (cd y && tee z) | sh; a")
    assert curl.pipeline == tee.pipeline == sh.pipeline != 0
    assert after.pipeline == 0


@pytest.mark.parametrize(
    "text", ['sh -c "$(curl x)"', "bash <(curl x)", "eval `curl x`", "A=1 b $(curl x)"]
)
def test_a_substitution_knows_whose_word_it_is(text: str) -> None:
    outer, curl = commands(text)
    assert (str(curl), curl.inside) == ("curl x", outer)


def test_a_here_document_is_no_command() -> None:
    assert words("cat > f <<EOF\nrm -rf /\nEOF\na") == [["cat"], ["a"]]


@pytest.mark.parametrize(
    "text",
    ["a " * MAX_SCRIPT, "cat <<A\n" * (MAX_HEREDOCS + 1), "a;" * (MAX_COMMANDS + 1)],
)
def test_what_is_too_much_is_left_out(text: str) -> None:
    assert commands(text) == []


@pytest.mark.parametrize("part", ["(", '"$(', "if ", "case x in ", "${", "`", "((", "[[ ", "{a,"])
def test_nesting_is_no_matter(part: str) -> None:
    commands(part * 10_000)


@given(st.text(alphabet=" \n\t'\"$`\\(){}<>|&;#!=-[]ab*é", max_size=60))
def test_any_text_is_read_and_places_lie_in_it(text: str) -> None:
    for command in commands(text):
        for word in command.words:
            assert 0 <= word.span.start <= word.span.end <= len(text)
