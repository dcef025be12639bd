"""Modules and providers without a version that is kept."""

from __future__ import annotations

import pytest

from cloudlint.plugins import Catalogue
from judging import Judge

MODULE = Catalogue().policy("unpinned-module")
PROVIDER = Catalogue().policy("unpinned-provider")
RUN = 'provider "aws" {\n  region = "eu-west-1"\n}\n'


def call(source: str, more: str = "") -> str:
    return f'module "m" {{\n  source = "{source}"\n  {more}\n}}\n'


def required(entry: str) -> str:
    return f"terraform {{\n  required_providers {{\n    {entry}\n  }}\n}}\n"


@pytest.mark.parametrize(
    "source",
    [
        "git::https://example.com/vpc.git",
        "git::https://example.com/vpc.git?depth=1",
        "git::https://example.com/vpc.git?ref=",
        "git::ssh://git@example.com/vpc.git?ref=master",
        "git::https://example.com/vpc.git?ref=master//modules//vpc",
        "git::https://example.com/vpc.git?ref=refs/heads/release-1.2",
        "git@github.com:acme/modules.git//vpc",
        "github.com/acme/vpc",
        "bitbucket.org/acme/vpc?ref=HEAD",
        "hg::http://example.com/vpc.hg",
        "terraform-aws-modules/vpc/aws",
        "terraform-aws-modules/vpc/aws//modules/vpc-endpoints",
        "app.terraform.io/acme/vpc/aws",
    ],
)
def test_modules_that_change_by_themselves(judged: Judge, source: str) -> None:
    assert len(judged({"main.tf": call(source)}, MODULE).findings) == 1


@pytest.mark.parametrize(
    "source",
    [
        "git::https://example.com/vpc.git?ref=v1.2.0",
        "git::https://example.com/vpc.git?ref=v1.2.0//modules//vpc",
        "git::https://example.com/vpc.git?depth=1&ref=1.2.0",
        "git::https://example.com/vpc.git?ref=refs/tags/blue",
        "git::https://example.com/vpc.git?ref=51d462976d84fdea54b47d80dcabbf680badcdb8",
        "git@github.com:acme/modules.git//vpc?ref=release-2024-11-05",
        "hg::http://example.com/vpc.hg?rev=1.2.0",
        "https://example.com/vpc-1.2.0.zip",
        "s3::https://s3-eu-west-1.amazonaws.com/acme/vpc.zip",
        "/opt/modules/vpc",
    ],
)
def test_modules_that_stay_as_they_are(judged: Judge, source: str) -> None:
    assert judged({"main.tf": call(source)}, MODULE).is_silent


@pytest.mark.parametrize(
    ("version", "found"),
    [
        ("5.16.0", False),
        ("= 5.16.0", False),
        ("~> 5.0", False),
        (">= 5.0, < 6.0", False),
        (">= 5.0", True),
        ("> 5.0, != 5.3.0", True),
        ("", True),
    ],
)
def test_versions(judged: Judge, version: str, found: bool) -> None:
    module = call("terraform-aws-modules/vpc/aws", f'version = "{version}"')
    provider = required(f'aws = {{ source = "hashicorp/aws", version = "{version}" }}')
    result = judged({"main.tf": RUN + module + provider}, MODULE, PROVIDER)
    assert len(result.findings) == 2 * found
    assert {str(finding.severity) for finding in result.findings} <= (
        {"low"} if version else {"medium"}
    )


def test_a_call_in_a_module_is_reported_once_for_all_its_callers(judged: Judge) -> None:
    caller = 'module "a" {\n  source = "../m"\n}\nmodule "b" {\n  source = "../m"\n}\n'
    files = {"prod/main.tf": caller, "dev/main.tf": caller, "m/main.tf": call("acme/vpc/aws")}
    result = judged(files, MODULE)
    assert result.places == ['m/main.tf:1 module "m"']


@pytest.mark.parametrize("folder", ["modules/network", "examples/complete"])
def test_open_versions_are_fine_in_what_nobody_runs(judged: Judge, folder: str) -> None:
    run = RUN if folder.startswith("examples") else 'variable "name" {}\n'
    text = run + call("acme/vpc/aws", 'version = ">= 1.0"') + required('aws = ">= 5.0"')
    assert judged({f"{folder}/main.tf": text}, MODULE, PROVIDER).is_silent


def test_an_unknown_host_does_not_hide_a_known_branch(judged: Judge) -> None:
    text = 'variable "host" {}\n' + call("git::https://${var.host}/vpc.git?ref=main")
    assert judged({"main.tf": text}, MODULE).findings


def test_what_is_not_known_of_a_module(judged: Judge) -> None:
    text = 'variable "a" {}\nmodule "m" {\n  source = var.a\n}\n'
    assert judged({"main.tf": text}, MODULE).undecided == ["var.a has no value"]
    text = 'variable "a" {}\n' + call("acme/vpc/aws", "version = var.a")
    assert judged({"main.tf": text}, MODULE).undecided == ["var.a has no value"]


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        ('aws = "~> 5.0"', False),
        ("aws = {}", True),
        ('aws = { source = "hashicorp/aws", configuration_aliases = [aws.dr] }', True),
        ('terraform = { source = "terraform.io/builtin/terraform" }', False),
    ],
)
def test_entries(judged: Judge, entry: str, found: bool) -> None:
    result = judged({"main.tf": required(entry)}, PROVIDER)
    assert result.places == (["main.tf:3 aws"] if found else [])
    assert result.diagnostics == []


def test_a_module_may_leave_versions_to_its_roots(judged: Judge) -> None:
    module = required('aws = { source = "hashicorp/aws" }')
    caller = 'module "m" {\n  source = "../m"\n}\n'
    pinned, bare = caller + required('aws = "~> 5.0"'), caller
    assert judged({"a/main.tf": pinned, "m/main.tf": module}, PROVIDER).is_silent
    result = judged({"b/main.tf": bare}, PROVIDER)
    assert result.places == ["m/main.tf:3 aws"]


def test_the_version_may_stand_in_the_provider_itself(judged: Judge) -> None:
    text = 'provider "aws" {\n  alias = "dr"\n}\nprovider "aws" {\n  version = "~> 2.0"\n}\n'
    queue = 'resource "aws_sqs_queue" "a" {}\n'
    assert judged({"main.tf": text + queue}, PROVIDER).is_silent


def test_json(judged: Judge) -> None:
    text = '{"terraform": {"required_providers": {"aws": {"source": "hashicorp/aws"}}}}'
    assert judged({"main.tf.json": text}, PROVIDER).findings
    text = '{"terraform": {"required_providers": {"aws": {"version": "~> 5.0"}}}}'
    assert judged({"main.tf.json": text}, PROVIDER).is_silent
