"""Secrets that texts give away by their format, or by the names inside."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudlint.concepts.secrets.detection import (
    HOLE,
    Kind,
    Match,
    assigned,
    clues,
    known_formats,
    named,
)

KEY_ID = "AKIAR7DCEQ4MSKN2TJX5"
SECRET_KEY = "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"  # noqa: S105
PEM = (
    "-----BEGIN PRIVATE KEY-----\\n"
    + "MIIEvQIBADANBgkqhkiG9w0B" * 4
    + "\\n-----END PRIVATE KEY-----"
)


def found(text: str) -> list[tuple[Kind, str]]:
    return [(match.kind, text[match.start : match.end]) for match in known_formats(text)]


MIXED = "q9Tf3LwZ0bVxK7mRjN2dYc8HsPaG5uEoXi1Bv4Wk6"
HEXADECIMAL = "3f9c07be81d24a6553e0b7c91fa8d246"


def base62(length: int) -> str:
    return (MIXED * 20)[:length]


def hexadecimal(length: int) -> str:
    return (HEXADECIMAL * 5)[:length]


TOKENS = [
    (Kind.AGE_KEY, "AGE-SECRET-KEY-1" + base62(58).upper()),
    (Kind.ANTHROPIC_KEY, "sk-ant-api03-" + base62(93) + "AA"),
    (Kind.ATLASSIAN_TOKEN, "ATATT3xFfGF0" + base62(180)),
    (Kind.AZURE_DEVOPS_TOKEN, base62(76) + "AZDO" + "4k9Z"),
    (Kind.BEDROCK_KEY, "ABSK" + "QmVkcm9ja0FQSUtleS" + base62(110) + "="),
    (Kind.DATABRICKS_TOKEN, "dapi" + hexadecimal(32) + "-2"),
    (Kind.DIGITALOCEAN_TOKEN, "dop_v1_" + hexadecimal(64)),
    (Kind.DOCKER_TOKEN, "dckr_pat_" + base62(27)),
    (Kind.DOPPLER_TOKEN, "dp.st.prd." + base62(43)),
    (Kind.GITHUB_TOKEN, "ghs_" + base62(36)),
    (Kind.GITHUB_TOKEN, "github_pat_" + base62(22) + "_" + base62(59)),
    (Kind.GITLAB_TOKEN, "glpat-" + base62(20)),
    (Kind.GITLAB_TOKEN, "glpat-" + base62(27) + ".01.0w1q2e3r4"),
    (Kind.GITLAB_TOKEN, "glrt-" + base62(20)),
    (Kind.GOOGLE_CLIENT_SECRET, "GOCSPX-" + base62(28)),
    (Kind.GRAFANA_TOKEN, "glsa_" + base62(32) + "_" + hexadecimal(8)),
    (Kind.HEROKU_KEY, "HRKU-AA" + base62(58)),
    (Kind.HUGGING_FACE_TOKEN, "hf_" + base62(34)),
    (Kind.LINEAR_KEY, "lin_api_" + base62(40)),
    (Kind.NEW_RELIC_KEY, "NRAK-" + base62(27).upper()),
    (Kind.NPM_TOKEN, "npm_" + base62(36)),
    (Kind.OPENAI_KEY, "sk-proj-" + base62(74) + "T3BlbkFJ" + base62(74)),
    (Kind.OPENAI_KEY, "sk-" + base62(20) + "T3BlbkFJ" + base62(20)),
    (Kind.POSTMAN_KEY, "PMAK-" + hexadecimal(24) + "-" + hexadecimal(34)),
    (Kind.PULUMI_TOKEN, "pul-" + hexadecimal(40)),
    (Kind.PYPI_TOKEN, "pypi-AgEIcHlwaS5vcmc" + base62(150)),
    (Kind.RUBYGEMS_KEY, "rubygems_" + hexadecimal(48)),
    (Kind.SENDGRID_KEY, "SG." + base62(22) + "." + base62(43)),
    (Kind.SENTRY_TOKEN, "sntryu_" + hexadecimal(64)),
    (Kind.SHOPIFY_TOKEN, "shpat_" + hexadecimal(32)),
    (Kind.SLACK_TOKEN, "xapp-1-A01B2C3D4E5-1234567890123-" + hexadecimal(64)),
    (Kind.SQUARE_TOKEN, "sq0atp-" + base62(22)),
    (Kind.STRIPE_KEY, "rk_live_" + base62(24)),
    (Kind.STRIPE_KEY, "whsec_" + base62(32)),
    (Kind.SUPABASE_TOKEN, "sbp_" + hexadecimal(40)),
    (Kind.TAILSCALE_KEY, "tskey-auth-" + base62(12) + "CNTRL-" + base62(32)),
    (Kind.TELEGRAM_TOKEN, "5829104637:AA" + base62(33)),
    (Kind.TERRAFORM_TOKEN, base62(14) + ".atlasv1." + base62(67)),
    (Kind.VAULT_TOKEN, "hvs." + base62(90)),
]


@pytest.mark.parametrize(("kind", "secret"), TOKENS)
def test_tokens_are_found_by_their_format(kind: Kind, secret: str) -> None:
    assert found(f"a: '{secret}'\n") == [(kind, secret)]
    assert clues(secret)


@pytest.mark.parametrize(("kind", "secret"), TOKENS)
def test_tokens_that_are_cut_short_or_made_up_are_none(kind: Kind, secret: str) -> None:
    assert not found(f"{secret[:12]}")
    assert not found(f"a{secret}a")
    rest = re.split(r"[-_.:]", secret)[-1]
    if len(rest) > 7:
        assert not found(secret.removesuffix(rest) + "x" * len(rest))


@pytest.mark.parametrize(
    ("kind", "secret", "around"),
    [
        (Kind.AWS_KEY_ID, KEY_ID, "export KEY={}\n"),
        (Kind.AWS_KEY_ID, "ASIAR7DCEQ4MSKN2TJX5", "{}"),
        (Kind.AWS_SECRET_KEY, SECRET_KEY, "aws_secret_access_key = {}"),
        (Kind.AWS_SECRET_KEY, SECRET_KEY, "aws configure set aws_secret_access_key {}"),
        (Kind.AWS_SECRET_KEY, SECRET_KEY, '{{"SecretAccessKey": "{}"}}'),
        (Kind.GOOGLE_API_KEY, "AIzaSyD4mR7qT2wXk9pLfV1bNcYe6HjG8sUoZ3A", "key={}"),
        (Kind.GCP_KEY, PEM, '{{"private_key": "{}", "client_email": "a@b.iam"}}'),
        (Kind.PRIVATE_KEY, PEM, "key: {}"),
        (Kind.AZURE_CLIENT_SECRET, "q7W8Q~" + "aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY2z", "{}"),
        (Kind.AZURE_ACCOUNT_KEY, "aB3+" * 21 + "cD==", "AccountName=a;AccountKey={};x=y"),
        (Kind.GITHUB_TOKEN, "ghp_" + "aB3dE5fG7hJ9" * 3, "token {}"),
        (Kind.SLACK_TOKEN, "xox" + "b-2345678901-abcdefGHIJKL", "{}"),
        (
            Kind.SLACK_WEBHOOK,
            "T01AB2CD3/B04EF5GH6/" + "aB3dE5fG7hJ9" * 2,
            "https://hooks.slack.com/services/{}",
        ),
        (
            Kind.TELEGRAM_TOKEN,
            "bot5829104637:AA" + base62(33),
            "curl https://api.telegram.org/{}/getMe",
        ),
        (Kind.STRIPE_KEY, "sk_live_" + "aB3dE5fG7hJ9" * 2, "{}"),
        (Kind.URL_PASSWORD, "brisk-41", "postgres://shop:{}@db:5432/shop"),
        (Kind.URL_PASSWORD, "brisk-41", "redis://:{}@cache:6379"),
        (Kind.URL_PASSWORD, "brisk-41", "jdbc:mysql://db/shop?user=shop&password={}"),
        (Kind.URL_PASSWORD, "brisk-41", "Server=db;User=shop;Password={};"),
        (Kind.URL_PASSWORD, "brisk-41", "shop:{}@tcp(db:3306)/shop"),
        (Kind.COMMAND_PASSWORD, "brisk-41", "curl -sf -u shop:{} https://shop.io/x"),
        (Kind.COMMAND_PASSWORD, "brisk-41", 'curl --user "shop:{}" https://shop.io/x'),
        (Kind.COMMAND_PASSWORD, "brisk-41", "mysql -h db -u root -p{} shop < /schema.sql"),
        (Kind.COMMAND_PASSWORD, "brisk-41", "mysqladmin ping -uroot -p'{}'"),
        (Kind.COMMAND_PASSWORD, "brisk-41", "sshpass -p {} ssh shop"),
        (Kind.COMMAND_PASSWORD, "brisk-41", "redis-cli -h cache -a {} ping"),
        (Kind.COMMAND_PASSWORD, "brisk-41", "docker login -u shop -p {} registry.shop.io"),
        (Kind.COMMAND_PASSWORD, "brisk-41", "echo 'shop:{}' | chpasswd"),
        (Kind.COMMAND_PASSWORD, "brisk-41", "machine github.com login shop password {}"),
        (
            Kind.HEADER_TOKEN,
            "brisk-41-lantern",
            "curl -H 'Authorization: Bearer {}' https://shop.io",
        ),
        (Kind.HEADER_TOKEN, "brisk-41-lantern", 'curl -H "X-API-Key: {}" https://shop.io'),
    ],
)
def test_formats_are_found_exactly(kind: Kind, secret: str, around: str) -> None:
    assert found(around.format(secret)) == [(kind, secret)]


@pytest.mark.parametrize(
    "text",
    [
        "AKIA",
        "XAKIAR7DCEQ4MSKN2TJX5",
        f"{KEY_ID}9",
        "AKIAXXXXXXXXXXXXXXXX",
        "AKIAABCDEFGHIJKLMNOP",
        "secret_key = 0123456789abcdef0123456789abcdef01234567",
        "arn:aws:s3:::bucket/AKIA",
        "https://shop.example:8443/path@2",
        "git@github.com:shop/infra.git",
        "postgres://shop:${var.password}@db",
        "postgres://shop:$PASSWORD@db",
        "postgres://shop:<password>@db",
        "postgres://user:password@host:5432/db",
        "https://user:secret@example.com/",
        "curl -u shop:$PASSWORD https://shop.io",
        "curl -u shop:${PASSWORD} https://shop.io",
        'curl -u "shop:$(cat /run/secrets/shop)" https://shop.io',
        "curl -u shop https://shop.io:8080",
        "curl https://shop.io && su -u shop:staff",
        "mysql -u root -p shop",
        'mysqladmin ping --password="$$(cat /run/secrets/db-password)" --silent',
        "mysql -u root -p$MYSQL_PASSWORD shop",
        "mysql -h db -P3306 --protocol=tcp --port 3306",
        "mkdir -p /var/lib/mysql && chown -R mysql /var/lib/mysql && mkdir -p /run/mysqld",
        "apt-get install -y mysql-client -p",
        "docker login -u shop --password-stdin registry.shop.io",
        "sshpass -p $PASSWORD ssh shop",
        'curl -H "Authorization: Bearer $TOKEN" https://shop.io',
        'curl -H "Authorization: Bearer ${SHOP_API_TOKEN}" https://shop.io',
        'curl -H "Authorization: Bearer <your token here>" https://shop.io',
        "machine github.com login shop password $PASSWORD",
        "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A\n-----END PUBLIC KEY-----",
    ],
)
def test_look_alikes_are_not_found(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "AKIAIOSFODNN7EXAMPLE",
        "AKIAI44QH8DHBEXAMPLE",
        "secret_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq"
        "2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==",
        "AccountEndpoint=https://localhost:8081/;AccountKey=C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5"
        "DE2nQ9nDuVTqobD4b8mGGyPMbIZnqyMsEcaGQy67XIw/Jw==",
    ],
)
def test_documented_examples_are_marked(text: str) -> None:
    assert [match.is_example for match in known_formats(text)] == [True]


def test_what_is_interpolated_makes_a_secret_partial() -> None:
    hole = HOLE * 6
    assert [m.is_partial for m in known_formats(f"AKIAR7DCEQ{hole}")] == [True]
    assert [m.is_partial for m in known_formats(f"postgres://a:x{hole}@db")] == [True]
    assert list(known_formats(f"postgres://a:{hole}@db")) == []


@pytest.mark.parametrize(
    ("text", "name", "secret"),
    [
        ("export DB_PASSWORD=hunter2", "DB_PASSWORD", "hunter2"),
        ("DB_PASSWORD='hunt er2' run", "DB_PASSWORD", "hunt er2"),
        ("mysqladmin --password=hunter2 ping", "password", "hunter2"),
        ("redis-server --requirepass hunter2", "requirepass", "hunter2"),
        ("redis-server --requirepass mypassword", "requirepass", "mypassword"),
        ('{"user": "a", "password": "hunter2"}', "password", "hunter2"),
        (r"{\"password\": \"hunter2\"}", "password", "hunter2"),
        ('[{"name": "DB_PASSWORD", "value": "hunter2"}]', "DB_PASSWORD", "hunter2"),
        ("admin:\n  password: hunter2\n", "password", "hunter2"),
        ("[db]\npassword = hunter2-x\n", "password", "hunter2-x"),
        ("[db]\npassword = 'hunter2' ; why\n", "password", "hunter2"),
        ('echo "password: hunter2" > /etc/shop.yml', "password", "hunter2"),
        ('CMD ["serve", "--db-password", "hunter2"]', "db-password", "hunter2"),
        ("npm config set //registry.npmjs.org/:_authToken hunter2x9", "_authToken", "hunter2x9"),
    ],
)
def test_documents_name_their_secrets(text: str, name: str, secret: str) -> None:
    assert [(m.name, text[m.start : m.end]) for m in assigned(text)] == [(name, secret)]


@pytest.mark.parametrize(
    "text",
    [
        "DB_PASSWORD=$(aws ssm get-parameter --name /shop/password)",
        "DB_PASSWORD=$1",
        "PASSWORD_FILE=/run/secrets/password",
        "connect(user=user, password=current_password)",
        "connect(password=settings.password)",
        "shop --user USER --password PASSWORD",
        "-AccountPassword (ConvertTo-SecureString $Password)",
        '{"password": ""}',
        "def connect():\n  password = given\n  token = response.token\n  api_key = load(x)\n",
        "locals {\n  password = var.password\n}\n",
        "{\n  security.sudo.wheelNeedsPassword = false;\n}\n",
        'echo "password: $PASSWORD" > /etc/shop.yml',
        'CMD ["serve", "--password-file", "/run/secrets/db"]',
        '{"token.$": "$$.Task.Token"}',
        "Password: at least 12 characters",
        "token: $cluster_token_1\nuser: a",
    ],
)
def test_programs_and_prose_hold_none(text: str) -> None:
    assert list(assigned(text)) == []


def test_a_certain_argument_needs_no_name() -> None:
    assert named("value", "hunter2") is None
    assert named("value", "hunter2", certain=True) == Match(Kind.SECRET, 0, 7, "value")
    assert named("secret_string", '{"user": "shop"}', certain=True) is None


@given(st.text(alphabet=st.sampled_from("AKIpas:/@=sword\"' \n-{}$é")))
def test_matches_lie_in_the_text_and_apart(text: str) -> None:
    at = 0
    for match in sorted(known_formats(text), key=lambda match: match.start):
        assert at <= match.start < match.end <= len(text)
        at = match.end


@pytest.mark.parametrize("secret", [KEY_ID, f"secret_key: {SECRET_KEY}", "a://b:c@d", "PassWord"])
@given(st.text(max_size=20))
def test_a_text_without_clues_holds_no_secret(secret: str, before: str) -> None:
    assert clues(f"{before} {secret}")


@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN PRIVATE KEY-----" * 20_000,
        "AKIAR7DCEQ4MSKN2TJX5 " * 20_000,
        "a://b:" * 60_000,
        'password="' * 40_000,
        "password=" * 40_000,
        "host=a " * 60_000,
        '"' * 300_000 + "password",
        "curl " * 60_000,
        "mysql -p" * 40_000,
        "docker login " * 30_000,
        "password: " + "\t" * 300_000,
    ],
)
def test_hostile_texts_take_little_time(text: str) -> None:
    started = time.perf_counter()
    list(known_formats(text))
    list(assigned(text))
    assert time.perf_counter() - started < 5
