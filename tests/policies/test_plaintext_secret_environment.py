from __future__ import annotations

import pytest

from cloudlint_policies.credentials.hard_coded_password import hard_coded_password
from cloudlint_policies.credentials.plaintext_secret_environment import (
    plaintext_secret_environment as policy,
)
from judging import Judge

GIVEN = """
variable "given" {}
variable "password" {}
variable "hidden" { sensitive = true }
variable "hidden_host" { sensitive = true }
variable "api_key_secret_arn" { sensitive = true }
variable "api_key_secret_arn" { sensitive = true }
variable "default" {
  sensitive = true
  default   = "x1"
}
resource "random_password" "a" { length = 32 }
resource "random_string" "a" { length = 32 }
resource "aws_secretsmanager_secret" "a" { name = "a" }
resource "aws_db_instance" "a" { password = var.hidden }
resource "aws_iam_access_key" "a" { user = "a" }
data "aws_secretsmanager_secret_version" "a" { secret_id = "a" }
data "aws_ssm_parameter" "a" { name = "a" }
module "db" { source = "registry.example.com/a/db/aws" }
"""


def function(variable: str) -> dict[str, str]:
    text = (
        'resource "aws_lambda_function" "a" {\n  environment {\n    variables = {\n'
        f"      {variable}\n    }}\n  }}\n}}\n"
    )
    return {"main.tf": text, "given.tf": GIVEN}


@pytest.mark.parametrize(
    "variable",
    [
        "DB_PASSWORD = var.hidden",
        "DB_PASSWORD = var.default",
        "DB_PASSWORD = var.password",
        "API_TOKEN = random_password.a.result",
        "API_TOKEN = random_string.a.result",
        'CONNECTION = "host=db password=${random_password.a.result}"',
        "DB_PASSWORD = aws_db_instance.a.password",
        "DB_PASSWORD = module.db.password",
        'DB_PASSWORD = jsondecode(data.aws_secretsmanager_secret_version.a.secret_string)["pw"]',
        'URL = jsondecode(data.aws_secretsmanager_secret_version.a.secret_string)["password"]',
        "API_KEY = data.aws_ssm_parameter.a.value",
        "AWS_SECRET_ACCESS_KEY = aws_iam_access_key.a.secret",
        'DB_PASSWORD = try(var.hidden, "")',
        'DB_PASSWORD = "${var.hidden}"',
        'DB_PASSWORD = var.given == "" ? var.hidden : var.given',
    ],
)
def test_secrets(judged: Judge, variable: str) -> None:
    result = judged(function(variable), policy)
    assert result.places == [f"main.tf:4 {variable}"]
    assert not result.undecided


@pytest.mark.parametrize(
    "variable",
    [
        "DB_HOST = var.hidden_host",
        "API_KEY = var.api_key_secret_arn",
        "DB_USER = data.aws_ssm_parameter.a.value",
        'DB_USER = jsondecode(data.aws_secretsmanager_secret_version.a.secret_string)["user"]',
        'QUEUE = "https://sqs/${data.aws_secretsmanager_secret_version.a.secret_string}/q"',
        "DB_SECRET = aws_secretsmanager_secret.a.arn",
        "DB_PASSWORD_ARN = var.given",
        "API_KEY = var.api_key_secret_arn",
        "DB_PASSWORD = aws_db_instance.a.master_user_secret[0].secret_arn",
        "REGION = var.given",
        'DB_PASSWORD = "hunter2"',
        'DB_PASSWORD = ""',
        "CHECKSUM_SECRET = sha256(random_password.a.result)",
    ],
)
def test_what_may_be_handed_over(judged: Judge, variable: str) -> None:
    assert judged(function(variable), policy).is_silent


@pytest.mark.parametrize("variable", ["DB_PASSWORD = var.given", "API_TOKEN = module.db.token"])
def test_what_is_not_known(judged: Judge, variable: str) -> None:
    result = judged(function(variable), policy)
    assert not result.findings
    assert len(result.undecided) == 1


def test_a_literal_is_one_finding(judged: Judge) -> None:
    result = judged(function('DB_PASSWORD = "hunter2"'), policy, hard_coded_password)
    assert [finding.policy for finding in result.findings] == ["hard-coded-password"]


@pytest.mark.parametrize(
    ("type_", "arguments"),
    [
        (
            "aws_codebuild_project",
            'environment {\n  environment_variable {\n    name = "TOKEN"\n    value = var.hidden\n'
            "  }\n}",
        ),
        (
            "aws_batch_job_definition",
            'container_properties = jsonencode({ environment = [{ name = "TOKEN", '
            "value = var.hidden }] })",
        ),
        (
            "aws_apprunner_service",
            "source_configuration {\n  image_repository {\n    image_configuration {\n"
            "      runtime_environment_variables = { TOKEN = var.hidden }\n    }\n  }\n}",
        ),
        (
            "aws_ecs_task_definition",
            'container_definitions = <<-E\n  [{"environment": [{"name": "TOKEN", '
            '"value": "${var.hidden}"}]}]\nE',
        ),
    ],
)
def test_all_that_take_environments(judged: Judge, type_: str, arguments: str) -> None:
    files = {"main.tf": f'resource "{type_}" "a" {{\n{arguments}\n}}\n', "given.tf": GIVEN}
    assert len(judged(files, policy).findings) == 1


def test_names_of_parameters_in_builds(judged: Judge) -> None:
    variable = 'name = "TOKEN"\nvalue = var.hidden\ntype = "PARAMETER_STORE"'
    text = (
        'resource "aws_codebuild_project" "a" {\nenvironment {\nenvironment_variable {\n'
        f"{variable}\n}}\n}}\n}}\n"
    )
    assert judged({"main.tf": text, "given.tf": GIVEN}, policy).is_silent


def test_the_place_is_where_the_variable_is_named(judged: Judge) -> None:
    module = 'variable "variables" {}\nresource "aws_lambda_function" "this" {\n'
    module += "  environment {\n    variables = var.variables\n  }\n}\n"
    call = 'module "f" {\n  source = "./f"\n  variables = {\n    TOKEN = var.hidden\n  }\n}\n'
    result = judged({"main.tf": call, "given.tf": GIVEN, "f/main.tf": module}, policy)
    assert result.places == ["main.tf:4 TOKEN = var.hidden"]


@pytest.mark.parametrize(
    ("environment", "found", "undecided"),
    [
        ('concat([{ name = "TOKEN", value = var.hidden }], var.given)', 1, 1),
        ('var.given ? [{ name = "TOKEN", value = var.hidden }] : []', 1, 0),
        ("var.given", 0, 1),
    ],
)
def test_lists_of_which_not_all_is_known(
    judged: Judge, environment: str, found: int, undecided: int
) -> None:
    text = (
        'resource "aws_ecs_task_definition" "a" {\n  container_definitions = jsonencode([{\n'
        f'    name = "a", environment = {environment}\n  }}])\n}}\n'
    )
    result = judged({"main.tf": text, "given.tf": GIVEN}, policy)
    assert (len(result.findings), len(result.undecided)) == (found, undecided)
