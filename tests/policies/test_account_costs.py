from __future__ import annotations

import pytest

from cloudlint_policies.cost.missing_budget_alerts import missing_budget_alerts as budgets
from cloudlint_policies.cost.missing_cost_anomaly_detection import (
    missing_cost_anomaly_detection as anomalies,
)
from judging import Judge


def budget(*thresholds: int, kind: str = "PERCENTAGE", of: str = "COST") -> str:
    notifications = "\n".join(
        f'notification {{\n threshold = {threshold}\n threshold_type = "{kind}"\n }}'
        for threshold in thresholds
    )
    return f"""
resource "aws_budgets_budget" "b" {{
  budget_type  = "{of}"
  limit_amount = "200"
  {notifications}
}}
"""


def trail(organisation: str) -> str:
    return f'resource "aws_cloudtrail" "t" {{\n is_organization_trail = {organisation}\n}}\n'


ALIAS = 'resource "aws_iam_account_alias" "a" {}\n'


@pytest.mark.parametrize("text", [ALIAS, trail("true"), budget(50, 80, 100, of="USAGE")])
def test_roots_of_accounts_are_judged(judged: Judge, text: str) -> None:
    assert "has no budget" in judged({"main.tf": text}, budgets).messages[0]
    assert len(judged({"main.tf": text}, anomalies).findings) == 1


def test_findings_point_at_what_makes_it_the_root_of_an_account(judged: Judge) -> None:
    files = {"a.tf": 'resource "aws_sqs_queue" "q" {}\n', "b.tf": ALIAS}
    (place,) = judged(files, budgets).places
    assert place == 'b.tf:1 resource "aws_iam_account_alias" "a"'
    assert judged(files, anomalies).places == [place]


def test_roots_that_share_it_are_told_of_together(judged: Judge) -> None:
    call = 'module "account" {\n  source = "../account"\n}\n'
    result = judged({"account/a.tf": ALIAS, "a/a.tf": call, "b/b.tf": call}, budgets)
    assert result.messages == ["the root module a is that of an account, and has no budget"]
    assert len(result.findings[0].instances) == 2


def test_roots_that_are_named_are_judged(judged: Judge) -> None:
    options = {"missing-budget-alerts": {"account_roots": ["live"]}}
    files = {"live/a.tf": 'resource "aws_sqs_queue" "q" {}\n'}
    assert [f.span.path for f in judged(files, budgets, options=options).findings] == ["live/a.tf"]


@pytest.mark.parametrize("text", ['resource "aws_instance" "i" {}\n', trail("false")])
def test_other_roots_are_left_alone(judged: Judge, text: str) -> None:
    assert judged({"main.tf": text}, budgets).is_silent
    assert judged({"main.tf": text}, anomalies).is_silent


@pytest.mark.parametrize(
    "call",
    [
        'module "a" {\n  source = "git::https://git.example.com/aws-account-baselines.git"\n}\n',
        'module "cost_alerts" {\n  source = "git::https://git.example.com/x.git"\n}\n',
    ],
)
def test_modules_that_are_not_at_hand_may_hold_them(judged: Judge, call: str) -> None:
    (reason,) = judged({"main.tf": ALIAS + call}, budgets).undecided
    assert "may hold budgets" in reason
    (reason,) = judged({"main.tf": ALIAS + call}, anomalies).undecided
    assert "may hold" in reason
    assert judged({"main.tf": ALIAS + budget(50, 80, 100) + call}, budgets).is_silent
    assert len(judged({"main.tf": ALIAS + budget(50, 100) + call}, budgets).findings) == 1


def test_modules_of_other_things_hold_none(judged: Judge) -> None:
    call = 'module "pager" {\n  source = "git::https://git.example.com/pager.git"\n}\n'
    assert len(judged({"main.tf": ALIAS + call}, budgets, anomalies).findings) == 2


def test_missing_thresholds_are_named(judged: Judge) -> None:
    (message,) = judged({"main.tf": budget(50, 120)}, budgets).messages
    assert message.endswith("alerts at 80 %, 100 %")


@pytest.mark.parametrize(
    "text",
    [budget(50, 80, 100), budget(100, 160, 200, kind="ABSOLUTE_VALUE")],
)
def test_shares_and_amounts_are_fine(judged: Judge, text: str) -> None:
    assert judged({"main.tf": text}, budgets).is_silent


def test_thresholds_that_may_be_amounts_or_shares_are_undecided(judged: Judge) -> None:
    text = 'variable "kind" {}\n' + budget(50, 80, 100).replace('"PERCENTAGE"', "var.kind")
    (reason,) = judged({"main.tf": text}, budgets).undecided
    assert "var.kind" in reason


def test_a_budget_of_an_unknown_type_is_undecided(judged: Judge) -> None:
    alerts = "".join(
        f'notification {{\n  threshold = {share}\n  threshold_type = "PERCENTAGE"\n}}\n'
        for share in (50, 80, 100)
    )
    text = f'variable "kind" {{\n}}\nresource "aws_budgets_budget" "b" {{\n{alerts}'
    for kind, undecided in (('"COST"', []), ("var.kind", ["var.kind has no value"])):
        outcome = judged({"main.tf": f"{text}budget_type = {kind}\n}}\n"}, budgets)
        assert (outcome.findings, outcome.undecided) == ([], undecided)
