"""AWS's data stores, and what each takes to survive the loss of a zone.

Defaults are those of the AWS provider, v5 and v6.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cloudlint.concepts.aws.zones import spread, subnets_spread, zone_of
from cloudlint.concepts.base import Requirement, at_least, is_any_of
from cloudlint.concepts.data_stores import DataStore
from cloudlint.graph import Graph, Resource, given
from cloudlint.values import Known, Value, known, same

Standby = Callable[[Graph, Resource], list[Requirement]]


def data_stores(graph: Graph) -> Iterator[DataStore]:
    """Every data store of the graph that lives in zones; regional services are none."""
    for type_, (kind, standby) in _KINDS.items():
        for resource in graph.of(type_):
            yield DataStore(resource, kind, _bind(standby, graph, resource))
    for cluster_type, members in _CLUSTERS.items():
        for resource in graph.of(cluster_type):
            yield DataStore(
                resource,
                members.kind,
                _bind(members.standby, graph, resource),
                headless=_is_headless(graph, resource, members),
            )


def _bind(standby: Standby, graph: Graph, resource: Resource) -> Callable[[], list[Requirement]]:
    def requirements() -> list[Requirement]:
        return [] if _is_copy(resource) else standby(graph, resource)

    return requirements


def _present(value: Value) -> bool:
    """Whether something is written there that is not known to be null."""
    return not (isinstance(value, Known) and value.kind == "null")


_COPIES = {
    "aws_db_instance": "replicate_source_db",
    "aws_elasticache_cluster": "replication_group_id",
}
"""Arguments that make a store a copy of another, which is judged instead."""


def _is_copy(resource: Resource) -> bool:
    argument = _COPIES.get(resource.type)
    return argument is not None and not resource[argument].is_null


def _flag(resource: Resource, name: str, default: bool = False) -> Requirement:
    value = resource.get(name, default)
    absent = not _present(resource[name])
    says = f"`{name}` is not set" if absent else f"`{name}` is {str(not default).lower()}"
    if not absent and not default:
        says = f"`{name}` is false"
    return Requirement(value, says, value)


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
    for body in (resource.body, *(mode.items if isinstance(mode, Known) else ())):
        if _present(body["replicas_per_node_group"]):
            return given(body, "replicas_per_node_group", 0)
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


def _cache_cluster(graph: Graph, resource: Resource) -> list[Requirement]:
    engine = resource.get("engine", "")
    memcached = is_any_of(engine, "memcached")
    if not memcached:
        said = known(False, engine.span).used_at(engine.place)
        return [Requirement(said, f"a {engine.string()} cache cluster has one node only", engine)]
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
        return [Requirement(_null(one_zone), "it is of the One Zone class", one_zone)]
    targets = graph.referring(resource, "aws_efs_mount_target", "file_system_id")
    if not targets or any(target.open for target in targets):
        return [*map(_open_requirement, targets)]
    zones = [zone_of(graph, target["subnet_id"]) or target["subnet_id"] for target in targets]
    place = zones[0].used_at(targets[0]["subnet_id"].place)
    return [Requirement(spread(zones), "all its mount targets are in one zone", place)]


def _open_requirement(member: Resource) -> Requirement:
    cause = member["for_each"] if _present(member["for_each"]) else member["count"]
    return Requirement(cause, "", cause)


def _null(value: Value) -> Value:
    """Three-valued: whether a value is null."""
    answer = same(value, known(None))
    return value if answer is None else known(answer)


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


def _dax(graph: Graph, resource: Resource) -> list[Requirement]:
    nodes = resource.get("replication_factor", 1)
    requirements = [Requirement(at_least(nodes, 2), "it has fewer than two nodes", nodes)]
    zones = resource["availability_zones"]
    if isinstance(zones, Known) and zones.items:
        requirements.append(
            Requirement(spread(zones.items), "all its nodes are in one zone", zones)
        )
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
}


# -- clusters whose members are resources of their own -------------------------------------------


@dataclass(frozen=True, slots=True)
class _Members:
    """A cluster whose instances are resources that name it."""

    kind: str
    instance_type: str
    autoscaled_as: str = ""

    def standby(self, graph: Graph, cluster: Resource) -> list[Requirement]:
        if _is_zoneless(cluster):
            return []
        instances = graph.referring(cluster, self.instance_type, "cluster_identifier")
        name = cluster["cluster_identifier"]
        instances = instances + graph.naming(
            cluster, name, self.instance_type, "cluster_identifier"
        )
        certain = [i for i in instances if not i.open and not _own_conditions(i, cluster)]
        if len(certain) < 2 and not self._scales_out(graph, cluster):
            _decide_rest(graph, cluster, self.instance_type, instances, certain)
            return [_too_few(cluster, certain)]
        return _one_zone(certain)

    def _scales_out(self, graph: Graph, cluster: Resource) -> bool:
        """Whether reader autoscaling keeps at least one reader."""
        if not self.autoscaled_as:
            return False
        targets = graph.referring(cluster, "aws_appautoscaling_target", "resource_id")
        return any(bool(at_least(t.get("min_capacity", 0), 1)) for t in targets)


def _own_conditions(instance: Resource, cluster: Resource) -> list[Value]:
    """What the instance's existence depends on beyond the cluster's."""
    shared = {condition.key for condition in cluster.conditions}
    return [condition for condition in instance.conditions if condition.key not in shared]


def _decide_rest(
    graph: Graph, cluster: Resource, type_: str, instances: list[Resource], certain: list[Resource]
) -> None:
    """Raise `Undecided` where there may be more instances than those certain to exist."""
    for instance in instances:
        for condition in _own_conditions(instance, cluster):
            raise condition.undecided()
        if instance.open:
            cause = _open_requirement(instance).at
            raise cause.undecided()
    for instance in graph.adrift(cluster, type_, "cluster_identifier"):
        raise instance["cluster_identifier"].undecided()


def _too_few(cluster: Resource, certain: list[Resource]) -> Requirement:
    if not certain:
        place = known(False, cluster.span)
        return Requirement(place, "it has no instance", place)
    place = known(False, certain[0].span)
    if _present(certain[0]["count"]):
        place = known(False, certain[0]["count"].span).used_at(certain[0]["count"].place)
    return Requirement(place, "it has one instance, and no reader to fail over to", place)


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
    if not cluster["db_cluster_instance_class"].is_null:
        return True
    return bool(is_any_of(cluster.get("engine_mode", "provisioned"), "serverless"))


def _is_headless(graph: Graph, resource: Resource, members: _Members) -> bool:
    """A secondary of a global database without any instance of its own."""
    secondary = _present(resource["global_cluster_identifier"]) and (
        _present(resource["source_region"]) or _present(resource["replication_source_identifier"])
    )
    return secondary and not graph.referring(resource, members.instance_type, "cluster_identifier")
