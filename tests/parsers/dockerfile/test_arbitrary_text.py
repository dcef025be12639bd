"""Whatever the text: no exception, places inside of the file, and not much time."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudlint.parsers.dockerfile import Copy, Expose, Instruction, Onbuild, Run, parse
from cloudlint.source import SourceFile, Span

KEYWORDS = ("FROM ", "FROM a:1 AS b\n", "RUN ", "COPY --from=b ", "ENV A=", "ARG B", "ONBUILD ")
FORMS = (
    "HEALTHCHECK CMD ",
    "--mount=type=cache,from=",
    "<<EOF",
    "EOF\n",
    '["a", "b"]',
    "# escape=`\n",
)
MARKS = ("$A", "${A:-", "${B#*", "}", "\\\n", " \\ \n", "\r\n", "USER ", "EXPOSE 1 2", "VOLUME ")
FRAGMENTS = st.sampled_from([*KEYWORDS, *FORMS, *MARKS, *"\n\"'`\\ \t=#a{/é\x0b\u2028\ud800"])
TEXTS = st.one_of(st.text(max_size=80), st.lists(FRAGMENTS, max_size=25).map("".join))


def spans(instruction: Instruction) -> Iterator[Span]:
    yield instruction.span
    for value in instruction.words:
        if value.place:
            yield value.place
    for values in instruction.flags.values():
        yield from (value.place for value in values if value.place)
    for heredoc in instruction.heredocs:
        yield from (heredoc.span, heredoc.body)
    if isinstance(instruction, Run):
        yield instruction.command.span
        yield from (mount.span for mount in instruction.mounts)
    if isinstance(instruction, Onbuild):
        yield from spans(instruction.trigger)


@given(TEXTS)
def test_arbitrary_text(text: str) -> None:
    dockerfile, diagnostics = parse(SourceFile("Dockerfile", text))
    end = 0
    for stage in dockerfile.stages:
        for instruction in (stage.from_, *stage.instructions):
            assert end <= instruction.span.start <= instruction.span.end <= len(text)
            end = instruction.span.end
            for span in spans(instruction):
                assert instruction.span.start <= span.start <= span.end <= instruction.span.end
    assert all(0 <= p.span.start <= p.span.end <= len(text) for p in diagnostics if p.span)
    assert dockerfile.stages or diagnostics


WORD = st.text("abc./-_0", min_size=1, max_size=6).filter(lambda word: not word.startswith("-"))
GAP = st.sampled_from([" ", "  ", "\t", " \\\n", " \\  \r\n\t", " \\\n# c\n\n "])


@given(st.lists(st.tuples(GAP, WORD), min_size=2, max_size=6))
def test_words_rejoin(parts: list[tuple[str, str]]) -> None:
    written = "".join(gap + word for gap, word in parts)
    words = [word for _, word in parts]
    source = SourceFile("Dockerfile", f"FROM a:1\nEXPOSE{written}\nCOPY{written}\n")
    dockerfile, diagnostics = parse(source)
    assert diagnostics == [] and dockerfile.final is not None
    for kind in (Expose, Copy):
        (found,) = dockerfile.final.of(kind)
        assert [word.span.text for word in found.words if word.span] == words
        assert found.words == tuple(words)


@pytest.mark.parametrize(
    "text",
    [
        "FROM a:1\nRUN " + "x" * 5_000_000,
        "FROM a:1\nRUN \\\n" * 10_000,
        "FROM a:1\nRUN " + "y \\\n" * 19_000,
        "FROM a:1\n" + "RUN <<EOF\n\\\nEOF\n" * 6_000,
        "FROM a:1\nRUN " + "<<a " * 15_000 + "\n",
        "FROM a:1\nLABEL a=" + "'" * 65_000,
        "FROM a:1\nCMD " + "[" * 65_000,
        "FROM a:1\nUSER " + "${A:-" * 13_000,
        "FROM a:1\nENV A=" + "a" * 30_000 + "\n" + "USER ${A//*a*b/x}\n" * 100,
        "FROM a:1\nENV A=" + "a" * 60_000 + "\n" + "USER x$A\n" * 5_000,
        "FROM a:1\n" + "ENV A=$A$A$A\n" * 5_000,
        "FROM a:1\nENV A=1\n" + "ENV A=${A:-$A}${A:+$A}\n" * 5_000,
        "FROM a:1 AS s\nENV A=1\n" + "FROM s AS s\nENV A=$A\n" * 299,
        "FROM a:1\n" + "\\ " * 30_000,
        "FROM a:1\n" + "ONBUILD " * 8_000,
    ],
)
def test_work_is_bounded(text: str) -> None:
    started = time.process_time()
    parse(SourceFile("Dockerfile", text))
    assert time.process_time() - started < 3
