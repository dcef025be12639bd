from __future__ import annotations

import pytest

from cloudlint.severity import Severity
from cloudlint_policies.credentials.hard_coded_password import hard_coded_password
from cloudlint_policies.credentials.static_cloud_key import static_cloud_key as policy
from judging import Judge

ID = "AKIAR7DCEQ4MSKN2TJX5"
KEY = "q9Tf3LwZ0bVxK7mRjN2dYc8/HsPaG5uEoXi1+Bv4"


@pytest.mark.parametrize(
    ("files", "place"),
    [
        ({"main.tf": f'locals {{\n  id = "{ID}"\n}}\n'}, "main.tf:2"),
        ({"main.tf": f'output "id" {{\n  value = "{ID}"\n}}\n'}, "main.tf:2"),
        ({"main.tf": f'variable "id" {{\n  default = "{ID}"\n}}\n'}, "main.tf:2"),
        ({"main.tf": f'module "m" {{\n  source = "a/b/aws"\n  id = "{ID}"\n}}\n'}, "main.tf:3"),
        ({"main.tf": f'terraform {{\n  backend "s3" {{\n    access_key = "{ID}"\n  }}\n}}\n'},
         "main.tf:3"),
        ({"main.tf": "\n", "prod.tfvars": f'id = "{ID}"\n'}, "prod.tfvars:1"),
        ({"main.tf": "\n", "x.auto.tfvars.json": f'{{"id": "{ID}"}}'}, "x.auto.tfvars.json:1"),
        ({"main.tf.json": f'{{"locals": {{"id": "{ID}"}}}}'}, "main.tf.json:1"),
        ({"main.tf": f'resource "aws_instance" "a" {{\n  user_data = <<-E\n    set -e\n'
                     f"    export KEY={ID}\n  E\n}}\n"}, "main.tf:4"),
        ({"main.tf": 'resource "a" "b" {\n  user_data = file("${path.module}/i.sh")\n}\n',
          "i.sh": f"#!/bin/sh\nexport KEY={ID}\n"}, "i.sh:2"),
        ({"compose.yaml": f"services:\n  a:\n    image: a:1\n    command: ['--key', '{ID}']\n"},
         "compose.yaml:4"),
        ({"compose.yaml": f"services:\n  a:\n    build:\n      context: .\n      args:\n"
                          f"        - ID={ID}\n"}, "compose.yaml:6"),
        ({"Dockerfile": f"ARG ID={ID}\nFROM a:1\n"}, "Dockerfile:1"),
        ({"Dockerfile": f"FROM a:1\nRUN aws configure set \\\n  aws_access_key_id {ID}\n"},
         "Dockerfile:3"),
        ({"Dockerfile": f"FROM a:1\nONBUILD ENV ID={ID}\n"}, "Dockerfile:2"),
        ({"Dockerfile": f"FROM a:1\nENV AWS_SECRET_ACCESS_KEY {KEY}\n"}, "Dockerfile:2"),
        ({".env": f"A=1\nAWS_SECRET_ACCESS_KEY='{KEY}'\n"}, ".env:2"),
    ],
)  # fmt: skip
def test_keys_are_found_wherever_they_stand(
    judged: Judge, files: dict[str, str], place: str
) -> None:
    assert [entry.partition(" ")[0] for entry in judged(files, policy).places] == [place]


def test_the_key_itself_is_pointed_at_and_never_told(judged: Judge) -> None:
    report = judged({"main.tf": f'provider "aws" {{\n  access_key = "{ID}"\n}}\n'}, policy)
    [finding] = report.findings
    assert finding.span.text == ID
    assert finding.redact == (finding.span,)
    assert finding.message == (
        "`access_key` holds an AWS access key id of 20 characters that ends in `X5`"
    )
    assert finding.address == "provider.aws"


def test_a_secret_key_is_known_by_the_key_id_beside_it(judged: Judge) -> None:
    files = {"main.tf": f'locals {{\n  s3 = {{ id = "{ID}", value = "{KEY}" }}\n}}\n'}
    assert [finding.span.text for finding in judged(files, policy).findings] == [ID, KEY]
    alone = {"main.tf": f'locals {{\n  s3 = {{ value = "{KEY}" }}\n}}\n'}
    assert judged(alone, policy).is_silent


@pytest.mark.parametrize(
    "text", ['access_key = "AKIAIOSFODNN7EXAMPLE"',
             'secret_key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"'],
)  # fmt: skip
def test_documented_examples_are_low(judged: Judge, text: str) -> None:
    [finding] = judged({"main.tf": f'provider "aws" {{\n  {text}\n}}\n'}, policy).findings
    assert finding.severity is Severity.LOW
    assert "documentation" in finding.message


def test_one_key_is_one_finding_of_the_most_specific_policy(judged: Judge) -> None:
    files = {"main.tf": f'variable "aws_secret_key" {{\n  default = "{KEY}"\n}}\n'}
    found = judged(files, policy, hard_coded_password).findings
    assert [finding.policy for finding in found] == ["static-cloud-key"]


def test_what_a_service_gets_by_an_anchor_is_found_where_it_is_written(judged: Judge) -> None:
    files = {
        "compose.yaml": f"""
            x-aws: &aws
              AWS_ACCESS_KEY_ID: {ID}
            services:
              a: {{image: "a:1", environment: {{<<: *aws}}}}
              b: {{image: "b:1", environment: {{<<: *aws}}}}
            """
    }
    [finding] = judged(files, policy).findings
    assert finding.span.first.line == 2
    assert finding.instances == (
        "compose.yaml: compose.service.a",
        "compose.yaml: compose.service.b",
    )


def test_a_key_of_an_environment_file_belongs_to_the_service_that_gets_it(judged: Judge) -> None:
    files = {
        ".env": f"AWS_ACCESS_KEY_ID={ID}\n",
        "compose.yaml": "services:\n  a:\n    image: a:1\n    environment:\n"
        "      ID: ${AWS_ACCESS_KEY_ID}\n",
    }
    [finding] = judged(files, policy).findings
    assert (finding.span.path, finding.address) == (".env", "compose.service.a")


def test_an_ignored_environment_file_is_nobodys_business(judged: Judge) -> None:
    files = {
        ".gitignore": ".env\n",
        ".env": f"AWS_ACCESS_KEY_ID={ID}\n",
        "compose.yaml": "services:\n  a:\n    image: a:1\n    environment:\n"
        "      ID: ${AWS_ACCESS_KEY_ID}\n",
    }
    assert judged(files, policy).is_silent


def test_a_key_that_is_known_in_part_is_undecided(judged: Judge) -> None:
    provider = 'provider "aws" {\n  access_key = "AKIAR7DCEQ${var.rest}"\n}\nvariable "rest" {}\n'
    assert judged({"main.tf": provider}, policy).undecided == ["var.rest has no value"]
    given = judged({"main.tf": provider}, policy, variables={"rest": "4MSKN2TJX5"})
    assert given.places == ["main.tf:2 AKIAR7DCEQ${var.rest}"]
    other = judged({"main.tf": provider}, policy, variables={"rest": "-none"})
    assert other.is_silent
