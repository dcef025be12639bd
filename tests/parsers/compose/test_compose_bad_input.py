"""Whatever a compose file holds: a diagnostic with its place, and the rest is still there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cloudlint.discovery import Repository
from cloudlint.parsers.compose import load_projects, loader, service

if TYPE_CHECKING:
    from compose.conftest import Scanner

REST = "  ok: {image: ok}\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "warning compose.yaml this compose file is empty"),
        ("# nothing\n", "warning compose.yaml this compose file is empty"),
        ("---\n# nothing\n", "warning compose.yaml:3:1 this compose file is empty"),
        ("- a", "error compose.yaml:1:1 a compose file must be a mapping with `services`"),
        ("text", "error compose.yaml:1:1 a compose file must be a mapping with `services`"),
        ("services: [a]", "error compose.yaml:1:11 `services` must be a mapping"),
        ("web: {image: x}", "error compose.yaml:1:1 services at the top level are version 1"),
        ("include: x", "error compose.yaml:1:10 `include` must be a list"),
        ("include: [no.yml]", "error compose.yaml:1:11 there is no file `no.yml` to include"),
        ("include: [../../etc/x]", "error compose.yaml:1:11 there is no file `../../etc/x`"),
        ("include: [compose.yaml]", "error compose.yaml:1:11 `compose.yaml` includes itself"),
        ("include: ['oci://a/b']", "warning compose.yaml:1:11 `oci://a/b` is not in"),
        ("services:\n\tweb: 1", "error compose.yaml:2:1 YAML does not allow a tab here"),
    ],
)
def test_files_that_hold_no_services(scan: Scanner, text: str, told: str) -> None:
    found = scan(text)
    assert len(found.problems) == 1
    assert found.told()[0].startswith(told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("web: 5", "error compose.yaml:3:8 `services.web` must be a mapping"),
        ("80: {image: x}", "error compose.yaml:3:3 the key `80` is not a string"),
        ("? [a]\n  : {}", "error compose.yaml:3:5 a key must be a string"),
        ("ok: {}", "error compose.yaml:3:3 the key `ok` is written twice"),
        ("web: {image: x, ports: 80}", "error compose.yaml:3:26 `ports` of service `web` must"),
        ("web: {image: [x]}", "error compose.yaml:3:16 `image` of service `web` must be"),
        ("web: {image: x, environment: x}", "error compose.yaml:3:32 `environment` of"),
        ("web: {image: x, ports: [a]}", "error compose.yaml:3:27 `a` is neither a port nor"),
        ("web: {image: x, ports: [[80]]}", "error compose.yaml:3:27 this is neither a text"),
        ("web: {image: x, volumes: ['aa:']}", "error compose.yaml:3:29 `aa:` is empty"),
        ("web: {image: x, volumes: [{}]}", "error compose.yaml:3:29 this volume has no"),
        ("web: {image: x, tty: maybe}", "error compose.yaml:3:24 `maybe` is not a boolean"),
        ("web: {image: '${'}", "error compose.yaml:3:16 `${` is not followed by"),
        ("web: {extends: no}", "error compose.yaml:3:18 there is no service `no` to extend"),
        ("web: {extends: web}", "error compose.yaml:3:18 service `web` extends itself"),
        ("web: {extends: {file: a.yml, service: a}}", "error compose.yaml:3:25 there is no file"),
        ("web: {extends: {file: /etc/passwd, service: a}}", "error compose.yaml:3:25 there is"),
        ("web: {image: x, depends_on: [no]}", "warning compose.yaml:3:32 service `web` depends"),
        ("web: {user: x}", "warning compose.yaml:3:3 service `web` has neither an image nor"),
        ("<<: 5", "error compose.yaml:3:3 `<<` must be given a mapping"),
    ],
)
def test_services_that_are_wrong(scan: Scanner, text: str, told: str) -> None:
    found = scan(f"services:\n{REST}  {text}\n")
    assert found.told()[0].startswith(told)
    assert len(found.problems) == 1
    assert "ok" in found.project.services


def test_what_is_of_the_wrong_type_is_not_known(scan: Scanner) -> None:
    web = scan("services: {web: {image: x, privileged: maybe}}").service()
    assert web.privileged.truth() is None


def test_one_bad_file_does_not_hide_the_others(scan: Scanner) -> None:
    found = scan(
        {
            "compose.yaml": "services: {web: {image: x}}",
            "compose.override.yaml": "services: [",
            "b/compose.yaml": "include: [bad.yaml, good.yaml]",
            "b/bad.yaml": "a: b: c",
            "b/good.yaml": "services: {good: {image: x}}",
        }
    )
    assert [list(project.services) for project in found.projects] == [["web"], ["good"]]
    assert [problem.path for problem in found.problems] == ["compose.override.yaml", "b/bad.yaml"]


def test_unreadable_files_are_told(tmp_path: Path) -> None:
    (tmp_path / "compose.yaml").write_bytes(b"services: {a: {image: \xff}}")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "compose.yaml").mkdir()
    _, problems = load_projects(Repository(tmp_path), ["compose.yaml", "b/compose.yaml", "no.yml"])
    assert {problem.path for problem in problems} == {"compose.yaml", "b/compose.yaml", "no.yml"}


def test_chains_of_files_and_services_end(scan: Scanner) -> None:
    files = {f"c{n}.yaml": f"include: [c{n + 1}.yaml, c{n + 1}.yaml]" for n in range(200)}
    found = scan({"compose.yaml": "include: [c0.yaml]\nservices: {web: {image: x}}", **files})
    assert "web" in found.project.services
    assert any("are included" in problem.message for problem in found.problems)
    services = "".join(f"  s{n}: {{extends: s{n + 1}}}\n" for n in range(500))
    found = scan(f"services:\n{services}  s500: {{image: x}}\n")
    assert any("extend each other" in problem.message for problem in found.problems)


def test_services_that_inherit_without_end_are_told(
    scan: Scanner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loader, "MAX_INHERITED", 1000)
    ports = ", ".join(str(port) for port in range(1, 100))
    heirs = "".join(f"  s{n}: {{extends: web}}\n" for n in range(50))
    found = scan(f"services:\n  web: {{image: x, ports: [{ports}]}}\n{heirs}")
    assert any("inherits too much" in problem.message for problem in found.problems)
    assert len(found.project.services) == 51


def test_environment_files_without_end_are_told(
    scan: Scanner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "MAX_VARIABLES", 1000)
    services = "".join(f"  s{n}: {{image: x, env_file: a.env}}\n" for n in range(20))
    lines = "\n".join(f"A{n}=$B" for n in range(100))
    found = scan({"compose.yaml": f"services:\n{services}", "a.env": lines})
    assert any("too many variables" in problem.message for problem in found.problems)


@pytest.mark.parametrize("value", ["hunter2${", "hunter2${A", "hunter2${X:-hunter2"])
def test_a_diagnostic_does_not_tell_what_may_be_a_secret(scan: Scanner, value: str) -> None:
    web = f"{{image: x, environment: {{PASSWORD: '{value}'}}}}"
    found = scan(
        {
            ".env": f"PASSWORD={value}\nhunter2 hunter2\n",
            "compose.yaml": f"services: {{web: {web}}}",
        }
    )
    assert len(found.problems) == 3
    assert not any("hunter2" in problem.message for problem in found.problems)


WORDS = (
    "services web image ports volumes environment depends_on extends build include env_file"
    " healthcheck secrets command << &a *a 80 '8080:80' ./a:/b A=b { } [ ] , !reset !override null"
    " true compose.yaml $A ${A:-b} ' \" |"
)
PIECES = st.sampled_from([*WORDS.split(), ": ", "- ", "\n", "\n  ", "\n    ", " # x"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_text_is_loaded(scan: Scanner, text: str) -> None:
    scan(text)


TEXTS = ["", "web", "$A", "${A:-x}:80", "80:80", "./a:/b", "A=b", "compose.yaml", "service:web"]
KEYS = "web source target type published service file condition required path context args test"
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(TEXTS)
TREES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*KEYS.split(), "disable"]), inner, max_size=3)
    ),
    max_leaves=6,
)
ATTRIBUTES = st.sampled_from(
    "build cap_add command configs depends_on deploy dns entrypoint env_file environment expose"
    " extends extra_hosts healthcheck image labels links network_mode networks pid ports"
    " privileged profiles read_only secrets security_opt tmpfs ulimits user volumes"
    " volumes_from".split()
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(*[st.dictionaries(ATTRIBUTES, TREES, max_size=4)] * 2)
def test_any_service_is_loaded(
    scan: Scanner, base: dict[str, object], over: dict[str, object]
) -> None:
    found = scan(
        {
            "compose.yaml": json.dumps({"services": {"web": base, "db": {"extends": "web"}}}),
            "compose.override.yaml": json.dumps({"services": {"web": over}}),
        }
    )
    assert set(found.project.services) == {"web", "db"}
