"""What a service says, in long form, typed and with its places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cloudlint.values import Symbolic, Undecided

if TYPE_CHECKING:
    from compose.conftest import Scanner


def test_a_service_is_placed_at_its_key(scan: Scanner) -> None:
    web = scan("services:\n  web:\n    image: 'a'\n").service()
    assert (web.address, web.span.place) == ("compose.service.web", "compose.yaml:2:3")
    assert web.image.place is not None
    assert web.image.place.text == "'a'"
    assert web.privileged.is_null
    assert web.privileged.place == web.span


@pytest.mark.parametrize(
    ("build", "directory", "dockerfile"),
    [
        ("build: ./app", "app", "app/Dockerfile"),
        ("build: {context: app, dockerfile: ../prod.Dockerfile}", "app", "prod.Dockerfile"),
        ("build: {dockerfile_inline: FROM scratch}", ".", None),
        ("build: {target: run}", ".", "Dockerfile"),
        ("build: ..", None, None),
        ("build: /srv/app", None, None),
        ("build: https://github.com/a/b.git", None, None),
        ("build: git@github.com:a/b.git", None, None),
        ("build: $DIR", None, None),
        ("build: '${DIR:-app}'", "app", "app/Dockerfile"),
    ],
)
def test_a_build_leads_to_its_dockerfile(
    scan: Scanner, build: str, directory: str | None, dockerfile: str | None
) -> None:
    found = scan(f"services: {{web: {{{build}}}}}")
    assert found.service().build is not None
    assert found.service().build.directory == directory  # type: ignore[union-attr]
    assert found.service().build.dockerfile_path == dockerfile  # type: ignore[union-attr]
    assert found.told() == []


def test_build_arguments(scan: Scanner) -> None:
    build = scan(
        {
            ".env": "FROM_ENV=1",
            "compose.yaml": "services: {web: {build: {args: [A=x, FROM_ENV, UNSET], target: t}}}",
        }
    ).service().build  # fmt: skip
    assert build is not None
    assert build.target == "t"
    assert (build.args["A"], build.args["FROM_ENV"]) == ("x", "1")
    assert isinstance(build.args["UNSET"], Symbolic)


def test_the_environment_of_a_service(scan: Scanner) -> None:
    found = scan(
        {
            ".env": "LOGIN=ann\nLEVEL=info",
            "web.env": "A=file\nB=${LEVEL}-$C\nTOKEN\n",
            "compose.yaml": "services:\n  web:\n    image: x\n    env_file: [web.env,"
            " {path: none.env, required: false}]\n    environment: {A: own, C: 3, LOGIN: ,"
            " UNSET: , D: true, E: 1.50}\n",
        }
    )
    environment = found.service().environment
    known = {name: value.known_or(None) for name, value in environment.items()}
    assert known == {
        "A": "own", "B": "info-3", "C": "3", "LOGIN": "ann", "UNSET": None, "D": "true",
        "E": "1.5",
    }  # fmt: skip
    with pytest.raises(Undecided, match=r"UNSET .* has no value in `.env`"):
        environment["UNSET"].string()
    places = {name: value.place and value.place.place for name, value in environment.items()}
    assert places["B"] == "compose.yaml:4:16"
    assert places["LOGIN"] == "compose.yaml:5:33"
    assert environment["B"].span is not None
    assert environment["B"].span.place == "web.env:2:3"
    assert [file.found for file in found.service().env_files] == [True, False]
    assert found.told() == []


def test_a_missing_environment_file_is_told(scan: Scanner) -> None:
    found = scan("services: {web: {image: x, env_file: [a.env, ../b.env]}}")
    assert [line.split(" ")[0] for line in found.told()] == ["warning", "warning"]
    assert "a.env" in found.told()[0]


def test_dependencies_of_every_kind(scan: Scanner) -> None:
    found = scan(
        "services:\n  web:\n    image: x\n    depends_on: [db]\n    links: ['cache:c']\n"
        "    volumes_from: [files:ro, 'container:other']\n    network_mode: service:vpn\n"
        "  job: {image: x, depends_on: {db: {condition: service_healthy}, db2: {restart: true}}}\n"
        "  db: {image: x}\n  db2: {image: x}\n  cache: {image: x}\n  files: {image: x}\n"
        "  vpn: {image: x}\n"
    )
    web = [
        (d.service, d.condition.string(), d.reason, d.span and d.span.text)
        for d in found.service().dependencies
    ]
    assert web == [
        ("db", "service_started", "depends_on", "db"),
        ("cache", "service_started", "links", "'cache:c'"),
        ("files", "service_started", "volumes_from", "files:ro"),
        ("vpn", "service_started", "network_mode", "service:vpn"),
    ]
    job = [(d.service, d.condition.string()) for d in found.service("job").dependencies]
    assert job == [("db", "service_healthy"), ("db2", "service_started")]
    assert found.told() == []


@pytest.mark.parametrize(
    ("text", "disabled"),
    [
        ("{test: [CMD, x]}", False),
        ("{disable: true}", True),
        ("{disable: 'yes'}", True),
        ("{test: NONE}", True),
        ("{test: [NONE]}", True),
        ("{disable: $OFF}", None),
        ("{interval: 5s}", False),
    ],
)
def test_health_checks(scan: Scanner, text: str, disabled: bool | None) -> None:
    check = scan(f"services: {{web: {{image: x, healthcheck: {text}}}}}").service().healthcheck
    assert check is not None
    assert check.disabled.truth() is disabled


def test_no_health_check(scan: Scanner) -> None:
    assert scan("services: {web: {image: x}}").service().healthcheck is None


def test_ports_and_volumes(scan: Scanner) -> None:
    web = scan(
        "services:\n  web:\n    image: x\n    ports:\n      - '127.0.0.1:80-82:90-92'\n"
        "      - {target: '5432', published: '5432'}\n    volumes:\n      - ./data:/d:ro\n"
        "      - {type: bind, source: /var/run, target: /r, read_only: 'true'}\n"
        "      - {type: tmpfs, target: /t}\n"
    ).service()
    first, second = web.ports
    assert (list(first.published_ports()), list(first.targets())) == ([80, 81, 82], [90, 91, 92])
    assert first.span is not None
    assert first.span.text == "'127.0.0.1:80-82:90-92'"
    assert (second.target, second.published, second.host_ip.is_null) == (5432, 5432, True)
    assert [(v.type.string(), v.path, bool(v.read_only)) for v in web.volumes] == [
        ("bind", "data", True),
        ("bind", None, True),
        ("tmpfs", None, False),
    ]


def test_secrets_and_configs(scan: Scanner) -> None:
    web = scan(
        "services: {web: {image: x, secrets: [a, {source: b, target: /b}], configs: [c]}}"
    ).service()
    assert [(g.source.string(), g.target.string()) for g in web.secrets + web.configs] == [
        ("a", "/run/secrets/a"),
        ("b", "/b"),
        ("c", "/c"),
    ]


def test_lists_and_texts_of_a_service(scan: Scanner) -> None:
    web = scan(
        "services: {web: {image: x, cap_add: [ALL], tmpfs: /t, profiles: [dev], expose: [80],"
        " security_opt: ['no-new-privileges:true'], pid: host, restart: 'no', read_only: yes}}"
    ).service()
    lists = (web.cap_add, web.tmpfs, web.profiles, web.expose, web.security_opt)
    assert [[item.python() for item in items] for items in lists] == [
        ["ALL"], ["/t"], ["dev"], [80], ["no-new-privileges:true"],
    ]  # fmt: skip
    assert (web.pid, web.restart, web.read_only) == ("host", "no", True)
    assert web["userns_mode"].is_null


def test_a_label_of_unknown_name_is_left_out(scan: Scanner) -> None:
    text = "services: {web: {image: a, labels: ['on=yes', 'routers.${ROUTER}.rule=x']}}"
    found = scan(text)
    labels = found.service().body["labels"]
    assert (found.told(), labels["on"].string(), labels["rule"].is_null) == ([], "yes", True)
