"""Policies about what compose services keep, publish and say about themselves."""

from __future__ import annotations

import pytest

from cloudlint.policy import Policy
from cloudlint_policies.compose.bind_mounted_database import bind_mounted_database
from cloudlint_policies.compose.missing_resource_limits import missing_resource_limits
from cloudlint_policies.compose.missing_restart_policy import missing_restart_policy
from cloudlint_policies.compose.missing_service_healthcheck import missing_service_healthcheck
from cloudlint_policies.compose.unpersisted_database import unpersisted_database
from cloudlint_policies.images.root_container import root_container
from cloudlint_policies.images.writable_root_filesystem import writable_root_filesystem
from cloudlint_policies.network.published_database_port import published_database_port
from judging import Judge


def service(*lines: str, more: str = "") -> dict[str, str]:
    body = "".join(f"    {line}\n" for line in lines)
    return {"compose.yaml": f"services:\n  db:\n{body}{more}"}


def counts(judged: Judge, files: dict[str, str], policy: Policy) -> tuple[int, int]:
    outcome = judged(files, policy)
    assert outcome.verdicts.errors == []
    return len(outcome.findings), len(outcome.undecided)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["image: mysql:8", "volumes: ['./db:/var/lib/mysql']"], (1, 0)),
        (["image: mysql:8", "volumes: ['./db:/var/lib/mysql/']"], (1, 0)),
        (["image: mysql:8", "volumes: ['${DIR:-./db}:/var/lib/mysql']"], (1, 0)),
        (["image: mysql:8", "volumes: ['${DIR}/db:/var/lib/mysql']"], (1, 0)),
        (["image: mysql:8", "volumes: ['${DIR}:/var/lib/mysql']"], (0, 1)),
        (["image: mysql:8", "volumes: ['./db:/var/lib']"], (1, 0)),
        (["image: mysql:8", "volumes: ['./c:/etc/mysql', 'db:/var/lib/mysql']"], (0, 0)),
        (["image: mysql:8", "volumes: ['./x:/var/lib/mysql/ca.pem']"], (0, 0)),
        (["image: mysql:8", "command: --datadir=/d", "volumes: ['./db:/d']"], (1, 0)),
        (["image: postgres:18", "volumes: ['./db:/var/lib/postgresql']"], (1, 0)),
        (
            ["image: postgres:16", "environment: {PGDATA: /d/pg}", "volumes: ['./db:/d']"],
            (1, 0),
        ),
        (["image: mongo:7", "volumes: [{type: bind, source: ./d, target: /data/db}]"], (1, 0)),
        (["image: bitnami/postgresql:16", "volumes: ['./d:/bitnami/postgresql']"], (1, 0)),
        (["image: bitnamilegacy/redis:7.4", "volumes: ['./d:/bitnami/redis']"], (1, 0)),
        (["image: minio/minio:1", "command: server /x", "volumes: ['./d:/x']"], (1, 0)),
        (["image: postgres:18", "volumes: ['./db:/var/lib/postgresql/18/docker']"], (1, 0)),
        (["image: postgres:18", "volumes: ['./db:/var/lib/postgresql/data']"], (0, 0)),
        (["image: postgres", "volumes: ['./db:/var/lib/postgresql/data']"], (1, 0)),
        (["image: pgvector/pgvector:pg16", "volumes: ['./d:/var/lib/postgresql/data']"], (1, 0)),
        (
            [
                "image: apache/kafka:4.0.0",
                "environment: {KAFKA_LOG_DIRS: '/a,/b'}",
                "volumes: ['./d:/b']",
            ],
            (1, 0),
        ),
        (["image: qdrant/qdrant:v1.15.0", "volumes: ['./d:/qdrant/storage']"], (1, 0)),
        (
            ["image: pgautoupgrade/pgautoupgrade:18-alpine", "volumes: ['./d:/var/lib']"],
            (1, 0),
        ),
        (["image: example/postgres:1", "volumes: ['./d:/var/lib/postgresql/data']"], (0, 0)),
        (["image: nginx:1.27", "volumes: ['./d:/data']"], (0, 0)),
    ],
)
def test_data_on_bind_mounts(judged: Judge, lines: list[str], expected: tuple[int, int]) -> None:
    assert counts(judged, service(*lines), bind_mounted_database) == expected


def test_a_volume_that_binds_a_folder(judged: Judge) -> None:
    more = "volumes:\n  data:\n    driver_opts: {type: none, o: bind, device: /srv/db}\n"
    files = service("image: redis:7", "volumes: ['data:/data']", more=more)
    assert counts(judged, files, bind_mounted_database) == (1, 0)


def test_a_database_that_is_built_here(judged: Judge) -> None:
    files = service("build: db", "volumes: ['./d:/var/lib/mysql']")
    files["db/Dockerfile"] = "FROM mariadb:11\n"
    assert counts(judged, files, bind_mounted_database) == (1, 0)


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        ("{BASE: 'mysql:8'}", (1, 0)),
        ("[BASE=mysql:8]", (1, 0)),
        ("[BASE]", (1, 0)),
        ("{BASE: 'nginx:1.27'}", (0, 0)),
        ("{OTHER: 'mysql:8'}", (0, 1)),
    ],
)
def test_a_build_s_arguments_choose_the_base(
    judged: Judge, args: str, expected: tuple[int, int]
) -> None:
    build = f"build: {{context: ., args: {args}}}"
    files = service(build, "volumes: ['./db:/var/lib/mysql']")
    files |= {"Dockerfile": "ARG BASE\nFROM ${BASE}\n", ".env": "BASE=mysql:8\n"}
    assert counts(judged, files, bind_mounted_database) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["image: mysql:8"], (1, 0)),
        (["image: example/mysql:8"], (0, 0)),
        (["image: mysql:8", "volumes: ['./c:/etc/mysql']"], (1, 0)),
        (["image: mysql:8", "command: --innodb=ON"], (1, 0)),
        (["image: mysql:8", "command: [sh, -c, 'mysql < /a.sql; exec mysqld']"], (1, 0)),
        (["image: mysql:8", "command: mysqldump -h db shop"], (0, 0)),
        (["image: mysql:8", "entrypoint: [/bin/sh, -c]", "command: ['mysql -h db < a']"], (0, 0)),
        (["image: mysql:8", "volumes: ['./db:/var/lib/mysql']"], (0, 0)),
        (["image: mysql:8", "volumes: [/var/lib/mysql]"], (0, 0)),
        (["image: mysql:8", "volumes: ['db:${DIR}']"], (0, 1)),
        (["image: mysql:8", "volumes_from: [data]"], (0, 0)),
        (["image: mysql:8", "tmpfs: ['/var/lib/mysql:rw']"], (0, 0)),
        (["image: mysql:8", "volumes: [{type: tmpfs, target: /var/lib/mysql}]"], (0, 0)),
        (["image: bitnami/elasticsearch:8", "volumes: ['es:/bitnami/elasticsearch/data']"], (0, 0)),
        (["image: bitnami/rabbitmq:4", "volumes: ['mq:/bitnami/rabbitmq/mnesia']"], (0, 0)),
        (["image: bitnami/postgresql:17", "volumes: ['db:/var/lib/postgresql']"], (1, 0)),
        (["image: postgres:18", "volumes: ['db:/var/lib/postgresql']"], (0, 0)),
        (["image: postgres:18-alpine", "volumes: ['db:/var/lib/postgresql/data']"], (1, 0)),
        (["image: postgis/postgis:18-3.6", "volumes: ['db:/var/lib/postgresql/data']"], (1, 0)),
        (["image: postgres:17", "volumes: ['db:/var/lib/postgresql/data']"], (0, 0)),
        (["image: postgres:17", "volumes: ['db:/var/lib/postgresql']"], (1, 0)),
        (
            ["image: timescale/timescaledb:2.17.2-pg17", "volumes: ['db:/var/lib/postgresql']"],
            (1, 0),
        ),
        (["image: timescale/timescaledb:2.17.2", "volumes: ['db:/var/lib/postgresql']"], (0, 0)),
        (["image: 'postgres:${V}'", "volumes: ['db:/var/lib/postgresql']"], (0, 0)),
        (["image: mongo:8", "volumes: ['db:/data']"], (1, 0)),
        (["image: mongo:8", "volumes: ['db:/data/db']"], (0, 0)),
        (
            [
                "image: mcr.microsoft.com/mssql/server:2022-latest",
                "volumes: ['db:/var/opt/mssql/data']",
            ],
            (0, 0),
        ),
        (["image: rabbitmq:4", "volumes: ['mq:/var/lib/rabbitmq/mnesia']"], (0, 0)),
        (["image: redis:7"], (0, 0)),
        (["image: redis:7", "command: redis-server --appendonly no --save ''"], (0, 0)),
        (["image: redis:7", "command: [redis-server, --save, '60', '1']"], (1, 0)),
        (["image: amazon/dynamodb-local:2"], (0, 0)),
    ],
)
def test_data_without_volumes(judged: Judge, lines: list[str], expected: tuple[int, int]) -> None:
    files = service(*lines)
    if "volumes_from" in str(lines):
        files["compose.yaml"] += "  data:\n    image: busybox:1\n"
    assert counts(judged, files, unpersisted_database) == expected


@pytest.mark.parametrize(
    ("image", "port", "expected"),
    [
        ("postgres:16", "'5432:5432'", (1, 0)),
        ("postgres:16", "'5432'", (1, 0)),
        ("postgres:16", "'15432:5432/tcp'", (1, 0)),
        ("postgres:16", "'0.0.0.0:5432:5432'", (1, 0)),
        ("postgres:16", "'[::]:5432:5432'", (1, 0)),
        ("postgres:16", "{target: 5432, published: '5432'}", (1, 0)),
        ("postgres:16", "'127.0.0.1:5432:5432'", (0, 0)),
        ("postgres:16", "'[::1]:5432:5432'", (0, 0)),
        ("postgres:16", "'10.0.0.5:5432:5432'", (0, 0)),
        ("postgres:16", "'8080:8080'", (0, 0)),
        ("postgres:16", "'${PORT:-5432}:5432'", (1, 0)),
        ("postgres:16", "'${HOST}:5432:5432'", (0, 1)),
        ("redis:7", "'6379:6379'", (1, 0)),
        ("memcached:1.6", "'11211:11211'", (1, 0)),
        ("quay.io/coreos/etcd:v3.6.0", "'2379:2379'", (1, 0)),
        ("quay.io/coreos/etcd:v3.6.0", "'127.0.0.1:2379:2379'", (0, 0)),
        ("rabbitmq:4-management", "'15672:15672'", (0, 0)),
        ("nginx:1.27", "'80:80'", (0, 0)),
    ],
)
def test_published_ports(judged: Judge, image: str, port: str, expected: tuple[int, int]) -> None:
    files = service(f"image: {image}", f"ports: [{port}]")
    assert counts(judged, files, published_database_port) == expected


CHECK = "healthcheck: {test: [CMD, 'true']}"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["image: redis:7"], (1, 0)),
        (["image: redis:7", CHECK], (0, 0)),
        (["image: redis:7", "healthcheck: {disable: true}"], (1, 0)),
        (["image: redis:7", "healthcheck: {interval: 5s}"], (1, 0)),
        (["image: nginx:1.27", "ports: ['80:80']"], (1, 0)),
        (["image: node:22", "restart: always"], (1, 0)),
        (["image: node:22", "command: npm run lint"], (0, 1)),
        (["image: node:22", "deploy: {mode: replicated-job}"], (0, 0)),
        (["image: axllent/mailpit:v1"], (0, 0)),
        (["image: shop/web:1"], (0, 1)),
        (["image: nginx:1.29"], (1, 0)),
        (["image: nginx:1.29", "command: [nginx-debug]"], (0, 1)),
        (["image: nginx:1.29", "entrypoint: ${HOW}"], (0, 1)),
    ],
)
def test_health_checks(judged: Judge, lines: list[str], expected: tuple[int, int]) -> None:
    assert counts(judged, service(*lines), missing_service_healthcheck) == expected


def test_a_job_needs_no_health_check(judged: Judge) -> None:
    wait = "depends_on: {db: {condition: service_completed_successfully}}"
    more = f"  web:\n    image: shop/web:1\n    {CHECK}\n    {wait}\n"
    files = service("image: postgres:16", "command: psql -f /x.sql", more=more)
    assert judged(files, missing_service_healthcheck, missing_restart_policy).messages == [
        "the service `web` sets no `restart`: it stays down once it fails"
    ]


def test_a_service_that_other_files_complete_has_no_image(judged: Judge) -> None:
    outcome = judged(service("restart: always"), missing_service_healthcheck)
    [undecided] = outcome.undecided
    assert "the image of db is not given beside it" in undecided


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("npx prisma migrate deploy", (0, 0)),
        ('sh -c "pnpm exec prisma migrate deploy"', (0, 0)),
        ("[sh, -c, cd api && bundle exec rails db:migrate]", (0, 0)),
        ("[python, manage.py, migrate]", (0, 0)),
        ('sh -c "python manage.py migrate && gunicorn shop"', (1, 0)),
        ("python manage.py runserver", (1, 0)),
        ("echo ${WHAT}", (0, 0)),
        ("${WHAT}", (1, 0)),
    ],
)
def test_a_command_that_ends_is_not_checked(
    judged: Judge, command: str, expected: tuple[int, int]
) -> None:
    files = service("build: {context: web, target: dev}", f"command: {command}")
    files["web/Dockerfile"] = "FROM node:22 AS dev\nEXPOSE 80\nFROM dev\nHEALTHCHECK CMD true\n"
    assert counts(judged, files, missing_service_healthcheck) == expected
    always = service("build: {context: web, target: dev}", f"command: {command}", "restart: always")
    assert counts(judged, files | always, missing_service_healthcheck) == (1, 0)


def test_an_image_that_is_built_here_is_told_once(judged: Judge) -> None:
    files = service("build: web", "ports: ['80:80']")
    files["web/Dockerfile"] = "FROM node:22\nCMD node server.js\n"
    assert counts(judged, files, missing_service_healthcheck) == (0, 0)
    files["web/Dockerfile"] = "FROM node:22 AS dev\nFROM dev\nHEALTHCHECK CMD true\n"
    dev = service("build: {context: web, target: dev}", "ports: ['80:80']")
    assert counts(judged, files | dev, missing_service_healthcheck) == (1, 0)
    files["web/Dockerfile"] = "FROM node:22\nCMD node server.js\n"
    other = service("build: web", "ports: ['80:80']", more=f"  b:\n    build: web\n    {CHECK}\n")
    assert counts(judged, files | other, missing_service_healthcheck) == (1, 0)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("tty: true", (1, 0)),
        ("restart: always", (0, 0)),
        ('restart: "no"', (0, 0)),
        ("deploy: {restart_policy: {condition: any}}", (0, 0)),
    ],
)
def test_restart_policies(judged: Judge, line: str, expected: tuple[int, int]) -> None:
    assert counts(judged, service("image: redis:7", line), missing_restart_policy) == expected


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("tty: true", ["the service `db` sets no limit to its memory and processors"]),
        ("mem_limit: 1g", ["the service `db` sets no limit to its processors"]),
        ("deploy: {resources: {limits: {cpus: '1', memory: 1g}}}", []),
    ],
)
def test_limits(judged: Judge, line: str, message: list[str]) -> None:
    files = service("image: redis:7", line)
    assert judged(files, missing_resource_limits).messages == message


def test_what_several_services_have_from_one_place_is_told_once(judged: Judge) -> None:
    more = "  other:\n    extends: db\n"
    files = service("image: mysql:8", "volumes: ['./db:/var/lib/mysql']", more=more)
    [finding] = judged(files, bind_mounted_database).findings
    names = [instance.rpartition(".")[2] for instance in finding.instances]
    assert names == ["db", "other"]


def test_a_provider_runs_no_container(judged: Judge) -> None:
    files = {"compose.yaml": "services:\n  llm:\n    provider:\n      type: model\n"}
    policies = (missing_service_healthcheck, missing_restart_policy, missing_resource_limits)
    assert judged(files, *policies, root_container, writable_root_filesystem).is_silent


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("redis-server --appendonly yes", (1, 0)),
        ("redis-server --requirepass ${PASSWORD}", (0, 0)),
        ("redis-server --appendonly yes --requirepass ${PASSWORD}", (1, 0)),
        ("['redis-server', '--requirepass=${PASSWORD}']", (0, 0)),
        ("redis-server --appendonly ${KEEP}", (0, 1)),
        ("${COMMAND}", (0, 1)),
        ("redis-server ${OPTIONS}", (0, 1)),
    ],
)
def test_what_a_command_says_of_data(
    judged: Judge, command: str, expected: tuple[int, int]
) -> None:
    files = service("image: redis:7", f"command: {command}")
    assert counts(judged, files, unpersisted_database) == expected


def test_a_command_that_may_put_data_elsewhere(judged: Judge) -> None:
    for command, expected in (("mysqld --user=${USER}", (1, 0)), ("mysqld ${OPTIONS}", (0, 1))):
        lines = ("image: mysql:8", f"command: {command}", "volumes: ['./db:/var/lib/mysql']")
        assert counts(judged, service(*lines), bind_mounted_database) == expected


def test_a_job_on_a_condition_that_is_not_known(judged: Judge) -> None:
    more = "  web:\n    image: a\n    restart: always\n    depends_on: {db: {condition: '${C}'}}\n"
    files = service("image: example/migrate:1", more=more)
    assert counts(judged, files, missing_restart_policy) == (0, 1)
    files["compose.yaml"] = files["compose.yaml"].replace("${C}", "service_completed_successfully")
    assert counts(judged, files, missing_restart_policy) == (0, 0)
