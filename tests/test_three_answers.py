"""The heart of it: not to know something never turns one answer into the other.

Inputs of projects are hidden (values in variable files, defaults, constants); whatever a policy
said of something before, it may then say that it cannot tell, but neither find what was in order
nor pass what was not.

`CLOUDLINT_EXAMPLES=5000` tries that many, and others in each run, instead of the same few.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cloudlint.concepts.aws.rotation import PASSWORDS
from cloudlint.concepts.base import Unknowable
from cloudlint.concepts.registry import Subjects
from cloudlint.discovery import Inputs, Repository, take_inventory
from cloudlint.graph.build import build_graph
from cloudlint.graph.environment import Environment, Rules
from cloudlint.policy import Policy
from cloudlint.values import Undecided
from hiding import Files, Input, hidden, inputs
from record_policies import built_in

EXAMPLES = int(os.environ.get("CLOUDLINT_EXAMPLES", "60"))
STOREFRONT = Path(__file__).parents[1] / "fixtures" / "storefront" / "infra"

# These judge what is written down, not what values are: hidden behind a variable, a secret is in
# order, and what has variables without values is no root, which keeps a state and shows outputs.
JUDGE_THE_TEXT = {"ImageSecret", "Secret", "SecretFile", "SensitiveDeclaration", "TerraformState"}
# A database's password is "a variable that nothing changes" only where it is a variable.
JUDGE_THE_TEXT_OF = {"unrotated-secret": frozenset(PASSWORDS)}

POLICIES = [policy for policy in built_in() if policy.concept.__name__ not in JUDGE_THE_TEXT]
PROJECTS = [example.files for policy in POLICIES for example in policy.documentation.examples]

Verdicts = Mapping[tuple[str, str], set[str]]


def verdicts(files: Files) -> Verdicts:
    """What every policy says of the instances of everything declared: `pass`, `finding` or
    `undecided`, by policy and address without instance keys."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        for path, text in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        repository = Repository(folder)
        inventory = take_inventory(repository, [folder], lambda path: False)
        graph, _ = build_graph(repository, inventory, Inputs(), Rules())
        subjects = Subjects(graph)
        said: dict[tuple[str, str], set[str]] = defaultdict(set)
        for policy in POLICIES:
            written = JUDGE_THE_TEXT_OF.get(policy.name, frozenset())
            for subject in subjects.of(policy.concept):
                if subject.resource.type in written:
                    continue
                if policy.production_only and subject.environment is not Environment.PRODUCTION:
                    continue
                said[policy.name, re.sub(r"\[[^]]*\]", "", subject.resource.key)] |= answers(
                    policy, subject
                )
        return said


def answers(policy: Policy, subject: object) -> set[str]:
    said: set[str] = set()
    try:
        if isinstance(subject, Unknowable):
            raise subject.reason
        for _ in policy.check(subject):
            said.add("finding")
    except Undecided:
        return {*said, "undecided"}
    return said or {"pass"}


def reversed_answers(before: Verdicts, after: Verdicts) -> dict[tuple[str, str], str]:
    """Where hiding has made a finding of what was in order, or the other way round."""
    wrong = {}
    for check, said in before.items():
        now = after.get(check, set())
        if said == {"pass"} and "finding" in now:
            wrong[check] = "a finding now"
        if "finding" in said and not now & {"finding", "undecided"}:
            wrong[check] = f"a finding before, {' and '.join(sorted(now)) or 'not asked'} now"
    return wrong


@st.composite
def hidings(draw: st.DrawFn, projects: list[tuple[Files, list[Input]]]) -> tuple[Files, Files]:
    files, found = draw(st.sampled_from(projects))
    chosen = draw(st.lists(st.sampled_from(found), min_size=1, max_size=4, unique=True))
    return files, hidden(files, chosen)


@pytest.fixture(scope="module", autouse=True)
def _deep_stack() -> None:
    """Loading a project raises the recursion limit, which hypothesis does not want to see."""
    verdicts({"main.tf": ""})


SMALL = [(files, found) for files in PROJECTS if (found := inputs(files))]


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)
@given(hidings(SMALL))
def test_hiding_an_input_reverses_no_answer(projects: tuple[Files, Files]) -> None:
    before, after = projects
    assert not reversed_answers(verdicts(before), verdicts(after))


@pytest.fixture(scope="module")
def storefront() -> tuple[Files, list[Input], Verdicts]:
    files = {
        path.relative_to(STOREFRONT).as_posix(): path.read_text(encoding="utf-8")
        for path in STOREFRONT.rglob("*")
        if path.suffix in (".tf", ".tfvars") and "dev" not in path.parts
    }
    return files, inputs(files), verdicts(files)


@settings(
    max_examples=max(EXAMPLES // 20, 2),
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_hiding_inputs_of_a_real_project_reverses_no_answer(
    storefront: tuple[Files, list[Input], Verdicts], data: st.DataObject
) -> None:
    files, found, before = storefront
    chosen = data.draw(st.lists(st.sampled_from(found), min_size=1, max_size=6, unique=True))
    assert not reversed_answers(before, verdicts(hidden(files, chosen)))
