"""What names say about their values."""

from __future__ import annotations

import pytest

from cloudlint.concepts.secrets.names import HINT, Secrecy, secrecy


@pytest.mark.parametrize(
    "name",
    [
        "password",
        "master_password",
        "administrator_login_password",
        "MYSQL_ROOT_PASSWORD",
        "PGPASSWORD",
        "dbPassword",
        "user_passwords",
        "password_wo",
        "db_password_prod",
        "password2",
        "DB_PASS",
        "auth_token",
        "client_secret",
        "secret_value",
        "tunnel1_preshared_key",
        "requirepass",
        "/shop/prod/db/password",
    ],
)
def test_names_of_secrets(name: str) -> None:
    assert secrecy(name) is Secrecy.NAMED
    assert HINT.search(name)


@pytest.mark.parametrize("name", ["github_token", "secret", "secret_string", "API_KEY", "apikey"])
def test_names_that_only_hint(name: str) -> None:
    assert secrecy(name) is Secrecy.HINTED
    assert HINT.search(name)


@pytest.mark.parametrize(
    "name",
    [
        "password_policy",
        "password_length",
        "password_secret_arn",
        "manage_master_user_password",
        "master_user_secret_kms_key_id",
        "password_wo_version",
        "secret_name",
        "secret_id",
        "token_ttl",
        "http_tokens",
        "POSTGRES_PASSWORD_FILE",
        "MYSQL_ALLOW_EMPTY_PASSWORD",
        "MYSQL_RANDOM_ROOT_PASSWORD",
        "password_hash",
        "creation_token",
        "client_request_token",
        "id_token",
        "image_pull_secret",
        "kms_key_id",
        "compass",
        "dummy_password",
        "",
    ],
)
def test_names_of_something_else(name: str) -> None:
    assert secrecy(name) is Secrecy.NONE
