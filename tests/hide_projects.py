"""A plugin for pytest that hides what the projects of other tests say, too:
`PYTHONPATH=tests python -m pytest -p hide_projects tests/policies`.

Every project that a test has judged is judged again with each of its inputs hidden, and with a few
pairs of them; a test fails where that reverses an answer of its policies. It takes minutes and
finds more than the examples of the policies do.
"""

from __future__ import annotations

import random
from collections.abc import Generator, Mapping
from textwrap import dedent
from unittest import mock

import pytest

import test_three_answers as three_answers
from cloudlint.policy import Policy
from hiding import Input, hidden, inputs
from judging import Judge, Judged

MOST_ALONE, PAIRS = 40, 10


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[Judge], request: pytest.FixtureRequest
) -> Generator[None, Judge, Judge]:
    judge = yield
    if fixturedef.argname != "judged":
        return judge

    def judged(files: Mapping[str, str], *policies: Policy, **options: object) -> Judged:
        result = judge(files, *policies, **options)
        if not options:
            _hide({name: dedent(text).lstrip("\n") for name, text in files.items()}, policies)
        return result

    fixturedef.cached_result = (judged, request.node, None)
    return judged


def _hide(files: Mapping[str, str], policies: tuple[Policy, ...]) -> None:
    asked = [p for p in policies if p.concept.__name__ not in three_answers.JUDGE_THE_TEXT]
    with mock.patch.object(three_answers, "POLICIES", asked):
        before = three_answers.verdicts(files)
        for chosen in _choices(inputs(files)):
            after = three_answers.verdicts(hidden(files, chosen))
            said = [files[one.path][one.start : one.end] for one in chosen]
            assert not three_answers.reversed_answers(before, after), f"by hiding {said}"


def _choices(found: list[Input]) -> list[list[Input]]:
    pairs = [random.sample(found, 2) for _ in range(PAIRS) if len(found) > 2]
    return [*([one] for one in found[:MOST_ALONE]), *pairs]
