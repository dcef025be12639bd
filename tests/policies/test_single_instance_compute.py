from __future__ import annotations

import pytest

from cloudlint_policies.availability.single_instance_compute import (
    single_instance_compute as policy,
)
from judging import Judge

TARGETS = 'load_balancer {\ntarget_group_arn = "arn:aws:elasticloadbalancing:w"\n}\n'


def group(body: str) -> str:
    return (
        'variable "v" {}\nresource "aws_autoscaling_group" "x" {\nname = "x"\n'
        f'load_balancers = ["w"]\n{body}\n}}\n'
    )


def service(body: str, rest: str = "") -> str:
    return f'variable "v" {{}}\nresource "aws_ecs_service" "x" {{\nname = "x"\n{body}\n}}\n{rest}'


def target(resource_id: str, minimum: str) -> str:
    return (
        'resource "aws_appautoscaling_target" "x" {\nservice_namespace = "ecs"\n'
        f"resource_id = {resource_id}\nmin_capacity = {minimum}\n}}\n"
    )


BY_NAME = '"service/main/x"'
BY_REFERENCE = '"service/main/${aws_ecs_service.x.name}"'


@pytest.mark.parametrize(
    "text",
    [
        group("min_size = 1"),
        group("min_size = 0"),
        service(f"{TARGETS}desired_count = 1"),
        service(TARGETS),
        service(f"{TARGETS}desired_count = 4", target(BY_NAME, "1")),
        service(f"{TARGETS}desired_count = 4", target(BY_REFERENCE, "1")),
        'resource "aws_elastic_beanstalk_environment" "x" {\n}\n',
    ],
)
def test_a_single_copy_is_found(judged: Judge, text: str) -> None:
    assert len(judged({"main.tf": text}, policy).findings) == 1


@pytest.mark.parametrize(
    "text",
    [
        group("min_size = 2"),
        group("min_size = 1").replace("load_balancers", "suspended_processes"),
        service("desired_count = 1"),
        service(f'{TARGETS}scheduling_strategy = "DAEMON"'),
        service(f"{TARGETS}desired_count = 1", target(BY_REFERENCE, "2")),
        service(f"{TARGETS}desired_count = 2"),
        'resource "aws_elastic_beanstalk_environment" "x" {\nsetting {\n'
        'namespace = "aws:autoscaling:asg"\nname = "MinSize"\nvalue = "2"\n}\n}\n',
    ],
)
def test_two_copies_workers_and_daemons_are_silent(judged: Judge, text: str) -> None:
    assert judged({"main.tf": text}, policy).is_silent


def test_what_a_schedule_takes_down_to_nothing_is_silent(judged: Judge) -> None:
    asleep = (
        'resource "aws_autoscaling_schedule" "x" {\nautoscaling_group_name = "x"\n'
        "min_size = 0\nmax_size = 0\n}\n"
    )
    assert judged({"main.tf": group("min_size = 1") + asleep}, policy).is_silent
    action = (
        'resource "aws_appautoscaling_scheduled_action" "x" {\n'
        "resource_id = aws_appautoscaling_target.x.resource_id\n"
        "scalable_target_action {\nmin_capacity = 0\n}\n}\n"
    )
    text = service(TARGETS, target(BY_REFERENCE, "1") + action)
    assert judged({"main.tf": text}, policy).is_silent


@pytest.mark.parametrize(
    "text",
    [
        group("min_size = 0\nmax_size = 0"),
        service(f"{TARGETS}desired_count = 0"),
        service(f"{TARGETS}desired_count = 0", target(BY_REFERENCE, "0\nmax_capacity = 0")),
        service(f"{TARGETS}desired_count = var.v ? 2 : 0"),
    ],
)
def test_what_is_switched_off_is_silent(judged: Judge, text: str) -> None:
    assert judged({"main.tf": text}, policy).is_silent


@pytest.mark.parametrize(
    "text",
    [
        group("min_size = 0\nmax_size = 1"),
        service(TARGETS, target(BY_REFERENCE, "0\nmax_capacity = 1")),
        service(f"{TARGETS}desired_count = var.v ? 1 : 0"),
    ],
)
def test_what_can_be_switched_on_is_found(judged: Judge, text: str) -> None:
    assert len(judged({"main.tf": text}, policy).findings) == 1


@pytest.mark.parametrize(
    "text",
    [
        group("min_size = var.v"),
        service(f"{TARGETS}desired_count = var.v"),
        service(f"{TARGETS}desired_count = 1", target("var.v", "2")),
        service(TARGETS, target(BY_REFERENCE, "var.v")),
    ],
)
def test_what_depends_on_a_variable_is_undecided(judged: Judge, text: str) -> None:
    outcome = judged({"main.tf": text}, policy)
    assert (outcome.findings, set(outcome.undecided)) == ([], {"var.v has no value"})


def behind(attachments: str, count: int = 1) -> str:
    return (
        'resource "aws_lb_target_group" "t" {\n}\nresource "aws_lb_target_group" "u" {\n}\n'
        f'resource "aws_instance" "i" {{\ncount = {count}\n}}\n{attachments}'
    )


def attachment(name: str, target_id: str, group: str = "t") -> str:
    return (
        f'resource "aws_lb_target_group_attachment" "{name}" {{\n'
        f"target_group_arn = aws_lb_target_group.{group}.arn\ntarget_id = {target_id}\n}}\n"
    )


def test_one_machine_behind_a_target_group_is_found_once(judged: Judge) -> None:
    both = attachment("a", "aws_instance.i[0].id") + attachment("b", "aws_instance.i[0].id", "u")
    assert judged({"main.tf": behind(both)}, policy).messages == [
        "aws_lb_target_group.t (instances behind it) may come down to fewer than two copies behind "
        "its load balancer: one instance is behind it"
    ]


@pytest.mark.parametrize(
    "text",
    [
        behind(
            attachment("a", "aws_instance.i[0].id") + attachment("b", "aws_instance.i[1].id"), 2
        ),
        behind(attachment("a", "aws_instance.i[0].id") + attachment("b", '"i-0123"')),
        behind(attachment("a", '"10.0.0.1"')),
        behind(""),
    ],
)
def test_two_machines_and_other_targets_are_silent(judged: Judge, text: str) -> None:
    assert judged({"main.tf": text}, policy).is_silent


def test_a_target_that_may_be_the_service_s_is_undecided(judged: Judge) -> None:
    for desired in (1, 4):
        text = service(f"{TARGETS}desired_count = {desired}", target(BY_NAME, "1"))
        outcome = judged({"main.tf": text.replace('name = "x"', "name = var.v")}, policy)
        assert (outcome.findings, outcome.undecided) == ([], ["var.v has no value"])


def test_a_choice_of_too_few_is_found_where_it_is_used(judged: Judge) -> None:
    text = """
    variable "on" { type = bool }
    locals {
      copies = var.on ? 1 : 0
    }
    resource "aws_ecs_service" "s" {
      desired_count = local.copies
      load_balancer { container_port = 80 }
    }
    """
    told = judged({"main.tf": text}, policy)
    assert told.places == ["main.tf:6 desired_count = local.copies"]
    assert told.messages[0].endswith("its `desired_count` is below 2")


ONE_PER_ZONE = """
variable "v" {{}}
resource "aws_lb_target_group" "t" {{}}
resource "aws_lb_target_group" "u" {{}}
resource "aws_autoscaling_group" "a" {{
  name              = "a"
  min_size          = 1
  target_group_arns = [aws_lb_target_group.t.arn]
}}
resource "aws_autoscaling_group" "b" {{
  name     = "b"
  min_size = {minimum}
  {entrance}
}}
{rest}
"""
SAME = "target_group_arns = [aws_lb_target_group.t.arn]"
ATTACHED = """
resource "aws_autoscaling_attachment" "b" {
  autoscaling_group_name = aws_autoscaling_group.b.name
  lb_target_group_arn    = aws_lb_target_group.t.arn
}
"""


@pytest.mark.parametrize(("entrance", "rest"), [(SAME, ""), ("", ATTACHED)])
def test_groups_that_share_a_target_group_are_one_tier(
    judged: Judge, entrance: str, rest: str
) -> None:
    text = ONE_PER_ZONE.format(minimum=1, entrance=entrance, rest=rest)
    assert judged({"main.tf": text}, policy).is_silent


@pytest.mark.parametrize(
    ("minimum", "entrance", "found"),
    [
        (1, SAME.replace(".t.", ".u."), ["a", "b"]),
        (0, SAME, ["a", "b"]),
        (0, "", ["a"]),
    ],
)
def test_groups_that_do_not_are_judged_by_themselves(
    judged: Judge, minimum: int, entrance: str, found: list[str]
) -> None:
    text = ONE_PER_ZONE.format(minimum=minimum, entrance=entrance, rest="")
    findings = judged({"main.tf": text}, policy).findings
    assert [finding.address.split(".")[1] for finding in findings] == found


def test_a_group_beside_of_unknown_size_is_undecided(judged: Judge) -> None:
    text = ONE_PER_ZONE.format(minimum="var.v", entrance=SAME, rest="")
    outcome = judged({"main.tf": text}, policy)
    assert (outcome.findings, set(outcome.undecided)) == ([], {"var.v has no value"})
