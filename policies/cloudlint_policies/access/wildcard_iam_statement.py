from collections.abc import Iterator

from cloudlint.concepts.iam import IamStatement, first_match
from cloudlint.policy import Finding, policy
from cloudlint.values import Value


@policy(
    severity="critical",
    security=True,
    standard="A: IAM, least privilege; no *:* statements",
)
def wildcard_iam_statement(statement: IamStatement) -> Iterator[Finding]:
    """A statement that allows every action on every resource makes its holder an administrator.

    `NotAction` and `NotResource` are judged by what they leave allowed: everything but a few
    actions, or everything but a few resources, is as good as everything. `Deny` statements and
    the policies of resources themselves are left alone.

    Fix: name the actions and the resources that are needed.

    ## Bad
    ```terraform
    resource "aws_iam_role_policy" "deploy" {
      role = "deploy"
      policy = jsonencode({
        Version = "2012-10-17"
        Statement = [{
          Effect   = "Allow"
          Action   = "*"  # <-- finding
          Resource = "*"
        }]
      })
    }
    ```
    ```terraform
    data "aws_iam_policy_document" "admin" {
      statement {
        actions   = ["*"]  # <-- finding
        resources = ["*"]
      }
    }

    resource "aws_iam_policy" "admin" {
      policy = data.aws_iam_policy_document.admin.json
    }
    ```
    ## Good
    ```terraform
    resource "aws_iam_policy" "read" {
      policy = <<-EOT
        {
          "Version": "2012-10-17",
          "Statement": [
            {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::media/*"},
            {"Effect": "Deny", "Action": "*", "Resource": "*"}
          ]
        }
      EOT
    }
    ```
    ## Undecided
    ```terraform
    variable "actions" {
      type = list(string)
    }

    resource "aws_iam_policy" "given" {
      policy = jsonencode({
        Version   = "2012-10-17"
        Statement = [{ Effect = "Allow", Action = var.actions, Resource = "*" }]
      })
    }
    ```
    """
    if not statement.allows:
        return
    action = _every(statement.actions, statement.not_actions)
    if action is None:
        return
    resource = _every(statement.resources, statement.not_resources)
    if resource is not None:
        yield Finding(
            f"{statement} allows every action on every resource",
            at=action,
            also=[("on every resource", resource)],
        )


def _every(named: list[Value], spared: list[Value]) -> Value | None:
    """The value that means "all of them": `*`, or all but the spared ones."""
    if spared:
        return None if first_match(spared, "*", "*:*") else spared[0]
    return first_match(named, "*", "*:*")
