"""Variables: scopes, substitution, quotes; and what is left unknown."""

from __future__ import annotations

import pytest

from cloudlint.parsers.dockerfile import BaseImage, Stage, User
from cloudlint.values import Symbolic, Template, Undecided, Value

from .helpers import messages, only, parsed, sound


def base(text: str, stage: int = -1) -> Value:
    found = sound(text).stages[stage].base
    assert isinstance(found, BaseImage)
    return found.reference


def user(text: str) -> Value:
    return only(text, User).user


def test_from_takes_the_default_of_a_global_argument() -> None:
    image = base("ARG TAG=3.20\nARG BASE=alpine:${TAG}\nFROM $BASE\n")
    assert image == "alpine:3.20"
    assert image.place is not None and image.place.place == "Dockerfile:3:6"
    assert [(step.text, step.span and step.span.text) for step in image.marks.trail] == [
        ("the default of ARG BASE", "alpine:${TAG}"),
        ("the default of ARG TAG", "3.20"),
    ]


def test_a_word_that_is_one_variable_was_written_where_the_variable_was() -> None:
    image = base("ARG BASE=alpine:3\nFROM ${BASE}")
    assert image.span is not None and image.span.place == "Dockerfile:1:10"
    assert image.place is not None and image.place.text == "${BASE}"


def test_an_argument_without_default_is_unknown() -> None:
    image = base("ARG BASE\nFROM $BASE")
    with pytest.raises(Undecided, match=r"ARG BASE \(Dockerfile:1\) has no default"):
        image.string()
    assert image.key == base("ARG BASE\nFROM $BASE").key


def test_a_tag_stays_known_behind_an_unknown_repository() -> None:
    image = base("ARG REPO\nFROM ${REPO}/app:latest")
    assert isinstance(image, Template) and image.endswith(":latest")


def test_what_from_uses_must_be_declared() -> None:
    with pytest.raises(Undecided, match="BASE is not declared by an ARG before the first FROM"):
        base("FROM $BASE").string()
    with pytest.raises(Undecided, match="not declared"):
        base("FROM a:1\nARG TAG=1\nFROM a:$TAG").string()


def test_an_empty_image_is_refused() -> None:
    assert messages("ARG BASE=\nFROM $BASE") == ["Dockerfile:2:6 the image of FROM is empty"]


def test_a_stage_sees_global_arguments_that_it_names() -> None:
    text = "ARG ID=1000\nFROM alpine:3\n{}USER $ID"
    assert user(text.format("ARG ID\n")) == "1000"
    assert isinstance(user(text.format("")), Symbolic)
    assert user(text.format("ARG ID=7\n")) == "7"


def test_env_wins_over_arg() -> None:
    assert user("ARG ID=1\nENV ID=2\nUSER $ID") == "2"
    assert user("ENV ID=2\nARG ID\nUSER $ID") == "2"


def test_the_trail_leads_through_env() -> None:
    value = user("ARG ID=1\nENV ME=$ID\nUSER $ME")
    assert [step.text for step in value.marks.trail] == ["ENV ME", "the default of ARG ID"]


def test_variables_are_inherited_from_the_stage_built_from() -> None:
    assert user("FROM alpine:3 AS a\nENV ID=5\nARG X=6\nFROM A\nUSER $ID$X") == "56"
    assert isinstance(user("FROM alpine:3 AS a\nENV ID=5\nFROM alpine:3\nUSER $ID"), Symbolic)


def test_what_a_base_image_may_set_is_unknown() -> None:
    value = user("ENV HOME=${HOME}/x\nUSER $HOME")
    assert isinstance(value, Template) and value.suffix == "/x"
    with pytest.raises(Undecided, match="may be set by the base image"):
        value.string()


def test_nothing_is_set_in_a_stage_from_scratch() -> None:
    assert user("FROM scratch\nUSER a$ID") == "a"


def test_an_instruction_sees_the_variables_before_it() -> None:
    assert user("ENV A=1\nENV A=2 B=$A\nUSER $B") == "1"
    assert user("ARG A=1 B=$A\nUSER $B") == "1"


def test_platforms_are_unknown_but_there() -> None:
    text = "FROM --platform=$BUILDPLATFORM golang:1\nARG TARGETARCH\nUSER ${TARGETARCH:-x}"
    stage = sound(text).final
    assert stage is not None and isinstance(stage.platform, Symbolic)
    assert str(stage.user) == "TARGETARCH"
    assert base("FROM --platform=${TARGETPLATFORM} a:1") == "a:1"


def test_a_template_that_may_name_a_stage_is_unknown() -> None:
    text = "FROM a:1 AS base-amd64\nFROM b:1 AS base-arm64\nFROM base-${TARGETARCH}"
    with pytest.raises(Undecided, match="may be one of the stages base-amd64, base-arm64"):
        base(text).endswith("latest")
    assert isinstance(sound("ARG V=x\nFROM a:1 AS b-x\nFROM b-$V").stages[1].base, Stage)


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("${A}", "one:two:two"),
        ("x$A-y", "xone:two:two-y"),
        ("$EMPTY", ""),
        ("${A:-d}", "one:two:two"),
        ("${NONE:-d}", "d"),
        ("${NONE-d}", "d"),
        ("${NONE:-${A}}", "one:two:two"),
        ("${NONE:-'a b'$A}", "a bone:two:two"),
        ("${EMPTY:-d}", "d"),
        ("${EMPTY-d}", ""),
        ("${EMPTY+d}", "d"),
        ("${EMPTY:+d}", ""),
        ("${A:+d}", "d"),
        ("${NONE+d}", ""),
        ("${A:?needed}", "one:two:two"),
        ("${A#*:}", "two:two"),
        ("${A##*:}", "two"),
        ("${A%:*}", "one:two"),
        ("${A%%:*}", "one"),
        ("${A%three}", "one:two:two"),
        ("${A/two/2}", "one:2:two"),
        ("${A//two/2}", "one:2:2"),
        ("${A/t?o/2}", "one:2:two"),
        ("${A//:/}", "onetwotwo"),
        ("\\$A", "$A"),
        ("'$A'", "$A"),
        ('"$A"', "one:two:two"),
        ('"\\$A \\x"', "$A \\x"),
        ("a\\b", "ab"),
        ("$", "$"),
        ("a$/b", "a$/b"),
        ("{a/b}", "{a/b}"),
        ("$1", ""),
    ],
)
def test_substitution(word: str, value: str) -> None:
    assert user(f"ARG NONE\nENV A=one:two:two EMPTY=\nUSER {word}") == value


def test_windows_paths_need_another_escape() -> None:
    text = "# escape=`\nFROM windows:1\nENV A=1\nUSER C:\\$A\\`$A"
    assert user(text) == "C:\\1\\$A"


@pytest.mark.parametrize(
    ("word", "problem"),
    [
        ("${A", "the substitution has no closing `}`"),
        ("${A:-b", "the substitution has no closing `}`"),
        ("${}", "the substitution names no variable"),
        ("${A^^}", "the substitution has an unknown modifier `^`"),
        ("${A/b}", "the substitution has no closing `/`"),
        ("'a", "the quote ' has no end"),
        ('"a', 'the quote " has no end'),
        ("${A#\\x}", "the pattern has an invalid escape \\x"),
        ("${A:-" * 30 + "}" * 30, "the substitutions are nested too deeply"),
    ],
)
def test_what_docker_would_refuse(word: str, problem: str) -> None:
    text = f"FROM scratch\nENV A=1\nUSER {word}"
    assert messages(text) == [f"Dockerfile:3:6 {problem}"]
    final = parsed(text).dockerfile.final
    assert final is not None and isinstance(final.user, Symbolic)


def test_an_unknown_variable_with_a_default_is_one_of_two() -> None:
    value = user("USER ${ID:-app}")
    with pytest.raises(Undecided):
        value.string()
    assert user("USER ${ID:-root}").known_or(None) is None
    assert user("USER app${ID:-}").startswith("app")


def test_patterns_on_unknown_values_are_unknown() -> None:
    assert isinstance(user("USER ${ID#a}"), Symbolic)
    assert isinstance(user("USER ${ID/a/b}"), Symbolic)


def test_growth_is_bounded() -> None:
    doublings = "".join(f"ENV A{i + 1}=$A{i}$A{i}\n" for i in range(14))
    value = user(f"ENV A0=xxxxxxxxxx\n{doublings}USER $A13")
    with pytest.raises(Undecided, match="grows beyond all bounds"):
        value.string()
    unknowns = "".join(f"ENV A{i + 1}=$A{i}-$A{i}\n" for i in range(60))
    with pytest.raises(Undecided, match=r"too many unknowns|beyond all bounds"):
        user(f"{unknowns}USER $A60").string()


def test_long_chains_of_variables() -> None:
    value = user("ENV A=x${A#y}\n" * 3000 + "USER $A")
    assert isinstance(value.key, str) and not value.is_wholly_known()
    assert user("ENV A=1\n" + "ENV A=$A\n" * 3000 + "USER $A") == "1"


def test_onbuild_defines_nothing_here() -> None:
    final = sound("FROM scratch\nONBUILD ENV ID=1\nUSER a$ID").final
    assert final is not None and final.user == "a"
