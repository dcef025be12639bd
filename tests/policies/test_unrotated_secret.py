from __future__ import annotations

import pytest

from cloudlint_policies.credentials.unrotated_secret import unrotated_secret as policy
from judging import Judge

VARIABLES = 'variable "a" {}\nvariable "id" {}\nvariable "on" {}\n'
STORED = 'resource "aws_secretsmanager_secret" "a" {\n  name = "shop/a"\n}\n'
ROTATION = 'resource "aws_secretsmanager_secret_rotation" "a" {\n'


def resource(type_: str, arguments: str) -> dict[str, str]:
    text = f'resource "{type_}" "a" {{\n{arguments}\n}}\n'
    return {"main.tf": text, "variables.tf": VARIABLES}


@pytest.mark.parametrize(
    "arguments",
    [
        'key_usage = "GENERATE_VERIFY_MAC"\ncustomer_master_key_spec = "HMAC_256"',
        'customer_master_key_spec = "RSA_2048"',
        'custom_key_store_id = "cks-1"',
        "enable_key_rotation = true",
        "enable_key_rotation = true\ncustomer_master_key_spec = var.a",
    ],
)
def test_keys_that_rotate_or_cannot(judged: Judge, arguments: str) -> None:
    assert judged(resource("aws_kms_key", arguments), policy).is_silent


def test_the_place_of_a_key_is_what_switches_it_off(judged: Judge) -> None:
    result = judged(resource("aws_kms_key", "enable_key_rotation = false"), policy)
    assert result.places == ["main.tf:2 enable_key_rotation = false"]


@pytest.mark.parametrize(
    "rotation",
    [
        "  secret_id = aws_secretsmanager_secret.a.id\n}\n",
        "  secret_id = aws_secretsmanager_secret.a.arn\n}\n",
        '  secret_id = "shop/a"\n}\n',
    ],
)
def test_rotations_are_found_by_reference_and_name(judged: Judge, rotation: str) -> None:
    assert judged({"main.tf": STORED + ROTATION + rotation}, policy).is_silent


def test_a_rotation_in_another_module(judged: Judge) -> None:
    files = {
        "main.tf": STORED + 'module "r" {\n  source = "./r"\n'
        "  id = aws_secretsmanager_secret.a.id\n}\n",
        "r/main.tf": f'variable "id" {{}}\n{ROTATION}  secret_id = var.id\n}}\n',
    }
    assert judged(files, policy).is_silent


def test_a_rotation_of_an_unknown_secret(judged: Judge) -> None:
    text = VARIABLES + STORED + ROTATION + "  secret_id = var.id\n}\n"
    assert judged({"main.tf": text}, policy).undecided == ["var.id has no value"]


def test_a_rotation_that_may_not_exist(judged: Judge) -> None:
    rotation = "  count = var.on ? 1 : 0\n  secret_id = aws_secretsmanager_secret.a.id\n}\n"
    result = judged({"main.tf": VARIABLES + STORED + ROTATION + rotation}, policy)
    assert result.undecided == ["var.on has no value"]


@pytest.mark.parametrize(
    ("label", "name", "found"),
    [
        ("a", '"shop/github-app-id"', 0),
        ("a", '"${var.a}/smtp_username"', 0),
        ("slack_channel_id", "var.a", 0),
        ("slack_channel_id", '"shop/slack-webhook"', 1),
        ("api_key", "var.a", 1),
        ("a", '"${var.a}-client_id_secret"', 1),
    ],
)
def test_what_opens_nothing_needs_no_rotation(
    judged: Judge, label: str, name: str, found: int
) -> None:
    text = f'resource "aws_secretsmanager_secret" "{label}" {{\n  name = {name}\n}}\n'
    assert len(judged({"main.tf": VARIABLES + text}, policy).findings) == found


@pytest.mark.parametrize("name", ["rds!db-1", "ecr-pullthroughcache/hub"])
def test_secrets_of_services(judged: Judge, name: str) -> None:
    assert judged(resource("aws_secretsmanager_secret", f'name = "{name}"'), policy).is_silent


@pytest.mark.parametrize(
    "arguments",
    [
        "manage_master_user_password = true",
        "password = random_password.a.result",
        "password = null",
        'password = "hunter2"',
        "snapshot_identifier = var.a",
        'password = var.a\nreplicate_source_db = "main"',
    ],
)
def test_passwords_that_no_variable_gives(judged: Judge, arguments: str) -> None:
    files = resource("aws_db_instance", arguments)
    files["random.tf"] = 'resource "random_password" "a" {\n  length = 32\n}\n'
    assert judged(files, policy).is_silent


def test_passwords_of_clusters(judged: Judge) -> None:
    result = judged(resource("aws_rds_cluster", "master_password = var.a"), policy)
    assert result.places == ["main.tf:2 master_password = var.a"]
    arguments = "master_password = var.a\nmanage_master_user_password = var.on"
    result = judged(resource("aws_rds_cluster", arguments), policy)
    assert result.undecided == ["var.on has no value"]


def test_a_variable_handed_to_a_module(judged: Judge) -> None:
    files = {
        "main.tf": f'{VARIABLES}module "db" {{\n  source = "./db"\n  a = var.a\n}}\n',
        "db/main.tf": 'variable "a" {}\nresource "aws_db_instance" "a" {\n  password = var.a\n}\n',
    }
    assert judged(files, policy).places == ["db/main.tf:3 password = var.a"]


def test_what_a_call_calls_a_secret_is_one(judged: Judge) -> None:
    call = 'module "entra_id_secret" {\n  source = "./m"\n  name   = "shop/entra-id"\n}\n'
    module = 'variable "name" {}\nresource "aws_secretsmanager_secret" "this" {\n'
    files = {"main.tf": call, "m/main.tf": module + "  name = var.name\n}\n"}
    assert len(judged(files, policy).findings) == 1
