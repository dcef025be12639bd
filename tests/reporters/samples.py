"""Small reports to render: one with everything in it, and the pieces to make others."""

from __future__ import annotations

from typing import Any

from cloudlint.report import Related, Report, Reported, Rule, Suppressed, UndecidedCheck
from cloudlint.reporters.options import RenderOptions
from cloudlint.severity import Severity
from cloudlint.source import Diagnostic, SourceFile, Span

OPTIONS = RenderOptions(version="0.1.0")

DATABASE = SourceFile(
    "infra/modules/database/main.tf",
    """\
resource "aws_db_instance" "main" {
  for_each = var.databases

  identifier = each.key
  multi_az   = var.multi_az
  password   = "correct horse battery staple"
}

resource "aws_iam_role_policy" "app" {
  role   = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "*"
      Resource = "*"
    }]
  })
}
""",
)
VARIABLES = SourceFile(
    "infra/modules/database/variables.tf",
    'variable "databases" {}\n\nvariable "multi_az" {\n  type = bool\n}\n',
)
TFVARS = SourceFile("infra/environments/prod/terraform.tfvars", "\n" * 9 + "multi_az = false\n")
COMPOSE = SourceFile(
    "services/größe 東京/compose.yaml",
    "services:\n  web:\n    image: ${REGISTRY}/東京🚀:latest # 1 & only\n",
)
BROKEN = SourceFile("infra/broken.tf", 'resource "a" {\n  = 1\n}\n')


def span(file: SourceFile, text: str, to: str = "") -> Span:
    """The first occurrence of `text` in a file, up to the end of the next `to`."""
    start = file.text.index(text)
    end = file.text.index(to, start) + len(to) if to else start + len(text)
    return file.span(start, end)


def rule(name: str, severity: Severity, **changes: Any) -> Rule:
    fields: dict[str, Any] = {
        "name": name,
        "pillar": "reliability",
        "severity": severity,
        "summary": f"What {name} is about.",
        "description": f"What {name} is about.\n\nAnd *why* it matters.",
        "fix": "Do it right.",
        "documentation": f"What {name} is about.\n\n## Bad\n```terraform\na = 1\n```",
        "standard": "A: a standard",
        "security": False,
        "production_only": False,
        "strict": False,
    }
    return Rule(**fields | changes)


def finding(at: Span, **changes: Any) -> Reported:
    fields: dict[str, Any] = {
        "policy": "single-az-data-store",
        "severity": Severity.HIGH,
        "message": "aws_db_instance.main has no standby",
        "fix": "",
        "address": "aws_db_instance.main",
        "span": at,
    }
    return Reported(**fields | changes)


def full_report() -> Report:
    """Every part of a report, on source with wide characters, a secret and a long block."""
    multi_az = finding(
        span(DATABASE, "multi_az   = var.multi_az"),
        message="aws_db_instance.main has no standby: `multi_az` is false",
        fix="set `multi_az = true`, and plan for the minutes the change takes",
        address="module.database.aws_db_instance.main",
        related=(
            Related("declared here", span(VARIABLES, 'variable "multi_az"')),
            Related("set to false here", span(TFVARS, "multi_az = false")),
        ),
        instances=tuple(f'module.database.aws_db_instance.main["{n}"]' for n in range(7)),
        condition="it depends on `var.databases`",
        environment="prod",
    )
    secret = span(DATABASE, '"correct horse battery staple"')
    password = finding(
        span(DATABASE, "password", to='staple"'),
        policy="hard-coded-password",
        severity=Severity.CRITICAL,
        message="module.database.aws_db_instance.main has its password in the source",
        fix="let RDS manage it: `manage_master_user_password = true`",
        address="module.database.aws_db_instance.main",
        redact=(secret,),
    )
    statement = finding(
        span(DATABASE, "jsonencode", to="})"),
        policy="wildcard-iam-statement",
        message="aws_iam_role_policy.app allows every action on everything",
        fix="name the actions and the resources",
        address="module.database.aws_iam_role_policy.app",
    )
    image = finding(
        span(COMPOSE, "東京🚀:latest"),
        policy="floating-image-tag",
        severity=Severity.MEDIUM,
        message="compose.service.web runs `latest`, which changes under it",
        address="compose.service.web",
        related=(Related("see [the docs](https://example.com)", span(COMPOSE, "web:")),),
    )
    held = finding(
        span(DATABASE, 'resource "aws_db_instance" "main" {'),
        policy="unordered-startup",
        severity=Severity.LOW,
        message="a finding that is held back",
    )
    return Report(
        rules={
            "single-az-data-store": rule(
                "single-az-data-store", Severity.HIGH, production_only=True
            ),
            "hard-coded-password": rule(
                "hard-coded-password", Severity.CRITICAL, pillar="security", security=True
            ),
            "wildcard-iam-statement": rule(
                "wildcard-iam-statement", Severity.HIGH, pillar="security", security=True
            ),
            "floating-image-tag": rule("floating-image-tag", Severity.MEDIUM, strict=True),
            "unordered-startup": rule("unordered-startup", Severity.LOW),
            "short-backup-retention": rule("short-backup-retention", Severity.MEDIUM),
        },
        findings=[multi_az, password, statement, image],
        undecided=[
            UndecidedCheck(
                policy="floating-image-tag",
                address="compose.service.api",
                span=span(COMPOSE, "image"),
                origin="${REGISTRY}",
                reason="is not set in any .env file",
            ),
            *(
                UndecidedCheck(
                    policy=policy,
                    address=f"aws_db_instance.{name}",
                    span=span(DATABASE, "identifier = each.key"),
                    origin="var.databases",
                    reason="has no value",
                    origin_span=span(VARIABLES, 'variable "databases"'),
                    chain=(Related("used here", span(DATABASE, "var.databases")),),
                    settle="--var databases=…",
                )
                for policy in ("single-az-data-store", "short-backup-retention")
                for name in "abcdef"
            ),
        ],
        suppressed=[Suppressed(held, "the vendor is told", "comment")],
        diagnostics=[
            Diagnostic(
                "expected a name in front of `=`",
                BROKEN.path,
                span(BROKEN, "="),
                "write `name = value`",
            ),
            Diagnostic("module.network is not on disk", "infra/main.tf", severity="warning"),
        ],
        passed=120,
        files=42,
        seconds=0.3051,
    )
