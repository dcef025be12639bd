from __future__ import annotations

import pytest

from cloudlint_policies.availability.single_az_network import single_az_network as policy
from judging import Judge

VPC = """
variable "v" {
}
resource "aws_vpc" "v" {
}
resource "aws_internet_gateway" "g" {
  vpc_id = aws_vpc.v.id
}
"""


def subnet(name: str, zone: str, network: str = "aws_vpc.v.id") -> str:
    return (
        f'resource "aws_subnet" "{name}" {{\n  vpc_id = {network}\n'
        f'  availability_zone = "eu-west-1{zone}"\n}}\n'
    )


def table(name: str, route: str, *subnets: str) -> str:
    associations = "".join(
        f'resource "aws_route_table_association" "{subnet}" {{\n'
        f"  subnet_id = aws_subnet.{subnet}.id\n"
        f"  route_table_id = aws_route_table.{name}.id\n}}\n"
        for subnet in subnets
    )
    return f'resource "aws_route_table" "{name}" {{\n{route}\n}}\n{associations}'


INTERNET = 'route {\ncidr_block = "0.0.0.0/0"\ngateway_id = aws_internet_gateway.g.id\n}'
NAT = 'route {\ncidr_block = "0.0.0.0/0"\nnat_gateway_id = "nat-1"\n}'
TWO = subnet("a", "a") + subnet("b", "b")


def messages(judged: Judge, text: str) -> list[str]:
    outcome = judged({"main.tf": VPC + text}, policy)
    assert outcome.undecided == []
    return [message.rpartition(": ")[2] for message in outcome.messages]


def test_each_tier_is_judged_by_itself(judged: Judge) -> None:
    text = TWO + table("public", INTERNET, "a") + table("private", NAT, "b")
    assert messages(judged, text) == [
        "its public subnets are in one zone",
        "its private subnets are in one zone",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        TWO,
        TWO + table("private", NAT, "a", "b"),
        TWO + table("public", INTERNET, "a", "b") + subnet("c", "a") + subnet("d", "c"),
    ],
)
def test_tiers_in_two_zones_are_silent(judged: Judge, text: str) -> None:
    assert messages(judged, text) == []


def test_routes_of_their_own_count(judged: Judge) -> None:
    route = (
        'resource "aws_route" "r" {\n  route_table_id = aws_route_table.t.id\n'
        '  destination_cidr_block = "0.0.0.0/0"\n  gateway_id = aws_internet_gateway.g.id\n}\n'
    )
    assert messages(judged, TWO + table("t", "", "a") + route) == [
        "its public subnets are in one zone",
        "its isolated subnets are in one zone",
    ]


@pytest.mark.parametrize(
    "main",
    [
        'resource "aws_main_route_table_association" "m" {\n  vpc_id = aws_vpc.v.id\n'
        f"  route_table_id = aws_route_table.m.id\n}}\n{table('m', INTERNET)}",
        'resource "aws_default_route_table" "m" {\n'
        f"  default_route_table_id = aws_vpc.v.default_route_table_id\n{INTERNET}\n}}\n",
        'resource "aws_route" "m" {\n  route_table_id = aws_vpc.v.main_route_table_id\n'
        '  destination_cidr_block = "0.0.0.0/0"\n  gateway_id = aws_internet_gateway.g.id\n}\n',
    ],
)
def test_subnets_without_association_use_the_main_table(judged: Judge, main: str) -> None:
    text = subnet("a", "a") + subnet("b", "b") + subnet("c", "c")
    text += table("p", NAT, "b", "c")
    assert messages(judged, text + main) == ["its public subnets are in one zone"]


def test_associations_with_the_main_table(judged: Judge) -> None:
    main = (
        'resource "aws_default_route_table" "m" {\n'
        f"  default_route_table_id = aws_vpc.v.default_route_table_id\n{INTERNET}\n}}\n"
    )
    text = subnet("a", "a") + subnet("b", "b") + table("p", NAT, "b") + main
    text += (
        'resource "aws_route_table_association" "m" {\n  subnet_id = aws_subnet.a.id\n'
        "  route_table_id = aws_vpc.v.main_route_table_id\n}\n"
    )
    assert messages(judged, text) == [
        "its public subnets are in one zone",
        "its private subnets are in one zone",
    ]


def test_subnets_of_networks_made_elsewhere_are_not_judged(judged: Judge) -> None:
    assert messages(judged, subnet("a", "a", "var.v")) == []


def test_an_egress_only_gateway_is_no_internet_gateway(judged: Judge) -> None:
    egress = 'route {\nipv6_cidr_block = "::/0"\negress_only_gateway_id = "eigw-1"\n}'
    text = TWO + table("p", egress, "a") + table("n", NAT, "b")
    assert messages(judged, text) == []


@pytest.mark.parametrize(
    "text",
    [
        TWO + table("t", 'route {\ncidr_block = "0.0.0.0/0"\ngateway_id = var.v\n}', "a"),
        TWO + table("t", INTERNET, "a").replace("aws_route_table.t.id", "var.v"),
        TWO + table("t", INTERNET, "a").replace("aws_subnet.a.id", "var.v"),
        subnet("a", "${var.v}") + subnet("b", "b"),
        subnet("a", "a") + subnet("b", "b").replace("{\n", "{\n  count = var.v ? 1 : 0\n", 1),
    ],
)
def test_what_depends_on_a_variable_is_undecided(judged: Judge, text: str) -> None:
    outcome = judged({"main.tf": VPC + text}, policy)
    assert (outcome.findings, outcome.undecided) == ([], ["var.v has no value"])


def test_one_subnet_is_in_one_zone_whatever_its_name(judged: Judge) -> None:
    assert messages(judged, subnet("a", "${var.v}")) == ["its isolated subnets are in one zone"]


ZONES_IN_TWO_WAYS = """
data "aws_availability_zones" "here" {
}
locals {
  zones = slice(data.aws_availability_zones.here.names, 0, 2)
}
resource "aws_subnet" "s" {
  count  = 2
  vpc_id = aws_vpc.v.id
  availability_zone = (
    length(regexall("^[a-z]{2}-", element(local.zones, count.index))) > 0
    ? element(local.zones, count.index)
    : null
  )
  availability_zone_id = (
    length(regexall("^[a-z]{2}-", element(local.zones, count.index))) == 0
    ? element(local.zones, count.index)
    : null
  )
}
"""


def test_zones_may_be_given_as_names_or_as_ids(judged: Judge) -> None:
    assert messages(judged, ZONES_IN_TWO_WAYS) == []
    one = ZONES_IN_TWO_WAYS.replace("names, 0, 2", "names, 0, 1")
    assert messages(judged, one) == ["its isolated subnets are in one zone"]


def test_a_zone_that_may_not_be_given_is_undecided(judged: Judge) -> None:
    text = subnet("a", "a").replace('"eu-west-1a"', 'var.v ? "eu-west-1a" : null')
    outcome = judged({"main.tf": VPC + text + subnet("b", "a")}, policy)
    assert (outcome.findings, outcome.undecided) == ([], ["var.v has no value"])
