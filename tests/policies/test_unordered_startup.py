from __future__ import annotations

import pytest

from cloudlint_policies.compose.unordered_startup import unordered_startup as policy
from judging import Judge

HEALTHY = "depends_on:\n      db:\n        condition: service_healthy"
CHECK = 'healthcheck:\n      test: ["CMD", "pg_isready"]'


def compose(web: str, db: str, more: str = "") -> dict[str, str]:
    text = f"services:\n  web:\n    image: shop/web:1\n    {web}\n  db:\n    {db}\n{more}"
    return {"compose.yaml": text}


@pytest.mark.parametrize(
    ("web", "place"),
    [
        ("depends_on: [db]", "4 db"),
        ("depends_on:\n      - db", "5 db"),
        ("depends_on:\n      db:\n        condition: service_started", "5 db"),
        (
            "depends_on:\n      db:\n        condition: service_started\n        required: false",
            "5",
        ),
    ],
)
def test_a_database_that_is_not_waited_for(judged: Judge, web: str, place: str) -> None:
    (found,) = judged(compose(web, "image: postgres:16"), policy).places
    assert found.startswith(f"compose.yaml:{place}")


def test_the_engine_is_named(judged: Judge) -> None:
    outcome = judged(compose("depends_on: [db]", "image: docker.io/library/mysql:8"), policy)
    assert outcome.messages == ["the service `web` does not wait until `db` (MySQL) is ready"]


@pytest.mark.parametrize(
    ("image", "engine"),
    [
        ("ghcr.io/example/postgres:14-vectors", "PostgreSQL"),
        ("example/mongodb:1", "MongoDB"),
        ("zulip/zulip-postgresql:14", "PostgreSQL"),
    ],
)
def test_an_image_of_somebody_s_own_is_known_by_its_name(
    judged: Judge, image: str, engine: str
) -> None:
    [message] = judged(compose("depends_on: [db]", f"image: {image}"), policy).messages
    assert message == f"the service `web` does not wait until `db` ({engine}) is ready"


@pytest.mark.parametrize(
    ("web", "db"),
    [
        ("restart: always", "image: postgres:16"),
        ("depends_on: [db]", "image: example/wait-for-postgres:1"),
        ("depends_on: [db]", "image: example/postgres-backup:1"),
        ("depends_on: [db]", "image: nginx:1"),
        ("links: [db]", "image: postgres:16"),
        (HEALTHY, f"image: postgres:16\n    {CHECK}"),
        (HEALTHY, "image: postgres:16\n    healthcheck:\n      test: pg_isready"),
        (HEALTHY.replace("healthy", "completed_successfully"), "image: postgres:16"),
    ],
)
def test_silent(judged: Judge, web: str, db: str) -> None:
    assert judged(compose(web, db), policy).is_silent


@pytest.mark.parametrize(
    "db",
    [
        "image: postgres:16",
        "image: postgres:16\n    healthcheck:\n      disable: true",
        'image: example/db:1\n    healthcheck:\n      test: ["NONE"]',
        "image: clickhouse/clickhouse-server:25.8",
        "image: postgres:16\n    healthcheck:\n      interval: 5s",
    ],
)
def test_waiting_for_a_health_check_that_is_not_there(judged: Judge, db: str) -> None:
    (finding,) = judged(compose(HEALTHY, db), policy).findings
    assert str(finding.severity) == "high"
    assert "never starts" in finding.message


def test_a_check_that_an_override_disables(judged: Judge) -> None:
    files = compose(HEALTHY, f"image: postgres:16\n    {CHECK}")
    files["compose.override.yaml"] = "services:\n  db:\n    healthcheck:\n      disable: true\n"
    assert len(judged(files, policy).findings) == 1


@pytest.mark.parametrize(
    ("dockerfile", "found"),
    [
        ("FROM postgres:16\nHEALTHCHECK CMD pg_isready\n", 0),
        ("FROM postgres:16 AS a\nHEALTHCHECK CMD pg_isready\nFROM a\n", 0),
        ("FROM postgres:16\n", 1),
        ("FROM postgres:16\nHEALTHCHECK CMD pg_isready\nHEALTHCHECK NONE\n", 1),
    ],
)
def test_the_check_of_a_dockerfile_counts(judged: Judge, dockerfile: str, found: int) -> None:
    files = {**compose(HEALTHY, "build: ."), "Dockerfile": dockerfile}
    outcome = judged(files, policy)
    assert (len(outcome.findings), outcome.undecided) == (found, [])


def test_a_database_that_is_built_is_a_database(judged: Judge) -> None:
    files = {**compose("depends_on: [db]", "build: ."), "Dockerfile": "FROM postgres:16\n"}
    assert len(judged(files, policy).findings) == 1


def test_profiles_and_extends(judged: Judge) -> None:
    more = "  worker:\n    extends: web\n    profiles: [jobs]\n"
    outcome = judged(compose("depends_on: [db]", "image: postgres:16", more), policy)
    assert [finding.address for finding in outcome.findings] == ["compose.service.web"]
    more = "  worker:\n    image: shop/web:1\n    profiles: [jobs]\n    depends_on: [db]\n"
    outcome = judged(compose("restart: always", "image: postgres:16", more), policy)
    assert outcome.places == ["compose.yaml:10 db"]


@pytest.mark.parametrize(
    ("web", "db", "reason"),
    [
        ("depends_on: [db]", "image: ${DB}", "DB"),
        (HEALTHY, "image: example/db:1", "whether example/db has a health check is not known"),
        (HEALTHY, "build: https://example.com/db.git", "whether the Dockerfile of db has"),
    ],
)
def test_what_is_not_known_is_undecided(judged: Judge, web: str, db: str, reason: str) -> None:
    outcome = judged(compose(web, db), policy)
    assert not outcome.findings
    (told,) = outcome.undecided
    assert reason in told


def test_a_health_check_that_may_be_switched_off(judged: Judge) -> None:
    text = """
    services:
      web:
        image: a
        depends_on: {db: {condition: service_healthy}}
      db:
        image: postgres:16
        healthcheck: {test: ["${CHECK}"]}
    """
    outcome = judged({"compose.yaml": text}, policy)
    assert (outcome.findings, outcome.undecided) == ([], ["CHECK has no value in `.env`"])
