from __future__ import annotations

import json
from pathlib import Path

import pytest

from cloudlint.discovery import Repository
from cloudlint.engine import Judgement, judge
from cloudlint.graph import Graph, plan
from cloudlint.graph.environment import Rules
from cloudlint_policies.cost.missing_cost_tags import missing_cost_tags as policy
from judging import Judge

PROVIDER = 'provider "aws" {\n  region = "eu-west-1"\n}\n'
TAGGED = """
provider "aws" {
  region = "eu-west-1"

  default_tags {
    tags = { Environment = "production" }
  }
}
"""
UNKNOWN = 'variable "tags" {\n  type = map(string)\n}\n'
GROUP = """
resource "aws_autoscaling_group" "web" {
  min_size = 1
  max_size = 2
"""
SPOT = 'capacity_provider_strategy {\n capacity_provider = "FARGATE_SPOT"\n}'
TEMPLATE = """
resource "aws_launch_template" "web" {
  tag_specifications {
    resource_type = "%s"
    tags          = { Environment = "production" }
  }
}
"""
INSTANCE = ("aws_autoscaling_group", "aws_instance")
BATCH = """
resource "aws_batch_compute_environment" "b" {
  compute_resources {
    %s
  }
}
"""
LAUNCHED = GROUP + "launch_template {\n id = aws_launch_template.web.id\n }\n}\n"


def queue(tags: str = "", more: str = "", name: str = "orders") -> str:
    given = f"tags = {tags}" if tags else ""
    return f'resource "aws_sqs_queue" "{name}" {{\n  {given}\n  {more}\n}}\n'


def group(tag: str) -> str:
    return f"{GROUP}  tag {{\n    {tag}\n    value = 1\n  }}\n}}\n"


def service(more: str, launch: str = 'launch_type = "FARGATE"') -> str:
    return f"""
resource "aws_ecs_task_definition" "web" {{
  family                   = "web"
  requires_compatibilities = ["FARGATE"]
  tags                     = {{ Environment = "production" }}
}}

resource "aws_ecs_service" "web" {{
  task_definition = aws_ecs_task_definition.web.arn
  {launch}
  {more}
}}
"""


@pytest.mark.parametrize(
    "text",
    [
        PROVIDER + queue('{ Environment = "production" }'),
        PROVIDER + queue('{ environment = "production" }'),
        PROVIDER + queue('{ "shop:environment-type" = "production" }'),
        PROVIDER + queue('{ Environment = "" }'),
        PROVIDER + queue('{ Environment = var.x }') + 'variable "x" {}\n',
        PROVIDER + queue('merge(var.tags, { Environment = "production" })') + UNKNOWN,
        PROVIDER + queue('merge({ Environment = "production" }, var.tags)') + UNKNOWN,
        PROVIDER + queue(more='tags {\n Environment = "production"\n }'),
        PROVIDER + queue("local.tags") + 'locals {\n  tags = { Environment = "x" }\n}\n',
        PROVIDER
        + queue("var.x")
        + 'variable "x" {\n  type = object({ Environment = string })\n}\n',
        queue('{ Environment = "production" }') + UNKNOWN,
        TAGGED + queue(),
        TAGGED + queue("var.tags") + UNKNOWN,
        TAGGED.replace('{ Env', 'merge(var.tags, { Env').replace('" }', '" })') + UNKNOWN + queue(),
        TAGGED + TEMPLATE % "instance" + LAUNCHED,
        TAGGED + group('key = "Environment"\n propagate_at_launch = true'),
        PROVIDER + TEMPLATE % "instance" + LAUNCHED.replace(*INSTANCE),
        PROVIDER + BATCH % 'tags = { Environment = "production" }',
        PROVIDER
        + TEMPLATE % "instance"
        + BATCH % "launch_template {\n launch_template_id = aws_launch_template.web.id\n }",
        TAGGED + BATCH % "",
        TAGGED + service('propagate_tags = "SERVICE"'),
        TAGGED + service('propagate_tags = "TASK_DEFINITION"'),
    ],
)  # fmt: skip
def test_tagged(judged: Judge, text: str) -> None:
    assert judged({"main.tf": text}, policy).is_silent


@pytest.mark.parametrize(
    "more",
    [
        'resource "aws_ec2_tag" "t" {\n  resource_id = aws_eip.a.id\n  key = "Environment"\n}\n',
        'resource "aws_ec2_tag" "t" {\n  for_each    = { Name = "a", Environment = "b" }\n'
        "  resource_id = aws_eip.a.id\n  key         = each.key\n}\n",
    ],
)
def test_tags_that_other_resources_add(judged: Judge, more: str) -> None:
    assert judged({"main.tf": PROVIDER + 'resource "aws_eip" "a" {}\n' + more}, policy).is_silent
    tag = GROUP + "}\n" + 'resource "aws_autoscaling_group_tag" "t" {\n'
    tag += "  autoscaling_group_name = aws_autoscaling_group.web.name\n  tag {\n"
    tag += '    key = "Environment"\n    propagate_at_launch = true\n  }\n}\n'
    assert judged({"main.tf": PROVIDER + tag}, policy).is_silent


@pytest.mark.parametrize(
    "text",
    [
        'resource "aws_security_group" "a" {}',
        'resource "aws_ecs_cluster" "a" {}',
        'resource "aws_vpc_endpoint" "s3" {}',
        'resource "aws_vpc_endpoint" "s3" {\n  vpc_endpoint_type = "Gateway"\n}',
        service("", 'launch_type = "EC2"'),
    ],
)
def test_what_costs_nothing(judged: Judge, text: str) -> None:
    assert judged({"main.tf": PROVIDER + text}, policy).is_silent


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (PROVIDER + queue(), 'main.tf:4 resource "aws_sqs_queue" "orders"'),
        (PROVIDER + queue('{ Name = "a" }'), 'main.tf:5 tags = { Name = "a" }'),
        (PROVIDER + queue('{ NonEnv = "a" }'), 'main.tf:5 tags = { NonEnv = "a" }'),
        (PROVIDER + queue("{ Environment = null }"), "main.tf:5 tags = { Environment = null }"),
        (
            PROVIDER + 'resource "aws_vpc_endpoint" "s3" {\n  vpc_endpoint_type = "Interface"\n}',
            'main.tf:4 resource "aws_vpc_endpoint" "s3"',
        ),
        (PROVIDER + BATCH % "", 'main.tf:5 resource "aws_batch_compute_environment" "b"'),
        (TAGGED + GROUP + "}\n", 'main.tf:9 resource "aws_autoscaling_group" "web"'),
        (
            TAGGED + group('key = "Environment"\n propagate_at_launch = false'),
            "main.tf:12 tag",
        ),
        (
            TAGGED + TEMPLATE % "volume" + LAUNCHED,
            'main.tf:16 resource "aws_autoscaling_group" "web"',
        ),
        (TAGGED + service(""), 'main.tf:15 resource "aws_ecs_service" "web"'),
        (
            TAGGED + service("", SPOT),
            'main.tf:15 resource "aws_ecs_service" "web"',
        ),
        (TAGGED + service("", ""), 'main.tf:15 resource "aws_ecs_service" "web"'),
        (TAGGED + service('propagate_tags = "NONE"'), 'main.tf:18 propagate_tags = "NONE"'),
    ],
)  # fmt: skip
def test_untagged(judged: Judge, text: str, place: str) -> None:
    result = judged({"main.tf": text}, policy)
    assert (result.places, result.undecided) == ([place], [])


def test_the_provider_of_an_alias_counts(judged: Judge) -> None:
    alias = 'provider "aws" {\n  alias  = "us"\n  region = "us-east-1"\n}\n'
    files = {
        "main.tf": TAGGED
        + alias
        + queue(more="provider = aws.us")
        + 'module "here" {\n  source = "./q"\n}\n'
        + 'module "there" {\n  source    = "./q"\n  providers = { aws = aws.us }\n}\n',
        "q/main.tf": queue(),
    }
    result = judged(files, policy)
    assert result.messages == [
        "2 billed resources of the provider `aws.us` of . are without the tag `Environment`"
    ]
    assert result.findings[0].instances == (
        "aws_sqs_queue.orders",
        "module.there.aws_sqs_queue.orders",
    )


def test_an_override_file_may_set_default_tags(judged: Judge) -> None:
    other = 'provider "aws" {\n  alias  = "us"\n  region = "us-east-1"\n}\n'
    override = TAGGED.replace("{\n  region", '{\n  alias  = "us"\n  region')
    files = {"main.tf": PROVIDER + other + queue(more="provider = aws.us")}
    assert len(judged(files, policy).findings) == 1
    assert judged({**files, "main_override.tf": override}, policy).is_silent
    assert len(judged({**files, "main_override.tf": TAGGED}, policy).findings) == 1


def test_json_has_no_blocks(judged: Judge) -> None:
    tagged = {"default_tags": {"tags": {"Environment": "production"}}}
    leaves = {"alias": "us", "ignore_tags": {"keys": ["Environment"]}}
    text = {
        "provider": {"aws": [tagged, leaves]},
        "resource": {"aws_sqs_queue": {"a": {"name": "a"}, "b": {"provider": "aws.us"}}},
    }
    result = judged({"main.tf.json": json.dumps(text)}, policy)
    assert result.findings == []
    assert result.undecided == ["the provider `aws.us` of . leaves the tag `Environment` to others"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (PROVIDER + queue("var.tags") + UNKNOWN, "var.tags has no value"),
        (
            TAGGED.replace('{ Environment = "production" }', "var.tags") + queue() + UNKNOWN,
            "var.tags has no value",
        ),
        (
            PROVIDER + queue('var.x ? { Environment = "a" } : {}') + 'variable "x" {}\n',
            "var.x has no value",
        ),
        (
            PROVIDER + queue('{ Environment = var.x ? "a" : null }') + 'variable "x" {}\n',
            "var.x has no value",
        ),
        (
            PROVIDER + queue("{ (var.x) = 1 }") + 'variable "x" {}\n',
            "var.x has no value",
        ),
        (
            queue() + 'variable "x" {}\n',
            "the provider `aws` of . is configured by whoever calls it",
        ),
        (
            PROVIDER + queue(more="provider = aws.us"),
            "the provider `aws.us` of . is configured by whoever calls it",
        ),
        (
            PROVIDER.replace("}", '  ignore_tags {\n    keys = ["Environment"]\n  }\n}') + queue(),
            "the provider `aws` of . leaves the tag `Environment` to others",
        ),
        (
            PROVIDER.replace("}", '  ignore_tags {\n    key_prefixes = ["env"]\n  }\n}') + queue(),
            "the provider `aws` of . leaves the tag `Environment` to others",
        ),
        (
            PROVIDER + queue(more="lifecycle {\n ignore_changes = [tags]\n }"),
            "aws_sqs_queue.orders has tags that others may change: `ignore_changes`",
        ),
        (
            PROVIDER
            + LAUNCHED.replace("aws_launch_template.web.id", "var.x")
            + 'variable "x" {}\n',
            "var.x has no value",
        ),
        (
            TAGGED + service("propagate_tags = var.x") + 'variable "x" {}\n',
            "var.x has no value",
        ),
        (
            PROVIDER + 'resource "aws_vpc_endpoint" "a" {\n  vpc_endpoint_type = []\n}\n',
            "`[]` is not a string",
        ),
        (
            TAGGED + service("", "capacity_provider_strategy = 1"),
            "`1` is not a list",
        ),
        (
            TAGGED + service("", "launch_type = var.x") + 'variable "x" {}\n',
            "var.x has no value",
        ),
    ],
)  # fmt: skip
def test_what_may_be_tagged(judged: Judge, text: str, reason: str) -> None:
    result = judged({"main.tf": text}, policy)
    assert (result.places, result.undecided) == ([], [reason])


def test_a_tool_may_write_the_provider(judged: Judge) -> None:
    files = {
        "live/queue/terragrunt.hcl": 'terraform {\n  source = "../../aws//queue"\n}\n',
        "aws/queue/main.tf": queue(),
    }
    (reason,) = judged(files, policy).undecided
    assert reason.endswith("may be written by live/queue/terragrunt.hcl")


def test_what_is_hardly_tagged_is_one_finding(judged: Judge) -> None:
    bare = "".join(queue(name=f"q{number}") for number in range(5))
    one = queue('{ Environment = "production" }')
    result = judged({"main.tf": PROVIDER + bare + one}, policy)
    assert result.places == ['main.tf:1 provider "aws"']
    assert result.messages[0].startswith("5 billed resources of the provider `aws`")
    two = one + one.replace('"orders"', '"baskets"')
    three = two + one.replace('"orders"', '"refunds"')
    assert len(judged({"main.tf": PROVIDER + bare + two}, policy).findings) == 1
    assert len(judged({"main.tf": PROVIDER + bare + three}, policy).findings) == 5
    assert (
        len(judged({"main.tf": PROVIDER + queue() + queue(name="a") + two}, policy).findings) == 2
    )
    assert judged({"main.tf": bare}, policy).places == ['main.tf:1 resource "aws_sqs_queue" "q0"']


def test_default_tags_are_the_place_of_what_is_missing_in_them(judged: Judge) -> None:
    text = TAGGED.replace("Environment", "Project") + queue() + queue(name="paid")
    assert judged({"main.tf": text}, policy).places == [
        'main.tf:5 tags = { Project = "production" }'
    ]


def test_what_default_tags_do_not_reach_is_no_defect_of_theirs(judged: Judge) -> None:
    text = TAGGED.replace('{ Environment = "production" }', "var.tags") + UNKNOWN
    text += service("") + service("").replace('"web"', '"api"').replace(".web", ".api")
    messages = judged({"main.tf": text}, policy).messages
    assert [message.split(" runs")[0] for message in messages] == [
        "what aws_ecs_service.web",
        "what aws_ecs_service.api",
    ]


def test_what_gets_only_what_is_handed_on_goes_along(judged: Judge) -> None:
    launched = GROUP + "}\n"
    text = PROVIDER + queue() + launched
    assert len(judged({"main.tf": text}, policy).findings) == 2
    (finding,) = judged({"main.tf": text + queue(name="paid")}, policy).findings
    assert finding.message.startswith("3 billed resources")


def test_tags_are_an_option(judged: Judge) -> None:
    options = {"missing-cost-tags": {"tags": ["Environment", "CostCentre"]}}
    text = TAGGED + queue() + queue('{ cost-centre = "42" }', name="paid")
    result = judged({"main.tf": text}, policy, options=options)
    assert result.messages == ["aws_sqs_queue.orders is billed without the tag `CostCentre`"]


def test_calls_of_known_modules_are_found_where_they_are_called(judged: Judge) -> None:
    call = 'module "vpc" {\n  source = "terraform-aws-modules/vpc/aws"\n  version = "6.0.0"\n'
    call += '  azs = ["a", "b"]\n  public_subnets = ["10.0.0.0/24", "10.0.1.0/24"]\n'
    call += '  private_subnets = ["10.0.2.0/24"]\n  enable_nat_gateway = true\n'
    tags = 'tags = { Environment = "production" }\n'
    rest = "".join(queue('{ Environment = "production" }', name=f"q{at}") for at in range(3))
    assert judged({"main.tf": PROVIDER + call + tags + "}\n"}, policy).is_silent
    result = judged({"main.tf": PROVIDER + call + "}\n" + rest}, policy)
    assert result.places == ['main.tf:4 module "vpc"']
    assert len(result.findings[0].instances) == 4


def planned(folder: Path, **queues: object) -> Graph:
    """The graph of a plan that makes queues with these values."""
    resources = [
        {
            "address": f"aws_sqs_queue.{name}",
            "mode": "managed",
            "type": "aws_sqs_queue",
            "name": name,
            "values": values,
        }
        for name, values in queues.items()
    ]
    document = {
        "format_version": "1.2",
        "planned_values": {"root_module": {"resources": resources}},
        "configuration": {"root_module": {}},
    }
    (folder / "plan.json").write_text(json.dumps(document))
    graph = Graph()
    assert list(plan.add(graph, Repository(folder), "plan.json", Rules())) == []
    return graph


def test_plans_know_all_tags(tmp_path: Path) -> None:
    tagged = {"tags": None, "tags_all": {"Environment": "production"}}
    bare = {"tags": {"Name": "orders"}, "tags_all": {"Name": "orders"}}
    graph = planned(tmp_path, orders=bare, paid=tagged)
    verdicts = judge(graph, [policy], Judgement())
    assert [finding.address for finding in verdicts.findings] == ["aws_sqs_queue.orders"]
    assert (verdicts.undecided, verdicts.errors, verdicts.passed) == ([], [], 1)
    verdicts = judge(planned(tmp_path, orders=bare, paid=bare), [policy], Judgement())
    assert [finding.message for finding in verdicts.findings] == [
        "2 billed resources of plan.json are without the tag `Environment`"
    ]


def test_tags_are_told_apart(judged: Judge) -> None:
    options = {"missing-cost-tags": {"tags": ["Environment", "CostCentre", "Team"]}}
    tags = '{ Environment = "production" }'
    text = PROVIDER + queue(tags) + queue(tags, name="a") + queue(name="b")
    assert judged({"main.tf": text}, policy, options=options).messages == [
        "3 billed resources of the provider `aws` of . are without the tags `CostCentre`, `Team`",
        "aws_sqs_queue.b is billed without the tag `Environment`",
    ]
    text = PROVIDER + queue('merge(var.tags, { Team = "a" })') + UNKNOWN + queue(tags, name="b")
    result = judged({"main.tf": text}, policy, options=options)
    assert result.messages == ["aws_sqs_queue.b is billed without the tags `CostCentre`, `Team`"]
    assert result.undecided == ["var.tags has no value"]
