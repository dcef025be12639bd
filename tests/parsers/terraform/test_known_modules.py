"""Calls of well-known registry modules, judged without their sources."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from cloudlint.concepts.aws.zones import subnets_spread
from cloudlint.graph import Graph, Resource
from cloudlint.graph.terraform import roots
from cloudlint.parsers.terraform import known_modules
from cloudlint.parsers.terraform.known_modules import versions
from cloudlint.parsers.terraform.module import ModuleInstance
from cloudlint.source import Span
from cloudlint.values import Undecided, Value
from cloudlint_policies.availability.short_backup_retention import short_backup_retention
from cloudlint_policies.availability.single_az_data_store import single_az_data_store
from cloudlint_policies.cost.missing_cost_tags import missing_cost_tags
from cloudlint_policies.images.floating_image_tag import floating_image_tag
from cloudlint_policies.images.privileged_container import privileged_container
from cloudlint_policies.scaling.cpu_only_scaling import cpu_only_scaling
from judging import Judge

Read = Callable[..., Graph]

CALLS = {
    "alb": """
        name            = "front"
        subnets         = ["subnet-1", "subnet-2"]
        vpc_id          = "vpc-1"
        listeners       = { web = { port = 443, forward = { target_group_key = "app" } } }
        target_groups   = { app = { port = 8080, target_type = "ip", target_id = "10.0.0.1" } }
        route53_records = { front = { zone_id = "Z1", type = "A" } }
    """,
    "autoscaling": """
        name                = "workers"
        min_size            = 2
        max_size            = 4
        vpc_zone_identifier = ["subnet-1", "subnet-2"]
        scaling_policies    = { cpu = { target_tracking_configuration = { target_value = 50 } } }
        schedules           = { night = { min_size = 0, recurrence = "0 0 * * *" } }
    """,
    "dynamodb-table": """
        name                = "orders"
        hash_key            = "id"
        attributes          = [{ name = "id", type = "S" }]
        autoscaling_enabled = true
        read_capacity       = 5
        autoscaling_read    = { max_capacity = 10 }
    """,
    "ecr": 'repository_name = "app"',
    "ecs/modules/container-definition": 'name = "app"\nimage = "app:1.2.3"',
    "ecs": """
        cluster_name = "main"
        services     = { app = { container_definitions = { app = { image = "app:1.2.3" } } } }
    """,
    "ecs/modules/cluster": 'name = "main"',
    "ecs/modules/service": """
        name                  = "app"
        cluster_arn           = "arn:aws:ecs:eu-west-1:123456789012:cluster/main"
        subnet_ids            = ["subnet-1"]
        container_definitions = { app = { image = "app:1.2.3" } }
        load_balancer         = { app = { container_name = "app", container_port = 80 } }
    """,
    "eks": """
        name                         = "main"
        subnet_ids                   = ["subnet-1", "subnet-2"]
        eks_managed_node_groups      = { workers = { min_size = 2 } }
        self_managed_node_groups     = { own = {} }
        fargate_profiles             = { jobs = { selectors = [{ namespace = "jobs" }] } }
        node_security_group_additional_rules = { all = { from_port = 0, to_port = 0 } }
    """,
    "eks/modules/eks-managed-node-group": """
        name         = "workers"
        cluster_name = "main"
        subnet_ids   = ["subnet-1"]
    """,
    "elasticache": 'replication_group_id = "cache"',
    "iam/modules/iam-assumable-role": 'create_role = true\nrole_name = "app"',
    "iam/modules/iam-assumable-role-with-oidc": 'create_role = true\nrole_name = "app"',
    "iam/modules/iam-policy": 'name = "app"\npolicy = "{}"',
    "iam/modules/iam-role": """
        name                      = "app"
        create_inline_policy      = true
        inline_policy_permissions = { read = { actions = ["s3:GetObject"], resources = ["*"] } }
        policies                  = { admin = "arn:aws:iam::aws:policy/AdministratorAccess" }
    """,
    "iam/modules/iam-role-for-service-accounts": """
        name        = "app"
        permissions = { read = { actions = ["s3:GetObject"], resources = ["*"] } }
    """,
    "iam/modules/iam-role-for-service-accounts-eks": 'role_name = "app"',
    "kms": 'aliases = ["app"]',
    "lambda": """
        function_name            = "worker"
        handler                  = "index.handler"
        runtime                  = "python3.12"
        environment_variables    = { MODE = "fast" }
        attach_policy_statements = true
        policy_statements        = { read = { actions = ["s3:GetObject"], resources = ["*"] } }
        allowed_triggers         = { queue = { service = "sqs" } }
        event_source_mapping     = { queue = { event_source_arn = "arn" } }
    """,
    "rds": 'identifier = "main"\nengine = "postgres"',
    "rds-aurora": """
        name      = "main"
        engine    = "aurora-postgresql"
        instances = { one = {}, two = { instance_class = "db.r6g.large" } }
    """,
    "s3-bucket": """
        bucket         = "data"
        acl            = "private"
        versioning     = { enabled = true }
        logging        = { target_bucket = "logs" }
        lifecycle_rule = [{ id = "old", enabled = true, expiration = { days = 30 } }]
        attach_deny_insecure_transport_policy = true
    """,
    "secrets-manager": 'name = "app"\nsecret_string = "x"',
    "security-group": """
        name                     = "web"
        vpc_id                   = "vpc-1"
        ingress_rules            = ["https-443-tcp"]
        ingress_cidr_blocks      = ["10.0.0.0/8"]
        ingress_with_cidr_blocks = [{ rule = "ssh-tcp", cidr_blocks = "0.0.0.0/0" }]
        ingress_with_self        = [{ rule = "all-all" }]
        egress_rules             = ["all-all"]
    """,
    "sns": """
        name          = "events"
        subscriptions = { queue = { protocol = "sqs", endpoint = "arn" } }
    """,
    "sqs": 'name = "jobs"\ncreate_dlq = true',
    "vpc": """
        name               = "main"
        azs                = ["eu-west-1a", "eu-west-1b"]
        public_subnets     = ["10.0.0.0/24", "10.0.1.0/24"]
        private_subnets    = ["10.0.2.0/24", "10.0.3.0/24"]
        database_subnets   = ["10.0.4.0/24", "10.0.5.0/24"]
        intra_subnets      = ["10.0.6.0/24"]
        redshift_subnets   = ["10.0.7.0/24"]
        elasticache_subnets = ["10.0.8.0/24"]
        enable_nat_gateway = true
        enable_flow_log    = true
        enable_vpn_gateway = true
    """,
}  # fmt: skip


def call(name: str, body: str, label: str = "it") -> str:
    module, _, submodule = name.partition("/")
    source = f"terraform-aws-modules/{module}/aws" + (f"//{submodule}" if submodule else "")
    return f'module "{label}" {{\n  source = "{source}"\n{dedent(body)}\n}}\n'


def parts(value: Value) -> Iterator[Value]:
    """A value with all that policies can reach in it."""
    yield value
    try:
        inside = [*map(value.__getitem__, value.keys())] if _is_object(value) else list(value)
    except Undecided:
        return
    for part in inside:
        yield from parts(part)


def _is_object(value: Value) -> bool:
    return value.type.name in ("object", "map")


def only(graph: Graph, type_: str) -> Resource:
    (resource,) = graph.of(type_)
    return resource


# -- every stub ----------------------------------------------------------------------------------


@pytest.fixture
def problems(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What does not fit inside of stubs: users are not told."""
    told: list[str] = []

    def tell(module: ModuleInstance, message: str, span: Span) -> None:
        told.append(f"{span.place}: {message}")

    monkeypatch.setattr(ModuleInstance, "problem", tell)
    return told


def test_every_stub_is_called_here() -> None:
    assert known_modules.names() == CALLS.keys()


@pytest.mark.parametrize("version", ["", 'version = "~> 3.0"'])
@pytest.mark.parametrize("name", CALLS)
def test_stub(read: Read, problems: list[str], name: str, version: str) -> None:
    graph = read({"main.tf": call(name, f"{version}\n{dedent(CALLS[name])}")})
    resources = [r for r in graph.resources if r.address.startswith("module.it")]
    assert resources
    for resource in resources:
        assert not resource.open
        for value in parts(resource.body):
            assert value.place is None or value.place.path == "main.tf"
    (_, root), *_ = roots(graph)
    (_, instance), *_ = root.module.called("it")
    assert isinstance(instance, ModuleInstance)
    for output in instance.config.outputs:
        instance.output(output)
    assert problems == []


@pytest.mark.parametrize("name", CALLS)
def test_stubs_hand_tags_on(judged: Judge, name: str) -> None:
    """To all that costs something but the tasks of ECS, for which that has to be asked."""
    body = f'{dedent(CALLS[name])}\ntags = {{ Environment = "production" }}\n'
    found = judged({"main.tf": call(name, body)}, missing_cost_tags)
    assert [message for message in found.messages if "on Fargate" not in message] == []
    assert found.undecided == []


@pytest.mark.skipif(shutil.which("terraform") is None, reason="needs terraform")
def test_stubs_are_formatted() -> None:
    directory = Path(known_modules.__file__).parent
    command = ["terraform", "fmt", "-check", "-recursive", str(directory)]
    formatted = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    assert (formatted.returncode, formatted.stdout) == (0, "")


# -- which calls ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "source",
    [
        "terraform-aws-modules/rds/aws",
        "registry.terraform.io/terraform-aws-modules/rds/aws",
        "registry.opentofu.org/terraform-aws-modules/rds/aws",
        "tfr:///terraform-aws-modules/rds/aws?version=6.1.0",
        "tfr://registry.terraform.io/terraform-aws-modules/rds/aws?version=6.1.0",
        "github.com/terraform-aws-modules/terraform-aws-rds",
        "git::https://github.com/terraform-aws-modules/terraform-aws-rds.git?ref=v6.1.0",
        "git::https://github.com/terraform-aws-modules/terraform-aws-rds?ref=0123abc",
        "git::ssh://git@github.com/terraform-aws-modules/terraform-aws-rds.git",
        "git@github.com:terraform-aws-modules/terraform-aws-rds.git?ref=v6.1.0",
    ],
)
def test_address(source: str) -> None:
    config = known_modules.find(source)
    assert config is not None
    assert ("managed", "aws_db_instance", "this") in config.resources


@pytest.mark.parametrize(
    "source",
    [
        "terraform-aws-modules/ecs/aws//modules/service",
        "git::https://github.com/terraform-aws-modules/terraform-aws-ecs.git//modules/service?ref=v6",
        "github.com/terraform-aws-modules/terraform-aws-ecs//modules/service?ref=v6",
    ],
)
def test_address_of_submodule(source: str) -> None:
    config = known_modules.find(source)
    assert config is not None
    assert ("managed", "aws_ecs_service", "this") in config.resources


@pytest.mark.parametrize(
    "source",
    [
        "somebody/rds/aws",
        "terraform-aws-modules/rds/google",
        "terraform-aws-modules/unheard-of/aws",
        "terraform-aws-modules/vpc/aws//modules/../../rds",
        "terraform-aws-modules/vpc/aws//../../../..",
        "github.com/somebody/terraform-aws-rds",
        "./terraform-aws-modules/rds/aws",
    ],
)
def test_unknown_address(source: str) -> None:
    assert known_modules.find(source) is None


def test_unknown_module_stays_a_call(read: Read) -> None:
    graph = read({"main.tf": 'module "db" {\n  source = "somebody/rds/aws"\n}\n'})
    assert only(graph, "module:somebody/rds/aws").address == "module.db"


def test_installed_module_is_read_instead(read: Read) -> None:
    manifest = {"Modules": [{"Key": "db", "Source": "x", "Dir": ".terraform/modules/db"}]}
    graph = read(
        {
            "main.tf": call("rds", "", label="db"),
            ".terraform/modules/modules.json": json.dumps(manifest),
            ".terraform/modules/db/main.tf": 'resource "aws_db_instance" "own" {}\n',
        }
    )
    assert only(graph, "aws_db_instance").address == "module.db.aws_db_instance.own"


def test_nothing_is_wrong_with_calls(judged: Judge) -> None:
    """Arguments and outputs that stubs do not have are those of the module."""
    told = judged(
        {
            "main.tf": """
                module "db" {
                  source      = "terraform-aws-modules/rds/aws"
                  new_feature = true
                  parameters  = "of another type"
                }
                output "new" {
                  value = module.db.new_output
                }
            """
        },
        single_az_data_store,
    )
    assert told.diagnostics == []


# -- places --------------------------------------------------------------------------------------


def test_argument_that_decides(judged: Judge) -> None:
    told = judged({"main.tf": call("rds", 'identifier = "a"\nmulti_az = false')},
                  single_az_data_store)  # fmt: skip
    assert told.places == ["main.tf:4 multi_az = false"]
    assert told.messages[0].startswith("module.it.aws_db_instance.this[0] (database instance)")


def test_default_is_shown_at_the_call(judged: Judge) -> None:
    told = judged({"main.tf": call("rds", 'identifier = "a"')}, single_az_data_store)
    assert told.places == ['main.tf:1 module "it"']
    assert told.findings[0].related == ()


def test_way_to_the_value(judged: Judge) -> None:
    files = {
        "main.tf": 'variable "ha" {}\n' + call("rds", 'identifier = "a"\nmulti_az = var.ha'),
        "terraform.tfvars": "ha = false\n",
    }
    (finding,) = judged(files, single_az_data_store).findings
    assert finding.span.text == "multi_az = var.ha"
    assert [related.span.path for related in finding.related] == ["main.tf", "terraform.tfvars"]


def test_undecided(judged: Judge) -> None:
    files = {"main.tf": 'variable "ha" {}\n' + call("rds", 'identifier = "a"\nmulti_az = var.ha')}
    told = judged(files, single_az_data_store)
    assert told.undecided == ["var.ha has no value"]
    assert told.verdicts.undecided[0].span.text == "multi_az = var.ha"


def test_part_of_an_argument(judged: Judge) -> None:
    body = """
        name        = "app"
        cluster_arn = "arn"
        container_definitions = {
          app = {
            image = "app:latest"
          }
        }
    """
    told = judged({"main.tf": call("ecs/modules/service", body)}, floating_image_tag)
    assert told.places == ['main.tf:8 image = "app:latest"']


def test_call_in_a_called_module(judged: Judge) -> None:
    files = {
        "main.tf": 'module "own" {\n  source = "./own"\n  ha = false\n}\n',
        "own/main.tf": 'variable "ha" {}\n' + call("rds", 'identifier = "a"\nmulti_az = var.ha'),
    }
    (finding,) = judged(files, single_az_data_store).findings
    assert (finding.span.path, finding.span.text) == ("own/main.tf", "multi_az = var.ha")
    assert finding.address == "module.own.module.it.aws_db_instance.this[0]"


def test_each_call_by_itself(judged: Judge) -> None:
    files = {
        "main.tf": call("rds", 'identifier = "a"\nmulti_az = true', "a")
        + call("rds", 'identifier = "b"\nmulti_az = false', "b")
    }
    assert judged(files, single_az_data_store).places == ["main.tf:9 multi_az = false"]


# -- what they make ------------------------------------------------------------------------------

THREE_ZONES = """
    data "aws_availability_zones" "all" {}
    locals {
      zones = slice(data.aws_availability_zones.all.names, 0, 3)
    }
    module "vpc" {
      source          = "terraform-aws-modules/vpc/aws"
      name            = "main"
      azs             = local.zones
      private_subnets = [for index, zone in local.zones : cidrsubnet("10.0.0.0/16", 8, index)]
      public_subnets  = ["10.0.100.0/24"]
    }
    module "workers" {
      source              = "terraform-aws-modules/autoscaling/aws"
      name                = "workers"
      vpc_zone_identifier = module.vpc.private_subnets
    }
    resource "aws_autoscaling_group" "alone" {
      vpc_zone_identifier = module.vpc.public_subnets
    }
"""


def test_subnets_lie_in_zones(read: Read) -> None:
    graph = read({"main.tf": THREE_ZONES})
    zones = [r["availability_zone"] for r in graph.of("aws_subnet") if "private" in r.address]
    assert len({zone.key for zone in zones}) == 3
    workers, alone = sorted(graph.of("aws_autoscaling_group"), key=lambda r: r.module, reverse=True)
    assert bool(subnets_spread(graph, workers["vpc_zone_identifier"])) is True
    assert bool(subnets_spread(graph, alone["vpc_zone_identifier"])) is False


@pytest.mark.parametrize(
    ("arguments", "gateways"),
    [
        ("", 0),
        ("enable_nat_gateway = true", 3),
        ("enable_nat_gateway = true\none_nat_gateway_per_az = true", 2),
        ("enable_nat_gateway = true\none_nat_gateway_per_az = true\nsingle_nat_gateway = true", 1),
    ],
)
def test_nat_gateways(read: Read, arguments: str, gateways: int) -> None:
    body = """
        azs             = ["eu-west-1a", "eu-west-1b"]
        public_subnets  = ["10.0.0.0/24", "10.0.1.0/24"]
        private_subnets = ["10.0.2.0/24", "10.0.3.0/24", "10.0.4.0/24"]
    """
    graph = read({"main.tf": call("vpc", dedent(body) + arguments)})
    assert len(list(graph.of("aws_nat_gateway"))) == gateways
    routes = [r for r in graph.of("aws_route") if "nat_gateway" in r.address]
    assert len(routes) == gateways
    if "single" in arguments:
        place = only(graph, "aws_nat_gateway")["count"].place
        assert place is not None
        assert place.text == "single_nat_gateway = true"


def test_private_subnets_are_routed(read: Read) -> None:
    body = CALLS["vpc"] + "\nsingle_nat_gateway = true"
    graph = read({"main.tf": call("vpc", dedent(body))})
    (private,) = (r for r in graph.of("aws_route_table") if "private" in r.address)
    associated = graph.referring(private, "aws_route_table_association", "route_table_id")
    assert [r.address.rpartition(".")[2] for r in associated] == [
        "private[0]", "private[1]", "database[0]", "database[1]", "elasticache[0]", "redshift[0]",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("instances", "findings"),
    [("{ one = {} }", 1), ("{ one = {}, two = {} }", 0), ("{ for n in range(2) : n => {} }", 0)],
)
def test_aurora_instances(judged: Judge, instances: str, findings: int) -> None:
    told = judged({"main.tf": call("rds-aurora", f'name = "a"\ninstances = {instances}')},
                  single_az_data_store)  # fmt: skip
    assert len(told.findings) == findings
    assert told.undecided == []


def test_ecs_service_scales_on_utilisation_by_default(judged: Judge) -> None:
    told = judged({"main.tf": call("ecs/modules/service", CALLS["ecs/modules/service"])},
                  cpu_only_scaling)  # fmt: skip
    assert told.places == ['main.tf:1 module "it"']


def test_ecs_service_that_counts_requests(judged: Judge) -> None:
    policies = """
        autoscaling_policies = {
          requests = {
            target_tracking_scaling_policy_configuration = {
              predefined_metric_specification = { predefined_metric_type = "ALBRequestCountPerTarget" }
            }
          }
        }
    """  # noqa: E501
    body = dedent(CALLS["ecs/modules/service"]) + dedent(policies)
    assert judged({"main.tf": call("ecs/modules/service", body)}, cpu_only_scaling).is_silent


def test_ecs_service_that_forecasts(judged: Judge) -> None:
    policies = """
        autoscaling_policies = {
          forecast = {
            policy_type = "PredictiveScaling"
            predictive_scaling_policy_configuration = {
              mode = "ForecastAndScale"
              metric_specification = [{
                target_value = 60
                customized_scaling_metric_specification = {
                  metric_data_query = [{
                    id          = "work"
                    metric_stat = { stat = "Sum", metric = { metric_name = "Jobs" } }
                  }]
                }
              }]
            }
          }
        }
    """
    body = dedent(CALLS["ecs/modules/service"]) + dedent(policies)
    assert judged({"main.tf": call("ecs/modules/service", body)}, cpu_only_scaling).is_silent


def test_ecs_service_with_load_balancers_in_a_list(read: Read) -> None:
    body = dedent(CALLS["ecs/modules/service"]).replace("load_balancer", "# load_balancer")
    listed = """
        load_balancer = [{ target_group_arn = "arn:1", container_name = "a", container_port = 80 }]
    """
    graph = read({"main.tf": call("ecs/modules/service", body + dedent(listed))})
    (service,) = graph.of("aws_ecs_service")
    assert [block["target_group_arn"].string() for block in service["load_balancer"]] == ["arn:1"]


def test_older_arguments(read: Read) -> None:
    graph = read(
        {
            "main.tf": call("eks", 'cluster_name = "old"\ncluster_version = "1.29"', "eks")
            + call("rds-aurora", 'name = "old"\nreplica_count = 2', "aurora")
            + call("alb", 'name = "old"\nhttp_tcp_listeners = [{ port = 80 }]', "alb")
        }
    )
    assert only(graph, "aws_eks_cluster")["version"] == "1.29"
    assert len(list(graph.of("aws_rds_cluster_instance"))) == 2
    assert only(graph, "aws_lb_listener")["port"] == 80


@pytest.mark.parametrize(
    ("constraint", "major"),
    [
        ("", versions.NEWEST),
        ("7.7.1", 7),
        ("= 7.7.1", 7),
        ("v7.7.1", 7),
        ("~> 5.58.0", 5),
        ("~> 5.58", 5),
        (">= 5.0", versions.NEWEST),
        (">= 3.0, < 5.0", 4),
        ("< 5.1.0", 5),
        ("<= 5.0.0, != 4.0.0", 5),
        ("6.0.0-beta1", 6),
        ("newest", None),
        (">= ", None),
        (None, None),
    ],
)
def test_version_constraint(constraint: str | None, major: int | None) -> None:
    assert versions.allowed(constraint) == major


@pytest.mark.parametrize(
    ("query", "major"),
    [
        ("", versions.NEWEST),
        ("ref=v7.7.1", 7),
        ("depth=1&ref=7.7", 7),
        ("ref=tags/v12.0.0", 12),
        ("version=5.1.0", 5),
        ("ref=main", versions.NEWEST),
        ("ref=", versions.NEWEST),
        ("ref=feature/x", None),
        ("ref=0123456789abcdef0123456789abcdef01234567", None),
    ],
)
def test_version_in_address(query: str, major: int | None) -> None:
    assert versions.tagged(query) == major


@pytest.mark.parametrize(
    ("version", "days"), [("", "null"), ('version = "9.0.0"', "null"), ('version = "~> 8.3"', "7")]
)
def test_default_of_the_version(read: Read, version: str, days: str) -> None:
    graph = read({"main.tf": call("rds-aurora", f'name = "a"\n{version}')})
    assert str(only(graph, "aws_rds_cluster")["backup_retention_period"]) == days


def test_default_of_the_version_in_what_a_stub_calls(read: Read) -> None:
    body = 'eks_managed_node_groups = { workers = {} }\nversion = "~> 20.0"'
    group = only(read({"main.tf": call("eks", body)}), "aws_eks_node_group")
    assert group["scaling_config"][0]["min_size"] == 0


def test_default_of_a_version_that_is_not_known(judged: Judge) -> None:
    source = "git::https://github.com/terraform-aws-modules/terraform-aws-rds-aurora?ref=0123abcd"
    text = f'module "db" {{\n  source = "{source}"\n  name = "a"\n}}\n'
    (told,) = judged({"main.tf": text}, short_backup_retention).verdicts.undecided
    assert told.origin == "module.db.var.backup_retention_period"
    assert told.reason.startswith("has a default that depends on the module's version")
    assert told.span.text == 'module "db"'


def test_unknown_number_of_subnets(read: Read) -> None:
    files = {"main.tf": 'variable "cidrs" {}\n' + call("vpc", "private_subnets = var.cidrs")}
    (subnet,) = read(files).of("aws_subnet")
    assert subnet.open


def test_a_container_definition_in_a_task(judged: Judge) -> None:
    """By the names of either version, as an object and as JSON."""
    main = """
    module "web" {
      source      = "terraform-aws-modules/ecs/aws//modules/container-definition"
      version     = "~> 6.0"
      name        = "web"
      image       = "shop/web:latest"
      mountPoints = [{ sourceVolume = "run", containerPath = "/run" }]
    }
    module "side" {
      source       = "terraform-aws-modules/ecs/aws//modules/container-definition"
      version      = "~> 5.0"
      name         = "side"
      image        = "shop/side"
      mount_points = [{ sourceVolume = "run", containerPath = "/run" }]
    }
    resource "aws_ecs_task_definition" "object" {
      family                = "object"
      container_definitions = jsonencode([module.web.container_definition])
      volume {
        name      = "run"
        host_path = "/var/run"
      }
    }
    resource "aws_ecs_task_definition" "text" {
      family                = "text"
      container_definitions = "[${module.side.container_definition_json}]"
      volume {
        name      = "run"
        host_path = "/var/run"
      }
    }
    """
    outcome = judged({"main.tf": main}, floating_image_tag, privileged_container)
    assert sorted((finding.policy, finding.address) for finding in outcome.findings) == [
        ("floating-image-tag", "aws_ecs_task_definition.object"),
        ("floating-image-tag", "aws_ecs_task_definition.text"),
        ("privileged-container", "aws_ecs_task_definition.object"),
        ("privileged-container", "aws_ecs_task_definition.text"),
    ]
    assert outcome.undecided == []
