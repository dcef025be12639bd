from collections.abc import Iterator

from cloudlint.concepts.networks import Network, unmet
from cloudlint.policy import Finding, policy


@policy(
    severity="medium",
    production_only=True,
    standard="A: Workflow, VPC with two or more AZs, subnets per tier; R: VPC Design",
)
def single_az_network(network: Network) -> Iterator[Finding]:
    """A tier of subnets in one zone leaves whatever is put there without a second zone.

    The subnets of a VPC are told apart by their routes: public ones lead to an internet gateway,
    private ones out only, isolated ones nowhere. Each tier that a VPC has needs two zones. The
    zones of a subnet that a well-known module makes are those that its call names.

    Fix: give every tier a subnet in a second zone.

    ## Bad
    ```terraform
    resource "aws_vpc" "main" {
      cidr_block = "10.0.0.0/16"
    }

    resource "aws_subnet" "data" {
      count             = 2
      vpc_id            = aws_vpc.main.id
      cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 8, count.index)
      availability_zone = "eu-west-1a"  # <-- finding
    }
    ```
    ```terraform
    module "vpc" {
      source          = "terraform-aws-modules/vpc/aws"
      version         = "5.8.1"
      cidr            = "10.0.0.0/16"
      azs             = ["eu-west-1a"]  # <-- finding
      private_subnets = ["10.0.1.0/24", "10.0.2.0/24"]
    }
    ```
    ## Good
    ```terraform
    data "aws_availability_zones" "here" {}

    resource "aws_vpc" "main" {
      cidr_block = "10.0.0.0/16"
    }

    resource "aws_subnet" "data" {
      count             = 2
      vpc_id            = aws_vpc.main.id
      cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 8, count.index)
      availability_zone = data.aws_availability_zones.here.names[count.index]
    }
    ```
    ## Undecided
    ```terraform
    variable "zones" {
      type = list(string)
    }

    resource "aws_vpc" "main" {
      cidr_block = "10.0.0.0/16"
    }

    resource "aws_subnet" "data" {
      for_each          = toset(var.zones)
      vpc_id            = aws_vpc.main.id
      availability_zone = each.key
    }
    ```
    """
    for requirement in unmet(network.tiers()):
        yield Finding(
            f"{network} does not survive the loss of a zone: {requirement.problem}",
            at=requirement.at,
        )
