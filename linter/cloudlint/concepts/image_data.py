"""What is known about public images.

Sources: the images' own Dockerfiles and documentation as of 2026-11. An image that is not listed
is not known.
"""

from __future__ import annotations

from fnmatch import fnmatchcase

NON_ROOT = (
    # Docker official images whose last USER is not root.
    "elasticsearch",
    "haproxy",
    "jetty",
    "kibana",
    "logstash",
    "memcached",
    "solr",
    "varnish",
    # Images of vendors.
    "apache/airflow",
    "apache/kafka",
    "apache/kafka-native",
    "apache/superset",
    "bitnami/*",
    "bitnamilegacy/*",
    "bitnamisecure/*",
    "chainguard/*",
    "confluentinc/cp-*",
    "elasticsearch/elasticsearch",
    "grafana/grafana",
    "grafana/grafana-enterprise",
    "grafana/grafana-oss",
    "grafana/loki",
    "grafana/tempo",
    "jaegertracing/*",
    "jenkins/agent",
    "jenkins/inbound-agent",
    "jenkins/jenkins",
    "jupyter/*",
    "keycloak/keycloak",
    "kibana/kibana",
    "logstash/logstash",
    "mailhog/mailhog",
    "mssql/server",
    "n8nio/n8n",
    "nginxinc/nginx-unprivileged",
    "nginx/nginx-unprivileged",
    "nodered/node-red",
    "opensearchproject/opensearch",
    "opensearchproject/opensearch-dashboards",
    "otel/opentelemetry-collector",
    "otel/opentelemetry-collector-contrib",
    "prom/alertmanager",
    "prom/mysqld-exporter",
    "prom/node-exporter",
    "prom/prometheus",
    "prom/pushgateway",
    "prom/statsd-exporter",
    "prometheuscommunity/postgres-exporter",
    "selenium/*",
    "sonatype/nexus3",
    "ubi8/dotnet-*",
    "ubi8/go-toolset",
    "ubi8/nginx-*",
    "ubi8/nodejs-*",
    "ubi8/openjdk-*",
    "ubi8/php-*",
    "ubi8/python-*",
    "ubi8/ruby-*",
    "ubi9/dotnet-*",
    "ubi9/go-toolset",
    "ubi9/nginx-*",
    "ubi9/nodejs-*",
    "ubi9/openjdk-*",
    "ubi9/php-*",
    "ubi9/python-*",
    "ubi9/ruby-*",
)
"""Repositories, without registry, whose images run as a user other than root."""

NON_ROOT_REGISTRIES = ("cgr.dev", "dhi.io")
"""Registries all of whose images do, development variants apart."""


def runs_as_non_root(repository: str, path: str, tag: str) -> bool:
    """Whether an image is known to run as somebody else than root.

    `repository` is the whole name, `path` that without registry, `tag` is empty where there is
    none.
    """
    if "/distroless/" in repository or repository.endswith("/distroless"):
        return "nonroot" in tag
    registry = repository.partition("/")[0]
    if registry in NON_ROOT_REGISTRIES:
        return "dev" not in tag.split("-")
    if "nonroot" in tag.split("-") or "chiseled" in tag or "unprivileged" in path:
        return True
    return any(fnmatchcase(path, pattern) for pattern in NON_ROOT)


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
