"""What is known of public images. What is not listed is not known.

Sources: the tags in Docker's library of official images, and the last stage of the Dockerfiles of
each image's own repository (`USER`, `EXPOSE`, `VOLUME`, `WORKDIR`, `HEALTHCHECK`); Bitnami's,
Chainguard's, Docker's, Google's, Microsoft's and Red Hat's documentation of theirs, as of 2026-11.
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
_BITNAMI_OWNERS = ("bitnami", "bitnamilegacy", "bitnamisecure")
"""Where Bitnami has kept its images since August 2025."""

_S2I = "dotnet-* go-toolset nginx-* nodejs-* openjdk-* php-* python-* ruby-*".split()
"""Red Hat's images for source builds, which run as user 1001 (openjdk: 185)."""

_CIRCLECI = "android aws azure base deploy elixir gcp go node openjdk php python ruby rust".split()
"""CircleCI's images to build in, which run as its user `circleci`."""

NON_ROOT: dict[str, Version] = {
    # Docker official images.
    "adminer": _ALWAYS,
    "elasticsearch": (8,),
    "emqx": _ALWAYS,
    "flink": (2, 2),
    "haproxy": (2, 4),
    "jetty": _ALWAYS,
    "kibana": _ALWAYS,
    "kong": _ALWAYS,
    "liquibase": _ALWAYS,
    "logstash": _ALWAYS,
    "memcached": _ALWAYS,
    "odoo": _ALWAYS,
    "open-liberty": _ALWAYS,
    "percona": _ALWAYS,
    "rocket.chat": _ALWAYS,
    "solr": _ALWAYS,
    "sonarqube": (8,),
    "spark": _ALWAYS,
    "varnish": (7, 2),
    "websphere-liberty": _ALWAYS,
    # Images of vendors and projects.
    "actions/actions-runner": _ALWAYS,
    "apache/airflow": _ALWAYS,
    "apache/kafka": _ALWAYS,
    "apache/kafka-native": _ALWAYS,
    "apache/superset": _ALWAYS,
    "azure-sql-edge": _ALWAYS,
    "browserless/chrome": _ALWAYS,
    "browserless/chromium": _ALWAYS,
    "camunda/camunda-bpm-platform": _ALWAYS,
    "codercom/code-server": _ALWAYS,
    "confluentinc/cp-*": (6,),
    "curlimages/curl": _ALWAYS,
    "dotnet/aspire-dashboard": _ALWAYS,
    "dotnet/monitor": (8,),
    "dotnet/monitor/base": (8,),
    "elasticsearch/elasticsearch": (8,),
    "emqx/emqx": _ALWAYS,
    "fluent/fluentd": (1, 3),
    "gotenberg/gotenberg": _ALWAYS,
    "grafana/grafana": (5, 1),
    "grafana/grafana-enterprise": _ALWAYS,
    "grafana/grafana-oss": _ALWAYS,
    "grafana/k6": _ALWAYS,
    "grafana/loki": (2,),
    "grafana/tempo": (2, 5),
    "hazelcast/hazelcast": _ALWAYS,
    "jaegertracing/jaeger": _ALWAYS,
    "jboss/wildfly": _ALWAYS,
    "jenkins/agent": _ALWAYS,
    "jenkins/inbound-agent": _ALWAYS,
    "jenkins/jenkins": _ALWAYS,
    "jupyter/*-notebook": _ALWAYS,
    "keycloak/keycloak": _ALWAYS,
    "kibana/kibana": _ALWAYS,
    "kong/kong": _ALWAYS,
    "liquibase/liquibase": _ALWAYS,
    "logstash/logstash": _ALWAYS,
    "mailhog/mailhog": _ALWAYS,
    "mssql/server": (2019,),
    "n8nio/n8n": _ALWAYS,
    "nginx/nginx-unprivileged": _ALWAYS,
    "nginxinc/nginx-unprivileged": _ALWAYS,
    "nodered/node-red": _ALWAYS,
    "opensearchproject/opensearch": _ALWAYS,
    "opensearchproject/opensearch-dashboards": _ALWAYS,
    "otel/opentelemetry-collector": _ALWAYS,
    "otel/opentelemetry-collector-contrib": _ALWAYS,
    "percona/percona-distribution-postgresql": _ALWAYS,
    "percona/percona-server": _ALWAYS,
    "percona/percona-server-mongodb": _ALWAYS,
    "percona/percona-xtradb-cluster": _ALWAYS,
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
    "serversideup/php": _ALWAYS,
    "sonatype/nexus3": _ALWAYS,
    "zitadel/zitadel": _ALWAYS,
    "wildfly/wildfly": _ALWAYS,
    "zenika/alpine-chrome": _ALWAYS,
    **{f"{owner}/{name}": _ALWAYS for owner in _BITNAMI_OWNERS for name in _BITNAMI},
    **{f"cimg/{name}": _ALWAYS for name in _CIRCLECI},
    **{f"ubi{major}/{name}": _ALWAYS for major in (8, 9, 10) for name in _S2I},
}
"""Repositories, without registry, whose images run as a user other than root, and the first
version that does."""

_FAMILIES = {pattern: since for pattern, since in NON_ROOT.items() if "*" in pattern}
_NONE: frozenset[str] = frozenset()
_NON_ROOT_VARIANTS = {
    "clickhouse": frozenset({"distroless"}),
    "clickhouse/clickhouse-server": frozenset({"distroless"}),
    "docker": frozenset({"rootless"}),
    "gitea/gitea": frozenset({"rootless"}),
    "influxdb": frozenset({"core", "enterprise"}),
    "mariadb": frozenset({"ubi", "ubi8", "ubi9", "ubi10"}),
    "wordpress": frozenset({"cli"}),
}
"""Words in the tags of images whose other variants run as root."""

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
    words = set(tag.split("-"))
    if "nonroot" in words or "chiseled" in tag or words & _NON_ROOT_VARIANTS.get(path, _NONE):
        return True
    if path.startswith("dotnet/") and "distroless" in words:
        return True
    since = NON_ROOT.get(path)
    if since is None:
        since = next((v for family, v in _FAMILIES.items() if fnmatchcase(path, family)), None)
    return since is not None and _version(tag, since) >= since


def tag_tells_user(repository: str, path: str) -> bool:
    """Whether images of one repository run as root or as somebody else, as their tags tell."""
    return (
        "/distroless/" in repository
        or repository.startswith("dhi.io/")
        or path.startswith("dotnet/")
        or path in _NON_ROOT_VARIANTS
        or NON_ROOT.get(path, _ALWAYS) != _ALWAYS
    )


def _version(tag: str, default: Version) -> Version:
    """The version that a tag begins with; one without a version is the newest."""
    match = _VERSION.match(tag)
    return tuple(int(part) for part in match.groups(default="99999")) if match else default


_WINDOWS = frozenset("windows servercore iis".split())
_WINDOWS_BASES = ("windowsservercore", "nanoserver")
_ON_WINDOWS_ONLY = ("dotnet/framework/", "microsoft/aspnet", "microsoft/dotnet-framework")


def is_for_lambda(path: str) -> bool:
    """Whether an image is a base for functions of Lambda, which runs them as a user of its own
    with no rights, whatever the image says. Source: AWS Lambda Developer Guide, container images,
    2026-11."""
    return path.startswith(("lambda/", "amazon/aws-lambda-"))


def is_windows(path: str, tag: str) -> bool:
    """Whether an image is one of Windows, where `root` means nothing."""
    text = f"{path}-{tag}".lower()
    if path.startswith(_ON_WINDOWS_ONLY) or any(base in text for base in _WINDOWS_BASES):
        return True
    return not _WINDOWS.isdisjoint(re.split(r"[-/_.]", text))


def names_own_user(path: str, user: str) -> bool:
    """Whether a USER names what the base image sets for it: .NET's `$APP_UID`."""
    return path.startswith("dotnet/") and user in ("$APP_UID", "${APP_UID}")


def is_development_container(path: str) -> bool:
    """Whether an image is made for development containers, whose user their own file sets."""
    return path.startswith(("devcontainers/", "vscode/devcontainers/"))


STATEFUL = {
    "postgres": "PostgreSQL",
    "postgis/postgis": "PostgreSQL",
    "pgvector/pgvector": "PostgreSQL",
    "timescale/timescaledb": "PostgreSQL",
    "timescale/timescaledb-ha": "PostgreSQL",
    "ankane/pgvector": "PostgreSQL",
    "pgautoupgrade/pgautoupgrade": "PostgreSQL",
    "zulip/zulip-postgresql": "PostgreSQL",
    "percona/percona-distribution-postgresql": "PostgreSQL",
    "bitnami/postgresql": "PostgreSQL",
    "mysql": "MySQL",
    "mysql/mysql-server": "MySQL",
    "bitnami/mysql": "MySQL",
    "percona": "MySQL",
    "percona/percona-server": "MySQL",
    "percona/percona-xtradb-cluster": "MySQL",
    "mariadb": "MariaDB",
    "bitnami/mariadb": "MariaDB",
    "linuxserver/mariadb": "MariaDB",
    "mongo": "MongoDB",
    "bitnami/mongodb": "MongoDB",
    "mongodb/mongodb-community-server": "MongoDB",
    "percona/percona-server-mongodb": "MongoDB",
    "redis": "Redis",
    "redis/redis-stack": "Redis",
    "redislabs/redismod": "Redis",
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
    "yandex/clickhouse-server": "ClickHouse",
    "cockroachdb/cockroach": "CockroachDB",
    "couchdb": "CouchDB",
    "couchbase": "Couchbase",
    "couchbase/server": "Couchbase",
    "apache/couchdb": "CouchDB",
    "crate": "CrateDB",
    "influxdb": "InfluxDB",
    "neo4j": "Neo4j",
    "minio/minio": "MinIO",
    "bitnami/minio": "MinIO",
    "mssql/server": "SQL Server",
    "azure-sql-edge": "SQL Server",
    "getmeili/meilisearch": "Meilisearch",
    "qdrant/qdrant": "Qdrant",
    "solr": "Solr",
    "amazon/dynamodb-local": "DynamoDB Local",
    "rethinkdb": "RethinkDB",
    "arangodb": "ArangoDB",
}
"""Services that keep data and take a while to be ready, by repository without registry."""
STATEFUL |= {
    path.replace("bitnami/", f"{owner}/"): engine
    for path, engine in STATEFUL.items()
    for owner in _BITNAMI_OWNERS
    if path.startswith("bitnami/")
}

_ENGINES = {
    name.lower(): name
    for name in ("PostgreSQL", "MySQL", "MariaDB", "MongoDB", "Redis", "Valkey", "RabbitMQ")
} | {"postgres": "PostgreSQL", "mongo": "MongoDB"}


def engine(path: str) -> str:
    """What an image keeps data with, also one of somebody's own that is called like an engine
    (`example/postgres`); empty where nothing is known of it."""
    return STATEFUL.get(path) or _ENGINES.get(path.rpartition("/")[2], "")


WITHOUT_HEALTH_CHECK = frozenset(
    "adminer amazon/dynamodb-local ankane/pgvector apache/kafka arangodb caddy "
    "camunda/camunda-bpm-platform cassandra chronograf clickhouse "
    "clickhouse/clickhouse-server codercom/code-server confluentinc/cp-kafka "
    "confluentinc/cp-zookeeper couchbase couchdb crate drupal eclipse-mosquitto elasticsearch "
    "elasticsearch/elasticsearch emqx flink fluent/fluentd ghost gradle grafana/grafana "
    "haproxy httpd influxdb jenkins/jenkins jetty joomla kapacitor liquibase mariadb matomo "
    "mediawiki memcached minio/minio mongo mongo-express mssql/server mysql nats neo4j nginx "
    "nginxinc/nginx-unprivileged odoo open-liberty openresty/openresty "
    "opensearchproject/opensearch percona percona/percona-server "
    "percona/percona-server-mongodb pgvector/pgvector php phpmyadmin postgis/postgis postgres "
    "prom/node-exporter prom/prometheus rabbitmq redis redmine registry rethinkdb rocket.chat "
    "solr sonarqube sonatype/nexus3 spark telegraf timescale/timescaledb tomcat traefik "
    "valkey/valkey varnish wordpress zookeeper".split()
)
"""Images, beside the plain ones, whose Dockerfile has no `HEALTHCHECK`."""

# -- names -----------------------------------------------------------------------------------------
# Source: the files of Docker's library of official images, as of 2026-08.

OFFICIAL = frozenset(
    "adminer aerospike almalinux alpine alt amazoncorretto amazonlinux api-firewall arangodb "
    "archlinux azul-zulu backdrop bash bonita buildpack-deps busybox caddy cassandra chronograf "
    "cirros clearlinux clefos clickhouse clojure composer convertigo couchbase couchdb crate "
    "dart debian docker drupal eclipse-mosquitto eclipse-temurin eggdrop elasticsearch elixir "
    "emqx erlang espocrm fedora flink fluentd friendica gazebo gcc geonetwork ghost golang "
    "gradle groovy haproxy haskell haxe hello-world hitch httpd hylang ibm-semeru-runtimes "
    "ibmjava influxdb irssi jetty joomla jruby julia kapacitor kibana kong krakend "
    "lightstreamer liquibase logstash mageia mariadb matomo maven mediawiki memcached mongo "
    "mongo-express monica mysql nats neo4j neurodebian nextcloud nginx nim node notary odoo "
    "open-liberty openjdk oraclelinux orientdb percona perl photon php php-zendserver "
    "phpmyadmin plone postfixadmin postgres pypy python r-base rabbitmq rakudo-star redis "
    "redmine registry rethinkdb rocket.chat rockylinux ros ruby rust sapmachine satosa "
    "silverpeas solr sonarqube spark spiped storm swift swipl teamspeak telegraf tomcat tomee "
    "traefik ubuntu unit varnish websphere-liberty wordpress xwiki yourls znc zookeeper".split()
)
"""Images that Docker Hub has by one word, without an owner."""

# -- what images are made for ----------------------------------------------------------------------
# Sources: Docker's library of official images, Microsoft's, Amazon's and Red Hat's documentation of
# theirs, as of 2026-11.


def common_name(path: str) -> str:
    """The name under which an image is listed here, for one from a mirror of Docker's library or
    from its maker's own registry."""
    path = path.removeprefix("docker/library/")
    first, _, last = path.partition("/")
    if first == last:
        return first
    name = last if first == "redhat" else path
    return f"{name}/ubi" if re.fullmatch(r"ubi[0-9]+", name) else name


TOOLCHAINS = {
    "buildpack-deps": "compilers and headers",
    "clojure": "a JDK and Leiningen",
    "cimg/go": "the Go toolchain",
    "cimg/rust": "the Rust toolchain",
    "clux/muslrust": "the Rust toolchain",
    "cirruslabs/flutter": "the Flutter SDK",
    "composer": "Composer",
    "crystallang/crystal": "the Crystal compiler",
    "dart": "the Dart SDK",
    "dotnet/core/sdk": "the .NET SDK",
    "dotnet/sdk": "the .NET SDK",
    "emscripten/emsdk": "the Emscripten SDK",
    "gcc": "the GNU compilers",
    "golang": "the Go toolchain",
    "gradle": "Gradle and a JDK",
    "google/dart": "the Dart SDK",
    "graalvm/native-image-community": "GraalVM and native-image",
    "haskell": "the Haskell toolchain",
    "hseeberger/scala-sbt": "sbt and a JDK",
    "lukemathwalker/cargo-chef": "the Rust toolchain",
    "maven": "Maven and a JDK",
    "messense/rust-musl-cross": "the Rust toolchain",
    "nimlang/nim": "the Nim compiler",
    "ocaml/opam": "the OCaml toolchain",
    "rust": "the Rust toolchain",
    "rustlang/rust": "the Rust toolchain",
    "sbtscala/scala-sbt": "sbt and a JDK",
}
"""Images to build with, by repository without registry, and what they carry."""

JDKS = frozenset(
    "amazoncorretto azul-zulu azul/zulu-openjdk azul/zulu-openjdk-alpine "
    "bellsoft/liberica-openjdk-alpine bellsoft/liberica-openjdk-debian eclipse-temurin "
    "graalvm/graalvm-ce graalvm/graalvm-community graalvm/jdk graalvm/jdk-community "
    "ibm-semeru-runtimes java/jdk java/openjdk openjdk openjdk/jdk sapmachine".split()
)
"""Images that carry a JDK unless their tag says `jre`."""
_JDK_REPOSITORIES = ("adoptopenjdk/openjdk*", "ubi8/openjdk-*", "ubi9/openjdk-*")
"""The same for those that are one repository a version; `-runtime` at its end says no JDK."""


def toolchain(path: str, tag: str) -> str:
    """What an image carries to build with, empty where it is not known to carry anything."""
    path, words = common_name(path), tag.split("-")
    if path == "swift":
        return "" if "slim" in words else "the Swift toolchain"
    if path in ("nvidia/cuda", "pytorch/pytorch", "tensorflow/tensorflow"):
        return "compilers and headers" if "devel" in words else ""
    if path in JDKS or any(fnmatchcase(path, pattern) for pattern in _JDK_REPOSITORIES):
        return "" if path.endswith("-runtime") or _is_runtime(path, words) else "a JDK"
    return TOOLCHAINS.get(path, "")


def _is_runtime(path: str, words: list[str]) -> bool:
    """Whether a tag is that of a Java runtime; Corretto's `headless` is one, those of others are
    a JDK without what needs a screen."""
    headless = path == "amazoncorretto" and "headless" in words and "jdk" not in words
    return headless or any(word.startswith("jre") for word in words)


SMALLER_VARIANTS = {
    "almalinux": "minimal",
    "amazoncorretto": "alpine",
    "amazonlinux/amazonlinux": "minimal",
    "azul-zulu": "alpine",
    "chronograf": "alpine",
    "debian": "slim",
    "dotnet/aspnet": "alpine",
    "dotnet/runtime": "alpine",
    "dotnet/runtime-deps": "alpine",
    "eclipse-temurin": "alpine",
    "elixir": "slim",
    "erlang": "slim",
    "ghost": "alpine",
    "haproxy": "alpine",
    "httpd": "alpine",
    "influxdb": "alpine",
    "jetty": "alpine",
    "kapacitor": "alpine",
    "memcached": "alpine",
    "mono": "slim",
    "nginx": "alpine",
    "nginxinc/nginx-unprivileged": "alpine",
    "node": "slim",
    "openjdk": "slim",
    "oraclelinux": "slim",
    "perl": "slim",
    "php": "alpine",
    "postgres": "alpine",
    "pypy": "slim",
    "python": "slim",
    "rabbitmq": "alpine",
    "redis": "alpine",
    "redmine": "alpine",
    "rockylinux": "minimal",
    "ruby": "slim",
    "sapmachine": "alpine",
    "solr": "slim",
    "swift": "slim",
    "telegraf": "alpine",
    "ubi8/ubi": "minimal",
    "ubi9/ubi": "minimal",
    "ubi10/ubi": "minimal",
}
"""The smaller variant of images whose plain tags are full distributions."""

_ALONE = {
    "amazonlinux/amazonlinux": frozenset({"2"}),
    "influxdb": frozenset({"core", "enterprise"}),
    "php": frozenset({"apache"}),
}
"""Words in tags of which there is no smaller variant."""
_SMALL_WORDS = ("alpine", "slim", "minimal", "chiseled", "distroless", "nanoserver", "windows")


def smaller_variant(path: str, tag: str) -> str:
    """The variant to prefer to a tag (`slim`), empty where the tag is one or there is none."""
    path = path if path in SMALLER_VARIANTS else common_name(path)
    if any(word in tag for word in _SMALL_WORDS):
        return ""
    if _ALONE.get(path, _NONE).intersection(tag.split("-")):
        return ""
    return SMALLER_VARIANTS.get(path, "")


WORKING_DIRECTORIES = {
    "adminer": "/var/www/html",
    "caddy": "/srv",
    "composer": "/app",
    "drupal": "/opt/drupal",
    "emqx": "/opt/emqx",
    "flink": "/opt/flink",
    "ghost": "/var/lib/ghost",
    "gradle": "/home/gradle",
    "httpd": "/usr/local/apache2",
    "jetty": "/var/lib/jetty",
    "jupyter/*": "/home/jovyan",
    "lambda/*": "/var/task",
    "liquibase": "/liquibase",
    "mongo-express": "/app",
    "neo4j": "/var/lib/neo4j",
    "nextcloud": "/var/www/html",
    "oven/bun": "/home/bun/app",
    "perl": "/usr/src/app",
    "redis": "/data",
    "redmine": "/usr/src/redmine",
    "rethinkdb": "/data",
    "solr": "/opt/solr",
    "spark": "/opt/spark/work-dir",
    "tomcat": "/usr/local/tomcat",
    "valkey/valkey": "/data",
    "varnish": "/etc/varnish",
    "wordpress": "/var/www/html",
}
"""Where images are meant to be worked in: their own `WORKDIR`."""

PLAIN = frozenset(
    "almalinux alpine amazoncorretto amazonlinux archlinux azurelinux/base/core bash "
    "bitnami/minideb buildpack-deps busybox cbl-mariner/base/core centos dart debian dotnet/aspnet "
    "dotnet/core/aspnet dotnet/core/runtime dotnet/core/sdk dotnet/runtime dotnet/runtime-deps "
    "dotnet/sdk eclipse-temurin elixir erlang fedora gcc golang haskell ibm-semeru-runtimes julia "
    "kalilinux/kali-rolling maven mono node openjdk opensuse/leap opensuse/tumbleweed oraclelinux "
    "photon playwright pypy python r-base rockylinux ruby rust sapmachine swift ubi8/ubi "
    "ubi8/ubi-micro ubi8/ubi-minimal ubi9/ubi ubi9/ubi-micro ubi9/ubi-minimal ubi10/ubi "
    "ubi10/ubi-micro ubi10/ubi-minimal ubuntu".split()
)
"""Distributions and languages: they expose no port and have no working directory that is meant to
be used (golang's is its GOPATH, where no module may be)."""


def is_plain(path: str) -> bool:
    """Whether an image is a distribution or a language, which starts nothing by itself."""
    return common_name(path) in PLAIN or "distroless" in path.split("/")[:-1]


def working_directory(path: str, tag: str) -> str | None:
    """Where a base image works: `/` where it sets nothing to be used, None where that is not
    known."""
    path = common_name(path)
    if path == "php":
        return "/var/www/html" if {"apache", "fpm"} & set(tag.split("-")) else "/"
    if path in PLAIN or path in ("nginx", "nginxinc/nginx-unprivileged"):
        return "/"
    found = (place for pattern, place in WORKING_DIRECTORIES.items() if fnmatchcase(path, pattern))
    return next(found, None)


EXPOSING = frozenset(
    "adminer caddy camunda/camunda-bpm-platform chronograf codercom/code-server drupal "
    "eclipse-mosquitto emqx flink fluent/fluentd ghost grafana grafana/grafana-enterprise "
    "grafana/grafana-oss httpd jenkins jetty joomla kapacitor keycloak kong matomo mediawiki "
    "memcached mongo-express nats nextcloud nginx nginx/nginx-unprivileged "
    "nginxinc/nginx-unprivileged nodered/node-red odoo open-liberty phpmyadmin "
    "prom/node-exporter prom/prometheus redmine registry rocket.chat sonarqube "
    "sonatype/nexus3 telegraf tomcat traefik varnish websphere-liberty wildfly wordpress".split()
)
"""Images, beside those that keep data, that expose the ports they answer on."""

PORTLESS = frozenset({"haproxy", "openresty/openresty"})
"""Servers that expose none: it is for those who build on them to say."""


def exposes(path: str, tag: str) -> bool | None:
    """Whether a base image has an `EXPOSE` of its own; None where that is not known."""
    path = common_name(path)
    if path == "php":
        return bool({"apache", "fpm"} & set(tag.split("-")))
    if path in EXPOSING or path in STATEFUL:
        return True
    return (
        False
        if path in PLAIN | PORTLESS or path.rpartition("/")[0].endswith("distroless")
        else None
    )
