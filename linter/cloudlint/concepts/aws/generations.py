"""The classes of AWS's machines, databases, caches and disks, where they are written."""

from __future__ import annotations

from collections.abc import Iterator

from cloudlint.concepts.aws import generation_data as data
from cloudlint.concepts.base import Unknowable, is_absent, is_any_of
from cloudlint.concepts.generations import Generation
from cloudlint.graph import Graph, Resource
from cloudlint.values import Known, Template, Undecided, Value, applied, known
from cloudlint.values.symbols import Choice
from cloudlint.values.types import BOOL

Path = tuple[str, ...]

_OVERRIDES = (
    "mixed_instances_policy",
    "*",
    "launch_template",
    "*",
    "override",
    "*",
    "instance_type",
)

_CLASSES: dict[str, tuple[str, frozenset[str], tuple[Path, ...]]] = {
    "aws_instance": ("instance type", data.MACHINES, (("instance_type",),)),
    "aws_spot_instance_request": ("instance type", data.MACHINES, (("instance_type",),)),
    "aws_launch_template": ("instance type", data.MACHINES, (("instance_type",),)),
    "aws_launch_configuration": ("instance type", data.MACHINES, (("instance_type",),)),
    "aws_eks_node_group": ("instance type", data.MACHINES, (("instance_types", "*"),)),
    "aws_autoscaling_group": (
        "instance type",
        data.MACHINES,
        (
            (
                "mixed_instances_policy",
                "*",
                "launch_template",
                "*",
                "override",
                "*",
                "instance_type",
            ),
        ),
    ),
    "aws_db_instance": ("instance class", data.DATABASES, (("instance_class",),)),
    "aws_rds_cluster_instance": ("instance class", data.DATABASES, (("instance_class",),)),
    "aws_docdb_cluster_instance": ("instance class", data.DATABASES, (("instance_class",),)),
    "aws_neptune_cluster_instance": ("instance class", data.DATABASES, (("instance_class",),)),
    "aws_elasticache_cluster": ("node type", data.CACHES, (("node_type",),)),
    "aws_elasticache_replication_group": ("node type", data.CACHES, (("node_type",),)),
    "aws_redshift_cluster": ("node type", data.WAREHOUSES, (("node_type",),)),
    "aws_opensearch_domain": (
        "instance type",
        data.SEARCHES,
        (("cluster_config", "*", "instance_type"),),
    ),
    "aws_elasticsearch_domain": (
        "instance type",
        data.SEARCHES,
        (("cluster_config", "*", "instance_type"),),
    ),
}
"""Where classes stand: what they are called, the previous families, and the ways to them."""

_OF_MACHINES: tuple[Path, ...] = (
    ("root_block_device", "*", "volume_type"),
    ("ebs_block_device", "*", "volume_type"),
)
_DISKS: dict[str, tuple[Path, ...]] = {
    "aws_instance": _OF_MACHINES,
    "aws_spot_instance_request": _OF_MACHINES,
    "aws_launch_configuration": _OF_MACHINES,
    "aws_launch_template": (("block_device_mappings", "*", "ebs", "*", "volume_type"),),
    "aws_ebs_volume": (("type",),),
    "aws_db_instance": (("storage_type",),),
}


def generations(graph: Graph) -> Iterator[Generation | Unknowable]:
    """Every class of a machine or a disk that is written, in the order of types."""
    for type_, (kind, families, paths) in _CLASSES.items():
        for resource in graph.of(type_):
            for name in _found(resource, paths):
                if isinstance(name, Unknowable):
                    yield name
                    continue
                previous = _is_of(name, families)
                yield Generation(resource, kind, name, previous, "a current generation")
    for type_, paths in _DISKS.items():
        for resource in graph.of(type_):
            for name in _found(resource, paths):
                if isinstance(name, Unknowable):
                    yield name
                    continue
                successor = data.DISKS.get(str(name.known_or("")), "gp3")
                previous = is_any_of(name, *data.DISKS)
                yield Generation(resource, "type of disk", name, previous, f"`{successor}`")


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
