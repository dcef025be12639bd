from __future__ import annotations

import pytest

from cloudlint_policies.availability.single_az_data_store import single_az_data_store as policy
from judging import Judge, Judged

VARIABLES = """
variable "ha" {
  type = bool
}
variable "n" {
  type = number
}
variable "text" {
  type = string
}
variable "list" {
  type = list(string)
}
"""


@pytest.fixture
def scan(judged: Judge) -> Judge:
    """Scan a main.tf; `VARIABLES` are declared beside it."""

    def terraform(text: str) -> Judged:
        return judged({"main.tf": text, "variables.tf": VARIABLES}, policy)

    return terraform


def resource(type_: str, body: str) -> str:
    return f'resource "{type_}" "x" {{\n{body}\n}}\n'


REPLICATED = "automatic_failover_enabled = true\nmulti_az_enabled = true\n"
KAFKA = "broker_node_group_info {\nclient_subnets = aws_subnet.s[*].id\n}\n"


@pytest.mark.parametrize(
    ("type_", "body", "place"),
    [
        ("aws_db_instance", 'engine = "postgres"', "1"),
        ("aws_db_instance", "multi_az = false", "2 multi_az = false"),
        ("aws_db_instance", 'multi_az = "false"', '2 multi_az = "false"'),
        ("aws_db_instance", "multi_az = null", "2 multi_az = null"),
        ("aws_db_instance", "multi_az = var.ha ? false : null", "2 multi_az = var.ha ? fa"),
        ("aws_rds_cluster", 'engine = "aurora-mysql"', "1"),
        ("aws_rds_cluster", 'engine_mode = "provisioned"', "1"),
        ("aws_docdb_cluster", "", "1"),
        ("aws_neptune_cluster", "", "1"),
        ("aws_elasticache_replication_group", "num_cache_clusters = 2", "1"),
        (
            "aws_elasticache_replication_group",
            f"{REPLICATED}num_cache_clusters = 1",
            "4 num_cache_clusters = 1",
        ),
        (
            "aws_elasticache_replication_group",
            f"{REPLICATED}num_node_groups = 3\nreplicas_per_node_group = 0",
            "5 replicas_per_node_group = 0",
        ),
        (
            "aws_elasticache_replication_group",
            f"{REPLICATED}num_node_groups = 1\nnode_group_configuration {{\nreplica_count = 0\n}}",
            "6 replica_count = 0",
        ),
        (
            "aws_elasticache_replication_group",
            "automatic_failover_enabled = true\nmulti_az_enabled = var.ha\nnum_cache_clusters = 1",
            "4 num_cache_clusters = 1",
        ),
        ("aws_elasticache_cluster", 'engine = "redis"', '2 engine = "redis"'),
        ("aws_elasticache_cluster", 'engine = "memcached"\nnum_cache_nodes = 2', "1"),
        ("aws_elasticache_cluster", 'engine = "memcached"\naz_mode = "cross-az"', "1"),
        ("aws_memorydb_cluster", "num_replicas_per_shard = 0", "2 num_replicas_per_shard = 0"),
        ("aws_opensearch_domain", "", "1"),
        ("aws_elasticsearch_domain", "cluster_config {\ninstance_count = 3\n}", "2"),
        (
            "aws_opensearch_domain",
            "cluster_config {\nzone_awareness_enabled = true\ninstance_count = 1\n}",
            "4 instance_count = 1",
        ),
        ("aws_redshift_cluster", "number_of_nodes = 4", "1"),
        (
            "aws_efs_file_system",
            'availability_zone_name = "eu-west-1a"',
            '2 availability_zone_name = "eu-west-1a"',
        ),
        ("aws_fsx_windows_file_system", "", "1"),
        (
            "aws_fsx_ontap_file_system",
            'deployment_type = "SINGLE_AZ_2"',
            '2 deployment_type = "SINGLE_AZ_2"',
        ),
        (
            "aws_fsx_openzfs_file_system",
            'deployment_type = "SINGLE_AZ_HA_1"',
            '2 deployment_type = "SINGLE_AZ_HA_1"',
        ),
        ("aws_mq_broker", "", "1"),
        ("aws_mq_broker", 'deployment_mode = "SINGLE_INSTANCE"', "2 deployment_mode"),
        ("aws_dax_cluster", "replication_factor = 1", "2 replication_factor = 1"),
        (
            "aws_dax_cluster",
            'replication_factor = 2\navailability_zones = ["eu-west-1a", "eu-west-1a"]',
            "3 availability_zones",
        ),
        ("aws_docdbelastic_cluster", "shard_instance_count = 1", "2 shard_instance_count = 1"),
        ("aws_timestreaminfluxdb_db_instance", "", "1"),
        (
            "aws_timestreaminfluxdb_db_cluster",
            'failover_mode = "NO_FAILOVER"',
            '2 failover_mode = "NO_FAILOVER"',
        ),
        ("aws_neptunegraph_graph", "replica_count = 0", "2 replica_count = 0"),
        (
            "aws_opensearchserverless_collection",
            'standby_replicas = "DISABLED"',
            '2 standby_replicas = "DISABLED"',
        ),
    ],
)
def test_no_standby_is_found(scan: Judge, type_: str, body: str, place: str) -> None:
    (found,) = scan(resource(type_, body)).places
    line, _, text = place.partition(" ")
    assert found.startswith(f"main.tf:{line} {text}")


@pytest.mark.parametrize(
    ("type_", "body"),
    [
        ("aws_db_instance", "multi_az = true"),
        ("aws_db_instance", 'replicate_source_db = "main"'),
        ("aws_rds_cluster", 'engine_mode = "serverless"'),
        ("aws_rds_cluster", 'engine = "mysql"\ndb_cluster_instance_class = "db.m6gd.large"'),
        ("aws_elasticache_replication_group", f"{REPLICATED}num_cache_clusters = 2"),
        ("aws_elasticache_replication_group", f"{REPLICATED}number_cache_clusters = 2"),
        ("aws_elasticache_replication_group", f"{REPLICATED}replicas_per_node_group = 1"),
        (
            "aws_elasticache_replication_group",
            f"{REPLICATED}num_node_groups = 1\nnode_group_configuration {{\nreplica_count = 1\n}}",
        ),
        (
            "aws_elasticache_replication_group",
            f"{REPLICATED}cluster_mode {{\nnum_node_groups = 2\nreplicas_per_node_group = 1\n}}",
        ),
        ("aws_elasticache_cluster", 'replication_group_id = "sessions"'),
        (
            "aws_elasticache_cluster",
            'engine = "memcached"\naz_mode = "cross-az"\nnum_cache_nodes = 2',
        ),
        ("aws_memorydb_cluster", ""),
        (
            "aws_opensearch_domain",
            "cluster_config {\nzone_awareness_enabled = true\ninstance_count = 2\n}",
        ),
        ("aws_redshift_cluster", "multi_az = true"),
        ("aws_efs_file_system", ""),
        ("aws_fsx_windows_file_system", 'deployment_type = "MULTI_AZ_1"'),
        ("aws_fsx_ontap_file_system", 'deployment_type = "MULTI_AZ_2"'),
        ("aws_mq_broker", 'deployment_mode = "ACTIVE_STANDBY_MULTI_AZ"'),
        ("aws_mq_broker", 'deployment_mode = "CLUSTER_MULTI_AZ"'),
        ("aws_dax_cluster", "replication_factor = 3"),
        ("aws_docdbelastic_cluster", ""),
        ("aws_timestreaminfluxdb_db_cluster", ""),
        ("aws_neptunegraph_graph", ""),
        ("aws_opensearchserverless_collection", ""),
        ("aws_dsql_cluster", ""),
        ("aws_timestreaminfluxdb_db_instance", 'deployment_type = "WITH_MULTIAZ_STANDBY"'),
        ("aws_dynamodb_table", ""),
        ("aws_s3_bucket", ""),
        ("aws_sqs_queue", ""),
    ],
)
def test_stores_with_a_standby_and_regional_ones_are_silent(
    scan: Judge, type_: str, body: str
) -> None:
    assert scan(resource(type_, body)).is_silent


@pytest.mark.parametrize(
    ("type_", "body", "reason"),
    [
        ("aws_db_instance", "multi_az = var.ha", "var.ha has no value"),
        ("aws_db_instance", "multi_az = var.text == var.list[0]", "var.text has no value"),
        ("aws_db_instance", "replicate_source_db = var.text", "var.text has no value"),
        ("aws_rds_cluster", "engine_mode = var.text", "var.text has no value"),
        ("aws_rds_cluster", "db_cluster_instance_class = var.text", "var.text has no value"),
        (
            "aws_elasticache_replication_group",
            f"{REPLICATED}num_cache_clusters = var.n",
            "var.n has no value",
        ),
        (
            "aws_elasticache_cluster",
            'engine = var.text\naz_mode = "cross-az"\nnum_cache_nodes = 2',
            None,
        ),
        (
            "aws_elasticache_cluster",
            'engine = "memcached"\naz_mode = var.text\nnum_cache_nodes = 2',
            "var.text has no value",
        ),
        ("aws_memorydb_cluster", "num_replicas_per_shard = var.n", "var.n has no value"),
        ("aws_efs_file_system", "availability_zone_name = var.text", "var.text has no value"),
        ("aws_mq_broker", "deployment_mode = var.text", "var.text has no value"),
        (
            "aws_opensearch_domain",
            'dynamic "cluster_config" {\nfor_each = var.list\ncontent {}\n}',
            "var.list has no value",
        ),
    ],
)
def test_what_depends_on_a_variable_is_undecided(
    scan: Judge, type_: str, body: str, reason: str | None
) -> None:
    outcome = scan(resource(type_, body))
    assert (outcome.findings, outcome.undecided) == ([], [reason] if reason else [])


def test_all_that_is_missing_is_said_once(scan: Judge) -> None:
    outcome = scan(resource("aws_elasticache_replication_group", "num_cache_clusters = 1"))
    assert outcome.messages == [
        "aws_elasticache_replication_group.x (replication group) does not survive the loss of a "
        "zone: `automatic_failover_enabled` is not set, `multi_az_enabled` is not set, it has no "
        "replica"
    ]
    assert [step.span.text for step in outcome.findings[0].related][-1] == "num_cache_clusters = 1"


def test_a_read_replica_is_no_standby(scan: Judge) -> None:
    outcome = scan(
        """
        resource "aws_db_instance" "main" {
          multi_az = false
        }
        resource "aws_db_instance" "replica" {
          replicate_source_db = aws_db_instance.main.identifier
          multi_az            = false
        }
        """
    )
    assert outcome.places == ["main.tf:2 multi_az = false"]


# -- clusters and their instances ----------------------------------------------------------------


def cluster(instances: str, body: str = "") -> str:
    return f'resource "aws_rds_cluster" "x" {{\n  cluster_identifier = "x"\n{body}}}\n{instances}'


def instances(repetition: str, name: str = "i", of: str = "aws_rds_cluster.x.id") -> str:
    return (
        f'resource "aws_rds_cluster_instance" "{name}" {{\n'
        f"  {repetition}\n  cluster_identifier = {of}\n}}\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        cluster(instances("count = 2")),
        cluster(instances('for_each = toset(["a", "b"])')),
        cluster(instances("", "a") + instances("", "b")),
        cluster(instances("", "a") + instances("", "b", '"x"')),
        cluster(instances("count = 2", of="aws_rds_cluster.x.cluster_identifier")),
        cluster(instances("count = var.ha ? 3 : 2")),
        cluster(
            instances("for_each = var.ha ? { a = 1, b = 2 } : {}", of="aws_rds_cluster.x[0].id"),
            "  count = var.ha ? 1 : 0\n",
        ).replace("for_each = var.ha ? { a = 1, b = 2 } : {}", "count = var.ha ? 2 : 0"),
    ],
)
def test_two_instances_are_a_standby(scan: Judge, text: str) -> None:
    assert scan(text).is_silent


def test_one_instance_is_found_where_it_is_counted(scan: Judge) -> None:
    assert scan(cluster(instances("count = 1"))).places == ["main.tf:5 count = 1"]
    (found,) = scan(cluster(instances(""))).places
    assert found.startswith("main.tf:4 resource")


def test_an_instance_of_another_cluster_does_not_count(scan: Judge) -> None:
    outcome = scan(cluster(instances("", "a") + instances("", "b", '"y"')))
    assert len(outcome.findings) == 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (cluster(instances("count = var.n")), "var.n has no value"),
        (cluster(instances("count = var.ha ? 2 : 1")), "var.ha has no value"),
        (cluster(instances("for_each = toset(var.list)")), "var.list has no value"),
        (
            cluster(instances("for_each = var.ha ? { a = 1, b = 2 } : { c = 3 }")),
            "var.ha has no value",
        ),
        (
            cluster(instances("", "a") + instances("count = var.ha ? 1 : 0", "b")),
            "var.ha has no value",
        ),
        (
            cluster(instances("", "a") + instances("count = 2", "b", "var.text")),
            "var.text has no value",
        ),
    ],
)
def test_instances_that_may_exist_are_undecided(scan: Judge, text: str, reason: str) -> None:
    outcome = scan(text)
    assert (outcome.findings, outcome.undecided) == ([], [reason])


def test_one_instance_for_each_of_unknown_clusters_is_found(scan: Judge) -> None:
    outcome = scan(
        """
        resource "aws_rds_cluster" "x" {
          for_each = toset(var.list)
        }
        resource "aws_rds_cluster_instance" "x" {
          for_each           = toset(var.list)
          cluster_identifier = aws_rds_cluster.x[each.key].id
        }
        """
    )
    assert (len(outcome.findings), outcome.undecided) == (1, [])


def test_instances_in_one_zone_are_found(scan: Judge) -> None:
    text = cluster(instances('count = 2\n  availability_zone = "eu-west-1a"'))
    (message,) = scan(text).messages
    assert message.endswith("all its instances are in one zone")


def test_clusters_in_a_loop_have_their_own_instances(scan: Judge) -> None:
    outcome = scan(
        """
        locals {
          clusters = { a = 2, b = 1 }
          instances = { a1 = "a", a2 = "a", b1 = "b" }
        }
        resource "aws_rds_cluster" "x" {
          for_each = local.clusters
        }
        resource "aws_rds_cluster_instance" "x" {
          for_each           = local.instances
          cluster_identifier = aws_rds_cluster.x[each.value].id
        }
        """
    )
    assert [finding.address for finding in outcome.findings] == ['aws_rds_cluster.x["b"]']


def autoscaled(target: str, resource_id: str) -> str:
    return cluster(
        instances("")
        + f"""
resource "aws_appautoscaling_target" "readers" {{
  service_namespace = "rds"
  resource_id       = {resource_id}
  {target}
}}
"""
    )


BY_REFERENCE = '"cluster:${aws_rds_cluster.x.cluster_identifier}"'


@pytest.mark.parametrize("resource_id", [BY_REFERENCE, '"cluster:x"'])
def test_autoscaled_readers_are_a_standby(scan: Judge, resource_id: str) -> None:
    assert scan(autoscaled("min_capacity = 1", resource_id)).is_silent


@pytest.mark.parametrize(
    ("target", "reason"),
    [("min_capacity = var.n", "var.n"), ("min_capacity = 1\ncount = var.ha ? 1 : 0", "var.ha")],
)
def test_readers_that_may_be_kept_are_undecided(scan: Judge, target: str, reason: str) -> None:
    outcome = scan(autoscaled(target, BY_REFERENCE))
    assert (outcome.findings, outcome.undecided) == ([], [f"{reason} has no value"])


def test_readers_that_may_all_go_are_no_standby(scan: Judge) -> None:
    assert len(scan(autoscaled("min_capacity = 0", BY_REFERENCE)).findings) == 1


GLOBAL = """
resource "aws_rds_global_cluster" "g" {
  global_cluster_identifier = "g"
}
"""


def test_a_headless_secondary_is_low(scan: Judge) -> None:
    member = "  global_cluster_identifier = aws_rds_global_cluster.g.id\n"
    (finding,) = scan(GLOBAL + cluster("", member)).findings
    assert str(finding.severity) == "low"
    assert "secondary of a global database with no instance" in finding.message


@pytest.mark.parametrize(
    ("body", "more"),
    [('  master_username = "m"\n', ""), ("", instances(""))],
)
def test_a_primary_and_a_secondary_with_an_instance_are_high(
    scan: Judge, body: str, more: str
) -> None:
    member = "  global_cluster_identifier = aws_rds_global_cluster.g.id\n"
    (finding,) = scan(GLOBAL + cluster(more, member + body)).findings
    assert str(finding.severity) == "high"


# -- zones of subnets ----------------------------------------------------------------------------


def kafka(zones: str, repetition: str = "count = 2") -> str:
    return (
        'data "aws_availability_zones" "all" {}\n'
        f'resource "aws_subnet" "s" {{\n  {repetition}\n  availability_zone = {zones}\n}}\n'
        'resource "aws_msk_cluster" "k" {\n  broker_node_group_info {\n'
        "    client_subnets = [for subnet in aws_subnet.s : subnet.id]\n  }\n}\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        kafka("data.aws_availability_zones.all.names[count.index]"),
        kafka('"${var.text}${["a", "b"][count.index]}"'),
        kafka('element(["eu-west-1a", "eu-west-1b"], count.index)'),
        kafka("each.key", 'for_each = toset(["eu-west-1a", "eu-west-1b"])'),
        kafka(
            "data.aws_availability_zones.all.names[each.value]",
            'for_each = { for at in range(3) : "s${at}" => at }\n'
            '  cidr_block = cidrsubnet("10.0.0.0/16", 8, each.value)',
        ),
    ],
)
def test_two_zones_are_two_whatever_their_names(scan: Judge, text: str) -> None:
    assert scan(text).is_silent


@pytest.mark.parametrize(
    "zone", ["data.aws_availability_zones.all.names[0]", '"${var.text}a"', '"eu-west-1a"']
)
def test_subnets_in_one_zone_are_found(scan: Judge, zone: str) -> None:
    (message,) = scan(kafka(zone)).messages
    assert message.endswith("its brokers are in one zone")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (kafka("var.list[count.index]"), "var.list has no value"),
        (kafka("var.text", "count = var.n"), "var.n"),
    ],
)
def test_zones_that_may_be_one_are_undecided(scan: Judge, text: str, reason: str) -> None:
    outcome = scan(text)
    assert not outcome.findings
    assert len(outcome.undecided) == 1
    assert reason in outcome.undecided[0]


def file_system(*subnets: str) -> str:
    targets = "".join(
        f'resource "aws_efs_mount_target" "t{at}" {{\n'
        f"  file_system_id = aws_efs_file_system.f.id\n  subnet_id = {subnet}\n}}\n"
        for at, subnet in enumerate(subnets)
    )
    return (
        'resource "aws_efs_file_system" "f" {}\n'
        'resource "aws_subnet" "a" {\n  availability_zone = "eu-west-1a"\n}\n'
        'resource "aws_subnet" "b" {\n  availability_zone = "eu-west-1b"\n}\n' + targets
    )


def test_mount_targets_in_two_zones_are_silent(scan: Judge) -> None:
    assert scan(file_system("aws_subnet.a.id", "aws_subnet.b.id")).is_silent


def test_a_lone_mount_target_is_found(scan: Judge) -> None:
    outcome = scan(file_system("aws_subnet.a.id"))
    assert outcome.places == ["main.tf:10 subnet_id = aws_subnet.a.id"]


@pytest.mark.parametrize("repetition", ["count = var.ha ? 1 : 0", "for_each = toset(var.list)"])
def test_mount_targets_that_may_exist_are_undecided(scan: Judge, repetition: str) -> None:
    more = file_system("aws_subnet.b.id").partition('resource "aws_efs_mount_target"')[2]
    text = (
        file_system("aws_subnet.a.id")
        + 'resource "aws_efs_mount_target"'
        + more.replace("t0", "more").replace("{", f"{{\n  {repetition}", 1)
    )
    outcome = scan(text)
    assert (outcome.findings, len(outcome.undecided)) == ([], 1)


def test_mount_targets_in_unknown_subnets_are_undecided(scan: Judge) -> None:
    outcome = scan(file_system("aws_subnet.a.id", "var.text"))
    assert (outcome.findings, outcome.undecided) == ([], ["var.text has no value"])


def limitless(body: str) -> str:
    return f"""
variable "n" {{
  type = number
}}
resource "aws_rds_cluster" "c" {{
  cluster_scalability_type = "limitless"
}}
resource "aws_rds_shard_group" "g" {{
  db_cluster_identifier     = aws_rds_cluster.c.cluster_identifier
  db_shard_group_identifier = "g"
  max_acu                   = 16
  {body}
}}
"""


def test_shards_of_a_limitless_database_have_standbys_of_their_own(judged: Judge) -> None:
    assert judged({"main.tf": limitless("compute_redundancy = 1")}, policy).is_silent
    for body, place in (
        ("", 'resource "aws_rds_shard_group" "g"'),
        ("compute_redundancy = 0",) * 2,
    ):
        told = judged({"main.tf": limitless(body)}, policy)
        assert [each.split(" ", 1)[1] for each in told.places] == [place]
        assert "its shards have no standby" in told.messages[0]
    told = judged({"main.tf": limitless("compute_redundancy = var.n")}, policy)
    assert told.undecided == ["var.n has no value"]


def test_replicas_that_nobody_counts_are_undecided(scan: Judge) -> None:
    shards = resource("aws_elasticache_replication_group", f"{REPLICATED}num_node_groups = 3")
    outcome = scan(shards)
    assert outcome.findings == []
    (reason,) = outcome.undecided
    assert "`replicas_per_node_group`" in reason
    assert len(scan(shards.replace("multi_az_enabled = true", "")).findings) == 1


def test_zones_that_are_not_known_are_undecided(judged: Judge) -> None:
    body = "replication_factor = 3\n  availability_zones = var.zones"
    text = f'variable "zones" {{}}\nresource "aws_dax_cluster" "x" {{\n  {body}\n}}\n'
    outcome = judged({"main.tf": text}, policy)
    assert (outcome.findings, outcome.undecided) == ([], ["var.zones has no value"])


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ('resource "aws_db_instance" "x" {\nreplicate_source_db = ""\n}\n', 1),
        ('resource "aws_rds_cluster" "x" {\ndb_cluster_instance_class = ""\n}\n', 1),
        ('resource "aws_efs_file_system" "x" {\navailability_zone_name = ""\n}\n', 0),
        (
            'resource "aws_rds_cluster" "x" {}\nresource "aws_rds_cluster_instance" "i" {\n'
            'count = 2\navailability_zone = ""\ncluster_identifier = aws_rds_cluster.x.id\n}\n',
            0,
        ),
    ],
)
def test_an_empty_text_is_none(judged: Judge, text: str, findings: int) -> None:
    told = judged({"main.tf": text}, policy)
    assert (len(told.findings), told.undecided) == (findings, [])
