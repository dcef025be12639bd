"""Stages, what they are built from, and files that are not in order."""

from __future__ import annotations

from cloudlint.parsers.dockerfile import BaseImage, Healthcheck, Scratch

from .helpers import messages, parsed, sound


def test_what_stages_are_built_from() -> None:
    text = "FROM alpine:3 AS base\nUSER app\nFROM base AS next\nFROM scratch\nFROM NEXT"
    first, second, third, last = sound(text).stages
    assert isinstance(first.base, BaseImage) and first.base.reference == "alpine:3"
    assert second.base is first
    assert third.base is Scratch.SCRATCH
    assert [stage.index for stage in last.lineage()] == [3, 1, 0]
    assert isinstance(last.root, BaseImage)
    assert [stage.user for stage in last.lineage()] == [None, None, "app"]


def test_a_stage_does_not_know_later_ones() -> None:
    first = sound("FROM base\nFROM alpine:3 AS base").stages[0]
    assert isinstance(first.base, BaseImage)


def test_from_has_no_indexes() -> None:
    assert isinstance(sound("FROM a:1\nFROM 0").stages[1].base, BaseImage)


def test_the_last_of_a_name_is_meant() -> None:
    dockerfile = sound("FROM a:1 AS x\nFROM b:1 AS x\nFROM x")
    assert dockerfile.stages[2].base is dockerfile.stages[1]


def test_finding_a_target() -> None:
    dockerfile = sound("FROM a:1 AS build\nFROM b:1")
    assert dockerfile.stage("BUILD") is dockerfile.stages[0]
    assert dockerfile.stage("1") is dockerfile.final
    assert dockerfile.stage("2") is None and dockerfile.stage("nope") is None


def test_facts_of_a_stage() -> None:
    text = (
        "FROM a:1\nENV A=1 B=2\nENV A=3\nLABEL l=x\nEXPOSE 80\nEXPOSE 443 53/udp\nWORKDIR /a\n"
        "WORKDIR b\nUSER root\nUSER app\nHEALTHCHECK NONE\nHEALTHCHECK CMD x"
    )
    stage = sound(text).final
    assert stage is not None
    assert stage.environment == {"A": "3", "B": "2"} and stage.labels == {"l": "x"}
    assert stage.exposed == ("80", "443", "53/udp")
    assert (stage.user, stage.workdir) == ("app", "b")
    assert isinstance(stage.healthcheck, Healthcheck) and not stage.healthcheck.is_none
    assert stage.span.text == "FROM a:1"


def test_global_arguments() -> None:
    dockerfile = sound("ARG A=1\nARG B\nFROM a:1\nARG C")
    assert [pair.name for arg in dockerfile.global_args for pair in arg.pairs] == ["A", "B"]


def test_files_without_stages() -> None:
    assert messages("") == ["Dockerfile there is no FROM in this file"]
    assert messages("# only\n\nARG A=1\n") == ["Dockerfile there is no FROM in this file"]
    assert messages("RUN a\nUSER b") == ["Dockerfile:1:1 there is no FROM before RUN"]


def test_instructions_before_from() -> None:
    assert messages("USER a\nFROM a:1") == ["Dockerfile:1:1 there is no FROM before USER"]


def test_from_in_disorder() -> None:
    assert messages("FROM\nUSER a") == ["Dockerfile:1:1 FROM names no image"]
    assert messages("FROM a:1 b") == ["Dockerfile:1:1 FROM has too many arguments"]
    assert messages("FROM a:1 AS 1x") == ["Dockerfile:1:13 `1x` cannot name a stage"]
    stages = parsed("FROM a:1\nFROM\nUSER x").dockerfile.stages
    assert [stage.user for stage in stages] == [None, "x"]


def test_nul_bytes() -> None:
    assert messages("FROM a:1\nRUN \0") == ["Dockerfile:2:5 the file holds NUL bytes"]


def test_files_that_are_something_else() -> None:
    found = parsed("lorem ipsum\n" * 1000).diagnostics
    assert len(found) == 11
    assert found[-1].message == "there are 991 more errors in this file"


def test_the_number_of_stages_and_lines_is_bounded() -> None:
    assert messages("FROM a:1\n" * 301) == [
        "Dockerfile:301:1 there are more than 300 stages; the rest was not read"
    ]
    assert messages("FROM a:1\n" + "#\n" * 20_000) == [
        "Dockerfile:20001:1 the file has more than 20,000 lines; the rest was not read"
    ]
