"""Spot capacity, and what heeds the notice that it is taken back."""

from __future__ import annotations

from textwrap import dedent

import pytest

from cloudlint_policies.cost.spot_without_interruption_handling import (
    spot_without_interruption_handling as policy,
)
from judging import Judge

VARIABLES = 'variable "v" {}\nvariable "w" {}\n'
WARNING = "EC2 Spot Instance Interruption Warning"


def group(body: str, more: str = "") -> dict[str, str]:
    text = f'resource "aws_autoscaling_group" "g" {{\n  max_size = 9\n{body}\n}}\n'
    return {"main.tf": VARIABLES + text + dedent(more)}


def mixed(distribution: str, template: str = "aws_launch_template.t.id") -> str:
    return f"""
      mixed_instances_policy {{
        instances_distribution {{
          {distribution}
        }}
        launch_template {{
          launch_template_specification {{
            launch_template_id = {template}
          }}
        }}
      }}
    """


def template(body: str) -> str:
    return f'\nresource "aws_launch_template" "t" {{\n  name = "t"\n{body}\n}}\n'


MARKET = 'instance_market_options {\n  market_type = "spot"\n}\n'
ALL_SPOT = mixed("on_demand_percentage_above_base_capacity = 0") + 'name = "g"\n'
NAMED = "launch_template {\n  id = aws_launch_template.t.id\n}\n"
CONFIGURED = "launch_configuration = aws_launch_configuration.c.name\n"


def configuration(body: str) -> str:
    return f'resource "aws_launch_configuration" "c" {{\n{body}\n}}\n'


@pytest.mark.parametrize(
    ("body", "more"),
    [
        (ALL_SPOT, template("")),
        (mixed("on_demand_base_capacity = 2\non_demand_percentage_above_base_capacity = 50"), ""),
        (f"capacity_rebalance = false\n{ALL_SPOT}", template("")),
        (NAMED, template(MARKET)),
        (NAMED, template('instance_market_options {\n  spot_options {\n max_price = "1"\n}\n}')),
        ('launch_template {\n  name = "t"\n}\n', template(MARKET)),
        (CONFIGURED, configuration('spot_price = "0.05"')),
        (NAMED, template(MARKET + 'user_data = base64encode("#!/bin/sh")')),
    ],
)
def test_groups_that_heed_nothing(judged: Judge, body: str, more: str) -> None:
    more = more or template("")
    assert len(judged(group(body, more), policy).findings) == 1


@pytest.mark.parametrize(
    ("body", "more"),
    [
        ("", ""),
        (NAMED, template("")),
        (NAMED, template('instance_market_options {\n  market_type = "capacity-block"\n}')),
        (CONFIGURED, configuration("")),
        (CONFIGURED, configuration('spot_price = ""')),
        (mixed("on_demand_base_capacity = 1"), template("")),
        (mixed("on_demand_percentage_above_base_capacity = 100"), template("")),
        (
            mixed("on_demand_base_capacity = 9\non_demand_percentage_above_base_capacity = 0"),
            template(""),
        ),
    ],
)
def test_groups_that_buy_no_spot_capacity(judged: Judge, body: str, more: str) -> None:
    assert judged(group(body, more), policy).is_silent


HOOK = """
resource "aws_autoscaling_lifecycle_hook" "h" {
  name                   = "h"
  autoscaling_group_name = %s
  lifecycle_transition   = "autoscaling:EC2_INSTANCE_%s"
}
"""


def rule(pattern: str = f'detail-type = ["{WARNING}"]', more: str = "") -> str:
    return f"""
resource "aws_cloudwatch_event_rule" "r" {{
  event_pattern = jsonencode({{ source = ["aws.ec2"], {pattern} }})
  {more}
}}
"""


INITIAL = """
initial_lifecycle_hook {
  name                 = "drain"
  lifecycle_transition = "autoscaling:EC2_INSTANCE_TERMINATING"
}
"""
PROVIDER = """
resource "aws_ecs_capacity_provider" "p" {
  name = "p"
  auto_scaling_group_provider {
    auto_scaling_group_arn = aws_autoscaling_group.g.arn
    managed_draining       = %s
  }
}
"""
HANDLER = """
resource "helm_release" "handler" {
  name  = "handler"
  chart = "oci://public.ecr.aws/aws-ec2/helm/aws-node-termination-handler"
}
"""
NODE = 'tag {\n  key = "kubernetes.io/cluster/main"\n  value = "owned"\n}\n'
DRAINING = "echo ECS_ENABLE_SPOT_INSTANCE_DRAINING=true >> /etc/ecs/ecs.config"
POLLING = "curl http://169.254.169.254/latest/meta-data/spot/instance-action"


@pytest.mark.parametrize(
    ("body", "more"),
    [
        ("capacity_rebalance = true", ""),
        (INITIAL, ""),
        ("", HOOK % ("aws_autoscaling_group.g.name", "TERMINATING")),
        ("", HOOK % ('"g"', "TERMINATING")),
        ("", PROVIDER % "null"),
        ("", PROVIDER % '"ENABLED"'),
        ("", rule()),
        ("", rule('"detail-type" = ["EC2 Instance Rebalance Recommendation"]')),
        (NODE, HANDLER),
    ],
)
def test_groups_that_heed_the_notice(judged: Judge, body: str, more: str) -> None:
    assert judged(group(ALL_SPOT + body, template("") + more), policy).is_silent


@pytest.mark.parametrize("script", [DRAINING, POLLING])
def test_machines_that_listen_themselves(judged: Judge, script: str) -> None:
    for text in (f'base64encode("{script} # ${{var.v}}")', f'base64encode("{script}")'):
        more = template(f"{MARKET}user_data = {text}\n")
        assert judged(group(NAMED, more), policy).is_silent
    more = configuration(f'spot_price = "1"\nuser_data = "{script}"')
    assert judged(group(CONFIGURED, more), policy).is_silent


@pytest.mark.parametrize(
    ("body", "more"),
    [
        ("", HOOK % ("aws_autoscaling_group.g.name", "LAUNCHING")),
        ("", HOOK % ('"other"', "TERMINATING")),
        ("", PROVIDER % '"DISABLED"'),
        ("", rule('"detail-type" = ["EC2 Instance State-change Notification"]')),
        ("", rule(more='state = "DISABLED"')),
        (
            "",
            'resource "aws_cloudwatch_event_rule" "r" {\n  schedule_expression = "rate(1 hour)"\n}',
        ),
        ("", HANDLER),
        (NODE, HANDLER.replace("aws-node-termination-handler", "cluster-autoscaler")),
    ],
)
def test_what_is_no_answer(judged: Judge, body: str, more: str) -> None:
    assert len(judged(group(ALL_SPOT + body, template("") + more), policy).findings) == 1


@pytest.mark.parametrize(
    ("body", "more", "reason"),
    [
        (mixed("on_demand_percentage_above_base_capacity = var.v"), template(""), "var.v"),
        (f"capacity_rebalance = var.v\n{ALL_SPOT}", template(""), "var.v"),
        (mixed("on_demand_base_capacity = var.v\non_demand_percentage_above_base_capacity = 0"),
         template(""), "var.v"),
        ("launch_template {\n  id = var.v\n}", "", "var.v"),
        ('launch_template {\n  name = "elsewhere"\n}', "", '"elsewhere"'),
        (NAMED, template("instance_market_options {\n  market_type = var.v\n}"), "var.v"),
        (NAMED, template(f"{MARKET}user_data = var.v"), "var.v"),
        (CONFIGURED, configuration("spot_price = var.v"), "var.v"),
        (ALL_SPOT, template("") + HOOK % ("var.v", "TERMINATING"), "var.v"),
        (ALL_SPOT, template("") + rule('"detail-type" = var.v'), "var.v"),
        (ALL_SPOT, template("") + rule('"detail-type" = [{ prefix = "EC2 Spot" }]'), ""),
        (ALL_SPOT, template("") + rule(more="count = var.v ? 1 : 0"), "var.v"),
    ],
)  # fmt: skip
def test_what_cannot_be_told(judged: Judge, body: str, more: str, reason: str) -> None:
    outcome = judged(group(body, more), policy)
    assert outcome.findings == []
    assert [text for text in outcome.undecided if reason in text]


def test_a_rule_of_another_root_may_be_of_another_account(judged: Judge) -> None:
    files = group(ALL_SPOT, template(""))
    outcome = judged({"app/main.tf": files["main.tf"], "base/main.tf": rule()}, policy)
    assert outcome.findings == []
    assert outcome.undecided == [
        "aws_cloudwatch_event_rule.r is in another root, and maybe in another account"
    ]


# -- fleets and machines -------------------------------------------------------------------------

REBALANCE = 'capacity_rebalance {\n  replacement_strategy = "launch"\n}\n'


def fleet(target: str, options: str = "") -> dict[str, str]:
    text = f"""
      resource "aws_ec2_fleet" "f" {{
        target_capacity_specification {{
          total_target_capacity = 4
          {target}
        }}
        launch_template_config {{
          launch_template_specification {{
            launch_template_id = aws_launch_template.t.id
          }}
        }}
        {options}
      }}
    """
    return {"main.tf": VARIABLES + template("") + text}


@pytest.mark.parametrize(
    "target",
    [
        'default_target_capacity_type = "spot"',
        'default_target_capacity_type = "spot"\non_demand_target_capacity = 1',
        'default_target_capacity_type = "on-demand"\nspot_target_capacity = 1',
    ],
)
def test_fleets_that_heed_nothing(judged: Judge, target: str) -> None:
    outcome = judged(fleet(target), policy)
    assert outcome.messages == [
        "aws_ec2_fleet.f (EC2 fleet) is not ready to lose capacity: it buys spot capacity, and "
        "has no `capacity_rebalance`"
    ]


@pytest.mark.parametrize(
    ("target", "options"),
    [
        ('default_target_capacity_type = "on-demand"', ""),
        ('default_target_capacity_type = "spot"\non_demand_target_capacity = 4', ""),
        (
            'default_target_capacity_type = "spot"',
            f"spot_options {{\n  maintenance_strategies {{\n{REBALANCE}}}\n}}",
        ),
        (
            'default_target_capacity_type = "spot"',
            'spot_options {\n  instance_interruption_behavior = "hibernate"\n}',
        ),
    ],
)
def test_fleets_that_are_fine(judged: Judge, target: str, options: str) -> None:
    assert judged(fleet(target, options), policy).is_silent


def test_a_fleet_of_unknown_capacity_is_undecided(judged: Judge) -> None:
    outcome = judged(fleet("default_target_capacity_type = var.v"), policy)
    assert (outcome.findings, outcome.undecided) == ([], ["var.v has no value"])


@pytest.mark.parametrize(
    ("body", "findings"),
    [
        ("", 1),
        ("on_demand_target_capacity = 1", 1),
        ("on_demand_target_capacity = 4", 0),
        (f"spot_maintenance_strategies {{\n{REBALANCE}}}", 0),
        ('instance_interruption_behaviour = "stop"', 0),
        (f'launch_specification {{\n  user_data = "{POLLING}"\n}}', 0),
    ],
)
def test_spot_fleets(judged: Judge, body: str, findings: int) -> None:
    text = f'resource "aws_spot_fleet_request" "f" {{\n  target_capacity = 4\n{body}\n}}\n'
    outcome = judged({"main.tf": text}, policy)
    assert (len(outcome.findings), outcome.undecided) == (findings, [])


STAYS = 'spot_options {\n  instance_interruption_behavior = "stop"\n}\n'
STAYING = MARKET.replace("}", f"{STAYS}}}")


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ('resource "aws_instance" "i" {\n}', 0),
        (f'resource "aws_instance" "i" {{\n{MARKET}}}', 1),
        (f'resource "aws_instance" "i" {{\n{STAYING}}}', 0),
        (f'resource "aws_instance" "i" {{\n{MARKET}user_data = "{POLLING}"\n}}', 0),
        (f'resource "aws_instance" "i" {{\n{NAMED}}}{template(MARKET)}', 1),
        (f'resource "aws_instance" "i" {{\n{NAMED}}}{template(STAYING)}', 0),
        ('resource "aws_spot_instance_request" "i" {\n}', 1),
        (
            'resource "aws_spot_instance_request" "i" {\n'
            '  instance_interruption_behavior = "hibernate"\n}',
            0,
        ),
    ],
)  # fmt: skip
def test_machines_alone(judged: Judge, text: str, findings: int) -> None:
    outcome = judged({"main.tf": text}, policy)
    assert (len(outcome.findings), outcome.undecided) == (findings, [])


def setting(namespace: str, name: str, value: str) -> str:
    return f'setting {{\n  namespace = "{namespace}"\n  name = "{name}"\n  value = "{value}"\n}}\n'


SPOT_ON = setting("aws:ec2:instances", "EnableSpot", "true")


@pytest.mark.parametrize(
    ("settings", "findings"),
    [
        ("", 0),
        (SPOT_ON, 1),
        (
            SPOT_ON + setting("aws:ec2:instances", "SpotFleetOnDemandAboveBasePercentage", "100"),
            0,
        ),
        (SPOT_ON + setting("aws:autoscaling:asg", "EnableCapacityRebalancing", "true"), 0),
    ],
)
def test_beanstalk(judged: Judge, settings: str, findings: int) -> None:
    text = f'resource "aws_elastic_beanstalk_environment" "e" {{\n{settings}}}\n'
    outcome = judged({"main.tf": text}, policy)
    assert (len(outcome.findings), outcome.undecided) == (findings, [])


# -- tasks ---------------------------------------------------------------------------------------


def strategy(provider: str, share: str = "", kind: str = "capacity_provider_strategy") -> str:
    return f"{kind} {{\n  capacity_provider = {provider}\n  {share}\n}}\n"


SPOT, FARGATE = '"FARGATE_SPOT"', '"FARGATE"'
TASK = """
resource "aws_ecs_task_definition" "t" {
  family                = "web"
  container_definitions = jsonencode([{ name = "web", image = "web" %s }])
}
"""


def service(body: str, container: str = "", more: str = "") -> dict[str, str]:
    text = f"""
      resource "aws_ecs_service" "s" {{
        name            = "web"
        task_definition = aws_ecs_task_definition.t.arn
        {body}
      }}
    """
    return {"main.tf": VARIABLES + text + TASK % container + more}


@pytest.mark.parametrize(
    "body",
    [
        strategy(SPOT),
        strategy(SPOT, "weight = 1"),
        strategy(SPOT, "weight = 1") + strategy(FARGATE),
        strategy(SPOT, "weight = 1") + strategy(FARGATE, "weight = 0"),
    ],
)
def test_spot_alone(judged: Judge, body: str) -> None:
    outcome = judged(service(body), policy)
    assert ["alone" in message for message in outcome.messages] == [True]
    assert "FARGATE_SPOT" in outcome.places[0]


@pytest.mark.parametrize(
    ("body", "container"),
    [
        ("", ""),
        ('launch_type = "FARGATE"', ', stopTimeout = 5'),
        (strategy(FARGATE, "weight = 1"), ', stopTimeout = 5'),
        (strategy(FARGATE, "weight = 1") + strategy(SPOT), ', stopTimeout = 5'),
        (strategy(SPOT, "weight = 4") + strategy(FARGATE, "base = 1"), ""),
        (strategy(SPOT, "weight = 4") + strategy(FARGATE, "weight = 1"), ', stopTimeout = 60'),
        (
            strategy(SPOT, "weight = 4") + strategy(FARGATE, "weight = 1"),
            ', essential = false, stopTimeout = 5',
        ),
    ],
)  # fmt: skip
def test_services_that_are_ready(judged: Judge, body: str, container: str) -> None:
    more = 'resource "aws_ecs_cluster" "c" {\n  name = "c"\n}\n'
    body = f"cluster = aws_ecs_cluster.c.id\n{body}"
    assert judged(service(body, container, more), policy).is_silent


def test_little_time_to_stop(judged: Judge) -> None:
    body = strategy(SPOT, "weight = 4") + strategy(FARGATE, "weight = 1")
    outcome = judged(service(body, ", stopTimeout = 10"), policy)
    assert outcome.messages == [
        "aws_ecs_service.s (ECS service) is not ready to lose capacity: it runs on FARGATE_SPOT, "
        'and its container "web" has 10 seconds (`stopTimeout`) to stop in, less than the default '
        "of 30"
    ]
    assert "10" in outcome.places[0]


@pytest.mark.parametrize(
    "pattern",
    [
        'detail-type = ["ECS Task State Change"], detail = { stopCode = ["SpotInterruption"] }',
        'detail-type = ["ECS Service Action"], '
        'detail = { eventName = ["SERVICE_TASK_PLACEMENT_FAILURE"] }',
    ],
)
def test_a_rule_that_hears_of_tasks(judged: Judge, pattern: str) -> None:
    more = rule(pattern)
    assert judged(service(strategy(SPOT), more=more), policy).is_silent
    assert judged(service(strategy(SPOT), more=rule()), policy).findings


def cluster(name: str, *strategies: str) -> str:
    return f"""
      resource "aws_ecs_cluster" "c" {{
        name = "main"
      }}
      resource "aws_ecs_cluster_capacity_providers" "p" {{
        cluster_name       = {name}
        capacity_providers = ["FARGATE", "FARGATE_SPOT"]
        {"".join(strategies)}
      }}
    """


DEFAULT = "default_capacity_provider_strategy"


@pytest.mark.parametrize("name", ["aws_ecs_cluster.c.name", '"main"'])
@pytest.mark.parametrize("named", ["aws_ecs_cluster.c.id", '"main"'])
def test_spot_alone_by_default(judged: Judge, name: str, named: str) -> None:
    more = cluster(name, strategy(SPOT, kind=DEFAULT))
    outcome = judged(service(f"cluster = {named}", more=more), policy)
    assert [finding.address for finding in outcome.findings] == [
        "aws_ecs_cluster_capacity_providers.p"
    ]
    assert outcome.undecided == []


def test_little_time_to_stop_by_default(judged: Judge) -> None:
    shares = (
        strategy(SPOT, "weight = 1", DEFAULT),
        strategy(FARGATE, "base = 1", DEFAULT),
    )
    more = cluster("aws_ecs_cluster.c.name", *shares)
    text = service("cluster = aws_ecs_cluster.c.id", ", stopTimeout = 1", more)
    assert ["1 seconds" in message for message in judged(text, policy).messages] == [True]


@pytest.mark.parametrize("body", ['launch_type = "FARGATE"', strategy(FARGATE, "weight = 1")])
def test_a_default_that_nobody_takes(judged: Judge, body: str) -> None:
    more = cluster("aws_ecs_cluster.c.name", strategy(SPOT, kind=DEFAULT))
    assert judged(service(f"cluster = aws_ecs_cluster.c.id\n{body}", more=more), policy).is_silent


def test_providers_that_are_made_here(judged: Judge) -> None:
    more = 'resource "aws_ecs_capacity_provider" "p" {\n  name = var.v\n}\n'
    body = strategy("aws_ecs_capacity_provider.p.name", "weight = 1")
    assert judged(service(body, more=more), policy).is_silent
    body = strategy(f"var.w ? {SPOT} : aws_ecs_capacity_provider.p.name", "weight = 1")
    assert judged(service(body, more=more), policy).undecided == ["var.w has no value"]


def test_tasks_that_do_not_run_on_fargate(judged: Judge) -> None:
    files = service('cluster = "elsewhere"')
    text = files["main.tf"].replace('"web"\n  container', '"web"\n  requires_compatibilities = '
                                    '["EC2"]\n  container')  # fmt: skip
    assert judged({"main.tf": text}, policy).is_silent


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        (service(strategy("var.v")), "var.v has no value"),
        (
            service(strategy(SPOT, "weight = 1") + strategy(FARGATE, "weight = var.v")),
            "var.v has no value",
        ),
        (
            service(
                strategy(SPOT, "weight = 1") + strategy(FARGATE, "weight = 1"),
                ", stopTimeout = var.v",
            ),
            "var.v has no value",
        ),
        (
            service("cluster = var.v"),
            "the cluster of aws_ecs_service.s has capacity providers that are not known",
        ),
        (
            {"main.tf": cluster('"main"', strategy(SPOT, kind=DEFAULT))},
            "what takes the default_capacity_provider_strategy of "
            "aws_ecs_cluster_capacity_providers.p is not in the configuration",
        ),
    ],
)
def test_tasks_of_which_it_cannot_be_told(
    judged: Judge, files: dict[str, str], reason: str
) -> None:
    outcome = judged(files, policy)
    assert (outcome.findings, outcome.undecided) == ([], [reason])


# -- modules -------------------------------------------------------------------------------------


def module(source: str, arguments: str) -> dict[str, str]:
    return {
        "main.tf": f'module "m" {{\n  source = "terraform-aws-modules/{source}"\n{arguments}\n}}\n'
    }


OWN_MIX = (
    "use_mixed_instances_policy = true\n"
    "mixed_instances_policy = { instances_distribution = "
    "{ on_demand_percentage_above_base_capacity = 10 } }\n"
)


@pytest.mark.parametrize(
    ("source", "arguments", "findings"),
    [
        ("autoscaling/aws", 'name = "g"\nmax_size = 9', 0),
        ("autoscaling/aws", f'name = "g"\nmax_size = 9\n{OWN_MIX}', 1),
        ("autoscaling/aws", f'name = "g"\nmax_size = 9\ncapacity_rebalance = true\n{OWN_MIX}', 0),
        ("autoscaling/aws", 'name = "g"\ninstance_market_options = { market_type = "spot" }', 1),
        (
            "autoscaling/aws",
            'name = "g"\ninstance_market_options = { market_type = "spot" }\n'
            'initial_lifecycle_hooks = [{ name = "h", '
            'lifecycle_transition = "autoscaling:EC2_INSTANCE_TERMINATING" }]',
            0,
        ),
        (
            "ecs/aws",
            'cluster_name = "m"\ndefault_capacity_provider_strategy = { FARGATE_SPOT = {} }\n'
            "services = { s = { capacity_provider_strategy = "
            '{ a = { capacity_provider = "FARGATE_SPOT" } } } }',
            1,
        ),
        (
            "ecs/aws",
            'cluster_name = "m"\nfargate_capacity_providers = { FARGATE = '
            "{ default_capacity_provider_strategy = { weight = 1 } } }\n"
            "services = { s = { capacity_provider_strategy = "
            '{ a = { capacity_provider = "FARGATE_SPOT" }, b = { capacity_provider = "FARGATE" } },'
            ' container_definitions = { c = { image = "c", stop_timeout = 3 } } } }',
            1,
        ),
        ("eks/aws", f'name = "m"\nself_managed_node_groups = {{ g = {{ {OWN_MIX} }} }}', 1),
        (
            "eks/aws",
            f'name = "m"\nself_managed_node_groups = {{ g = {{ {OWN_MIX}capacity_rebalance = true '
            "} }",
            0,
        ),
        (
            "ecs/aws",
            'cluster_name = "m"\nautoscaling_capacity_providers = { own = '
            '{ auto_scaling_group_arn = "arn:aws:autoscaling:eu-west-1:1:autoScalingGroup:g" } }\n'
            "default_capacity_provider_use_fargate = false\n"
            'services = { s = { launch_type = "EC2" } }',
            0,
        ),
        (
            "eks/aws",
            'name = "m"\neks_managed_node_groups = { g = { capacity_type = "SPOT" } }',
            0,
        ),
    ],
)
def test_modules(judged: Judge, source: str, arguments: str, findings: int) -> None:
    outcome = judged(module(source, arguments), policy)
    assert (len(outcome.findings), outcome.undecided) == (findings, [])


def test_defaults_of_a_cluster_module(judged: Judge) -> None:
    older = "fargate_capacity_providers = { FARGATE_SPOT = {} }"
    newer = 'default_capacity_provider_strategy = { FARGATE_SPOT = {} }'  # fmt: skip
    shared = "default_capacity_provider_strategy = { FARGATE_SPOT = {}, FARGATE = { base = 1 } }"
    for arguments, findings in ((older, 1), (newer, 1), (shared, 0)):
        files = module("ecs/aws//modules/cluster", f'name = "m"\n{arguments}')
        text = files["main.tf"] + 'resource "aws_ecs_service" "s" {\n  cluster = module.m.arn\n}\n'
        assert len(judged({"main.tf": text}, policy).findings) == findings
