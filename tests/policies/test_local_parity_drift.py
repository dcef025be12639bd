from __future__ import annotations

import pytest

from cloudlint_policies.compose.local_parity_drift import local_parity_drift as policy
from judging import Judge


def files(image: str, *stores: str, services: str = "") -> dict[str, str]:
    text = "".join(
        f'resource "{store.split()[0]}" "s{number}" {{\n{store.partition(" ")[2]}\n}}\n'
        for number, store in enumerate(stores)
    )
    compose = f"services:\n  db:\n    image: {image}\n{services}"
    return {"compose.yaml": compose, "main.tf": f'variable "unknown" {{}}\n{text}'}


def rds(engine: str, version: str) -> str:
    return f'aws_db_instance engine = "{engine}"\nengine_version = "{version}"'


CACHE = 'aws_elasticache_replication_group engine = "redis"\nengine_version = "7.1"'


@pytest.mark.parametrize(
    ("image", "stores", "expected"),
    [
        ("postgres:16.4", [rds("postgres", "16")], (0, 0)),
        ("postgres:16.4", [rds("aurora-postgresql", "15.3")], (1, 0)),
        ("pgvector/pgvector:pg16", [rds("postgres", "16.4")], (0, 0)),
        ("postgis/postgis:16-3.4", [rds("postgres", "16.4")], (0, 0)),
        ("timescale/timescaledb:2.17.2-pg16", [rds("postgres", "16.4")], (0, 0)),
        ("mariadb:11.4", [rds("mysql", "8.0.39")], (1, 0)),
        ("mysql:8", [rds("mysql", "8.0.39")], (0, 0)),
        ("mysql:8.4", [rds("aurora-mysql", "8.0.mysql_aurora.3.05.2")], (1, 0)),
        ("postgres:latest", [rds("postgres", "16.4")], (0, 1)),
        ("mysql:latest", [rds("postgres", "16.4")], (1, 0)),
        ("redis:7.4", [CACHE], (0, 0)),
        ("redis:6.2", [CACHE], (1, 0)),
        ("valkey/valkey:8", [CACHE], (1, 0)),
        ("postgres:13", [rds("postgres", "16"), rds("postgres", "15")], (0, 1)),
        ("postgres:13", [rds("postgres", "16"), rds("mysql", "8.0")], (1, 0)),
        ("postgres:16", [rds("postgres", "16"), rds("postgres", "16.2")], (0, 0)),
        (
            "opensearchproject/opensearch:1.3",
            ['aws_opensearch_domain engine_version = "OpenSearch_2.11"'],
            (1, 0),
        ),
        ("amazon/dynamodb-local:2.5.3", ['aws_dynamodb_table hash_key = "id"'], (0, 0)),
        ("postgres:16", ["aws_db_instance engine = var.unknown"], (0, 1)),
        ("nginx:1.27", [rds("postgres", "16")], (0, 0)),
        ("postgres:13", [], (0, 0)),
    ],
)
def test_versions_and_engines(
    judged: Judge, image: str, stores: list[str], expected: tuple[int, int]
) -> None:
    outcome = judged(files(image, *stores), policy)
    assert outcome.verdicts.errors == []
    assert (len(outcome.findings), len(outcome.undecided)) == expected


def test_the_difference_is_named(judged: Judge) -> None:
    outcome = judged(files("postgres:13.2", rds("postgres", "16.4")), policy)
    assert outcome.messages == [
        "the service `db` is PostgreSQL 13, where production (aws_db_instance.s0) has PostgreSQL 16"
    ]
    assert outcome.places == ["compose.yaml:3 postgres:13.2"]


def test_what_is_not_production_is_no_measure(judged: Judge) -> None:
    project = files("postgres:13", rds("postgres", "16"))
    project["environments/dev/main.tf"] = project.pop("main.tf")
    assert judged(project, policy).is_silent


WEB = "  web:\n    build: .\n"


def test_a_store_without_a_service(judged: Judge) -> None:
    project = files("postgres:16", rds("postgres", "16"), CACHE, services=WEB)
    built = project | {"Dockerfile": "FROM node:22\n"}
    assert judged(built, policy).places == [
        'main.tf:6 resource "aws_elasticache_replication_group" "s1"'
    ]
    assert judged(files("postgres:16", rds("postgres", "16"), CACHE), policy).is_silent


def test_an_unknown_image_may_stand_for_it(judged: Judge) -> None:
    unknown = "  x:\n    image: ${IMAGE}\n"
    project = files("postgres:16", CACHE, services=WEB + unknown)
    outcome = judged(project | {"Dockerfile": "FROM node:22\n"}, policy)
    assert (outcome.findings, len(outcome.undecided)) == ([], 2)
