"""Show that cost grows with the repository, not with its square:
`python tests/benchmarks/topology.py [UNITS …]`.

A unit is a subnet with its route table, and a tier in it that scales: half of them autoscaling
groups, half ECS services with scalable targets, each with a policy and an alarm. Configurations of
1,250, 2,500, 5,000 and 10,000 units are made up and scanned with all policies, the strict ones
too, by whole processes with an empty cache. Shown are the seconds that a processor was busy, peak
memory and, per doubling, by how much both grow: 2 is linear, 4 is every one with every other.

The cases: *texts*, where one resource names another by what that is called, as AWS itself joins
them; *references*; *unknowns*, names that nobody knows, so that everything may belong to
everything; and *instances*, where blocks are repeated with `count`.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

from compare import CLOUDLINT, Sample

UNITS = (1_250, 2_500, 5_000, 10_000)
UNITS_PER_FILE = 250
UNITS_PER_GATEWAY = 100

NETWORK = """
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/8"
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}
"""
GATEWAY = """
resource "aws_nat_gateway" "n{number}" {{
  subnet_id = aws_subnet.s{number}.id
}}
"""
SUBNET = """
resource "aws_subnet" "s{number}" {{
  vpc_id            = aws_vpc.main.id
  availability_zone = "eu-west-1{zone}"
}}

resource "aws_route_table" "s{number}" {{
  vpc_id = aws_vpc.main.id

  route {{
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.n{gateway}.id
  }}
}}

resource "aws_route_table_association" "s{number}" {{
  subnet_id      = aws_subnet.s{number}.id
  route_table_id = aws_route_table.s{number}.id
}}
"""
GROUP = """
resource "aws_autoscaling_group" "t{number}" {{
  name                = "tier-{number}"
  min_size            = 1
  max_size            = 4
  vpc_zone_identifier = [aws_subnet.s{number}.id]
}}

resource "aws_autoscaling_attachment" "t{number}" {{
  autoscaling_group_name = {group}
  lb_target_group_arn    = "arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/t{number}/1"
}}

resource "aws_autoscaling_policy" "t{number}" {{
  name                   = "cpu"
  autoscaling_group_name = {group}
  adjustment_type        = "ChangeInCapacity"
  scaling_adjustment     = 1
}}

resource "aws_cloudwatch_metric_alarm" "t{number}" {{
  alarm_name    = "tier-{number}"
  metric_name   = "CPUUtilization"
  alarm_actions = [aws_autoscaling_policy.t{number}.arn]
}}
"""
SERVICE = """
resource "aws_ecs_service" "t{number}" {{
  name          = "tier-{number}"
  cluster       = {cluster}
  desired_count = 1
  launch_type   = "FARGATE"

  network_configuration {{
    subnets = [aws_subnet.s{number}.id]
  }}

  load_balancer {{
    container_name   = "web"
    container_port   = 80
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/t{number}/1"
  }}
}}

resource "aws_appautoscaling_target" "t{number}" {{
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = {service}
  min_capacity       = 1
  max_capacity       = 4
}}

resource "aws_appautoscaling_policy" "t{number}" {{
  name               = "cpu"
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = {target}

  target_tracking_scaling_policy_configuration {{
    target_value = 60

    predefined_metric_specification {{
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }}
  }}
}}

resource "aws_cloudwatch_metric_alarm" "t{number}" {{
  alarm_name    = "tier-{number}"
  metric_name   = "CPUUtilization"
  alarm_actions = [aws_appautoscaling_policy.t{number}.arn]
}}
"""
UNKNOWN = """
variable "names" {
  type = map(string)
}
"""
INSTANCES = """
resource "aws_subnet" "s" {{
  count             = {units}
  vpc_id            = aws_vpc.main.id
  availability_zone = "eu-west-1${{element(["a", "b", "c"], count.index)}}"
}}

resource "aws_autoscaling_group" "t" {{
  count               = {units}
  name                = "tier-${{count.index}}"
  min_size            = 1
  max_size            = 4
  target_group_arns   = ["arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/t/1"]
  vpc_zone_identifier = [aws_subnet.s[count.index].id]
}}

resource "aws_autoscaling_policy" "t" {{
  count                  = {units}
  name                   = "cpu"
  autoscaling_group_name = aws_autoscaling_group.t[count.index].name
  adjustment_type        = "ChangeInCapacity"
  scaling_adjustment     = 1
}}

resource "aws_cloudwatch_metric_alarm" "t" {{
  count         = {units}
  alarm_name    = "tier-${{count.index}}"
  metric_name   = "CPUUtilization"
  alarm_actions = [aws_autoscaling_policy.t[count.index].arn]
}}
"""

Writer = Callable[[Path, int], None]


def by_texts(folder: Path, units: int) -> None:
    _write(
        folder,
        units,
        group='"tier-{number}"',
        cluster='"main"',
        service='"service/main/tier-{number}"',
        target='"service/main/tier-{number}"',
    )


def by_references(folder: Path, units: int) -> None:
    service = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.t{number}.name}"
    _write(
        folder,
        units,
        group="aws_autoscaling_group.t{number}.name",
        cluster="aws_ecs_cluster.main.id",
        service=f'"{service}"',
        target="aws_appautoscaling_target.t{number}.resource_id",
    )


def by_unknowns(folder: Path, units: int) -> None:
    (folder / "variables.tf").write_text(UNKNOWN)
    named = 'var.names["{number}"]'
    _write(folder, units, group=named, cluster=named, service=named, target=named)


def by_instances(folder: Path, units: int) -> None:
    (folder / "main.tf").write_text(NETWORK + INSTANCES.format(units=units))


def _write(folder: Path, units: int, **names: str) -> None:
    (folder / "main.tf").write_text(NETWORK)
    for first in range(0, units, UNITS_PER_FILE):
        numbers = range(first, min(first + UNITS_PER_FILE, units))
        text = "".join(_unit(number, names) for number in numbers)
        (folder / f"tiers_{first}.tf").write_text(text)


def _unit(number: int, names: dict[str, str]) -> str:
    own = {name: text.replace("{number}", str(number)) for name, text in names.items()}
    gateway = number - number % UNITS_PER_GATEWAY
    tier = GROUP if number % 2 else SERVICE
    parts = [SUBNET, tier] if number != gateway else [GATEWAY, SUBNET, tier]
    zone = "abc"[number % 3]
    return "".join(part.format(number=number, zone=zone, gateway=gateway, **own) for part in parts)


CASES: dict[str, Writer] = {
    "texts": by_texts,
    "references": by_references,
    "unknowns": by_unknowns,
    "instances": by_instances,
}


def measure(name: str, write: Writer, sizes: list[int], runs: int) -> None:
    """Print a line for each size: what it took, and how much more than the size before."""
    print(f"\n{name}")
    before: tuple[float, float] | None = None
    for units in sizes:
        with tempfile.TemporaryDirectory() as name_of_folder:
            folder = Path(name_of_folder)
            write(folder, units)
            took = _scan(folder, runs)
        growth = (
            "" if before is None else f"   x {took[0] / before[0]:.2f} x {took[1] / before[1]:.2f}"
        )
        print(f"  {units:>6} units {took[0]:8.2f} s {took[1]:7.0f} MiB{growth}", flush=True)
        before = took


def _scan(folder: Path, runs: int) -> tuple[float, float]:
    sample = Sample()
    for _ in range(runs):
        sample.add(
            CLOUDLINT, ["scan", str(folder), "--strict", "--format", "json", "--fail-on", "never"]
        )
    if sample.exits != {0}:
        raise SystemExit(f"a scan ended with {sorted(sample.exits)}: these numbers say nothing")
    return median(sample.busy), median(sample.mebibytes)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition(":\n")[0])
    parser.add_argument("units", nargs="*", type=int, metavar="UNITS")
    parser.add_argument("--case", choices=CASES, action="append", help="only this one")
    parser.add_argument("--runs", type=int, default=1, help="runs of each size (1)")
    options = parser.parse_args()
    for name in options.case or CASES:
        measure(name, CASES[name], options.units or list(UNITS), options.runs)


if __name__ == "__main__":
    main()
