"""What each instruction says."""

from __future__ import annotations

import pytest

from cloudlint.parsers.dockerfile import (
    Arg,
    Cmd,
    Copy,
    Entrypoint,
    Env,
    Expose,
    Healthcheck,
    Instruction,
    Label,
    Maintainer,
    Onbuild,
    Run,
    Shell,
    Stopsignal,
    User,
    Volume,
    Workdir,
)
from cloudlint.values import Symbolic

from .helpers import messages, only, parsed, sound


def test_from() -> None:
    (stage,) = sound("from --platform=linux/arm64 alpine:3 as Build").stages
    assert stage.platform == "linux/arm64"
    assert (stage.name, stage.from_.image) == ("build", "alpine:3")
    assert stage.from_.name_span is not None and stage.from_.name_span.text == "Build"


def test_run_in_shell_form_is_not_expanded() -> None:
    run = only("ENV A=1\nRUN echo $A  '$B' \n", Run)
    assert (str(run.command), run.command.is_exec, run.words) == ("echo $A  '$B'", False, ())


def test_run_in_exec_form() -> None:
    run = only('RUN [ "sh" , "-c", "echo \\"$A\\" \\u00e9" ]', Run)
    assert run.words == ("sh", "-c", 'echo "$A" é')
    assert run.words[0].span is not None and run.words[0].span.text == '"sh"'
    assert run.words[2].span is not None and run.words[2].span.first == (2, 20)


@pytest.mark.parametrize("text", ["['a']", '["a"', '["a"] b', "[ -f x ] && y", '["a",]'])
def test_what_is_no_json_is_a_shell_command(text: str) -> None:
    assert not only(f"RUN {text}", Run).command.is_exec


def test_json_of_something_else_is_refused() -> None:
    assert messages("FROM a:1\nCMD [1]") == [
        "Dockerfile:2:1 the JSON array of CMD holds something else than strings"
    ]


def test_mounts() -> None:
    text = (
        "FROM a:1 AS tools\nFROM b:1\nARG DIR=/c\n"
        "RUN --mount=type=cache,dst=$DIR --mount=type=bind,from=tools,src=/x,target=/y,ro \\\n"
        "  --mount=from=other:latest,target=/z --network=none make"
    )
    run = only(text, Run)
    cache, bind, default = run.mounts
    assert (cache.type, cache.target, cache.from_) == ("cache", "/c", None)
    assert bind.stage is not None and bind.stage.name == "tools"
    assert (bind.source, bind.options["readonly"]) == ("/x", "true")
    assert default.type == "bind" and default.from_ == "other:latest" and default.stage is None
    assert default.from_.span is not None and default.from_.span.first == (5, 16)
    assert run.flag("network") == "none"
    assert str(run.command) == "make"


def test_copy_from_stages_and_images() -> None:
    text = (
        "FROM a:1 AS build\nFROM b:1\nCOPY --from=BUILD /a /b\nCOPY --from=0 /a /b\n"
        "COPY --from=nginx:latest /a /b\nCOPY a /b"
    )
    final = sound(text).final
    assert final is not None
    stages = [copy.stage.index if copy.stage else None for copy in final.of(Copy)]
    assert stages == [0, 0, None, None]
    assert [copy.from_ is None for copy in final.of(Copy)] == [False, False, False, True]


@pytest.mark.parametrize(
    ("reference", "problem"),
    [
        ("$IMAGE", "`$IMAGE` is not expanded: `from=` takes no variables"),
        ("2", "`2` is no stage of this file"),
    ],
)
def test_references_that_docker_refuses(reference: str, problem: str) -> None:
    text = f"FROM a:1\nCOPY --from={reference} /a /b\nFROM b:1 AS later"
    assert messages(text) == [f"Dockerfile:2:13 {problem}"]
    (copy,) = parsed(text).dockerfile.stages[0].of(Copy)
    assert isinstance(copy.from_, Symbolic) and copy.stage is None


@pytest.mark.parametrize("reference", ["later", "LATER", "1"])
def test_stages_may_be_defined_below(reference: str) -> None:
    text = (
        f"FROM a:1\nCOPY --from={reference} /a /b\n"
        f"RUN --mount=from={reference},target=/x a\nFROM b:1 AS later"
    )
    first, later = sound(text).stages
    (copy,), (run,) = first.of(Copy), first.of(Run)
    assert copy.stage is later
    assert run.mounts[0].stage is later


@pytest.mark.parametrize(
    ("text", "line", "name"),
    [
        ("FROM a:1 AS x\nCOPY --from=x /a /b", 2, "x"),
        ("FROM a:1\nCOPY --from=0 /a /b", 2, "0"),
        ("FROM a:1 AS x\nCOPY --from=y /a /b\nFROM b:1 AS y\nCOPY --from=x /a /b", 4, "x"),
    ],
)
def test_stages_that_wait_for_each_other(text: str, line: int, name: str) -> None:
    message = f"`{name}` is the stage itself, or waits for it"
    assert messages(text) == [f"Dockerfile:{line}:13 {message}"]


def test_add() -> None:
    text = 'ARG SUM=sha256:1\nADD --link --checksum=$SUM --chmod=755 ["https://x/y z", "/y/"]'
    add = only(text, Copy)
    assert (add.keyword, add.link, add.checksum, add.chmod) == ("ADD", True, "sha256:1", "755")
    assert (add.sources, add.destination) == (("https://x/y z",), "/y/")
    assert not only("ADD --link=false a /b", Copy).link


def test_env_in_both_forms() -> None:
    new = only("ENV A=1 B=\"two words\" C='$A' D=a\\ b E=", Env)
    values = {pair.name: pair.value for pair in new.pairs}
    assert values == {"A": "1", "B": "two words", "C": "$A", "D": "a b", "E": ""}
    spans = [
        pair.value.span.text for pair in new.pairs if pair.value is not None and pair.value.span
    ]
    assert spans == ["1", '"two words"', "'$A'", "a\\ b", ""]
    old = only("ENV NAME  some value=x", Env).pairs[0]
    assert (old.name, old.value) == ("NAME", "some value=x")
    assert old.name_span.text == "NAME"


def test_arg_and_label() -> None:
    arg = only("ARG A B=2", Arg)
    assert [(pair.name, pair.value) for pair in arg.pairs] == [("A", None), ("B", "2")]
    label = only('LABEL "com.example"="x y" z=1', Label)
    assert [(pair.name, pair.value) for pair in label.pairs] == [("com.example", "x y"), ("z", "1")]


def test_one_argument() -> None:
    assert only("USER app:app", User).user == "app:app"
    assert only("WORKDIR /a b", Workdir).path == "/a b"
    assert only("STOPSIGNAL SIGINT", Stopsignal).signal == "SIGINT"
    assert only("MAINTAINER A <a@b> $X", Maintainer).name == "A <a@b> $X"


def test_several_arguments() -> None:
    assert only("ENV P=80\nEXPOSE $P 443/tcp", Expose).words == ("80", "443/tcp")
    assert only("VOLUME /a /b", Volume).words == ("/a", "/b")
    assert only('VOLUME ["/a b"]', Volume).words == ("/a b",)
    assert only('SHELL ["/bin/bash", "-c"]', Shell).words == ("/bin/bash", "-c")


def test_commands() -> None:
    assert only('CMD ["a", "b"]', Cmd).words == ("a", "b")
    assert only("CMD []", Cmd).words == ()
    assert str(only("ENTRYPOINT exec $X", Entrypoint).command) == "exec $X"


def test_healthcheck() -> None:
    check = only("HEALTHCHECK --interval=5s --retries=3 \\\n CMD curl -f localhost", Healthcheck)
    assert str(check.command) == "curl -f localhost" and check.flag("interval") == "5s"
    exec_form = only('HEALTHCHECK CMD ["a"]', Healthcheck)
    assert exec_form.words == ("a",)
    assert only("HEALTHCHECK none", Healthcheck).is_none


def test_onbuild() -> None:
    onbuild = only("ONBUILD  COPY --from=x $A /b", Onbuild)
    copy = onbuild.trigger
    assert isinstance(copy, Copy) and copy.onbuild
    assert isinstance(copy.sources[0], Symbolic)
    assert copy.span.first == (2, 10)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("RUN", "RUN has no command"),
        ("USER", "USER needs an argument"),
        ("EXPOSE", "EXPOSE needs a port"),
        ("VOLUME", "VOLUME needs a path"),
        ("COPY a", "COPY needs a source and a destination"),
        ("ADD", "ADD needs a source and a destination"),
        ("ENV", "ENV needs a name and a value"),
        ("ENV A", "ENV needs a value"),
        ("ENV A=1 B", "a name or its value is missing"),
        ("LABEL =x", "a name or its value is missing"),
        ("ARG", "ARG needs a name"),
        ("SHELL bash -c", "SHELL needs a JSON array of strings"),
        ("HEALTHCHECK curl x", "HEALTHCHECK needs CMD and a command, or NONE"),
        ("HEALTHCHECK CMD", "HEALTHCHECK has no command after CMD"),
        ("ONBUILD", "ONBUILD needs an instruction"),
        ("ONBUILD FROM x", "ONBUILD cannot hold FROM"),
    ],
)
def test_incomplete_instructions(line: str, message: str) -> None:
    (found,) = messages(f"FROM a:1\n{line}")
    assert found.startswith("Dockerfile:2:") and found.endswith(message)


def test_an_unknown_instruction_is_told_and_the_rest_read() -> None:
    text = "FROM a:1\nWORKDIRR /a\nUSER app"
    dockerfile, (problem,) = parsed(text)
    assert problem.message == "unknown instruction WORKDIRR"
    assert problem.hint == "Did you mean WORKDIR?"
    assert problem.span is not None and problem.span.text == "WORKDIRR"
    assert dockerfile.final is not None and dockerfile.final.user == "app"
    assert type(dockerfile.final.instructions[0]) is Instruction
