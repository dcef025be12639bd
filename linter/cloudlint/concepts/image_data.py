"""What is known of public images: facts from their own Dockerfiles and documentation, as of
2026-11. What is not listed is not known.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

Version = tuple[int, ...]

_ALWAYS: Version = ()
_BITNAMI = (
    "apache cassandra elasticsearch etcd grafana influxdb kafka keycloak kubectl mariadb memcached "
    "minio mongodb mysql nginx node-exporter postgresql postgresql-repmgr prometheus rabbitmq "
    "redis redis-cluster redis-sentinel spark valkey wordpress zookeeper"
).split()
"""Of Bitnami's images, those that its documentation calls non-root containers."""

_S2I = "dotnet-* go-toolset nginx-* nodejs-* openjdk-* php-* python-* ruby-*".split()
"""Red Hat's images for source builds, which run as user 1001 (openjdk: 185)."""

NON_ROOT: dict[str, Version] = {
    # Docker official images.
    "elasticsearch": (8,),
    "haproxy": (2, 4),
    "jetty": _ALWAYS,
    "kibana": _ALWAYS,
    "logstash": _ALWAYS,
    "memcached": _ALWAYS,
    "solr": _ALWAYS,
    "varnish": (7, 2),
    # Images of vendors and projects.
    "apache/airflow": _ALWAYS,
    "apache/kafka": _ALWAYS,
    "apache/kafka-native": _ALWAYS,
    "apache/superset": _ALWAYS,
    "confluentinc/cp-*": (6,),
    "elasticsearch/elasticsearch": (8,),
    "grafana/grafana": (5, 1),
    "grafana/grafana-enterprise": _ALWAYS,
    "grafana/grafana-oss": _ALWAYS,
    "grafana/loki": (2,),
    "grafana/tempo": (2, 5),
    "jenkins/agent": _ALWAYS,
    "jenkins/inbound-agent": _ALWAYS,
    "jenkins/jenkins": _ALWAYS,
    "jupyter/*-notebook": _ALWAYS,
    "keycloak/keycloak": _ALWAYS,
    "kibana/kibana": _ALWAYS,
    "logstash/logstash": _ALWAYS,
    "mailhog/mailhog": _ALWAYS,
    "mssql/server": (2019,),
    "n8nio/n8n": _ALWAYS,
    "nginxinc/nginx-unprivileged": _ALWAYS,
    "nodered/node-red": _ALWAYS,
    "opensearchproject/opensearch": _ALWAYS,
    "opensearchproject/opensearch-dashboards": _ALWAYS,
    "otel/opentelemetry-collector": _ALWAYS,
    "otel/opentelemetry-collector-contrib": _ALWAYS,
    "prom/alertmanager": _ALWAYS,
    "prom/mysqld-exporter": _ALWAYS,
    "prom/node-exporter": _ALWAYS,
    "prom/prometheus": (2,),
    "prom/pushgateway": _ALWAYS,
    "prom/statsd-exporter": _ALWAYS,
    "prometheuscommunity/postgres-exporter": _ALWAYS,
    "selenium/hub": _ALWAYS,
    "selenium/node-*": _ALWAYS,
    "selenium/standalone-*": _ALWAYS,
    "sonatype/nexus3": _ALWAYS,
    **{f"{owner}/{name}": _ALWAYS for owner in ("bitnami", "bitnamilegacy") for name in _BITNAMI},
    **{f"ubi{major}/{name}": _ALWAYS for major in (8, 9, 10) for name in _S2I},
}
"""Repositories, without registry, whose images run as a user other than root, and the first
version that does."""

_VERSION = re.compile(r"v?(\d+)(?:\.(\d+))?")


def runs_as_non_root(repository: str, path: str, tag: str) -> bool:
    """Whether an image is known to run as somebody else than root.

    `repository` is the whole name, `path` that without registry, `tag` is empty where there is
    none.
    """
    if "/distroless/" in repository:
        return "nonroot" in tag.split("-")
    if repository.startswith("cgr.dev/") or path.startswith("chainguard/"):
        return not path.endswith("-base")
    if repository.startswith("dhi.io/"):
        return not {"dev", "sdk"}.intersection(tag.split("-"))
    if "nonroot" in tag.split("-") or "chiseled" in tag:
        return True
    since = next((v for pattern, v in NON_ROOT.items() if fnmatchcase(path, pattern)), None)
    return since is not None and _version(tag, since) >= since


def _version(tag: str, default: Version) -> Version:
    """The version that a tag begins with; one without a version is the newest."""
    match = _VERSION.match(tag)
    return tuple(int(part) for part in match.groups(default="99999")) if match else default


def is_windows(path: str, tag: str) -> bool:
    """Whether an image is one of Windows, where `root` means nothing."""
    marks = ("windowsservercore", "nanoserver", "windows/")
    return any(mark in path or mark in tag for mark in marks)


STATEFUL = {
    "postgres": "PostgreSQL",
    "postgis/postgis": "PostgreSQL",
    "pgvector/pgvector": "PostgreSQL",
    "timescale/timescaledb": "PostgreSQL",
    "bitnami/postgresql": "PostgreSQL",
    "mysql": "MySQL",
    "mysql/mysql-server": "MySQL",
    "bitnami/mysql": "MySQL",
    "percona": "MySQL",
    "percona/percona-server": "MySQL",
    "mariadb": "MariaDB",
    "bitnami/mariadb": "MariaDB",
    "linuxserver/mariadb": "MariaDB",
    "mongo": "MongoDB",
    "bitnami/mongodb": "MongoDB",
    "redis": "Redis",
    "redis/redis-stack": "Redis",
    "redis/redis-stack-server": "Redis",
    "bitnami/redis": "Redis",
    "valkey/valkey": "Valkey",
    "bitnami/valkey": "Valkey",
    "elasticsearch": "Elasticsearch",
    "elasticsearch/elasticsearch": "Elasticsearch",
    "bitnami/elasticsearch": "Elasticsearch",
    "opensearchproject/opensearch": "OpenSearch",
    "rabbitmq": "RabbitMQ",
    "bitnami/rabbitmq": "RabbitMQ",
    "apache/kafka": "Kafka",
    "bitnami/kafka": "Kafka",
    "confluentinc/cp-kafka": "Kafka",
    "confluentinc/cp-zookeeper": "ZooKeeper",
    "zookeeper": "ZooKeeper",
    "bitnami/zookeeper": "ZooKeeper",
    "cassandra": "Cassandra",
    "bitnami/cassandra": "Cassandra",
    "scylladb/scylla": "ScyllaDB",
    "clickhouse/clickhouse-server": "ClickHouse",
    "clickhouse": "ClickHouse",
    "cockroachdb/cockroach": "CockroachDB",
    "couchdb": "CouchDB",
    "couchbase": "Couchbase",
    "influxdb": "InfluxDB",
    "neo4j": "Neo4j",
    "minio/minio": "MinIO",
    "bitnami/minio": "MinIO",
    "mssql/server": "SQL Server",
    "azure-sql-edge": "SQL Server",
    "solr": "Solr",
    "amazon/dynamodb-local": "DynamoDB Local",
    "rethinkdb": "RethinkDB",
    "arangodb": "ArangoDB",
}
"""Services that keep data and take a while to be ready, by repository without registry."""

WITHOUT_HEALTH_CHECK = frozenset(
    "postgres postgis/postgis pgvector/pgvector mysql percona mariadb mongo redis valkey/valkey "
    "elasticsearch elasticsearch/elasticsearch opensearchproject/opensearch rabbitmq zookeeper "
    "cassandra couchdb couchbase influxdb neo4j memcached mssql/server nginx httpd node python "
    "golang php ruby openjdk eclipse-temurin alpine debian ubuntu busybox amazon/dynamodb-local "
    "apache/kafka confluentinc/cp-kafka confluentinc/cp-zookeeper nats".split()
)
"""Images whose Dockerfile has no `HEALTHCHECK`."""
