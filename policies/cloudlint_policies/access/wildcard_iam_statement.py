from collections.abc import Iterator

from cloudlint.concepts.iam import IamStatement
from cloudlint.policy import Finding, policy


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
    action, resource = statement.actions, statement.resources
    if statement.exists & statement.allows & action.is_everything & resource.is_everything:
        yield Finding(
            f"{statement} allows every action on every resource",
            at=action.at,
            also=[("on every resource", resource.at)],
        )
