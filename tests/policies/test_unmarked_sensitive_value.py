from __future__ import annotations

import pytest

from cloudlint_policies.credentials.unmarked_sensitive_value import (
    unmarked_sensitive_value as policy,
)
from judging import Judge

GIVEN = """
resource "random_password" "a" { length = 32 }
resource "aws_secretsmanager_secret" "a" { name = "a" }
resource "aws_db_instance" "a" { username = "a" }
"""


def variable(name: str, arguments: str = "") -> dict[str, str]:
    return {"main.tf": f'variable "{name}" {{\n{arguments}\n}}\n'}


def output(name: str, value: str, arguments: str = "") -> dict[str, str]:
    text = f'output "{name}" {{\n  value = {value}\n{arguments}\n}}\n'
    return {"main.tf": text, "given.tf": GIVEN}


@pytest.mark.parametrize("name", ["password", "db_passwords", "api_token", "github_token"])
def test_variables_called_like_secrets(judged: Judge, name: str) -> None:
    assert judged(variable(name), policy).places == [f'main.tf:1 variable "{name}"']
    assert judged(variable(name, "sensitive = true"), policy).is_silent
    assert judged(variable(name, "ephemeral = true"), policy).is_silent


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("password_length", ""),
        ("manage_master_user_password", ""),
        ("secret_arn", ""),
        ("require_token", ""),
        ("client_token", "type = bool"),
        ("api_token", 'description = "Name of the parameter with the token."'),
        ("client_secret", 'description = "Parameter store secret name of the client secret."'),
        ("db_secret", 'default = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db"'),
        ("db_password", 'default = "/shop/db/password"'),
        ("public_key", ""),
    ],
)
def test_variables_that_only_speak_of_secrets(judged: Judge, name: str, arguments: str) -> None:
    assert judged(variable(name, arguments), policy).is_silent


def test_a_module_that_is_given_the_name_of_a_secret(judged: Judge) -> None:
    call = 'module "m" {\n  source = "./m"\n  secret = aws_secretsmanager_secret.a.arn\n}\n'
    files = {"main.tf": GIVEN + call, "m/main.tf": 'variable "secret" {}\n'}
    assert judged(files, policy).is_silent


def test_a_module_is_one_finding_however_often_it_is_called(judged: Judge) -> None:
    call = 'module "{0}" {{\n  source = "./m"\n  password = "hunter2"\n}}\n'
    files = {"main.tf": call.format("a") + call.format("b")}
    files["m/main.tf"] = 'variable "password" {}\n'
    assert judged(files, policy).places == ['m/main.tf:1 variable "password"']


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("password", "random_password.a.result"),
        ("all", "{ user = 1, entry = random_password.a.result }"),
        ("db", "aws_db_instance.a.password"),
        ("db_password", '"hunter2"'),
    ],
)
def test_outputs_that_hold_secrets(judged: Judge, name: str, value: str) -> None:
    assert judged(output(name, value), policy).places == [f'main.tf:1 output "{name}"']
    assert judged(output(name, value, "sensitive = true"), policy).is_silent


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("secret", "aws_secretsmanager_secret.a.arn"),
        ("password_secret", "aws_secretsmanager_secret.a.name"),
        ("endpoint", "aws_db_instance.a.endpoint"),
        ("checksum", "sha256(random_password.a.result)"),
        ("has_password", "random_password.a.result != null"),
    ],
)
def test_outputs_that_may_be_shown(judged: Judge, name: str, value: str) -> None:
    assert not judged(output(name, value), policy).findings


def test_what_is_marked_where_it_comes_from(judged: Judge) -> None:
    module = 'variable "p" {\n  sensitive = true\n}\noutput "password" {\n  value = var.p\n}\n'
    files = {"main.tf": 'module "m" {\n  source = "./m"\n  p = "x"\n}\n', "m/main.tf": module}
    assert judged(files, policy).is_silent


def test_what_providers_mark_is_hidden_when_it_is_handed_on(judged: Judge) -> None:
    shown = 'resource "random_string" "a" { length = 32 }\n'
    shown += 'output "api_password" {\n  value = random_string.a.result\n}\n'
    hidden = 'output "password" {\n  value = random_password.a.result\n}\n'
    files = {"main.tf": 'module "m" {\n  source = "./m"\n}\n', "m/given.tf": GIVEN}
    assert judged({**files, "m/main.tf": hidden}, policy).is_silent
    found = judged({**files, "m/main.tf": shown}, policy)
    assert found.places == ['m/main.tf:2 output "api_password"']


def test_what_providers_mark_is_hidden_in_modules_nobody_calls(judged: Judge) -> None:
    hidden = 'output "password" {\n  value = random_password.a.result\n}\n'
    assert judged({"modules/m/main.tf": GIVEN + hidden}, policy).is_silent


@pytest.mark.parametrize(
    "value",
    [
        'random_password.a.result == "" ? var.x : var.y',
        "var.z ? var.x : var.y",
        "[for name in var.names : var.x]",
    ],
)
def test_what_a_secret_only_decides_is_none(judged: Judge, value: str) -> None:
    variables = "".join(f'variable "{name}" {{}}\n' for name in ("x", "y", "z", "names"))
    files = output("bucket", value)
    assert judged({**files, "variables.tf": variables}, policy).findings == []
