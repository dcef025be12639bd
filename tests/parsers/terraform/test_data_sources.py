"""What is known of data sources without asking a provider."""

from __future__ import annotations

from pathlib import Path

import pytest
from configurations import Files, graph, load, local, resource, told

from cloudlint.parsers.terraform.data_sources import policy_document
from cloudlint.values import Known, Undecided, Value


def document(tmp_path: Path, text: str, name: str = "d") -> Value:
    loaded = load(tmp_path, text)
    module = loaded.roots[0].module
    (instance,) = module.resource("data", "aws_iam_policy_document", name)
    return policy_document(instance)


def test_a_policy_document_is_what_its_json_encodes(tmp_path: Path) -> None:
    text = """
    data "aws_iam_policy_document" "d" {
      policy_id = "p"
      statement {
        sid           = "One"
        effect        = "Deny"
        not_actions   = ["s3:Get*"]
        not_resources = ["arn:x"]
        not_principals {
          type        = "AWS"
          identifiers = ["1", "2"]
        }
        condition {
          test     = "StringEquals"
          variable = "aws:x"
          values   = ["a"]
        }
        condition {
          test     = "StringEquals"
          variable = "aws:y"
          values   = ["b"]
        }
      }
      statement {
        actions   = ["s3:*"]
        resources = ["*"]
        principals {
          type        = "*"
          identifiers = ["*"]
        }
      }
    }
    locals {
      x = jsondecode(data.aws_iam_policy_document.d.json)
    }
    """
    expected = {
        "Version": "2012-10-17",
        "Id": "p",
        "Statement": [
            {
                "Effect": "Deny",
                "Sid": "One",
                "NotAction": ["s3:Get*"],
                "NotResource": ["arn:x"],
                "NotPrincipal": {"AWS": ["1", "2"]},
                "Condition": {"StringEquals": {"aws:x": ["a"], "aws:y": ["b"]}},
            },
            {"Effect": "Allow", "Action": ["s3:*"], "Resource": ["*"], "Principal": "*"},
        ],
    }
    assert local(tmp_path, text).python() == expected


MERGED = """
data "aws_iam_policy_document" "base" {
  statement {
    sid     = "A"
    actions = ["a:base"]
  }
  statement {
    actions = ["n:base"]
  }
}
data "aws_iam_policy_document" "d" {
  source_policy_documents   = [data.aws_iam_policy_document.base.json]
  override_policy_documents = [
    jsonencode({ Statement = { Sid = "B", Effect = "Deny", Action = "b:override" } })
  ]
  statement {
    sid     = "A"
    actions = ["a:own"]
  }
  statement {
    sid     = "B"
    actions = ["b:own"]
  }
}
"""


def test_documents_replace_statements_with_the_same_sid(tmp_path: Path) -> None:
    statements = document(tmp_path, MERGED)["Statement"]
    assert [statement["Action"].python() for statement in statements] == [
        ["a:own"],
        ["n:base"],
        "b:override",
    ]


@pytest.mark.parametrize("name", ["source_policy_documents", "override_policy_documents"])
def test_a_document_without_text_has_no_statements(tmp_path: Path, name: str) -> None:
    text = f"""
    variable "extra" {{ default = "" }}
    data "aws_iam_policy_document" "d" {{
      {name} = ["", var.extra]
      statement {{ actions = ["a:own"] }}
    }}
    """
    (statement,) = document(tmp_path, text)["Statement"]
    assert statement["Action"].python() == ["a:own"]


def test_old_names_of_the_arguments(tmp_path: Path) -> None:
    text = MERGED.replace("source_policy_documents   = [", "source_json = ").replace(
        "base.json]", "base.json"
    )
    assert len(document(tmp_path, text)["Statement"]) == 3


def test_statements_that_may_be_there_leave_the_others_known(tmp_path: Path) -> None:
    text = """
    variable "extra" { type = list(string) }
    data "aws_iam_policy_document" "d" {
      statement { actions = ["a:b"] }
      dynamic "statement" {
        for_each = var.extra
        content { actions = [statement.value] }
      }
    }
    """
    first, second = document(tmp_path, text)["Statement"]
    assert first["Action"].python() == ["a:b"]
    with pytest.raises(Undecided, match=r"var\.extra"):
        second["Action"].python()


def test_a_statement_that_may_be_replaced_is_unknown(tmp_path: Path) -> None:
    text = """
    variable "other" { type = string }
    data "aws_iam_policy_document" "d" {
      override_policy_documents = [var.other]
      statement {
        sid     = "A"
        actions = ["a:b"]
      }
      statement { actions = ["c:d"] }
    }
    """
    named, unnamed, _ = document(tmp_path, text)["Statement"]
    assert not isinstance(named, Known)
    assert unnamed["Action"].python() == ["c:d"]


def test_templates_are_rendered(tmp_path: Path) -> None:
    files = {
        "main.tf": """
        data "template_file" "t" {
          template = file("${path.module}/t.tpl")
          vars     = { name = "n", port = 80 }
        }
        locals { x = data.template_file.t.rendered }
        """,
        "t.tpl": "${name}:${port}",
    }
    assert local(tmp_path, files) == "n:80"
    files["main.tf"] = files["main.tf"].replace("vars     =", "vars")
    files["main.tf"] = files["main.tf"].replace('"n", port', '"n"\n port')
    assert local(tmp_path, files) == "n:80"


@pytest.mark.parametrize("type_", ["local_file", "local_sensitive_file"])
def test_local_files_are_read(tmp_path: Path, type_: str) -> None:
    files = {
        "main.tf": f"""
        data "{type_}" "f" {{ filename = "${{path.module}}/f.txt" }}
        locals {{ x = data.{type_}.f.content }}
        """,
        "f.txt": "content",
    }
    value = local(tmp_path, files)
    assert value == "content"
    assert value.sensitive is (type_ == "local_sensitive_file")


def test_files_that_something_else_makes_are_unknown(tmp_path: Path) -> None:
    text = """
    data "local_file" "f" { filename = "generated.txt" }
    locals { x = data.local_file.f.content }
    """
    loaded = load(tmp_path, text)
    assert not loaded.roots[0].module.local("x").is_wholly_known()
    assert not told(loaded)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("data.aws_region.here.name", "eu-west-1"),
        ("data.aws_region.there.region", "cn-north-1"),
        ("data.aws_partition.here.partition", "aws"),
        ("data.aws_partition.there.partition", "aws-cn"),
        ("data.aws_partition.there.dns_suffix", "amazonaws.com.cn"),
        ("module.inherits.region", "eu-west-1"),
        ("module.passed.region", "cn-north-1"),
    ],
)
def test_the_region_is_that_of_the_provider(tmp_path: Path, expression: str, expected: str) -> None:
    assert local(tmp_path, regions(f"x = {expression}")) == expected


def regions(line: str) -> Files:
    return {
        "main.tf": f"""
        provider "aws" {{ region = "eu-west-1" }}
        provider "aws" {{
          alias  = "cn"
          region = "cn-north-1"
        }}
        data "aws_region" "here" {{}}
        data "aws_region" "there" {{ provider = aws.cn }}
        data "aws_partition" "here" {{}}
        data "aws_partition" "there" {{ provider = aws.cn }}
        data "aws_caller_identity" "here" {{}}
        data "aws_caller_identity" "there" {{ provider = aws.cn }}
        module "inherits" {{ source = "./m" }}
        module "passed" {{
          source    = "./m"
          providers = {{ aws = aws.cn }}
        }}
        locals {{ {line} }}
        """,
        "m/main.tf": """
        data "aws_region" "current" {}
        data "aws_caller_identity" "me" {}
        output "region" { value = data.aws_region.current.name }
        output "account" { value = data.aws_caller_identity.me.account_id }
        """,
    }


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("data.aws_caller_identity.here.account_id", "module.inherits.account", True),
        ("data.aws_caller_identity.there.account_id", "module.passed.account", True),
        ("data.aws_caller_identity.here.account_id", "module.passed.account", None),
    ],
)
def test_the_same_data_source_is_one(
    tmp_path: Path, left: str, right: str, same: bool | None
) -> None:
    assert local(tmp_path, regions(f"x = {left} == {right}")).truth() is same


def test_outputs_of_another_state_are_unknown_one_by_one(tmp_path: Path) -> None:
    text = """
    data "terraform_remote_state" "net" {
      backend = "s3"
      config  = { key = "net" }
    }
    locals {
      x     = data.terraform_remote_state.net.outputs.vpc_id
      same  = local.x == data.terraform_remote_state.net.outputs["vpc_id"]
      other = local.x == data.terraform_remote_state.net.outputs.subnet_id
    }
    """
    module = load(tmp_path, text).roots[0].module
    assert module.local("same").truth() is True
    assert module.local("other").truth() is None
    with pytest.raises(Undecided, match="is the state of another configuration"):
        module.local("x").string()


def test_subnets_of_a_data_source_differ(tmp_path: Path) -> None:
    text = """
    data "aws_subnets" "all" {}
    locals { x = data.aws_subnets.all.ids[0] != data.aws_subnets.all.ids[1] }
    """
    assert local(tmp_path, text).truth() is True


def test_arguments_of_data_sources_are_known(tmp_path: Path) -> None:
    made = graph(
        tmp_path,
        """
        data "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }
        resource "t_t" "r" { cidr = data.aws_vpc.v.cidr_block }
        """,
    )
    value = resource(made, "t_t.r")["cidr"]
    assert value == "10.0.0.0/16"
    assert [found.address for found in made.referenced(value)] == ["data.aws_vpc.v"]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("data.aws_subnets.here.ids", True),
        ("data.aws_subnet.here.id", True),
        ("data.aws_availability_zones.here.names", True),
        ("data.aws_subnet.here.outpost_arn", None),
        ("module.elsewhere.id", None),
        ("module.elsewhere.name", None),
    ],
)
def test_what_a_provider_always_fills_in_is_never_null(
    tmp_path: Path, expression: str, expected: bool | None
) -> None:
    text = f"""
    data "aws_subnets" "here" {{}}
    data "aws_subnet" "here" {{}}
    data "aws_availability_zones" "here" {{}}
    module "elsewhere" {{
      source = "example.com/somewhere.zip"
    }}
    locals {{
      x = {expression} != null
    }}
    """
    assert local(tmp_path, text).truth() is expected
