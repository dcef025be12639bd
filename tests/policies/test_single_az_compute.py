from __future__ import annotations

import pytest

from cloudlint_policies.availability.single_az_compute import single_az_compute as policy
from judging import Judge

ZONES = """
data "aws_availability_zones" "here" {
}
variable "region" {
  type = string
}
variable "v" {
}
resource "aws_subnet" "a" {
  availability_zone = data.aws_availability_zones.here.names[0]
}
resource "aws_subnet" "a2" {
  availability_zone = data.aws_availability_zones.here.names[0]
}
resource "aws_subnet" "b" {
  availability_zone = data.aws_availability_zones.here.names[1]
}
resource "aws_subnet" "r" {
  for_each          = toset(["x", "y"])
  availability_zone = "${var.region}${each.key}"
}
"""
ONE = "[aws_subnet.a.id, aws_subnet.a2.id]"
TWO = "[aws_subnet.a.id, aws_subnet.b.id]"
LETTERS = "[for subnet in aws_subnet.r : subnet.id]"
TARGETS = 'load_balancer {\ntarget_group_arn = "arn:aws:elasticloadbalancing:w"\n}\n'


def tier(type_: str, body: str) -> str:
    return f'resource "{type_}" "x" {{\n{body}\n}}\n'


def setting(namespace: str, name: str, value: str) -> str:
    return f'setting {{\nnamespace = "{namespace}"\nname = "{name}"\nvalue = {value}\n}}\n'


def placed(subnets: str) -> list[str]:
    """A tier of every kind in these subnets."""
    return [
        tier("aws_autoscaling_group", f'load_balancers = ["w"]\nvpc_zone_identifier = {subnets}'),
        tier("aws_ecs_service", f"{TARGETS}network_configuration {{\nsubnets = {subnets}\n}}"),
        tier("aws_eks_node_group", f'cluster_name = "c"\nsubnet_ids = {subnets}'),
        tier("aws_eks_cluster", f"vpc_config {{\nsubnet_ids = {subnets}\n}}"),
        tier("aws_eks_fargate_profile", f"subnet_ids = {subnets}"),
        tier("aws_lambda_function", f"vpc_config {{\nsubnet_ids = {subnets}\n}}"),
        tier("aws_lb", f"subnets = {subnets}"),
        tier("aws_elb", f"subnets = {subnets}"),
        tier(
            "aws_lb",
            f'dynamic "subnet_mapping" {{\nfor_each = {subnets}\n'
            "content {\nsubnet_id = subnet_mapping.value\n}\n}",
        ),
        tier(
            "aws_elastic_beanstalk_environment",
            setting("aws:ec2:vpc", "Subnets", f'join(",", {subnets})'),
        ),
    ]


@pytest.mark.parametrize("text", placed(ONE))
def test_subnets_in_one_zone_are_found(judged: Judge, text: str) -> None:
    assert len(judged({"main.tf": text, "zones.tf": ZONES}, policy).findings) == 1


@pytest.mark.parametrize("text", [*placed(TWO), *placed(LETTERS)])
def test_subnets_in_two_zones_are_silent(judged: Judge, text: str) -> None:
    assert judged({"main.tf": text, "zones.tf": ZONES}, policy).is_silent


@pytest.mark.parametrize("text", placed('split(",", var.v)')[:8])
def test_unknown_subnets_are_undecided(judged: Judge, text: str) -> None:
    outcome = judged({"main.tf": text, "zones.tf": ZONES}, policy)
    assert (outcome.findings, outcome.undecided) == ([], ["var.v has no value"])


@pytest.mark.parametrize(
    "text",
    [
        tier("aws_autoscaling_group", f"vpc_zone_identifier = {ONE}"),
        tier("aws_ecs_service", f"network_configuration {{\nsubnets = {ONE}\n}}"),
        tier("aws_ecs_service", TARGETS),
        tier("aws_lambda_function", ""),
        tier("aws_lambda_function", "vpc_config {\nsubnet_ids = []\n}"),
        tier("aws_lb", "subnets = []"),
        tier("aws_autoscaling_group", 'load_balancers = ["w"]\nvpc_zone_identifier = []'),
        tier(
            "aws_elastic_beanstalk_environment",
            'tier = "Worker"\n' + setting("aws:ec2:vpc", "Subnets", f'join(",", {ONE})'),
        ),
        tier(
            "aws_elastic_beanstalk_environment",
            setting("aws:elasticbeanstalk:environment", "EnvironmentType", '"SingleInstance"')
            + setting("aws:ec2:vpc", "Subnets", f'join(",", {ONE})'),
        ),
    ],
)
def test_workers_and_what_is_in_no_subnet_are_silent(judged: Judge, text: str) -> None:
    assert judged({"main.tf": text, "zones.tf": ZONES}, policy).is_silent


def test_zones_by_name_count_too(judged: Judge) -> None:
    group = 'load_balancers = ["w"]\navailability_zones = '
    assert judged(
        {"main.tf": tier("aws_autoscaling_group", f'{group}["eu-west-1a"]')}, policy
    ).places == ['main.tf:3 availability_zones = ["eu-west-1a"]']
    two = tier("aws_autoscaling_group", f'{group}["eu-west-1a", "eu-west-1b"]')
    assert judged({"main.tf": two}, policy).is_silent


def test_a_list_between_brackets_may_hold_several_subnets(judged: Judge) -> None:
    text = tier("aws_lb", 'subnets = ["${var.v}"]')
    outcome = judged({"main.tf": text, "zones.tf": ZONES}, policy)
    assert (outcome.findings, outcome.undecided) == ([], ["var.v has no value"])


def test_a_block_that_may_not_be_there_is_undecided(judged: Judge) -> None:
    body = f'dynamic "vpc_config" {{\nfor_each = var.v\ncontent {{\nsubnet_ids = {ONE}\n}}\n}}'
    outcome = judged({"main.tf": tier("aws_lambda_function", body), "zones.tf": ZONES}, policy)
    assert (outcome.findings, outcome.undecided) == ([], ["var.v has no value"])


def test_node_groups_of_one_cluster_share_the_zones(judged: Judge) -> None:
    nodes = """
        resource "aws_eks_cluster" "c" {
        }
        resource "aws_eks_node_group" "x" {
          for_each     = { a = aws_subnet.a.id, b = aws_subnet.b.id }
          cluster_name = aws_eks_cluster.c.name
          subnet_ids   = [each.value]
        }
        """
    assert judged({"main.tf": nodes, "zones.tf": ZONES}, policy).is_silent
    one = nodes.replace("aws_subnet.b.id", "aws_subnet.a2.id")
    assert len(judged({"main.tf": one, "zones.tf": ZONES}, policy).findings) == 1


BEHIND = """
resource "aws_lb_target_group" "t" {
}
resource "aws_instance" "i" {
  count     = 2
  subnet_id = SUBNET
}
resource "aws_lb_target_group_attachment" "a" {
  count            = 2
  target_group_arn = aws_lb_target_group.t.arn
  target_id        = aws_instance.i[count.index].id
}
"""


@pytest.mark.parametrize(
    ("subnet", "findings"),
    [
        ("aws_subnet.a.id", 1),
        ("[aws_subnet.a.id, aws_subnet.b.id][count.index]", 0),
        ('aws_subnet.a.id\navailability_zone = "eu-west-1${count.index}"', 0),
    ],
)
def test_machines_behind_a_target_group(judged: Judge, subnet: str, findings: int) -> None:
    text = BEHIND.replace("SUBNET", subnet)
    assert len(judged({"main.tf": text, "zones.tf": ZONES}, policy).findings) == findings


def test_one_machine_alone_is_another_policy_s(judged: Judge) -> None:
    text = BEHIND.replace("count     = 2", "count     = 1").replace("SUBNET", "aws_subnet.a.id")
    text = text.replace("count            = 2", "count            = 1")
    assert judged({"main.tf": text, "zones.tf": ZONES}, policy).is_silent


def test_private_subnets_of_the_vpc_module(judged: Judge) -> None:
    text = """
        module "vpc" {
          source          = "terraform-aws-modules/vpc/aws"
          version         = "5.8.1"
          azs             = ["eu-west-1a", "eu-west-1b"]
          private_subnets = ["10.0.1.0/24", "10.0.2.0/24"]
        }
        resource "aws_autoscaling_group" "x" {
          load_balancers      = ["w"]
          vpc_zone_identifier = module.vpc.private_subnets
        }
        """
    assert judged({"main.tf": text}, policy).is_silent
    one = text.replace(', "eu-west-1b"', "")
    assert judged({"main.tf": one}, policy).places == [
        "main.tf:9 vpc_zone_identifier = module.vpc.private_subnets"
    ]


EACH_ZONE = """
data "aws_availability_zones" "all" {{
}}
locals {{
  zones = slice(data.aws_availability_zones.all.names, 0, 2)
}}
resource "aws_subnet" "s" {{
  for_each          = {for_each}
  availability_zone = {zone}
}}
resource "aws_lb" "x" {{
  subnets = {subnets}
}}
"""
BY_ZONE = "{ for at, zone in local.zones : zone => cidrsubnet(var.cidr, 4, at) }"


@pytest.mark.parametrize("for_each", ["toset(local.zones)", BY_ZONE])
@pytest.mark.parametrize(
    "subnets",
    [
        "[for subnet in aws_subnet.s : subnet.id]",
        "values(aws_subnet.s)[*].id",
        "[for key, id in { for key, subnet in aws_subnet.s : key => subnet.id } : id]",
        "tolist(toset(values(aws_subnet.s)[*].id))",
        "concat(values(aws_subnet.s)[*].id, [])",
    ],
)
def test_subnets_for_each_zone_are_in_several(judged: Judge, for_each: str, subnets: str) -> None:
    cidr = 'variable "cidr" {\n  type = string\n}\n'
    made = {"for_each": for_each, "subnets": subnets}
    told = judged({"main.tf": cidr + EACH_ZONE.format(zone="each.key", **made)}, policy)
    assert told.is_silent
    told = judged({"main.tf": cidr + EACH_ZONE.format(zone="local.zones[0]", **made)}, policy)
    assert len(told.findings) == 1


def test_where_a_subnet_of_a_literal_id_is_is_not_in_the_configuration(judged: Judge) -> None:
    told = judged({"main.tf": 'resource "aws_lb" "x" {\n  subnets = ["subnet-1", "subnet-2"]\n}\n'},
                  policy)  # fmt: skip
    assert told.undecided == ['the zone of "subnet-1" is not in the configuration']


def test_an_unknown_number_of_machines_is_undecided(judged: Judge) -> None:
    text = """
    variable "machines" {}
    resource "aws_subnet" "a" {
      availability_zone = "eu-west-1a"
    }
    resource "aws_lb_target_group" "t" {
    }
    resource "aws_instance" "m" {
      count     = var.machines
      subnet_id = aws_subnet.a.id
    }
    resource "aws_lb_target_group_attachment" "t" {
      count            = var.machines
      target_group_arn = aws_lb_target_group.t.arn
      target_id        = aws_instance.m[count.index].id
    }
    """
    outcome = judged({"main.tf": text}, policy)
    assert (outcome.findings, outcome.undecided) == ([], ["var.machines has no value"])


def test_a_subnet_of_an_empty_zone_may_be_in_any(judged: Judge) -> None:
    text = 'resource "aws_subnet" "s" {\n  count = 2\n  availability_zone = ""\n}\n'
    told = judged({"main.tf": text + tier("aws_lb", "subnets = aws_subnet.s[*].id")}, policy)
    assert (told.findings, len(told.undecided)) == ([], 1)


SHARED = """
resource "aws_lb_target_group" "t" {{}}
resource "aws_subnet" "a" {{
  availability_zone = "eu-west-1a"
}}
resource "aws_subnet" "b" {{
  availability_zone = "eu-west-1b"
}}
resource "aws_autoscaling_group" "a" {{
  vpc_zone_identifier = [aws_subnet.a.id]
  target_group_arns   = [aws_lb_target_group.t.arn]
}}
resource "aws_autoscaling_group" "b" {{
  vpc_zone_identifier = [aws_subnet.{subnet}.id]
  target_group_arns   = [aws_lb_target_group.t.arn]
}}
"""


@pytest.mark.parametrize(("subnet", "found"), [("b", 0), ("a", 2)])
def test_groups_behind_one_target_group_may_have_a_zone_each(
    judged: Judge, subnet: str, found: int
) -> None:
    outcome = judged({"main.tf": SHARED.format(subnet=subnet)}, policy)
    assert (len(outcome.findings), outcome.undecided) == (found, [])


def test_an_empty_text_stands_in_for_any_subnets(judged: Judge) -> None:
    text = """
    variable "subnets" { default = "" }
    resource "aws_lb" "w" {
      subnets = split(",", var.subnets)
    }
    """
    outcome = judged({"main.tf": text}, policy)
    assert (outcome.findings, outcome.undecided) == (
        [],
        ["what an empty text stands in for is not known"],
    )
