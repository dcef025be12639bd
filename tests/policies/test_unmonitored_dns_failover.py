from __future__ import annotations

import pytest

from cloudlint_policies.availability.unmonitored_dns_failover import (
    unmonitored_dns_failover as policy,
)
from judging import Judge


def record(body: str) -> str:
    return f'variable "v" {{}}\nresource "aws_route53_record" "x" {{\n{body}\n}}\n'


@pytest.mark.parametrize(
    "body",
    [
        'failover_routing_policy {\ntype = "PRIMARY"\n}',
        'latency_routing_policy {\nregion = "eu-west-1"\n}',
        "weighted_routing_policy {\nweight = 1\n}",
        'geolocation_routing_policy {\ncountry = "*"\n}',
        'cidr_routing_policy {\ncollection_id = "c"\nlocation_name = "office"\n}',
        "multivalue_answer_routing_policy = true",
        "weighted_routing_policy {\nweight = 1\n}\nalias {\nevaluate_target_health = false\n}",
    ],
)
def test_unwatched_records_are_found(judged: Judge, body: str) -> None:
    assert len(judged({"main.tf": record(body)}, policy).findings) == 1


@pytest.mark.parametrize(
    "body",
    [
        "",
        "alias {\nevaluate_target_health = false\n}",
        'failover_routing_policy {\ntype = "SECONDARY"\n}',
        'weighted_routing_policy {\nweight = 1\n}\nhealth_check_id = "h"',
        "weighted_routing_policy {\nweight = 1\n}\nalias {\nevaluate_target_health = true\n}",
    ],
)
def test_watched_simple_and_last_records_are_silent(judged: Judge, body: str) -> None:
    assert judged({"main.tf": record(body)}, policy).is_silent


@pytest.mark.parametrize(
    "body",
    [
        "weighted_routing_policy {\nweight = 1\n}\nalias {\nevaluate_target_health = var.v\n}",
        "failover_routing_policy {\ntype = var.v\n}",
        'dynamic "weighted_routing_policy" {\nfor_each = var.v\ncontent {}\n}',
    ],
)
def test_what_depends_on_a_variable_is_undecided(judged: Judge, body: str) -> None:
    outcome = judged({"main.tf": record(body)}, policy)
    assert (outcome.findings, outcome.undecided) == ([], ["var.v has no value"])
