from __future__ import annotations

import pytest

from cloudlint_policies.credentials.hard_coded_password import hard_coded_password
from cloudlint_policies.credentials.private_key_material import private_key_material as policy
from judging import Judge

BODY = "MHcCAQEEIKn3q0zJ7V0b8rC5w1yT4xH2mQ9sL6dFgPjUeNvRkWtAoGCCqGSM49"


def pem(kind: str, body: str = BODY) -> str:
    return f"-----BEGIN {kind}-----\n{body}\n{body}\n-----END {kind}-----\n"


KINDS = ["PRIVATE KEY", "RSA PRIVATE KEY", "OPENSSH PRIVATE KEY", "ENCRYPTED PRIVATE KEY"]


@pytest.mark.parametrize("kind", [*KINDS, "PGP PRIVATE KEY BLOCK"])
def test_all_kinds_in_files_that_terraform_reads(judged: Judge, kind: str) -> None:
    main = 'resource "aws_key_pair" "a" {\n  user_data = file("${path.module}/id")\n}\n'
    result = judged({"main.tf": main, "id": pem(kind)}, policy)
    assert result.places[0].startswith("id:1 -----BEGIN")
    assert result.messages == ["`user_data` holds a private key"]
    assert [step.span.path for step in result.findings[0].related] == ["main.tf"]


@pytest.mark.parametrize("kind", ["PUBLIC KEY", "CERTIFICATE", "PGP PUBLIC KEY BLOCK"])
def test_public_keys_and_certificates(judged: Judge, kind: str) -> None:
    main = 'resource "aws_key_pair" "a" {\n  public_key = file("id")\n}\n'
    assert judged({"main.tf": main, "id": pem(kind)}, policy).is_silent


def test_placeholders(judged: Judge) -> None:
    key = pem("PRIVATE KEY", "${var.body}").replace("\n", "\\n")
    text = f'variable "body" {{}}\nlocals {{\n  key = "{key}"\n}}\n'
    assert judged({"main.tf": text}, policy).is_silent


def test_in_compose_and_environment_files(judged: Judge) -> None:
    inline = pem("RSA PRIVATE KEY").replace("\n", "\\n")
    compose = f'services:\n  a:\n    image: a:1\n    environment:\n      KEY: "{inline}"\n'
    result = judged({"compose.yaml": compose, ".env": f'KEY="{inline}"\n'}, policy)
    assert [finding.span.path for finding in result.findings] == [".env", "compose.yaml"]


def test_one_defect_is_one_finding(judged: Judge) -> None:
    key = pem("RSA PRIVATE KEY").replace("\n", "\\n")
    text = f'variable "signing_secret" {{\n  default = "{key}"\n}}\n'
    assert judged({"main.tf": text}, hard_coded_password).is_silent
    assert len(judged({"main.tf": text}, policy).findings) == 1
