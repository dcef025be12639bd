from collections.abc import Iterator

from cloudlint.concepts.compute import ComputeTier, unmet
from cloudlint.policy import Finding, policy


@policy(
    severity="high",
    production_only=True,
    standard="A: Quality Standards, multi-AZ for any load-balanced compute tier",
)
def single_az_compute(tier: ComputeTier) -> Iterator[Finding]:
    """A tier in one zone goes down with that zone, and nothing is left to send requests to.

    Judged are autoscaling groups, ECS services and Beanstalk environments behind a load balancer,
    EKS clusters and node groups, functions in a VPC, the machines behind one target group, and
    load balancers themselves. Zones are followed from the tier to its subnets and from there to
    their zones; they can be told apart where nobody knows their names. A node group may keep to
    one zone where another of its cluster is in another zone, and so may an autoscaling group
    beside another one behind the same target group. One machine alone is
    `single-instance-compute`.

    Fix: give the tier subnets in two zones or more.

    ## Bad
    ```terraform
    data "aws_availability_zones" "here" {}

    resource "aws_subnet" "app" {
      count             = 2
      vpc_id            = "vpc-1"
      cidr_block        = cidrsubnet("10.0.0.0/16", 8, count.index)
      availability_zone = data.aws_availability_zones.here.names[0]
    }

    resource "aws_autoscaling_group" "web" {
      min_size            = 2
      max_size            = 6
      vpc_zone_identifier = aws_subnet.app[*].id  # <-- finding
      load_balancers      = ["web"]
    }
    ```
    ```terraform
    resource "aws_lb" "web" {
      name               = "web"
      load_balancer_type = "network"
      subnets            = ["subnet-1"]  # <-- finding
    }
    ```
    ## Good
    ```terraform
    data "aws_availability_zones" "here" {}

    resource "aws_subnet" "app" {
      count             = 2
      vpc_id            = "vpc-1"
      cidr_block        = cidrsubnet("10.0.0.0/16", 8, count.index)
      availability_zone = data.aws_availability_zones.here.names[count.index]
    }

    resource "aws_autoscaling_group" "web" {
      min_size            = 2
      max_size            = 6
      vpc_zone_identifier = aws_subnet.app[*].id
      load_balancers      = ["web"]
    }

    resource "aws_autoscaling_group" "worker" {
      min_size            = 1
      max_size            = 6
      vpc_zone_identifier = [aws_subnet.app[0].id]
    }
    ```
    ## Undecided
    ```terraform
    variable "subnet_ids" {
      type = list(string)
    }

    resource "aws_autoscaling_group" "web" {
      min_size            = 2
      max_size            = 6
      vpc_zone_identifier = var.subnet_ids
      load_balancers      = ["web"]
    }
    ```
    """
    for requirement in unmet(tier.zones()):
        yield Finding(
            f"{tier} ({tier.kind}) goes down with one zone: {requirement.problem}",
            at=requirement.at,
        )
