from collections.abc import Iterator

from cloudlint.concepts.networks import NatGateway, unmet
from cloudlint.policy import Finding, policy


@policy(
    severity="medium",
    production_only=True,
    standard="P: Multi-AZ VPC, `one_nat_gateway_per_az = true`",
)
def shared_nat_gateway(gateway: NatGateway) -> Iterator[Finding]:
    """When the zone of a shared NAT gateway goes down, the other zones lose the internet too.

    Judged is whether subnets in several zones have routes through one NAT gateway. Networks in
    one zone and regional NAT gateways are left alone. In the VPC module `single_nat_gateway` wins
    over `one_nat_gateway_per_az`.

    Fix: give each zone a NAT gateway and a route table of its own, or use a regional one.

    ## Bad
    ```terraform
    resource "aws_vpc" "main" {
      cidr_block = "10.0.0.0/16"
    }

    resource "aws_nat_gateway" "shared" {  # <-- finding
      allocation_id = "eipalloc-1"
      subnet_id     = "subnet-1"
    }

    resource "aws_route_table" "private" {
      vpc_id = aws_vpc.main.id

      route {
        cidr_block     = "0.0.0.0/0"
        nat_gateway_id = aws_nat_gateway.shared.id
      }
    }

    resource "aws_subnet" "private" {
      for_each          = toset(["a", "b"])
      vpc_id            = aws_vpc.main.id
      availability_zone = "eu-west-1${each.key}"
    }

    resource "aws_route_table_association" "private" {
      for_each       = aws_subnet.private
      subnet_id      = each.value.id
      route_table_id = aws_route_table.private.id
    }
    ```
    ```terraform
    module "vpc" {
      source             = "terraform-aws-modules/vpc/aws"
      version            = "5.8.1"
      cidr               = "10.0.0.0/16"
      azs                = ["eu-west-1a", "eu-west-1b"]
      public_subnets     = ["10.0.101.0/24", "10.0.102.0/24"]
      private_subnets    = ["10.0.1.0/24", "10.0.2.0/24"]
      enable_nat_gateway = true
      single_nat_gateway = true  # <-- finding
    }
    ```
    ## Good
    ```terraform
    module "vpc" {
      source                 = "terraform-aws-modules/vpc/aws"
      version                = "5.8.1"
      cidr                   = "10.0.0.0/16"
      azs                    = ["eu-west-1a", "eu-west-1b"]
      public_subnets         = ["10.0.101.0/24", "10.0.102.0/24"]
      private_subnets        = ["10.0.1.0/24", "10.0.2.0/24"]
      enable_nat_gateway     = true
      one_nat_gateway_per_az = true
    }
    ```
    ## Undecided
    ```terraform
    variable "zones" {
      type = list(string)
    }

    module "vpc" {
      source             = "terraform-aws-modules/vpc/aws"
      version            = "5.8.1"
      cidr               = "10.0.0.0/16"
      azs                = var.zones
      public_subnets     = ["10.0.101.0/24", "10.0.102.0/24"]
      private_subnets    = ["10.0.1.0/24", "10.0.2.0/24"]
      enable_nat_gateway = true
      single_nat_gateway = true
    }
    ```
    """
    for requirement in unmet(gateway.independence()):
        yield Finding(
            f"{gateway} is a single point of failure: {requirement.problem}", at=requirement.at
        )
