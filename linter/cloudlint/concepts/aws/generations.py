"""The classes of AWS's machines, databases, caches and disks, where they are written."""

from __future__ import annotations

from collections.abc import Iterator

from cloudlint.concepts.aws import beanstalk
from cloudlint.concepts.aws import generation_data as data
from cloudlint.concepts.base import Unknowable, is_absent, is_any_of
from cloudlint.concepts.generations import Generation
from cloudlint.graph import Graph, Resource
from cloudlint.values import Known, Template, Undecided, Value, applied, known
from cloudlint.values.symbols import Choice
from cloudlint.values.types import BOOL

Path = tuple[str, ...]

_MACHINE: tuple[Path, ...] = (("instance_type",),)
_OVERRIDES: Path = ("launch_template", "*", "override", "*", "instance_type")
_OF_GROUP: tuple[Path, ...] = (("mixed_instances_policy", "*", *_OVERRIDES),)
_OF_CLUSTER: tuple[Path, ...] = tuple(
    (f"{role}_instance_{kind}", "*", *path, "instance_type")
    for role in ("master", "core")
    for kind, path in (("group", ()), ("fleet", ("instance_type_configs", "*")))
)
_OF_SPOT_FLEET: tuple[Path, ...] = (
    ("launch_specification", "*", "instance_type"),
    ("launch_template_config", "*", "overrides", "*", "instance_type"),
)
_OF_DOMAIN: tuple[Path, ...] = tuple(
    ("cluster_config", "*", name) for name in ("instance_type", "dedicated_master_type")
)
_CLASSES: tuple[tuple[str, frozenset[str], dict[str, tuple[Path, ...]]], ...] = (
    (
        "instance type",
        data.MACHINES,
        {
            "aws_instance": _MACHINE,
            "aws_spot_instance_request": _MACHINE,
            "aws_launch_template": _MACHINE,
            "aws_launch_configuration": _MACHINE,
            "aws_eks_node_group": (("instance_types", "*"),),
            "aws_autoscaling_group": _OF_GROUP,
            "aws_batch_compute_environment": (("compute_resources", "*", "instance_type", "*"),),
            "aws_cloud9_environment_ec2": _MACHINE,
            "aws_ec2_capacity_reservation": _MACHINE,
            "aws_ec2_fleet": (("launch_template_config", "*", "override", "*", "instance_type"),),
            "aws_ec2_host": (("instance_type",), ("instance_family",)),
            "aws_emr_cluster": _OF_CLUSTER,
            "aws_emr_instance_fleet": (("instance_type_configs", "*", "instance_type"),),
            "aws_emr_instance_group": _MACHINE,
            "aws_gamelift_fleet": (("ec2_instance_type",),),
            "aws_imagebuilder_infrastructure_configuration": (("instance_types", "*"),),
            "aws_spot_fleet_request": _OF_SPOT_FLEET,
        },
    ),
    (
        "instance class",
        data.DATABASES,
        {
            "aws_db_instance": (("instance_class",),),
            "aws_rds_cluster": (("db_cluster_instance_class",),),
            "aws_rds_cluster_instance": (("instance_class",),),
            "aws_docdb_cluster_instance": (("instance_class",),),
            "aws_neptune_cluster_instance": (("instance_class",),),
        },
    ),
    (
        "node type",
        data.CACHES,
        {
            "aws_elasticache_cluster": (("node_type",),),
            "aws_elasticache_global_replication_group": (("cache_node_type",),),
            "aws_elasticache_replication_group": (("node_type",),),
        },
    ),
    ("node type", data.WAREHOUSES, {"aws_redshift_cluster": (("node_type",),)}),
    (
        "instance type",
        data.SEARCHES,
        {"aws_opensearch_domain": _OF_DOMAIN, "aws_elasticsearch_domain": _OF_DOMAIN},
    ),
)
"""Where classes stand: what they are called, the previous families, and the ways to them."""

_OF_MACHINES: tuple[Path, ...] = (
    ("root_block_device", "*", "volume_type"),
    ("ebs_block_device", "*", "volume_type"),
)
_MAPPED: tuple[Path, ...] = (("block_device_mappings", "*", "ebs", "*", "volume_type"),)
_STORAGE: tuple[Path, ...] = (("storage_type",),)
_OF_NODES: Path = ("ebs_config", "*", "type")
_DISKS: dict[str, tuple[Path, ...]] = {
    "aws_instance": _OF_MACHINES,
    "aws_spot_instance_request": _OF_MACHINES,
    "aws_launch_configuration": _OF_MACHINES,
    "aws_launch_template": _MAPPED,
    "aws_ebs_volume": (("type",),),
    "aws_db_instance": _STORAGE,
    "aws_rds_cluster": _STORAGE,
    "aws_emr_cluster": tuple(
        (f"{role}_instance_group", "*", *_OF_NODES) for role in ("master", "core")
    ),
    "aws_emr_instance_group": (_OF_NODES,),
    "aws_imagebuilder_image_recipe": (("block_device_mapping", "*", "ebs", "*", "volume_type"),),
    "aws_spot_fleet_request": tuple(("launch_specification", "*", *way) for way in _OF_MACHINES),
}
_OF_DOMAINS: tuple[Path, ...] = (("ebs_options", "*", "volume_type"),)
_SEARCH_DISKS = {"aws_opensearch_domain": _OF_DOMAINS, "aws_elasticsearch_domain": _OF_DOMAINS}


def generations(graph: Graph) -> Iterator[Generation | Unknowable]:
    """Every class of a machine or a disk that is written, in the order of types."""
    for kind, families, ways in _CLASSES:
        for resource, name in _written(graph, ways):
            yield name if isinstance(name, Unknowable) else _class(resource, kind, families, name)
    for successors, ways in ((data.DISKS, _DISKS), (data.SEARCH_DISKS, _SEARCH_DISKS)):
        for resource, name in _written(graph, ways):
            yield name if isinstance(name, Unknowable) else _disk(resource, successors, name)
    for environment in graph.of("aws_elastic_beanstalk_environment"):
        try:
            yield from list(_of_environment(environment))
        except Undecided as undecided:
            yield Unknowable(environment, undecided)


def _class(resource: Resource, kind: str, families: frozenset[str], name: Value) -> Generation:
    return Generation(resource, kind, name, _is_of(name, families), "a current generation")


def _disk(resource: Resource, successors: dict[str, str], name: Value) -> Generation:
    successor = successors.get(str(name.known_or("")), "gp3")
    previous = is_any_of(name, *successors)
    return Generation(resource, "type of disk", name, previous, f"`{successor}`")


def _of_environment(environment: Resource) -> Iterator[Generation]:
    for name in beanstalk.instance_types(environment):
        yield _class(environment, "instance type", data.MACHINES, name)
    for name in beanstalk.volume_types(environment):
        yield _disk(environment, data.DISKS, name)


def _written(
    graph: Graph, ways: dict[str, tuple[Path, ...]]
) -> Iterator[tuple[Resource, Value | Unknowable]]:
    for type_, paths in ways.items():
        for resource in graph.of(type_):
            for name in _found(resource, paths):
                yield resource, name


def _found(resource: Resource, paths: tuple[Path, ...]) -> Iterator[Value | Unknowable]:
    """What stands at the end of these ways and is not absent."""
    for path in paths:
        try:
            for value in list(_at(resource.body, path)):
                if is_absent(value).truth() is not True:
                    yield value
        except Undecided as undecided:
            yield Unknowable(resource, undecided)


def _at(value: Value, path: Path) -> Iterator[Value]:
    if not path:
        yield value
    elif path[0] == "*":
        for item in value:
            yield from _at(item, path[1:])
    else:
        yield from _at(value[path[0]], path[1:])


def _is_of(name: Value, families: frozenset[str]) -> Value:
    """Three-valued: whether a class is of one of these families: `m4.large`, `db.m4.large`."""
    if isinstance(name, Known):
        return known(_family(str(name.data)) in families)
    if isinstance(name, Template) and name.prefix.count(".") > next(iter(families)).count("."):
        return known(_family(name.prefix) in families)
    symbol = name.symbol
    if isinstance(symbol, Choice):
        then, otherwise = _is_of(symbol.then, families), _is_of(symbol.otherwise, families)
        if then.truth() is not None and then.truth() == otherwise.truth():
            return then
    return applied("generation", name, type_=BOOL)


def _family(name: str) -> str:
    """`m4` of `m4.large` and `m4.large.search`, `db.m4` of `db.m4.large`."""
    parts = name.split(".")
    return ".".join(parts[:2]) if parts[0] in ("db", "cache") else parts[0]
