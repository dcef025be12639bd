from __future__ import annotations

import pytest

from cloudlint_policies.credentials.hard_coded_password import hard_coded_password as policy
from judging import Judge


def resource(arguments: str, type_: str = "aws_db_instance") -> dict[str, str]:
    return {"main.tf": f'resource "{type_}" "main" {{\n{arguments}\n}}\n'}


def compose(environment: str) -> dict[str, str]:
    service = f"db:\n    image: db:1\n    environment:\n      {environment}\n"
    return {"compose.yaml": f"services:\n  {service}"}


@pytest.mark.parametrize(
    ("arguments", "secret"),
    [
        ('password = "hunter2"', "hunter2"),
        ('password = "changeme"', "changeme"),
        ('password = var.given != "" ? var.given : "hunter2"', "hunter2"),
        ('password = coalesce(var.given, "hunter2")', "hunter2"),
        ('password = lookup(var.passwords, "main", "hunter2")', "hunter2"),
        ('password = base64encode("hunter2")', "hunter2"),
        ('user {\n  password = "hunter2"\n}', "hunter2"),
        ('dynamic "user" {\n  for_each = [1]\n  content {\n    password = "hunter2"\n  }\n}',
         "hunter2"),
        ('environment = { DB_PASSWORD = "hunter2" }', "hunter2"),
        ('settings = [{ name = "DB_PASSWORD", value = "hunter2" }]', "hunter2"),
        ('setting {\n  name = "DB_PASSWORD"\n  value = "hunter2"\n}', "hunter2"),
        ('command = ["serve", "--db-password", "hunter2"]', "hunter2"),
        ('definitions = jsonencode([{ name = "DB_PASSWORD", value = "hunter2" }])', "hunter2"),
        ('definitions = <<-E\n  [{"name": "DB_PASSWORD", "value": "hunter2"}]\nE', "hunter2"),
        ('user_data = <<-E\n  export DB_PASSWORD="hunter2"\nE', "hunter2"),
        ('url = "postgres://shop:brisk-41@${var.host}/shop"', "brisk-41"),
        ('url = format("postgres://shop:brisk-41@%s/shop", var.host)', "brisk-41"),
    ],
)  # fmt: skip
def test_literals_are_found_exactly(judged: Judge, arguments: str, secret: str) -> None:
    assert [f.span.text for f in judged(resource(arguments), policy).findings] == [secret]


@pytest.mark.parametrize(
    ("type_", "arguments"),
    [
        ("aws_secretsmanager_secret_version", 'secret_string = "hunter2"'),
        ("aws_secretsmanager_secret_version", 'secret_string = "{\\"password\\": \\"hunter2\\"}"'),
        ("aws_ssm_parameter", 'name = "/shop/db/password"\nvalue = "hunter2"'),
        ("azurerm_key_vault_secret", 'name = "shop"\nvalue = "hunter2"'),
        ("aws_elasticache_user", 'passwords = ["hunter2"]'),
        ("aws_mq_broker", 'user {\n  username = "a"\n  password = "hunter2"\n}'),
    ],
)
def test_arguments_that_take_secrets(judged: Judge, type_: str, arguments: str) -> None:
    assert [f.span.text for f in judged(resource(arguments, type_), policy).findings] == ["hunter2"]


@pytest.mark.parametrize(
    "arguments",
    [
        "password = var.password",
        "password = null",
        'password = ""',
        "password = random_password.main.result",
        'password = "${random_password.main.result}"',
        'password = "Aa1-${random_password.main.result}"',
        'password = "${var.password}-x"',
        "password = data.aws_ssm_parameter.main.value",
        'password = jsondecode(data.aws_secretsmanager_secret_version.m.secret_string)["password"]',
        'password = file("${path.module}/password")',
        'password = var.passwords["main"]',
        'password = "<password>"',
        'password = "/shop/db/password"',
        "manage_master_user_password = true",
        'password_policy { minimum = "8" }',
        'secret_name = "shop-database"',
        'description = "password: at least 12 characters"',
        'secrets = { DB_PASSWORD = "shop/db-password" }',
        'secrets = [{ name = "DB_PASSWORD", valueFrom = "/shop/password" }]',
        'access_token = "hours"',
        'url = "postgres://shop:${var.password}@db/shop"',
        'url = "https://shop.example:8443/"',
        'password_hash = "8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4"',
    ],
)
def test_everything_else_is_silent(judged: Judge, arguments: str) -> None:
    variables = 'variable "password" {}\nvariable "passwords" {}\n'
    files = resource(arguments) | {"variables.tf": variables}
    assert judged(files, policy).is_silent


def test_a_secure_parameter_that_says_nothing_holds_what_looks_random(judged: Judge) -> None:
    text = 'name = "/shop/{}"\ntype = "SecureString"\nvalue = "{}"'
    for name, value, count in [
        ("db", "tH7-quiet-Harbour-29", 1),
        ("region", "eu-west-1", 0),
        ("alerts", "one@shop.example,two@shop.example", 0),
    ]:
        report = judged(resource(text.format(name, value), "aws_ssm_parameter"), policy)
        assert len(report.findings) == count


def test_what_only_makes_a_secret_exist_is_silent(judged: Judge) -> None:
    lifecycle = "lifecycle {\n  ignore_changes = [secret_string]\n}"
    type_ = "aws_secretsmanager_secret_version"
    kept = resource(f'secret_string = "changeme"\n{lifecycle}', type_)
    assert judged(kept, policy).is_silent
    real = resource(f'secret_string = "tH7-quiet-Harbour-29"\n{lifecycle}', type_)
    assert len(judged(real, policy).findings) == 1


def test_a_default_is_found_with_the_way_to_all_who_get_it(judged: Judge) -> None:
    files = {
        "a/main.tf": 'module "cache" {\n  source = "../cache"\n}\n',
        "b/main.tf": 'module "cache" {\n  source = "../cache"\n}\n',
        "c/main.tf": 'module "cache" {\n  source = "../cache"\n  token = var.token\n}\n'
        'variable "token" {}\n',
        "cache/main.tf": """
            variable "token" {
              default = "mV7qTz2LxRk9cWnJ"
            }
            resource "aws_elasticache_replication_group" "this" {
              auth_token = var.token
            }
            """,
    }
    [finding] = judged(files, policy).findings
    assert finding.span.place == "cache/main.tf:2:14"
    address = "module.cache.aws_elasticache_replication_group.this"
    assert finding.instances == (f"a: {address}", f"b: {address}")
    assert [related.span.place for related in finding.related] == ["cache/main.tf:5:16"]


def test_an_overridden_default_still_stands_in_the_source(judged: Judge) -> None:
    files = {
        "main.tf": 'variable "password" {\n  default = "hunter2"\n}\n'
        'resource "aws_db_instance" "main" {\n  password = var.password\n}\n',
        "terraform.tfvars": 'password = "tH7-quiet-Harbour-29"\n',
    }
    found = {finding.span.path: finding.address for finding in judged(files, policy).findings}
    assert found == {"main.tf": "var.password", "terraform.tfvars": "aws_db_instance.main"}


def test_of_a_map_the_instance_that_gets_the_literal_is_named(judged: Judge) -> None:
    files = {
        "main.tf": """
            locals {
              users = {
                shop   = { password = "hunter2" }
                report = { password = random_password.report.result }
              }
            }
            resource "aws_db_instance" "main" {
              for_each = local.users
              password = each.value.password
            }
            resource "random_password" "report" {
              length = 20
            }
            """
    }
    [finding] = judged(files, policy).findings
    assert (finding.span.first.line, finding.address) == (3, 'aws_db_instance.main["shop"]')


def test_a_literal_in_what_may_not_exist_is_one_finding(judged: Judge) -> None:
    arguments = 'count = var.wanted ? 1 : 0\npassword = "hunter2"'
    report = judged(resource(arguments) | {"v.tf": 'variable "wanted" {}\n'}, policy)
    [finding] = report.findings
    assert finding.condition == ""


def test_a_password_that_is_known_in_part_is_undecided(judged: Judge) -> None:
    files = resource('password = "${var.prefix}-hunter2"') | {"v.tf": 'variable "prefix" {}\n'}
    assert judged(files, policy).undecided == ["var.prefix has no value"]
    assert len(judged(files, policy, variables={"prefix": "a"}).findings) == 1


@pytest.mark.parametrize(
    ("environment", "secret"),
    [
        ("POSTGRES_PASSWORD: hunter2", "hunter2"),
        ("- POSTGRES_PASSWORD=hunter2", "hunter2"),
        ("POSTGRES_PASSWORD: 'hunter2'", "hunter2"),
        ("POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:-hunter2}", "hunter2"),
        ("POSTGRES_PASSWORD: 123456", "123456"),
        ("- 'POSTGRES_PASSWORD=\"hunter2\"'", "hunter2"),
        ("POSTGRES_PASSWORD: example", "example"),
        ("APP_TOKEN: s3cr3t-Tok3n", "s3cr3t-Tok3n"),
        ("URL: amqp://guest:guest@queue:5672", "guest"),
        ("URL: amqp://${NAME}:hunter2@queue", "hunter2"),
        ("URL: amqp://shop:${PASSWORD:-hunter2}@queue", "hunter2"),
    ],
)
def test_environments_of_services(judged: Judge, environment: str, secret: str) -> None:
    [finding] = judged(compose(environment), policy).findings
    assert (finding.span.text, finding.address) == (secret, "compose.service.db")


@pytest.mark.parametrize(
    "environment",
    [
        "POSTGRES_PASSWORD: ${POSTGRES_PASSWORD}",
        "POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?}",
        "POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:-}",
        "POSTGRES_PASSWORD:",
        "- POSTGRES_PASSWORD",
        "POSTGRES_PASSWORD_FILE: /run/secrets/password",
        "POSTGRES_HOST_AUTH_METHOD: trust",
        'MYSQL_ALLOW_EMPTY_PASSWORD: "yes"',
        "POSTGRES_USER: shop",
        "TOKEN_TTL: 3600",
        "URL: postgres://shop:${PASSWORD}@db/shop",
        "URL: redis://redis:6379/0",
    ],
)
def test_environments_without_secrets(judged: Judge, environment: str) -> None:
    assert judged(compose(environment), policy).is_silent


def test_a_default_that_an_environment_file_replaces_stands_in_its_service(judged: Judge) -> None:
    files = {
        ".env": "DB_PASSWORD=another-one\n",
        "compose.yaml": "services:\n  a:\n    image: a:1\n  b:\n    image: b:1\n    environment:\n"
        "      POSTGRES_PASSWORD: ${DB_PASSWORD:-hunter2}\n",
    }
    [finding] = judged(files, policy).findings
    assert (finding.span.text, finding.address) == ("hunter2", "compose.service.b")


def test_a_command_may_hold_one(judged: Judge) -> None:
    text = "services:\n  cache:\n    image: redis:7\n    command: {}\n"
    for command in (
        "redis-server --requirepass hunter2",
        '["redis-server", "--requirepass", "hunter2"]',
    ):
        report = judged({"compose.yaml": text.format(command)}, policy)
        assert [finding.span.text for finding in report.findings] == ["hunter2"]


def test_an_option_with_a_value_names_nothing_that_follows(judged: Judge) -> None:
    text = "services:\n  db:\n    image: mysql:8\n    command:\n"
    text += "      - --default-authentication-plugin=mysql_native_password\n"
    text += "      - --innodb-print-all-deadlocks=ON\n"
    assert judged({"compose.yaml": text}, policy).is_silent


def test_dockerfiles_and_env_files_are_left_to_their_own_policies(judged: Judge) -> None:
    files = {"Dockerfile": "FROM a:1\nENV DB_PASSWORD=hunter2\n", ".env": "DB_PASSWORD=hunter2\n"}
    assert judged(files, policy).is_silent


def test_an_item_of_a_list_is_called_like_the_list(judged: Judge) -> None:
    lines = "image: shop:1\n    command: [serve, 'amqp://shop:hunter2@queue']\n    healthcheck:\n"
    lines += "      test: [CMD, mysqladmin, ping, -u, root, -phunter2]\n"
    lines += "    entrypoint: [sh, -c, mysqladmin ping -phunter2]\n"
    files = {"compose.yaml": f"services:\n  db:\n    {lines}"}
    messages = judged(files, policy).messages
    assert [text.split()[0] for text in messages] == ["`command`", "`password`", "`mysqladmin`"]
