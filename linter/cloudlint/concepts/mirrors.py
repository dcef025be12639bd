"""Which data stores of Terraform's production the services of compose stand for.

Both belong to one repository; they are matched by what they are used for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

from cloudlint.concepts import image_data
from cloudlint.concepts.base import Concept, Requirement, Unknowable
from cloudlint.concepts.images import image_name
from cloudlint.concepts.parity import MirroredStore
from cloudlint.concepts.services import built_stages, image_below
from cloudlint.graph import Environment, Graph, Resource
from cloudlint.graph.build_contexts import places
from cloudlint.graph.services import ProjectService, services
from cloudlint.values import Known, Origin, Undecided, Value, known

_FAMILIES = {
    "relational database": "PostgreSQL MySQL MariaDB SQL_Server Oracle Db2",
    "cache": "Redis Valkey Memcached",
    "document database": "MongoDB",
    "search engine": "Elasticsearch OpenSearch",
    "message broker": "RabbitMQ ActiveMQ",
    "event stream": "Kafka",
    "key-value store": "DynamoDB",
}
_FAMILY_OF = {
    engine.replace("_", " "): family
    for family, engines in _FAMILIES.items()
    for engine in engines.split()
}
_ENGINES = {
    "activemq": "ActiveMQ",
    "aurora": "MySQL",
    "aurora-mysql": "MySQL",
    "aurora-postgresql": "PostgreSQL",
    "elasticsearch": "Elasticsearch",
    "mariadb": "MariaDB",
    "memcached": "Memcached",
    "mysql": "MySQL",
    "opensearch": "OpenSearch",
    "postgres": "PostgreSQL",
    "rabbitmq": "RabbitMQ",
    "redis": "Redis",
    "valkey": "Valkey",
}
"""What AWS calls engines, in lower case."""

_STAND_INS = {
    "bitnami/memcached": "Memcached",
    "localstack/localstack": "DynamoDB",
    "memcached": "Memcached",
}
_UNVERSIONED = frozenset({"DynamoDB", "MongoDB"})
"""Engines whose stand-ins, or whose production (DocumentDB), have versions of their own."""

_TWO_PART_MAJORS = frozenset({"MySQL", "MariaDB"})
_VERSION = re.compile(r"(?:\A|_|\bpg)v?(\d+)(?:\.(\d+))?")


@dataclass(frozen=True, slots=True, eq=False)
class Store:
    """A data store with what it is used for. `engine` and `version` are texts; an empty version
    is one of no concern; both may raise `Undecided`."""

    resource: Resource
    family: str
    engine: Callable[[], str]
    version: Callable[[], str]
    at: Value

    def major(self) -> str:
        """Its engine and the major version, as far as that is said."""
        engine = self.engine()
        parts = [] if engine in _UNVERSIONED else _VERSION.findall(self.version())
        if not parts:
            return engine
        first, second = parts[-1]
        minor = f".{second}" if engine in _TWO_PART_MAJORS and second else ""
        return f"{engine} {first}{minor}"


def mirrored_stores(graph: Graph) -> Iterator[Concept]:
    """The stores of compose that production has a match for, and those of production that a
    compose project has none for. A project stands for what is in its folder before anything
    else."""
    production = _by_place(_stores_of_production(graph))
    if not production:
        return
    built = {service.key: stage for service, stage in built_stages(graph)}
    for directory, members in _projects(graph).items():
        here = production.get(directory)
        stores = here or production["."]
        local = _by_family(_stores_of_services(members, built))
        yield from _unknowable(members)
        for family in stores:
            match = _Match(local.get(family, []), stores[family])
            for mirror in local.get(family, []):
                name = mirror.resource.address.removeprefix(f"{mirror.resource.type}.")
                yield MirroredStore(mirror.resource, partial(match.parity, mirror), name)
            if family not in local and here and _is_whole(members):
                missed = stores[family][0]
                yield MirroredStore(missed.resource, partial(_missing, members, missed))


def _projects(graph: Graph) -> dict[str, list[Resource]]:
    """The services of compose by the folder of their project."""
    found: dict[str, list[Resource]] = {}
    for resource, model in services(graph):
        found.setdefault(model.project.directory or ".", []).append(resource)
    return found


def _is_whole(members: list[Resource]) -> bool:
    """Whether the services are those of one project, and it runs what the repository builds."""
    models = [one.model for one in members if isinstance(one.model, ProjectService)]
    is_one = len({model.project.files for model in models}) == 1
    return is_one and any(model.service.build is not None for model in models)


def _by_place(stores: Iterable[Store]) -> dict[str, dict[str, list[Store]]]:
    """Stores by every folder they are in and by what they are used for."""
    found: dict[str, dict[str, list[Store]]] = {}
    for store in stores:
        for folder in places(store.resource.span.path):
            found.setdefault(folder, {}).setdefault(store.family, []).append(store)
    return found


def _by_family(stores: Iterable[Store]) -> dict[str, list[Store]]:
    found: dict[str, list[Store]] = {}
    for store in stores:
        found.setdefault(store.family, []).append(store)
    return found


# -- comparing -----------------------------------------------------------------------------------


class _Match:
    """The stores of one family in compose and in production, by engine and major version."""

    def __init__(self, mirrors: list[Store], stores: list[Store]) -> None:
        self._mirrors, self._stores = mirrors, stores

    @cached_property
    def _here(self) -> dict[str, dict[str, Store]]:
        return _majors(self._mirrors)

    @cached_property
    def _there(self) -> dict[str, dict[str, Store]]:
        return _majors(self._stores)

    def parity(self, mirror: Store) -> list[Requirement]:
        """One of the same engine is what it stands for, before any other of its family."""
        engine = mirror.engine()
        is_alike = engine in self._there
        here = self._here[engine] if is_alike else _all(self._here)
        there = self._there[engine] if is_alike else _all(self._there)
        if here.keys() == there.keys():
            return []
        if len(here) > 1 or len(there) > 1:
            what = f"which {mirror.family} of production {mirror.resource} stands for"
            raise Undecided(Origin(what, "is not known"), mirror.at)
        (other, store), own = next(iter(there.items())), mirror.major()
        problem = f"is {own}, where production ({store.resource}) has {other}"
        return [Requirement(known(_agree(own, other)), problem, mirror.at)]


def _majors(stores: list[Store]) -> dict[str, dict[str, Store]]:
    found: dict[str, dict[str, Store]] = {}
    for store in stores:
        found.setdefault(store.engine(), {}).setdefault(store.major(), store)
    return found


def _all(by_engine: dict[str, dict[str, Store]]) -> dict[str, Store]:
    return {major: store for stores in by_engine.values() for major, store in stores.items()}


def _agree(one: str, other: str) -> bool:
    """Whether two are the same as far as both say: `MySQL 8` and `MySQL 8.0` are."""
    shorter, longer = sorted((one, other), key=len)
    if shorter in _FAMILY_OF and longer.startswith(f"{shorter} "):
        raise Undecided(Origin(f"the version of {shorter}", "is not known"))
    return longer == shorter or longer.startswith(f"{shorter}.")


def _missing(members: list[Resource], store: Store) -> list[Requirement]:
    """Raises `Undecided` where a service may be the mirror for all that is known."""
    for resource in members:
        if isinstance(resource.model, ProjectService) and resource.model.service.build is None:
            image_name(resource.model.service.image)
    problem = f"is a {store.family} ({store.engine()}) that no service of compose stands for"
    return [Requirement(known(False), problem, known(None, store.resource.span))]


# -- compose -------------------------------------------------------------------------------------


def _stores_of_services(members: list[Resource], built: Mapping[str, Resource]) -> Iterator[Store]:
    for resource in members:
        if not isinstance(resource.model, ProjectService):
            continue
        model = resource.model
        reference = image_below(model.service, built.get(resource.key))
        try:
            name = image_name(reference) if reference is not None else None
        except Undecided:
            continue
        path = name.path if name else ""
        engine = _STAND_INS.get(path) or image_data.STATEFUL.get(path, "").removesuffix(" Local")
        if name and reference is not None and engine in _FAMILY_OF:
            family, own = _FAMILY_OF[engine], model.service.build is None
            at = reference if own else known(None, resource.span)
            yield Store(resource, family, partial(str, engine), partial(_tag, name.tag), at)


def _tag(tag: Value) -> str:
    """A tag as far as it names a version; raises `Undecided` where it is not known."""
    return "" if tag.is_null else tag.string()


def _unknowable(members: list[Resource]) -> Iterator[Unknowable]:
    """The services that may be any store for all that is known."""
    for resource in members:
        if isinstance(resource.model, ProjectService) and resource.model.service.build is None:
            image = resource.model.service.image
            try:
                image_name(image)
            except Undecided as undecided:
                if not image.is_wholly_known():
                    yield Unknowable(resource, undecided)


# -- Terraform -----------------------------------------------------------------------------------

_TYPES: dict[str, tuple[str, str, str, str]] = {
    "aws_db_instance": ("relational database", "engine", "", "engine_version"),
    "aws_docdb_cluster": ("document database", "", "MongoDB", ""),
    "aws_dynamodb_table": ("key-value store", "", "DynamoDB", ""),
    "aws_elasticache_cluster": ("cache", "engine", "", "engine_version"),
    "aws_elasticache_replication_group": ("cache", "engine", "redis", "engine_version"),
    "aws_elasticache_serverless_cache": ("cache", "engine", "", "major_engine_version"),
    "aws_elasticsearch_domain": ("search engine", "", "Elasticsearch", "elasticsearch_version"),
    "aws_memorydb_cluster": ("cache", "engine", "redis", "engine_version"),
    "aws_mq_broker": ("message broker", "engine_type", "", "engine_version"),
    "aws_msk_cluster": ("event stream", "", "Kafka", "kafka_version"),
    "aws_opensearch_domain": ("search engine", "", "OpenSearch", "engine_version"),
    "aws_rds_cluster": ("relational database", "engine", "", "engine_version"),
}
"""What stores are used for, the argument that names the engine, the engine where that is absent,
and the argument that gives its version."""

_COPIES = {
    "aws_db_instance": "replicate_source_db",
    "aws_elasticache_cluster": "replication_group_id",
    "aws_elasticache_replication_group": "global_replication_group_id",
    "aws_rds_cluster": "replication_source_identifier",
}
"""Arguments that make a store a copy of another."""


def _stores_of_production(graph: Graph) -> Iterator[Store]:
    for type_, (family, engine, default, version) in _TYPES.items():
        for resource in graph.of(type_):
            if resource.environment is Environment.PRODUCTION and not _is_copy(resource):
                yield Store(
                    resource,
                    family,
                    partial(_engine, resource, engine, default, version),
                    partial(_version, resource, version),
                    known(None, resource.span),
                )


def _is_copy(resource: Resource) -> bool:
    argument = _COPIES.get(resource.type)
    source = resource[argument] if argument else None
    return isinstance(source, Known) and not source.is_null


def _engine(resource: Resource, argument: str, default: str, version: str) -> str:
    if resource[version].known_or("") and resource.type == "aws_opensearch_domain":
        default = resource[version].string().partition("_")[0]
    name = resource.get(argument, default).string() if argument else default
    return _ENGINES.get(name.lower(), name)


def _version(resource: Resource, argument: str) -> str:
    value = resource[argument]
    return "" if not argument or value.is_null else value.string()
