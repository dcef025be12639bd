from __future__ import annotations

import pytest

from cloudlint_policies.cost.previous_generation import previous_generation as policy
from judging import Judge


def resource(type_: str, body: str) -> str:
    return f'variable "v" {{}}\nresource "{type_}" "x" {{\n{body}\n}}\n'


def block(name: str, body: str) -> str:
    return f"{name} {{\n{body}\n}}"


def setting(namespace: str, name: str, value: str) -> str:
    return block("setting", f'namespace = "{namespace}"\nname = "{name}"\nvalue = {value}')


OLD = [
    ("aws_launch_template", 'instance_type = "c4.xlarge"'),
    ("aws_launch_template", 'instance_type = "m3.${var.v}"'),
    ("aws_eks_node_group", 'instance_types = ["m7g.large", "r4.large"]'),
    ("aws_rds_cluster_instance", 'instance_class = "db.r4.large"'),
    ("aws_elasticache_cluster", 'node_type = "cache.m3.medium"'),
    ("aws_opensearch_domain", block("cluster_config", 'instance_type = "t2.small.search"')),
    ("aws_opensearch_domain", block("cluster_config", 'dedicated_master_type = "c4.large.search"')),
    ("aws_opensearch_domain", block("ebs_options", 'volume_type = "gp2"')),
    ("aws_redshift_cluster", 'node_type = "dc2.large"'),
    ("aws_rds_cluster", 'db_cluster_instance_class = "db.r4.large"'),
    ("aws_elasticache_global_replication_group", 'cache_node_type = "cache.r3.large"'),
    (
        "aws_autoscaling_group",
        block(
            "mixed_instances_policy",
            block("launch_template", block("override", 'instance_type = "m4.large"')),
        ),
    ),
    (
        "aws_batch_compute_environment",
        block("compute_resources", 'instance_type = ["c4", "m7g.large"]'),
    ),
    ("aws_emr_cluster", block("core_instance_group", 'instance_type = "m4.xlarge"')),
    (
        "aws_emr_cluster",
        block(
            "master_instance_fleet", block("instance_type_configs", 'instance_type = "m3.xlarge"')
        ),
    ),
    ("aws_emr_instance_group", block("ebs_config", 'type = "gp2"')),
    ("aws_spot_fleet_request", block("launch_specification", 'instance_type = "p2.xlarge"')),
    (
        "aws_elastic_beanstalk_environment",
        setting("aws:autoscaling:launchconfiguration", "InstanceType", '"m3.medium"'),
    ),
    (
        "aws_elastic_beanstalk_environment",
        setting("aws:ec2:instances", "InstanceTypes", '"m7g.large, c4.large"'),
    ),
    (
        "aws_elastic_beanstalk_environment",
        setting("aws:autoscaling:launchconfiguration", "RootVolumeType", '"gp2"'),
    ),
    ("aws_ebs_volume", 'type = "io1"'),
    ("aws_ebs_volume", 'type = var.v ? "gp2" : "standard"'),
    ("aws_instance", block("root_block_device", 'volume_type = "standard"')),
    (
        "aws_launch_template",
        block("block_device_mappings", block("ebs", 'volume_type = "gp2"')),
    ),
]
NEW = [
    ("aws_instance", 'instance_type = "t2.micro"'),
    ("aws_instance", 'instance_type = "m7g.${var.v}"'),
    ("aws_instance", block("root_block_device", "volume_size = 20")),
    ("aws_db_instance", 'instance_class = "db.t4g.micro"'),
    ("aws_elasticache_cluster", 'node_type = "cache.m4.large"'),
    ("aws_elasticache_cluster", 'node_type = "cache.t2.micro"'),
    ("aws_batch_compute_environment", block("compute_resources", 'instance_type = ["optimal"]')),
    ("aws_redshift_cluster", 'node_type = "ra3.large"'),
    (
        "aws_elastic_beanstalk_environment",
        setting("aws:ec2:instances", "InstanceTypes", '"m7g.large,m7i.large"'),
    ),
    ("aws_ebs_volume", "size = 20"),
]


@pytest.mark.parametrize(("type_", "body"), OLD)
def test_previous_generations_are_found(judged: Judge, type_: str, body: str) -> None:
    assert len(judged({"main.tf": resource(type_, body)}, policy).findings) == 1


@pytest.mark.parametrize(("type_", "body"), NEW)
def test_current_ones_and_defaults_are_fine(judged: Judge, type_: str, body: str) -> None:
    assert judged({"main.tf": resource(type_, body)}, policy).is_silent


def test_a_successor_is_one_that_the_service_has(judged: Judge) -> None:
    body = block("ebs_options", 'volume_type = "io1"')
    (message,) = judged({"main.tf": resource("aws_opensearch_domain", body)}, policy).messages
    assert "`gp3`" in message
