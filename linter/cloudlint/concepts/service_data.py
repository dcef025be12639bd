"""What is known of the services that public images run: where they keep data, where they answer,
whether they look after themselves. What is not listed is not known.

Sources: the Dockerfiles of each image's own repository (`VOLUME`, `EXPOSE`, `HEALTHCHECK`), and its
page in Docker's library or its project's documentation, as of 2026-11.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from itertools import pairwise

from cloudlint.concepts.image_data import STATEFUL

_DIRECTORIES: dict[str, tuple[str, ...]] = {
    "PostgreSQL": ("/var/lib/postgresql/data", "/var/lib/postgresql"),
    "MySQL": ("/var/lib/mysql",),
    "MariaDB": ("/var/lib/mysql",),
    "MongoDB": ("/data/db",),
    "Redis": ("/data",),
    "Valkey": ("/data",),
    "Elasticsearch": ("/usr/share/elasticsearch/data",),
    "OpenSearch": ("/usr/share/opensearch/data",),
    "RabbitMQ": ("/var/lib/rabbitmq", "/var/lib/rabbitmq/mnesia"),
    "Cassandra": ("/var/lib/cassandra", "/var/lib/cassandra/data"),
    "ScyllaDB": ("/var/lib/scylla",),
    "ClickHouse": ("/var/lib/clickhouse",),
    "CockroachDB": ("/cockroach/cockroach-data",),
    "CouchDB": ("/opt/couchdb/data", "/usr/local/var/lib/couchdb"),
    "CrateDB": ("/data",),
    "Couchbase": ("/opt/couchbase/var",),
    "InfluxDB": ("/var/lib/influxdb2", "/var/lib/influxdb", "/var/lib/influxdb3"),
    "Neo4j": ("/data", "/var/lib/neo4j/data"),
    "Meilisearch": ("/meili_data",),
    "MinIO": ("/data",),
    "Qdrant": ("/qdrant/storage",),
    "SQL Server": ("/var/opt/mssql", "/var/opt/mssql/data"),
    "Solr": ("/var/solr", "/var/solr/data"),
    "RethinkDB": ("/data",),
    "ArangoDB": ("/var/lib/arangodb3",),
}
"""Where an engine's own image keeps its data, by engine; any of them."""

VOLUMES = frozenset({"/data/db", "/var/lib/postgresql/data"})
"""Directories that their images declare to be volumes, so that a new one comes between them and
what is mounted on a directory above them."""

_DIRECTORIES_OF_IMAGES: dict[str, tuple[str, ...]] = {
    "apache/kafka": ("/var/lib/kafka/data", "/tmp/kraft-combined-logs"),  # noqa: S108 - in the image
    "confluentinc/cp-kafka": ("/var/lib/kafka/data",),
    "confluentinc/cp-zookeeper": ("/var/lib/zookeeper/data",),
    "linuxserver/mariadb": ("/config",),
    "percona/percona-distribution-postgresql": ("/data/db", "/pgdata"),
    "timescale/timescaledb-ha": ("/home/postgres/pgdata",),
    "zookeeper": ("/data",),
}

_SETTINGS: dict[str, str] = {
    "Kafka": "KAFKA_LOG_DIRS",
    "PostgreSQL": "PGDATA",
    "RabbitMQ": "RABBITMQ_MNESIA_DIR",
}
"""Variables that say where an engine keeps its data."""

_OPTIONS: dict[str, tuple[str, ...]] = {
    "MySQL": ("--datadir",),
    "MariaDB": ("--datadir",),
    "MongoDB": ("--dbpath",),
    "Redis": ("--dir",),
    "Valkey": ("--dir",),
}
"""Arguments of its command that do."""

_KEEPING = ("--appendonly", "--save")
"""Arguments that tell a cache to keep what it holds."""

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
    "CrateDB": (4200, 5432),
    "Couchbase": (8091, 8092, 8093, 8094, 11210),
    "InfluxDB": (8086, 8181),
    "Meilisearch": (7700,),
    "Neo4j": (7687, 7474, 7473),
    "Qdrant": (6333, 6334),
    "MinIO": (9000,),
    "SQL Server": (1433,),
    "Solr": (8983,),
    "DynamoDB Local": (8000,),
    "RethinkDB": (28015, 29015),
    "ArangoDB": (8529,),
    "Memcached": (11211,),
    "etcd": (2379, 2380),
}
"""Where an engine answers its clients."""

OTHER_STORES = {
    "bitnami/etcd": "etcd",
    "bitnami/memcached": "Memcached",
    "bitnamilegacy/etcd": "etcd",
    "bitnamilegacy/memcached": "Memcached",
    "coreos/etcd": "etcd",
    "memcached": "Memcached",
}
"""Stores that are ready at once or keep nothing, by repository without registry: they only must
not be open to everybody."""

IN_MEMORY = frozenset({"DynamoDB Local"})
"""Stand-ins that keep nothing on purpose."""

_SHELLS = frozenset({"sh", "bash", "ash", "dash"})
_CLIENTS = frozenset(
    "psql createdb dropdb createuser pg_dump pg_dumpall pg_restore pg_isready mysql mysqldump "
    "mysqladmin mysqlimport mariadb mariadb-dump mariadb-admin mongosh mongo mongodump mongoimport "
    "mongorestore redis-cli valkey-cli clickhouse-client cqlsh influx sqlcmd rabbitmqadmin".split()
)
"""Programs in images of engines that ask an engine somewhere else."""
_SERVERS = re.compile(
    r"docker-entrypoint\.sh|\b(?:mysqld|mariadbd|mongod|redis-server|valkey-server|rabbitmq-server)\b"
    r"|\bpostgres +-|exec +postgres\b"
)
_NAME = re.compile(r"[\w.-]+")


def is_client(words: list[str]) -> bool:
    """Whether what a container runs, its entrypoint and command as far as it has any of its own,
    only asks an engine somewhere else."""
    if not words:
        return False
    name, script = words[0].rpartition("/")[2], " ".join(words[1:])
    if name in _SHELLS:
        called = not _CLIENTS.isdisjoint(_NAME.findall(script))
        return called and _SERVERS.search(script) is None
    return name in _CLIENTS


CACHES = frozenset({"Redis", "Valkey"})
"""Engines that are caches unless they are told to keep what they hold."""

OWN_HEALTH_CHECK = (
    "axllent/mailpit cadvisor/cadvisor confluentinc/cp-kafka-connect "
    "confluentinc/cp-kafka-connect-base gitlab/gitlab-ce gitlab/gitlab-ee google/cadvisor "
    "hazelcast/hazelcast jupyter/*-notebook kong kong/kong louislam/uptime-kuma "
    "mysql/mysql-cluster mysql/mysql-router mysql/mysql-server nodered/node-red pihole/pihole "
    "plexinc/pms-docker sonarr/sonarr vaultwarden/server"
).split()
"""Images whose Dockerfile has a `HEALTHCHECK`, `*` standing for any text."""

_EXPOSED: dict[str, tuple[int, ...]] = {
    "adminer": (8080,),
    "caddy": (80, 443, 2019),
    "chronograf": (8888,),
    "flink": (6123, 8081),
    "ghost": (2368,),
    "grafana": (3000,),
    "haproxy": (),
    "httpd": (80,),
    "jenkins": (8080, 50000),
    "jetty": (8080,),
    "kapacitor": (9092,),
    "keycloak": (8080, 8443, 9000),
    "mongo-express": (8081,),
    "nginx": (80,),
    "nginx/nginx-unprivileged": (8080,),
    "nginxinc/nginx-unprivileged": (8080,),
    "nodered/node-red": (1880,),
    "odoo": (8069, 8071, 8072),
    "open-liberty": (9080, 9443),
    "openresty/openresty": (),
    "prom/prometheus": (9090,),
    "redmine": (3000,),
    "registry": (5000,),
    "rocket.chat": (3000,),
    "sonarqube": (9000,),
    "tomcat": (8080,),
    "traefik": (80,),
    "varnish": (80, 8443),
    "websphere-liberty": (9080, 9443),
    "wildfly": (8080,),
}
"""Ports that images expose and Dockerfiles on top of them inherit."""
_ON_PHP = frozenset("drupal joomla matomo mediawiki nextcloud phpmyadmin wordpress".split())
"""Images made from `php:apache`, and from `php:fpm` where their tag says so."""


def checks_itself(path: str) -> bool:
    """Whether an image is known to have a `HEALTHCHECK`, by its repository without registry."""
    return any(fnmatchcase(path, pattern) for pattern in OWN_HEALTH_CHECK)


def exposed(path: str, tag: str) -> tuple[int, ...] | None:
    """The ports that a base image exposes, by its common name; None where that is not known."""
    if path == "php":
        return (80,) if "apache" in tag else (9000,) if "fpm" in tag else ()
    if path in _ON_PHP:
        return (9000,) if "fpm" in tag else (80,)
    return _EXPOSED.get(path)


_LED_BY_MAJOR = frozenset(
    "postgres postgis/postgis pgautoupgrade/pgautoupgrade zulip/zulip-postgresql".split()
)
_OF_DOCKER = _LED_BY_MAJOR | {"pgvector/pgvector", "timescale/timescaledb"}
"""Docker's image of PostgreSQL, and those made from it; most tags begin with its version."""
_MAJOR = re.compile(r"\d+")
_MAJOR_BESIDE = re.compile(r"(?<=pg)\d+")


def directories(engine: str, path: str, tag: str = "") -> tuple[str, ...]:
    """Where an image of an engine keeps its data, by its repository without registry; nothing
    where that is not known. A tag that is not known is empty."""
    if path.startswith(("bitnami/", "bitnamilegacy/", "bitnamisecure/")):
        own = f"/bitnami/{path.partition('/')[2]}"
        return own, f"{own}/data", f"{own}/mnesia"
    if path in _OF_DOCKER:
        return _of_postgres(path, tag)
    if path not in STATEFUL:
        return ()
    return _DIRECTORIES_OF_IMAGES.get(path) or _DIRECTORIES.get(engine, ())


def _of_postgres(path: str, tag: str) -> tuple[str, ...]:
    """From version 18 on there is a directory for each version."""
    major = _MAJOR.match(tag) if path in _LED_BY_MAJOR else _MAJOR_BESIDE.search(tag)
    before, since = _DIRECTORIES["PostgreSQL"]
    if major is None:
        return before, since
    version = int(major[0])
    return (before,) if version < _VERSIONED else (since, f"{since}/{version}/docker")


_VERSIONED = 18


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


def settle(engine: str, words: list[str]) -> bool:
    """Whether the words of a command, `?` for what is not known of them, leave nothing open about
    the data of an engine. A word that is not known at all is the value of the option before it,
    or may be anything."""
    telling = (*_OPTIONS.get(engine, ()), *(_KEEPING if engine in CACHES else ()))
    for before, word in pairwise(["", *words]) if telling or engine == "MinIO" else ():
        name, _, value = word.partition("=")
        if "?" in name and not (before.startswith("-") and before not in telling):
            return False
        if "?" in value and name in telling:
            return False
    return True


def keeps_data(engine: str, words: list[str]) -> bool | None:
    """Whether a cache's command tells it to keep what it holds on disk (True) or not to (False);
    None where it says nothing."""
    told = None
    appending, saving = _KEEPING
    for word, following in pairwise([*words, ""]):
        if word == appending:
            told = following.strip("\"'") == "yes" or bool(told)
        elif word == saving:
            told = bool(following.strip("\"'")) or bool(told)
    return told
