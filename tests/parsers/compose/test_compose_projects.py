"""Which files make a project, and how they come together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from compose.conftest import Scanner

WEB = "services: {web: {image: web}}"


def test_the_override_file_goes_over_the_base(scan: Scanner) -> None:
    override = "services: {web: {user: root}}"
    found = scan({"app/docker-compose.yml": WEB, "app/compose.override.yaml": override})
    web = found.service()
    assert (web.image, web.user) == ("web", "root")
    assert web.user.place is not None
    assert web.user.place.path == "app/compose.override.yaml"
    assert web.files == ("app/compose.override.yaml", "app/docker-compose.yml")
    assert web.file == "app/docker-compose.yml"
    assert found.project.directory == "app"
    assert found.project.name == "app"


def test_compose_takes_the_first_of_its_names(scan: Scanner) -> None:
    found = scan({"docker-compose.yml": WEB, "compose.yaml": WEB, "compose.override.yml": WEB})
    assert [project.files for project in found.projects] == [
        ("compose.yaml", "compose.override.yml"),
        ("docker-compose.yml",),
    ]


def test_a_variant_that_stands_by_itself_is_a_project(scan: Scanner) -> None:
    found = scan({"compose.yaml": WEB, "compose.prod.yaml": "services: {job: {image: job}}"})
    assert [list(project.services) for project in found.projects] == [["web"], ["job"]]


def test_a_variant_that_does_not_is_merged_over_the_base(scan: Scanner) -> None:
    prod = "services: {web: {user: nobody}, job: {image: job, depends_on: [web]}}"
    found = scan({"compose.yaml": WEB, "compose.override.yaml": WEB, "compose.prod.yaml": prod})
    assert [project.files for project in found.projects] == [
        ("compose.yaml", "compose.override.yaml"),
        ("compose.yaml", "compose.prod.yaml"),
    ]
    assert found.projects[1].services["web"].image == "web"
    assert found.told() == []


def test_a_variant_that_needs_the_override_file_gets_it(scan: Scanner) -> None:
    found = scan(
        {
            "compose.yaml": WEB,
            "compose.override.yaml": "services: {db: {image: db}}",
            "compose.debug.yaml": "services: {db: {tty: true}}",
        }
    )
    assert len(found.projects[1].files) == 3
    assert found.told() == []


def test_the_files_that_the_environment_names_make_the_project(scan: Scanner) -> None:
    found = scan(
        {
            ".env": "COMPOSE_FILE=compose.yaml:compose.prod.yaml\nCOMPOSE_PROJECT_NAME=shop",
            "compose.yaml": WEB,
            "compose.prod.yaml": "services: {web: {image: 'prod-$COMPOSE_PROJECT_NAME'}}",
        }
    )
    assert found.service().image == "prod-shop"
    assert found.project.name == "shop"


def test_included_services_keep_their_paths(scan: Scanner) -> None:
    found = scan(
        {
            "compose.yaml": "include: [db/compose.db.yaml, {path: [api/a.yaml, api/b.yaml]}]\n"
            "services: {db: {user: postgres}}",
            "db/compose.db.yaml": "services: {db: {build: ., image: 'db:$TAG', env_file: db.env,"
            " volumes: ['./data:/d', named:/n]}}\nsecrets: {pw: {file: ./pw.txt}}",
            "db/.env": "TAG=7",
            "db/db.env": "X=1",
            "api/a.yaml": "services: {api: {image: a}}",
            "api/b.yaml": "services: {api: {image: b}}",
        }
    )
    db = found.service("db")
    assert db.build is not None
    assert db.build.dockerfile_path == "db/Dockerfile"
    assert (db.image, db.user) == ("db:7", "postgres")
    assert [volume.path for volume in db.volumes] == ["db/data", None]
    assert db.environment["X"] == "1"
    assert found.project.secrets["pw"]["file"] == "./db/pw.txt"
    assert found.service("api").image == "b"
    assert found.told() == []
    assert set(found.project.sources) >= {"db/compose.db.yaml", "api/b.yaml"}


def test_extending_takes_over_what_is_not_said(scan: Scanner) -> None:
    found = scan(
        {
            "compose.yaml": "services:\n  web:\n    extends: {file: lib/base.yml, service: app}\n"
            "    environment: [A=2]\n    command: [own]\n",
            "lib/base.yml": "services:\n  app:\n    extends: root\n    build: ./src\n"
            "    environment: {A: 1, B: 1}\n    depends_on: [db]\n  root:\n    user: root\n"
            "    command: [base]\n",
        }
    )
    web = found.service()
    assert web.build is not None
    assert web.build.directory == "lib/src"
    assert web.environment == {"A": "2", "B": "1"}
    assert web.command.python() == ["own"]
    user = web.user
    assert user == "root"
    assert user.span is not None and user.place is not None
    assert (user.span.path, user.place.place) == ("lib/base.yml", "lib/base.yml:8:11")
    assert [step.text for step in user.marks.trail] == [
        "`web` extends `app`",
        "`app` extends `root`",
    ]
    assert [problem.message for problem in found.problems] == [
        "service `web` depends on `db`, which is not defined"
    ]


def test_a_file_that_only_lends_its_services_is_no_project(scan: Scanner) -> None:
    found = scan(
        {
            "compose.yaml": "services: {web: {extends: {file: compose.common.yaml, service: a}}}",
            "compose.common.yaml": "services: {a: {image: a}, unused: {user: root}}",
        }
    )
    assert found.project.files == ("compose.yaml",)
    assert found.told() == []


def test_an_anchor_is_used_where_it_is_written_and_tells_who_repeats_it(scan: Scanner) -> None:
    web = scan(
        "x-base: &base\n  user: root\n  depends_on: &deps\n    db: {condition: service_healthy}\n"
        "services:\n  web:\n    <<: *base\n    image: web\n  job: {image: j, depends_on: *deps}\n"
        "  db: {image: db}\n"
    )
    user = web.service().user
    assert user.span is not None and user.place is not None
    assert (user.span.place, user.place.place) == ("compose.yaml:2:9", "compose.yaml:2:9")
    assert [step.span.place for step in user.marks.trail if step.span] == ["compose.yaml:7:9"]
    (dependency,) = web.service("job").dependencies
    assert dependency.span is not None
    assert dependency.span.text == "db"
    assert dependency.condition == "service_healthy"


MERGES = [
    ("command: [a, b]", "command: c", "command", "c"),
    ("entrypoint: a", "entrypoint: [b]", "entrypoint", ["b"]),
    ("healthcheck: {test: [CMD, a], retries: 3}", "healthcheck: {test: b}", "healthcheck",
     {"test": "b", "retries": 3}),
    ("cap_add: [A, B]", "cap_add: [B, C]", "cap_add", ["A", "B", "C"]),
    ("security_opt: [a]", "security_opt: [a, b]", "security_opt", ["a", "a", "b"]),
    ("dns: 1.1.1.1", "dns: [8.8.8.8]", "dns", ["1.1.1.1", "8.8.8.8"]),
    ("environment: [A=1, B=1]", "environment: {B: 2, C: 3}", "environment",
     {"A": "1", "B": "2", "C": "3"}),
    ("environment: {A: 1}", "environment: [A]", "environment", {"A": None}),
    ("labels: {a: x}", "labels: [b=y]", "labels", {"a": "x", "b": "y"}),
    ("ports: ['80:80']", "ports: ['81:80', '80:80']", "ports",
     [{"published": 80, "target": 80, "protocol": "tcp"},
      {"published": 81, "target": 80, "protocol": "tcp"}]),
    ("volumes: ['db:/x', 'etc:/y']", "volumes: ['./c:/x']", "volumes",
     [{"type": "bind", "source": "./c", "target": "/x"},
      {"type": "volume", "source": "etc", "target": "/y"}]),
    ("build: ./a", "build: {target: t}", "build", {"context": "./a", "target": "t"}),
    ("secrets: [a]", "secrets: [{source: b, target: a}]", "secrets",
     [{"source": "b", "target": "a"}]),
    ("deploy: {replicas: 1, mode: x}", "deploy: {replicas: '2'}", "deploy",
     {"replicas": 2, "mode": "x"}),
    ("user: a", "user:", "user", "a"),
    ("ports: ['80:80']", "ports: !reset []", "ports", None),
    ("ports: ['80:80']", "ports: !override ['81:81']", "ports",
     [{"published": 81, "target": 81, "protocol": "tcp"}]),
    ("environment: {A: 1, B: 1}", "environment: {A: !reset null}", "environment", {"B": "1"}),
    ("depends_on: {web: {condition: service_healthy, required: false}}", "depends_on: [web]",
     "depends_on", {"web": {"condition": "service_started", "required": True}}),
]  # fmt: skip


@pytest.mark.parametrize(("base", "over", "name", "expected"), MERGES)
def test_merging(scan: Scanner, base: str, over: str, name: str, expected: object) -> None:
    found = scan(
        {
            "compose.yaml": f"services:\n  web:\n    image: x\n    {base}\n",
            "compose.override.yaml": f"services:\n  web:\n    {over}\n",
        }
    )
    assert found.service().body[name].python() == expected
    assert found.told() == []


def test_documents_of_one_file_go_over_each_other(scan: Scanner) -> None:
    found = scan("services: {web: {image: a, user: u}}\n---\nservices: {web: {image: b}}")
    assert (found.service().image, found.service().user) == ("b", "u")


def test_comments_come_with_their_files(scan: Scanner) -> None:
    found = scan("# one\nservices:\n  web:\n    image: x # two\n")
    comments = found.project.comments["compose.yaml"]
    assert [comment.text for comment in comments] == ["# one", "# two"]
