"""Deployments that cannot go back, and those that may take everything down."""

from __future__ import annotations

import pytest

from cloudlint.plugins import Catalogue
from judging import Judge

ROLLBACK = Catalogue().policy("missing-rollback")
UNHEALTHY = Catalogue().policy("unhealthy-deployment-allowed")
BALANCED = 'load_balancer {\n  container_name = "web"\n  container_port = 80\n}\n'
REFRESH = 'instance_refresh {\n  strategy = "Rolling"\n  preferences {\n    %s\n  }\n}\n'


def resource(type_: str, body: str) -> dict[str, str]:
    return {"main.tf": f'variable "a" {{}}\nresource "{type_}" "x" {{\n{body}\n}}\n'}


@pytest.mark.parametrize(
    ("type_", "body", "place"),
    [
        ("aws_ecs_service", "", 'resource "aws_ecs_service" "x"'),
        (
            "aws_ecs_service",
            "deployment_circuit_breaker {\n  enable = false\n  rollback = true\n}",
            "enable = false",
        ),
        (
            "aws_ecs_service",
            'alarms {\n  alarm_names = ["a"]\n  enable = true\n  rollback = false\n}',
            'resource "aws_ecs_service" "x"',
        ),
        (
            "aws_ecs_service",
            'deployment_controller {\n  type = "ECS"\n}',
            'resource "aws_ecs_service" "x"',
        ),
        (
            "aws_codedeploy_deployment_group",
            "auto_rollback_configuration {\n  enabled = false\n}",
            "enabled = false",
        ),
        (
            "aws_autoscaling_group",
            'instance_refresh {\n  strategy = "Rolling"\n}',
            "instance_refresh",
        ),
    ],
)
def test_what_cannot_go_back(judged: Judge, type_: str, body: str, place: str) -> None:
    result = judged(resource(type_, body), ROLLBACK)
    assert [found.partition(" ")[2] for found in result.places] == [place]


@pytest.mark.parametrize(
    ("type_", "body"),
    [
        (
            "aws_ecs_service",
            'alarms {\n  alarm_names = ["a"]\n  enable = true\n  rollback = true\n}',
        ),
        ("aws_ecs_service", 'deployment_controller {\n  type = "EXTERNAL"\n}'),
        ("aws_autoscaling_group", ""),
        ("aws_autoscaling_group", REFRESH % "auto_rollback = true"),
        ("aws_elastic_beanstalk_environment", ""),
    ],
)
def test_what_goes_back_or_is_rolled_out_by_others(judged: Judge, type_: str, body: str) -> None:
    assert judged(resource(type_, body), ROLLBACK).is_silent


def test_a_dynamic_circuit_breaker_stays_open(judged: Judge) -> None:
    body = (
        'dynamic "deployment_circuit_breaker" {\n  for_each = var.a\n'
        "  content {\n    enable = true\n    rollback = true\n  }\n}"
    )
    assert judged(resource("aws_ecs_service", body), ROLLBACK).undecided == ["var.a has no value"]


@pytest.mark.parametrize(
    ("type_", "body"),
    [
        ("aws_ecs_service", f"deployment_minimum_healthy_percent = 0\n{BALANCED}"),
        (
            "aws_autoscaling_group",
            f'load_balancers = ["a"]\n{REFRESH % "min_healthy_percentage = 0"}',
        ),
        (
            "aws_codedeploy_deployment_group",
            'deployment_config_name = "CodeDeployDefault.ECSAllAtOnce"',
        ),
        (
            "aws_codedeploy_deployment_group",
            'load_balancer_info {\n  elb_info {\n    name = "a"\n  }\n}',
        ),
        (
            "aws_codedeploy_deployment_config",
            'minimum_healthy_hosts {\n  type = "HOST_COUNT"\n  value = 0\n}',
        ),
        (
            "aws_codedeploy_deployment_config",
            'traffic_routing_config {\n  type = "AllAtOnce"\n}',
        ),
        ("aws_elastic_beanstalk_environment", ""),
    ],
)
def test_what_may_go_down(judged: Judge, type_: str, body: str) -> None:
    assert len(judged(resource(type_, body), UNHEALTHY).findings) == 1


@pytest.mark.parametrize(
    ("type_", "body"),
    [
        ("aws_ecs_service", BALANCED),
        ("aws_ecs_service", "deployment_minimum_healthy_percent = 0"),
        (
            "aws_ecs_service",
            f'scheduling_strategy = "DAEMON"\ndeployment_minimum_healthy_percent = 0\n{BALANCED}',
        ),
        ("aws_autoscaling_group", 'load_balancers = ["a"]'),
        ("aws_autoscaling_group", f'load_balancers = ["a"]\n{REFRESH % ""}'),
        ("aws_autoscaling_group", REFRESH % "min_healthy_percentage = 0"),
        ("aws_codedeploy_deployment_group", ""),
        (
            "aws_codedeploy_deployment_config",
            'minimum_healthy_hosts {\n  type = "HOST_COUNT"\n  value = 1\n}',
        ),
        ("aws_elastic_beanstalk_environment", 'tier = "Worker"'),
    ],
)
def test_what_stays_up_or_may_go_down(judged: Judge, type_: str, body: str) -> None:
    assert judged(resource(type_, body), UNHEALTHY).is_silent


def test_a_known_defect_beside_an_unknown_value(judged: Judge) -> None:
    body = (
        'deployment_config_name = "CodeDeployDefault.AllAtOnce"\n'
        'alarm_configuration {\n  enabled = var.a\n  alarms = ["a"]\n}\n'
        'load_balancer_info {\n  elb_info {\n    name = "a"\n  }\n}'
    )
    result = judged(resource("aws_codedeploy_deployment_group", body), UNHEALTHY)
    assert result.places == ['main.tf:3 deployment_config_name = "CodeDeployDefault.AllAtOnce"']


def test_development_may_go_down(judged: Judge) -> None:
    body = f'deployment_minimum_healthy_percent = 0\n{BALANCED}tags = {{ Environment = "dev" }}'
    assert judged(resource("aws_ecs_service", body), ROLLBACK, UNHEALTHY).is_silent
