from __future__ import annotations

import pytest

from cloudlint_policies.access.wildcard_iam_statement import wildcard_iam_statement as policy
from judging import Judge


def identity(document: str) -> dict[str, str]:
    """A customer managed policy with this document."""
    return {"main.tf": f'resource "aws_iam_policy" "p" {{\n  policy = {document}\n}}\n'}


def statement(entries: str) -> dict[str, str]:
    return identity(f"jsonencode({{ Statement = [{{ {entries} }}] }})")


@pytest.mark.parametrize(
    "entries",
    [
        'Effect = "Allow", Action = "*", Resource = "*"',
        'Effect = "Allow", Action = ["*"], Resource = ["*"]',
        'Effect = "Allow", Action = "*:*", Resource = "*"',
        'Effect = "Allow", Action = ["s3:GetObject", "*"], Resource = ["arn:aws:s3:::a", "*"]',
        'Effect = "Allow", NotAction = "iam:*", Resource = "*"',
        'Effect = "Allow", NotAction = ["iam:*", "sts:*"], Resource = "*"',
        'Effect = "Allow", Action = "*", NotResource = "arn:aws:s3:::a"',
    ],
)
def test_everything_on_everything_is_found(judged: Judge, entries: str) -> None:
    assert len(judged(statement(entries), policy).findings) == 1


@pytest.mark.parametrize(
    "entries",
    [
        'Effect = "Deny", Action = "*", Resource = "*"',
        'Effect = "Deny", NotAction = "iam:*", Resource = "*"',
        'Effect = "Allow", Action = "s3:*", Resource = "*"',
        'Effect = "Allow", Action = "*", Resource = "arn:aws:s3:::a/*"',
        'Effect = "Allow", NotAction = "*", Resource = "*"',
        'Effect = "Allow", Action = "*", NotResource = "*"',
        'Effect = "Allow", Action = [], Resource = "*"',
        'Action = "*", Resource = "*"',
    ],
)
def test_less_than_everything_is_silent(judged: Judge, entries: str) -> None:
    assert judged(statement(entries), policy).is_silent


def test_one_statement_may_stand_without_a_list(judged: Judge) -> None:
    text = 'jsonencode({ Statement = { Effect = "Allow", Action = "*", Resource = "*" } })'
    assert judged(identity(text), policy).places == ['main.tf:2 Action = "*"']


def test_a_heredoc_is_pointed_into(judged: Judge) -> None:
    outcome = judged(
        identity(
            """<<-EOT
            {
              "Version": "2012-10-17",
              "Statement": [
                {"Effect": "Allow", "Action": ["s3:List*", "*"], "Resource": "*"}
              ]
            }
            EOT"""
        ),
        policy,
    )
    assert outcome.places == ['main.tf:6 "*"']
    assert [(related.message, related.span.text) for related in outcome.findings[0].related] == [
        ("on every resource", '"Resource": "*"')
    ]


def test_a_heredoc_with_interpolations_is_pointed_into(judged: Judge) -> None:
    outcome = judged(
        identity(
            """<<EOT
{
  "Id": "${var.prefix}-${replace("a}b", "}", "{")}",
  "Statement": [
    {"Effect": "Allow", "Action": "*", "Resource": "*"}
  ]
}
EOT
}
variable "prefix" {
  type = string"""
        ),
        policy,
    )
    assert outcome.places == ['main.tf:6 "Action": "*"']


def test_what_is_interpolated_is_found_at_its_interpolation(judged: Judge) -> None:
    outcome = judged(
        identity(
            """<<EOT
{
  "Statement": [
    {"Effect": "${var.effect}",
     "Action": ${jsonencode(var.actions)}, "Resource": "${var.on}"}
  ]
}
EOT
}
variable "effect" {
  default = "Allow"
}
variable "actions" {
  default = ["*"]
}
variable "on" {
  default = "*\""""
        ),
        policy,
    )
    assert outcome.places == ["main.tf:6 ${jsonencode(var.actions)}"]


def test_a_document_in_a_file_is_read(judged: Judge) -> None:
    files = identity('file("${path.module}/admin.json")')
    files["admin.json"] = '{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}\n'
    assert judged(files, policy).places == ['main.tf:2 policy = file("${path.module}/admin.json")']


def test_documents_merge_by_sid(judged: Judge) -> None:
    outcome = judged(
        {
            "main.tf": """
            data "aws_iam_policy_document" "base" {
              statement {
                sid       = "All"
                actions   = ["*"]
                resources = ["*"]
              }
            }
            data "aws_iam_policy_document" "narrow" {
              source_policy_documents = [data.aws_iam_policy_document.base.json]
              statement {
                sid       = "All"
                actions   = ["s3:GetObject"]
                resources = ["*"]
              }
            }
            resource "aws_iam_policy" "narrow" {
              policy = data.aws_iam_policy_document.narrow.json
            }
            """
        },
        policy,
    )
    assert outcome.is_silent


def test_an_override_may_widen(judged: Judge) -> None:
    outcome = judged(
        {
            "main.tf": """
            data "aws_iam_policy_document" "own" {
              override_policy_documents = [jsonencode({
                Statement = [{ Sid = "A", Effect = "Allow", Action = "*", Resource = "*" }]
              })]
              statement {
                sid       = "A"
                actions   = ["s3:GetObject"]
                resources = ["*"]
              }
            }
            resource "aws_iam_role_policy" "own" {
              role   = "r"
              policy = data.aws_iam_policy_document.own.json
            }
            """
        },
        policy,
    )
    assert outcome.places == ['main.tf:3 Action = "*"']


@pytest.mark.parametrize(
    "resource",
    [
        'resource "aws_iam_role_policy" "p" {\n  policy = local.doc\n}',
        'resource "aws_iam_user_policy" "p" {\n  policy = local.doc\n}',
        'resource "aws_iam_group_policy" "p" {\n  policy = local.doc\n}',
        'resource "aws_iam_role" "p" {\n  inline_policy {\n    policy = local.doc\n  }\n}',
        'resource "aws_ssoadmin_permission_set_inline_policy" "p" {\n'
        "  inline_policy = local.doc\n}",
        'module "iam" {\n  source = "terraform-aws-modules/iam/aws//modules/iam-policy"\n'
        "  policy = local.doc\n}",
    ],
)
def test_policies_are_read_wherever_they_stand(judged: Judge, resource: str) -> None:
    document = """
    locals {
      doc = data.aws_iam_policy_document.all.json
    }
    data "aws_iam_policy_document" "all" {
      statement {
        actions   = ["*"]
        resources = ["*"]
      }
    }
    """
    files = {"doc.tf": document, "main.tf": resource}
    assert judged(files, policy).places == ['doc.tf:6 "*"']


def test_a_document_that_goes_through_modules_is_one_finding(judged: Judge) -> None:
    outcome = judged(
        {
            "main.tf": """
            data "aws_iam_policy_document" "all" {
              statement {
                actions   = ["*"]
                resources = ["*"]
              }
            }
            module "role" {
              for_each = toset(["a", "b"])
              source   = "./role"
              policy   = data.aws_iam_policy_document.all.json
            }
            """,
            "role/main.tf": """
            variable "policy" {
              type = string
            }
            resource "aws_iam_role_policy" "this" {
              policy = var.policy
            }
            """,
        },
        policy,
    )
    assert outcome.places == ['main.tf:3 "*"']
    assert outcome.findings[0].instances == (
        'module.role["a"].aws_iam_role_policy.this',
        'module.role["b"].aws_iam_role_policy.this',
    )


@pytest.mark.parametrize(
    "resource",
    [
        'resource "aws_kms_key" "p" {\n  policy = local.doc\n}',
        'resource "aws_s3_bucket_policy" "p" {\n  policy = local.doc\n}',
        'resource "aws_vpc_endpoint" "p" {\n  policy = local.doc\n}',
        'resource "aws_iam_role" "p" {\n  assume_role_policy = local.doc\n}',
        'module "key" {\n  source = "terraform-aws-modules/kms/aws"\n  policy = local.doc\n}',
    ],
)
def test_the_policy_of_a_resource_is_silent(judged: Judge, resource: str) -> None:
    document = """
    locals {
      doc = data.aws_iam_policy_document.all.json
    }
    data "aws_iam_policy_document" "all" {
      statement {
        actions   = ["*"]
        resources = ["*"]
        principals {
          type        = "AWS"
          identifiers = ["arn:aws:iam::111122223333:root"]
        }
      }
    }
    """
    assert judged({"doc.tf": document, "main.tf": resource}, policy).is_silent


def test_an_unreadable_resource_policy_is_no_question(judged: Judge) -> None:
    files = {
        "main.tf": """
        variable "doc" {
          type = string
        }
        resource "aws_s3_bucket_policy" "p" {
          bucket = "b"
          policy = var.doc
        }
        """
    }
    assert judged(files, policy).is_silent


@pytest.mark.parametrize(
    ("entries", "reason"),
    [
        ('Effect = "Allow", Action = var.x, Resource = "*"', "var.x has no value"),
        ('Effect = "Allow", Action = [var.x], Resource = "*"', "var.x has no value"),
        ('Effect = var.x, Action = "*", Resource = "*"', "var.x has no value"),
        ('Effect = "Allow", Action = "*", Resource = var.x', "var.x has no value"),
        ('Effect = "Allow", NotAction = [var.x], Resource = "*"', "var.x has no value"),
    ],
)
def test_what_may_be_everything_is_undecided(judged: Judge, entries: str, reason: str) -> None:
    files = statement(entries)
    files["variables.tf"] = 'variable "x" {}\n'
    outcome = judged(files, policy)
    assert (outcome.findings, outcome.undecided) == ([], [reason])


@pytest.mark.parametrize(
    "entries",
    [
        'Effect = "Allow", Action = "${var.x}:Get*", Resource = "*"',
        'Effect = "Allow", Action = "s3:${var.x}", Resource = "*"',
        'Effect = "Allow", Action = "*", Resource = "${aws_s3_bucket.b.arn}/*"',
        'Effect = "Allow", Action = "*", Resource = aws_s3_bucket.b.arn',
        'Effect = "Allow", Action = "s3:*", Resource = var.x',
        'Effect = "Deny", Action = var.x, Resource = var.x',
    ],
)
def test_what_cannot_be_everything_is_silent(judged: Judge, entries: str) -> None:
    files = statement(entries)
    files["more.tf"] = 'variable "x" {}\nresource "aws_s3_bucket" "b" {}\n'
    assert judged(files, policy).is_silent


def test_a_sure_hit_beside_an_unknown_is_found(judged: Judge) -> None:
    files = statement('Effect = "Allow", Action = [var.x, "*"], Resource = [var.x, "*"]')
    files["variables.tf"] = 'variable "x" {}\n'
    assert judged(files, policy).places == ['main.tf:2 "*"']


def test_an_unknown_document_is_undecided(judged: Judge) -> None:
    files = identity("var.doc")
    files["variables.tf"] = 'variable "doc" {}\n'
    assert judged(files, policy).undecided == ["var.doc has no value"]


def test_a_text_that_is_no_json_is_undecided(judged: Judge) -> None:
    assert judged(identity('"{"'), policy).undecided == ["the document is no valid JSON"]


def test_an_unknown_number_of_statements_is_undecided(judged: Judge) -> None:
    outcome = judged(
        {
            "main.tf": """
            variable "buckets" {
              type = list(string)
            }
            data "aws_iam_policy_document" "d" {
              dynamic "statement" {
                for_each = var.buckets
                content {
                  actions   = ["*"]
                  resources = [statement.value]
                }
              }
            }
            resource "aws_iam_policy" "p" {
              policy = data.aws_iam_policy_document.d.json
            }
            """
        },
        policy,
    )
    assert (outcome.findings, outcome.undecided) == ([], ["var.buckets has no value"])


def test_a_choice_of_effects_both_allowing_is_found(judged: Judge) -> None:
    files = statement('Effect = "Allow", Action = var.x ? "*" : "*:*", Resource = "*"')
    files["variables.tf"] = 'variable "x" {}\n'
    assert len(judged(files, policy).findings) == 1


@pytest.mark.parametrize(
    ("sources", "reason"),
    [
        ("[[]]", "cannot be read"),
        ("compact([var.x, null])", "var.x has no value"),
        ("[var.x]", "var.x has no value"),
    ],
)
def test_a_document_that_cannot_be_read_is_undecided(
    judged: Judge, sources: str, reason: str
) -> None:
    files = {
        "main.tf": f"""
        variable "x" {{}}
        data "aws_iam_policy_document" "d" {{
          source_policy_documents = {sources}
        }}
        """
    }
    outcome = judged(files, policy)
    assert not outcome.verdicts.errors
    (told,) = outcome.undecided
    assert reason in told


@pytest.mark.parametrize(
    ("data", "policy_"),
    [
        (
            'data "aws_iam_policy_document" "d" {\n  source_policy_documents = '
            '[templatefile("admin.json", { id = var.id, action = "*" })]\n}\n',
            "data.aws_iam_policy_document.d.json",
        ),
        (
            'data "template_file" "f" {\n  template = file("admin.json")\n'
            '  vars     = { id = var.id, action = "*" }\n}\n',
            "data.template_file.f.rendered",
        ),
    ],
)
def test_documents_made_of_templates_are_read(judged: Judge, data: str, policy_: str) -> None:
    files = {
        **identity(policy_),
        "data.tf": f'variable "id" {{}}\n{data}',
        "admin.json": """
        {"Id": "${id}", "Statement": [{"Effect": "Allow", "Action": "${action}", "Resource": "*"}]}
        """,
    }
    assert len(judged(files, policy).findings) == 1


VARIABLES = 'variable "on" {\n  type = bool\n}\nvariable "some" {}\n'
DOCUMENT = """
data "aws_iam_policy_document" "%s" {
  statement {
    actions   = ["%s"]
    resources = ["%s"]
  }
}
"""


@pytest.mark.parametrize(
    "entries",
    [
        'Effect = "Allow", Action = var.some, Resource = "arn:aws:s3:::a"',
        'Effect = "Allow", Action = "s3:GetObject", Resource = var.some',
        'Effect = var.some, Action = "s3:GetObject", Resource = "*"',
        'Effect = "Deny", Action = var.some, Resource = var.some',
    ],
)
def test_one_known_part_is_enough_to_allow_less(judged: Judge, entries: str) -> None:
    assert judged(statement(entries) | {"v.tf": VARIABLES}, policy).is_silent


@pytest.mark.parametrize(
    ("actions", "findings", "undecided"),
    [(("s3:*", "sqs:*"), 0, 0), (("s3:*", "*"), 0, 1), (("*", "sqs:*"), 0, 1)],
)
def test_of_two_documents_both_are_judged(
    judged: Judge, actions: tuple[str, str], findings: int, undecided: int
) -> None:
    documents = DOCUMENT % ("a", actions[0], "*") + DOCUMENT % ("b", actions[1], "*")
    name = "data.aws_iam_policy_document"
    files = identity(f"var.on ? {name}.a.json : {name}.b.json")
    outcome = judged(files | {"v.tf": VARIABLES + documents}, policy)
    assert (len(outcome.findings), len(outcome.undecided)) == (findings, undecided)


@pytest.mark.parametrize(("action", "undecided"), [("s3:*", 0), ("*", 1)])
def test_a_statement_that_may_be_there(judged: Judge, action: str, undecided: int) -> None:
    document = """
    data "aws_iam_policy_document" "a" {
      dynamic "statement" {
        for_each = var.on ? [1] : []
        content {
          actions   = ["%s"]
          resources = ["*"]
        }
      }
    }
    """
    files = identity("data.aws_iam_policy_document.a.json")
    outcome = judged(files | {"v.tf": VARIABLES + document % action}, policy)
    assert (len(outcome.findings), len(outcome.undecided)) == (0, undecided)


@pytest.mark.parametrize(("action", "undecided"), [("s3:*", 0), ("*", 1)])
def test_documents_that_may_be_part_of_another(judged: Judge, action: str, undecided: int) -> None:
    named = "data.aws_iam_policy_document"
    listed = f"[{named}.a.json, var.on ? {named}.b.json : null]"
    sources = f"source_policy_documents = compact({listed})"
    document = f'data "aws_iam_policy_document" "all" {{\n  {sources}\n}}\n'
    files = identity(f"{named}.all.json")
    files["v.tf"] = VARIABLES + document + DOCUMENT % ("a", "sqs:*", "*")
    files["b.tf"] = DOCUMENT % ("b", action, "*")
    outcome = judged(files, policy)
    assert (len(outcome.findings), len(outcome.undecided)) == (0, undecided)
