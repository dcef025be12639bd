from __future__ import annotations

from collections.abc import Callable

import pytest

from cloudlint.graph import Environment, Graph
from cloudlint.graph.environment import Rules, of_path, of_value, of_word
from cloudlint.values import known, template, unknown

PRODUCTION, STAGING, DEVELOPMENT = Environment
Read = Callable[..., Graph]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("prod", PRODUCTION),
        ("Production", PRODUCTION),
        ("prod-eu", PRODUCTION),
        ("live", PRODUCTION),
        ("staging", STAGING),
        ("uat_2", STAGING),
        ("preprod", STAGING),
        ("pre-prod", STAGING),
        ("non-prod", STAGING),
        ("nonprod", STAGING),
        ("pre-production", STAGING),
        ("non_live", STAGING),
        ("dev", DEVELOPMENT),
        ("my-test", DEVELOPMENT),
        ("sandbox", DEVELOPMENT),
        ("testdata", DEVELOPMENT),
        ("quickstart", DEVELOPMENT),
        ("examples", DEVELOPMENT),
        ("search-poc", DEVELOPMENT),
        ("devops", None),
        ("products", None),
        ("delivery", None),
        ("global", None),
        ("", None),
    ],
)
def test_words(word: str, expected: Environment | None) -> None:
    assert of_word(word) is expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("envs/prod/db", PRODUCTION),
        ("live/dev", DEVELOPMENT),
        ("examples/production", PRODUCTION),
        ("terraform/modules/db", None),
        ("docker-compose.dev.yml", DEVELOPMENT),
        (".", None),
    ],
)
def test_the_last_word_of_a_path_decides(path: str, expected: Environment | None) -> None:
    assert of_path(path) is expected


def test_values() -> None:
    region = unknown("var.region", "has no value")
    assert of_value(known("dev")) is DEVELOPMENT
    assert of_value(region) is None
    assert of_value(known(None)) is None
    assert of_value(template(["dev-", region])) is DEVELOPMENT
    assert of_value(template([region, "prod"])) is None


@pytest.mark.parametrize(
    ("glob", "path", "matches"),
    [
        ("envs/dev", "envs/dev", True),
        ("envs/dev", "envs/dev/db", True),
        ("envs/dev/", "envs/dev/db", True),
        ("envs/dev/**", "envs/dev", True),
        ("envs/dev/**", "envs/dev/db/main.tf", True),
        ("**/dev/**", "dev", True),
        ("**/dev", "a/b/dev", True),
        ("*-dev", "shop-dev", True),
        ("**", ".", True),
        ("envs/dev", "envs/dev2", False),
        ("dev", "envs/dev", False),
    ],
)
def test_globs_match_paths_and_what_is_below(glob: str, path: str, matches: bool) -> None:
    assert (Rules([(glob, STAGING)]).of_path(path) is STAGING) is matches


def test_rules_come_before_values_before_paths() -> None:
    rules = Rules([("a", STAGING)])
    assert rules.judge(["a/dev"], [known("dev")]) is STAGING
    assert rules.judge(["dev"], [known("prod")]) is PRODUCTION
    assert rules.judge(["dev"], [known("global")]) is DEVELOPMENT
    assert rules.judge(["dev"], [unknown("var.environment", "has no value")]) is DEVELOPMENT
    assert rules.judge(["somewhere"], [unknown("var.environment", "has no value")]) is PRODUCTION
    assert rules.judge(["somewhere"]) is PRODUCTION


def test_the_first_rule_that_matches_decides() -> None:
    rules = Rules([("a/b", DEVELOPMENT), ("a", STAGING)])
    assert (rules.of_path("a/b"), rules.of_path("a/c")) == (DEVELOPMENT, STAGING)


# -- Terraform -----------------------------------------------------------------------------------


def environment(read: Read, files: dict[str, str], type_: str = "aws_db_instance") -> Environment:
    (resource,) = read(files).of(type_)
    return resource.environment


DATABASE = 'resource "aws_db_instance" "d" {\n%s}\n'


@pytest.mark.parametrize(
    "name", ["environment", "Environment", "env", "ENV", "stage", "env_name", "environment-name"]
)
def test_tags_name_the_environment(read: Read, name: str) -> None:
    text = DATABASE % f'tags = {{ {name} = "dev" }}\n'
    assert environment(read, {"main.tf": text}) is DEVELOPMENT


def test_other_tags_do_not(read: Read) -> None:
    text = DATABASE % 'tags = { Name = "dev", team = "test" }\n'
    assert environment(read, {"main.tf": text}) is PRODUCTION


def test_a_tag_comes_before_a_variable(read: Read) -> None:
    text = 'variable "env" {\ndefault = "prod"\n}\n' + DATABASE % 'tags = { env = "uat" }\n'
    assert environment(read, {"main.tf": text}) is STAGING


def test_variables_name_the_environment(read: Read) -> None:
    text = 'variable "environment" {}\n' + DATABASE % ""
    assert environment(read, {"main.tf": text}) is PRODUCTION
    files = {"main.tf": text, "terraform.tfvars": 'environment = "dev"\n'}
    assert environment(read, files) is DEVELOPMENT


def test_the_nearest_module_decides(read: Read) -> None:
    files = {
        "main.tf": 'variable "env" {\ndefault = "dev"\n}\n'
        'module "db" {\nsource = "./db"\nenvironment = "production"\n}\n',
        "db/main.tf": 'variable "environment" {}\n' + DATABASE % "",
    }
    assert environment(read, files) is PRODUCTION


def test_what_follows_the_workspace_is_production(read: Read) -> None:
    text = DATABASE % "tags = { env = terraform.workspace }\n"
    assert environment(read, {"main.tf": text}) is PRODUCTION


NAMED = ("env", "aws_environment", "environment_name", "envelope", "name", "on")


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ('var.env == "dev"', DEVELOPMENT),
        ('"dev" == var.env', DEVELOPMENT),
        ('terraform.workspace == "shop-dev"', DEVELOPMENT),
        ('trimprefix(terraform.workspace, "shop-") == "preproduction"', STAGING),
        ('contains(["dev", "test"], terraform.workspace)', DEVELOPMENT),
        ('contains(["dev", "uat"], terraform.workspace)', STAGING),
        ('contains(["dev", "prod"], terraform.workspace)', PRODUCTION),
        ('contains(["dev", "somewhere"], terraform.workspace)', PRODUCTION),
        ('var.env == "dev" || var.env == "uat"', STAGING),
        ('var.env == "dev" || var.on', PRODUCTION),
        ('var.env == "dev" && var.on', DEVELOPMENT),
        ('var.env != "dev"', PRODUCTION),
        ('var.env != "prod"', STAGING),
        ('!(var.env == "prod" || var.on)', STAGING),
        ('!(var.env == "prod" && var.on)', PRODUCTION),
        ('terraform.workspace != "shop-production"', STAGING),
        ('terraform.workspace != "prod-eu"', PRODUCTION),
        ('var.env != "prod" && var.env != "dev"', STAGING),
        ('(var.env == "dev") == true', DEVELOPMENT),
        ('(var.env == "prod") == false', STAGING),
        ('(var.env == "dev" ? "small" : "large") == "small"', DEVELOPMENT),
        ("{ dev = true, prod = false }[var.env]", DEVELOPMENT),
        ("{ dev = 1, prod = 0, uat = 2 }[var.env] > 1", STAGING),
        ("lookup({ dev = true }, var.env, false)", DEVELOPMENT),
        ("lookup({ prod = false }, var.env, true)", STAGING),
        ('!contains(["prod", "uat"], var.env)', STAGING),
        ('startswith(var.env, "dev-")', DEVELOPMENT),
        ('!startswith(var.env, "dev-")', PRODUCTION),
        ('!endswith(terraform.workspace, "-production")', STAGING),
        ('strcontains(var.env, "preprod")', STAGING),
        ('startswith(var.env, "pr")', PRODUCTION),
        ('var.aws_environment == "dev"', DEVELOPMENT),
        ('var.environment_name == "dev"', DEVELOPMENT),
        ('var.envelope == "dev"', PRODUCTION),
        ('var.name == "dev"', PRODUCTION),
        ('data.aws_default_tags.d.tags.environment-name == "dev"', DEVELOPMENT),
        ('data.aws_default_tags.d.tags["Environment"] != "production"', STAGING),
        ('lower(data.terraform_remote_state.s.outputs.env) == "uat"', STAGING),
        ('data.aws_default_tags.d.tags.name == "dev"', PRODUCTION),
        ("var.on", PRODUCTION),
    ],
)
def test_what_exists_in_some_environments_only(
    read: Read, condition: str, expected: Environment
) -> None:
    variables = "".join(f'variable "{name}" {{}}\n' for name in NAMED)
    variables += 'data "aws_default_tags" "d" {}\ndata "terraform_remote_state" "s" {}\n'
    text = variables + DATABASE % f"count = {condition} ? 1 : 0\n"
    assert environment(read, {"main.tf": text}) is expected


def test_what_is_listed_with_its_environments(read: Read) -> None:
    text = """
    variable "environment" {}
    locals {
      databases = {
        a = { in = ["dev", "test"] }
        b = { in = ["prod", "uat"] }
      }
    }
    resource "aws_db_instance" "d" {
      for_each = { for k, v in local.databases : k => v if contains(v.in, var.environment) }
    }
    """
    found = {r.address: r.environment for r in read({"main.tf": text}).of("aws_db_instance")}
    assert found == {'aws_db_instance.d["a"]': DEVELOPMENT, 'aws_db_instance.d["b"]': PRODUCTION}


def test_modules_exist_in_some_environments_only(read: Read) -> None:
    files = {
        "main.tf": 'module "db" {\nsource = "./db"\n'
        'count = terraform.workspace == "prod" ? 0 : 1\n}\n',
        "db/main.tf": 'variable "on" {\ndefault = true\n}\n'
        + DATABASE % "count = var.on ? 1 : 0\n",
    }
    assert environment(read, files) is STAGING


def test_conditions_on_a_module_and_in_it_hold_together(read: Read) -> None:
    files = {
        "main.tf": 'variable "env" {}\nmodule "db" {\nsource = "./db"\nenv = var.env\n'
        'count = var.env == "prod" ? 0 : 1\n}\n',
        "db/main.tf": 'variable "env" {}\n'
        + DATABASE % 'count = contains(["dev", "prod"], var.env) ? 1 : 0\n',
    }
    assert environment(read, files) is DEVELOPMENT


def test_the_folder_of_the_root_decides_for_its_modules(read: Read) -> None:
    files = {
        "live/dev/main.tf": 'module "db" {\nsource = "../../modules/db"\n}\n',
        "modules/db/main.tf": DATABASE % "",
    }
    assert environment(read, files) is DEVELOPMENT


def test_rules_of_the_configuration(read: Read) -> None:
    graph = read({"a/main.tf": DATABASE % ""}, [("a/**", STAGING)])
    assert [resource.environment for resource in graph.of("aws_db_instance")] == [STAGING]


PROVIDERS = """
provider "aws" {
  default_tags {
    tags = { Environment = "dev" }
  }
}
provider "aws" {
  alias = "live"
  default_tags {
    tags = { Environment = local.live }
  }
}
locals {
  live = "production"
}
"""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", DEVELOPMENT),
        ("provider = aws.live\n", PRODUCTION),
        ('tags = { env = "uat" }\n', STAGING),
        ("provider = aws.elsewhere\n", PRODUCTION),
    ],
)
def test_providers_tag_all_they_make(read: Read, body: str, expected: Environment) -> None:
    assert environment(read, {"main.tf": PROVIDERS + DATABASE % body}) is expected


@pytest.mark.parametrize(
    ("passed", "expected"),
    [
        ("", DEVELOPMENT),
        ("providers = { aws = aws.live }\n", PRODUCTION),
        ("providers = {\naws = aws\n}\n", DEVELOPMENT),
    ],
)
def test_providers_are_passed_to_modules(read: Read, passed: str, expected: Environment) -> None:
    files = {
        "main.tf": f'{PROVIDERS}module "db" {{\nsource = "./db"\n{passed}}}\n',
        "db/main.tf": DATABASE % "",
    }
    assert environment(read, files) is expected


# -- other formats -------------------------------------------------------------------------------


def test_paths_of_other_files(read: Read) -> None:
    graph = read(
        {
            "Dockerfile": "FROM a\n",
            "Dockerfile.dev": "FROM a\n",
            "uat/compose.yaml": "services:\n  a:\n    image: a\n",
        }
    )
    stages = {stage.span.path: stage.environment for stage in graph.of("dockerfile.stage")}
    assert stages == {"Dockerfile": PRODUCTION, "Dockerfile.dev": DEVELOPMENT}
    assert [service.environment for service in graph.of("compose.service")] == [STAGING]
