from __future__ import annotations

import pytest

from cloudlint.policy import Policy
from cloudlint_policies.credentials.local_terraform_state import local_terraform_state as local
from cloudlint_policies.credentials.unencrypted_terraform_state import (
    unencrypted_terraform_state as unencrypted,
)
from cloudlint_policies.credentials.unlocked_terraform_state import (
    unlocked_terraform_state as unlocked,
)
from judging import Judge

ALL = (local, unlocked, unencrypted)
QUEUE = 'resource "aws_sqs_queue" "a" {}\n'
PROVIDER = 'provider "aws" {}\n'


def backend(arguments: str, kind: str = "s3") -> dict[str, str]:
    return {"main.tf": f'terraform {{\n  backend "{kind}" {{\n{arguments}\n}}\n}}\n{QUEUE}'}


PLACE = 'bucket = "b"\nkey = "k"\n'


@pytest.mark.parametrize(
    ("arguments", "policies"),
    [
        ("", {"unlocked-terraform-state", "unencrypted-terraform-state"}),
        ("encrypt = true", {"unlocked-terraform-state"}),
        ('encrypt = "true"\nuse_lockfile = true', set()),
        ('kms_key_id = "alias/state"', {"unlocked-terraform-state", "unencrypted-terraform-state"}),
        ('encrypt = true\nuse_lockfile = false\ndynamodb_table = "locks"', set()),
        ('encrypt = true\ndynamodb_table = ""', {"unlocked-terraform-state"}),
    ],
)
def test_s3(judged: Judge, arguments: str, policies: set[str]) -> None:
    result = judged(backend(PLACE + arguments), *ALL)
    assert {finding.policy for finding in result.findings} == policies
    assert not result.undecided


def test_what_stands_there_is_known_although_the_rest_is_not(judged: Judge) -> None:
    result = judged(backend("encrypt = false\nuse_lockfile = true"), *ALL)
    assert [finding.policy for finding in result.findings] == ["unencrypted-terraform-state"]
    assert result.undecided == []


def test_values_that_are_not_known(judged: Judge) -> None:
    """OpenTofu evaluates variables in backends."""
    files = backend(PLACE + "encrypt = var.encrypt\nuse_lockfile = true")
    files["variables.tf"] = 'variable "encrypt" {}\n'
    assert judged(files, *ALL).undecided == ["var.encrypt has no value"]


@pytest.mark.parametrize("kind", ["remote", "azurerm", "gcs", "cos", "oci"])
def test_backends_that_see_to_it_themselves(judged: Judge, kind: str) -> None:
    assert judged(backend("", kind), *ALL).is_silent


@pytest.mark.parametrize("kind", ["consul", "kubernetes", "pg"])
def test_what_is_for_a_server_to_encrypt_is_undecided(judged: Judge, kind: str) -> None:
    result = judged(backend("", kind), *ALL)
    assert result.findings == []
    assert result.undecided == [f"what the backend `{kind}` keeps is for its server to encrypt"]


@pytest.mark.parametrize(
    ("kind", "arguments", "policy"),
    [
        ("artifactory", "", unlocked),
        ("consul", "lock = false", unlocked),
        ("cos", 'bucket = "b"\nencrypt = false', unencrypted),
    ],
)
def test_other_backends_that_are_told_not_to(
    judged: Judge, kind: str, arguments: str, policy: Policy
) -> None:
    assert len(judged(backend(arguments, kind), policy).findings) == 1


def test_other_backends_that_lock_when_told_how(judged: Judge) -> None:
    address = 'address = "https://state.example.com/shop"\n'
    assert judged(backend(address, "http"), unlocked).findings
    assert judged(backend(f'{address}lock_address = "https://a"', "http"), unlocked).is_silent


def test_the_backend_of_an_override_file_counts(judged: Judge) -> None:
    files = backend(PLACE + "encrypt = true\nuse_lockfile = true")
    files["backend_override.tf"] = 'terraform {\n  backend "local" {}\n}\n'
    assert judged(files, *ALL).places == ['backend_override.tf:2 backend "local"']


def test_json(judged: Judge) -> None:
    text = '{"terraform": {"backend": {"s3": {"bucket": "b", "key": "k", "encrypt": true}}}}'
    result = judged({"main.tf.json": text, "queue.tf": QUEUE}, *ALL)
    assert [finding.policy for finding in result.findings] == ["unlocked-terraform-state"]


@pytest.mark.parametrize(
    "files",
    [
        {"prod/main.tf": PROVIDER + QUEUE},
        {"prod/main.tf": QUEUE},
        {"prod/main.tf": f'variable "a" {{}}\n{QUEUE}', "prod/terraform.tfvars": "a = 1\n"},
        {"prod/main.tf": f'variable "a" {{}}\n{QUEUE}', "prod/.terraform.lock.hcl": ""},
        {"prod/main.tf": 'module "a" {\n  source = "../a"\n}\n', "a/main.tf": QUEUE},
    ],
)
def test_roots_without_a_backend(judged: Judge, files: dict[str, str]) -> None:
    result = judged(files, *ALL)
    assert [finding.policy for finding in result.findings] == ["local-terraform-state"]
    assert result.findings[0].span.path == "prod/main.tf"


@pytest.mark.parametrize(
    "files",
    [
        {"main.tf": f'variable "name" {{}}\n{QUEUE}'},
        {"main.tf": f'{PROVIDER}data "aws_region" "a" {{}}\n'},
        {"main.tf": 'output "zones" {\n  value = ["a"]\n}\n'},
        {"examples/simple/main.tf": PROVIDER + QUEUE},
        {"dev/main.tf": PROVIDER + QUEUE},
        {"shop/modules/queue/main.tf": QUEUE},
        {"shop/modules/topic/main.tf": PROVIDER + QUEUE},
        {"testdata/queue/main.tf": PROVIDER + QUEUE},
        {"main.tf": f'{PROVIDER}{QUEUE}variable "environment" {{\n  default = "dev"\n}}\n'},
    ],
)
def test_what_keeps_no_state_of_production(judged: Judge, files: dict[str, str]) -> None:
    assert judged(files, *ALL).is_silent


def test_terragrunt_may_write_the_backend(judged: Judge) -> None:
    files = {"live/shop/main.tf": PROVIDER + QUEUE, "live/root.hcl": ""}
    assert judged(files, local).undecided == ["the backend may be written by live/root.hcl"]


@pytest.mark.parametrize(
    "source",
    [
        "../../aws//queue",
        "../../aws/queue",
        "git::https://git.example.com/shop//aws/queue?ref=v1",
        "${get_repo_root()}/aws/queue",
        '${get_env("LIVE") == "true" ? "git::https://git.example.com//q" : "../../aws//queue"}',
    ],
)
def test_terragrunt_may_run_a_root_from_elsewhere(judged: Judge, source: str) -> None:
    files = {
        "aws/queue/main.tf": QUEUE,
        "aws/topic/main.tf": QUEUE,
        "live/queue/terragrunt.hcl": f'terraform {{\n  source = "{source}"\n}}\n',
    }
    result = judged(files, local)
    assert result.undecided == ["the backend may be written by live/queue/terragrunt.hcl"]
    assert [finding.span.path for finding in result.findings] == ["aws/topic/main.tf"]
