"""Texts under a secret's name that are no secrets."""

from __future__ import annotations

import time

import pytest

from cloudlint.concepts.secrets.names import Secrecy
from cloudlint.concepts.secrets.placeholders import is_harmless, is_hash, is_placeholder


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "<password>",
        "<your secret key>",
        "[REDACTED]",
        "xxx",
        "XXXX-XXXX",
        "****",
        "**None**",
        "your-password-here",
        "YOUR_PASSWORD",
        "REPLACE_ME",
        "replace-me",
        "insert_token_here",
        "TODO",
        "todo: rotate",
        "tbd",
        "placeholder",
        "{{ vault_password }}",
        "{{resolve:secretsmanager:shop}}",
        "${DB_PASSWORD}",
        "$DB_PASSWORD",
        "$(cat /run/secrets/x)",
        "%PASSWORD%",
        "__PASSWORD__",
        "sk_live_xxxxxxxxxxxxxxxx",
        "managed-outside-terraform",
        "none",
        "null",
        "DISABLED_INVALID",
        "dummyvalue",
        "'$DB_PASSWORD'",
        "pass:$cert_password",
        "$__env{SHOP_PG_PASSWORD}",
        "30d",
        "dummyKeyForTheBuild----",
        "CLUSTER_API_SECRET",
        "Replace after build",
        "required-to-run-but-not-used",
        "unused-in-this-build",
        "throwaway_value",
        "This is only used for replicated deployments.",
        "**None**",
    ],
)
def test_placeholders(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize(
    "text",
    ["changeme", "change-me", "example", "password", "secret", "hunter2", "P@ss{w}ord", "#1-quiet",
     "$ecr3t!", "1234", "admin", "tH7-quiet-Harbour-29", "(o)pen",
     "Correct horse battery staple."],
)  # fmt: skip
def test_passwords_that_work_are_none(text: str) -> None:
    assert not is_placeholder(text)
    assert not is_harmless(text, "password", Secrecy.NAMED)


@pytest.mark.parametrize(
    "text",
    [
        "arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop",
        "/run/secrets/password",
        "./secrets/password.txt",
        "https://auth.shop.example/token",
        "ssm:/shop/password",
        "vault:secret/data/shop#password",
        "projects/shop/secrets/db/versions/1",
        "os.environ/DB_PASSWORD",
        "somebody@shop.example",
        "$shop-argocd:password",
    ],
)
def test_references_are_harmless(text: str) -> None:
    assert is_harmless(text, "password", Secrecy.NAMED)


@pytest.mark.parametrize(
    "text",
    [
        "$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
        "$6$rounds=5000$salt$hash",
        "$argon2id$v=19$m=65536$x$y",
        "{SSHA}nU2p8v",
        "md5a3556571e93b0d20722ba62be61e8c2d",
        "SCRAM-SHA-256$4096:x$y:z",
    ],
)
def test_hashes_are_harmless(text: str) -> None:
    assert is_hash(text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("secret", "db-credentials"),
        ("access_token", "hours"),
        ("secretKey", "MICROSOFT_CLIENT_ID"),
        ("SLACK_TOKEN", "ingestion/slack-token"),
        ("github_token", "github-token"),
        ("CLOUDFLARE_TOKEN", "MyCloudflareApiToken"),
        ("secretKey", "MAIL_SERVER__PASSWORD"),
        ("secretKey", "PASSWD"),
        ("secretKey", "caCert"),
        ("secretKey", "gossipEncryptionKey"),
        ("secretKey", "gossipEncryptionKey"),
        ("secretKey", "caCert"),
    ],
)
def test_under_a_hint_names_are_harmless(name: str, text: str) -> None:
    assert is_harmless(text, name, Secrecy.HINTED)


def test_a_client_s_secret_is_not_made_up_by_people() -> None:
    assert is_harmless("my-client-secret", "client_secret", Secrecy.NAMED)
    assert not is_harmless("my-jwt-secret", "jwt_secret", Secrecy.NAMED)


def test_under_a_hint_a_random_text_is_a_secret() -> None:
    assert not is_harmless("mV7qTz2LxRk9cWnJ4hYd6PsB", "github_token", Secrecy.HINTED)
    assert not is_harmless("CHANGE_ME", "token", Secrecy.HINTED)


@pytest.mark.parametrize(
    "unit", ["a", "a.", "a@b.", "a-", "/a", "x", "{", "a b ", "$a_", "A_", "<a", "a@b.c,"]
)
def test_hostile_texts_take_little_time(unit: str) -> None:
    started = time.perf_counter()
    is_harmless(unit * (4000 // len(unit)) + "!", "token", Secrecy.HINTED)
    assert time.perf_counter() - started < 1
