from __future__ import annotations

import pytest

from cloudlint_policies.availability.shared_nat_gateway import shared_nat_gateway as policy
from judging import Judge

NETWORK = """
variable "zones" {
  type    = list(string)
  default = ["a", "b"]
}
variable "v" {
}
resource "aws_vpc" "v" {
}
resource "aws_subnet" "s" {
  for_each          = toset(var.zones)
  vpc_id            = aws_vpc.v.id
  availability_zone = "eu-west-1${each.key}"
}
"""
SHARED = """
resource "aws_nat_gateway" "n" {
  subnet_id = "subnet-1"
}
resource "aws_route_table" "t" {
  vpc_id = aws_vpc.v.id
}
resource "aws_route" "r" {
  route_table_id         = aws_route_table.t.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.n.id
}
resource "aws_route_table_association" "a" {
  for_each       = aws_subnet.s
  subnet_id      = each.value.id
  route_table_id = aws_route_table.t.id
}
"""
EACH = """
resource "aws_nat_gateway" "n" {
  for_each  = aws_subnet.s
  subnet_id = each.value.id
}
resource "aws_route_table" "t" {
  for_each = aws_subnet.s
  vpc_id   = aws_vpc.v.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.n[each.key].id
  }
}
resource "aws_route_table_association" "a" {
  for_each       = aws_subnet.s
  subnet_id      = each.value.id
  route_table_id = aws_route_table.t[each.key].id
}
"""


def test_a_gateway_for_two_zones_is_found(judged: Judge) -> None:
    assert judged({"main.tf": NETWORK + SHARED}, policy).messages == [
        "aws_nat_gateway.n is a single point of failure: private subnets in several zones leave "
        "through it"
    ]


def test_the_main_table_counts(judged: Judge) -> None:
    text = SHARED[: SHARED.index('resource "aws_route_table_association"')]
    text = text.replace("aws_route_table.t.id", "aws_vpc.v.main_route_table_id")
    assert len(judged({"main.tf": NETWORK + text}, policy).findings) == 1


def test_a_gateway_by_the_other_argument_counts(judged: Judge) -> None:
    text = NETWORK + SHARED.replace("nat_gateway_id ", "gateway_id ")
    assert len(judged({"main.tf": text}, policy).findings) == 1


DEFAULT_TABLE = """
resource "aws_default_route_table" "d" {
  default_route_table_id = aws_vpc.v.default_route_table_id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.n.id
  }
}
resource "aws_nat_gateway" "n" {
  subnet_id = "subnet-1"
}
resource "aws_route_table_association" "a" {
  for_each       = aws_subnet.s
  subnet_id      = each.value.id
  route_table_id = aws_vpc.v.main_route_table_id
}
"""
OTHER_MAIN = """
resource "aws_route_table" "other" {
  vpc_id = aws_vpc.v.id
}
resource "aws_main_route_table_association" "m" {
  vpc_id         = aws_vpc.v.id
  route_table_id = aws_route_table.other.id
}
"""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (DEFAULT_TABLE, 1),
        (DEFAULT_TABLE.replace(".main_route", ".default_route"), 1),
        (DEFAULT_TABLE + OTHER_MAIN, 0),
        (DEFAULT_TABLE.replace(".main_route", ".default_route") + OTHER_MAIN, 1),
    ],
)
def test_tables_that_the_network_names(judged: Judge, text: str, found: int) -> None:
    outcome = judged({"main.tf": NETWORK + text}, policy)
    assert (len(outcome.findings), outcome.undecided) == (found, [])


def test_a_main_table_that_is_not_known_leaves_other_gateways_decided(judged: Judge) -> None:
    unknown = OTHER_MAIN.replace("aws_route_table.other.id", "var.v")
    other = SHARED.replace("aws_subnet.s", "aws_subnet.o").replace('"n"', '"o"')
    other = other.replace("gateway.n", "gateway.o").replace(
        '_association" "a"', '_association" "o"'
    )
    subnets = NETWORK[NETWORK.index('resource "aws_subnet"') :].replace('"s"', '"o"')
    outcome = judged({"main.tf": NETWORK + DEFAULT_TABLE + unknown + subnets + other}, policy)
    assert [finding.address for finding in outcome.findings] == ["aws_nat_gateway.o"]


@pytest.mark.parametrize(
    "text",
    [
        NETWORK + EACH,
        NETWORK.replace('["a", "b"]', '["a"]') + SHARED,
        NETWORK + SHARED.replace('"subnet-1"', '"subnet-1"\n  availability_mode = "regional"'),
        NETWORK + 'resource "aws_nat_gateway" "unused" {\n}\n',
    ],
)
def test_gateways_of_one_zone_and_regional_ones_are_silent(judged: Judge, text: str) -> None:
    assert judged({"main.tf": text}, policy).is_silent


@pytest.mark.parametrize(
    "text",
    [
        NETWORK + SHARED.replace('"subnet-1"', '"subnet-1"\n  availability_mode = var.v'),
        NETWORK + SHARED.replace('"aws_route" "r" {', '"aws_route" "r" {\n  count = var.v ? 1 : 0'),
        NETWORK.replace("eu-west-1${each.key}", '${var.v}${each.value == "a" ? var.v : 1}')
        + SHARED,
    ],
)
def test_what_depends_on_a_variable_is_undecided(judged: Judge, text: str) -> None:
    outcome = judged({"main.tf": text}, policy)
    assert (outcome.findings, outcome.undecided) == ([], ["var.v has no value"])


def test_single_wins_over_one_per_zone_in_the_vpc_module(judged: Judge) -> None:
    text = """
        data "aws_availability_zones" "here" {
        }
        module "vpc" {
          source                 = "terraform-aws-modules/vpc/aws"
          version                = "5.8.1"
          azs                    = slice(data.aws_availability_zones.here.names, 0, 3)
          private_subnets        = [for i in range(3) : cidrsubnet("10.0.0.0/16", 8, i)]
          public_subnets         = [for i in range(3) : cidrsubnet("10.0.0.0/16", 8, i + 8)]
          enable_nat_gateway     = true
          one_nat_gateway_per_az = true
          single_nat_gateway     = true
        }
        """
    assert judged({"main.tf": text}, policy).places == ["main.tf:11 single_nat_gateway = true"]
    each = text.replace("single_nat_gateway     = true", "")
    assert judged({"main.tf": each}, policy).is_silent


MODULE = """
variable "v" {{}}
module "vpc" {{
  source             = "terraform-aws-modules/vpc/aws"
  version            = "5.8.1"
  azs                = ["eu-west-1a", "eu-west-1b"]
  public_subnets     = ["10.0.101.0/24", "10.0.102.0/24"]
  private_subnets    = ["10.0.1.0/24", "10.0.2.0/24"]
  enable_nat_gateway = true
  {}
}}
"""


@pytest.mark.parametrize(
    "text",
    [
        NETWORK.replace('default = ["a", "b"]', "") + SHARED,
        NETWORK + SHARED.replace("aws_route_table.t.id\n}\n", "var.v\n}\n"),
        MODULE.format("single_nat_gateway = var.v"),
    ],
)
def test_subnets_that_may_leave_through_it(judged: Judge, text: str) -> None:
    outcome = judged({"main.tf": text}, policy)
    assert outcome.findings == []
    assert outcome.undecided
