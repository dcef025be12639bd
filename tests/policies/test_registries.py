"""Policies about ECR."""

from __future__ import annotations

import pytest

from cloudlint_policies.images.mutable_registry import mutable_registry
from cloudlint_policies.images.unscanned_registry import unscanned_registry
from judging import Judge

REPOSITORY = 'resource "aws_ecr_repository" "web" {\n  name = "shop/web"\n}\n'
SCANNING = """
resource "aws_ecr_registry_scanning_configuration" "all" {{
  scan_type = "BASIC"
  rule {{
    scan_frequency = "{frequency}"
    repository_filter {{
      filter      = {pattern}
      filter_type = "WILDCARD"
    }}
  }}
}}
variable "unknown" {{}}
"""


@pytest.mark.parametrize(
    ("mutability", "found"),
    [("IMMUTABLE_WITH_EXCLUSION", 0), ("MUTABLE_WITH_EXCLUSION", 1)],
)
def test_exclusions(judged: Judge, mutability: str, found: int) -> None:
    text = (
        'resource "aws_ecr_repository_creation_template" "t" {\n'
        f'  prefix = "shop"\n  image_tag_mutability = "{mutability}"\n}}\n'
    )
    assert len(judged({"main.tf": text}, mutable_registry).findings) == found


@pytest.mark.parametrize(
    ("frequency", "pattern", "expected"),
    [
        ("SCAN_ON_PUSH", '"*"', (0, 0)),
        ("SCAN_ON_PUSH", '"shop/*"', (0, 0)),
        ("CONTINUOUS_SCAN", '"web"', (0, 0)),
        ("SCAN_ON_PUSH", '"other*"', (1, 0)),
        ("MANUAL", '"*"', (1, 0)),
        ("SCAN_ON_PUSH", "var.unknown", (0, 1)),
    ],
)
def test_scanning_of_the_registry(
    judged: Judge, frequency: str, pattern: str, expected: tuple[int, int]
) -> None:
    text = REPOSITORY + SCANNING.format(frequency=frequency, pattern=pattern)
    outcome = judged({"main.tf": text}, unscanned_registry)
    assert (len(outcome.findings), len(outcome.undecided)) == expected


def test_inspector(judged: Judge) -> None:
    text = (
        'resource "aws_inspector2_enabler" "all" {\n'
        '  account_ids = ["111122223333"]\n  resource_types = ["EC2", "ECR"]\n}\n'
    )
    assert judged({"main.tf": REPOSITORY + text}, unscanned_registry).is_silent


def test_another_root_may_be_the_account(judged: Judge) -> None:
    files = {
        "web/main.tf": REPOSITORY,
        "account/main.tf": SCANNING.format(frequency="SCAN_ON_PUSH", pattern='"*"'),
    }
    outcome = judged(files, unscanned_registry)
    assert (outcome.findings, len(outcome.undecided)) == ([], 1)
