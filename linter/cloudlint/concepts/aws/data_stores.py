"""AWS's data stores, and what each takes to survive the loss of a zone.

Defaults are those of the AWS provider, v5 and v6, and where it has none those of AWS's API
references, as of 2026-11. Stores whose service spreads them over zones by itself need nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from cloudlint.concepts.aws.data_safety import backups, point_in_time, safeguards
from cloudlint.concepts.aws.zones import spread, subnets_spread, zone_of
from cloudlint.concepts.base import (
    Requirement,
    at_least,
    exists_with,
    holds_any,
    is_absent,
    is_any_of,
    may_have_more,
    uncertainties,
)
from cloudlint.concepts.data_stores import DataStore
from cloudlint.graph import Graph, Join, Resource, given
from cloudlint.values import Known, Value, known, unknown

Standby = Callable[[Graph, Resource], list[Requirement]]


def data_stores(graph: Graph) -> Iterator[DataStore]:
    """Every data store of the graph; those of regional services need no standby."""
    for type_, (kind, standby) in _KINDS.items():
        for resource in graph.of(type_):
            yield _store(resource, kind, _bind(standby, graph, resource))
    for cluster_type, members in _CLUSTERS.items():
        for resource in graph.of(cluster_type):
            headless = _is_headless(graph, resource, members)
            yield _store(
                resource, members.kind, _bind(members.standby, graph, resource), headless=headless
            )


def _store(
    resource: Resource,
    kind: str,
    standby: Callable[[], list[Requirement]],
    headless: bool = False,
) -> DataStore:
    return DataStore(
        resource,
        kind,
        standby,
        headless=headless,
        backups=partial(backups, resource),
        point_in_time=partial(point_in_time, resource),
        safeguards=partial(safeguards, resource),
    )


def _bind(standby: Standby, graph: Graph, resource: Resource) -> Callable[[], list[Requirement]]:
    def requirements() -> list[Requirement]:
        return [] if _is_copy(resource) else standby(graph, resource)

    return requirements


def _present(value: Value) -> bool:
    """Whether something is written there that is not known to be absent."""
    return is_absent(value).truth() is not True


_COPIES = {
    "aws_db_instance": "replicate_source_db",
    "aws_elasticache_cluster": "replication_group_id",
}
"""Arguments that make a store a copy of another, which is judged instead."""


def _is_copy(resource: Resource) -> bool:
    argument = _COPIES.get(resource.type)
    return argument is not None and not bool(is_absent(resource[argument]))


def _flag(resource: Resource, name: str) -> Requirement:
    """An argument that has to be true, and is false where it is absent."""
    value = resource.get(name, False)
    problem = f"`{name}` is false" if _present(resource[name]) else f"`{name}` is not set"
    return Requirement(value, problem, value)


# -- single resources --------------------------------------------------------------------------


def _db_instance(graph: Graph, resource: Resource) -> list[Requirement]:
    return [_flag(resource, "multi_az")]


def _replication_group(graph: Graph, resource: Resource) -> list[Requirement]:
    nodes = _replica_count(graph, resource)
    return [
        _flag(resource, "automatic_failover_enabled"),
        _flag(resource, "multi_az_enabled"),
        Requirement(at_least(nodes, 1), "it has no replica", nodes),
    ]


def _replica_count(graph: Graph, resource: Resource) -> Value:
    """Replicas in each shard, or in all where there is one shard."""
    mode = resource["cluster_mode"]
    for body in (resource.body, *(mode.blocks if isinstance(mode, Known) else ())):
        if _present(body["replicas_per_node_group"]):
            return given(body, "replicas_per_node_group", 0)
    if _present(resource["num_node_groups"]):
        return _replicas_of_shards(resource)
    for name in ("num_cache_clusters", "number_cache_clusters"):
        if _present(resource[name]):
            clusters = resource.get(name, 1)
            if isinstance(clusters, Known):
                return known(int(clusters.number()) - 1, clusters.span).used_at(clusters.place)
            return clusters
    preferred = resource["preferred_cache_cluster_azs"]
    if isinstance(preferred, Known) and len(preferred) > 1:
        return known(len(preferred) - 1, preferred.span)
    joined = graph.referring(resource, "aws_elasticache_cluster", "replication_group_id")
    return known(len(joined), resource.span)


def _replicas_of_shards(resource: Resource) -> Value:
    """Replicas of the shard that has the fewest; neither the provider nor AWS documents a
    default."""
    shards = resource["node_group_configuration"]
    counts = [shard["replica_count"] for shard in shards] if isinstance(shards, Known) else []
    told = [count for count in counts if isinstance(count, Known) and _present(count)]
    if told and len(told) == len(counts):
        return min(told, key=lambda count: count.number())
    reason = "has no documented default"
    return unknown(f"`replicas_per_node_group` of {resource}", reason, resource.span)


def _cache_cluster(graph: Graph, resource: Resource) -> list[Requirement]:
    engine = resource.get("engine", "")
    if is_any_of(engine, "memcached").truth() is False:
        problem = f"a cache cluster of {_text(engine)} has one node only"
        return [Requirement(known(False), problem, engine)]
    mode, nodes = resource.get("az_mode", "single-az"), resource.get("num_cache_nodes", 1)
    return [
        Requirement(is_any_of(mode, "cross-az"), "`az_mode` is not cross-az", mode),
        Requirement(at_least(nodes, 2), "it has one node", nodes),
    ]


def _memorydb(graph: Graph, resource: Resource) -> list[Requirement]:
    replicas = resource.get("num_replicas_per_shard", 1)
    return [Requirement(at_least(replicas, 1), "its shards have no replica", replicas)]


def _search_domain(graph: Graph, resource: Resource) -> list[Requirement]:
    blocks = resource["cluster_config"]
    config = blocks[0] if len(blocks) else known({}, resource.span)
    aware = given(config, "zone_awareness_enabled", False)
    count = given(config, "instance_count", 1)
    return [
        Requirement(aware, "zone awareness is off", aware),
        Requirement(at_least(count, 2), "it has one data node", count),
    ]


def _redshift(graph: Graph, resource: Resource) -> list[Requirement]:
    return [_flag(resource, "multi_az")]


def _file_system(graph: Graph, resource: Resource) -> list[Requirement]:
    one_zone = resource["availability_zone_name"]
    if _present(one_zone):
        return [Requirement(is_absent(one_zone), "it is of the One Zone class", one_zone)]
    targets = graph.referring(resource, "aws_efs_mount_target", "file_system_id")
    if not targets:
        return []
    certain = [target for target in targets if _is_certain(target, resource)]
    spread_out = spread([zone_of(graph, target["subnet_id"]) for target in certain])
    for target in targets:
        spread_out = spread_out | ~exists_with(target, resource)
    place = targets[0]["subnet_id"]
    return [Requirement(spread_out, "all its mount targets are in one zone", place)]


def _fsx(graph: Graph, resource: Resource) -> list[Requirement]:
    default = "SINGLE_AZ_1" if resource.type == "aws_fsx_windows_file_system" else ""
    deployment = resource.get("deployment_type", default)
    multi = is_any_of(deployment, "MULTI_AZ_1", "MULTI_AZ_2")
    return [Requirement(multi, f"its deployment type is {_text(deployment)}", deployment)]


def _text(value: Value) -> str:
    return str(value.known_or(str(value)))


def _broker(graph: Graph, resource: Resource) -> list[Requirement]:
    mode = resource.get("deployment_mode", "SINGLE_INSTANCE")
    several = is_any_of(mode, "ACTIVE_STANDBY_MULTI_AZ", "CLUSTER_MULTI_AZ")
    return [Requirement(several, f"its deployment mode is {_text(mode)}", mode)]


def _kafka(graph: Graph, resource: Resource) -> list[Requirement]:
    nodes = resource["broker_node_group_info"]
    subnets = nodes[0]["client_subnets"]
    return [Requirement(subnets_spread(graph, subnets), "its brokers are in one zone", subnets)]


def _kafka_serverless(graph: Graph, resource: Resource) -> list[Requirement]:
    subnets = resource["vpc_config"][0]["subnet_ids"]
    return [Requirement(subnets_spread(graph, subnets), "its subnets are in one zone", subnets)]


def _elastic_documents(graph: Graph, resource: Resource) -> list[Requirement]:
    instances = resource.get("shard_instance_count", 2)
    return [Requirement(at_least(instances, 2), "its shards have no replica", instances)]


def _influx(graph: Graph, resource: Resource) -> list[Requirement]:
    deployment = resource.get("deployment_type", "SINGLE_AZ")
    multi = is_any_of(deployment, "WITH_MULTIAZ_STANDBY")
    return [Requirement(multi, f"its deployment type is {_text(deployment)}", deployment)]


def _influx_cluster(graph: Graph, resource: Resource) -> list[Requirement]:
    mode = resource.get("failover_mode", "AUTOMATIC")
    return [
        Requirement(~is_any_of(mode, "NO_FAILOVER"), "its `failover_mode` is NO_FAILOVER", mode)
    ]


def _graph_of_analytics(graph: Graph, resource: Resource) -> list[Requirement]:
    replicas = resource.get("replica_count", 1)
    return [Requirement(at_least(replicas, 1), "it has no replica", replicas)]


def _search_collection(graph: Graph, resource: Resource) -> list[Requirement]:
    standby = resource.get("standby_replicas", "ENABLED")
    met = ~is_any_of(standby, "DISABLED")
    return [Requirement(met, "its `standby_replicas` are disabled", standby)]


def _regional(graph: Graph, resource: Resource) -> list[Requirement]:
    return []


def _dax(graph: Graph, resource: Resource) -> list[Requirement]:
    nodes = resource.get("replication_factor", 1)
    requirements = [Requirement(at_least(nodes, 2), "it has fewer than two nodes", nodes)]
    zones = resource["availability_zones"]
    if holds_any(zones).truth() is not False:
        met = spread(zones.items) if isinstance(zones, Known) else holds_any(zones)
        requirements.append(Requirement(met, "all its nodes are in one zone", zones))
    return requirements


_KINDS: dict[str, tuple[str, Standby]] = {
    "aws_db_instance": ("database instance", _db_instance),
    "aws_elasticache_replication_group": ("replication group", _replication_group),
    "aws_elasticache_cluster": ("cache cluster", _cache_cluster),
    "aws_memorydb_cluster": ("MemoryDB cluster", _memorydb),
    "aws_opensearch_domain": ("search domain", _search_domain),
    "aws_elasticsearch_domain": ("search domain", _search_domain),
    "aws_redshift_cluster": ("Redshift cluster", _redshift),
    "aws_efs_file_system": ("file system", _file_system),
    "aws_fsx_windows_file_system": ("file system", _fsx),
    "aws_fsx_ontap_file_system": ("file system", _fsx),
    "aws_fsx_openzfs_file_system": ("file system", _fsx),
    "aws_mq_broker": ("message broker", _broker),
    "aws_msk_cluster": ("Kafka cluster", _kafka),
    "aws_msk_serverless_cluster": ("Kafka cluster", _kafka_serverless),
    "aws_dax_cluster": ("DAX cluster", _dax),
    "aws_docdbelastic_cluster": ("DocumentDB elastic cluster", _elastic_documents),
    "aws_timestreaminfluxdb_db_instance": ("InfluxDB instance", _influx),
    "aws_timestreaminfluxdb_db_cluster": ("InfluxDB cluster", _influx_cluster),
    "aws_neptunegraph_graph": ("Neptune Analytics graph", _graph_of_analytics),
    "aws_opensearchserverless_collection": ("search collection", _search_collection),
    "aws_dsql_cluster": ("Aurora DSQL cluster", _regional),
    "aws_dynamodb_table": ("DynamoDB table", _regional),
    "aws_keyspaces_table": ("Keyspaces table", _regional),
    "aws_elasticache_serverless_cache": ("serverless cache", _regional),
}


# -- members that are resources of their own -----------------------------------------------------


def _is_certain(member: Resource, whole: Resource) -> bool:
    return not any(True for _ in uncertainties(member, whole))


@dataclass(frozen=True, slots=True)
class _Members:
    """A cluster whose instances are resources that name it."""

    kind: str
    instance_type: str
    autoscaled_as: str = ""

    def standby(self, graph: Graph, cluster: Resource) -> list[Requirement]:
        if _is_zoneless(cluster):
            return []
        if is_any_of(cluster.get("cluster_scalability_type", "standard"), "limitless"):
            return _shard_groups(graph, cluster)
        instances = self.instances(graph, cluster)
        certain = [instance for instance in instances if _is_certain(instance, cluster)]
        if len(certain) > 1:
            return _one_zone(certain)
        if any(_is_several(instance, cluster) for instance in instances):
            return []
        if not self._scales_out(graph, cluster):
            self._exclude_more(graph, cluster, instances)
            return [_too_few(cluster, certain)]
        return []

    def instances(self, graph: Graph, cluster: Resource) -> list[Resource]:
        return graph.joined(cluster, self._join)

    @property
    def _join(self) -> Join:
        return Join(self.instance_type, "cluster_identifier", "cluster_identifier")

    def _exclude_more(self, graph: Graph, cluster: Resource, instances: list[Resource]) -> None:
        """Raise `Undecided` where there may be more instances than those certain to exist."""
        for instance in instances:
            for cause in uncertainties(instance, cluster):
                raise cause.undecided()
        more = graph.unjoined(cluster, self._join)
        if more is not None:
            raise more.undecided()

    def _scales_out(self, graph: Graph, cluster: Resource) -> bool:
        """Whether reader autoscaling keeps at least one reader; raises `Undecided`."""
        if not self.autoscaled_as:
            return False
        scales = may_have_more(graph, cluster, _READERS, _may_be_readers)
        for target in graph.joined(cluster, _READERS):
            keeps = exists_with(target, cluster) & at_least(target.get("min_capacity", 0), 1)
            scales = scales | keeps
        return bool(scales)


_READERS = Join("aws_appautoscaling_target", "resource_id", "cluster_identifier", "cluster:")
"""The scalable targets that name a cluster."""


def _may_be_readers(target: Resource) -> bool:
    return is_any_of(target["service_namespace"], "rds", "neptune").truth() is not False


def _shard_groups(graph: Graph, cluster: Resource) -> list[Requirement]:
    """Of an Aurora Limitless database, shards take the place of instances."""
    join = Join("aws_rds_shard_group", "db_cluster_identifier", "cluster_identifier")
    requirements = []
    for group in graph.joined(cluster, join):
        copies = group.get("compute_redundancy", 0)
        met = at_least(copies, 1) | ~exists_with(group, cluster)
        requirements.append(Requirement(met, "its shards have no standby", copies))
    return requirements


def _is_several(instance: Resource, cluster: Resource) -> bool:
    """Whether one resource surely stands for two instances or more: `count = var.x ? 3 : 2`."""
    causes = list(uncertainties(instance, cluster))
    counted = instance.open and _present(instance["count"])
    return counted and len(causes) == 1 and at_least(causes[0], 2).truth() is True


def _too_few(cluster: Resource, certain: list[Resource]) -> Requirement:
    if not certain:
        return Requirement(known(False), "it has no instance", known(None, cluster.span))
    repeated = (certain[0][name] for name in ("count", "for_each"))
    place = next(filter(_present, repeated), known(None, certain[0].span))
    return Requirement(known(False), "it has one instance, and no reader to fail over to", place)


def _one_zone(instances: list[Resource]) -> list[Requirement]:
    zones = [instance["availability_zone"] for instance in instances]
    if not zones or not all(map(_present, zones)):
        return []
    return [Requirement(spread(zones), "all its instances are in one zone", zones[0])]


_CLUSTERS = {
    "aws_rds_cluster": _Members("Aurora cluster", "aws_rds_cluster_instance", "rds"),
    "aws_docdb_cluster": _Members("DocumentDB cluster", "aws_docdb_cluster_instance"),
    "aws_neptune_cluster": _Members("Neptune cluster", "aws_neptune_cluster_instance", "neptune"),
}


def _is_zoneless(cluster: Resource) -> bool:
    """Aurora Serverless v1 and Multi-AZ DB clusters see to standbys themselves."""
    if not bool(is_absent(cluster["db_cluster_instance_class"])):
        return True
    return bool(is_any_of(cluster.get("engine_mode", "provisioned"), "serverless"))


def _is_headless(graph: Graph, cluster: Resource, members: _Members) -> bool:
    """A secondary of a global database without any instance of its own. A secondary takes its
    users and data from the primary."""
    own = ("master_username", "snapshot_identifier", "restore_to_point_in_time", "s3_import")
    return (
        _present(cluster["global_cluster_identifier"])
        and not any(_present(cluster[name]) for name in own)
        and not graph.referring(cluster, "aws_rds_global_cluster", "source_db_cluster_identifier")
        and not members.instances(graph, cluster)
    )
