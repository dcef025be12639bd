"""What is known of the services that public images run: where they keep data, where they answer,
whether they look after themselves. Facts from their own Dockerfiles and documentation, as of
2026-11. What is not listed is not known.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

_DIRECTORIES: dict[str, tuple[str, ...]] = {
    "PostgreSQL": ("/var/lib/postgresql/data", "/var/lib/postgresql"),
    "MySQL": ("/var/lib/mysql",),
    "MariaDB": ("/var/lib/mysql",),
    "MongoDB": ("/data/db",),
    "Redis": ("/data",),
    "Valkey": ("/data",),
    "Elasticsearch": ("/usr/share/elasticsearch/data",),
    "OpenSearch": ("/usr/share/opensearch/data",),
    "RabbitMQ": ("/var/lib/rabbitmq",),
    "Cassandra": ("/var/lib/cassandra",),
    "ScyllaDB": ("/var/lib/scylla",),
    "ClickHouse": ("/var/lib/clickhouse",),
    "CockroachDB": ("/cockroach/cockroach-data",),
    "CouchDB": ("/opt/couchdb/data",),
    "Couchbase": ("/opt/couchbase/var",),
    "InfluxDB": ("/var/lib/influxdb2", "/var/lib/influxdb"),
    "Neo4j": ("/data",),
    "MinIO": ("/data",),
    "SQL Server": ("/var/opt/mssql",),
    "Solr": ("/var/solr",),
    "RethinkDB": ("/data",),
    "ArangoDB": ("/var/lib/arangodb3",),
}
"""Where an engine's own image keeps its data, by engine; any of them."""

_DIRECTORIES_OF_IMAGES: dict[str, tuple[str, ...]] = {
    "apache/kafka": ("/var/lib/kafka/data", "/tmp/kafka-logs"),  # noqa: S108 - in the image
    "confluentinc/cp-kafka": ("/var/lib/kafka/data",),
    "confluentinc/cp-zookeeper": ("/var/lib/zookeeper/data",),
    "linuxserver/mariadb": ("/config",),
    "timescale/timescaledb-ha": ("/home/postgres/pgdata",),
    "zookeeper": ("/data",),
}

_SETTINGS: dict[str, str] = {"PostgreSQL": "PGDATA", "RabbitMQ": "RABBITMQ_MNESIA_DIR"}
"""Variables that say where an engine keeps its data."""

_OPTIONS: dict[str, tuple[str, ...]] = {
    "MySQL": ("--datadir",),
    "MariaDB": ("--datadir",),
    "MongoDB": ("--dbpath",),
    "Redis": ("--dir",),
    "Valkey": ("--dir",),
}
"""Arguments of its command that do."""

PORTS: dict[str, tuple[int, ...]] = {
    "PostgreSQL": (5432,),
    "MySQL": (3306, 33060),
    "MariaDB": (3306,),
    "MongoDB": (27017,),
    "Redis": (6379,),
    "Valkey": (6379,),
    "Elasticsearch": (9200, 9300),
    "OpenSearch": (9200, 9300),
    "RabbitMQ": (5672, 5671),
    "Kafka": (9092,),
    "ZooKeeper": (2181,),
    "Cassandra": (9042, 7000, 7001, 7199, 9160),
    "ScyllaDB": (9042, 9142),
    "ClickHouse": (8123, 9000, 9004, 9005, 9009),
    "CockroachDB": (26257,),
    "CouchDB": (5984,),
    "Couchbase": (8091, 8092, 8093, 8094, 11210),
    "InfluxDB": (8086,),
    "Neo4j": (7687, 7474),
    "MinIO": (9000,),
    "SQL Server": (1433,),
    "Solr": (8983,),
    "DynamoDB Local": (8000,),
    "RethinkDB": (28015, 29015),
    "ArangoDB": (8529,),
}
"""Where an engine answers its clients."""

IN_MEMORY = frozenset({"DynamoDB Local"})
"""Stand-ins that keep nothing on purpose."""

CACHES = frozenset({"Redis", "Valkey"})
"""Engines that are caches unless they are told to keep what they hold."""

OWN_HEALTH_CHECK = frozenset(
    "axllent/mailpit cadvisor/cadvisor gitlab/gitlab-ce gitlab/gitlab-ee google/cadvisor "
    "louislam/uptime-kuma mysql/mysql-server pihole/pihole plexinc/pms-docker sonarr/sonarr "
    "vaultwarden/server".split()
)
"""Images whose Dockerfile has a `HEALTHCHECK`."""

_EXPOSED: dict[str, tuple[int, ...]] = {
    "caddy": (80, 443, 2019),
    "grafana/grafana": (3000,),
    "httpd": (80,),
    "jetty": (8080,),
    "nginx": (80,),
    "nginxinc/nginx-unprivileged": (8080,),
    "tomcat": (8080, 8443),
    "wordpress": (80, 9000),
}
"""Ports that images expose and Dockerfiles on top of them inherit."""


def exposed(path: str, tag: str) -> tuple[int, ...] | None:
    """The ports that a base image exposes; None where that is not known."""
    if path == "php":
        return (80,) if "apache" in tag else (9000,) if "fpm" in tag else ()
    return _EXPOSED.get(path)


def directories(engine: str, path: str) -> tuple[str, ...]:
    """Where an image of an engine keeps its data, by its repository without registry; nothing
    where that is not known."""
    if path.startswith(("bitnami/", "bitnamilegacy/")):
        return (f"/bitnami/{path.partition('/')[2]}",)
    return _DIRECTORIES_OF_IMAGES.get(path) or _DIRECTORIES.get(engine, ())


def directory_variable(engine: str) -> str:
    """The variable that says where an engine keeps its data, empty where there is none."""
    return _SETTINGS.get(engine, "")


def directory_options(engine: str, words: list[str]) -> Iterator[str]:
    """Where the words of a command tell an engine to keep its data."""
    if engine == "MinIO" and "server" in words:
        yield from (word for word in words[words.index("server") + 1 :] if word.startswith("/"))
    for option in _OPTIONS.get(engine, ()):
        for word, following in pairwise([*words, ""]):
            if word == option:
                yield following
            elif word.startswith(f"{option}="):
                yield word.removeprefix(f"{option}=")


def keeps_data(engine: str, words: list[str]) -> bool | None:
    """Whether a cache's command tells it to keep what it holds on disk (True) or not to (False);
    None where it says nothing."""
    told = None
    for word, following in pairwise([*words, ""]):
        if word == "--appendonly":
            told = following.strip("\"'") == "yes" or bool(told)
        elif word == "--save":
            told = bool(following.strip("\"'")) or bool(told)
    return told
