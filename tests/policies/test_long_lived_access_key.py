from __future__ import annotations

import pytest

from cloudlint_policies.credentials.long_lived_access_key import long_lived_access_key as policy
from judging import Judge


def user(arguments: str, label: str = "a") -> dict[str, str]:
    return {"main.tf": f'resource "aws_iam_user" "{label}" {{\n{arguments}\n}}\n'}


@pytest.mark.parametrize(
    "arguments",
    [
        'name = "ci"',
        'name = "app-${var.env}"',
        'name = "jenkins"',
        'name = "x"\npath = "/service/"',
    ],
)
def test_users_called_like_machines(judged: Judge, arguments: str) -> None:
    files = user(arguments) | {"variables.tf": 'variable "env" {}\n'}
    assert judged(files, policy).places == ['main.tf:1 resource "aws_iam_user" "a"']


def test_the_label_says_so_where_the_name_does_not(judged: Judge) -> None:
    files = user("name = var.name", "deployer") | {"variables.tf": 'variable "name" {}\n'}
    assert judged(files, policy).findings


@pytest.mark.parametrize("name", ["jane.doe", "marcia", "alice-cicero", "decider"])
def test_people(judged: Judge, name: str) -> None:
    assert judged(user(f'name = "{name}"'), policy).is_silent


def test_a_name_that_is_not_known(judged: Judge) -> None:
    files = user("name = var.name") | {"variables.tf": 'variable "name" {}\n'}
    assert judged(files, policy).undecided == ["var.name has no value"]


def test_a_user_with_a_key_is_reported_for_the_key(judged: Judge) -> None:
    key = 'resource "aws_iam_access_key" "a" {\n  user = aws_iam_user.a.name\n}\n'
    files = user('name = "deploy"') | {"key.tf": key}
    assert judged(files, policy).places == ['key.tf:1 resource "aws_iam_access_key" "a"']


def test_a_person_with_a_key(judged: Judge) -> None:
    key = 'resource "aws_iam_access_key" "a" {\n  user = "jane"\n}\n'
    assert judged(user('name = "jane"') | {"key.tf": key}, policy).findings


def test_keys_of_other_providers(judged: Judge) -> None:
    text = 'resource "azuread_application_password" "a" {\n  application_id = "a"\n}\n'
    assert judged({"main.tf": text}, policy).findings
