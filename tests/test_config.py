"""The configuration: where it is found, what it takes, and how its mistakes are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from cloudlint.config import Config, find, matches, read, settings
from cloudlint.discovery import Repository
from cloudlint.graph import Environment
from cloudlint.plugins import Catalogue
from cloudlint.severity import Severity
from cloudlint.usage import Misuse

HOUSE = Path(__file__).parent / "data" / "policies"


def found(folder: Path, files: dict[str, str], start: str = ".") -> Config:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / start).mkdir(parents=True, exist_ok=True)
    return find(Repository(folder), start)


def misuse(folder: Path, text: str, name: str = "cloudlint.toml") -> Misuse:
    with pytest.raises(Misuse) as raised:
        found(folder, {name: text})
    return raised.value


def test_a_repository_without_one_has_the_defaults(tmp_path: Path) -> None:
    config = found(tmp_path, {})
    assert config == Config()
    assert config.fail_on is Severity.MEDIUM


def test_every_key(tmp_path: Path) -> None:
    text = """
        fail-on = "high"
        select = ["images"]
        ignore = ["unpinned-image"]
        exclude = ["examples/**", "vendor"]
        strict = true
        include-staging = true
        var-files = ["prod.tfvars"]
        [environments]
        "live/**" = "production"
        "*-test" = "development"
        [policies.root-container]
        severity = "low"
    """
    config = found(tmp_path, {"cloudlint.toml": text})
    assert config.fail_on is Severity.HIGH
    assert config.select == ("images",)
    assert config.ignore == ("unpinned-image",)
    assert config.exclude == ("examples/**", "vendor")
    assert config.strict
    assert config.include_staging
    assert config.var_files == ("prod.tfvars",)
    assert config.environments == (
        ("live/**", Environment.PRODUCTION),
        ("*-test", Environment.DEVELOPMENT),
    )
    assert config.tables == {"root-container": {"severity": "low"}}


def test_fail_on_never(tmp_path: Path) -> None:
    assert found(tmp_path, {"cloudlint.toml": 'fail-on = "never"'}).fail_on is None


# -- where -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "fail_on"),
    [
        (["cloudlint.toml"], "critical"),
        ([".cloudlint.toml"], "critical"),
        (["a/cloudlint.toml", "cloudlint.toml"], "critical"),
        (["cloudlint.toml", ".cloudlint.toml"], "critical"),
        (["a/b/.cloudlint.toml", "a/cloudlint.toml"], "critical"),
    ],
)
def test_the_nearest_one_counts(tmp_path: Path, files: list[str], fail_on: str) -> None:
    texts = dict.fromkeys(files, 'fail-on = "low"')
    texts[files[0]] = f'fail-on = "{fail_on}"'
    config = found(tmp_path, texts, "a/b")
    assert str(config.fail_on) == fail_on


def test_a_table_in_pyproject(tmp_path: Path) -> None:
    files = {"pyproject.toml": '[tool.cloudlint]\nfail-on = "low"\n'}
    assert found(tmp_path, files).fail_on is Severity.LOW


@pytest.mark.parametrize("text", ["[project]\nname = 'x'\n", "no {{ toml }} at all", "tool = 1"])
def test_a_pyproject_of_somebody_else_is_passed_over(tmp_path: Path, text: str) -> None:
    files = {"a/pyproject.toml": text, "cloudlint.toml": 'fail-on = "low"'}
    assert found(tmp_path, files, "a").fail_on is Severity.LOW


def test_none_is_read_from_outside_of_the_repository(tmp_path: Path) -> None:
    (tmp_path / "cloudlint.toml").write_text('fail-on = "low"', encoding="utf-8")
    repository = tmp_path / "repository"
    repository.mkdir()
    assert found(repository, {}) == Config()
    (repository / "cloudlint.toml").symlink_to("../cloudlint.toml")
    assert found(repository, {}) == Config()


def test_globs_and_paths_start_at_the_configuration(tmp_path: Path) -> None:
    text = 'exclude = ["old"]\nvar-files = ["x.tfvars"]\n[environments]\n"live" = "production"\n'
    config = found(tmp_path, {"in[f]ra/cloudlint.toml": text}, "in[f]ra")
    assert config.excluded("in[f]ra/old/main.tf")
    assert not config.excluded("old/main.tf")
    assert config.var_files == ("in[f]ra/x.tfvars",)
    assert matches("in[f]ra/live/main.tf", config.environments[0][0])


def test_a_named_file_is_relative_to_the_root(tmp_path: Path) -> None:
    file = tmp_path / "ci.toml"
    file.write_text('exclude = ["old"]', encoding="utf-8")
    assert read(file).excluded("old/main.tf")


@pytest.mark.parametrize(
    ("glob", "path", "is_match"),
    [
        ("examples", "examples/a/main.tf", True),
        ("examples/", "examples/main.tf", True),
        ("examples/**", "examples/a/main.tf", True),
        ("examples", "other/examples/main.tf", False),
        ("**/examples", "other/examples/main.tf", True),
        ("**/examples", "examples/main.tf", True),
        ("*.tfvars", "a/b/prod.tfvars", True),
        ("a?c.tf", "abc.tf", True),
        ("[!a].tf", "a.tf", False),
        ("example", "examples/main.tf", False),
    ],
)
def test_globs(glob: str, path: str, is_match: bool) -> None:
    assert matches(path, glob) is is_match


# -- mistakes --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message", "line", "hint"),
    [
        ("\nfial-on = 'low'", "unknown key `fial-on`", 2, "Did you mean `fail-on`?"),
        ("[environmnets]\na = 'b'", "unknown key `environmnets`", 1, "`environments`"),
        ("policies.x = 1", "`policies.x` must be a table", 1, ""),
        ("strict = 1", "`strict` must be true or false", 1, ""),
        ("exclude = 'a'", "`exclude` must be a list of strings", 1, ""),
        ("ignore = ['a', 1]", "`ignore` must be a list of strings", 1, ""),
        ("fail-on = 'sometimes'", "`fail-on` must be one of critical, high", 1, ""),
        ("fail-on = []", "`fail-on` must be one of", 1, ""),
        ("[environments]\n\n'a/**' = 'prod'", "`a/**` must be one of production", 3, ""),
        ("[environments]\n'a/**' = ['production']", "`a/**` must be one of", 2, ""),
        ("a = \nb = 1", "no valid TOML", 1, ""),
        ("policies = 1", "`policies` must be a table", 1, ""),
    ],
)
def test_mistakes_have_a_place(
    tmp_path: Path, text: str, message: str, line: int, hint: str
) -> None:
    error = misuse(tmp_path, text)
    assert message in error.message
    assert error.place.startswith(f"cloudlint.toml:{line}")
    assert hint in error.hint


def test_places_in_pyproject(tmp_path: Path) -> None:
    text = "[project]\nstrcit = 1\n[tool.cloudlint]\nstrcit = true\n"
    assert misuse(tmp_path, text, "pyproject.toml").place == "pyproject.toml:4"


@pytest.mark.parametrize("text", ["a = " + "[" * 100_000, "a = " + "9" * 10_000, "\ufeff=", "\0"])
def test_hostile_toml_is_a_mistake_too(tmp_path: Path, text: str) -> None:
    assert misuse(tmp_path, text).place.startswith("cloudlint.toml")


def test_a_file_that_is_no_text_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "cloudlint.toml").write_bytes(b"\xff")
    with pytest.raises(Misuse, match="UTF-8"):
        find(Repository(tmp_path), ".")
    with pytest.raises(Misuse, match="UTF-8"):
        read(tmp_path / "cloudlint.toml")


# -- settings of policies --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("registy = 'a'", "the policy `foreign-registry` has no option `registy`", 2),
        ("registry = 1", "`registry` must be a string", 2),
        ("also-from = 'a'", "`also-from` must be a list of strings", 2),
        ("severity = 'bad'", "`severity` must be one of critical", 2),
        ("severity = 1", "`severity` must be one of critical", 2),
    ],
)
def test_options_are_checked_against_the_policy(
    tmp_path: Path, text: str, message: str, line: int
) -> None:
    config = found(tmp_path, {"cloudlint.toml": f"[policies.foreign-registry]\n{text}\n"})
    policy = Catalogue([str(HOUSE)]).policy("foreign-registry")
    with pytest.raises(Misuse) as raised:
        settings(config, [policy])
    assert message in raised.value.message
    assert raised.value.place == f"cloudlint.toml:{line}"


@pytest.mark.parametrize("key", ["also-from", "also_from"])
def test_options_reach_the_policy_by_the_names_of_its_parameters(tmp_path: Path, key: str) -> None:
    text = f"[policies.foreign-registry]\n{key} = ['a']\nseverity = 'low'\n"
    policy = Catalogue([str(HOUSE)]).policy("foreign-registry")
    given = settings(found(tmp_path, {"cloudlint.toml": text}), [policy])["foreign-registry"]
    assert given.options == {"also_from": ["a"]}
    assert given.severity is Severity.LOW
